//! How busy a group's agents are, interval by interval, with the computing error, the cap where the group has one, and in
//! grey what people cannot keep up for a whole day.
//!
//! Occupancy is time with work in hand over time at work, up to closing. The field calls 85% to 90% of a whole day
//! pressure and more than that burnout; the zone begins where the glossary warns, at 88%.

use super::canvas::{Drawing, Pen};
use super::frame::{self, Key, Mark, Panel, Words};
use super::level_by_interval::{band, level, stretches};
use super::slots::Slots;
use super::style::{GRID, INK, LABEL, MAIN, MAIN_LIGHT, PAPER, PENCIL};
use super::ticks::Ticks;
use super::traffic_and_queue::{finite, when};
use crate::model::{Group, Model};
use crate::montecarlo::{GroupInterval, GroupOutcome, Outcome, TargetKind, Verdict};
use crate::report::assumed;
use crate::report::glossary::TOO_BUSY;
use crate::report::words::{goal_percent, percent};
use crate::stats::Estimate;

/// The axis begins here at the latest, so that the grey zone is seen for what it is: a zone at the top.
const FROM: f64 = 0.7;

/// The chart of one group; nothing where nobody was at work while it was counted.
pub(super) fn draw(model: &Model, outcome: &Outcome, group: &Group, found: &GroupOutcome) -> Option<Drawing> {
    let known: Vec<(&GroupInterval, Estimate)> =
        found.intervals.iter().filter_map(|at| Some((at, finite(at.occupancy)?.clip(0.0, 1.0)))).collect();
    let &(busiest, most) = known.iter().max_by(|a, b| a.1.mean.total_cmp(&b.1.mean))?;
    let cap = group.max_occupancy.filter(|cap| cap.is_finite());
    let words = words(model, outcome, group, found, (known.len() > 1).then_some((busiest, most)));
    let (mut drawing, room) = frame::sheet(&words, &keys(cap));
    let slots = Slots::new(&model.calendar, found.intervals.iter().map(|at| at.index).collect());
    let least = known.iter().map(|(_, e)| e.low).chain(cap).fold(FROM, f64::min);
    let panel = Panel {
        rect: room.inset(54.0, 26.0, 16.0, 48.0),
        across: (0.0, slots.width()),
        up: Ticks::covering((least - 0.02).max(0.0), 1.0, 6),
    };
    drawing.block((panel.rect.left, panel.y(1.0)), (panel.rect.right, panel.y(TOO_BUSY)), GRID);
    panel.rule(&mut drawing, "share of the time busy", goal_percent);
    slots.draw(&mut drawing, &panel);
    lines(&mut drawing, &panel, &slots, &known, cap);
    panel.floor(&mut drawing);
    if let Some(slot) = slots.slot(busiest.index).filter(|_| known.len() > 1) {
        name_busiest(&mut drawing, &panel, slot, busiest, most);
    }
    Some(drawing)
}

fn keys(cap: Option<f64>) -> Vec<Key> {
    let mut keys = vec![
        Key::new(Mark::Line, MAIN, "busy, of the time at work"),
        Key::new(Mark::Block, MAIN_LIGHT, "95% computing error"),
    ];
    keys.extend(cap.map(|cap| Key::new(Mark::Goal, INK, format!("cap {} over the day", goal_percent(cap)))));
    let zone = format!("above {}: hard to keep up all day", goal_percent(TOO_BUSY));
    keys.push(Key::new(Mark::Block, GRID, zone));
    keys
}

/// The band, the cap and the line, from back to front.
fn lines(
    drawing: &mut Drawing,
    panel: &Panel,
    slots: &Slots<'_>,
    known: &[(&GroupInterval, Estimate)],
    cap: Option<f64>,
) {
    let mut by_slot = vec![None; slots.indices.len()];
    for (at, e) in known {
        if let Some(slot) = slots.slot(at.index) {
            by_slot[slot] = Some(*e);
        }
    }
    let stretches = stretches(slots, &by_slot);
    for stretch in &stretches {
        band(drawing, panel, stretch);
    }
    for mark in panel.up.marks() {
        let y = panel.y(mark);
        drawing.line(vec![(panel.rect.left, y), (panel.rect.right, y)], GRID, 0.5);
    }
    let edge = panel.y(TOO_BUSY);
    drawing.line(vec![(panel.rect.left, edge), (panel.rect.right, edge)], PENCIL, 0.7);
    if let Some(cap) = cap {
        panel.goal_line(drawing, cap);
    }
    for stretch in &stretches {
        level(drawing, panel, stretch, slots.indices.len(), None);
    }
}

/// The highest point, by its time and height; above it where there is room.
fn name_busiest(drawing: &mut Drawing, panel: &Panel, slot: usize, at: &GroupInterval, e: Estimate) {
    let (x, y) = panel.at(slot as f64 + 0.5, e.mean);
    let above = panel.y(e.high) - 9.0;
    let place = if above - LABEL > panel.rect.top { above } else { (y + 24.0).min(panel.rect.bottom - 6.0) };
    let pen = Pen::new(LABEL, INK).bold().anchored(panel.anchor(x)).on(PAPER);
    drawing.text((x, place), format!("{} {}", at.start, percent(e.mean)), pen);
}

fn words(
    model: &Model,
    outcome: &Outcome,
    group: &Group,
    found: &GroupOutcome,
    busiest: Option<(&GroupInterval, Estimate)>,
) -> Words {
    let name = &group.name;
    let span = if model.grid().days > 1 { "all days together" } else { "over the day" };
    let all = finite(found.occupancy).map(|e| format!("{} busy {span}", percent(e.mean)));
    let all = all.unwrap_or_else(|| "how busy they are".to_owned());
    let cap = group.max_occupancy.map_or_else(String::new, |cap| format!(", {}", held(outcome, name, cap)));
    let peak = busiest.map_or_else(String::new, |(at, e)| {
        format!(", {} {}", percent(e.mean), when(model, at.index, &at.start))
    });
    let title = format!("{name}: {all}{cap}{}", if cap.is_empty() { peak } else { String::new() });
    let several = if group.hands.capacity > 1 { " An agent with several in hand is busy once." } else { "" };
    let capped = if cap.is_empty() {
        ""
    } else {
        " The cap is held over whole days, so single intervals may lie above it."
    };
    let caption = format!(
        "{} Busy: time with a contact or its after-work in hand, of the time at work, up to closing.{several}{capped}",
        assumed::run(model, outcome)
    );
    Words { title, subtitle: String::new(), caption }
}

/// Whether the cap was held: "within the cap of 85%".
fn held(outcome: &Outcome, name: &str, cap: f64) -> String {
    let mine = outcome
        .targets
        .iter()
        .find(|target| target.kind == TargetKind::MaxOccupancy && target.group.as_deref() == Some(name));
    let cap = goal_percent(cap);
    match mine.map(|target| target.verdict) {
        Some(Verdict::Met) => format!("within the cap of {cap}"),
        Some(Verdict::Missed) => format!("above the cap of {cap}"),
        _ => format!("too close to the cap of {cap} to be told apart"),
    }
}
