//! The share answered in time, or done in time, at every time of day on every weekday, as a map: the darker a field, the
//! further it is below the goal.

use super::canvas::{Anchor, Drawing, Pen};
use super::frame::{self, Key, Mark, Rect, Words};
use super::style::{GRID, HEAT, INK, LABEL, PAPER, PENCIL};
use crate::model::{Calendar, Model, Queue};
use crate::montecarlo::{Outcome, QueueOutcome};
use crate::report::assumed;
use crate::report::promise::{self, Measure, by_clock};
use crate::report::words::{goal_percent, percent, plural, threshold};

/// Days without dates get a column each as long as there are no more than these.
const MOST_COLUMNS: usize = 14;
/// How far below the goal a field is when it is drawn darker, and darker again.
const STEPS: [f64; 2] = [0.05, 0.15];
/// What stands for the goal where none is promised.
const USUAL: f64 = 0.9;

/// A map: rows are times of day, columns are days.
struct Map {
    columns: Vec<String>,
    /// Positions in the day, rising.
    rows: Vec<usize>,
    /// Row by row: the level; nothing where it was closed, NaN where it was open and nobody came.
    fields: Vec<Vec<Option<f64>>>,
}

/// The chart of one queue; nothing where there are no days to set side by side.
pub(super) fn draw(model: &Model, outcome: &Outcome, queue: &Queue, found: &QueueOutcome) -> Option<Drawing> {
    let measure = Measure::of(outcome, queue);
    let map = Map::of(model, &measure, found)?;
    let promised = match &measure {
        Measure::Done(target) => Some(target.goal),
        _ => promise::answered(outcome, Some(&queue.name)).map(|target| target.goal),
    };
    let goal = promised.unwrap_or(USUAL);
    let words = words(model, outcome, queue, found, &measure, &map, promised);
    let level = goal_percent(goal);
    let points = STEPS.map(|step| format!("{:.0}", 100.0 * step));
    let named = if promised.is_some() { format!("the goal of {level}") } else { level };
    let keys = [
        Key::new(Mark::Block, HEAT[0], format!("{named} or more")),
        Key::new(Mark::Block, HEAT[1], format!("up to {} points below", points[0])),
        Key::new(Mark::Block, HEAT[2], format!("{} to {}", points[0], points[1])),
        Key::new(Mark::Block, HEAT[3], format!("more than {}", points[1])),
    ];
    let (mut drawing, room) = frame::sheet(&words, &keys);
    map.draw(&mut drawing, room.inset(54.0, 20.0, 0.0, 6.0), model, goal);
    Some(drawing)
}

/// Which column each day belongs to, and their names.
fn columns(calendar: &Calendar) -> Option<(Vec<String>, Vec<usize>)> {
    let days = calendar.grid.days;
    match calendar.start {
        _ if days < 2 => None,
        Some(start) if days > 7 => {
            let first = start.weekday().to_monday_zero_offset() as usize;
            let names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].map(str::to_owned).to_vec();
            Some((names, (0..days).map(|day| (first + day) % 7).collect()))
        }
        _ if days > MOST_COLUMNS => None,
        _ => Some(((0..days).map(|day| assumed::day_name(calendar, day)).collect(), (0..days).collect())),
    }
}

impl Map {
    fn of(model: &Model, measure: &Measure<'_>, found: &QueueOutcome) -> Option<Self> {
        let grid = model.grid();
        let (names, column_of) = columns(&model.calendar)?;
        let per_day = grid.per_day.max(1);
        // Level × contacts and contacts of every field that was open.
        let mut sums = vec![vec![None; names.len()]; per_day];
        for at in &found.intervals {
            let Some(&column) = column_of.get(grid.day_of(at.index)) else { continue };
            let (level, weight) = sums[at.index % per_day][column].get_or_insert((0.0, 0.0));
            let came = at.offered.map_or(0.0, |e| e.mean).max(0.0);
            if let Some(e) = measure.of_interval(at).filter(|e| e.mean.is_finite() && came.is_finite()) {
                *level += e.mean.clamp(0.0, 1.0) * came;
                *weight += came;
            }
        }
        let rows: Vec<usize> = (0..per_day).filter(|&row| sums[row].iter().any(Option::is_some)).collect();
        let used: Vec<usize> =
            (0..names.len()).filter(|&c| rows.iter().any(|&row| sums[row][c].is_some())).collect();
        let level = |(level, weight): (f64, f64)| if weight > 0.0 { level / weight } else { f64::NAN };
        let fields =
            rows.iter().map(|&row| used.iter().map(|&c| sums[row][c].map(level)).collect()).collect();
        Some(Self { columns: used.iter().map(|&c| names[c].clone()).collect(), rows, fields })
    }

