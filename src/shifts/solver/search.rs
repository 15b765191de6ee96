//! The whole search: a bound, a first answer, then part after part solved again around it.

use super::CLOSE;
use super::branch::{SHAKEN, branch};
use super::greedy::{Choice, Ground};
use super::means::Effort;
use super::program::Program;
use super::relax::{Part, Shake};
use super::ruin::{PER_STEP, ruin};

/// A part has at most so many free columns, so that its nodes stay cheap.
const WIDEST: usize = 900;
/// Nodes that one part may use.
const PART: u64 = 400;
/// Nodes that a program may use in which all columns are free and that is wider than a part.
const WHOLE: u64 = 800;
/// Columns times rows up to which all columns are free once in every round.
const SMALL: usize = 400_000;
/// Columns times rows up to which such a node is worth its time.
const LARGE: usize = 4_000_000;
/// Nodes that the part may use in which all columns of the best answers are free.
const CORE: u64 = 80;
/// Where costs have no common unit, two answers are told apart from this share of their cost on.
const ALIKE: f64 = 1e-5;
/// Rounds that bring nothing, after which nothing more is expected.
const IDLE: u32 = 24;
/// The longest and the shortest windows, as shares of what fits.
const WINDOWS: [f64; 3] = [0.3, 0.6, 1.0];
/// Cores in a round.
const CORES: u64 = 2;
/// Steps of ruin and recreate in a round.
const RUINS: u64 = 60;

/// An answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Solved {
    /// How many of every column.
    pub x: Vec<u32>,
    /// What they cost.
    pub cost: f64,
    /// What no answer in real numbers can cost less than.
    pub linear: f64,
    /// What no answer in whole numbers can cost less than, as far as is known.
    pub bound: f64,
    /// Nodes that were used.
    pub nodes: u64,
}

impl Solved {
    /// How far the cost lies above the bound, as a share of the cost.
    pub fn gap(&self) -> f64 {
        if self.cost > 0.0 { ((self.cost - self.bound) / self.cost).max(0.0) } else { 0.0 }
    }

    /// Whether nothing can be cheaper.
    pub fn is_proven(&self) -> bool {
        self.cost <= self.bound + CLOSE
    }
}

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsolved {
    /// Not even in real numbers.
    Impossible,
    /// In real numbers yes, but no whole ones were found.
    NotFound,
    /// Whatever does it costs too much to be of interest.
    TooDear,
}

/// The cheapest choice that was found, looked for from `start` too where there is one; `goes_on` hears how many nodes are
/// used and ends the search by saying no, after which the best so far is the answer. It is not begun where nothing can cost
/// less than `below`.
///
/// # Errors
/// The rows cannot be covered within the limits, no whole numbers were found that do, or nothing can cost less than `below`.
pub(super) fn search(
    program: &Program,
    start: Option<&[u32]>,
    effort: Effort,
    below: f64,
    goes_on: &dyn Fn(u64) -> bool,
) -> Result<Solved, Unsolved> {
    let ground = Ground::new(program);
    let whole = Part::whole(&ground);
    let relaxed = whole.relaxed().ok_or(Unsolved::Impossible)?;
    let unit = program.unit();
    let linear = relaxed.least.max(0.0);
    let bound = program.lifted(linear, CLOSE).max(0.0);
    if bound >= below - CLOSE {
        return Err(Unsolved::TooDear);
    }
    let real = &relaxed.values[..program.columns.len()];
    let mut search = Search {
        ground: &ground,
        exact: unit.is_some(),
        step: unit.unwrap_or((bound * ALIKE).max(CLOSE)),
        best: None,
        shaken: 0,
        bound,
        nodes: 0,
        effort,
        goes_on,
    };
    search.first(real, start);
    search.ruins();
    search.whole();
    search.rounds();
    let (cost, x) = search.best.ok_or(Unsolved::NotFound)?;
    Ok(Solved { x, cost, linear, bound: search.bound.min(cost), nodes: search.nodes })
}

struct Search<'a> {
    ground: &'a Ground<'a>,
    /// Whether all costs have a common unit.
    exact: bool,
    /// The least by which two costs differ.
    step: f64,
    best: Option<(f64, Vec<u32>)>,
    /// How often costs were shaken.
    shaken: u64,
    bound: f64,
    nodes: u64,
    effort: Effort,
    goes_on: &'a dyn Fn(u64) -> bool,
}

