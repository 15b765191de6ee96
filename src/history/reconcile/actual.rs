//! Rows of an export laid on the intervals of a scenario.
//!
//! A scenario of one day stands for every day of the file. A dated scenario is compared with the days it covers; a
//! dated week stands for other weeks too, weekday by weekday. Each stretch of days that the scenario is played on is a
//! [`Stretch`].

use super::amiss::{
    a_forecast, elsewhere, no_level, no_level_told, no_queue, nobody, nobody_waits, note, nothing, too_long,
    wrong_length,
};
use crate::exports::{self, Content, DAY, Export, Intervals, QueueRows};
use crate::model::{Definition, Goal, GroupId, Model, Queue, QueueId, Staff};
use crate::montecarlo::Level;
use crate::scenario::limits::{AGENTS, CONTACTS};
use crate::scenario::{Faults, Note, Trouble, quoted};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Most days of a file.
pub(super) const DAYS: i32 = 366;

/// Which days are wanted, days since 1970.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted {
    /// The first.
    pub from: Option<i32>,
    /// The last.
    pub to: Option<i32>,
}

/// What came, on the scenario's intervals.
#[derive(Clone, Debug)]
pub struct Actual {
    /// First and last day with a row, days since 1970.
    pub days: (i32, i32),
    /// In order of time.
    pub stretches: Vec<Stretch>,
    /// How the service level of each queue of the scenario is counted.
    pub levels: Vec<Level>,
    /// Whether the file tells each group's agents at work.
    pub staffed: Vec<bool>,
    /// What somebody should know about it.
    pub notes: Vec<Note>,
}

/// One playing of the scenario's days.
#[derive(Clone, Debug)]
pub struct Stretch {
    /// Its first day, days since 1970.
    pub first: i32,
    /// Intervals in a day.
    pub per_day: usize,
    /// By queue of the scenario and interval of its run.
    pub seen: Vec<Vec<Option<Seen>>>,
    /// By queue: the intervals that are compared, in order.
    pub chosen: Vec<Vec<usize>>,
}

/// What came in one interval of a queue, or in several.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Seen {
    /// Contacts offered.
    pub offered: f64,
    /// Answered.
    pub answered: f64,
    /// Answered in time.
    pub within: Option<f64>,
    /// Hung up.
    pub abandoned: Option<f64>,
    /// Handle time of all answered, s.
    pub handle_s: Option<f64>,
    /// Agents at work, mean over the rows.
    pub staffed: Option<f64>,
    rows: u32,
}

impl Seen {
    /// The service level, 0–1.
    pub fn level(&self, level: Level) -> f64 {
        let of = if level.definition == Definition::Answered { self.answered } else { self.offered };
        (self.within.unwrap_or(0.0) / of.max(1.0)).min(1.0)
    }

    fn add(&mut self, other: &Self) {
        let both = |a: Option<f64>, b: Option<f64>| Some(a? + b?);
        if self.rows == 0 {
            *self = *other;
            return;
        }
        self.offered += other.offered;
        self.answered += other.answered;
        self.within = both(self.within, other.within);
        self.abandoned = both(self.abandoned, other.abandoned);
        // Who answered nobody has no handle time to tell.
        self.handle_s = match (self.handle_s, other.handle_s) {
            (handle, None) if other.answered == 0.0 => handle,
            (a, b) => both(a, b),
        };
        let staffed = both(self.staffed, other.staffed);
        self.staffed = staffed.map(|_| {
            let (a, b) = (self.staffed.unwrap_or(0.0), other.staffed.unwrap_or(0.0));
            (a * f64::from(self.rows) + b * f64::from(other.rows)) / f64::from(self.rows + other.rows)
        });
        self.rows += other.rows;
    }
}

impl Actual {
    /// The queues that are compared.
    pub fn compared(&self) -> impl Iterator<Item = QueueId> + '_ {
        let any = |q: &usize| self.stretches.iter().any(|stretch| !stretch.chosen[*q].is_empty());
        (0..self.levels.len()).filter(any).map(QueueId)
    }

    /// What was compared of a queue, added up.
    pub fn sum(&self, id: QueueId) -> Seen {
        let mut sum = Seen::default();
        for stretch in &self.stretches {
            stretch.chosen[id.0]
                .iter()
                .filter_map(|&i| stretch.seen[id.0][i])
                .for_each(|seen| sum.add(&seen));
        }
        sum
    }

    /// How many days have an interval that is compared.
    pub fn day_count(&self) -> usize {
        let mut days: Vec<i32> = Vec::new();
        for stretch in &self.stretches {
            days.extend(
                stretch.chosen.iter().flatten().map(|&i| stretch.first + (i / stretch.per_day) as i32),
            );
        }
        days.sort_unstable();
        days.dedup();
        days.len()
    }
}

