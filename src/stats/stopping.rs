//! When a run may end: the rule behind `--replications`.
//!
//! The runner works in rounds. After every round it shows what it has to a [`Stopping`] rule, which asks for more
//! replications or gives the reason to stop; the runner itself knows nothing of goals. Rounds double, so that looking
//! is cheap and the looks are few.

use super::estimate::Estimate;

/// Replications of the first round of an open-ended run.
const FIRST_ROUND: u64 = 32;

/// What to do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Go on until there are this many replications in all.
    Until(u64),
    /// Enough.
    Stop(Reason),
}

/// Why a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// As many replications as were asked for.
    AsAsked,
    /// Every target is decided, every number narrow enough.
    Settled,
    /// No more replications allowed; something is still open.
    Exhausted,
}

/// As the report says it.
impl std::fmt::Display for Reason {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::AsAsked => "the replications asked for",
            Self::Settled => "every target decided or narrow enough",
            Self::Exhausted => "the most replications allowed",
        })
    }
}

/// A rule that sees all results so far, `T`, after every round (and once before the first).
///
/// A closure `FnMut(u64, &T) -> Step` is a rule too.
pub trait Stopping<T: ?Sized> {
    /// Given the number of replications done and what they showed.
    fn step(&mut self, replications: u64, so_far: &T) -> Step;
}

impl<T: ?Sized, F: FnMut(u64, &T) -> Step> Stopping<T> for F {
    fn step(&mut self, replications: u64, so_far: &T) -> Step {
        self(replications, so_far)
    }
}

/// Exactly so many replications.
///
/// ```
/// use headcount::stats::{Fixed, Reason, Step, Stopping};
/// assert_eq!(Fixed(1000).step(0, &()), Step::Until(1000));
/// assert_eq!(Fixed(1000).step(1000, &()), Step::Stop(Reason::AsAsked));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fixed(pub u64);

impl<T: ?Sized> Stopping<T> for Fixed {
    fn step(&mut self, replications: u64, _: &T) -> Step {
        if replications < self.0 { Step::Until(self.0) } else { Step::Stop(Reason::AsAsked) }
    }
}

/// Whether one number or target still needs replications.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Need {
    /// A target that its test has decided, or found undecidable.
    Decided,
    /// A target that its test has not.
    Open,
    /// A number that should be known to this half-width; nothing to estimate counts as open.
    Width(Option<Estimate>, f64),
}

impl Need {
    fn is_settled(&self) -> bool {
        match self {
            Self::Decided => true,
            Self::Open => false,
            Self::Width(estimate, wanted) => estimate.is_some_and(|e| e.half_width() <= *wanted),
        }
    }
}

/// Doubling rounds until every need is settled, at most `most` replications.
///
/// The interval at a data-dependent end covers a little less than it says (Chow and Robbins 1965: the loss vanishes as
/// intervals narrow); doubling keeps the looks few.
///
/// ```
/// use headcount::stats::{Auto, MeanMoments, Need, Reason, Step, Stopping};
/// let mut rule = Auto::new(10_000, |so_far: &MeanMoments| vec![Need::Width(so_far.mean(0.95), 2.0)]);
/// let mut waits = MeanMoments::default();
/// let mut done = 0;
/// let reason = loop {
///     match rule.step(done, &waits) {
///         Step::Until(total) => (done..total).for_each(|day| waits.push(day * 7919 % 100)),
///         Step::Stop(reason) => break reason,
///     }
///     done = waits.replications();
/// };
/// assert_eq!((reason, done), (Reason::Settled, 1024));
/// ```
#[derive(Clone, Debug)]
pub struct Auto<F> {
    most: u64,
    needs: F,
}

impl<F> Auto<F> {
    /// `needs` lists what is to be settled, from the results so far; an empty list is settled after the first round.
    pub fn new(most: u64, needs: F) -> Self {
        Self { most, needs }
    }
}

impl<T: ?Sized, F: FnMut(&T) -> Vec<Need>> Stopping<T> for Auto<F> {
    fn step(&mut self, replications: u64, so_far: &T) -> Step {
        if replications >= FIRST_ROUND.min(self.most) && (self.needs)(so_far).iter().all(Need::is_settled) {
            Step::Stop(Reason::Settled)
        } else if replications >= self.most {
            Step::Stop(Reason::Exhausted)
        } else {
            Step::Until(replications.saturating_mul(2).max(FIRST_ROUND).min(self.most))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rounds(mut rule: impl Stopping<u64>) -> (Vec<u64>, Reason) {
        let (mut done, mut seen) = (0, vec![]);
        loop {
            match rule.step(done, &done) {
                Step::Until(total) => seen.push(total),
                Step::Stop(reason) => return (seen, reason),
            }
            done = seen.last().copied().unwrap_or(0);
        }
    }

    #[test]
    fn rounds_double_until_settled() {
        let narrow =
            |n: &u64| vec![Need::Width(Estimate::around(0.9, 1.0 / (*n as f64).sqrt(), 0.95, *n), 0.1)];
        assert_eq!(rounds(Auto::new(1000, narrow)), (vec![32, 64, 128], Reason::Settled));
        assert_eq!(
            rounds(Auto::new(100, |_: &u64| vec![Need::Open])),
            (vec![32, 64, 100], Reason::Exhausted)
        );
        assert_eq!(rounds(Auto::new(5, |_: &u64| vec![Need::Decided])), (vec![5], Reason::Settled));
        assert_eq!(rounds(Auto::new(0, |_: &u64| vec![Need::Open])), (vec![], Reason::Exhausted));
        assert_eq!(rounds(Auto::new(64, |_: &u64| vec![Need::Width(None, 1.0)])).1, Reason::Exhausted);
    }

    #[test]
    fn a_closure_is_a_rule() {
        let rule = |n: u64, _: &u64| if n < 3 { Step::Until(n + 1) } else { Step::Stop(Reason::AsAsked) };
        assert_eq!(rounds(rule), (vec![1, 2, 3], Reason::AsAsked));
        assert_eq!(rounds(Fixed(7)), (vec![7], Reason::AsAsked));
    }
}
