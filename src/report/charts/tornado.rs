//! What would change an answer: how many hours more or fewer if one thing turns out otherwise, the widest first.

use super::canvas::Drawing;
use super::frame::{self, Key, Mark, Words};
use super::rows::Rows;
use super::style::{MAIN_LIGHT, SECOND};
use crate::model::Model;
use crate::plan::why::{Needed, Swing, Why};
use crate::report::assumed;
use crate::report::words::{hours, trimmed};

/// The chart; says so where nothing was turned.
pub(super) fn draw(model: &Model, why: &Why) -> Drawing {
    let now = why.needed.scheduled_hours;
    let by = |needed: &Option<Needed>| needed.as_ref().map(|needed| needed.scheduled_hours - now);
    let width = |swing: &Swing| {
        [by(&swing.less), by(&swing.more)].into_iter().flatten().map(f64::abs).fold(0.0, f64::max)
    };
    let mut swings: Vec<&Swing> = why.levers.iter().collect();
    swings.sort_by(|a, b| width(b).total_cmp(&width(a)));
    let words = words(model, why, swings.first().copied());
    if swings.is_empty() {
        return frame::empty(&words, "Nothing was turned down or up.");
    }
    let keys = [
        Key::new(Mark::Block, MAIN_LIGHT, "with less of it"),
        Key::new(Mark::Block, SECOND, "with more of it"),
    ];
    let (mut drawing, room) = frame::sheet(&words, &keys);
    let names: Vec<String> = swings.iter().map(|swing| format!("{} ± {}", swing.of, swing.by)).collect();
    let all = || swings.iter().flat_map(|swing| [by(&swing.less), by(&swing.more)]).flatten();
    let (low, high) = (all().fold(0.0, f64::min), all().fold(0.0, f64::max));
    let pad = (high - low).max(1e-9) * 0.08;
    let range = (low - if low < 0.0 { pad } else { 0.0 }, high + pad);
    let axis = "scheduled agent hours a day, against the plan";
    let rows = Rows::new(&mut drawing, room, &names, range, axis, signed);
    for (k, swing) in swings.iter().enumerate() {
        for (needed, colour) in [(&swing.less, MAIN_LIGHT), (&swing.more, SECOND)] {
            if let Some(change) = by(needed).filter(|change| *change != 0.0) {
                rows.bar(&mut drawing, k, 0.0, change, colour);
                rows.beside(&mut drawing, k, change, &signed(change), change > 0.0);
            }
        }
        if width(swing) == 0.0 {
            rows.beside(&mut drawing, k, 0.0, "no change", true);
        }
    }
    rows.upright(&mut drawing, 0.0);
    drawing
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