impl Stretch {
    fn new(first: i32, model: &Model) -> Self {
        let nothing = vec![None; model.grid().intervals()];
        let queues = model.queues.len();
        Self {
            first,
            per_day: model.grid().per_day,
            seen: vec![nothing; queues],
            chosen: vec![Vec::new(); queues],
        }
    }

    /// Whether a queue has any row on a day of the run.
    pub(super) fn has_rows(&self, queue: usize, day: usize) -> bool {
        self.seen[queue][day * self.per_day..(day + 1) * self.per_day].iter().any(Option::is_some)
    }

    /// When an interval starts: minutes since 1970 on the wall clock.
    pub(super) fn starts(&self, i: usize) -> i32 {
        self.first * DAY + i as i32 * (DAY / self.per_day as i32)
    }
}

/// The goal that a queue's service level is held to, 0–1.
pub(super) fn goal(queue: &Queue) -> Option<f64> {
    queue.targets.iter().find_map(|target| match target.goal {
        Goal::Answered { share, .. } => Some(share),
        _ => None,
    })
}

/// Lays an export on the intervals of a scenario.
pub fn actual(export: &Export, model: &Model, wanted: &Wanted) -> Result<Actual, Faults> {
    if export.layout.is_forecast() {
        return Err(Faults::only(a_forecast()));
    }
    let mut notes = export.notes.clone();
    let levels: Vec<Level> = model
        .queues
        .iter()
        .map(|queue| level(queue, &mut notes))
        .collect::<Option<_>>()
        .ok_or_else(no_level)?;
    let rows = rows(export, model, &levels, &mut notes).map_err(Faults::only)?;
    let stretches = stretches(&rows, model, wanted).map_err(Faults::only)?;
    let days = ends(&rows, wanted).ok_or_else(|| Faults::only(nothing()))?;
    let stretches: Vec<Stretch> = stretches.into_values().collect();
    let mut found = Actual { days, stretches, levels, staffed: Vec::new(), notes };
    found.staffed = (0..model.groups.len()).map(|g| found.tells_staff(model, GroupId(g))).collect();
    found.leave_out_the_closed(model);
    found.choose(model).map_err(Faults::only)?;
    found.check_staff(model).map_err(Faults::only)?;
    found.check_size().map_err(Faults::only)?;
    Ok(found)
}

/// How the level of a queue is counted: as promised, if a file can tell; of all offered, if it cannot.
fn level(queue: &Queue, notes: &mut Vec<Note>) -> Option<Level> {
    let promised = Level::reported(queue)?;
    if matches!(promised.definition, Definition::Offered | Definition::Answered) {
        return Some(promised);
    }
    let title = format!("{}: hang-ups in time are not told by interval", queue.name);
    let label = format!("the promise counts them ({})", promised.definition.key());
    notes.push(note(title, label, "compared is the share of all offered that was answered in time"));
    Level::of(queue, Definition::Offered, promised.within(queue))
}

/// The rows of the file by queue of the scenario, at the length of the file's intervals.
struct Rows {
    by_queue: Vec<Vec<(i32, Seen)>>,
}

fn rows(export: &Export, model: &Model, levels: &[Level], notes: &mut Vec<Note>) -> Result<Rows, Trouble> {
    let minutes = (model.grid().interval.0 / 60_000_000) as i32;
    let (counts, within) = match &export.content {
        Content::Intervals(intervals) => (intervals.clone(), None),
        Content::Calls(calls) => (calls.intervals(minutes), Some(calls)),
    };
    if counts.minutes == DAY || counts.minutes > minutes || minutes % counts.minutes != 0 {
        return Err(wrong_length(counts.minutes, minutes));
    }
    let places = places(&counts, model, notes)?;
    let mut by_queue = vec![Vec::new(); model.queues.len()];
    for (queue, place) in counts.queues.iter().zip(&places) {
        if let Some(q) = *place {
            by_queue[q] = queue.rows.iter().map(|row| (row.at, seen(row))).collect();
        }
    }
    if let Some(calls) = within {
        for (q, (facts, level)) in model.queues.iter().zip(levels).enumerate() {
            let names = calls.queues.iter().map(|(name, _)| place_of(name, model, calls.queues.len()));
            let mine: Vec<bool> = names.map(|place| place == Some(q)).collect();
            in_time(&mut by_queue[q], calls, &mine, level.within(facts).as_secs_f64(), minutes);
        }
    }
    Ok(Rows { by_queue })
}

