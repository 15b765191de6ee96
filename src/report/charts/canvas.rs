//! What a chart is made of, before plotters turns it into SVG or PNG: filled areas, lines, dots and text, in the order drawn.
//!
//! Coordinates are SVG pixels from the upper left corner.

use super::style::{Colour, PAPER, SIZE};

/// A finished drawing.
#[derive(Clone, Debug)]
pub(super) struct Drawing {
    /// Width, px.
    pub(super) width: f64,
    /// Height, px.
    pub(super) height: f64,
    /// What it shows, for those who cannot see it.
    pub(super) title: String,
    /// From back to front.
    pub(super) shapes: Vec<Shape>,
}

/// A point on the sheet.
pub(super) type Point = (f64, f64);

/// Lengths of a dash and of the gap behind it.
pub(super) type Dash = (f64, f64);

/// One thing drawn.
#[derive(Clone, Debug)]
pub(super) enum Shape {
    /// A filled rectangle between two corners.
    Block { corners: [Point; 2], colour: Colour },
    /// A filled polygon.
    Area { points: Vec<Point>, colour: Colour },
    /// A line through points, unbroken or with dashes.
    Line { points: Vec<Point>, colour: Colour, width: f64, dash: Option<Dash> },
    /// A filled circle.
    Dot { at: Point, radius: f64, colour: Colour },
    /// A line of text; `at` is on its base line.
    Text { at: Point, text: String, pen: Pen },
}

/// How text is written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pen {
    /// Size of the em, px.
    pub(super) size: f64,
    /// Whether it is bold.
    pub(super) bold: bool,
    /// Its colour.
    pub(super) colour: Colour,
    /// Which part of the text stands at the given place.
    pub(super) anchor: Anchor,
    /// Drawn around the letters, so that they can be read across lines.
    pub(super) halo: Option<Colour>,
}

/// Which part of a text stands at its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    /// Its beginning.
    Start,
    /// Its middle.
    Middle,
    /// Its end.
    End,
}

impl Pen {
    /// A plain pen that writes from its place to the right.
    pub(super) const fn new(size: f64, colour: Colour) -> Self {
        Self { size, bold: false, colour, anchor: Anchor::Start, halo: None }
    }

    /// The same, bold.
    pub(super) const fn bold(self) -> Self {
        Self { bold: true, ..self }
    }

    /// The same, with another part of the text at its place.
    pub(super) const fn anchored(self, anchor: Anchor) -> Self {
        Self { anchor, ..self }
    }

    /// The same, with a halo.
    pub(super) const fn on(self, ground: Colour) -> Self {
        Self { halo: Some(ground), ..self }
    }
}

impl Drawing {
    /// A white sheet of the usual size.
    pub(super) fn new(title: &str) -> Self {
        let (width, height) = SIZE;
        let mut sheet = Self { width, height, title: printable(title), shapes: Vec::new() };
        sheet.block((0.0, 0.0), SIZE, PAPER);
        sheet
    }

    /// A filled polygon.
    pub(super) fn area(&mut self, points: Vec<Point>, colour: Colour) {
        if points.len() > 2 {
            self.shapes.push(Shape::Area { points, colour });
        }
    }

    /// A filled rectangle between two corners.
    pub(super) fn block(&mut self, from: Point, to: Point, colour: Colour) {
        self.shapes.push(Shape::Block { corners: [from, to], colour });
    }

    /// An unbroken line.
    pub(super) fn line(&mut self, points: Vec<Point>, colour: Colour, width: f64) {
        if points.len() > 1 {
            self.shapes.push(Shape::Line { points, colour, width, dash: None });
        }
    }

    /// A line with dashes.
    pub(super) fn dashed(&mut self, points: Vec<Point>, colour: Colour, width: f64, dash: Dash) {
        if points.len() > 1 {
            self.shapes.push(Shape::Line { points, colour, width, dash: Some(dash) });
        }
    }

    /// A filled circle.
    pub(super) fn dot(&mut self, at: Point, radius: f64, colour: Colour) {
        self.shapes.push(Shape::Dot { at, radius, colour });
    }

    /// A line of text.
    pub(super) fn text(&mut self, at: Point, text: impl AsRef<str>, pen: Pen) {
        self.shapes.push(Shape::Text { at, text: printable(text.as_ref()), pen });
    }
}

/// Text as it can be drawn and as XML allows it: other letters become the replacement character.
fn printable(text: &str) -> String {
    let letter = |letter: char| match letter {
        '\t' | '\n' | '\r' => ' ',
        c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => '\u{fffd}',
        c => c,
    };
    text.chars().map(letter).collect()
}
