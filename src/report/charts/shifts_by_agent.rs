//! The shifts of one day, a bar for each person, with the breaks.

use super::canvas::{Anchor, Drawing, Pen};
use super::font;
use super::frame::{self, Key, Mark, Rect, Words};
use super::style::{Colour, GRID, INK, LABEL, MAIN, MAIN_LIGHT, PENCIL, SECOND};
use crate::model::{Grid, Model};
use crate::report::assumed::day_name;
use crate::report::words::{hours, plural};
use crate::shifts::{Duty, Pattern};

/// Colours of the kinds of shifts, in the order of the scenario.
const COLOURS: [Colour; 4] = [MAIN, SECOND, MAIN_LIGHT, PENCIL];
/// Rows at least so high have the person's name beside them, px.
const LEGIBLE: f64 = 11.0;

/// The chart of the duties of one day.
pub(super) fn draw(model: &Model, day: usize, duties: &[&Duty<'_>], by_name: bool) -> Drawing {
    let kinds = kinds(duties);
    let (mut drawing, room) = frame::sheet(&words(model, day, duties, by_name), &keys(model, &kinds));
    let from = duties.iter().map(|duty| duty.pattern.start).min().unwrap_or(0);
    let to = duties.iter().map(|duty| duty.pattern.start + duty.pattern.length).max().unwrap_or(1);
    let plain = room.inset(0.0, 6.0, 24.0, 46.0);
    let height = (plain.bottom - plain.top) / duties.len().max(1) as f64;
    let names = duties.iter().map(|duty| font::width(&duty.agent, LABEL, false)).fold(0.0, f64::max);
    let left = if height >= LEGIBLE { names.min(220.0) + 14.0 } else { 8.0 };
    let sheet = Sheet { rect: plain.inset(left, 0.0, 0.0, 0.0), from, to, height };
    sheet.clock(&mut drawing, model.grid());
    for (row, duty) in duties.iter().enumerate() {
        if height >= LEGIBLE {
            let pen = Pen::new(LABEL.min(height), INK).anchored(Anchor::End);
            let at = (sheet.rect.left - 8.0, sheet.top(row) + height / 2.0 + LABEL.min(height) * 0.36);
            drawing.text(at, &duty.agent, pen);
        }
        sheet.bar(&mut drawing, row, duty.pattern, colour(&kinds, duty.pattern));
    }
    drawing
}

/// The kinds of shifts of a day, in the order of the scenario.
fn kinds(duties: &[&Duty<'_>]) -> Vec<usize> {
    let mut kinds: Vec<usize> = duties.iter().map(|duty| duty.pattern.template).collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds
}

/// Few kinds have a colour each, many have one.
fn colour(kinds: &[usize], pattern: &Pattern) -> Colour {
    let at = kinds.iter().position(|kind| *kind == pattern.template).unwrap_or(0);
    if kinds.len() <= COLOURS.len() { COLOURS[at] } else { MAIN }
}

fn keys(model: &Model, kinds: &[usize]) -> Vec<Key> {
    let mut keys: Vec<Key> = if kinds.len() <= COLOURS.len() {
        let named = |(&kind, &colour): (&usize, &Colour)| {
            Key::new(Mark::Block, colour, model.shifts.templates[kind].name.clone())
        };
        kinds.iter().zip(&COLOURS).map(named).collect()
    } else {
        vec![Key::new(Mark::Block, MAIN, "at work")]
    };
    keys.push(Key::new(Mark::Block, GRID, "break"));
    keys
}

fn words(model: &Model, day: usize, duties: &[&Duty<'_>], by_name: bool) -> Words {
    let paid: f64 = duties.iter().map(|duty| duty.pattern.paid_hours).sum();
    let title = format!(
        "{}: {}, {} paid hours",
        day_name(&model.calendar, day),
        plural(duties.len() as u64, "shift"),
        hours(paid)
    );
    let name = model.name.trim().trim_end_matches('.');
    let anew = if by_name { "" } else { "; people are numbered anew each day" };
    let caption = format!("{name}. One bar for each person, by group and start{anew}.");
    Words { title, subtitle: String::new(), caption }
}

/// Time across, people down.
struct Sheet {
    rect: Rect,
    from: usize,
    to: usize,
    /// Of a row.
    height: f64,
}

impl Sheet {
    fn x(&self, i: usize) -> f64 {
        let share = (i - self.from) as f64 / (self.to - self.from).max(1) as f64;
        self.rect.left + share * (self.rect.right - self.rect.left)
    }

    fn top(&self, row: usize) -> f64 {
        self.rect.top + row as f64 * self.height
    }

    /// Full hours, as close as their labels fit.
    fn clock(&self, drawing: &mut Drawing, grid: &Grid) {
        let per_hour = (3_600_000_000 / grid.interval.0.max(1)).max(1) as usize;
        let wide = self.x(self.from + 1) - self.x(self.from);
        let room = font::width("00:00", LABEL, false) + 14.0;
        let fits = |hours: &usize| (hours * per_hour) as f64 * wide >= room;
        let every = [1, 2, 3, 4, 6, 12].into_iter().find(fits).unwrap_or(24) * per_hour;
        for i in (self.from..=self.to).filter(|i| (i % grid.per_day.max(1)).is_multiple_of(every)) {
            let x = self.x(i);
            drawing.line(vec![(x, self.rect.top), (x, self.rect.bottom + 5.0)], GRID, 1.0);
            let pen = Pen::new(LABEL, PENCIL).anchored(Anchor::Middle);
            drawing.text((x, self.rect.bottom + 8.0 + LABEL), grid.clock(i % grid.per_day.max(1)), pen);
        }
        let middle = f64::midpoint(self.rect.left, self.rect.right);
        let pen = Pen::new(LABEL, INK).anchored(Anchor::Middle);
        drawing.text((middle, self.rect.bottom + 12.0 + 2.3 * LABEL), "time of day", pen);
    }

    /// One person's shift: a bar, its breaks pale.
    fn bar(&self, drawing: &mut Drawing, row: usize, pattern: &Pattern, colour: Colour) {
        let gap = if self.height > 4.0 { (self.height * 0.12).min(3.0) } else { 0.0 };
        let (top, bottom) = (self.top(row) + gap, self.top(row) + self.height - gap);
        let block = |drawing: &mut Drawing, from: usize, to: usize, colour| {
            drawing.block((self.x(from), top), (self.x(to), bottom), colour);
        };
        block(drawing, pattern.start, pattern.start + pattern.length, colour);
        for pause in &pattern.breaks {
            let from = pattern.start + pause.after;
            block(drawing, from, from + pause.length, GRID);
        }
    }
}
