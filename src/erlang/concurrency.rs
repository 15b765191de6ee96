//! Chats handled side by side: what an observed handle time would be with one chat in hand.
//!
//! A chat's measured handle time holds the time its agent spent on others: taken as it is, and stretched again by the
//! number in hand, it counts the overlap twice. With `K` contacts in hand over the agents' time and each stretched by
//! `k/f(k)`, an agent does `f(K)` of a single chat's work at a time while `K` chats grow older, so that in the long run
//!
//! `alone = observed × E[f(K) | K ≥ 1] / E[K | K ≥ 1]`, where `f(k) = k/(1 + σ(k−1))`:
//!
//! every further contact in hand makes each of them the share `σ` longer. It holds whatever the law of handle times
//! and whoever gets the next chat, since it only counts work done and time passed.
//!
//! Where no more than the mean number in hand is known, `K` is taken to be that number all the time,
//! `observed/(1 + σ(K̄−1))`. As `f` bends downwards this is never too low: it overstates by 2 to 6% where up to three to
//! five chats may be in hand and loads vary as they do, by less where an agent's number hardly changes, and by more
//! where agents have either very few or very many.

use super::fault::{Fault, MAX_IN_HAND, check_extra, check_time};

/// The share by which each further chat lengthens all of them, where nobody has measured it: close to the factors that
/// planners copy from one another (one chat is worth 1, two 1.79, three 2.42, four 2.94, five 3.38).
pub const USUAL_EXTRA: f64 = 0.12;

/// How much longer each contact takes with `in_hand` of them, at least 1, than alone: `1 + extra·(in_hand − 1)`.
fn stretch(in_hand: f64, extra: f64) -> f64 {
    1.0 + extra * (in_hand - 1.0)
}

/// The mean handle time in seconds with one contact in hand, from the observed one, the shares of the agents' busy time
/// spent with 1, 2, 3, … in hand, and the share `extra` by which each further contact lengthens all of them.
///
/// Shares that were rounded to whole percents are taken as they stand: only their proportions matter.
///
/// # Errors
/// Shares that are negative, more than [`MAX_IN_HAND`], or not 1 in sum but for rounding; a time or an `extra` outside
/// the limits of [`Fault`].
///
/// ```
/// use headcount::erlang::{alone_from_mean, alone_from_shares};
/// // 12 minutes a chat; half of the busy time with one chat in hand, 30% with two, 20% with three.
/// let alone = alone_from_shares(720.0, &[0.5, 0.3, 0.2], 0.12).unwrap();
/// assert!((alone - 643.6).abs() < 0.05);
/// // The mean, 1.7 in hand, says 3.2% more.
/// let shortcut = alone_from_mean(720.0, 1.7, 0.12).unwrap();
/// assert!((shortcut / alone - 1.032).abs() < 0.0005);
/// ```
pub fn alone_from_shares(observed_s: f64, shares: &[f64], extra: f64) -> Result<f64, Fault> {
    let (observed_s, extra) = (check_time(observed_s)?, check_extra(extra)?);
    let in_hand = mean_of_shares(shares)?;
    let numbered = (1..).map(f64::from).zip(shares);
    let (work, sum) = numbered.fold((0.0, 0.0), |(work, sum), (number, share)| {
        (work + share * number / stretch(number, extra), sum + share)
    });
    Ok(observed_s * work / (sum * in_hand))
}

/// The mean handle time in seconds with one contact in hand, from the observed one and the mean number in hand over the
/// agents' busy time, at least 1. It is too high by some percent, see the head of this file: give
/// [`alone_from_shares`] the shares where they are known.
///
/// # Errors
/// A mean below 1 or above [`MAX_IN_HAND`]; a time or an `extra` outside the limits of [`Fault`].
pub fn alone_from_mean(observed_s: f64, mean_in_hand: f64, extra: f64) -> Result<f64, Fault> {
    let (observed_s, extra) = (check_time(observed_s)?, check_extra(extra)?);
    if !(1.0..=f64::from(MAX_IN_HAND)).contains(&mean_in_hand) {
        return Err(Fault::MeanInHand(mean_in_hand));
    }
    Ok(observed_s / stretch(mean_in_hand, extra))
}

