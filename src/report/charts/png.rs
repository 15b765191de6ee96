//! A drawing as PNG: every shape is filled with its exact coverage of each pixel, so that edges and letters are smooth.

use ab_glyph::{Font, GlyphId, ScaleFont};
use ab_glyph_rasterizer::{Rasterizer, point};

use super::canvas::{Anchor, Drawing, Pen, Point, Shape};
use super::font;
use super::style::{Colour, PAPER, PNG_SCALE};

/// Sides of the polygon that stands for a circle.
const CIRCLE: usize = 24;

/// The drawing as a PNG file, `PNG_SCALE` pixels for every pixel of the SVG; empty if it could not be encoded.
pub(super) fn png(drawing: &Drawing) -> Vec<u8> {
    let mut sheet = Sheet::new(drawing.width * PNG_SCALE, drawing.height * PNG_SCALE);
    for shape in &drawing.shapes {
        match shape {
            Shape::Area { points, colour } => sheet.fill(&[scaled(points)], *colour),
            Shape::Line { points, colour, width, dash } => {
                let dash: Vec<f64> = dash.iter().map(|length| length * PNG_SCALE).collect();
                sheet.fill(&stroke(&scaled(points), width * PNG_SCALE, &dash), *colour);
            }
            Shape::Dot { at, radius, colour } => {
                sheet.fill(&[circle(scaled(&[*at])[0], radius * PNG_SCALE)], *colour);
            }
            Shape::Text { at, text, pen } => sheet.write(scaled(&[*at])[0], text, *pen),
        }
    }
    sheet.encoded().unwrap_or_default()
}

fn scaled(points: &[Point]) -> Vec<Point> {
    points.iter().map(|(x, y)| (x * PNG_SCALE, y * PNG_SCALE)).collect()
}

/// Pixels, three bytes each.
struct Sheet {
    width: usize,
    height: usize,
    pixels: Vec<u8>,
}

impl Sheet {
    fn new(width: f64, height: f64) -> Self {
        let (width, height) = (width.round() as usize, height.round() as usize);
        Self { width, height, pixels: [PAPER.0, PAPER.1, PAPER.2].repeat(width * height) }
    }

    /// Fills the union of polygons that all turn the same way.
    fn fill(&mut self, polygons: &[Vec<Point>], colour: Colour) {
        let all = || polygons.iter().flatten();
        let reach = |pick: fn(&Point) -> f64, limit: usize| {
            let low = all().map(pick).fold(f64::INFINITY, f64::min).floor().clamp(0.0, limit as f64);
            let high = all().map(pick).fold(f64::NEG_INFINITY, f64::max).ceil().clamp(0.0, limit as f64);
            (low as usize, high as usize)
        };
        let ((left, right), (top, bottom)) = (reach(|p| p.0, self.width), reach(|p| p.1, self.height));
        if left >= right || top >= bottom {
            return;
        }
        let mut raster = Rasterizer::new(right - left, bottom - top);
        let shifted = |p: Point| point((p.0 - left as f64) as f32, (p.1 - top as f64) as f32);
        for polygon in polygons {
            for (i, &from) in polygon.iter().enumerate() {
                raster.draw_line(shifted(from), shifted(polygon[(i + 1) % polygon.len()]));
            }
        }
        raster
            .for_each_pixel_2d(|x, y, cover| self.blend(left + x as usize, top + y as usize, colour, cover));
    }

    /// Lays `cover` of a colour over one pixel.
    fn blend(&mut self, x: usize, y: usize, colour: Colour, cover: f32) {
        if x >= self.width || y >= self.height {
            return;
        }
        let cover = cover.clamp(0.0, 1.0);
        let pixel = &mut self.pixels[(y * self.width + x) * 3..][..3];
        for (old, new) in pixel.iter_mut().zip([colour.0, colour.1, colour.2]) {
            *old = (f32::from(*old) + (f32::from(new) - f32::from(*old)) * cover).round() as u8;
        }
    }

