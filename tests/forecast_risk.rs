//! How uncertain a forecast is: factors of intervals and of handle times, beside the factor of days.

#![allow(clippy::wildcard_imports)] // the model's nouns, all of them

mod common;

use common::*;
use headcount::engine::{Run, Staffing, Tape};
use headcount::model::*;
use headcount::stats::MeanMoments;
use headcount::units::Micros;

const DAYS: usize = 2;
const HOURS: usize = 24 * DAYS;
const CALLS: f64 = 40.0;

/// Two days, open all the time; every contact is passed on to a second line, where it takes a minute as in the first.
fn centre(demand: Demand) -> Model {
    let open = opening(DAYS, 24, 0..24);
    let minute = || Law::constant(Shape::Fixed, 60.0);
    let mut first = queue("first", &open, vec![CALLS; HOURS], minute(), vec![to(0)]);
    first.wrap = Some(minute());
    first.journey.transfer = Some(Transfer { probability: 1.0, to: QueueId(1), warm: None });
    let second = queue("second", &open, vec![0.0; HOURS], minute(), vec![to(1)]);
    let crews = [("a", 0), ("b", 1)].map(|(name, q)| group(name, &open, &[q], vec![400; HOURS]));
    let mut model = model(calendar(DAYS, Micros::HOUR, open), vec![first, second], crews.to_vec());
    model.demand = demand;
    model
}

fn tapes(model: &Model, replications: u64) -> impl Iterator<Item = Tape> + '_ {
    (0..replications).map(|r| Tape::draw(model, 11, r))
}

fn by_hour(tape: &Tape) -> Vec<f64> {
    let mut counts = vec![0.0; HOURS];
    tape.queues[0].interval.iter().for_each(|&i| counts[i as usize] += 1.0);
    counts
}

/// How many standard errors an average lies from what it should be.
fn errors_from(values: impl Iterator<Item = f64>, expected: f64) -> f64 {
    let mut moments = MeanMoments::default();
    // Whole numbers are summed exactly: thousandths are fine enough here. The shift keeps them positive.
    values.for_each(|value| moments.push(((value + 1e6) * 1e3).round() as u64));
    let mean = moments.mean(0.6827).expect("there are many");
    (mean.mean - (expected + 1e6) * 1e3) / mean.half_width()
}

#[test]
fn intervals_scatter_by_themselves_around_the_forecast() {
    // Given a gamma factor of mean 1 and variance c², a Poisson count of mean m has variance m + c²m² (negative
    // binomial); two hours know nothing of each other. 4 comparisons.
    let cv = 0.3;
    let model = centre(Demand { interval_factor_cv: cv, ..Demand::default() });
    let hours: Vec<Vec<f64>> = tapes(&model, 1500).map(|tape| by_hour(&tape)).collect();
    let each = || hours.iter().flatten();
    let variance = CALLS + (cv * CALLS).powi(2);
    let pairs = hours.iter().flat_map(|day| day.windows(2).step_by(2));
    let apart = pairs.map(|pair| (pair[0] - CALLS) * (pair[1] - CALLS));
    let days = hours.iter().map(|run| (run.iter().sum::<f64>() - CALLS * HOURS as f64).powi(2));
    for off in [
        errors_from(each().copied(), CALLS),
        errors_from(each().map(|n| (n - CALLS).powi(2)), variance),
        errors_from(apart, 0.0),
        errors_from(days, variance * HOURS as f64),
    ] {
        assert!(off.abs() < 3.0, "{off} standard errors");
    }
}

#[test]
fn the_handle_times_of_a_day_have_one_factor() {
    let cv = 0.2;
    let model = centre(Demand { handle_factor_cv: cv, ..Demand::default() });
    let plain = centre(Demand::default());
    let mut factors = Vec::new();
    for (tape, before) in tapes(&model, 1500).zip(tapes(&plain, 1500)) {
        let (queue, before) = (&tape.queues[0], &before.queues[0]);
        assert_eq!((&queue.arrive, &queue.interval), (&before.arrive, &before.interval));
        for (k, &i) in queue.interval.iter().enumerate() {
            let takes = (60e6 * tape.handle_factors[i as usize / 24]) as u64;
            assert_eq!((queue.handle[0].at(k), queue.wrap(k)), (takes, takes));
        }
        factors.extend(tape.handle_factors);
    }
    // A gamma factor of mean 1: mean and variance, and days that know nothing of each other. 3 comparisons.
    let days = factors.chunks(2).map(|pair| (pair[0] - 1.0) * (pair[1] - 1.0));
    for off in [
        errors_from(factors.iter().copied(), 1.0),
        errors_from(factors.iter().map(|b| (b - 1.0).powi(2) * 1e3), cv * cv * 1e3),
        errors_from(days.map(|product| product * 1e3), 0.0),
    ] {
        assert!(off.abs() < 3.0, "{off} standard errors");
    }
}

#[test]
fn who_is_passed_on_is_handled_on_the_same_day() {
    let model = centre(Demand { handle_factor_cv: 0.3, ..Demand::default() });
    let staffing = Staffing::given(&model);
    for tape in tapes(&model, 10) {
        let mut run = Run::new(&model);
        let tally = run.play(&tape, &staffing, &mut ());
        let queue = &tape.queues[0];
        let takes = |k: usize| (60e6 * tape.handle_factors[queue.interval[k] as usize / 24]) as u64;
        let firsts: u64 = (0..queue.len()).map(|k| 2 * takes(k)).sum();
        assert_eq!(tally.groups[0].busy_total, firsts);
        // Who is passed on after midnight belongs to the next day; after the last one the second line is closed.
        let passed_on = (0..queue.len()).map(|k| queue.arrive[k] + takes(k));
        let day = passed_on.map(|t| (t / Micros::DAY.0) as usize).filter(|&day| day < DAYS);
        let seconds: u64 = day.map(|day| (60e6 * tape.handle_factors[day]) as u64).sum();
        assert_eq!(tally.groups[1].busy_total, seconds);
    }
}

#[test]
fn what_does_not_vary_draws_nothing() {
    let (plain, off) =
        (centre(Demand::default()), centre(Demand { interval_factor_cv: 0.0, ..Demand::default() }));
    for (a, b) in tapes(&plain, 5).zip(tapes(&off, 5)) {
        assert!(a.handle_factors.is_empty() && a.queues[0].arrive == b.queues[0].arrive);
    }
    assert!(plain.demand.is_exact() && !plain.days_differ());
    assert!(centre(Demand { handle_factor_cv: 0.1, ..Demand::default() }).days_differ());
}
