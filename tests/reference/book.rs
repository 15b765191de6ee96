//! What was compared, and how far apart the two figures were.

use super::play::{model, play};
use super::text::Text;
use headcount::model::Model;
use headcount::montecarlo::{Outcome, QueueOutcome, ServiceLevel};
use headcount::stats::Estimate;
use statrs::distribution::{ContinuousCDF, StudentsT};

/// Sections of replications behind the interval of a percentile of waits.
const SECTIONS: u64 = 20;
/// A share is compared if so many contacts are expected on its rarer side: fewer come in too few bursts for a standard
/// error to be known. Decided by the reference value, never by what was found.
const RARE: f64 = 1000.0;

/// One comparison.
pub struct Finding {
    /// The model compared.
    pub case: String,
    /// The figure compared.
    pub figure: String,
    /// By the reference.
    pub wanted: f64,
    /// By simulation.
    pub found: f64,
    /// Standard error of the difference.
    pub error: f64,
    /// Degrees of freedom behind the error.
    pub freedom: f64,
}

impl Finding {
    /// How many standard errors lie between the two.
    pub fn z(&self) -> f64 {
        (self.found - self.wanted) / self.error
    }

    /// Whether the two are more than three standard errors apart.
    pub fn missed(&self) -> bool {
        self.z().is_nan() || self.z().abs() > 3.0
    }

    /// How probable a miss is by chance: 0.27% where the error is well known.
    pub fn chance(&self) -> f64 {
        2.0 * StudentsT::new(0.0, 1.0, self.freedom).unwrap().cdf(-3.0)
    }
}

/// All comparisons with one file of the reference.
pub struct Book {
    /// The file, without its folder and ending.
    pub file: &'static str,
    /// What is modelled there.
    pub what: &'static str,
    /// How many models.
    pub cases: u64,
    /// Figures left out because they are too rare.
    pub rare: usize,
    /// Figures compared.
    pub findings: Vec<Finding>,
    /// Every model has a seed of its own, so that they are independent: its number after the file's, as in 304.
    seeds: u64,
}

impl Book {
    /// Book number `number`, with nothing compared yet.
    pub fn new(number: u64, file: &'static str, what: &'static str) -> Self {
        Self { file, what, cases: 0, rare: 0, findings: Vec::new(), seeds: 100 * number }
    }

    /// Runs one more model and opens a page for it.
    pub fn play(&mut self, name: impl Into<String>, text: &Text, replications: u64) -> Page<'_> {
        self.cases += 1;
        let (model, seed) = (model(text), self.seeds + self.cases);
        let outcome = play(&model, seed, 0, replications);
        Page { case: name.into(), outcome, model, seed, samples: replications, book: self }
    }
}

/// The outcome of one model and its comparisons.
pub struct Page<'a> {
    case: String,
    /// What was found.
    pub outcome: Outcome,
    /// The model that was run.
    pub model: Model,
    /// Its seed.
    pub seed: u64,
    /// Independent replications behind the figures that are compared next.
    pub samples: u64,
    book: &'a mut Book,
}

impl Page<'_> {
    /// The results of a queue.
    pub fn queue(&self, q: usize) -> &QueueOutcome {
        &self.outcome.queues[q]
    }

    /// Contacts of a queue in one replication.
    pub fn contacts(&self, q: usize) -> f64 {
        self.queue(q)
            .intervals
            .iter()
            .filter_map(|interval| interval.offered)
            .map(|offered| offered.mean)
            .sum()
    }

    /// The service levels of a queue at a threshold in seconds.
    pub fn at(&self, q: usize, within: f64) -> &ServiceLevel {
        let row = self.queue(q).service_levels.iter().find(|row| (row.within_s - within).abs() < 1e-6);
        row.unwrap_or_else(|| panic!("{}: no threshold of {within} s", self.case))
    }

    /// Compares a time, a number or a count with an exact value.
    pub fn value(&mut self, figure: &str, found: Option<Estimate>, wanted: f64) {
        self.enter(figure, found, Known::exactly(wanted), self.samples);
    }

    /// Compares a share of the contacts of queue `q` with an exact value, unless its rarer side is too rare.
    pub fn share(&mut self, q: usize, figure: &str, found: Option<Estimate>, wanted: f64) {
        let contacts = self.contacts(q) * self.outcome.replications as f64;
        self.share_of(contacts, figure, found, wanted);
    }

    /// Compares a share of so many contacts with an exact value, unless its rarer side is too rare.
    pub fn share_of(&mut self, contacts: f64, figure: &str, found: Option<Estimate>, wanted: f64) {
        let rarer = wanted.min(1.0 - wanted);
        if rarer * contacts >= RARE {
            self.value(figure, found, wanted);
        } else {
            self.book.rare += 1;
        }
    }

    /// Compares a percentile of waits, whose error comes from sections of the replications.
    pub fn percentile(&mut self, figure: &str, found: Option<Estimate>, wanted: f64) {
        self.enter(figure, found, Known::exactly(wanted), self.outcome.replications.min(SECTIONS));
    }

    /// Compares with a figure that has an error of its own.
    pub fn measured(&mut self, figure: &str, found: Option<Estimate>, wanted: Known) {
        self.enter(figure, found, wanted, self.outcome.replications);
    }

    /// Compares with the result of so many replications of the same model elsewhere, whose error is like ours.
    pub fn alike(&mut self, figure: &str, found: Option<Estimate>, wanted: f64, replications: f64) {
        let samples = self.outcome.replications;
        let ours = found.map_or(0.0, |found| standard_error(found, samples));
        let error = ours * (samples as f64 / replications).sqrt();
        self.measured(figure, found, Known { value: wanted, error, rounding: 0.0 });
    }

    fn enter(&mut self, figure: &str, found: Option<Estimate>, wanted: Known, samples: u64) {
        let found = found.unwrap_or_else(|| panic!("{}: the results have no {figure}", self.case));
        let error = standard_error(found, samples).hypot(wanted.error);
        self.book.findings.push(Finding {
            case: self.case.clone(),
            figure: figure.to_owned(),
            wanted: wanted.nearest(found.mean),
            found: found.mean,
            error,
            freedom: samples as f64 - 1.0,
        });
    }
}

/// The standard error of an estimate from independent samples.
fn standard_error(estimate: Estimate, samples: u64) -> f64 {
    let student = StudentsT::new(0.0, 1.0, samples as f64 - 1.0).unwrap();
    estimate.half_width() / student.inverse_cdf(f64::midpoint(estimate.level, 1.0))
}

/// A figure of the reference.
#[derive(Clone, Copy)]
pub struct Known {
    /// The figure.
    pub value: f64,
    /// Its standard error; 0 for an exact one.
    pub error: f64,
    /// Half a unit of its last digit; 0 for an exact one.
    pub rounding: f64,
}

impl Known {
    fn exactly(value: f64) -> Self {
        Self { value, error: 0.0, rounding: 0.0 }
    }

    /// In another unit.
    pub fn scale(self, factor: f64) -> Self {
        Self { value: self.value * factor, error: self.error * factor, rounding: self.rounding * factor }
    }

    /// Of the values that are printed as this figure, the one that is nearest to `found`.
    fn nearest(self, found: f64) -> f64 {
        found.clamp(self.value - self.rounding, self.value + self.rounding)
    }
}
