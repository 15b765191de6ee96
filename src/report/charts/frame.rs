//! What all charts share: title, key, caption, and panels with a light grid.

use super::canvas::{Anchor, Drawing, Pen, Point};
use super::font;
use super::style::{
    CAPTION, Colour, FINE_DASH, GOAL_DASH, GRID, INK, LABEL, MARGIN, PENCIL, SIZE, SUBTITLE, TITLE,
};
use super::ticks::Ticks;

/// The words around a chart.
pub(super) struct Words {
    /// The finding, in plain words.
    pub(super) title: String,
    /// What is shown; may be empty.
    pub(super) subtitle: String,
    /// What was assumed.
    pub(super) caption: String,
}

/// One entry of the key.
pub(super) struct Key {
    /// How it is drawn.
    pub(super) mark: Mark,
    /// Its colour.
    pub(super) colour: Colour,
    /// What it means.
    pub(super) text: String,
}

/// How a series is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// A filled area.
    Block,
    /// An unbroken line.
    Line,
    /// The same, thin.
    Thin,
    /// The dashes of a goal.
    Goal,
    /// Fine dashes.
    Fine,
}

impl Key {
    /// One entry.
    pub(super) fn new(mark: Mark, colour: Colour, text: impl Into<String>) -> Self {
        Self { mark, colour, text: text.into() }
    }
}

/// A rectangle on the sheet.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Rect {
    /// Left edge.
    pub(super) left: f64,
    /// Upper edge.
    pub(super) top: f64,
    /// Right edge.
    pub(super) right: f64,
    /// Lower edge.
    pub(super) bottom: f64,
}

/// A sheet with its words and key, and the room that is left for panels.
pub(super) fn sheet(words: &Words, keys: &[Key]) -> (Drawing, Rect) {
    let mut drawing = Drawing::new(&words.title);
    let room = SIZE.0 - 2.0 * MARGIN;
    let mut y = MARGIN + TITLE * 0.6;
    for line in font::wrapped(&words.title, TITLE, true, room).into_iter().take(2) {
        drawing.text((MARGIN, y), line, Pen::new(TITLE, INK).bold());
        y += TITLE * 1.25;
    }
    y -= TITLE * 1.25 - SUBTITLE * 1.75;
    for line in font::wrapped(&words.subtitle, SUBTITLE, false, room).into_iter().take(2) {
        drawing.text((MARGIN, y), line, Pen::new(SUBTITLE, PENCIL));
        y += SUBTITLE * 1.4;
    }
    y = key(&mut drawing, keys, y + 6.0);
    let lines = font::wrapped(&words.caption, CAPTION, false, room);
    let lines = &lines[..lines.len().min(4)];
    let foot = SIZE.1 - MARGIN * 0.7 - CAPTION * 1.35 * lines.len() as f64;
    for (i, line) in lines.iter().enumerate() {
        drawing.text((MARGIN, foot + CAPTION * 1.35 * (i as f64 + 0.8)), line, Pen::new(CAPTION, PENCIL));
    }
    (drawing, Rect { left: MARGIN, top: y + 10.0, right: SIZE.0 - MARGIN, bottom: foot - 8.0 })
}

/// Draws the key in rows; returns where the last row ends.
fn key(drawing: &mut Drawing, keys: &[Key], y: f64) -> f64 {
    let (mut x, mut y) = (MARGIN, y);
    for entry in keys {
        let width = 34.0 + font::width(&entry.text, LABEL, false) + 26.0;
        if x > MARGIN && x + width - 26.0 > SIZE.0 - MARGIN {
            (x, y) = (MARGIN, y + LABEL * 1.5);
        }
        let middle = y - LABEL * 0.36;
        let line = vec![(x, middle), (x + 26.0, middle)];
        match entry.mark {
            Mark::Block => drawing.block((x, middle - 6.0), (x + 26.0, middle + 6.0), entry.colour),
            Mark::Line => drawing.line(line, entry.colour, 3.0),
            Mark::Thin => drawing.line(line, entry.colour, 1.2),
            Mark::Goal => drawing.dashed(line, entry.colour, 1.8, GOAL_DASH),
            Mark::Fine => drawing.dashed(line, entry.colour, 2.4, FINE_DASH),
        }
        drawing.text((x + 34.0, y), entry.text.clone(), Pen::new(LABEL, PENCIL));
        x += width;
    }
    y
}

