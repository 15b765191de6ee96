//! The offered wait `V` of M/M/n+G: how long a caller with endless patience would wait.
//!
//! With arrival rate `λ`, handling rate `μ`, patience `G(x) = P(R > x)` and `H(x) = ∫₀ˣ G`, an arrival finds a free
//! agent (`V = 0`) or meets the density `v(x) ∝ exp(λH(x) − nμx)`, against `E = 1/B(n−1, λ/μ)` for no wait
//! (Baccelli and Hebuterne 1981; Zeltyn and Mandelbaum 2005):
//!
//! `P(V = 0) = E/(E + λJ)`, `J = ∫₀^∞ exp(λH(x) − nμx) dx`.
//!
//! A caller is answered if `V < R` and waits `W = min(V, R)`. Everything else is an integral over `v`. Finitely many
//! places to wait replace `exp(λH)` by the cut series of [`Places`] (exact for exponential patience). The exponent is
//! concave, so the density has one peak, and all of it that counts lies in a range that is found by doubling.

use super::b::{excess_of_fraction, inverse_blocking};
use super::law::Law;
use super::places::Places;
use super::quadrature::{bounds, integrate};
use super::service_level::Fates;

/// How far below its peak, in powers of e, the density is followed.
const DEPTH: f64 = 60.0;

/// A logarithm so large that nothing else counts beside it, yet finite.
const BEYOND_DOUBT: f64 = 1e9;

/// What arrives, who serves and who hangs up; rates per second.
#[derive(Clone, Copy, Debug)]
pub(super) struct Centre<L> {
    /// Calls per second, above 0.
    pub(super) rate: f64,
    /// Agents, above 0.
    pub(super) agents: f64,
    /// Mean handle time in seconds.
    pub(super) aht_s: f64,
    /// The law of patience.
    pub(super) patience: L,
    /// Places to wait.
    pub(super) places: Places,
}

impl<L: Law> Centre<L> {
    /// Calls that a full house finishes per second.
    fn capacity(&self) -> f64 {
        self.agents / self.aht_s
    }

    /// The logarithm of the density of `V` at `x`, up to a constant; 0 at 0.
    fn log_density(&self, x: f64) -> f64 {
        self.places.log_series(self.rate * self.patience.partial(x)) - self.capacity() * x
    }

    /// The derivative of [`Centre::log_density`].
    fn slope(&self, x: f64) -> f64 {
        let crowd = self.rate * self.patience.partial(x);
        self.rate * self.patience.survival(x) * self.places.log_series_slope(crowd) - self.capacity()
    }

    /// Whether waits stay finite: those who never hang up must not outrun the agents.
    fn is_stable(&self) -> bool {
        self.places != Places::Unlimited || self.rate * self.patience.never() < self.capacity()
    }

    /// Where the density peaks; nothing if it rises past every bound.
    fn peak(&self) -> Option<f64> {
        if self.slope(0.0) <= 0.0 {
            return Some(0.0);
        }
        let high = doubled(1.0 / self.capacity(), |x| self.slope(x) <= 0.0)?;
        Some(crossing(0.0, high, |x| self.slope(x) <= 0.0))
    }

    /// The range outside of which the density is negligible, with its peak inside; nothing if the centre is unstable.
    fn range(&self) -> Option<[f64; 3]> {
        if self.places.none() {
            return Some([0.0; 3]);
        }
        if !self.is_stable() {
            return None;
        }
        let peak = self.peak()?;
        let floor = self.log_density(peak) - DEPTH;
        let negligible = |x: f64| self.log_density(x) < floor;
        let step = doubled(1.0 / self.capacity(), |step| negligible(peak + step))?;
        let high = crossing(peak, peak + step, negligible);
        let low = if negligible(0.0) { crossing(0.0, peak, |x| !negligible(x)) } else { 0.0 };
        Some([low, peak, high])
    }

    /// `P(every line is taken)` over the weight of `n − 1` busy agents, as a logarithm.
    ///
    /// `a^{m+1}/Π_{i≤m}(n + iθ/μ)`, with `θ` the rate of hanging up, which is the patience's at zero.
    fn log_full(&self, hang_up_rate: f64) -> f64 {
        let Places::Limited(places) = self.places else { return f64::NEG_INFINITY };
        let (load, thinning) = (self.rate * self.aht_s, hang_up_rate * self.aht_s);
        let (mut log, mut product) = (0.0, 1.0);
        for i in 0..=places as u64 {
            product *= load / (self.agents + i as f64 * thinning);
            if !(1e-200..1e200).contains(&product) {
                log += product.ln();
                product = 1.0;
            }
        }
        log + product.ln()
    }
}

