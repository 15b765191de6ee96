//! What waiting customers were told, what they then had, and how far the two lie apart.

use super::canvas::Drawing;
use super::frame::{self, Words};
use super::rows::Rows;
use super::style::{MAIN, MAIN_LIGHT, SECOND};
use super::ticks::round_seconds;
use crate::model::Model;
use crate::montecarlo::{AnnouncedWait, Outcome};
use crate::report::assumed;
use crate::report::words::{seconds, threshold, timed};
use crate::stats::Estimate;

/// Most queues on one sheet.
const MOST: usize = 6;

/// The three figures of a queue.
struct Told<'a> {
    queue: &'a str,
    announced: Estimate,
    real: Estimate,
    error: Estimate,
}

/// The chart of all queues that announce a wait; nothing where none does.
pub(super) fn draw(model: &Model, outcome: &Outcome) -> Option<Drawing> {
    let of = |name, found: &AnnouncedWait| {
        let finite = |e: Option<Estimate>| e.filter(|e| e.mean.is_finite());
        Some(Told {
            queue: name,
            announced: finite(found.mean_announced_s)?,
            real: finite(found.mean_real_s)?,
            error: finite(found.mean_error_s)?,
        })
    };
    let told: Vec<Told<'_>> = outcome
        .queues
        .iter()
        .filter_map(|queue| of(queue.name.as_str(), queue.announced.as_ref()?))
        .take(MOST)
        .collect();
    let first = told.first()?;
    let words = words(model, outcome, first);
    let (mut drawing, room) = frame::sheet(&words, &[]);
    let many = told.len() > 1;
    let name =
        |one: &Told<'_>, what: &str| if many { format!("{}: {what}", one.queue) } else { what.to_owned() };
    let names: Vec<String> =
        told.iter().flat_map(|one| ["told", "waited", "off by"].map(|what| name(one, what))).collect();
    let most = told.iter().flat_map(|one| [one.announced, one.real, one.error]).map(|e| e.mean);
    let most = most.fold(1.0, f64::max);
    let step = round_seconds(most / 5.0);
    let high = step * (most / step).ceil().max(1.0);
    let axis = "mean over customers who were told a wait and were answered";
    let rows = Rows::new(&mut drawing, room, &names, (0.0, high), axis, seconds);
    for (k, one) in told.iter().enumerate() {
        let bars = [(one.announced, MAIN_LIGHT), (one.real, MAIN), (one.error, SECOND)];
        for (j, (e, colour)) in bars.into_iter().enumerate() {
            rows.bar(&mut drawing, 3 * k + j, 0.0, e.mean, colour);
            rows.beside(&mut drawing, 3 * k + j, e.mean, &timed(e), true);
        }
    }
    Some(drawing)
}

fn words(model: &Model, outcome: &Outcome, first: &Told<'_>) -> Words {
    let round = |e: Estimate| threshold(e.mean.round());
    let title = format!(
        "{}: told {}, waited {}; off by {} for the average customer",
        first.queue,
        round(first.announced),
        round(first.real),
        round(first.error)
    );
    let caption = format!(
        "{} Off by: the difference between what a customer heard and then waited, whichever was longer. Two means may agree \
         although most customers heard something else than they had. Who hung up is not in it.",
        assumed::run(model, outcome)
    );
    Words { title, subtitle: String::new(), caption }
}
