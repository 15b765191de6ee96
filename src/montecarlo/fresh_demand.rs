//! The fresh demand behind volumes that count every attempt.
//!
//! A telephone system's history holds redials, repeats and transfers already; modelled on top of it they would be
//! counted twice. Where a queue's volumes are such (`all_attempts`), one factor on them is solved so that fresh
//! contacts and modelled returns together bring what was written:
//!
//! `s · v + R(s) = v`, by `s ← s · v / (s · v + R(s))`,
//!
//! with v the volume written for the counted run and R(s) the contacts of any other origin than a first attempt that
//! are offered there, counted in pilot replications. Known expectations are used where there are any: fresh contacts
//! are s · v, whatever number came in the pilots; so a queue that nothing returns to keeps its volumes exactly. The same
//! holds behind self-service, where volumes say who enters: entered = contained + offered, and the fresh part of that
//! is again s · v.
//!
//! What the factors keep of chance is that of the pilots: some tenths of a percent of the returns.
//! The pilots are the same replications in every round and for every staffing, and no other part of the program uses
//! them.

use super::frame::first_counted;
use crate::engine::{Run, Staffing, Tally, Tape};
use crate::model::{Model, Queue, QueueId, Return};
use rayon::prelude::*;

/// Number of the first pilot replication.
const PILOT: u64 = 1 << 41;
/// Fewest and most pilots in a round.
const PILOTS: (u64, u64) = (8, 64);
/// Contacts that a round's pilots should hold.
const CONTACTS: f64 = 200_000.0;
/// Most rounds.
const ROUNDS: u32 = 20;
/// Modelled and written volume may differ by this share.
const CLOSE: f64 = 1e-3;
/// No factor is guessed below this; one that is driven below it has nowhere to go.
const LEAST: f64 = 0.01;
/// How often the guess sends returns on to queues whose own returns are not in their volumes.
const SWEEPS: u32 = 8;

/// A model whose volumes are first contacts, and how they were found.
#[derive(Clone, Debug)]
pub struct FreshDemand {
    /// The model with fresh volumes; no queue's `all_attempts` is set any more.
    pub model: Model,
    /// Factor on each queue's volumes; 1 where they were first contacts already.
    pub factors: Vec<f64>,
    /// Rounds of pilots; 0 where there was nothing to solve.
    pub rounds: u32,
    /// The largest difference left between modelled and written volume, as a share of the latter.
    pub off: f64,
}

/// No fresh demand explains a queue's volumes. The words are for the person who wrote the scenario.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error(
    "the volumes of {queue} count every attempt and come to {written:.0} contacts in the run, but returns alone \
     (redials, repeats, transfers and the like) bring {returns:.0}: lower their probabilities, or correct the volumes"
)]
pub struct TooManyReturns {
    /// The queue's name.
    pub queue: String,
    /// Contacts of the counted run, as written.
    pub written: f64,
    /// Modelled contacts of the counted run that are no first attempts, with next to no fresh contacts in this queue.
    pub returns: f64,
}

/// Solves the fresh demand under a staffing; the same bytes for the same model, staffing and seed. Left undone: a
/// queue without volumes in the counted run.
///
/// # Errors
///
/// [`TooManyReturns`] for the first queue that is offered more by returns than was written.
pub fn fresh_demand(model: &Model, staffing: &Staffing, seed: u64) -> Result<FreshDemand, TooManyReturns> {
    let written: Vec<f64> = model.queues.iter().map(|queue| volume(model, queue)).collect();
    let open: Vec<usize> = (0..written.len()).filter(|&q| is_to_solve(model, q, &written)).collect();
    let mut fresh =
        FreshDemand { model: model.clone(), factors: guess(model, &written), rounds: 0, off: 0.0 };
    fresh.write(model);
    while !open.is_empty() && fresh.rounds < ROUNDS {
        let returns = pilot(&fresh.model, staffing, seed);
        fresh.rounds += 1;
        let off = |&q: &usize| (fresh.factors[q] - 1.0 + returns[q] / written[q]).abs();
        fresh.off = open.iter().map(off).fold(0.0, f64::max);
        if fresh.off <= CLOSE {
            break;
        }
        for &q in &open {
            let more = returns[q] / written[q];
            fresh.factors[q] /= fresh.factors[q] + more;
            let hopeless = fresh.factors[q] < LEAST || fresh.rounds == ROUNDS;
            if hopeless && more >= 1.0 {
                let queue = model.queues[q].name.clone();
                return Err(TooManyReturns { queue, written: written[q], returns: returns[q] });
            }
        }
        fresh.write(model);
    }
    Ok(fresh)
}

