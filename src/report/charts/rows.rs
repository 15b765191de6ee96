//! Bars that lie, one below the other, with their names on the left: from numbers to places.

use super::canvas::{Anchor, Drawing, Pen};
use super::font;
use super::frame::Rect;
use super::style::{GRID, INK, LABEL, PENCIL};
use super::ticks::Ticks;

/// Rows of equal height across a panel.
pub(super) struct Rows {
    /// Inside of the axes.
    rect: Rect,
    ticks: Ticks,
    height: f64,
}

impl Rows {
    /// Room for a row per name, and an axis that covers `low..high`; draws the names and the axis.
    pub(super) fn new(
        drawing: &mut Drawing,
        room: Rect,
        names: &[String],
        (low, high): (f64, f64),
        axis: &str,
        label: impl Fn(f64) -> String,
    ) -> Self {
        let widest = names.iter().map(|name| font::width(name, LABEL, false)).fold(0.0, f64::max);
        let rect = room.inset(widest + 16.0, 6.0, 70.0, 46.0);
        let height = (rect.bottom - rect.top) / names.len().max(1) as f64;
        let rows = Self { rect, ticks: Ticks::covering(low, high, 6), height };
        for mark in rows.ticks.marks() {
            let x = rows.x(mark);
            drawing.line(vec![(x, rect.top), (x, rect.bottom)], GRID, 1.0);
            let pen = Pen::new(LABEL, PENCIL).anchored(Anchor::Middle);
            drawing.text((x, rect.bottom + 8.0 + LABEL), label(mark), pen);
        }
        for (k, name) in names.iter().enumerate() {
            let pen = Pen::new(LABEL, INK).anchored(Anchor::End);
            drawing.text((rect.left - 10.0, rows.middle(k) + LABEL * 0.36), name, pen);
        }
        let middle = f64::midpoint(rect.left, rect.right);
        let pen = Pen::new(LABEL, INK).anchored(Anchor::Middle);
        drawing.text((middle, rect.bottom + 12.0 + 2.3 * LABEL), axis, pen);
        rows
    }

    /// The place of a number.
    pub(super) fn x(&self, value: f64) -> f64 {
        let Ticks { low, high, .. } = self.ticks;
        let share = ((value - low) / (high - low)).clamp(0.0, 1.0);
        self.rect.left + share * (self.rect.right - self.rect.left)
    }

    /// The middle of a row.
    pub(super) fn middle(&self, row: usize) -> f64 {
        self.rect.top + (row as f64 + 0.5) * self.height
    }

    /// Half the thickness of a bar.
    pub(super) fn half(&self) -> f64 {
        (self.height * 0.34).min(14.0)
    }

    /// A bar from one number to another.
    pub(super) fn bar(
        &self,
        drawing: &mut Drawing,
        row: usize,
        from: f64,
        to: f64,
        colour: super::style::Colour,
    ) {
        let (y, half) = (self.middle(row), self.half());
        let (a, b) = (self.x(from.min(to)), self.x(from.max(to)));
        // What is nothing still shows where it is.
        drawing.block((a, y - half), (b.max(a + 1.5), y + half), colour);
    }

    /// A thin line from the middle of a row to that of the next.
    pub(super) fn step(&self, drawing: &mut Drawing, row: usize, at: f64) {
        let (x, half) = (self.x(at), self.half());
        drawing.line(vec![(x, self.middle(row) + half), (x, self.middle(row + 1) - half)], PENCIL, 1.0);
    }

    /// A line through all rows.
    pub(super) fn upright(&self, drawing: &mut Drawing, at: f64) {
        let x = self.x(at);
        drawing.line(vec![(x, self.rect.top), (x, self.rect.bottom)], PENCIL, 1.2);
    }

    /// Words beside the end of a bar: to the right of it, or to the left.
    pub(super) fn beside(&self, drawing: &mut Drawing, row: usize, at: f64, words: &str, right: bool) {
        let anchor = if right { Anchor::Start } else { Anchor::End };
        let x = self.x(at) + if right { 7.0 } else { -7.0 };
        let pen = Pen::new(LABEL, INK).anchored(anchor).on(super::style::PAPER);
        drawing.text((x, self.middle(row) + LABEL * 0.36), words, pen);
    }
}
