//! What was supposed, in words: it stands below every chart and every table.

use super::words::{count, goal_percent, plural, seconds, threshold, trimmed};
use crate::model::{Calendar, Model, Per, Queue, Shape};
use crate::montecarlo::Outcome;

/// The scenario and the run: what every caption begins with.
pub(super) fn run(model: &Model, outcome: &Outcome) -> String {
    let forecast =
        around_the_forecast(model, "").unwrap_or_else(|| "Supposes that the forecast is exact.".to_owned());
    let name = model.name.trim().trim_end_matches('.');
    let name = if name.is_empty() { String::new() } else { format!("{name}. ") };
    let seed = outcome.seed;
    format!("{name}{}, seed {seed}. {forecast}", plural(outcome.replications, "replication"))
}

/// What is supposed to vary around the forecast, and by how much, `unit` after it; nothing where the forecast is taken as
/// exact.
pub(super) fn around_the_forecast(model: &Model, unit: &str) -> Option<String> {
    let demand = &model.demand;
    let parts = [
        (demand.day_factor_cv, "busyness of days"),
        (demand.week_factor_cv, "busyness of weeks"),
        (demand.interval_factor_cv, "volume of intervals"),
        (demand.handle_factor_cv, "handle time of days"),
    ];
    let some: Vec<_> = parts.into_iter().filter(|(cv, _)| *cv > 0.0).collect();
    match some.as_slice() {
        [] => None,
        [(cv, "busyness of days")] => {
            Some(format!("Busyness of days varies by {}{unit} around the forecast.", goal_percent(*cv)))
        }
        some => {
            let each = some.iter().map(|(cv, what)| format!("{what} by {}", goal_percent(*cv)));
            Some(format!("Around the forecast vary{unit}: {}.", each.collect::<Vec<_>>().join(", ")))
        }
    }
}

/// How a promise over more than the run is judged; nothing where none is.
pub(super) fn put_together(model: &Model) -> Option<String> {
    let (days, all) = (model.counted_days(), model.grid().days);
    let targets = || model.queues.iter().flat_map(|queue| &queue.targets);
    let made = |per: Per| targets().any(|target| target.per == per).then(|| model.runs_of(per));
    let runs = match days {
        days if days < all => format!("runs of {}", plural(days as u64, "counted day")),
        1 => "days".to_owned(),
        days => format!("runs of {}", plural(days as u64, "day")),
    };
    let both = [Per::Week, Per::Month].into_iter().filter_map(|per| Some((per, made(per)?)));
    let told: Vec<String> = both
        .filter(|(_, count)| *count > 1)
        .map(|(per, count)| format!("a {} is put together from {count} {runs} like this one", per.key()))
        .collect();
    let demand = &model.demand;
    let apart = if demand.day_factor_cv > 0.0 || demand.week_factor_cv > 0.0 {
        ", so a busy one is not followed by a busy one, and a forecast that is wrong for weeks on end is not in it"
    } else {
        ""
    };
    (!told.is_empty()).then(|| {
        let text = told.join("; ");
        format!("How often it is kept: {text}. They are drawn independently of each other{apart}.")
    })
}

/// One queue's work and patience: "phone: 4,200 contacts a day, AHT 5m 30s (lognormal, cv 1), patience 3m (exponential)."
pub(super) fn queue(model: &Model, queue: &Queue) -> String {
    let open: Vec<usize> = queue.opening.intervals().collect();
    let aht = span(open.iter().map(|&i| queue.aht(i)));
    let patience = match &queue.patience {
        None if queue.channel.is_deferred() => "work that waits".to_owned(),
        None => "customers wait for ever".to_owned(),
        Some(law) => {
            format!("patience {} ({})", span(open.iter().map(|&i| law.mean.at(i))), shape(&law.shape))
        }
    };
    let expected = queue.expected_contacts() / model.open_days() as f64;
    // Nobody new comes to a queue that only gets what others pass on.
    let volume = if expected > 0.0 {
        format!("{} contacts a day", count(expected))
    } else {
        "contacts passed on".to_owned()
    };
    let handle = shape(&queue.handle.shape);
    format!("{}: {volume}, AHT {aht} ({handle}), {patience}.", queue.name)
}

/// The same for the whole centre: its queues, if they are few.
pub(super) fn queues(model: &Model) -> String {
    match model.queues.as_slice() {
        few if few.len() <= 2 => few.iter().map(|each| queue(model, each)).collect::<Vec<_>>().join(" "),
        many => {
            let volume = count(model.expected_contacts() / model.open_days() as f64);
            format!("{} with {volume} contacts a day.", plural(many.len() as u64, "queue"))
        }
    }
}

/// How a service level is counted, in words: "answered within 2m, of all offered".
pub(super) fn definition(key: &str, within_s: f64) -> String {
    let within = threshold(within_s);
    let of = match key {
        "answered" => "of all answered",
        "ignore_early" => "of all, leaving out who hung up sooner",
        "credit_early" => "or hung up within it, of all",
        "ignore_short" => "of all, leaving out who hung up at once",
        "credit_short" => "or hung up at once, of all",
        _ => "of all offered",
    };
    format!("answered within {within}, {of}")
}

/// The smallest and the largest of some times, or the one that they all are.
fn span(times: impl Iterator<Item = f64>) -> String {
    let (low, high) = times.fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), t| (l.min(t), h.max(t)));
    match (low, high) {
        (l, h) if l > h => "unknown".to_owned(),
        (l, h) if seconds(l) == seconds(h) => written(l),
        (l, h) => format!("{} to {}", written(l), written(h)),
    }
}

/// As it was written, if that is short: "5m 30s".
fn written(time: f64) -> String {
    let text = threshold(time.round());
    if time < 9.95 { seconds(time) } else { text }
}

/// A law's family, with its spread where it has one to choose.
fn shape(shape: &Shape) -> String {
    match shape {
        Shape::Fixed => "fixed".to_owned(),
        Shape::Exponential => "exponential".to_owned(),
        Shape::Lognormal { cv } => format!("lognormal, cv {}", trimmed(*cv, 2)),
        Shape::Gamma { cv } => format!("gamma, cv {}", trimmed(*cv, 2)),
        Shape::Weibull { shape } => format!("Weibull, shape {}", trimmed(*shape, 2)),
        Shape::Erlang { phases } => format!("Erlang, {}", plural(u64::from(*phases), "phase")),
        Shape::Hyperexponential { .. } => "hyperexponential".to_owned(),
        Shape::Uniform { .. } => "uniform".to_owned(),
        Shape::Triangular { .. } => "triangular".to_owned(),
        Shape::Empirical { .. } => "as observed".to_owned(),
    }
}

/// `Mon 23 Nov`, or `day 1` where days are numbered.
pub(super) fn day_name(calendar: &Calendar, day: usize) -> String {
    let date = calendar.start.and_then(|start| start.checked_add(jiff::Span::new().days(day as i64)).ok());
    date.map_or_else(|| format!("day {}", day + 1), |date| date.strftime("%a %-d %b").to_string())
}
