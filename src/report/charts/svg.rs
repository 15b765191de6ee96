//! A drawing as SVG: text stays text, so that it can be searched and read aloud.

use plotters::backend::SVGBackend;
use plotters::drawing::IntoDrawingArea;

use super::canvas::Drawing;
use super::paint::{Medium, paint};

/// Plotters' whole pixels for every pixel of ours.
const FINENESS: f64 = 10.0;

/// The drawing as an SVG document; empty if plotters could not draw it.
pub(super) fn svg(drawing: &Drawing) -> String {
    let (width, height) = (drawing.width, drawing.height);
    let fine = ((width * FINENESS) as u32, (height * FINENESS) as u32);
    let mut text = String::new();
    let painted = {
        let area = SVGBackend::with_string(&mut text, fine).into_drawing_area();
        paint(&area, drawing, Medium::Shapes)
    };
    // The first line is ours: shown at our size, with a title for those who cannot see it.
    let (Ok(()), Some((_, shapes))) = (painted, text.split_once('\n')) else { return String::new() };
    let title = drawing.title.replace('&', "&amp;").replace('<', "&lt;");
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {} {}\" \
         role=\"img\" stroke-linejoin=\"round\">\n<title>{title}</title>\n{shapes}",
        fine.0, fine.1,
    )
}