impl Search<'_> {
    /// The real answer, rounded down and mended; and what was known before, mended.
    fn first(&mut self, real: &[f64], known: Option<&[u32]>) {
        let down: Vec<u32> = real.iter().map(|value| (value + CLOSE).floor().max(0.0) as u32).collect();
        let all: Vec<usize> = (0..down.len()).collect();
        let mended = |start: &[u32]| {
            let mut choice = Choice::new(self.ground, start);
            choice.mend(&all).then_some(choice.x)
        };
        let rounded = mended(&down).or_else(|| mended(&vec![0; real.len()]));
        let both: Vec<Vec<u32>> = rounded.into_iter().chain(known.and_then(mended)).collect();
        for x in both {
            self.take(x);
        }
    }

    /// Takes a choice that costs no more than the best; true if it costs less.
    fn take(&mut self, x: Vec<u32>) -> bool {
        let cost = self.ground.program.cost(&x);
        let best = self.best.as_ref().map_or(f64::INFINITY, |(best, _)| *best);
        if cost <= best + CLOSE {
            self.best = Some((cost, x));
        }
        cost < best - CLOSE
    }

    /// Trifles so small that all together change no comparison of costs.
    fn shake(&self) -> Shake {
        let shifts: u32 = self.best.as_ref().map_or(0, |(_, x)| x.iter().sum());
        Shake { number: self.shaken, most: SHAKEN * self.step / f64::from(shifts.max(1)) }
    }

    /// Whether there is reason and means to go on.
    fn goes_on(&self) -> bool {
        let done = self.best.as_ref().is_some_and(|(cost, _)| *cost <= self.bound + CLOSE);
        !done && self.nodes < self.effort.nodes && (self.goes_on)(self.nodes)
    }

    /// Solves the part in which these columns are free; true if that made the answer cheaper. Another answer of the
    /// same cost is taken too: from there others can be reached.
    fn part(&mut self, free: Vec<usize>, budget: u64) -> bool {
        let everything = free.len() == self.ground.program.columns.len();
        let (cutoff, mut part) = match &self.best {
            Some((cost, x)) => (*cost, Part::around(self.ground, x, free)),
            None if everything => (f64::INFINITY, Part::whole(self.ground)),
            None => return false,
        };
        if self.shaken > 0 {
            part.shake = self.shake();
        }
        let sideways = if self.shaken > 0 { cutoff + self.step } else { cutoff };
        let found =
            branch(&part, sideways, self.step, budget.min(self.effort.nodes.saturating_sub(self.nodes)));
        self.nodes += found.nodes;
        let better = found.x.is_some_and(|x| self.take(x));
        if let (true, true, Some((cost, _))) = (everything, found.complete, &self.best) {
            self.bound = self.bound.max(cost - if self.exact { 0.0 } else { self.step });
        }
        better
    }

    /// Solves the program with all columns free, where a node takes no longer than it is worth.
    fn whole(&mut self) {
        let program = self.ground.program;
        let all = program.columns.len();
        let budget = match all {
            _ if all <= WIDEST => self.effort.nodes / 4,
            _ if all.saturating_mul(program.rows.len()) <= LARGE => WHOLE.min(self.effort.nodes / 4),
            _ => return,
        };
        if self.goes_on() {
            self.part((0..all).collect(), budget);
        }
    }

    /// Rounds of windows and cores, each with other trifles on the costs, until so many bring nothing.
    fn rounds(&mut self) {
        let program = self.ground.program;
        let length = program.columns.iter().map(|column| column.at + 1).max().unwrap_or(0);
        let per_step = (program.columns.len() / length.max(1)).max(1);
        let fits = (WIDEST / per_step).clamp(1, length.max(1));
        let mut idle = 0;
        while self.goes_on() && idle < IDLE {
            let mut better = self.ruins();
            for _ in 0..CORES {
                better |= self.core();
                self.shaken += 1;
            }
            if self.goes_on() && program.columns.len() * program.rows.len() <= SMALL {
                better |= self.part((0..program.columns.len()).collect(), PART);
            }
            let share = WINDOWS[(self.shaken / CORES) as usize % WINDOWS.len()];
            better |= self.windows(length, ((fits as f64 * share).ceil() as usize).max(1));
            idle = if better { 0 } else { idle + 1 };
        }
    }

    /// Takes a few shifts out and buys others, many times; true if that made the answer cheaper.
    fn ruins(&mut self) -> bool {
        let steps = RUINS.min(self.effort.nodes.saturating_sub(self.nodes));
        let Some((_, x)) = self.best.as_ref().filter(|_| self.goes_on()) else { return false };
        let (_, found) = ruin(self.ground, x, steps * PER_STEP, self.shaken);
        self.nodes += steps;
        self.take(found)
    }

    /// Windows of one width, one after another.
    fn windows(&mut self, length: usize, width: usize) -> bool {
        let mut better = false;
        // Where the first one starts changes from round to round.
        let first = (self.shaken as usize * 7) % length.max(1);
        for from in (0..length).step_by((width / 2).max(1)).map(|from| (from + first) % length) {
            if !self.goes_on() {
                break;
            }
            let inside = |at: usize| (at + length - from) % length < width;
            let columns = self.ground.program.columns.iter().enumerate();
            let free = columns.filter(|(_, column)| inside(column.at)).map(|(j, _)| j).collect();
            better |= self.part(free, PART);
        }
        better
    }

    /// The part in which every column is free that the best answer or the real one uses.
    fn core(&mut self) -> bool {
        let mut whole = Part::whole(self.ground);
        whole.shake = self.shake();
        let (Some(relaxed), Some((_, x))) = (whole.relaxed(), &self.best) else { return false };
        let used = |&j: &usize| x[j] > 0 || relaxed.values[j] > CLOSE;
        let free = (0..x.len()).filter(used).collect();
        self.goes_on() && self.part(free, CORE)
    }
}
