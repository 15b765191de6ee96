//! Service level against agents, with the band of days and the goal; below it, who hangs up.

use super::canvas::{Anchor, Drawing, Pen};
use super::frame::{self, Key, Mark, Panel, Words};
use super::style::{GRID, INK, LABEL, MAIN, MAIN_LIGHT, PAPER, PENCIL, SECOND};
use super::ticks::Ticks;
use crate::model::Model;
use crate::plan::{Answer, CurvePoint, Reached};
use crate::report::words::{agents, goal_percent, percent, threshold};
use crate::report::{assumed, promise};
use crate::stats::Estimate;

/// The chart; says so where there is no curve.
pub(super) fn draw(model: &Model, answer: &Answer) -> Drawing {
    let target = promise::answered(&answer.outcome, None);
    let goal = target.map(|target| target.goal);
    let words = words(model, answer);
    let points = &answer.curve;
    if points.is_empty() {
        return frame::empty(&words, "No other staffing was simulated.");
    }
    let mut keys = vec![Key::new(Mark::Line, MAIN, "service level")];
    let banded = points.iter().all(|point| point.days.is_some());
    keys.push(Key::new(
        Mark::Block,
        MAIN_LIGHT,
        if banded { "nine days in ten" } else { "95% computing error" },
    ));
    if let Some(goal) = goal {
        keys.push(Key::new(Mark::Goal, INK, format!("goal {}", goal_percent(goal))));
    }
    keys.push(Key::new(Mark::Fine, SECOND, "hang up"));
    let (mut drawing, room) = frame::sheet(&words, &keys);
    let split = room.top + (room.bottom - room.top) * 0.66;
    let across = (-0.6, points.len() as f64 - 0.4);
    let band: Vec<(f64, f64)> = points.iter().map(|point| band_of(point, banded)).collect();
    let least = band.iter().map(|b| b.0).chain(goal).fold(1.0, f64::min);
    let upper = Panel {
        rect: frame::Rect { bottom: split, ..room }.inset(54.0, 26.0, 14.0, 14.0),
        across,
        up: Ticks::covering((least - 0.02).max(0.0), 1.0, 5),
    };
    let level_name = target.and_then(|target| target.within_s).map(threshold);
    let level_name =
        level_name.map_or_else(|| "service level".to_owned(), |t| format!("answered within {t}"));
    upper.rule(&mut drawing, &level_name, goal_percent);
    let most = points.iter().map(|point| finite(point.abandonment).1).fold(0.0, f64::max);
    let lower = Panel {
        rect: frame::Rect { top: split, ..room }.inset(54.0, 26.0, 14.0, 46.0),
        across,
        up: Ticks::covering(0.0, most.max(0.008) * 1.15, 3),
    };
    lower.rule(&mut drawing, "hang up", goal_percent);
    mark_answer(&mut drawing, points, &upper, &lower);
    banded_area(&mut drawing, &band, &upper);
    if let Some(goal) = goal {
        upper.goal_line(&mut drawing, goal);
    }
    levels(&mut drawing, points, &upper, goal);
    if let Some(k) = points.iter().position(|point| point.offset == 0) {
        let pen = Pen::new(LABEL, INK).bold().anchored(Anchor::Middle).on(PAPER);
        drawing.text((upper.x(k as f64), upper.rect.bottom - 9.0), "the plan", pen);
    }
    upper.floor(&mut drawing);
    lower.floor(&mut drawing);
    leaving(&mut drawing, points, &lower);
    for (k, point) in points.iter().enumerate() {
        lower.notch(&mut drawing, k as f64, &point.agents.to_string());
    }
    let flat = answer.groups.iter().all(|group| is_flat(&group.agents));
    lower.name_across(
        &mut drawing,
        if flat { "agents" } else { "agents at the busiest time; all intervals move together" },
    );
    drawing
}

