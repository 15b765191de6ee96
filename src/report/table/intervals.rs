//! The day interval by interval, or the run day by day where that would be too long to read.

use std::collections::BTreeMap;

use super::sections;
use super::style::Style;
use crate::model::{Calendar, Model};
use crate::montecarlo::{Outcome, QueueInterval};
use crate::plan::Answer;
use crate::report::promise::Measure;
use crate::report::scheduled;
use crate::report::words::{NONE, count, hours, percent, share};
use crate::stats::Estimate;

/// More rows than this are summed by day.
const MOST_ROWS: usize = 100;
/// More queues than this are not told apart.
const MOST_QUEUES: usize = 3;

/// One row per open interval; per day for long runs; nothing for a single interval.
pub(super) fn table(model: &Model, outcome: &Outcome, answer: Option<&Answer>, style: Style) -> String {
    let mut indices: Vec<usize> =
        outcome.queues.iter().flat_map(|queue| &queue.intervals).map(|at| at.index).collect();
    // Who comes while everything is closed is told in the summary; such rows would have nothing else.
    indices.retain(|&i| model.queues.iter().any(|queue| queue.opening.is_open(i)));
    indices.sort_unstable();
    indices.dedup();
    match indices.len() {
        0 | 1 => String::new(),
        n if n > MOST_ROWS => by_day(model, outcome, &indices, style),
        _ => by_interval(model, outcome, answer, &indices, style),
    }
}

fn by_interval(
    model: &Model,
    outcome: &Outcome,
    answer: Option<&Answer>,
    indices: &[usize],
    style: Style,
) -> String {
    let table = ByInterval {
        model,
        outcome,
        indices,
        scheduled: scheduled::by_interval(model, outcome, answer),
        agents: agents(outcome),
    };
    let mut best = None;
    for layout in layouts(outcome.queues.len().min(MOST_QUEUES)) {
        let (titles, rows) = (table.titles(layout), table.rows(layout));
        let fits = style.fits(&titles, &rows);
        best = Some((layout, titles, rows));
        if fits {
            break;
        }
    }
    let Some((layout, titles, rows)) = best else { return String::new() };
    let heading = match (outcome.queues.len() > 1, layout.errors) {
        (true, true) => "By interval (service level of each queue)",
        (true, false) => "By interval (service level of each queue; ± is in intervals.csv)",
        (false, true) => "By interval",
        (false, false) => "By interval (± is in intervals.csv)",
    };
    format!("\n{}{}", style.heading(heading), style.grid(&titles, rows))
}

/// What is shown of every interval.
#[derive(Clone, Copy)]
struct Layout {
    /// The computing error beside each service level.
    errors: bool,
    /// The day in a row of its own, not beside its first interval.
    day_apart: bool,
    scheduled: bool,
    /// So many queues.
    queues: usize,
}

/// What to try, from all that may be shown to the least.
fn layouts(queues: usize) -> impl Iterator<Item = Layout> {
    let all = Layout { errors: true, day_apart: false, scheduled: true, queues };
    let level = Layout { errors: false, ..all };
    let apart = Layout { day_apart: true, ..level };
    let at_work = Layout { scheduled: false, ..apart };
    let fewer = (1..queues).rev().map(move |queues| Layout { queues, ..at_work });
    [all, level, apart, at_work].into_iter().chain(fewer)
}

struct ByInterval<'a> {
    model: &'a Model,
    outcome: &'a Outcome,
    indices: &'a [usize],
    scheduled: Option<BTreeMap<usize, u32>>,
    agents: BTreeMap<usize, u32>,
}

