//! Is a goal met? A test that looks at doubling numbers of replications and says met, missed or undecided.
//!
//! Every replication gives a margin `z`, positive on average if and only if the goal is met: for "at least θ of the
//! offered are good" `z = good − θ·offered`. Look `j` falls at 32, 64, 128 … replications and spends `α·6/(π²j²)` of the
//! error `α` on each side, which sums to `α` over any number of looks.
//!
//! A plain t-test on `z` certifies too few agents when misses are rare, because a sample without a miss looks certain.
//! With the truth exactly on the goal and an error of 2.5% to spend, it said "met" in 7% of 4000 studies at six contacts
//! a replication and a goal of 97.1%, in 17% for a mean of long-tailed waits, in 24% where one day in twenty is a
//! disaster; this test in 0.1%, 0.5% and 0.2% (`study_of_error_rates` below). Hence
//!
//! * the statistic is corrected for skewness (Hall 1992) and may use control variates;
//! * a verdict needs at least 30 events on the *other* side of the goal: nothing is called met before 30 replications
//!   missed it, nor missed before 30 met it. Where nothing but chance within the day makes one day worse than another,
//!   a day holds many events: spells of intervals below the goal, with at least one at or above it between them;
//! * where that will not happen, the candidate being far from the goal, a betting bound that holds for every
//!   distribution decides instead. A tenth of the error is set aside for it.
//!
//! The guarantee is asymptotic for the first kind of verdict. A test that cannot tell stops when its interval holds the
//! goal and is narrower than the indifference on each side, or when replications run out.

use std::f64::consts::PI;

use super::control::{Adjusted, adjust};
use super::estimate::Estimate;
use super::hall::{interval, statistic};
use super::quantiles::{student_t, tail_of};
use super::wager::capital;

/// The first look.
const FIRST_LOOK: u64 = 32;
/// Events that must lie on the other side of the goal before the t statistic may decide.
const OTHER_SIDE: u64 = 30;
/// The share of the error that the betting bound may spend.
const WAGER: f64 = 0.1;
/// A mean is taken never to exceed its goal by more than this factor within one replication.
const WORST_MEAN: f64 = 10.0;

/// What a test says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The goal is met, at the stated error.
    Met,
    /// The goal is missed, at the stated error.
    Missed,
    /// Cannot be told apart from the goal.
    Undecided,
}

/// As `met`, `missed`, `undecided`.
impl serde::Serialize for Verdict {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(match self {
            Self::Met => "met",
            Self::Missed => "missed",
            Self::Undecided => "undecided",
        })
    }
}

/// How one replication stands to the goal.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Margin {
    /// Positive on average if and only if the goal is met.
    pub z: f64,
    /// What `z` is divided by to be in the goal's units: contacts, days.
    pub weight: f64,
    /// The lowest `z` that this replication could have had.
    pub worst: f64,
    /// The highest.
    pub best: f64,
    /// Events in this replication that lay below the goal: itself, or spells within it ([`Margin::in_spells`]).
    pub below: u64,
    /// Events that lay above.
    pub above: u64,
}

impl Margin {
    /// "At least `goal` of `of` are good": service level, share of days that met a goal.
    pub fn share_at_least(good: u64, of: u64, goal: f64) -> Self {
        let weight = of as f64;
        let worst = -goal * weight;
        Self::whole(snap(good as f64 - goal * weight, weight), weight, worst, weight + worst)
    }

    /// "At most `goal` of `of` are bad": abandonment, blocking, occupancy.
    pub fn share_at_most(bad: u64, of: u64, goal: f64) -> Self {
        let weight = of as f64;
        let best = goal * weight;
        Self::whole(snap(best - bad as f64, weight), weight, best - weight, best)
    }

    /// "`total / count` is at most `goal`": average speed of answer, in the unit of `total`. No mean has a worst
    /// value; ten times the goal is taken for it.
    pub fn mean_at_most(total: u64, count: u64, goal: f64) -> Self {
        let weight = count as f64;
        let best = goal * weight;
        Self::whole(snap(best - total as f64, best), weight, (1.0 - WORST_MEAN) * best, best)
    }

