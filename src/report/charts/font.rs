//! The font inside the binary, so that a chart looks the same on every machine: DejaVu Sans.

use std::sync::OnceLock;

use ab_glyph::{Font, FontRef, GlyphId, ScaleFont};

/// The regular or the bold face; nothing only if the bytes in the binary are not a font.
pub(super) fn face(bold: bool) -> Option<&'static FontRef<'static>> {
    static FACES: OnceLock<[Option<FontRef<'static>>; 2]> = OnceLock::new();
    let faces = FACES.get_or_init(|| {
        [dejavu::sans::regular(), dejavu::sans::bold()].map(|bytes| FontRef::try_from_slice(bytes).ok())
    });
    faces[usize::from(bold)].as_ref()
}

/// `ab_glyph` measures a face from its highest to its lowest point; we, as browsers do, by its em.
pub(super) fn scale_of(face: &FontRef<'_>, em: f64) -> f32 {
    let per_em = face.units_per_em().unwrap_or(2048.0);
    em as f32 * face.height_unscaled() / per_em
}

/// Glyphs of a line of text with the place of each, from the left end.
pub(super) fn placed(text: &str, em: f64, bold: bool) -> (Vec<(GlyphId, f32)>, f64) {
    let Some(face) = face(bold) else { return (Vec::new(), 0.0) };
    let scaled = face.as_scaled(scale_of(face, em));
    let (mut x, mut before, mut glyphs) = (0.0, None, Vec::new());
    for letter in text.chars() {
        let id = scaled.glyph_id(letter);
        x += before.map_or(0.0, |before| scaled.kern(before, id));
        glyphs.push((id, x));
        x += scaled.h_advance(id);
        before = Some(id);
    }
    (glyphs, f64::from(x))
}

/// Width of a line of text, px.
pub(super) fn width(text: &str, em: f64, bold: bool) -> f64 {
    placed(text, em, bold).1
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
