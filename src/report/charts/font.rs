//! The font inside the binary, so that a chart looks the same on every machine: DejaVu Sans.

use std::sync::OnceLock;

use ab_glyph::{Font, FontRef, ScaleFont};
use plotters::style::{FontDesc, FontFamily, FontStyle, register_font};

/// What plotters calls the font; in an SVG it also says what stands in for it.
const FAMILY: &str = "'DejaVu Sans', Verdana, sans-serif";

/// The regular or the bold face, made known to plotters; nothing only if the bytes in the binary are not a font.
fn face(bold: bool) -> Option<&'static FontRef<'static>> {
    static FACES: OnceLock<[Option<FontRef<'static>>; 2]> = OnceLock::new();
    let faces = FACES.get_or_init(|| {
        let known = |style, bytes| {
            register_font(FAMILY, style, bytes).ok().and_then(|()| FontRef::try_from_slice(bytes).ok())
        };
        [known(FontStyle::Normal, dejavu::sans::regular()), known(FontStyle::Bold, dejavu::sans::bold())]
    });
    faces[usize::from(bold)].as_ref()
}

/// The font as plotters draws it.
pub(super) fn desc(size: f64, bold: bool) -> FontDesc<'static> {
    face(bold); // makes it known first
    let style = if bold { FontStyle::Bold } else { FontStyle::Normal };
    FontDesc::new(FontFamily::Name(FAMILY), size, style)
}

/// From the highest to the lowest point of the face, by which `ab_glyph` measures; we, as browsers do, use the em.
pub(super) fn height(em: f64, bold: bool) -> f64 {
    let per_em = face(bold).and_then(|face| Some(face.height_unscaled() / face.units_per_em()?));
    em * f64::from(per_em.unwrap_or(1.0))
}

/// The letters of a line of text of this height with the place of each, from the left end; and the width of all.
pub(super) fn placed(text: &str, height: f64, bold: bool) -> (Vec<(char, f64)>, f64) {
    let Some(face) = face(bold) else { return (Vec::new(), 0.0) };
    let scaled = face.as_scaled(height as f32);
    let (mut x, mut before, mut letters) = (0.0, None, Vec::new());
    for letter in text.chars() {
        let id = scaled.glyph_id(letter);
        x += before.map_or(0.0, |before| scaled.kern(before, id));
        letters.push((letter, f64::from(x)));
        x += scaled.h_advance(id);
        before = Some(id);
    }
    (letters, f64::from(x))
}

/// Where the upper left pixel of a letter lies, seen from its place on the base line.
pub(super) fn corner(letter: char, height: f64, bold: bool) -> (i32, i32) {
    let outline = face(bold).and_then(|face| {
        let scaled = face.as_scaled(height as f32);
        scaled.outline_glyph(scaled.scaled_glyph(letter))
    });
    outline.map_or((0, 0), |outline| {
        let corner = outline.px_bounds().min;
        (corner.x as i32, corner.y as i32)
    })
}

/// Width of a line of text, px.
pub(super) fn width(text: &str, em: f64, bold: bool) -> f64 {
    placed(text, height(em, bold), bold).1
}

/// Text broken between words into lines no wider than `most` px; a single longer word stays whole.
pub(super) fn wrapped(text: &str, em: f64, bold: bool, most: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if width(&format!("{line} {word}"), em, bold) <= most => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}
