//! Every way in which somebody may work on a day: a template, its start, its length and where its breaks lie.

use super::error::ShiftsError;
use crate::model::shifts::lies_in;
use crate::model::{Break, GroupId, Model, Template};

/// More ways than these would take the solver too long.
const MOST: usize = 30_000;

/// One way to work on a day. Positions are in intervals.
#[derive(Clone, Debug, PartialEq)]
pub struct Pattern {
    /// Position of its template in the scenario.
    pub template: usize,
    /// Who works it.
    pub group: GroupId,
    /// The contract of who works it, where there are contracts.
    pub contract: Option<usize>,
    /// First interval of the run.
    pub start: usize,
    /// From start to end, breaks included.
    pub length: usize,
    /// The breaks, in order.
    pub breaks: Vec<Pause>,
    /// The intervals of the run at work, ascending.
    pub works: Vec<usize>,
    /// Paid hours, extra time included, premiums not.
    pub paid_hours: f64,
    /// The same with premiums counted: an hour at a premium of 25% is 1.25 hours.
    pub weighed_hours: f64,
}

/// A break as it is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pause {
    /// Intervals after the shift's start.
    pub after: usize,
    /// How many intervals it lasts.
    pub length: usize,
    /// Whether it is paid.
    pub paid: bool,
}

/// Every way to work, in the order of templates, groups, days, starts, lengths and breaks.
///
/// # Errors
/// There are too many of them.
pub fn patterns(model: &Model) -> Result<Vec<Pattern>, ShiftsError> {
    let grid = model.grid();
    let mut found = Vec::new();
    for (t, template) in model.shifts.templates.iter().enumerate() {
        for &group in &template.groups {
            for (&day, &of_day) in
                template.days.iter().flat_map(|day| template.starts.iter().map(move |start| (day, start)))
            {
                let start = day * grid.per_day + of_day;
                for &length in &template.lengths {
                    if start + length > grid.intervals()
                        && !(model.shifts.repeats && length <= grid.intervals())
                    {
                        continue;
                    }
                    for breaks in arrangements(template, of_day, length, grid.per_day) {
                        found.extend(of_contracts(model, pattern(model, t, group, start, length, breaks)));
                    }
                    if found.len() > MOST {
                        return Err(ShiftsError::TooMany { template: template.name.clone(), most: MOST });
                    }
                }
            }
        }
    }
    Ok(found)
}

/// A way to work for each contract that allows it; the way itself where there are no contracts.
fn of_contracts(model: &Model, pattern: Pattern) -> Vec<Pattern> {
    let contracts = &model.shifts.contracts;
    if contracts.is_empty() {
        return vec![pattern];
    }
    let day = model.grid().day_of(pattern.start);
    let allow = |c: &usize| contracts[*c].allows(pattern.template, pattern.group, day, pattern.paid_hours);
    let of = |c: usize| Pattern { contract: Some(c), ..pattern.clone() };
    (0..contracts.len()).filter(allow).map(of).collect()
}

fn pattern(
    model: &Model,
    t: usize,
    group: GroupId,
    start: usize,
    length: usize,
    breaks: Vec<Pause>,
) -> Pattern {
    let (grid, template) = (model.grid(), &model.shifts.templates[t]);
    let hour = grid.interval.as_hours_f64();
    let (mut works, mut paid, mut weighed) = (Vec::new(), 0, 0.0);
    for k in 0..length {
        let rests = breaks.iter().find(|pause| (pause.after..pause.after + pause.length).contains(&k));
        let at = (start + k) % grid.intervals();
        if rests.is_none() {
            works.push(at);
        }
        if rests.is_none_or(|pause| pause.paid) {
            paid += 1;
            let premium =
                template.premiums.iter().filter(|p| lies_in(p.hours, at % grid.per_day, grid.per_day));
            weighed += 1.0 + premium.map(|p| p.share).sum::<f64>();
        }
    }
    works.sort_unstable();
    let extra = template.extra_hours;
    Pattern {
        template: t,
        group,
        contract: None,
        start,
        length,
        breaks,
        works,
        paid_hours: f64::from(paid) * hour + extra,
        weighed_hours: weighed * hour + extra,
    }
}

/// Every way to lay the breaks of a template: in their order, each in its window, with work before, between and after.
fn arrangements(template: &Template, start: usize, length: usize, per_day: usize) -> Vec<Vec<Pause>> {
    let mut ways: Vec<Vec<Pause>> = vec![Vec::new()];
    for pause in &template.breaks {
        let longer = |way: Vec<Pause>| {
            let free = way.last().map_or(1, |last| last.after + last.length + 1);
            places(pause, free, start, length, per_day).map(move |place| [way.clone(), vec![place]].concat())
        };
        ways = ways.into_iter().flat_map(longer).collect();
    }
    ways
}

/// Where a break may begin, from `free` on.
fn places(
    pause: &Break,
    free: usize,
    start: usize,
    length: usize,
    per_day: usize,
) -> impl Iterator<Item = Pause> {
    let Break { length: long, after, between, paid } = pause.clone();
    let (first, last) = after.unwrap_or((1, length));
    let inside = move |k: usize| {
        between.is_none_or(|(from, to)| {
            // The window of the day on which the shift starts, of the next, or of the night before.
            let at = start + k + per_day;
            (0..3).map(|day| day * per_day).any(|day| at >= from + day && at + long <= to + day)
        })
    };
    (first.max(free)..=last).filter(move |&k| k + long < length && inside(k)).map(move |after| Pause {
        after,
        length: long,
        paid,
    })
}
