//! The verdict on one figure: is it shown to lie on the good side of its goal?
//!
//! The t test, corrected for skewness, errs when misses are rare — a sample without a miss looks certain — so it decides
//! only once at least 30 replications, or spells of intervals within them, lay on the other side of the goal. Where that
//! does not happen, the figure being far from its goal, a betting bound decides, which holds for every distribution
//! (Waudby-Smith and Ramdas 2024, with the inequality of Fan, Grama and Liu 2015); half of the error is set aside for it.
//! What it takes on trust is that no replication is a quarter larger than the largest seen.

use super::outcome::Verdict;
use super::tested::Tested;
use super::yardstick::{Fraction, Yardstick};

/// Replications that must lie on the other side of the goal before the t interval may decide.
pub(super) const OTHER_SIDE: u64 = 30;
/// The share of the error that betting may spend.
const WAGER: f64 = 0.5;
/// Shares of the capital that are bet, an equal part of the capital each.
const BETS: [f64; 5] = [0.05, 0.2, 0.5, 0.8, 0.95];
/// What a replication may hold beyond the largest seen.
const HEADROOM: f64 = 1.25;
/// A mean wait is taken never to exceed its goal by more than this factor within one replication.
const WORST_MEAN: f64 = 10.0;

/// Which way the goal lies, and what it is in the units of the sums.
#[derive(Clone, Copy)]
pub(super) struct Bar {
    goal: Fraction,
    pub(super) more_is_better: bool,
    pub(super) is_share: bool,
}

impl Bar {
    /// The bar of a target.
    pub(super) fn of(yardstick: Yardstick) -> Self {
        let (more_is_better, is_share) = (yardstick.more_is_better(), yardstick.is_share());
        Self { goal: yardstick.goal, more_is_better, is_share }
    }

    /// A share that is to be at least so much.
    pub(super) fn at_least(goal: Fraction) -> Self {
        Self { goal, more_is_better: true, is_share: true }
    }

    /// A share that is to be at most so much.
    pub(super) fn at_most(goal: Fraction) -> Self {
        Self { goal, more_is_better: false, is_share: true }
    }
}

/// The verdict on one figure at this error on each side. A promise to nobody is kept, once thirty replications have
/// brought nobody.
pub(super) fn decide(tested: &Tested, bar: Bar, error: f64) -> Verdict {
    if tested.moments.denominator().sum() == 0 {
        let enough = tested.moments.replications() >= OTHER_SIDE;
        return if enough { Verdict::Met } else { Verdict::Undecided };
    }
    let (tail, side) = ((1.0 - WAGER) * error, &tested.side);
    let above =
        (tested.below >= OTHER_SIDE && side.shows_above(tail)) || wins(tested, bar, 1.0, WAGER * error);
    let below =
        (tested.above >= OTHER_SIDE && side.shows_below(tail)) || wins(tested, bar, -1.0, WAGER * error);
    match (above, below, bar.more_is_better) {
        (true, false, true) | (false, true, false) => Verdict::Met,
        (false, true, true) | (true, false, false) => Verdict::Missed,
        _ => Verdict::Undecided,
    }
}

/// Whether betting on `z = sign·(x − goal·y)` being positive has won enough to show it at this error.
///
/// A bet of a share `b` on every replication multiplies the capital by `1 + b·z/L`, `L` the most one can lose; by Fan's
/// inequality the product is at least `exp(b·Σz/L + (b + ln(1 − b))·Σz²/L²)`, which needs sums only.
fn wins(tested: &Tested, bar: Bar, sign: f64, error: f64) -> bool {
    let goal = bar.goal.as_f64();
    let [x, y] = [tested.moments.numerator(), tested.moments.denominator()].map(|m| m.sum() as f64);
    let loss = HEADROOM * tested.most as f64 * worst_loss(goal, bar.is_share, sign);
    let won = sign * (x - goal * y);
    if loss <= 0.0 {
        // Nothing to lose, as against a goal of 100%: one success is proof.
        return won > 0.0;
    }
    let sum = won / loss;
    let squares = tested.side.squares() / (bar.goal.denominator() as f64).powi(2) / (loss * loss);
    let capital = |b: &f64| (b * sum + (b + (-b).ln_1p()) * squares).exp();
    BETS.iter().map(capital).sum::<f64>() / BETS.len() as f64 * error >= 1.0
}

