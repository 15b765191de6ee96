//! Method A: the fewest by one number, on a line of staffings.
//!
//! Service grows with agents on average, though not on every single day: someone who would have hung up is served, and
//! those behind wait longer. So bisection only finds the place; what is certified is that the answer is met and the
//! level below it missed, each by its own test.

use super::trial::Tried;
use crate::montecarlo::Verdict;
use std::collections::BTreeMap;

/// What a search on levels `0..=top` found.
#[derive(Clone, Debug)]
pub(super) struct Found {
    /// The lowest level that is met, where one was found; else the level that came closest to it.
    pub(super) level: usize,
    /// Every level that was tested.
    pub(super) tested: BTreeMap<usize, Tried>,
    /// Whether it was ended from outside.
    pub(super) interrupted: bool,
}

impl Found {
    /// How the level found did.
    pub(super) fn here(&self) -> &Tried {
        &self.tested[&self.level]
    }

    /// How the level below it did; nothing if there is none.
    pub(super) fn below(&self) -> Option<&Tried> {
        self.tested.get(&self.level.checked_sub(1)?)
    }

    /// The highest level below the one found that was missed.
    pub(super) fn missed(&self) -> Option<usize> {
        let mut lower = self.tested.range(..self.level).rev();
        lower.find(|(_, tried)| tried.verdict == Verdict::Missed).map(|(level, _)| *level)
    }

    /// Most replications that any level took.
    pub(super) fn replications(&self) -> u64 {
        self.tested.values().map(|tried| tried.replications).max().unwrap_or(0)
    }
}

/// The lowest level that is met, found by galloping and bisection; a level below it that cannot be told apart from
/// the goal is followed down, by doubling steps, to one that is missed.
pub(super) fn fewest(top: usize, start: usize, mut test: impl FnMut(usize) -> Tried) -> Found {
    let mut tested: BTreeMap<usize, Tried> = BTreeMap::new();
    let mut interrupted = false;
    let mut good = |level: usize| {
        let tried = tested.entry(level).or_insert_with(|| test(level));
        interrupted |= tried.interrupted;
        (!tried.interrupted).then_some(tried.verdict)
    };
    let ends = bracket(top, start, |level| good(level).map(|verdict| verdict == Verdict::Met));
    if let Some(met) = ends.good {
        let mut step = 1;
        while step <= met && good(met - step) == Some(Verdict::Undecided) {
            step *= 2;
        }
    }
    Found { level: ends.good.or(ends.bad).unwrap_or(start.min(top)), tested, interrupted }
}

/// Two levels between which an answer lies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Ends {
    /// The highest level that was seen to be bad.
    pub(super) bad: Option<usize>,
    /// The lowest level that was seen to be good.
    pub(super) good: Option<usize>,
}

/// Gallops from `start` within `0..=top` by doubling steps until the answer lies between two levels, then bisects until
/// they are neighbours. Ends early where `is_good` knows no answer.
pub(super) fn bracket(top: usize, start: usize, mut is_good: impl FnMut(usize) -> Option<bool>) -> Ends {
    let mut ends = Ends::default();
    let (mut level, mut step) = (start.min(top), 1);
    while let Some(good) = is_good(level) {
        *(if good { &mut ends.good } else { &mut ends.bad }) = Some(level);
        level = match (ends.bad, ends.good) {
            (None, Some(good)) if good > 0 => good.saturating_sub(step),
            (Some(bad), None) if bad < top => (bad + step).min(top),
            (Some(bad), Some(good)) if good - bad > 1 => bad + (good - bad) / 2,
            _ => break,
        };
        step *= 2;
    }
    ends
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(verdict: Verdict) -> Tried {
        Tried { verdict, claims: Vec::new(), replications: 32, interrupted: false }
    }

    #[test]
    fn every_answer_is_found_from_every_start_with_few_tests() {
        for top in [0, 1, 7, 300] {
            for truth in [0, 1, 2, 5, 150, 299, 300, 301] {
                for start in [0, 3, 149, 300] {
                    let judge = |k| answer(if k >= truth { Verdict::Met } else { Verdict::Missed });
                    let found = fewest(top, start, judge);
                    assert_eq!(found.level, truth.min(top));
                    assert_eq!(found.here().verdict == Verdict::Met, truth <= top);
                    assert!(truth > top || found.below().is_some() == (found.level > 0));
                    assert!(found.tested.len() <= 18);
                }
            }
        }
    }

    #[test]
    fn what_cannot_be_told_apart_is_no_answer() {
        let judge = |k: usize| answer([Verdict::Missed, Verdict::Undecided, Verdict::Met][(k / 10).min(2)]);
        let found = fewest(100, 14, judge);
        assert_eq!(found.level, 20);
        assert_eq!(found.below().unwrap().verdict, Verdict::Undecided);
        assert!(found.missed().is_some_and(|level| level < 10));
    }

    #[test]
    fn an_interrupted_search_says_so() {
        let found = fewest(50, 20, |_| Tried { interrupted: true, ..answer(Verdict::Undecided) });
        assert!(found.interrupted && found.level == 20);
    }
}
