//! `email_backlog.json`: mail that comes round the clock and is worked in office hours, the work put aside in between.
//!
//! The reference speaks of a mail that arrives at the very start of an hour. Simulated are mails that arrive in its first
//! five minutes, in the next five and in the five after; the shares of these three cohorts are extrapolated to the hour by
//! a parabola. Cohorts of one replication depend on each other, so standard errors come from replications, not from
//! intervals of results.

use super::book::{Book, Page};
use super::folder::{json, number, numbers, rows};
use super::play::LEVEL;
use super::size::Size;
use super::text::{Text, exponential, per_interval};
use headcount::engine::{DoneCell, Run, Staffing, Tally, Tape};
use headcount::model::Model;
use headcount::stats::Estimate;
use serde_json::Value;
use statrs::distribution::{ContinuousCDF, StudentsT};

/// Intervals of five minutes in an hour and in a day.
const HOUR: usize = 12;
const DAY: usize = 24 * HOUR;
/// Days of a replication: the first are the way to the periodic state, the last have deadlines beyond the end.
const DAYS: usize = 40;
const COUNTED: std::ops::Range<usize> = 5..38;
/// Promises of the reference, h.
const WITHIN: [usize; 3] = [4, 8, 24];
/// What makes a parabola through the means of three cohorts of equal length take its value at their start.
const TO_THE_HOUR: [f64; 3] = [11.0 / 6.0, -7.0 / 6.0, 1.0 / 3.0];

/// Which of a promise's counters.
#[derive(Clone, Copy)]
enum Kept {
    Started,
    Done,
}

/// Sums over the counted days of one replication.
#[derive(Clone, Copy, Default)]
struct Sums {
    /// Mails open at the start of each hour.
    backlog: [u64; 24],
    /// Mails of the cohorts of each hour.
    mails: [[u64; 3]; 24],
    /// Of those, started and done in time, by promise.
    kept: [[[[u64; 2]; WITHIN.len()]; 3]; 24],
}

/// What every replication brought.
struct Runs(Vec<Sums>);

/// Office hours.
pub fn office_hours(size: Size) -> Book {
    let mut book = Book::new(12, "email_backlog", "mail over night: backlog, started and done in time");
    for case in rows(&json("exact/email_backlog")["cases"]) {
        let mut page = book.play(case["name"].as_str().unwrap(), &text(&case["inputs"]), 2);
        page.samples = size.replications;
        let runs = Runs::of(&page.model, page.seed, size.replications);
        for (hour, wanted) in case["result"]["mean_backlog"].as_object().unwrap() {
            let found = runs.backlog(hour.parse().unwrap());
            page.value(&format!("backlog at {hour}"), Some(found), number(wanted));
        }
        for (cohort, wanted) in case["result"]["by_arrival_hour"].as_object().unwrap() {
            let hour: usize = cohort.rsplit('_').next().unwrap().parse().unwrap();
            cohorts(&mut page, &runs, hour, wanted);
        }
    }
    book
}

fn cohorts(page: &mut Page<'_>, runs: &Runs, hour: usize, wanted: &Value) {
    for (d, within) in WITHIN.iter().enumerate() {
        for (key, kept) in [("started", Kept::Started), ("completed", Kept::Done)] {
            let name = format!("p_{key}_within_{within}h");
            let (share, mails) = runs.share(hour, d, kept);
            page.share_of(mails, &format!("{name} from {hour}"), Some(share), number(&wanted[&name]));
        }
    }
}

fn text(inputs: &Value) -> Text {
    let by_interval = |hourly: &[f64], parts: f64| -> Vec<f64> {
        hourly.iter().flat_map(|value| std::iter::repeat_n(value / parts, HOUR)).collect()
    };
    let arrivals = by_interval(&numbers(&inputs["lam_per_hour"]), HOUR as f64);
    let agents: Vec<u64> = by_interval(&numbers(&inputs["agents"]), 1.0).iter().map(|&n| n as u64).collect();
    let target = |h: &usize| format!("{{ done = \"90%\", within = \"{h}h\", clock = \"elapsed\" }}");
    Text::empty(DAYS as u64, 5)
        .table("queue.mail")
        .key("channel", "\"email\"")
        .key("arrivals", per_interval(&arrivals))
        .key("handle", exponential(3600.0 / number(&inputs["mu_per_hour"])))
        .key("target", format!("[{}]", WITHIN.iter().map(target).collect::<Vec<_>>().join(", ")))
        .table("group.agents")
        .key("serves", "[\"mail\"]")
        .key("agents", format!("{agents:?}"))
}

impl Sums {
    fn of(tally: &Tally) -> Self {
        let queue = &tally.queues[0];
        let mut sums = Self::default();
        for (day, hour) in COUNTED.flat_map(|day| (0..24).map(move |hour| (day, hour))) {
            let start = day * DAY + hour * HOUR;
            sums.backlog[hour] += queue.more[start - 1].backlog;
            for c in 0..3 {
                sums.mails[hour][c] += queue.more[start + c].cases;
                for (d, kept) in sums.kept[hour][c].iter_mut().enumerate() {
                    let DoneCell { started, done, .. } = queue.done[(start + c) * queue.promises + d];
                    *kept = [kept[0] + started, kept[1] + done];
                }
            }
        }
        sums
    }
}

impl Runs {
    fn of(model: &Model, seed: u64, replications: u64) -> Self {
        let (mut run, mut tape, staffing) = (Run::new(model), Tape::default(), Staffing::given(model));
        let sums = (0..replications).map(|r| {
            tape.redraw(model, seed, r);
            Sums::of(run.play(&tape, &staffing, &mut ()))
        });
        Self(sums.collect())
    }

    /// Mails open at the start of an hour.
    fn backlog(&self, hour: usize) -> Estimate {
        let mean = |sums: &Sums| sums.backlog[hour] as f64 / COUNTED.len() as f64;
        estimate(&self.0.iter().map(mean).collect::<Vec<_>>())
    }

    /// The share of mails that arrive at an hour and keep promise number `d`, and the mails behind it.
    fn share(&self, hour: usize, d: usize, kept: Kept) -> (Estimate, f64) {
        let mut residuals = vec![0.0; self.0.len()];
        let (mut share, mut mails) = (0.0, 0.0);
        for (c, weight) in TO_THE_HOUR.iter().enumerate() {
            let pair =
                |sums: &Sums| (sums.kept[hour][c][d][kept as usize] as f64, sums.mails[hour][c] as f64);
            let (good, all) =
                self.0.iter().map(pair).fold((0.0, 0.0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
            let mean = all / self.0.len() as f64;
            for (residual, (x, y)) in residuals.iter_mut().zip(self.0.iter().map(pair)) {
                *residual += weight * (x - good / all * y) / mean;
            }
            share += weight * good / all;
            mails += all;
        }
        let around: Vec<f64> = residuals.iter().map(|residual| share + residual).collect();
        (estimate(&around), mails)
    }
}

/// Mean and interval of independent values.
fn estimate(values: &[f64]) -> Estimate {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let variance = values.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / (n - 1.0);
    let student = StudentsT::new(0.0, 1.0, n - 1.0).unwrap().inverse_cdf(f64::midpoint(LEVEL, 1.0));
    let half = student * (variance / n).sqrt();
    Estimate { mean, low: mean - half, high: mean + half, level: LEVEL, replications: values.len() as u64 }
}