    fn write(&mut self, (x, y): Point, text: &str, pen: Pen) {
        let (glyphs, width) = font::placed(text, pen.size * PNG_SCALE, pen.bold);
        let start = match pen.anchor {
            Anchor::Start => x,
            Anchor::Middle => x - width / 2.0,
            Anchor::End => x - width,
        };
        if let Some(halo) = pen.halo {
            for (dx, dy) in circle((start, y), 1.8 * PNG_SCALE) {
                self.letters((dx, dy), &glyphs, pen, halo);
            }
        }
        self.letters((start, y), &glyphs, pen, pen.colour);
    }

    fn letters(&mut self, (x, y): Point, glyphs: &[(GlyphId, f32)], pen: Pen, colour: Colour) {
        let Some(face) = font::face(pen.bold) else { return };
        let scaled = face.as_scaled(font::scale_of(face, pen.size * PNG_SCALE));
        for (id, along) in glyphs {
            let glyph = id.with_scale_and_position(scaled.scale(), point(x as f32 + along, y as f32));
            let Some(outline) = scaled.outline_glyph(glyph) else { continue };
            let corner = outline.px_bounds().min;
            outline.draw(|px, py, cover| {
                let (px, py) = (f64::from(corner.x) + f64::from(px), f64::from(corner.y) + f64::from(py));
                if px >= 0.0 && py >= 0.0 {
                    self.blend(px as usize, py as usize, colour, cover);
                }
            });
        }
    }

    fn encoded(&self) -> Result<Vec<u8>, png::EncodingError> {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, self.width as u32, self.height as u32);
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_depth(png::BitDepth::Eight);
        // Flat colours repeat byte by byte; filters would only break them up.
        encoder.set_filter(png::FilterType::NoFilter);
        encoder.set_compression(png::Compression::Default);
        encoder.write_header()?.write_image_data(&self.pixels)?;
        Ok(bytes)
    }
}

/// A regular polygon that turns as [`slab`] does.
fn circle((x, y): Point, radius: f64) -> Vec<Point> {
    let corner = |k: usize| {
        let angle = std::f64::consts::TAU * k as f64 / CIRCLE as f64;
        (x + radius * libm::cos(angle), y - radius * libm::sin(angle))
    };
    (0..CIRCLE).map(corner).collect()
}

/// The rectangle around one straight piece of line.
fn slab(from: Point, to: Point, width: f64) -> Option<Vec<Point>> {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let length = (dx * dx + dy * dy).sqrt();
    let (nx, ny) = (dy / length * width / 2.0, -dx / length * width / 2.0);
    let corners = vec![
        (from.0 - nx, from.1 - ny),
        (to.0 - nx, to.1 - ny),
        (to.0 + nx, to.1 + ny),
        (from.0 + nx, from.1 + ny),
    ];
    (length > 1e-9).then_some(corners)
}

/// Whether a line changes its direction at `middle` by more than a degree or so.
fn turns(before: Point, middle: Point, after: Point) -> bool {
    let (a, b) = ((middle.0 - before.0, middle.1 - before.1), (after.0 - middle.0, after.1 - middle.1));
    let (cross, dot) = (a.0 * b.1 - a.1 * b.0, a.0 * b.0 + a.1 * b.1);
    cross.abs() > 0.02 * dot.abs() || dot < 0.0
}

/// A line as polygons: a rectangle for each piece, a disc at each joint of an unbroken line.
fn stroke(points: &[Point], width: f64, dash: &[f64]) -> Vec<Vec<Point>> {
    let mut polygons = Vec::new();
    let mut left = dash.first().copied().unwrap_or(f64::INFINITY);
    let (mut phase, mut on) = (0, true);
    for (i, pair) in points.windows(2).enumerate() {
        let (mut from, to) = (pair[0], pair[1]);
        if i > 0 && dash.is_empty() && width > 2.0 && turns(points[i - 1], from, to) {
            polygons.push(circle(from, width / 2.0));
        }
        loop {
            let rest = ((to.0 - from.0).powi(2) + (to.1 - from.1).powi(2)).sqrt();
            let step = rest.min(left);
            let part = if rest > 0.0 { step / rest } else { 1.0 };
            let next = (from.0 + (to.0 - from.0) * part, from.1 + (to.1 - from.1) * part);
            if on {
                polygons.extend(slab(from, next, width));
            }
            left -= step;
            from = next;
            if left > 0.0 {
                break;
            }
            phase += 1;
            on = !on;
            left = dash[phase % dash.len()];
        }
    }
    polygons
}