/// The offered wait in steady state, with its whole-range integrals.
#[derive(Clone, Debug)]
pub(super) struct OfferedWait<L> {
    centre: Centre<L>,
    /// Low end, peak and high end of the density, in seconds.
    range: [f64; 3],
    /// The logarithm of the density's constant factor.
    log_scale: f64,
    /// `P(V = 0)` among the accepted.
    idle: f64,
    /// The share of all callers that are turned away.
    pub(super) blocked: f64,
    /// `P(V > 0)` among the accepted.
    pub(super) waits: f64,
    /// The share of the accepted that is answered.
    pub(super) served: f64,
    /// The share of the accepted that hangs up.
    pub(super) lost: f64,
    /// `E[W]` of the accepted in seconds.
    pub(super) mean_wait: f64,
    /// `E[W; answered]` in seconds.
    pub(super) served_wait: f64,
    /// `E[W; hung up]` in seconds.
    pub(super) lost_wait: f64,
}

impl<L: Law> OfferedWait<L> {
    /// Solves the centre, or gives it back if it is unstable. `hang_up_rate` counts only where places are limited.
    pub(super) fn solve(centre: Centre<L>, hang_up_rate: f64) -> Result<Self, Centre<L>> {
        let Some(range) = centre.range() else { return Err(centre) };
        let top = if centre.places.none() { 0.0 } else { centre.log_density(range[1]) };
        let whole = moments(&centre, range, top);
        let load = centre.rate * centre.aht_s;
        let log_idle = inverse_below(load, centre.agents).ln().clamp(-BEYOND_DOUBT, BEYOND_DOUBT);
        let log_waits = (centre.rate * whole[0]).ln() + top;
        let log_full = centre.log_full(hang_up_rate);
        let accepted = log_sum(log_idle, log_waits);
        let scale = (centre.rate.ln() + top - accepted).exp();
        let idle = (log_idle - accepted).exp();
        Ok(Self {
            range,
            log_scale: centre.rate.ln() - accepted,
            idle,
            blocked: (log_full - log_sum(accepted, log_full)).exp(),
            waits: whole[0] * scale,
            served: idle + whole[1] * scale,
            lost: whole[2] * scale,
            mean_wait: whole[3] * scale,
            served_wait: whole[4] * scale,
            lost_wait: whole[5] * scale,
            centre,
        })
    }

    /// What has become of the accepted calls `within_s` seconds after they came.
    pub(super) fn fates(&self, within_s: f64) -> Fates {
        let [short, served, lost] = self.until(within_s);
        let long = (self.waits - short).max(0.0);
        let patience = &self.centre.patience;
        Fates {
            served_within: self.idle + served,
            lost_within: lost + patience.ended(within_s) * long,
            beyond: patience.survival(within_s) * long,
            served: self.served,
            blocked: self.blocked,
        }
    }

    /// `P(V ≤ T)` among the accepted.
    pub(super) fn offered_within(&self, within_s: f64) -> f64 {
        self.idle + self.until(within_s)[0]
    }

    /// `P(0 < V ≤ T)`, and with it `P(0 < V ≤ T, V < R)` and `P(0 < V ≤ T, R ≤ V)`.
    fn until(&self, within_s: f64) -> [f64; 3] {
        let [low, peak, high] = self.range;
        if within_s >= high {
            return [self.waits, self.served - self.idle, self.lost];
        }
        let mut kinks = self.centre.patience.kinks();
        kinks.extend([low, peak]);
        integrate(&bounds(0.0, within_s, 8, &kinks), tolerance(&self.centre, peak), |x| {
            let density = (self.centre.log_density(x) + self.log_scale).exp();
            [density, density * self.centre.patience.survival(x), density * self.centre.patience.ended(x)]
        })
    }
}

/// Integrals over the density, divided by its peak, of: 1, answered, hung up, the wait, the wait of the answered,
/// the wait of those who hang up.
fn moments<L: Law>(centre: &Centre<L>, [low, peak, high]: [f64; 3], top: f64) -> [f64; 6] {
    let mut cuts = bounds(low, high, 16, &centre.patience.kinks());
    cuts.extend([peak]);
    cuts.sort_by(f64::total_cmp);
    integrate(&cuts, tolerance(centre, peak), |x| {
        let density = (centre.log_density(x) - top).exp();
        let patience = &centre.patience;
        let served = density * patience.survival(x);
        let waits = [density * patience.partial(x), x * served, density * patience.ended_time(x)];
        [density, served, density * patience.ended(x), waits[0], waits[1], waits[2]]
    })
}

