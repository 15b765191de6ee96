//! What a service level costs: the plan for every share that might be promised, its hours across and its level up.

use super::canvas::{Anchor, Drawing, Pen};
use super::frame::{self, Key, Mark, Panel, Rect, Words};
use super::style::{GRID, INK, LABEL, MAIN, PAPER, PENCIL, SECOND};
use super::ticks::Ticks;
use crate::model::Model;
use crate::plan::why::{Other, Why};
use crate::report::assumed;
use crate::report::words::{goal_percent, hours, percent, thousands};
use crate::stats::Estimate;

/// One plan.
struct Point<'a> {
    other: &'a Other,
    hours: f64,
    level: Estimate,
}

impl<'a> Point<'a> {
    /// Nothing where more than the share differs from the promise that was made, or it cannot be kept.
    fn of(other: &'a Other) -> Option<Self> {
        other.share?;
        Some(Self { other, hours: other.needed.as_ref()?.scheduled_hours, level: other.level? })
    }
}

/// The chart; says so where no other share was planned.
pub(super) fn draw(model: &Model, why: &Why) -> Drawing {
    let points: Vec<Point<'_>> = why.promises.iter().filter_map(Point::of).collect();
    let words = words(model, why, &points);
    if points.len() < 2 {
        return frame::empty(&words, "No other promise was planned.");
    }
    let keys = [
        Key::new(Mark::Line, MAIN, "service level"),
        Key::new(Mark::Block, SECOND, "the promise that was made"),
    ];
    let (mut drawing, room) = frame::sheet(&words, &keys);
    let least = points.iter().map(|point| point.level.mean).fold(1.0, f64::min);
    let across = Ticks::covering(points[0].hours, points[points.len() - 1].hours, 6);
    let panel = Panel {
        rect: Rect { ..room }.inset(54.0, 26.0, 30.0, 46.0),
        across: (across.low, across.high),
        up: Ticks::covering(least - 0.02, 1.0, 5),
    };
    for mark in across.marks() {
        let x = panel.x(mark);
        drawing.line(vec![(x, panel.rect.top), (x, panel.rect.bottom)], GRID, 1.0);
        panel.notch(&mut drawing, mark, &thousands(mark));
    }
    panel.rule(&mut drawing, "service level in the long run", goal_percent);
    panel.floor(&mut drawing);
    panel.name_across(&mut drawing, "scheduled agent hours a day");
    drawing.line(points.iter().map(|point| panel.at(point.hours, point.level.mean)).collect(), MAIN, 2.6);
    for point in &points {
        mark(&mut drawing, &panel, point);
    }
    drawing
}

fn mark(drawing: &mut Drawing, panel: &Panel, point: &Point<'_>) {
    let Estimate { mean, low, high, .. } = point.level;
    drawing.line(vec![panel.at(point.hours, low), panel.at(point.hours, high)], MAIN, 1.6);
    let (x, y) = panel.at(point.hours, mean);
    let (radius, colour) = if point.other.is_made { (7.0, SECOND) } else { (4.5, MAIN) };
    drawing.dot((x, y), radius, colour);
    let share = point.other.share.map_or_else(String::new, goal_percent);
    let pen = if point.other.is_made { Pen::new(LABEL, INK).bold() } else { Pen::new(LABEL, PENCIL) };
    drawing.text((x + 9.0, y + LABEL + 5.0), share, pen.anchored(Anchor::Start).on(PAPER));
}

fn words(model: &Model, why: &Why, points: &[Point<'_>]) -> Words {
    let made = points.iter().position(|point| point.other.is_made);
    let next = made.and_then(|k| Some((&points[k], points.get(k + 1)?)));
    let title = match next {
        Some((made, next)) if made.other.share.is_some() && next.other.share.is_some() => format!(
            "Promising {} instead of {} costs {} hours a day more",
            goal_percent(next.other.share.unwrap_or_default()),
            goal_percent(made.other.share.unwrap_or_default()),
            hours(next.hours - made.hours)
        ),
        _ => "What a promise costs".to_owned(),
    };
    let here = made.map_or_else(String::new, |k| {
        format!("; the one that was made gives {}", percent(points[k].level.mean))
    });
    let subtitle =
        format!("The fewest hours for each share that might be promised; labels are the shares{here}");
    let caption = format!("{} {}", assumed::run(model, &why.answer.outcome), assumed::queues(model));
    Words { title, subtitle, caption }
}