/// The plotting area of a panel: from numbers to places.
#[derive(Clone, Debug)]
pub(super) struct Panel {
    /// Inside of the axes.
    pub(super) rect: Rect,
    /// Numbers at the left and right edge.
    pub(super) across: (f64, f64),
    /// The vertical axis.
    pub(super) up: Ticks,
}

impl Panel {
    /// The place of `x`.
    pub(super) fn x(&self, x: f64) -> f64 {
        let (low, high) = self.across;
        self.rect.left + (x - low) / (high - low) * (self.rect.right - self.rect.left)
    }

    /// The place of `y`, cut at the panel's edges.
    pub(super) fn y(&self, y: f64) -> f64 {
        let place = self.rect.bottom
            - (y - self.up.low) / (self.up.high - self.up.low) * (self.rect.bottom - self.rect.top);
        place.clamp(self.rect.top, self.rect.bottom)
    }

    /// The place of a point.
    pub(super) fn at(&self, x: f64, y: f64) -> Point {
        (self.x(x), self.y(y))
    }

    /// How a label at the place `x` is anchored, so that it stays inside.
    pub(super) fn anchor(&self, x: f64) -> Anchor {
        if x < self.rect.left + 70.0 {
            Anchor::Start
        } else if x > self.rect.right - 70.0 {
            Anchor::End
        } else {
            Anchor::Middle
        }
    }

    /// Horizontal grid lines with a label each, and the axis' name above its upper end.
    pub(super) fn rule(&self, drawing: &mut Drawing, name: &str, label: impl Fn(f64) -> String) {
        for mark in self.up.marks() {
            let y = self.y(mark);
            drawing.line(vec![(self.rect.left, y), (self.rect.right, y)], GRID, 1.0);
            let pen = Pen::new(LABEL, PENCIL).anchored(Anchor::End);
            drawing.text((self.rect.left - 9.0, y + LABEL * 0.36), label(mark), pen);
        }
        drawing.text((MARGIN, self.rect.top - 12.0), name, Pen::new(LABEL, INK));
    }

    /// The base line.
    pub(super) fn floor(&self, drawing: &mut Drawing) {
        let Rect { left, right, bottom, .. } = self.rect;
        drawing.line(vec![(left, bottom), (right, bottom)], PENCIL, 1.2);
    }

    /// A short stroke below the base line at `x`, with its label.
    pub(super) fn notch(&self, drawing: &mut Drawing, x: f64, label: &str) {
        let (x, y) = (self.x(x), self.rect.bottom);
        drawing.line(vec![(x, y), (x, y + 5.0)], PENCIL, 1.2);
        drawing.text((x, y + 8.0 + LABEL), label, Pen::new(LABEL, PENCIL).anchored(Anchor::Middle));
    }

    /// What the horizontal axis shows, below its labels.
    pub(super) fn name_across(&self, drawing: &mut Drawing, name: &str) {
        let middle = f64::midpoint(self.rect.left, self.rect.right);
        let pen = Pen::new(LABEL, INK).anchored(Anchor::Middle);
        drawing.text((middle, self.rect.bottom + 12.0 + 2.3 * LABEL), name, pen);
    }

    /// A dashed line across at a goal.
    pub(super) fn goal_line(&self, drawing: &mut Drawing, goal: f64) {
        let y = self.y(goal);
        drawing.dashed(vec![(self.rect.left, y), (self.rect.right, y)], INK, 1.8, GOAL_DASH);
    }
}

impl Rect {
    /// The room inside, once the given margins are taken off.
    pub(super) fn inset(self, left: f64, top: f64, right: f64, bottom: f64) -> Self {
        Self {
            left: self.left + left,
            top: self.top + top,
            right: self.right - right,
            bottom: self.bottom - bottom,
        }
    }
}

/// A sheet that says why there is nothing to draw.
pub(super) fn empty(words: &Words, why: &str) -> Drawing {
    let (mut drawing, room) = sheet(words, &[]);
    let middle = (f64::midpoint(room.left, room.right), f64::midpoint(room.top, room.bottom));
    drawing.text(middle, why, Pen::new(SUBTITLE, PENCIL).anchored(Anchor::Middle));
    drawing
}
