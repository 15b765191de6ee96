//! A bound for means that never fails where a t-test may: betting against the hypothesis.
//!
//! Someone who starts with 1 and bets a share `b` of it on every replication holds `Π(1 + b·z_r/L)` after a while, `L`
//! being the most that a replication can lose. If the mean of `z` were not positive the game would be fair or worse,
//! and the chance ever to hold `1/α` at most `α` (Ville 1939). So holding that much shows, at error `α`, that the mean
//! is positive — for every distribution, at every number of replications, however often one looks (Waudby-Smith and
//! Ramdas 2024). It needs about `ln(1/α)·L/z̄` replications where margins vary little: far fewer than an empirical
//! Bernstein bound, more than a t-test.
//!
//! What is taken on trust is `L`: a quarter more than the worst that any replication seen could have lost.

/// Shares of the capital that are bet, a quarter of the capital each.
const SHARES: [f64; 4] = [0.1, 0.3, 0.6, 0.95];

/// The most capital ever held while betting on a positive mean; `loss ≥ 0` is the most one replication could lose.
pub(crate) fn capital(margins: impl Iterator<Item = f64>, loss: f64) -> f64 {
    let most = loss * 1.25;
    let mut held = [1.0 / SHARES.len() as f64; SHARES.len()];
    let mut best: f64 = 1.0;
    for z in margins {
        // Nothing to lose, and something won: certain.
        if most <= 0.0 && z > 0.0 {
            return f64::INFINITY;
        }
        if most > 0.0 {
            let gain = (z / most).max(-1.0);
            held.iter_mut().zip(SHARES).for_each(|(capital, share)| *capital *= 1.0 + share * gain);
            best = best.max(held.iter().sum());
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::synthetic::Draws;

    #[test]
    fn steady_gains_win_in_the_time_stated() {
        // goal 0.9, level always 0.95: z/L = 0.05/0.9, a quarter more loss allowed for
        let needed = (1..1000).find(|&n| capital((0..n).map(|_| 0.05), 0.9) > 1e5).unwrap();
        assert!((280..330).contains(&needed), "{needed}");
    }

    #[test]
    fn a_fair_game_is_rarely_won() {
        // a miss of 6 contacts with chance 0.029 each, goal 0.971: the t-test's worst case
        let (mut draws, runs, budget) = (Draws::new(41), 4000, 0.025);
        let won = (0..runs).filter(|_| {
            let margins = (0..512).map(|_| draws.binomial(6, 0.971) as f64 - 6.0 * 0.971);
            capital(margins, 6.0 * 0.971) > 1.0 / budget
        });
        assert!(won.count() as f64 <= budget * f64::from(runs));
    }

    #[test]
    fn nothing_to_lose_is_certain_once_something_is_won() {
        assert_eq!(capital([0.0, 1.0].into_iter(), 0.0), f64::INFINITY);
        assert_eq!(capital([0.0, 0.0].into_iter(), 0.0), 1.0);
        assert_eq!(capital(std::iter::empty(), 5.0), 1.0);
    }
}