fn words(model: &Model, answer: &Answer) -> Words {
    let here = answer.curve.iter().find(|point| point.offset == 0);
    let fewer = answer.curve.iter().find(|point| point.offset == -1);
    let within = promise::answered(&answer.outcome, None).and_then(|target| target.within_s);
    let done =
        within.map_or_else(|| "answered in time".to_owned(), |t| format!("answered within {}", threshold(t)));
    let at_peak = if answer.groups.iter().all(|group| is_flat(&group.agents)) { "" } else { " at the peak" };
    let level = |point: &CurvePoint| percent(point.level.mean);
    let title = match (here, fewer) {
        (Some(here), Some(fewer)) if level(here) == level(fewer) => {
            format!(
                "With {}{at_peak} {} are {done}, and with {} too",
                agents(here.agents),
                level(here),
                fewer.agents
            )
        }
        (Some(here), Some(fewer)) => {
            let (n, less) = (agents(here.agents), fewer.agents);
            format!("With {n}{at_peak} {} are {done}, with {less} it is {}", level(here), level(fewer))
        }
        (Some(here), None) => format!("With {}{at_peak} {} are {done}", agents(here.agents), level(here)),
        _ => format!("How many are {done} with how many agents"),
    };
    let subtitle = match &answer.reached {
        Reached::Found => String::new(),
        Reached::Unreachable { reason } => format!("No staffing meets every target: {reason}."),
    };
    let definition = promise::answered(&answer.outcome, None)
        .and_then(|target| Some(assumed::definition(target.definition?, target.within_s?)))
        .map_or_else(String::new, |counted| format!("Service level: {counted}."));
    let caption = format!("{} {} {definition}", assumed::run(model, &answer.outcome), assumed::queues(model));
    Words { title, subtitle, caption }
}

/// What is drawn light around the level.
fn band_of(point: &CurvePoint, banded: bool) -> (f64, f64) {
    match point.days.filter(|_| banded) {
        Some(days) => (days.p5, days.p95),
        None => finite(point.level),
    }
}

/// The interval of a share, cut to what is possible.
fn finite(e: Estimate) -> (f64, f64) {
    (e.low.clamp(0.0, 1.0), e.high.clamp(0.0, 1.0))
}

fn mark_answer(drawing: &mut Drawing, points: &[CurvePoint], upper: &Panel, lower: &Panel) {
    let Some(k) = points.iter().position(|point| point.offset == 0) else { return };
    let (x, half) = (upper.x(k as f64), (upper.x(1.0) - upper.x(0.0)).min(90.0) / 2.0);
    for panel in [upper, lower] {
        drawing.block((x - half, panel.rect.top), (x + half, panel.rect.bottom), super::style::SPOT);
        for mark in panel.up.marks() {
            drawing.line(vec![(x - half, panel.y(mark)), (x + half, panel.y(mark))], GRID, 1.0);
        }
    }
}

fn banded_area(drawing: &mut Drawing, band: &[(f64, f64)], panel: &Panel) {
    let up = band.iter().enumerate().map(|(k, b)| panel.at(k as f64, b.1));
    let down = band.iter().enumerate().rev().map(|(k, b)| panel.at(k as f64, b.0));
    drawing.area(up.chain(down).collect(), MAIN_LIGHT);
    for mark in panel.up.marks() {
        let y = panel.y(mark);
        drawing.line(vec![(panel.rect.left, y), (panel.rect.right, y)], GRID, 0.5);
    }
}

/// The level, its computing error, and the number at each point: above the line where the goal is reached.
fn levels(drawing: &mut Drawing, points: &[CurvePoint], panel: &Panel, goal: Option<f64>) {
    drawing.line(
        points.iter().enumerate().map(|(k, p)| panel.at(k as f64, p.level.mean)).collect(),
        MAIN,
        3.0,
    );
    for (k, point) in points.iter().enumerate() {
        let (low, high) = finite(point.level);
        let at = panel.at(k as f64, point.level.mean);
        drawing.line(vec![panel.at(k as f64, low), panel.at(k as f64, high)], MAIN, 1.6);
        drawing.dot(at, 5.0, MAIN);
        if points.len() <= 15 {
            let pen = Pen::new(LABEL, INK).anchored(Anchor::Middle).on(PAPER);
            let room = at.1 - 12.0 - LABEL >= panel.rect.top - 16.0;
            let above = room && goal.is_some_and(|goal| point.level.mean >= goal);
            drawing.text((at.0, at.1 + if above { -12.0 } else { 24.0 }), percent(point.level.mean), pen);
        }
    }
}

fn leaving(drawing: &mut Drawing, points: &[CurvePoint], panel: &Panel) {
    let at = |k: usize, point: &CurvePoint| panel.at(k as f64, point.abandonment.mean);
    let line = points.iter().enumerate().map(|(k, point)| at(k, point)).collect();
    drawing.dashed(line, SECOND, 2.4, super::style::FINE_DASH);
    for (k, point) in points.iter().enumerate() {
        let (x, y) = at(k, point);
        drawing.dot((x, y), 4.0, SECOND);
        if points.len() <= 15 {
            let pen = Pen::new(LABEL, PENCIL).anchored(Anchor::Middle);
            drawing.text((x, y - 9.0), percent(point.abandonment.mean), pen);
        }
    }
}

/// Whether a group has one number whenever it is staffed.
fn is_flat(agents: &[u32]) -> bool {
    let mut staffed = agents.iter().filter(|n| **n > 0);
    staffed.next().is_none_or(|first| staffed.all(|n| n == first))
}
