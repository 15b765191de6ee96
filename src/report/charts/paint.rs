//! A drawing put on a plotters drawing area, be it a file of shapes or a field of pixels.

use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, DrawingAreaErrorKind};
use plotters::element::{Circle, DashedPathElement, PathElement, Polygon, Rectangle, Text};
use plotters::prelude::DrawingBackend;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color as _, ShapeStyle, TextStyle};

use super::canvas::{Anchor, Drawing, Pen, Point, Shape};
use super::font;
use super::style::{Colour, HALO};

/// What lies behind the area, because plotters treats strokes and letters differently on each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Medium {
    /// Shapes: whoever shows them makes the strokes and sets the letters.
    Shapes,
    /// Pixels: plotters' strokes have holes where they overlap themselves, so they are drawn piece by piece; its
    /// lines of text lose the space on the left of every letter, so each letter is put in its place.
    Pixels,
}

/// How drawing ends.
type Painted<DB> = Result<(), DrawingAreaErrorKind<<DB as DrawingBackend>::ErrorType>>;

/// Draws everything, as large as the area is wide.
pub(super) fn paint<DB: DrawingBackend>(
    area: &DrawingArea<DB, Shift>,
    drawing: &Drawing,
    medium: Medium,
) -> Painted<DB> {
    let scale = f64::from(area.dim_in_pixel().0) / drawing.width;
    let sheet = Sheet { area, scale, medium };
    for shape in &drawing.shapes {
        match shape {
            Shape::Block { corners, colour } => {
                area.draw(&Rectangle::new(corners.map(|at| sheet.at(at)), colour.filled()))?;
            }
            Shape::Area { points, colour } => area.draw(&Polygon::new(sheet.all(points), colour))?,
            Shape::Line { points, colour, width, dash } => {
                let style = colour.stroke_width(sheet.pixels(*width).max(1) as u32);
                match dash {
                    Some((on, off)) => {
                        let (on, off) = (sheet.pixels(*on), sheet.pixels(*off));
                        area.draw(&DashedPathElement::new(sheet.all(points), on, off, style))?;
                    }
                    None => sheet.line(&sheet.all(points), style)?,
                }
            }
            Shape::Dot { at, radius, colour } => {
                area.draw(&Circle::new(sheet.at(*at), sheet.pixels(*radius), colour.filled()))?;
            }
            Shape::Text { at, text, pen } => sheet.text(*at, text, *pen)?,
        }
    }
    area.present()
}

/// An area with its scale: plotters knows whole pixels only, so the scale is what makes places exact.
struct Sheet<'a, DB: DrawingBackend> {
    area: &'a DrawingArea<DB, Shift>,
    scale: f64,
    medium: Medium,
}

impl<DB: DrawingBackend> Sheet<'_, DB> {
    fn pixels(&self, length: f64) -> i32 {
        (length * self.scale).round() as i32
    }

    fn at(&self, (x, y): Point) -> (i32, i32) {
        (self.pixels(x), self.pixels(y))
    }

    fn all(&self, points: &[Point]) -> Vec<(i32, i32)> {
        points.iter().map(|at| self.at(*at)).collect()
    }

    /// An unbroken line.
    fn line(&self, points: &[(i32, i32)], style: ShapeStyle) -> Painted<DB> {
        if self.medium == Medium::Shapes {
            return self.area.draw(&PathElement::new(points, style));
        }
        for piece in points.windows(2) {
            self.area.draw(&PathElement::new(piece, style))?;
        }
        let joints = points.get(1..points.len().saturating_sub(1)).unwrap_or_default();
        let radius = style.stroke_width as i32 / 2;
        joints.iter().try_for_each(|joint| self.area.draw(&Circle::new(*joint, radius, style.filled())))
    }

    /// A line of text, in front of its halo.
    fn text(&self, (x, y): Point, text: &str, pen: Pen) -> Painted<DB> {
        if let Some(halo) = pen.halo {
            for (dx, dy) in HALO {
                self.letters((x + dx, y + dy), text, pen, halo)?;
            }
        }
        self.letters((x, y), text, pen, pen.colour)
    }

    fn letters(&self, at: Point, text: &str, pen: Pen, colour: Colour) -> Painted<DB> {
        match self.medium {
            Medium::Shapes => self.line_of_text(at, text, pen, colour),
            Medium::Pixels => self.single_letters(at, text, pen, colour),
        }
    }

    /// Plotters' SVG divides sizes by 1.24 and lowers text by 0.76 em below its upper end.
    fn line_of_text(&self, (x, y): Point, text: &str, pen: Pen, colour: Colour) -> Painted<DB> {
        let anchor = match pen.anchor {
            Anchor::Start => HPos::Left,
            Anchor::Middle => HPos::Center,
            Anchor::End => HPos::Right,
        };
        let font = font::desc(pen.size * self.scale * 1.24, pen.bold);
        let style = TextStyle::from(font).color(&colour).pos(Pos::new(anchor, VPos::Top));
        self.area.draw(&Text::new(text, self.at((x, y - 0.76 * pen.size)), style))
    }

    /// Plotters' bitmaps measure sizes as `ab_glyph` does, begin every letter at its leftmost pixel and draw it half a
    /// size below where they are told to.
    fn single_letters(&self, (x, y): Point, text: &str, pen: Pen, colour: Colour) -> Painted<DB> {
        let size = font::height(pen.size * self.scale, pen.bold);
        let (letters, width) = font::placed(text, size, pen.bold);
        let start = x * self.scale
            - match pen.anchor {
                Anchor::Start => 0.0,
                Anchor::Middle => width / 2.0,
                Anchor::End => width,
            };
        let style = TextStyle::from(font::desc(size, pen.bold)).color(&colour);
        for (letter, along) in letters {
            let (right, down) = font::corner(letter, size, pen.bold);
            let lowered = (size as f32 / 2.0 + down as f32).trunc();
            let (left, top) =
                (start + along + f64::from(right), y * self.scale + f64::from(down) - f64::from(lowered));
            let at = (left.round() as i32, top.round() as i32);
            self.area.draw(&Text::new(letter.encode_utf8(&mut [0; 4]), at, style.clone()))?;
        }
        Ok(())
    }
}
