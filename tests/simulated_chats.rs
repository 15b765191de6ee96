//! The formulas about chats against chats that are played out, message by message and minute by minute.
//!
//! Seed 1 throughout. Every figure comes from batches that start anew, so that they are independent; it must lie within
//! three standard errors of theory.

use headcount::erlang::{Typing, alone_from_shares};
use headcount::random::{Phase, Purpose, Stream};
use rand_distr::{Distribution, Exp1};
use rand_xoshiro::Xoshiro256PlusPlus as Generator;
use std::collections::VecDeque;

const BATCHES: u64 = 400;

fn generator(batch: u64) -> Generator {
    Stream::of_queue(1, batch, Phase::Main, 0).open(Purpose::Handle(0))
}

fn exponential(mean: f64, chance: &mut Generator) -> f64 {
    let unit: f64 = Exp1.sample(chance);
    mean * unit
}

/// The figure of each batch lies around `theory`.
fn around(what: &str, batches: &[f64], theory: f64) {
    let n = batches.len() as f64;
    let mean = batches.iter().sum::<f64>() / n;
    let variance = batches.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / (n - 1.0);
    let error = (variance / n).sqrt();
    assert!((mean - theory).abs() <= 3.0 * error, "{what}: {mean} ± {error} is not {theory}");
    assert!(error < 0.005 * theory, "{what}: {mean} ± {error} says little");
}

/// The reply times of one agent who answers the messages of `chats` customers in the order in which they come. The
/// first tenth is left out: all customers start by thinking.
fn replies(chats: usize, think: f64, compose: f64, chance: &mut Generator) -> Vec<f64> {
    const MESSAGES: usize = 2200;
    let mut writing: Vec<f64> = (0..chats).map(|_| exponential(think, chance)).collect();
    let mut waiting: VecDeque<f64> = VecDeque::new();
    let mut done_at = f64::INFINITY;
    let mut took = Vec::new();
    while took.len() < MESSAGES {
        let next = writing.iter().copied().fold(f64::INFINITY, f64::min);
        if next < done_at {
            writing.retain(|at| *at != next);
            waiting.push_back(next);
            if waiting.len() == 1 {
                done_at = next + exponential(compose, chance);
            }
        } else {
            took.extend(waiting.pop_front().map(|since| done_at - since));
            writing.push(done_at + exponential(think, chance));
            done_at = if waiting.is_empty() { f64::INFINITY } else { done_at + exponential(compose, chance) };
        }
    }
    took.split_off(MESSAGES / 10)
}

#[test]
fn replies_come_as_the_arrival_theorem_says() {
    const SWITCHING: f64 = 0.10;
    for (chats, think, compose) in [(1_u32, 40.0, 20.0), (3, 40.0, 20.0), (5, 45.0, 15.0)] {
        let theory = Typing::new(think, compose, SWITCHING).unwrap().with(chats).unwrap();
        let slower = if chats == 1 { compose } else { compose * (1.0 + SWITCHING) };
        let batches: Vec<Vec<f64>> =
            (0..BATCHES).map(|batch| replies(chats as usize, think, slower, &mut generator(batch))).collect();
        let mean = |figure: &dyn Fn(f64) -> f64| -> Vec<f64> {
            batches
                .iter()
                .map(|took| took.iter().map(|t| figure(*t)).sum::<f64>() / took.len() as f64)
                .collect()
        };
        around("mean reply", &mean(&|took| took), theory.reply_time_s());
        for within in [15.0, 30.0, 90.0] {
            let share = mean(&|took| f64::from(u8::from(took <= within)));
            around(&format!("{chats} within {within}"), &share, theory.replied_within(within));
        }
    }
}

/// The shares of busy time with 1, 2 and 3 chats in one agent's hands, and the mean time that a chat took. They come at
/// random, whoever finds three in hand is lost, and the batch ends with nothing in hand.
fn observed(alone: f64, extra: f64, chance: &mut Generator) -> ([f64; 3], f64) {
    const CHATS: u32 = 2000;
    let (mut shares, mut ended, mut now) = ([0.0; 3], 0_u32, 0.0);
    // When each began, and the time alone that it still needs.
    let mut in_hand: Vec<(f64, f64)> = Vec::new();
    let (mut arrival, mut took): (f64, f64) = (0.0, 0.0);
    while ended < CHATS || !in_hand.is_empty() {
        let stretch = 1.0 + extra * (in_hand.len() as f64 - 1.0);
        let least = in_hand.iter().map(|chat| chat.1).fold(f64::INFINITY, f64::min);
        let next = arrival.min(now + least * stretch);
        if let Some(share) = in_hand.len().checked_sub(1).and_then(|others| shares.get_mut(others)) {
            *share += next - now;
        }
        let left = |chat: &(f64, f64)| (chat.0, chat.1 - (next - now) / stretch);
        in_hand = in_hand.iter().map(left).collect();
        now = next;
        if now < arrival {
            let first = (0..in_hand.len()).min_by(|&a, &b| in_hand[a].1.total_cmp(&in_hand[b].1));
            took += now - in_hand.remove(first.expect("one ends")).0;
            ended += 1;
        } else {
            arrival = now + exponential(alone, chance);
            if in_hand.len() < 3 {
                in_hand.push((now, exponential(alone, chance)));
            }
        }
    }
    let busy: f64 = shares.iter().sum();
    (shares.map(|share| share / busy), took / f64::from(ended))
}

#[test]
fn the_handle_time_alone_comes_back_from_what_was_observed() {
    let batches: Vec<([f64; 3], f64)> =
        (0..BATCHES).map(|batch| observed(600.0, 0.12, &mut generator(batch))).collect();
    let alone = |(shares, took): &([f64; 3], f64)| alone_from_shares(*took, shares, 0.12).unwrap();
    around("alone", &batches.iter().map(alone).collect::<Vec<_>>(), 600.0);
    // By Little's law over the birth-and-death chain with the weights 1, 1, 1.12/2 and 1.12·1.24/6.
    let (two, three) = (1.12 / 2.0, 1.12 * 1.24 / 6.0);
    let longer = (1.0 + 2.0 * two + 3.0 * three) / (2.0 + two);
    around("observed", &batches.iter().map(|batch| batch.1).collect::<Vec<_>>(), 600.0 * longer);
}

/// The model, which the engine's results are worked out from, and the formula, which the command line prints, say the
/// same by two ways: a recursion over loads with a truncated Poisson law, and a closed form in logarithms.
#[test]
fn the_model_and_the_formula_agree() {
    use headcount::units::Micros;
    for (think, compose, switching) in [(45, 15, 0.1), (40, 20, 0.0), (5, 60, 0.5), (600, 10, 0.1)] {
        let model = headcount::model::Typing {
            think: Micros::from_secs(think),
            compose: Micros::from_secs(compose),
            switching,
        };
        let formula = Typing::new(think as f64, compose as f64, switching).unwrap();
        for chats in 1..=8 {
            let (k, replies) = (chats as usize, formula.with(chats).unwrap());
            let pairs = [
                (model.mean_reply_s(k), replies.reply_time_s()),
                (model.replies_per_second(k), replies.per_second()),
                (model.stretch(k), replies.stretch()),
                (model.replied_within(k, Micros::from_secs(60)), replies.replied_within(60.0)),
            ];
            for (one, other) in pairs {
                assert!(
                    (one - other).abs() <= 1e-9 * other.max(1e-3),
                    "{think} {compose} {chats}: {one} {other}"
                );
            }
        }
    }
}
