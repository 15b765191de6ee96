//! A drawing as SVG: text stays text, so that it can be searched and read aloud.

use std::fmt::Write as _;

use super::canvas::{Anchor, Drawing, Pen, Point, Shape};
use crate::report::words::trimmed;

/// The drawing as an SVG document.
pub(super) fn svg(drawing: &Drawing) -> String {
    let (w, h) = (drawing.width, drawing.height);
    let title = escaped(&drawing.title);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}\" height=\"{h}\" viewBox=\"0 0 {w} {h}\" role=\"img\" \
         font-family=\"'DejaVu Sans', Verdana, sans-serif\">\n<title>{title}</title>\n"
    );
    for shape in &drawing.shapes {
        out.push_str(&element(shape));
    }
    out.push_str("</svg>\n");
    out
}

fn element(shape: &Shape) -> String {
    match shape {
        Shape::Area { points, colour } => {
            format!("<polygon points=\"{}\" fill=\"{}\"/>\n", joined(points), colour.hex())
        }
        Shape::Line { points, colour, width, dash } => {
            let dashes = dash.iter().map(|&length| trimmed(length, 2)).collect::<Vec<_>>().join(" ");
            let dashes = if dash.is_empty() { dashes } else { format!(" stroke-dasharray=\"{dashes}\"") };
            format!(
                "<polyline points=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"{}\" stroke-linejoin=\"round\"{dashes}/>\n",
                joined(points),
                colour.hex(),
                trimmed(*width, 2),
            )
        }
        Shape::Dot { at: (x, y), radius, colour } => {
            let [x, y, r] = [*x, *y, *radius].map(|v| trimmed(v, 2));
            format!("<circle cx=\"{x}\" cy=\"{y}\" r=\"{r}\" fill=\"{}\"/>\n", colour.hex())
        }
        Shape::Text { at, text, pen } => written(*at, text, *pen),
    }
}

fn written((x, y): Point, text: &str, pen: Pen) -> String {
    let [x, y, size] = [x, y, pen.size].map(|v| trimmed(v, 2));
    let mut out = format!("<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\" fill=\"{}\"", pen.colour.hex());
    out.push_str(match pen.anchor {
        Anchor::Start => "",
        Anchor::Middle => " text-anchor=\"middle\"",
        Anchor::End => " text-anchor=\"end\"",
    });
    if pen.bold {
        out.push_str(" font-weight=\"bold\"");
    }
    if let Some(halo) = pen.halo {
        let _ = write!(
            out,
            " stroke=\"{}\" stroke-width=\"4\" stroke-linejoin=\"round\" paint-order=\"stroke\"",
            halo.hex()
        );
    }
    let _ = writeln!(out, ">{}</text>", escaped(text));
    out
}

fn joined(points: &[Point]) -> String {
    points.iter().map(|(x, y)| format!("{},{}", trimmed(*x, 2), trimmed(*y, 2))).collect::<Vec<_>>().join(" ")
}

/// Text as XML allows it: what no XML document may hold becomes the replacement character.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(' '),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}
