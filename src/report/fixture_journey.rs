//! A made-up outcome with every behaviour, for the tests of this folder; nothing here was simulated.

use super::fixture::{Size, e, model, outcome};
use crate::model::{
    Callback, Clock, Curve, Factor, Goal, Law, Model, Offer, Per, Place, Scored, Shape, Target,
};
use crate::montecarlo::{
    AnnouncedWait, CallbackScoring, DoneWithin, FirstAttempts, KeptWithin, Outcome, TargetKind,
    TargetOutcome, Verdict,
};
use crate::stats::Estimate;
use crate::units::Micros;

#[allow(clippy::unnecessary_wraps)] // every figure of an outcome may be missing
fn n(mean: f64) -> Option<Estimate> {
    Some(e(mean, mean * 0.01))
}

/// Telephones with redials and callbacks, mail with a promise, and agents with several chats in hand.
pub(super) fn behaviours(size: Size) -> (Model, Outcome) {
    let mut model = model(size);
    let mut found = outcome(&model);
    model.queues[0].journey.callback = Some(callback());
    let mut mail = model.queues[0].clone();
    mail.name = "mail".to_owned();
    mail.journey = crate::model::Journey::default();
    let goal = Goal::Done { share: 0.9, within: Micros::from_mins(240), clock: Clock::Business };
    mail.targets = vec![Target { goal, per: Per::Day, on_days: None, floor: None, penalties: Vec::new() }];
    model.queues.push(mail);
    let mut mail = found.queues[0].clone();
    mail.name = "mail".to_owned();
    found.queues.push(mail);
    phone(&mut found);
    deferred(&mut found);
    hands(&mut found);
    found.targets.push(TargetOutcome {
        queue: Some("mail".to_owned()),
        kind: TargetKind::Done,
        within_s: Some(14_400.0),
        definition: Some("business"),
        verdict: Verdict::Met,
        ..found.targets[0].clone()
    });
    (model, found)
}

fn callback() -> Callback {
    Callback {
        offer: Offer::Waiting(5),
        share: 1.0,
        accept: Curve::constant(0.6),
        place: Place::Keep,
        promise: Micros::HOUR,
        reserve: 0,
        reached: 0.9,
        attempts: 3,
        retry_after: Law::constant(Shape::Fixed, 1800.0),
        dialling: None,
        factor: Factor::ONE,
        scored: Scored::Apart,
    }
}

fn phone(found: &mut Outcome) {
    let queue = &mut found.queues[0];
    (queue.contained, queue.containment, queue.entered) = (n(840.0), n(0.2), n(5040.0));
    (queue.redials, queue.redials_blocked, queue.repeats) = (n(15.4), n(2.2), n(310.0));
    (queue.unseen, queue.first_attempt_blocked) = (n(0.8), n(0.004));
    queue.first_attempt_service_level =
        Some(FirstAttempts { within_s: 120.0, offered: n(0.9234), answered: n(0.94) });
    (queue.callbacks_offered, queue.callbacks, queue.callbacks_connected) = (n(210.0), n(126.0), n(121.0));
    (queue.callbacks_not_reached, queue.callbacks_unfinished) = (n(4.2), n(0.8));
    (queue.callback_wait_s, queue.mean_callback_queue) = (n(1260.0), n(3.7));
    queue.callback_promise = Some(KeptWithin { within_s: 3600.0, share: n(0.88) });
    queue.callback_scoring =
        Some(CallbackScoring { apart: n(0.9123), by_promise: n(0.91), clock_continues: n(0.871) });
    queue.announced =
        Some(AnnouncedWait { mean_announced_s: n(140.0), mean_real_s: n(97.0), mean_error_s: n(51.0) });
}

fn deferred(found: &mut Outcome) {
    let queue = &mut found.queues[1];
    (queue.backlog_end, queue.resolution_time_s, queue.replies) = (n(37.0), n(9000.0), n(210.0));
    (queue.first_contact_resolution, queue.touches_per_case) = (n(0.72), n(1.31));
    (queue.chases, queue.transferred) = (n(3.1), n(90.0));
    (queue.resumed, queue.reply_wait_s) = (n(120.0), n(42.0));
    queue.replied = Some(KeptWithin { within_s: 60.0, share: n(0.91) });
    queue.done =
        vec![DoneWithin { within_s: 14_400.0, clock: "business", started: n(0.96), completed: n(0.9123) }];
    for at in &mut queue.intervals {
        (at.backlog, at.oldest_s, at.done) = (n(40.0), n(5400.0), n(0.91));
    }
}

fn hands(found: &mut Outcome) {
    let group = &mut found.groups[0];
    (group.mean_in_hand, group.slot_occupancy, group.mean_reply_s) = (n(1.62), n(0.54), n(21.4));
    group.load_shares = [(1, 0.3), (2, 0.36), (3, 0.2)].map(|(k, share)| (k, e(share, 0.002))).into();
    group.replied = vec![KeptWithin { within_s: 30.0, share: n(0.81) }];
}