    /// A replication that is one event.
    fn whole(z: f64, weight: f64, worst: f64, best: f64) -> Self {
        Self { z, weight, worst, best, below: u64::from(z < 0.0), above: u64::from(z > 0.0) }
    }

    /// The same with so many spells below and above the goal. Only for replications whose spells have nothing in common
    /// but the plan: no busy day, nobody away all day.
    #[must_use]
    pub fn in_spells(self, (below, above): (u64, u64)) -> Self {
        Self { below, above, ..self }
    }

    fn is_sound(&self) -> bool {
        [self.z, self.weight, self.worst, self.best].iter().all(|x| x.is_finite()) && self.weight >= 0.0
    }
}

/// A margin within rounding of zero is zero: 55 of 100 is exactly 55%.
fn snap(z: f64, scale: f64) -> f64 {
    if z.abs() <= 1e-12 * scale { 0.0 } else { z }
}

/// What was seen at a look.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Look {
    /// Which look, from 1.
    pub number: u32,
    /// Replications so far.
    pub replications: u64,
    /// How far above the goal (below, if negative), in the goal's units, with the interval of this look; nothing as long
    /// as no replication had anything to judge.
    pub margin: Option<Estimate>,
    /// The verdict, or nothing if the test goes on.
    pub verdict: Option<Verdict>,
}

/// A sequential test of one goal. Margins are kept, 8 bytes per replication and control.
///
/// Push replications in the order of their numbers; then the outcome depends on nothing else.
///
/// ```
/// use headcount::stats::{Margin, SequentialTest, Verdict};
/// let mut test = SequentialTest::new(1e-4, 0.001, 100_000);
/// let verdict = loop {
///     for day in 0..test.wanted() {
///         test.push(Margin::share_at_least(70 + day % 7, 100, 0.9), &[]);
///     }
///     if let Some(verdict) = test.look().and_then(|look| look.verdict) {
///         break verdict;
///     }
/// };
/// assert_eq!(verdict, Verdict::Missed);
/// assert_eq!(test.replications(), 32);
/// ```
#[derive(Clone, Debug)]
pub struct SequentialTest {
    error: f64,
    indifference: f64,
    most: u64,
    stride: usize,
    /// How many of the last controls wait for events on both sides.
    late: usize,
    rows: Vec<f64>,
    weight: f64,
    loss: f64,
    gain: f64,
    below: u64,
    above: u64,
    looks: u32,
    next: u64,
    sound: bool,
    settled: Option<Verdict>,
}

impl SequentialTest {
    /// `error`: the chance of a wrong verdict on each side, over all looks. `indifference`: a half-width in the goal's
    /// units (0.001 is a tenth of a point) below which telling apart is not worth more work. `most`: replications at
    /// which it ends.
    pub fn new(error: f64, indifference: f64, most: u64) -> Self {
        Self {
            error,
            indifference,
            most,
            stride: 1,
            late: 0,
            rows: Vec::new(),
            weight: 0.0,
            loss: 0.0,
            gain: 0.0,
            below: 0,
            above: 0,
            looks: 0,
            next: FIRST_LOOK.min(most),
            sound: true,
            settled: None,
        }
    }

    /// With `controls` quantities of known mean 0 per replication; to be said before the first push.
    #[must_use]
    pub fn with_controls(mut self, controls: usize) -> Self {
        self.stride = controls + 1;
        self.rows.clear();
        self
    }

    /// The last so many of the controls are used only once at least 30 events lay on each side of the goal. For controls that
    /// may bend the fit to a few replications: where one day in ten misses, the first looks see three or six such days.
    #[must_use]
    pub fn with_late_controls(mut self, late: usize) -> Self {
        self.late = late.min(self.stride - 1);
        self
    }

    /// Counts one replication. Missing controls are taken as 0, too many are ignored; a number that is not finite makes
    /// the test undecided for good.
    pub fn push(&mut self, margin: Margin, controls: &[f64]) {
        let row = controls.iter().copied().chain(std::iter::repeat(0.0)).take(self.stride - 1);
        self.sound &= margin.is_sound() && controls.iter().all(|c| c.is_finite());
        self.rows.push(margin.z);
        self.rows.extend(row);
        self.weight += margin.weight;
        self.loss = self.loss.max(-margin.worst).max(-margin.z);
        self.gain = self.gain.max(margin.best).max(margin.z);
        self.below += margin.below;
        self.above += margin.above;
    }