/// How exact integrals over the density can be: the exponent is a difference of numbers as large as the queue.
fn tolerance<L: Law>(centre: &Centre<L>, peak: f64) -> f64 {
    (1e-15 * centre.capacity() * peak).max(1e-12)
}

/// `1/B(agents − 1, load)`; below one agent from the recursion, as there is no `B` of less than nothing.
fn inverse_below(load: f64, agents: f64) -> f64 {
    if agents >= 1.0 {
        inverse_blocking(load, agents - 1.0)
    } else {
        excess_of_fraction(load, agents) * load / agents
    }
}

/// `ln(eᵃ + eᵇ)`.
fn log_sum(a: f64, b: f64) -> f64 {
    let (high, low) = if a > b { (a, b) } else { (b, a) };
    if low == f64::NEG_INFINITY || high == f64::INFINITY { high } else { high + (low - high).exp().ln_1p() }
}

/// The first of `start`, `2·start`, `4·start`, … at which `holds`; nothing if none up to 2²⁰⁰ times the start.
fn doubled(start: f64, holds: impl Fn(f64) -> bool) -> Option<f64> {
    std::iter::successors(Some(start), |x| Some(x * 2.0)).take(200).find(|x| holds(*x))
}

/// Where `holds` begins to hold between `low`, where it does not, and `high`, where it does: about nine digits.
fn crossing(mut low: f64, mut high: f64, holds: impl Fn(f64) -> bool) -> f64 {
    for _ in 0..30 {
        let middle = low + (high - low) / 2.0;
        if holds(middle) { high = middle } else { low = middle }
    }
    high
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::erlang::laws::Exponential;

    /// The same queue as a birth-death chain, cut where nobody is left: idle, blocked, lost and mean wait of the
    /// accepted.
    fn chain(load: f64, agents: u32, aht_s: f64, patience_s: f64, lines: u32) -> [f64; 4] {
        let (n, thinning) = (f64::from(agents), aht_s / patience_s);
        let mut weights = vec![1.0];
        for k in 1..=lines {
            let k = f64::from(k);
            let leaving = k.min(n) + (k - n).max(0.0) * thinning;
            weights.push(weights.last().unwrap() * load / leaving);
        }
        let total: f64 = weights.iter().sum();
        let blocked = weights.last().unwrap() / total;
        let free: f64 = weights.iter().take(agents as usize).sum::<f64>() / total;
        let queue: f64 =
            weights.iter().enumerate().map(|(k, w)| (k as f64 - n).max(0.0) * w).sum::<f64>() / total;
        let accepted = 1.0 - blocked;
        let mean_wait = queue * aht_s / (load * accepted);
        [free / accepted, blocked, mean_wait / patience_s, mean_wait]
    }

    #[test]
    fn the_integrals_are_the_birth_death_chain() {
        let cases = [
            (10.0, 13, 180.0, 300.0, 100),
            (10.0, 8, 180.0, 60.0, 9),
            (5.0, 5, 200.0, 100.0, 5),
            (8.0, 3, 120.0, f64::INFINITY, 30),
            (3.0, 4, 120.0, f64::INFINITY, 5),
            (90.0, 100, 300.0, 1e4, 120),
            (120.0, 100, 300.0, 20.0, 1000),
        ];
        for (load, agents, aht_s, patience_s, lines) in cases {
            let patience = Exponential::new(patience_s).unwrap();
            let places = Places::beside(f64::from(agents), Some(lines));
            let centre = Centre { rate: load / aht_s, agents: f64::from(agents), aht_s, patience, places };
            let wait = OfferedWait::solve(centre, patience.rate()).unwrap();
            let found = [wait.idle, wait.blocked, wait.lost, wait.mean_wait];
            let wanted = chain(load, agents, aht_s, patience_s, lines);
            for (found, wanted) in found.into_iter().zip(wanted) {
                assert!(
                    (found - wanted).abs() <= 1e-11 * wanted,
                    "{load} on {agents}: {found} is not {wanted}"
                );
            }
        }
    }
}
