//! What is wrong with a roster itself, nothing simulated: rests that are too short, shifts of one person that overlap,
//! breaks outside their shift, work for too long without a break, and breaks of several of the few at the busiest time.

use crate::model::{GroupId, Model, Roster, Shift, Stretch};
use std::collections::BTreeMap;

/// Two shifts that start on one day with less between them are one person's split shift, not a rest, minutes.
const SPLIT: i64 = 4 * 60;
/// Intervals with at least this share of the work of the day's busiest one are the peak.
const PEAK: f64 = 0.9;
/// Breaks at the peak are named when at least one of so many is on one,
const FEW: usize = 4;
/// and at least so many people at once.
const TOGETHER: usize = 2;
/// Minutes of a day.
const DAY: i64 = 24 * 60;

/// What a roster must keep to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
    /// The least rest between two shifts of a person, minutes.
    pub rest: i64,
    /// The longest work without a break, minutes.
    pub without_break: i64,
}

/// Eleven hours of rest and six without a break: what European law asks for (Directive 2003/88/EC, articles 3 and 4; the
/// second is where a break is due).
impl Default for Rules {
    fn default() -> Self {
        Self { rest: 11 * 60, without_break: 6 * 60 }
    }
}

/// Something that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The group.
    pub group: GroupId,
    /// Who is concerned.
    pub people: Vec<String>,
    /// The line of the roster's file; of two the later.
    pub line: usize,
    /// When: minutes since midnight of the run's first day.
    pub at: i64,
    /// What.
    pub breach: Breach,
}

/// What can be wrong. Lengths are minutes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Breach {
    /// Two shifts of one person overlap by so much; the other one's line.
    Overlap(i64, usize),
    /// A break lies outside its shift, all of it or a part.
    BreakOutside(Stretch),
    /// Two breaks of a shift overlap.
    BreaksOverlap,
    /// So little rest before this shift.
    ShortRest(i64),
    /// So long without a break.
    NoBreak(i64),
    /// So many of so many are on a break at once at the busiest time.
    BreaksAtPeak(usize, usize),
}

/// Everything that is wrong, by group and by line.
pub fn findings(model: &Model, rosters: &[Option<Roster>], rules: &Rules) -> Vec<Finding> {
    let shifts = || {
        let groups = rosters.iter().enumerate();
        groups
            .flat_map(|(g, roster)| roster.iter().flat_map(move |one| one.shifts.iter().map(move |s| (g, s))))
    };
    let mut people: BTreeMap<&str, Vec<(usize, &Shift)>> = BTreeMap::new();
    for (g, shift) in shifts() {
        people.entry(&shift.person).or_default().push((g, shift));
    }
    let mut found: Vec<Finding> = people.into_values().flat_map(|shifts| personal(shifts, rules)).collect();
    for (g, roster) in rosters.iter().enumerate() {
        found.extend(roster.iter().flat_map(|roster| at_peak(model, GroupId(g), roster)));
    }
    let run = (model.grid().days as i64) * DAY;
    found.retain(|finding| (-DAY..run + DAY).contains(&finding.at));
    found.sort_by_key(|one| (one.group, one.line, one.at));
    found
}

/// What is wrong with the shifts of one person, each with the number of its group.
pub(super) fn personal(mut shifts: Vec<(usize, &Shift)>, rules: &Rules) -> Vec<Finding> {
    shifts.sort_by_key(|(g, shift)| (shift.real, *g, shift.line));
    let mut found: Vec<Finding> = shifts.iter().flat_map(|&(g, shift)| alone(g, shift, rules)).collect();
    for pair in shifts.windows(2) {
        let ((_, before), (g, shift)) = (pair[0], pair[1]);
        let rest = shift.real.from - before.real.to;
        let one_day = before.span.from.div_euclid(DAY) == shift.span.from.div_euclid(DAY);
        let breach = match rest {
            ..0 => Breach::Overlap(-rest.max(-shift.real.minutes()), before.line),
            0..SPLIT if one_day => continue,
            _ if rest < rules.rest => Breach::ShortRest(rest),
            _ => continue,
        };
        found.push(finding(g, shift, shift.span.from, breach));
    }
    found
}