/// Counts who was answered in time in a log of single contacts.
fn in_time(rows: &mut [(i32, Seen)], calls: &exports::Calls, mine: &[bool], within_s: f64, minutes: i32) {
    if calls.calls.iter().any(|call| mine[call.queue] && call.wait_s.is_none()) {
        return;
    }
    for (_, seen) in rows.iter_mut() {
        seen.within = Some(0.0);
    }
    let answered = |call: &&exports::Call| call.ending == exports::Ending::Answered;
    for call in calls.calls.iter().filter(|call| mine[call.queue]).filter(answered) {
        let minute = call.at_s.div_euclid(60) as i32;
        let at = minute - minute.rem_euclid(minutes);
        if let (true, Ok(row)) =
            (call.wait_s.is_some_and(|wait| wait <= within_s), rows.binary_search_by_key(&at, |row| row.0))
        {
            let seen = &mut rows[row].1;
            seen.within = seen.within.map(|count| count + 1.0);
        }
    }
}

fn seen(row: &exports::Interval) -> Seen {
    Seen {
        offered: row.offered,
        answered: row.handled(),
        within: row.within.get(),
        abandoned: row.abandoned.get().or_else(|| Some(row.offered - row.answered.get()?)),
        handle_s: row.handle_s.get(),
        staffed: row.staffed.get(),
        rows: 1,
    }
}

/// Which queue of the scenario each queue of the file is: that of the same name, or the only one there is.
fn places(counts: &Intervals, model: &Model, notes: &mut Vec<Note>) -> Result<Vec<Option<usize>>, Trouble> {
    let place = |queue: &QueueRows| place_of(&queue.name, model, counts.queues.len());
    let places: Vec<Option<usize>> = counts.queues.iter().map(place).collect();
    if places.iter().all(Option::is_none) {
        return Err(no_queue(counts, model));
    }
    let strangers = counts.queues.iter().zip(&places).filter(|(_, place)| place.is_none());
    notes.extend(strangers.map(|(queue, _)| {
        let title = format!("{} is left out", quoted(&queue.name));
        note(
            title,
            "the scenario has no queue of that name".to_owned(),
            "name a queue of the scenario like it",
        )
    }));
    for (_, queue) in model.queues.iter().enumerate().filter(|(q, _)| !places.contains(&Some(*q))) {
        let title = format!("{} is not in the file", queue.name);
        notes.push(note(title, "its contacts are taken as planned".to_owned(), "it is played, not compared"));
    }
    Ok(places)
}

fn place_of(name: &str, model: &Model, queues: usize) -> Option<usize> {
    let like = |text: &str| text.trim().to_lowercase();
    let same = model.queues.iter().position(|queue| like(&queue.name) == like(name));
    same.or((queues == 1 && model.queues.len() == 1).then_some(0))
}

fn ends(rows: &Rows, wanted: &Wanted) -> Option<(i32, i32)> {
    let all =
        rows.by_queue.iter().flatten().map(|(at, _)| at.div_euclid(DAY)).filter(|day| wanted.holds(*day));
    all.fold(None, |ends: Option<(i32, i32)>, day| {
        Some(ends.map_or((day, day), |(first, last)| (first.min(day), last.max(day))))
    })
}

impl Wanted {
    fn holds(&self, day: i32) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }
}

/// The rows on the scenario's intervals, by the first day of each stretch.
fn stretches(rows: &Rows, model: &Model, wanted: &Wanted) -> Result<BTreeMap<i32, Stretch>, Trouble> {
    let (first, last) = ends(rows, wanted).ok_or_else(nothing)?;
    if last - first >= DAYS {
        return Err(too_long(first, last));
    }
    let minutes = DAY / model.grid().per_day as i32;
    let mut stretches = BTreeMap::new();
    for (q, rows) in rows.by_queue.iter().enumerate() {
        for (at, seen) in rows.iter().filter(|(at, _)| wanted.holds(at.div_euclid(DAY))) {
            let day = at.div_euclid(DAY);
            let from = begins(day, model).ok_or_else(|| elsewhere(first, last, model))?;
            let stretch: &mut Stretch = stretches.entry(from).or_insert_with(|| Stretch::new(from, model));
            let i = ((at - from * DAY) / minutes) as usize;
            stretch.seen[q][i].get_or_insert_default().add(seen);
        }
    }
    Ok(stretches)
}

