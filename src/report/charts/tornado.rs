//! What would change an answer, or a figure: how far each thing moves it if it turns out otherwise, the widest first.

use super::canvas::Drawing;
use super::font;
use super::frame::{self, Key, Mark, Words};
use super::rows::Rows;
use super::style::{LABEL, MAIN_LIGHT, SECOND};
use crate::model::Model;
use crate::plan::why::{Needed, Swing, Why};
use crate::report::assumed;
use crate::report::compare::Comparison;
use crate::report::moved::{self, Moved};
use crate::report::words::{hours, trimmed};

/// About as wide as the bars' room, px.
const ROOM: f64 = 620.0;

/// One thing that was turned.
struct Bar {
    /// "volume ± 10%".
    name: String,
    /// With less and with more of it: the change, and how it is written beside the bar.
    ends: [Option<(f64, String)>; 2],
}

/// The hours that a plan takes when one thing turns out otherwise; says so where nothing was turned.
pub(super) fn draw(model: &Model, why: &Why) -> Drawing {
    let now = why.needed.scheduled_hours;
    let by = |needed: &Option<Needed>| needed.as_ref().map(|needed| needed.scheduled_hours - now);
    let width = |swing: &Swing| {
        [by(&swing.less), by(&swing.more)].into_iter().flatten().map(f64::abs).fold(0.0, f64::max)
    };
    let mut swings: Vec<&Swing> = why.levers.iter().collect();
    swings.sort_by(|a, b| width(b).total_cmp(&width(a)));
    let bar = |swing: &&Swing| Bar {
        name: format!("{} ± {}", swing.of, swing.by),
        ends: [&swing.less, &swing.more].map(|end| by(end).map(|change| (change, signed(change)))),
    };
    let bars: Vec<Bar> = swings.iter().map(bar).collect();
    let words = words(model, why, swings.first().copied().filter(|swing| width(swing) > 0.0));
    bars_of(&words, &bars, "scheduled agent hours a day, against the plan", signed)
}

/// What moves a figure of a scenario that was played with everything turned down and up.
pub(super) fn draw_moved(found: &Comparison, one: &Moved) -> Drawing {
    let bar = |row: &moved::Row| Bar {
        name: format!("{} ± {}", row.of, row.by),
        ends: row.ends.map(|end| end.filter(|e| e.mean.is_finite()).map(|e| (e.mean, one.change(e)))),
    };
    let bars: Vec<Bar> = one.rows.iter().map(bar).collect();
    let unit = if one.is_share { "points" } else { "seconds" };
    let axis = format!("{unit} of \"{}\", against the scenario as it stands", one.what);
    bars_of(&moved_words(found, one), &bars, &axis, |x| one.mark(x))
}

fn bars_of(words: &Words, bars: &[Bar], axis: &str, mark: impl Fn(f64) -> String) -> Drawing {
    if bars.is_empty() {
        return frame::empty(words, "Nothing was turned down or up.");
    }
    let ends = || bars.iter().flat_map(|bar| bar.ends.iter().flatten());
    if ends().count() > 0 && ends().all(|end| end.0 == 0.0) {
        return frame::empty(words, "No change by anything that was turned down or up.");
    }
    let keys = [
        Key::new(Mark::Block, MAIN_LIGHT, "with less of it"),
        Key::new(Mark::Block, SECOND, "with more of it"),
    ];
    let (mut drawing, room) = frame::sheet(words, &keys);
    let names: Vec<String> = bars.iter().map(|bar| bar.name.clone()).collect();
    let rows = Rows::new(&mut drawing, room, &names, range(bars), axis, mark);
    for (k, bar) in bars.iter().enumerate() {
        let mut moved = false;
        for (end, colour) in bar.ends.iter().zip([MAIN_LIGHT, SECOND]) {
            if let Some((change, text)) = end.as_ref().filter(|end| end.0 != 0.0) {
                rows.bar(&mut drawing, k, 0.0, *change, colour);
                rows.beside(&mut drawing, k, *change, text, *change > 0.0);
                moved = true;
            }
        }
        if !moved {
            rows.beside(&mut drawing, k, 0.0, "no change", true);
        }
    }
    rows.upright(&mut drawing, 0.0);
    drawing
}

/// From the lowest to the highest end, with room for the words beside it.
fn range(bars: &[Bar]) -> (f64, f64) {
    let ends = || bars.iter().flat_map(|bar| bar.ends.iter().flatten());
    let (low, high) = ends().fold((0.0_f64, 0.0_f64), |(l, h), end| (l.min(end.0), h.max(end.0)));
    let widest = ends().map(|end| font::width(&end.1, LABEL, false) + 12.0).fold(0.0, f64::max);
    let pad = (high - low).max(1e-9) * (widest / ROOM).max(0.08);
    (low - if low < 0.0 { pad } else { 0.0 }, high + (high - low).max(1e-9) * 0.08)
}

fn signed(x: f64) -> String {
    let text = trimmed(x, 1).replace('-', "−");
    if x > 0.0 { format!("+{text}") } else { text }
}

fn words(model: &Model, why: &Why, first: Option<&Swing>) -> Words {
    let title = first.map_or_else(
        || "What would change the answer".to_owned(),
        |swing| {
            format!(
                "The answer, {} hours a day, hangs most on {}",
                hours(why.needed.scheduled_hours),
                swing.of
            )
        },
    );
    let subtitle = "Planned again with less and with more of one thing, all else as it is".to_owned();
    let caption = format!("{} {}", assumed::run(model, &why.answer.outcome), assumed::queues(model));
    Words { title, subtitle, caption }
}

fn moved_words(found: &Comparison, one: &Moved) -> Words {
    let first = one.rows.first().filter(|row| row.width() > 0.0);
    let hangs = first.map_or_else(
        || "nothing that was turned moves it".to_owned(),
        |row| format!("hangs most on {}", row.of),
    );
    let title = format!("{}, {} as it stands: {hangs}", one.what, one.now);
    let subtitle =
        "Played again with less and with more of one thing, all else as it is; with the 95% computing error"
            .to_owned();
    let caption = found.scenarios.first().map_or_else(String::new, |first| {
        format!(
            "{} {} The same customers each time, as far as they are the same.",
            assumed::run(&first.model, &first.side.outcome),
            assumed::queues(&first.model)
        )
    });
    Words { title, subtitle, caption }
}