impl FreshDemand {
    /// Puts the factors on the volumes of `written`.
    fn write(&mut self, written: &Model) {
        for ((queue, before), factor) in self.model.queues.iter_mut().zip(&written.queues).zip(&self.factors)
        {
            queue.journey.all_attempts = false;
            let volumes = before.volumes.iter().map(|volume| volume * factor);
            queue.volumes.clear();
            queue.volumes.extend(volumes);
        }
    }
}

fn is_to_solve(model: &Model, q: usize, written: &[f64]) -> bool {
    model.queues[q].journey.all_attempts && written[q] > 0.0
}

/// Contacts expected in the counted run.
fn volume(model: &Model, queue: &Queue) -> f64 {
    queue.volumes.iter().skip(first_counted(model)).sum()
}

/// Contacts of each queue that are no first attempts, in the counted run: the mean of the pilots.
fn pilot(model: &Model, staffing: &Staffing, seed: u64) -> Vec<f64> {
    let wanted = (CONTACTS / model.expected_contacts().max(1.0)).ceil() as u64;
    let pilots = wanted.clamp(PILOTS.0, PILOTS.1);
    let nothing = || vec![0_u64; model.queues.len()];
    let hand = || (Tape::default(), Run::new(model));
    let sums = (0..pilots).into_par_iter().map_init(hand, |(tape, run), r| {
        tape.redraw(model, seed, PILOT + r);
        returns_in(run.play(tape, staffing, &mut ()))
    });
    let add = |a: Vec<u64>, b: Vec<u64>| a.into_iter().zip(b).map(|(a, b)| a + b).collect();
    let sums: Vec<u64> = sums.reduce(nothing, add);
    sums.into_iter().map(|sum| sum as f64 / pilots as f64).collect()
}

fn returns_in(tally: &Tally) -> Vec<u64> {
    let returns = tally
        .queues
        .iter()
        .map(|queue| queue.cells.iter().map(|cell| cell.offered().saturating_sub(cell.first_attempts)).sum());
    returns.collect()
}

/// Where the rounds start: as if everybody were answered at once. Queues whose volumes count every attempt are then
/// offered what is written, so what they send back follows without solving anything.
fn guess(model: &Model, written: &[f64]) -> Vec<f64> {
    let mut offered = written.to_vec();
    let mut returns = vec![0.0; written.len()];
    for _ in 0..SWEEPS {
        returns = sent(model, &offered);
        for q in (0..written.len()).filter(|&q| !model.queues[q].journey.all_attempts) {
            offered[q] = written[q] + returns[q];
        }
    }
    let factor = |q: usize| {
        if is_to_solve(model, q, written) { (1.0 - returns[q] / written[q]).max(LEAST) } else { 1.0 }
    };
    (0..written.len()).map(factor).collect()
}

/// Repeats, transfers and returns from self-service that so many offered contacts bring to each queue.
fn sent(model: &Model, offered: &[f64]) -> Vec<f64> {
    let mut sent = vec![0.0; offered.len()];
    for (queue, offered) in model.queues.iter().zip(offered) {
        let journey = &queue.journey;
        let mut send = |to: QueueId, contacts: f64| sent[to.0] += contacts;
        if let Some(repeat) = &journey.repeat {
            send(repeat.to, offered * within_run(model, repeat));
        }
        if let Some(transfer) = &journey.transfer {
            send(transfer.to, offered * transfer.probability);
        }
        if let Some((service, back)) = journey.self_service.as_ref().and_then(|s| Some((s, s.back.as_ref()?)))
        {
            let contained = |(i, volume): (usize, &f64)| volume * service.contained.at(i);
            let contained: f64 = queue.volumes.iter().enumerate().map(contained).sum();
            send(back.to, contained * within_run(model, back));
        }
    }
    sent
}

