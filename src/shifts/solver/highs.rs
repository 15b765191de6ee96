//! The same program given to HiGHS (Huangfu and Hall 2018, <https://highs.dev>).
//!
//! Our own search goes first, as it does alone. What it proves is not asked again; what it finds is where HiGHS starts, so
//! that nothing gets dearer. HiGHS works with one thread, one seed and a limit in nodes: the same file gives the
//! same shifts. It works beside us, so that we still hear when the search is to end.

use super::CLOSE;
use super::greedy::{Choice, Ground};
use super::means::Effort;
use super::program::Program;
use super::relax::Part;
use super::search::{Solved, Unsolved, search};
use super::simplex::{Line, Variable};
use ::highs::{HighsModelStatus, HighsSolutionStatus, Model, RowProblem, Sense};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

/// What the bound of HiGHS may be wrong by, as a share of it: its tolerance of prices, with room.
const WRONG: f64 = 1e-6;
/// Memory for its calls within calls.
const STACK: usize = 64 << 20;
/// How often we listen whether it is to end.
const BREATH: Duration = Duration::from_millis(50);

/// The cheapest choice that both find, and the better of their bounds; nodes are those of our own search.
pub(super) fn solve(
    program: &Program,
    start: Option<&[u32]>,
    effort: Effort,
    below: f64,
    goes_on: &dyn Fn(u64) -> bool,
) -> Result<Solved, Unsolved> {
    let first = search(program, start, effort, below, goes_on);
    let done = match &first {
        Err(Unsolved::Impossible | Unsolved::TooDear) => true,
        Err(Unsolved::NotFound) => program.columns.is_empty(),
        Ok(solved) => solved.is_proven() || program.columns.is_empty(),
    };
    let nodes = first.as_ref().map_or(effort.nodes, |solved| solved.nodes);
    if done || !goes_on(nodes) {
        return first;
    }
    let known = first.as_ref().ok().map(|solved| solved.x.as_slice());
    match beside(Asked::of(program, known, effort), &|| goes_on(nodes)) {
        Some(told) => better(program, first, told),
        None => first,
    }
}

/// What HiGHS is asked.
struct Asked {
    variables: Vec<Variable>,
    rows: Vec<Line>,
    /// How many variables, the first ones, must be whole.
    whole: usize,
    /// A value of every variable that satisfies all rows.
    start: Option<Vec<f64>>,
    /// Answers that differ by no more are one.
    gap: f64,
    nodes: u64,
}

/// What HiGHS says.
enum Told {
    /// There is no answer.
    Impossible,
    /// Values of the whole variables, if it has any, and what no answer costs less than.
    Found(Option<Vec<f64>>, f64),
}

impl Asked {
    fn of(program: &Program, known: Option<&[u32]>, effort: Effort) -> Self {
        let ground = Ground::new(program);
        let (variables, rows) = Part::whole(&ground).written();
        let start = known.map(|x| {
            let steps = program.steps(&program.coverage(x));
            x.iter().map(|&n| f64::from(n)).chain(steps).collect()
        });
        // Nothing lies between two multiples of the unit; nine tenths of it leave room for rounding.
        let gap = program.unit().map_or(0.0, |unit| 0.9 * unit).max(CLOSE);
        Self { variables, rows, whole: program.columns.len(), start, gap, nodes: effort.nodes }
    }

    /// Nothing where HiGHS gave up without a word.
    fn solve(self) -> Option<Told> {
        let mut problem = RowProblem::new();
        let columns: Vec<_> = (self.variables.iter().enumerate())
            .map(|(j, &(cost, lower, upper))| {
                problem.add_column_with_integrality(cost, lower..=upper, j < self.whole)
            })
            .collect();
        for (terms, least) in &self.rows {
            problem.add_row(*least.., terms.iter().map(|&(j, a)| (columns[j], a)));
        }
        let mut model = problem.try_optimise(Sense::Minimise).ok()?;
        self.settle(&mut model)?;
        let solved = model.try_solve().ok()?;
        if matches!(solved.status(), HighsModelStatus::Infeasible | HighsModelStatus::UnboundedOrInfeasible) {
            return Some(Told::Impossible);
        }
        let has = solved.primal_solution_status() == HighsSolutionStatus::Feasible;
        let values = has.then(|| solved.get_solution().columns()[..self.whole].to_vec());
        let bound = solved.double_info_value(c"mip_dual_bound").ok().filter(|bound| bound.is_finite());
        Some(Told::Found(values, bound.unwrap_or(0.0)))
    }

    /// One thread, one seed, a limit in nodes, and where to start.
    fn settle(&self, model: &mut Model) -> Option<()> {
        let nodes = i32::try_from(self.nodes).unwrap_or(i32::MAX);
        model.try_set_option("threads", 1).ok()?;
        model.try_set_option("parallel", "off").ok()?;
        model.try_set_option("random_seed", 0).ok()?;
        model.try_set_option("mip_max_nodes", nodes).ok()?;
        model.try_set_option("mip_rel_gap", 0.0).ok()?;
        model.try_set_option("mip_abs_gap", self.gap).ok()?;
        if let Some(start) = &self.start {
            model.try_set_solution(Some(start), None, None, None).ok()?;
        }
        Some(())
    }
}

/// Asks in a thread of its own and listens whether to go on; nothing where it ended without an answer, or was told to.
fn beside(asked: Asked, goes_on: &dyn Fn() -> bool) -> Option<Told> {
    let (says, hears) = channel();
    let work = move || says.send(asked.solve());
    std::thread::Builder::new().name("highs".to_owned()).stack_size(STACK).spawn(work).ok()?;
    loop {
        match hears.recv_timeout(BREATH) {
            Ok(told) => return told,
            Err(RecvTimeoutError::Timeout) if goes_on() => {}
            Err(_) => return None,
        }
    }
}

/// The cheaper of what is known and what was told, which must hold first; with the better bound.
fn better(program: &Program, first: Result<Solved, Unsolved>, told: Told) -> Result<Solved, Unsolved> {
    let (values, dual) = match told {
        Told::Impossible => return first.map_err(|_| Unsolved::Impossible),
        Told::Found(values, dual) => (values, dual),
    };
    let found = values.and_then(|values| whole(program, &values));
    let found = found.map(|x| (program.cost(&x), x));
    let bound = program.lifted(dual, (WRONG * dual.abs()).max(CLOSE));
    let mut best = match (first, found) {
        (Ok(first), Some((cost, x))) if cost < first.cost - CLOSE => Solved { x, cost, ..first },
        (Ok(first), _) => first,
        (Err(_), Some((cost, x))) => Solved { x, cost, linear: dual, bound, nodes: 0 },
        (Err(unsolved), None) => return Err(unsolved),
    };
    best.bound = best.bound.max(bound).min(best.cost);
    Ok(best)
}

/// Whole numbers of what HiGHS calls whole, mended where a row is short by its tolerance.
fn whole(program: &Program, values: &[f64]) -> Option<Vec<u32>> {
    let rounded =
        |(column, value): (&super::Column, &f64)| value.round().clamp(0.0, f64::from(column.most)) as u32;
    let x: Vec<u32> = program.columns.iter().zip(values).map(rounded).collect();
    if program.holds(&x) {
        return Some(x);
    }
    let ground = Ground::new(program);
    let all: Vec<usize> = (0..x.len()).collect();
    let mut choice = Choice::new(&ground, &x);
    choice.mend(&all).then_some(choice.x)
}