/// The first day of the stretch in which `day` lies.
fn begins(day: i32, model: &Model) -> Option<i32> {
    let days = model.grid().days as i32;
    if days == 1 {
        return Some(day);
    }
    let start = day_number(model.calendar.start?);
    let into = day - start;
    if (0..days).contains(&into) {
        return Some(start);
    }
    (days == 7).then(|| day - into.rem_euclid(7))
}

/// Days since 1970.
fn day_number(date: Date) -> i32 {
    (date.duration_since(Date::constant(1970, 1, 1)).as_hours() / 24) as i32
}

impl Actual {
    /// Whether the agents of a group are those that the file tells for its one queue.
    fn tells_staff(&self, model: &Model, group: GroupId) -> bool {
        let Some(q) = sole_queue(model, group) else { return false };
        let mut all = self.stretches.iter().flat_map(|stretch| &stretch.seen[q.0]).flatten().peekable();
        all.peek().is_some() && all.all(|seen| seen.staffed.is_some() || seen.offered == 0.0)
    }

    /// Contacts that came while the scenario's queue is closed are left out, with a word.
    fn leave_out_the_closed(&mut self, model: &Model) {
        for (q, queue) in model.queues.iter().enumerate() {
            let mut left = 0.0;
            for stretch in &mut self.stretches {
                for (i, seen) in stretch.seen[q].iter_mut().enumerate() {
                    if !queue.opening.is_open(i) {
                        left += seen.take().map_or(0.0, |seen| seen.offered);
                    }
                }
            }
            if left > 0.0 {
                let title = format!("{}: {left:.0} contacts came outside its opening hours", queue.name);
                let help = "are the opening hours, or the time zone, right?";
                self.notes.push(note(title, "left out".to_owned(), help));
            }
        }
    }

    /// Which intervals are compared: those in which somebody came and the file tells who was answered in time.
    fn choose(&mut self, model: &Model) -> Result<(), Trouble> {
        if model.queues.iter().all(|queue| queue.channel.is_deferred()) {
            return Err(nobody_waits());
        }
        let counted = model.counted_from();
        for stretch in &mut self.stretches {
            for (q, _) in model.queues.iter().enumerate().filter(|(_, q)| !q.channel.is_deferred()) {
                let usable = |seen: &Seen| seen.offered >= 0.5 && seen.within.is_some();
                stretch.chosen[q] = (0..stretch.seen[q].len())
                    .filter(|&i| model.grid().start_of(i) >= counted)
                    .filter(|&i| stretch.seen[q][i].as_ref().is_some_and(usable))
                    .collect();
            }
        }
        if self.compared().next().is_none() { Err(no_level_told()) } else { Ok(()) }
    }

    /// Whoever is to be planned must be told; who is not told is said.
    fn check_staff(&mut self, model: &Model) -> Result<(), Trouble> {
        for (_, group) in model.groups.iter().enumerate().filter(|(g, _)| !self.staffed[*g]) {
            if group.staff == Staff::Planned {
                return Err(nobody(&group.name));
            }
            let title = format!("{}: the file does not tell how many were at work", group.name);
            let help = "add a column `staffed` (a group with one queue of its own)";
            self.notes.push(note(title, "taken as planned".to_owned(), help));
        }
        Ok(())
    }
}

impl Actual {
    /// More than a centre can have would end in an exhausted machine.
    fn check_size(&self) -> Result<(), Trouble> {
        for stretch in &self.stretches {
            let seen = || stretch.seen.iter().flatten().flatten();
            let contacts: f64 = seen().map(|seen| seen.offered).sum();
            let agents = seen().filter_map(|seen| seen.staffed).fold(0.0, f64::max);
            if !(contacts <= CONTACTS && agents <= AGENTS as f64) {
                let day = exports::day_shown(stretch.first);
                let title = format!(
                    "{contacts:.0} contacts or {agents:.0} agents from {day} on are more than can be played"
                );
                let label = format!("at most {CONTACTS:.0} contacts, and {AGENTS} agents at once");
                return Err(Trouble::new(title, label, "are the columns the right ones?"));
            }
        }
        Ok(())
    }
}

/// The queue of a group that serves no other, if no other group serves it.
pub(super) fn sole_queue(model: &Model, group: GroupId) -> Option<QueueId> {
    let [skill] = model.groups[group.0].serves.as_slice() else { return None };
    let route = &model.queues[skill.queue.0].route;
    (route.len() == 1).then_some(skill.queue)
}
