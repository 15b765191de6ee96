//! One real figure among simulated ones: how unusual it is, and the band in which such figures lie.

/// The chance of a figure at least so far from the middle of its like: twice the smaller of its two one-sided ranks,
/// `(1 + how many are at least as far out) / (1 + how many there are)`, at most 1.
///
/// If the figure is one more draw of what was simulated, the chance is at most `p` in no more than a share `p` of
/// cases, however few draws there are (Davison and Hinkley 1997, section 4.2).
///
/// ```
/// use headcount::stats::rank_chance;
/// let days: Vec<f64> = (1..=99).map(f64::from).collect();
/// assert_eq!([50.0, 98.0, 120.0].map(|seen| rank_chance(&days, seen)), [1.0, 0.06, 0.02]);
/// ```
pub fn rank_chance(like: &[f64], seen: f64) -> f64 {
    let one_sided = |out: usize| (1 + out) as f64 / (1 + like.len()) as f64;
    let above = one_sided(like.iter().filter(|x| **x >= seen).count());
    let below = one_sided(like.iter().filter(|x| **x <= seen).count());
    (2.0 * above.min(below)).min(1.0)
}

/// The ends between which a share `inside` of simulated figures lies, as much left out below as above; nothing where there are
/// no figures.
///
/// ```
/// use headcount::stats::band;
/// let mut days: Vec<f64> = (1..=100).map(f64::from).collect();
/// assert_eq!(band(&mut days, 0.9), Some((6.0, 95.0)));
/// ```
pub fn band(like: &mut [f64], inside: f64) -> Option<(f64, f64)> {
    like.sort_by(f64::total_cmp);
    let last = like.len().checked_sub(1)?;
    // A hair, because 100 × (1 − 0.9) / 2 is not quite 5.
    let out = (like.len() as f64 * (1.0 - inside) / 2.0 + 1e-9) as usize;
    let out = out.min(last / 2);
    Some((like[out], like[last - out]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ties_are_counted_on_both_sides() {
        assert_eq!(rank_chance(&[1.0; 99], 1.0), 1.0);
        assert_eq!(rank_chance(&[], 1.0), 1.0);
        assert_eq!(rank_chance(&[0.0; 99], 1.0), 0.02);
        assert_eq!((band(&mut [], 0.9), band(&mut [3.0], 0.9)), (None, Some((3.0, 3.0))));
    }
}