impl ByInterval<'_> {
    fn scheduled(&self, layout: Layout) -> Option<&BTreeMap<usize, u32>> {
        self.scheduled.as_ref().filter(|_| layout.scheduled)
    }

    fn titles(&self, layout: Layout) -> Vec<String> {
        let mut titles = vec!["from".to_owned(), "contacts".to_owned(), "at work".to_owned()];
        if self.scheduled(layout).is_some() {
            titles.push("scheduled".to_owned());
        }
        match self.outcome.queues.as_slice() {
            [_] => titles.push("service level".to_owned()),
            several => titles.extend(several.iter().take(layout.queues).map(|queue| queue.name.clone())),
        }
        titles.push("hang up".to_owned());
        titles.extend(self.keeps_backlog().then(|| "backlog".to_owned()));
        titles
    }

    /// Whether any queue's work may lie.
    fn keeps_backlog(&self) -> bool {
        self.outcome.queues.iter().flat_map(|queue| &queue.intervals).any(|at| at.backlog.is_some())
    }

    fn rows(&self, layout: Layout) -> Vec<Vec<String>> {
        let grid = self.model.grid();
        let mut last_day = None;
        let mut rows = Vec::new();
        for &index in self.indices {
            let day = grid.day_of(index);
            let mut from = grid.clock(index);
            if grid.days > 1 && last_day.replace(day) != Some(day) {
                let name = day_name(&self.model.calendar, day);
                if layout.day_apart {
                    rows.push(vec![name]);
                } else {
                    from = format!("{name} {from}");
                }
            }
            rows.push(self.row(layout, index, from));
        }
        rows
    }

    fn row(&self, layout: Layout, index: usize, from: String) -> Vec<String> {
        let here: Vec<Option<&QueueInterval>> = (self.outcome.queues.iter())
            .map(|queue| queue.intervals.iter().find(|at| at.index == index))
            .collect();
        let sum = |pick: fn(&QueueInterval) -> Option<Estimate>| -> Option<f64> {
            here.iter().flatten().filter_map(|at| pick(at)).map(|e| e.mean).reduce(|a, b| a + b)
        };
        let level = |e: Estimate| if layout.errors { share(e) } else { percent(e.mean) };
        let mut row = vec![
            from,
            sum(|at| at.offered).map_or(NONE.to_owned(), count),
            self.agents.get(&index).map_or(NONE.to_owned(), u32::to_string),
        ];
        if let Some(scheduled) = self.scheduled(layout) {
            row.push(scheduled.get(&index).map_or(NONE.to_owned(), u32::to_string));
        }
        let facts = self.model.queues.iter().zip(&here[..layout.queues]);
        let levels = facts.map(|(queue, at)| Measure::of(self.outcome, queue).of_interval((*at)?));
        row.extend(levels.map(|e| e.map_or(NONE.to_owned(), level)));
        row.push(sum(|at| at.abandoned).map_or(NONE.to_owned(), |n| format!("{n:.1}")));
        if self.keeps_backlog() {
            row.push(sum(|at| at.backlog).map_or(NONE.to_owned(), count));
        }
        row
    }
}

/// Agents at work in each interval, all groups.
fn agents(outcome: &Outcome) -> BTreeMap<usize, u32> {
    let mut agents = BTreeMap::new();
    for at in outcome.groups.iter().flat_map(|group| &group.intervals) {
        *agents.entry(at.index).or_insert(0) += at.agents;
    }
    agents
}

fn by_day(model: &Model, outcome: &Outcome, indices: &[usize], style: Style) -> String {
    let titles =
        ["day", "contacts", "agents", "agent hours", "lowest interval", "hang up"].map(str::to_owned);
    let agents = agents(outcome);
    let mut days: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for &index in indices {
        days.entry(model.grid().day_of(index)).or_default().push(index);
    }
    let rows = days.into_iter().map(|(day, inside)| {
        let here = || outcome.queues.iter().flat_map(|queue| &queue.intervals).filter(|at| at.day == day + 1);
        let sum = |pick: fn(&QueueInterval) -> Option<Estimate>| {
            here().filter_map(pick).map(|e| e.mean).reduce(|a, b| a + b).map_or(NONE.to_owned(), count)
        };
        let staff = || inside.iter().filter_map(|index| agents.get(index)).copied();
        let length = model.grid().interval.as_hours_f64();
        let levels = model.queues.iter().zip(&outcome.queues).flat_map(|(facts, queue)| {
            let measure = Measure::of(outcome, facts);
            let today = queue.intervals.iter().filter(|at| at.day == day + 1);
            today.filter_map(|at| Some((at, measure.of_interval(at)?))).collect::<Vec<_>>()
        });
        let worst = levels
            .min_by(|a, b| a.1.mean.total_cmp(&b.1.mean))
            .map_or(NONE.to_owned(), |(at, e)| format!("{} at {}", percent(e.mean), at.start));
        let range = (staff().min().unwrap_or(0), staff().max().unwrap_or(0));
        vec![
            day_name(&model.calendar, day),
            sum(|at| at.offered),
            sections::agents_range(range.0, range.1).replace(" agents", "").replace(" agent", ""),
            hours(staff().map(f64::from).sum::<f64>() * length),
            worst,
            sum(|at| at.abandoned),
        ]
    });
    let rows = rows.collect();
    let heading = style.heading("By day (every interval is in intervals.csv)");
    format!("\n{heading}{}", style.grid(&titles, rows))
}

fn day_name(calendar: &Calendar, day: usize) -> String {
    crate::report::assumed::day_name(calendar, day)
}