/// The mean number in hand, from the shares of busy time with 1, 2, 3, … in hand.
///
/// # Errors
/// Shares that [`alone_from_shares`] does not take.
pub fn mean_of_shares(shares: &[f64]) -> Result<f64, Fault> {
    let sum: f64 = shares.iter().sum();
    // Each share may have been rounded by half a percent, and the sum of decimals by a little.
    let rounding = 0.005 * shares.len() as f64 + 1e-9;
    let fine = shares.len() <= MAX_IN_HAND as usize && shares.iter().all(|share| (0.0..=1.0).contains(share));
    if !fine || sum <= 0.0 || (sum - 1.0).abs() > rounding {
        return Err(Fault::Shares(sum));
    }
    Ok((1..).map(f64::from).zip(shares).map(|(number, share)| number * share).sum::<f64>() / sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_hand() {
        // Half of the time one, half of it two: 1.5 in hand do (1 + 2/1.25)/2 = 1.3 of the work.
        let found = alone_from_shares(900.0, &[0.5, 0.5], 0.25).unwrap();
        assert!((found - 780.0).abs() < 1e-9, "{found}");
        // The shortcut: 900/1.125.
        assert!((alone_from_mean(900.0, 1.5, 0.25).unwrap() - 800.0).abs() < 1e-9);
    }

    #[test]
    fn what_never_changes_needs_no_shares() {
        let both = (alone_from_shares(600.0, &[0.0, 0.0, 1.0], 0.12), alone_from_mean(600.0, 3.0, 0.12));
        assert!((both.0.unwrap() - both.1.unwrap()).abs() < 1e-9);
        assert!((alone_from_mean(600.0, 1.0, 0.12).unwrap() - 600.0).abs() < 1e-9);
        assert!((alone_from_shares(600.0, &[0.2, 0.3, 0.5], 0.0).unwrap() - 600.0).abs() < 1e-9);
    }

    #[test]
    fn rounded_shares_keep_their_proportions() {
        let found = alone_from_shares(600.0, &[0.33, 0.33, 0.33], 0.12).unwrap();
        let wanted = alone_from_shares(600.0, &[1.0 / 3.0; 3], 0.12).unwrap();
        assert!((found - wanted).abs() < 1e-9);
    }

    /// An agent whom chats reach at the rate `load` per handle time alone, with room for `most`: the shares of busy
    /// time with 1, 2, … in hand, and how long a chat takes by Little's law, in handle times alone. Solved as a
    /// birth-and-death chain.
    fn observed(load: f64, most: u32, extra: f64) -> (Vec<f64>, f64) {
        let done = |k: u32| f64::from(k) / (1.0 + extra * f64::from(k - 1));
        let weights: Vec<f64> = (0..=most)
            .scan(1.0, |weight, k| {
                if k > 0 {
                    *weight *= load / done(k);
                }
                Some(*weight)
            })
            .collect();
        let total: f64 = weights.iter().sum();
        let in_hand: f64 = (0..).map(f64::from).zip(&weights).map(|(k, weight)| k * weight / total).sum();
        let taken = load * (1.0 - weights[most as usize] / total);
        let busy = total - weights[0];
        (weights[1..].iter().map(|weight| weight / busy).collect(), in_hand / taken)
    }

    #[test]
    fn an_agent_who_is_sent_chats_at_random_gives_the_time_alone_back() {
        for most in 1..=6 {
            for load in [0.1, 1.0, 2.5, 9.0] {
                let (shares, took) = observed(load, most, 0.12);
                let alone = alone_from_shares(took, &shares, 0.12).unwrap();
                assert!((alone - 1.0).abs() < 1e-12, "{load} on {most}: {alone}");
            }
        }
    }

    #[test]
    fn the_shortcut_overstates_by_some_percent() {
        for most in 3..=5 {
            for load in [0.5, 1.0, 1.5, 2.0, 2.5] {
                let (shares, took) = observed(load, most, USUAL_EXTRA);
                let mean = mean_of_shares(&shares).unwrap();
                let over = alone_from_mean(took, mean, USUAL_EXTRA).unwrap() - 1.0;
                assert!((0.02..0.06).contains(&over), "{load} on {most}: {over}");
            }
        }
    }

    #[test]
    fn what_cannot_have_been_observed() {
        let refused =
            |shares: &[f64]| matches!(alone_from_shares(600.0, shares, 0.12), Err(Fault::Shares(_)));
        assert!(refused(&[]) && refused(&[0.0]) && refused(&[0.5, 0.3]) && refused(&[1.2, -0.2]));
        assert!(refused(&[f64::NAN]) && refused(&[0.001; 1001]));
        assert_eq!(alone_from_mean(600.0, 0.9, 0.12), Err(Fault::MeanInHand(0.9)));
        assert!(alone_from_mean(600.0, f64::NAN, 0.12).is_err());
        assert!(alone_from_mean(0.0, 2.0, 0.12).is_err());
        assert_eq!(alone_from_mean(600.0, 2.0, -0.1), Err(Fault::Extra(-0.1)));
    }
}