fn finding(group: usize, shift: &Shift, at: i64, breach: Breach) -> Finding {
    Finding { group: GroupId(group), people: vec![shift.person.clone()], line: shift.line, at, breach }
}

/// What is wrong with a shift by itself.
fn alone(g: usize, shift: &Shift, rules: &Rules) -> Vec<Finding> {
    let mut found = Vec::new();
    for pause in &shift.breaks {
        if pause.common(shift.span) != *pause {
            found.push(finding(g, shift, pause.from, Breach::BreakOutside(*pause)));
        }
    }
    for pair in shift.breaks.windows(2) {
        if pair[1].from < pair[0].to {
            found.push(finding(g, shift, pair[1].from, Breach::BreaksOverlap));
        }
    }
    let longest = shift.at_work().into_iter().max_by_key(|piece| (piece.minutes(), -piece.from));
    if let Some(piece) = longest.filter(|piece| piece.minutes() > rules.without_break) {
        found.push(finding(g, shift, piece.from, Breach::NoBreak(piece.minutes())));
    }
    found
}

/// Breaks at the busiest time of a day that several of the few take together.
fn at_peak(model: &Model, group: GroupId, roster: &Roster) -> Vec<Finding> {
    let mut found: Vec<Finding> = Vec::new();
    for peak in peaks(model, group) {
        let inside = |stretch: &Stretch| stretch.common(peak).minutes() > 0;
        let starts = roster.shifts.iter().flat_map(|shift| &shift.breaks).filter(|pause| inside(pause));
        let mut instants: Vec<i64> = starts.map(|pause| pause.from.max(peak.from)).collect();
        instants.sort_unstable();
        instants.dedup();
        for at in instants {
            let now = |stretch: &Stretch| stretch.from <= at && at < stretch.to;
            let here: Vec<&Shift> = roster.shifts.iter().filter(|shift| now(&shift.span)).collect();
            let away: Vec<&&Shift> = here.iter().filter(|shift| shift.breaks.iter().any(now)).collect();
            if away.len() < TOGETHER || away.len() * FEW < here.len() {
                continue;
            }
            let mut people: Vec<String> = away.iter().map(|shift| shift.person.clone()).collect();
            people.sort();
            let line = away.iter().map(|shift| shift.line).max().unwrap_or(0);
            let known = |one: &Finding| one.people == people && one.at.div_euclid(DAY) == at.div_euclid(DAY);
            if !found.iter().any(known) {
                let breach = Breach::BreaksAtPeak(away.len(), here.len());
                found.push(Finding { group, people, line, at, breach });
            }
        }
    }
    found
}

/// The busiest intervals of each day, by the work that comes to the group's queues.
fn peaks(model: &Model, group: GroupId) -> Vec<Stretch> {
    let grid = model.grid();
    let length = (grid.interval.0 / 60_000_000) as i64;
    let facts = &model.groups[group.0];
    let work = |i: usize| -> f64 {
        let queues = facts.serves.iter().map(|skill| &model.queues[skill.queue.0]);
        queues.filter(|queue| !queue.channel.is_deferred()).map(|queue| queue.volumes[i] * queue.aht(i)).sum()
    };
    let open: Vec<usize> = facts.opening.intervals().collect();
    let mut peaks = Vec::new();
    for day in 0..grid.days {
        let today = || open.iter().copied().filter(|&i| grid.day_of(i) == day);
        let most = today().map(work).fold(0.0, f64::max);
        let busy = today().filter(|&i| most > 0.0 && work(i) >= PEAK * most);
        peaks.extend(busy.map(|i| Stretch { from: i as i64 * length, to: (i as i64 + 1) * length }));
    }
    peaks
}
