//! What a scenario switches on, in words: it stands below the figures that follow from it.

use super::words::{goal_percent, plural, threshold, trimmed};
use crate::model::{Group, Journey, Law, Model, Offer, Outside, Place, Queue, Return};

/// One sentence for every behaviour of a queue.
pub(super) fn queue(model: &Model, queue: &Queue) -> Vec<String> {
    let journey = &queue.journey;
    let first = queue.opening.first().unwrap_or(0);
    let mut said = returns(model, journey, first);
    said.extend(passing_on(model, journey, first));
    said.extend(waiting(journey));
    said.extend(before_and_outside(model, journey));
    said.into_iter().map(|text| format!("{}: {text}.", queue.name)).collect()
}

/// One sentence for everything that a group's people do otherwise.
pub(super) fn group(group: &Group) -> Vec<String> {
    let mut said = Vec::new();
    let (hands, people) = (&group.hands, &group.people);
    if hands.capacity > 1 {
        let stretch: Vec<String> =
            hands.stretch.iter().map(|f| format!("×{}", trimmed(f.as_f64(), 2))).collect();
        said.push(format!("up to {} contacts in hand, each taking {}", hands.capacity, stretch.join(", ")));
    }
    if people.absence > 0.0 {
        said.push(format!("{} stay away on a day, at random", goal_percent(people.absence)));
    }
    if let Some(late) = &people.late {
        said.push(format!("{} come late, by {} on average", goal_percent(late.share), mean(&late.by, 0)));
    }
    if let Some(learning) = people.learning {
        let (factor, weeks) = (trimmed(learning.factor, 2), trimmed(learning.weeks, 1));
        said.push(format!("handle times ×{factor} on the first day, nearly ×1 after {weeks} weeks"));
    }
    said.into_iter().map(|text| format!("{}: {text}.", group.name)).collect()
}

fn returns(model: &Model, journey: &Journey, first: usize) -> Vec<String> {
    let kinds = [
        (&journey.redial, "of who hang up call again"),
        (&journey.redial_blocked, "of who find all lines taken call again"),
        (&journey.repeat, "of the answered come again"),
    ];
    let say = |(back, who): (&Option<Return>, &str)| {
        let back = back.as_ref()?;
        let most =
            back.most.map_or(String::new(), |most| format!(", {} at most", plural(u64::from(most), "time")));
        let to = &model.queues[back.to.0].name;
        let share = goal_percent(back.probability);
        Some(format!("{share} {who} after {} on average{most} (to {to})", mean(&back.after, first)))
    };
    kinds.into_iter().filter_map(say).collect()
}

fn passing_on(model: &Model, journey: &Journey, first: usize) -> Vec<String> {
    let name = |queue: crate::model::QueueId| &model.queues[queue.0].name;
    let transfer = journey.transfer.as_ref().map(|transfer| {
        let how = if transfer.warm.is_some() { "the agent staying until they are answered" } else { "cold" };
        format!("{} are passed on to {}, {how}", goal_percent(transfer.probability), name(transfer.to))
    });
    let ask = journey.ask_back.as_ref().map(|ask| {
        let share = goal_percent(ask.probability);
        format!(
            "in {share} of touches the customer is asked, and answers after {} on average",
            mean(&ask.after, first)
        )
    });
    let chase = journey.chase.as_ref().map(|chase| {
        let (share, clock) = (goal_percent(chase.probability), chase.due.clock.key());
        format!(
            "{share} of items still open after {} ({clock}) are called after (in {})",
            threshold(chase.due.within.as_secs_f64()),
            name(chase.to)
        )
    });
    [transfer, ask, chase].into_iter().flatten().collect()
}

fn waiting(journey: &Journey) -> Vec<String> {
    let callback = journey.callback.as_ref().map(|callback| {
        let when = match callback.offer {
            Offer::Always => "whoever would wait".to_owned(),
            Offer::Waiting(n) => format!("whoever finds {n} or more waiting"),
            Offer::ExpectedWait(wait) => {
                format!("whoever would wait {} or more", threshold(wait.as_secs_f64()))
            }
        };
        let place = match callback.place {
            Place::Keep => "in line",
            Place::Separate => "in a line of their own",
        };
        let promise = threshold(callback.promise.as_secs_f64());
        format!("{when} is offered a callback within {promise}, waiting {place}")
    });
    let announced = journey.announced.is_some().then(|| "customers hear the expected wait".to_owned());
    let silence = journey.silence.as_ref().map(|silence| {
        let park = threshold(silence.park_after.as_secs_f64());
        format!("sessions silent for {park} are parked")
    });
    [callback, announced, silence].into_iter().flatten().collect()
}

fn before_and_outside(model: &Model, journey: &Journey) -> Vec<String> {
    let service = journey.self_service.as_ref().map(|service| {
        let shares = match &service.contained {
            crate::model::Series::Constant(share) => goal_percent(*share),
            crate::model::Series::ByInterval(shares) => {
                format!("up to {}", goal_percent(shares.iter().copied().fold(0.0, f64::max)))
            }
        };
        format!("self-service settles {shares} of who enter")
    });
    let outside = match journey.outside {
        Outside::TurnedAway => None,
        Outside::Voicemail(to) => {
            Some(format!("who comes while closed leaves a message in {}", model.queues[to.0].name))
        }
        Outside::Callback => Some("who comes while closed is called back".to_owned()),
        Outside::Bot => Some("who comes while closed meets only the bot".to_owned()),
    };
    let backlog = (journey.backlog > 0)
        .then(|| format!("{} wait at the start", plural(u64::from(journey.backlog), "item")));
    [service, outside, backlog].into_iter().flatten().collect()
}

/// A law's mean, as somebody would write it.
fn mean(law: &Law, i: usize) -> String {
    threshold(law.mean.at(i).round())
}