/// The chance of coming back inside the run, for who is done at a moment equally likely anywhere in it: exact for an
/// exponential time T until then with mean m, where it is p (1 − m/L (1 − e^(−L/m))) in a run of length L.
fn within_run(model: &Model, back: &Return) -> f64 {
    let first = first_counted(model);
    let end = model.queues.iter().filter_map(|queue| queue.opening.end()).max().unwrap_or(first);
    let length = (end.saturating_sub(first)) as f64 * model.grid().interval.as_secs_f64();
    let relative = back.after.mean.at(first.min(model.grid().intervals() - 1)) / length.max(1e-6);
    let unseen = if relative > 0.0 { -relative * libm::expm1(-1.0 / relative) } else { 0.0 };
    back.probability * (1.0 - unseen)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Cell;
    use crate::model::{AfterWait, Factor, GroupId, Law, SelfService, Series, Shape, Transfer};
    use crate::montecarlo::fixture::{group, model, queue, secs};

    /// A busy phone queue whose callers go to voicemail after a minute; what is written for voicemail counts them.
    fn overflowing(voicemail_per_hour: f64) -> Model {
        let mut model = model(2, 8..20);
        let opening = model.queues[0].opening.clone();
        model.queues[0].volumes.iter_mut().for_each(|volume| *volume *= 2.0);
        model.queues[0].after_wait = Some(AfterWait { wait: secs(60), to: QueueId(1) });
        model.queues.push(queue("voicemail", &opening, voicemail_per_hour));
        model.queues[1].route[0].group = GroupId(1);
        model.groups.push(group("others", &opening, 5));
        model.groups[1].serves[0].queue = QueueId(1);
        model.queues[1].journey.all_attempts = true;
        model
    }

    fn solve(model: &Model, seed: u64) -> Result<FreshDemand, TooManyReturns> {
        fresh_demand(model, &Staffing::given(model), seed)
    }

    #[test]
    fn where_nothing_returns_the_volumes_stay_as_written() {
        let mut model = model(2, 8..12);
        model.demand.day_factor_cv = 0.3;
        let before = solve(&model, 1).unwrap();
        assert_eq!((before.rounds, before.factors[0]), (0, 1.0));
        model.queues[0].journey.all_attempts = true;
        let fresh = solve(&model, 1).unwrap();
        assert_eq!((fresh.rounds, fresh.factors[0], fresh.off), (1, 1.0, 0.0));
        assert_eq!(fresh.model.queues[0].volumes, model.queues[0].volumes);
        assert!(!fresh.model.queues[0].journey.all_attempts);
    }

    /// With the fresh volumes, other replications than the pilots offer what was written, at three standard errors.
    fn check_offered(model: &Model, fresh: &FreshDemand) {
        const RUNS: u64 = 400;
        let staffing = Staffing::given(model);
        let (mut run, mut tape) = (Run::new(&fresh.model), Tape::default());
        let offered = (0..RUNS).map(|r| {
            tape.redraw(&fresh.model, 1, r);
            let queues = &run.play(&tape, &staffing, &mut ()).queues;
            let of = |queue: &crate::engine::QueueTally| queue.cells.iter().map(Cell::offered).sum::<u64>();
            queues.iter().map(|queue| of(queue) as f64).collect()
        });
        let offered: Vec<Vec<f64>> = offered.collect();
        let pilots = (CONTACTS / fresh.model.expected_contacts()).ceil().clamp(8.0, 64.0);
        for q in (0..model.queues.len()).filter(|&q| model.queues[q].journey.all_attempts) {
            let mean = offered.iter().map(|row| row[q]).sum::<f64>() / RUNS as f64;
            let squares: f64 = offered.iter().map(|row| (row[q] - mean).powi(2)).sum();
            let variance = squares / (RUNS - 1) as f64;
            let written = volume(model, &model.queues[q]);
            // Noise of this sample and of the pilots, and how closely the rounds had to settle.
            let error = 3.0 * (variance / RUNS as f64 + variance / pilots).sqrt() + CLOSE * written;
            assert!((mean - written).abs() < error, "queue {q}: {mean} for {written}");
        }
    }

    #[test]
    fn fresh_contacts_and_those_who_come_from_elsewhere_make_the_volumes_written() {
        let model = overflowing(50.0);
        let fresh = solve(&model, 1).unwrap();
        assert!(fresh.off <= CLOSE && (0.2..0.8).contains(&fresh.factors[1]) && fresh.factors[0] == 1.0);
        check_offered(&model, &fresh);
    }

    #[test]
    fn two_queues_that_send_each_other_contacts_are_solved_together() {
        let mut model = overflowing(50.0);
        let soon = |probability, to| Return {
            probability,
            after: Law::constant(Shape::Exponential, 600.0),
            most: None,
            to: QueueId(to),
        };
        model.queues[0].journey.all_attempts = true;
        model.queues[0].journey.redial = Some(soon(0.5, 0));
        model.queues[0].journey.transfer = Some(Transfer { probability: 0.1, to: QueueId(1), warm: None });
        model.queues[1].journey.repeat = Some(soon(0.2, 0));
        let fresh = solve(&model, 1).unwrap();
        assert!(fresh.off <= CLOSE && fresh.rounds > 1 && fresh.factors.iter().all(|f| *f < 0.95));
        check_offered(&model, &fresh);
    }

    /// Everybody is answered and comes back once in four times: 3 fresh contacts in 4 offered. A contact brings 1/3
    /// returns in the mean, variance 4/9, so the pilots' returns have variance (4/9 + 1/9) × fresh contacts.
    #[test]
    fn repeats_alone_leave_one_minus_their_share() {
        let mut model = model(2, 8..20);
        let (volumes, staff) = (vec![40.0; 48], vec![60; 48]);
        let always = crate::model::Opening::from_flags(&[true; 48]);
        (model.queues[0].volumes, model.queues[0].opening, model.queues[0].patience) =
            (volumes, always.clone(), None);
        model.groups[0].opening = always;
        model.groups[0].staff = crate::model::Staff::Given { at_work: staff, scheduled: None };
        let after = Law::constant(Shape::Fixed, 60.0);
        model.queues[0].journey.all_attempts = true;
        model.queues[0].journey.repeat =
            Some(Return { probability: 0.25, after, most: None, to: QueueId(0) });
        let fresh = solve(&model, 1).unwrap();
        let pilots = 64.0_f64;
        let error = (5.0 / 9.0 * 0.75 * 1920.0 * pilots).sqrt() / (1920.0 * pilots);
        assert!((fresh.factors[0] - 0.75).abs() < 3.0 * error + CLOSE, "{}", fresh.factors[0]);
    }

    #[test]
    fn volumes_that_returns_exceed_are_refused_in_words() {
        let error = solve(&overflowing(2.0), 1).unwrap_err();
        assert_eq!((error.queue.as_str(), error.written), ("voicemail", 48.0));
        assert!(error.returns > error.written && error.to_string().contains("returns alone"));
    }

    #[test]
    fn any_number_of_threads_gives_the_same_factors() {
        let model = overflowing(50.0);
        let on = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| solve(&model, 5).unwrap().factors)
        };
        assert_eq!(on(1), on(3));
        assert_ne!(on(1), solve(&model, 6).unwrap().factors);
    }

    #[test]
    fn the_guess_takes_returns_away_as_if_everybody_were_answered() {
        let mut model = overflowing(50.0);
        model.queues[0].journey.transfer = Some(Transfer { probability: 0.25, to: QueueId(1), warm: None });
        model.queues[0].journey.self_service = Some(SelfService {
            contained: Series::Constant(0.5),
            takes: None,
            factor: Factor::ONE,
            back: Some(Return {
                probability: 0.2,
                after: Law::constant(Shape::Fixed, 0.0),
                most: None,
                to: QueueId(1),
            }),
        });
        let written: Vec<f64> = model.queues.iter().map(|queue| volume(&model, queue)).collect();
        assert_eq!(written, [1920.0, 1200.0]);
        // 1920 × 0.25 transferred and 1920 × 0.5 × 0.2 back: 672 of the 1200.
        let factors = guess(&model, &written);
        assert_eq!(factors[0], 1.0);
        assert!((factors[1] - (1.0 - 672.0 / 1200.0)).abs() < 1e-12);
        model.queues[1].journey.repeat = Some(Return {
            probability: 0.1,
            after: Law::constant(Shape::Exponential, 36.0 * 3600.0),
            most: None,
            to: QueueId(1),
        });
        // 36 hours from the first opening to the last closing, and as much until they come back: 1/e is seen.
        let seen = 1200.0 * 0.1 * (-1.0f64).exp();
        assert!((guess(&model, &written)[1] - (1.0 - (672.0 + seen) / 1200.0)).abs() < 1e-12);
    }
}