    /// Every field with a level: row, column, level.
    fn known(&self) -> impl Iterator<Item = (usize, usize, f64)> + '_ {
        let row = |(r, row): (usize, &'_ Vec<Option<f64>>)| -> Vec<(usize, usize, f64)> {
            let known = |(c, level): (usize, &Option<f64>)| Some((r, c, level.filter(|l| !l.is_nan())?));
            row.iter().enumerate().filter_map(known).collect()
        };
        self.fields.iter().enumerate().flat_map(row)
    }

    fn draw(&self, drawing: &mut Drawing, rect: Rect, model: &Model, goal: f64) {
        let wide = (rect.right - rect.left) / self.columns.len().max(1) as f64;
        let high = (rect.bottom - rect.top) / self.rows.len().max(1) as f64;
        let gap = |size: f64| if size > 6.0 { 1.0 } else { 0.0 };
        for (c, name) in self.columns.iter().enumerate() {
            let at = (rect.left + wide * (c as f64 + 0.5), rect.top - 8.0);
            drawing.text(at, name, Pen::new(LABEL, INK).anchored(Anchor::Middle));
        }
        let mut free = f64::NEG_INFINITY;
        for (r, &row) in self.rows.iter().enumerate() {
            let top = rect.top + high * r as f64;
            for (c, level) in self.fields[r].iter().enumerate() {
                let Some(level) = *level else { continue };
                let left = rect.left + wide * c as f64;
                let corners =
                    ((left + gap(wide), top + gap(high)), (left + wide - gap(wide), top + high - gap(high)));
                let class = class(level, goal);
                drawing.block(corners.0, corners.1, class.map_or(GRID, |class| HEAT[class]));
                if let Some(class) = class.filter(|_| high >= 14.0 && wide >= 40.0) {
                    let middle = (left + wide / 2.0, top + high / 2.0 + 4.3);
                    let colour = if class > 1 { PAPER } else { INK };
                    drawing.text(middle, shown(level, goal), Pen::new(12.0, colour).anchored(Anchor::Middle));
                }
            }
            // Full hours only where intervals are shorter, and as many as there is room for.
            let clock = model.grid().clock(row);
            let middle = top + high / 2.0 + LABEL * 0.36;
            if middle >= free && (clock.ends_with(":00") || high >= LABEL * 1.1) {
                let pen = Pen::new(LABEL, PENCIL).anchored(Anchor::End);
                drawing.text((rect.left - 9.0, middle), clock, pen);
                free = middle + LABEL * 1.15;
            }
        }
    }
}

/// Which shade: the goal or more, less, much less, least; none where nobody came.
fn class(level: f64, goal: f64) -> Option<usize> {
    let below = goal - level;
    let darker = || STEPS.iter().filter(|&&step| below > step).count() + 1;
    (!level.is_nan()).then(|| if below <= 0.0 { 0 } else { darker() })
}

/// A whole percentage that is on the same side of the goal as the level.
fn shown(level: f64, goal: f64) -> String {
    let percent = 100.0 * level;
    let kept_by_rounding = level < goal && percent.round() + 1e-9 >= 100.0 * goal;
    let whole = if kept_by_rounding { percent.floor() } else { percent.round() };
    format!("{whole:.0}%")
}

fn words(
    model: &Model,
    outcome: &Outcome,
    queue: &Queue,
    found: &QueueOutcome,
    measure: &Measure<'_>,
    map: &Map,
    goal: Option<f64>,
) -> Words {
    let lowest = map.known().min_by(|a, b| a.2.total_cmp(&b.2));
    let place = |(r, c, level): (usize, usize, f64)| {
        format!("{} on {} at {}", percent(level), map.columns[c], model.grid().clock(map.rows[r]))
    };
    let all = map.known().count();
    let title = match (goal, lowest) {
        (_, None) => format!("{}: no interval had contacts", queue.name),
        (None, Some(at)) => format!("{}: lowest {}", queue.name, place(at)),
        (Some(goal), Some(at)) => match map.known().filter(|at| at.2 < goal).count() {
            0 => format!("{}: never below {} at any time of the week", queue.name, goal_percent(goal)),
            n => format!(
                "{}: {n} of {} below {}, the lowest {}",
                queue.name,
                plural(all as u64, "field"),
                goal_percent(goal),
                place(at)
            ),
        },
    };
    let counted = if let Measure::Done(target) = measure {
        let within = target.within_s.unwrap_or_default();
        format!("Done within {}.", by_clock(within, target.definition.unwrap_or_default()))
    } else {
        let within = found.service_level.as_ref().map_or(queue.within.as_secs_f64(), |one| one.within_s);
        format!("Answered within {}.", threshold(within))
    };
    let weeks = if model.grid().days > 7 && model.calendar.start.is_some() {
        " All weeks together, each interval by its contacts."
    } else {
        ""
    };
    let caption = format!(
        "{} {} {counted} A field is the long-run average of its intervals; white was closed, grey had no contacts.{weeks}",
        assumed::run(model, outcome),
        assumed::queue(model, queue),
    );
    Words { title, subtitle: String::new(), caption }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_never_looks_like_the_goal_it_misses() {
        assert_eq!(
            (shown(0.8996, 0.9), shown(0.9, 0.9), shown(0.9049, 0.9)),
            ("89%".into(), "90%".into(), "90%".into())
        );
        assert_eq!(
            [0.95, 0.9, 0.899, 0.84, 0.7].map(|level| class(level, 0.9)),
            [Some(0), Some(0), Some(1), Some(2), Some(3)]
        );
        assert_eq!(class(f64::NAN, 0.9), None);
    }

    #[test]
    fn names_of_days_fit_their_columns() {
        let room = super::super::style::SIZE.0 - 2.0 * super::super::style::MARGIN - 54.0;
        let wide = |name: &str| super::super::font::width(name, LABEL, false);
        assert!(wide("Wed 23 Nov") < room / 7.0 && wide("day 14") < room / MOST_COLUMNS as f64);
    }
}
