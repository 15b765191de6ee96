//! Agents and volume by interval: what the day asks for.

use std::collections::BTreeMap;

use super::canvas::{Anchor, Drawing, Pen};
use super::frame::{self, Key, Mark, Panel, Words};
use super::slots::Slots;
use super::style::{FINE_DASH, INK, LABEL, MAIN, PENCIL, QUIET, SECOND};
use super::ticks::Ticks;
use crate::model::Model;
use crate::montecarlo::Outcome;
use crate::plan::Answer;
use crate::report::words::{agents, hours, thousands, trimmed};
use crate::report::{assumed, scheduled};
use crate::units::Micros;

/// Contacts, agents at work and agents scheduled of one interval.
#[derive(Clone, Copy, Debug, Default)]
struct Need {
    offered: f64,
    at_work: u32,
    scheduled: Option<u32>,
}

/// The chart; says so where nothing is open.
pub(super) fn draw(model: &Model, outcome: &Outcome, answer: Option<&Answer>) -> Drawing {
    let needs = needs(model, outcome, answer);
    let words = words(model, outcome, answer, &needs);
    if needs.is_empty() {
        return frame::empty(&words, "No interval was open and counted.");
    }
    let legible = needs.len() <= 700;
    let scheduled = legible && needs.values().any(|need| need.scheduled.is_some_and(|n| n != need.at_work));
    let mut keys = vec![Key::new(Mark::Line, MAIN, "agents at work")];
    if scheduled {
        keys.push(Key::new(Mark::Fine, SECOND, "agents scheduled, before shrinkage"));
    }
    keys.push(Key::new(Mark::Block, QUIET, "contacts (right axis)"));
    let (mut drawing, room) = frame::sheet(&words, &keys);
    let slots = Slots::new(&model.calendar, needs.keys().copied().collect());
    let rect = room.inset(46.0, 26.0, 62.0, 48.0);
    let across = (0.0, slots.width());
    let most = needs.values().map(|need| need.at_work.max(need.scheduled.unwrap_or(0))).max().unwrap_or(0);
    let panel = Panel { rect, across, up: Ticks::whole(0.0, f64::from(most.max(1)) * 1.04, 6) };
    let busiest = needs.values().map(|need| need.offered).fold(0.0, f64::max);
    let steps_up = panel.up.marks().len().saturating_sub(1).max(1);
    let volume = Panel { rect, across, up: Ticks::stepped(busiest.max(0.1) * 1.04, steps_up) };
    bars(&mut drawing, &slots, &needs, &volume);
    panel.rule(&mut drawing, "agents", thousands);
    slots.draw(&mut drawing, &panel);
    right_axis(&mut drawing, &volume, model);
    if scheduled {
        steps(&mut drawing, &slots, &panel, false, |i| needs[&i].scheduled.unwrap_or(needs[&i].at_work));
    }
    steps(&mut drawing, &slots, &panel, true, |i| needs[&i].at_work);
    panel.floor(&mut drawing);
    drawing
}

/// By position in the grid: everything that is open, all queues and groups together.
fn needs(model: &Model, outcome: &Outcome, answer: Option<&Answer>) -> BTreeMap<usize, Need> {
    let mut needs: BTreeMap<usize, Need> = BTreeMap::new();
    for interval in outcome.queues.iter().flat_map(|queue| &queue.intervals) {
        let offered = interval.offered.map_or(0.0, |e| e.mean);
        needs.entry(interval.index).or_default().offered += if offered.is_finite() { offered } else { 0.0 };
    }
    for interval in outcome.groups.iter().flat_map(|group| &group.intervals) {
        needs.entry(interval.index).or_default().at_work += interval.agents;
    }
    if let Some(scheduled) = scheduled::by_interval(model, outcome, answer) {
        for (index, need) in &mut needs {
            need.scheduled = scheduled.get(index).copied();
        }
    }
    needs
}

fn words(model: &Model, outcome: &Outcome, answer: Option<&Answer>, needs: &BTreeMap<usize, Need>) -> Words {
    let staffed = || needs.values().map(|need| need.at_work);
    let (low, high) = (staffed().min().unwrap_or(0), staffed().max().unwrap_or(0));
    let per_interval = model.grid().interval.as_hours_f64() / model.grid().days.max(1) as f64;
    let total = hours(staffed().map(f64::from).sum::<f64>() * per_interval);
    let days = if model.grid().days > 1 { " a day" } else { "" };
    let needed = if answer.is_some() { "needed" } else { "at work" };
    let title = match (low, high) {
        _ if needs.is_empty() => "Agents by interval".to_owned(),
        (l, h) if l == h => format!("{} {needed} all the time: {total} agent hours{days}", agents(h)),
        (l, h) => format!("Between {l} and {} {needed}: {total} agent hours{days}", agents(h)),
    };
    let caption = format!("{} {}", assumed::run(model, outcome), assumed::queues(model));
    Words { title, subtitle: String::new(), caption }
}

fn bars(drawing: &mut Drawing, slots: &Slots<'_>, needs: &BTreeMap<usize, Need>, panel: &Panel) {
    let wide = panel.x(1.0) - panel.x(0.0);
    // Narrow bars touch, and overlap by a hair so that no light shines through.
    let gap = if wide > 8.0 { (wide * 0.08).min(4.0) } else { -0.25 };
    for (slot, index) in slots.indices.iter().enumerate() {
        let (left, right) = (panel.x(slot as f64) + gap, panel.x(slot as f64 + 1.0) - gap);
        drawing.block((left, panel.y(needs[index].offered)), (right, panel.rect.bottom), QUIET);
    }
}

fn right_axis(drawing: &mut Drawing, panel: &Panel, model: &Model) {
    let decimals = panel.up.decimals();
    for mark in panel.up.marks() {
        let label = if decimals == 0 { thousands(mark) } else { trimmed(mark, decimals) };
        drawing.text((panel.rect.right + 9.0, panel.y(mark) + LABEL * 0.36), label, Pen::new(LABEL, PENCIL));
    }
    let interval = model.grid().interval;
    let length = if interval == Micros::HOUR { "hour".to_owned() } else { interval.to_string() };
    let name = format!("contacts per {length}");
    let pen = Pen::new(LABEL, INK).anchored(Anchor::End);
    drawing.text((super::style::SIZE.0 - super::style::MARGIN, panel.rect.top - 12.0), name, pen);
}

/// A line of steps that breaks wherever time was closed.
fn steps(drawing: &mut Drawing, slots: &Slots<'_>, panel: &Panel, main: bool, agents: impl Fn(usize) -> u32) {
    for stretch in slots.stretches() {
        let mut line = Vec::new();
        for slot in stretch {
            let y = panel.y(f64::from(agents(slots.indices[slot])));
            line.extend([(panel.x(slot as f64), y), (panel.x(slot as f64 + 1.0), y)]);
        }
        if main {
            drawing.line(line, MAIN, if slots.indices.len() > 200 { 2.0 } else { 3.0 });
        } else {
            drawing.dashed(line, SECOND, 2.2, FINE_DASH);
        }
    }
}