    /// Replications so far.
    pub fn replications(&self) -> u64 {
        (self.rows.len() / self.stride) as u64
    }

    /// How many more replications the next look needs; 0 once a verdict is reached.
    pub fn wanted(&self) -> u64 {
        if self.settled.is_some() { 0 } else { self.next.saturating_sub(self.replications()) }
    }

    /// The verdict, if reached.
    pub fn verdict(&self) -> Option<Verdict> {
        self.settled
    }

    /// Looks, if a look is due; nothing before that, and nothing after a verdict.
    pub fn look(&mut self) -> Option<Look> {
        if self.wanted() > 0 || self.settled.is_some() {
            return None;
        }
        self.looks += 1;
        let replications = self.replications();
        while self.next <= replications && self.next < self.most {
            self.next = self.next.saturating_mul(2).min(self.most);
        }
        let fit = self.fit();
        let margin = fit.and_then(|fit| self.margin(&fit));
        let verdict =
            fit.map_or(Some(Verdict::Undecided).filter(|_| !self.sound), |fit| self.judge(&fit, margin));
        let last = (replications >= self.most).then_some(Verdict::Undecided);
        self.settled = verdict.or(last);
        Some(Look { number: self.looks, replications, margin, verdict: self.settled })
    }

    /// This look's share of the error, on each side.
    fn spent(&self) -> f64 {
        let look = f64::from(self.looks);
        (1.0 - WAGER) * self.error * 6.0 / (PI * PI * look * look)
    }

    /// How far above the goal (below, if negative) all that was counted lies, in the goal's units, with an interval of its
    /// own at this confidence level: for what is only shown. Looks and verdicts have nothing to do with it. Nothing as long
    /// as there is too little, or nothing to judge.
    pub fn estimate(&self, level: f64) -> Option<Estimate> {
        self.around(&self.fit()?, tail_of(level))
    }

    /// The mean of all margins without what the controls explain that may be used by now.
    fn fit(&self) -> Option<Adjusted> {
        if !self.sound || self.weight <= 0.0 {
            return None;
        }
        if self.late == 0 || (self.below >= OTHER_SIDE && self.above >= OTHER_SIDE) {
            return adjust(&self.rows, self.stride);
        }
        let early = self.stride - self.late;
        let rows: Vec<f64> =
            self.rows.chunks_exact(self.stride).flat_map(|row| &row[..early]).copied().collect();
        adjust(&rows, early)
    }

    fn margin(&self, fit: &Adjusted) -> Option<Estimate> {
        self.around(fit, self.spent())
    }

    /// The interval that leaves so much on each side.
    fn around(&self, fit: &Adjusted, tail: f64) -> Option<Estimate> {
        let n = self.replications();
        let (low, high) = interval(fit, student_t(tail, fit.freedom));
        let per = self.weight / n as f64;
        Estimate::between(fit.mean / per, low / per, high / per, 1.0 - 2.0 * tail, n)
    }

    fn judge(&self, fit: &Adjusted, margin: Option<Estimate>) -> Option<Verdict> {
        let bar = student_t(self.spent(), fit.freedom);
        let t = statistic(fit);
        if (t > bar && self.below >= OTHER_SIDE) || self.wins(1.0) {
            Some(Verdict::Met)
        } else if (t < -bar && self.above >= OTHER_SIDE) || self.wins(-1.0) {
            Some(Verdict::Missed)
        } else {
            let narrow = |m: Estimate| m.contains(0.0) && m.half_width() < self.indifference;
            margin.is_some_and(narrow).then_some(Verdict::Undecided)
        }
    }

    /// Whether betting on margins of this sign has won enough.
    fn wins(&self, sign: f64) -> bool {
        let loss = if sign > 0.0 { self.loss } else { self.gain };
        let margins = self.rows.iter().step_by(self.stride).map(|z| sign * z);
        capital(margins, loss) * WAGER * self.error >= 1.0
    }
}

#[cfg(test)]
mod tests;
