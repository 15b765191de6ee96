//! With what a program is solved: which solver, and how much work it may do.

use super::CLOSE;
use super::program::Program;
use super::search::{Solved, Unsolved, search};

/// How much work may be spent, in nodes of branch and bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effort {
    /// Nodes, over all parts.
    pub nodes: u64,
}

/// Who solves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Solver {
    /// The search of this crate.
    #[default]
    Own,
    /// The same search, then HiGHS (<https://highs.dev>) from its answer.
    #[cfg(feature = "highs")]
    Highs,
}

impl Solver {
    /// HiGHS, where it is built in.
    pub fn highs() -> Option<Self> {
        #[cfg(feature = "highs")]
        let found = Some(Self::Highs);
        #[cfg(not(feature = "highs"))]
        let found = None;
        found
    }
}

/// A solver and its effort; an [`Effort`] alone is one of the solver of this crate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Means {
    /// Who solves.
    pub solver: Solver,
    /// How much work it may do.
    pub effort: Effort,
    /// Only choices that cost less than this are of interest.
    pub below: f64,
}

impl From<Effort> for Means {
    fn from(effort: Effort) -> Self {
        Self { solver: Solver::Own, effort, below: f64::INFINITY }
    }
}

impl Means {
    /// The same solver with one part in `parts` of the effort.
    #[must_use]
    pub fn share(self, parts: u64) -> Self {
        Self { effort: Effort { nodes: self.effort.nodes.div_ceil(parts) }, ..self }
    }
}

/// The cheapest choice that was found, looked for from `start` too where there is one; `goes_on` hears how many nodes are
/// used and ends the search by saying no, after which the best so far is the answer.
///
/// # Errors
/// The rows cannot be covered within the limits, no whole numbers were found that do, or they cost too much to be of
/// interest.
///
/// # Examples
/// ```
/// use headcount::shifts::solver::{Column, Effort, Program, Row, solve};
///
/// // Two hours that need two people and one; an hour costs 1, both together 1.5.
/// let column = |covers: &[usize], cost| Column { cost, covers: covers.to_vec(), most: 9, at: covers[0] };
/// let row = |least| Row { least, slopes: Vec::new(), gain: 0 };
/// let program = Program {
///     columns: vec![column(&[0], 1.0), column(&[1], 1.0), column(&[0, 1], 1.5)],
///     rows: vec![row(2), row(1)],
///     ..Program::default()
/// };
/// let found = solve(&program, None, Effort { nodes: 100 }, &|_| true)?;
/// assert_eq!(found.x, [1, 0, 1]);
/// assert!(found.is_proven());
/// # Ok::<(), headcount::shifts::solver::Unsolved>(())
/// ```
pub fn solve(
    program: &Program,
    start: Option<&[u32]>,
    means: impl Into<Means>,
    goes_on: &dyn Fn(u64) -> bool,
) -> Result<Solved, Unsolved> {
    let Means { solver, effort, below } = means.into();
    let found = match solver {
        Solver::Own => search(program, start, effort, below, goes_on),
        #[cfg(feature = "highs")]
        Solver::Highs => super::highs::solve(program, start, effort, below, goes_on),
    }?;
    if found.cost < below - CLOSE { Ok(found) } else { Err(Unsolved::TooDear) }
}