/// The most that one contact can take from `sign·(x − goal·y)`.
fn worst_loss(goal: f64, is_share: bool, sign: f64) -> f64 {
    match (sign > 0.0, is_share) {
        (true, _) => goal,
        (false, true) => 1.0 - goal,
        (false, false) => (WORST_MEAN - 1.0) * goal,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::RngExt;
    use rand_xoshiro::Xoshiro256PlusPlus;
    use rand_xoshiro::rand_core::SeedableRng;

    /// The verdict on a share of at least 80% when replications show these counts of good among 100.
    fn verdict(goods: impl Iterator<Item = u64>) -> Verdict {
        let bar = Bar::at_least(Fraction::share(0.8));
        let mut tested = Tested::default();
        goods.for_each(|good| tested.push((good, 100), bar.goal));
        let mirrored = decide(&tested, Bar { more_is_better: false, ..bar }, 1e-4);
        let found = decide(&tested, bar, 1e-4);
        let opposite = [(Verdict::Met, Verdict::Missed), (Verdict::Missed, Verdict::Met)];
        assert!(found == mirrored || opposite.contains(&(found, mirrored)));
        found
    }

    #[test]
    fn clear_cases_are_decided() {
        assert_eq!(verdict((0..400).map(|r| 76 + r % 13)), Verdict::Met);
        assert_eq!(verdict((0..400).map(|r| 72 + r % 13)), Verdict::Missed);
        assert_eq!(verdict((0..400).map(|r| 74 + r % 13)), Verdict::Undecided);
    }

    #[test]
    fn a_sample_without_a_miss_proves_little() {
        // nobody below the goal: the t interval would be certain at once
        assert_eq!(verdict((0..40).map(|r| 81 + r % 3)), Verdict::Undecided);
        assert_eq!(verdict((0..1000).map(|_| 81)), Verdict::Undecided);
        // far above it, a thousand replications are enough without any miss
        assert_eq!(verdict((0..1000).map(|_| 95)), Verdict::Met);
        assert_eq!(verdict((0..1000).map(|_| 20)), Verdict::Missed);
        assert_eq!(verdict(std::iter::empty()), Verdict::Undecided);
    }

    /// Share of studies that say "met" of a level exactly on its goal, at an error of 2.5%.
    fn false_mets(calls: u64, goal: f64, replications: usize) -> f64 {
        let mut random = Xoshiro256PlusPlus::seed_from_u64(1);
        let bar = Bar::at_least(Fraction::share(goal));
        let mut study = || {
            let mut tested = Tested::default();
            for _ in 0..replications {
                let good = (0..calls).filter(|_| random.random::<f64>() < goal).count() as u64;
                tested.push((good, calls), bar.goal);
            }
            decide(&tested, bar, 0.025) == Verdict::Met
        };
        (0..2000).filter(|_| study()).count() as f64 / 2000.0
    }

    #[test]
    fn levels_on_the_goal_are_rarely_called_met() {
        for (calls, goal, replications) in [(6, 0.971, 32), (6, 0.971, 256), (40, 0.99, 64), (40, 0.8, 64)] {
            let share = false_mets(calls, goal, replications);
            assert!(
                share <= 0.025 + 3.0 * (0.025 * 0.975 / 2000.0_f64).sqrt(),
                "{calls} {goal} {replications}: {share}"
            );
        }
    }

    /// Occupancy is in microseconds: its distances are large, and their squares must not overflow.
    #[test]
    fn occupancies_on_the_cap_are_rarely_decided() {
        let mut random = Xoshiro256PlusPlus::seed_from_u64(3);
        let bar = Bar::at_most(Fraction::share(0.85));
        // fifty agents for twelve hours, 75% or 95% busy, as often one as the other
        let staffed = 50 * 12 * 3_600_000_000_u64;
        let mut study = || {
            let mut tested = Tested::default();
            for _ in 0..200 {
                let percent = if random.random::<bool>() { 75 } else { 95 };
                tested.push((staffed / 100 * percent, staffed), bar.goal);
            }
            decide(&tested, bar, 0.025) != Verdict::Undecided
        };
        let decided = (0..500).filter(|_| study()).count();
        assert!(decided <= 500 / 20 + 15, "{decided} of 500");
    }

    #[test]
    fn nobody_can_do_better_than_all() {
        let bar = Bar::at_least(Fraction::share(1.0));
        let mut tested = Tested::default();
        (0..1000).for_each(|_| tested.push((100, 100), bar.goal));
        assert_eq!(decide(&tested, bar, 1e-4), Verdict::Undecided);
        tested.push((99, 100), bar.goal);
        assert_eq!(decide(&tested, bar, 1e-4), Verdict::Missed);
    }

    #[test]
    fn a_promise_to_nobody_is_kept() {
        let mut tested = Tested::default();
        let bar = Bar::at_least(Fraction::share(0.8));
        (0..29).for_each(|_| tested.push((0, 0), bar.goal));
        assert_eq!(decide(&tested, bar, 1e-4), Verdict::Undecided);
        tested.push((0, 0), bar.goal);
        assert_eq!(decide(&tested, bar, 1e-4), Verdict::Met);
    }
}
