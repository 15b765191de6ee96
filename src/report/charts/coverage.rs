//! People on shift against what is needed, by interval: what is over and what is short.

use super::canvas::Drawing;
use super::frame::{self, Key, Mark, Panel, Words};
use super::slots::Slots;
use super::style::{MAIN, MAIN_LIGHT, QUIET, SECOND};
use super::ticks::Ticks;
use crate::model::Model;
use crate::report::assumed;
use crate::report::words::{hours, percent, thousands};
use crate::shifts::Answer;
use crate::shifts::coverage::{self, Coverage};

/// The chart of one group; says so where nobody is needed.
pub(super) fn draw(model: &Model, answer: &Answer, group: &Coverage) -> Drawing {
    let words = words(model, answer, group);
    let busy = |i: &usize| group.needed[*i] + group.on_shift[*i] > 0;
    let slots = Slots::new(&model.calendar, (0..group.needed.len()).filter(busy).collect());
    if slots.indices.is_empty() {
        return frame::empty(&words, "Nobody is needed.");
    }
    let (needed, over) =
        if group.is_floor { ("floor", "beyond the floor") } else { ("needed", "over: beyond the need") };
    let mut keys = vec![
        Key::new(Mark::Line, MAIN, "on shift and not on a break"),
        Key::new(Mark::Block, QUIET, needed),
        Key::new(Mark::Block, MAIN_LIGHT, over),
    ];
    let short = (0..group.needed.len()).any(|i| group.on_shift[i] < group.needed[i]);
    if short {
        keys.push(Key::new(Mark::Block, SECOND, "short"));
    }
    let (mut drawing, room) = frame::sheet(&words, &keys);
    let most = group.needed.iter().chain(&group.on_shift).copied().max().unwrap_or(0);
    let panel = Panel {
        rect: room.inset(46.0, 26.0, 24.0, 48.0),
        across: (0.0, slots.width()),
        up: Ticks::whole(0.0, f64::from(most.max(1)) * 1.04, 6),
    };
    blocks(&mut drawing, &slots, &panel, group);
    panel.rule(&mut drawing, "people", thousands);
    slots.draw(&mut drawing, &panel);
    for stretch in slots.stretches() {
        let step = |slot: usize| {
            let y = panel.y(f64::from(group.on_shift[slots.indices[slot]]));
            [(panel.x(slot as f64), y), (panel.x(slot as f64 + 1.0), y)]
        };
        drawing.line(
            stretch.flat_map(step).collect(),
            MAIN,
            if slots.indices.len() > 200 { 1.6 } else { 2.6 },
        );
    }
    panel.floor(&mut drawing);
    drawing
}

/// What is covered, what is over, what is short, one above the other.
fn blocks(drawing: &mut Drawing, slots: &Slots<'_>, panel: &Panel, group: &Coverage) {
    for (slot, &i) in slots.indices.iter().enumerate() {
        let (needed, there) = (f64::from(group.needed[i]), f64::from(group.on_shift[i]));
        // Blocks overlap by a hair so that no light shines through.
        let (left, right) = (panel.x(slot as f64) - 0.25, panel.x(slot as f64 + 1.0) + 0.25);
        let mut block = |from: f64, to: f64, colour| {
            if to > from {
                drawing.block((left, panel.y(to)), (right, panel.y(from)), colour);
            }
        };
        block(0.0, needed.min(there), QUIET);
        block(needed, there, MAIN_LIGHT);
        block(there, needed, SECOND);
    }
}

fn words(model: &Model, answer: &Answer, group: &Coverage) -> Words {
    let name = &model.groups[group.group.0].name;
    let one = std::slice::from_ref(group);
    let sum = coverage::hours(model, &answer.schedule, one, |_| true);
    let title = if group.is_floor {
        format!("{name}: {} hours on shift keep the promise over the day", hours(sum.on_shift))
    } else {
        format!(
            "{name}: {} hours on shift for {} needed, {} over, schedule efficiency {}",
            hours(sum.on_shift),
            hours(sum.needed),
            hours(sum.over),
            percent(sum.efficiency())
        )
    };
    let floor = if group.is_floor {
        "Floors keep every interval at a least level; what is beyond them is put where it helps most customers. "
    } else {
        ""
    };
    let caption = format!(
        "{floor}People before shrinkage, breaks taken off. {} {}",
        assumed::run(model, &answer.outcome),
        assumed::queues(model)
    );
    Words { title, subtitle: String::new(), caption }
}
