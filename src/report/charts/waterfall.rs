//! From bare work to the agents that are scheduled: what each cause adds or saves.

use super::canvas::Drawing;
use super::frame::{self, Key, Mark, Words};
use super::rows::Rows;
use super::style::{MAIN, MAIN_LIGHT, SECOND};
use crate::model::Model;
use crate::plan::why::Why;
use crate::report::assumed;
use crate::report::words::{hours, thousands, trimmed};

/// The chart; says so where nothing was explained.
pub(super) fn draw(model: &Model, why: &Why) -> Drawing {
    let words = words(model, why);
    let Some(work) = why.steps.first() else {
        return frame::empty(&words, "There is no answer to explain.");
    };
    let keys = [
        Key::new(Mark::Block, MAIN, "hours"),
        Key::new(Mark::Block, SECOND, "adds"),
        Key::new(Mark::Block, MAIN_LIGHT, "saves"),
    ];
    let (mut drawing, room) = frame::sheet(&words, &keys);
    let mut names: Vec<String> = why.steps.iter().map(|step| step.cause.to_owned()).collect();
    names.push("in all".to_owned());
    let most = why.steps.iter().map(|step| step.after).fold(0.0, f64::max);
    let axis = "agent hours a day";
    let rows = Rows::new(&mut drawing, room, &names, (0.0, most), axis, thousands);
    rows.bar(&mut drawing, 0, 0.0, work.hours, MAIN);
    rows.beside(&mut drawing, 0, work.hours, &hours(work.hours), true);
    for (k, step) in why.steps.iter().enumerate().skip(1) {
        let before = step.after - step.hours;
        rows.step(&mut drawing, k - 1, before);
        let adds = step.hours > 0.0;
        rows.bar(&mut drawing, k, before, step.after, if adds { SECOND } else { MAIN_LIGHT });
        let sign = if adds { "+" } else { "" };
        let text = format!("{sign}{}", hours(step.hours)).replace('-', "−");
        rows.beside(&mut drawing, k, before.max(step.after), &text, true);
    }
    let last = why.steps.len();
    let after = why.steps[last - 1].after;
    rows.step(&mut drawing, last - 1, after);
    rows.bar(&mut drawing, last, 0.0, after, MAIN);
    rows.beside(&mut drawing, last, after, &hours(after), true);
    drawing
}

fn words(model: &Model, why: &Why) -> Words {
    let title = match (why.steps.first(), why.steps.last()) {
        (Some(work), Some(last)) => {
            let times = trimmed(last.after / work.hours.max(1e-9), 2);
            format!(
                "{} hours of work need {} hours of agents, {times} times as many",
                hours(work.hours),
                hours(last.after)
            )
        }
        _ => "From work to agents".to_owned(),
    };
    let subtitle = "What each cause adds or saves, put in one after the other".to_owned();
    let caption = format!("{} {}", assumed::run(model, &why.answer.outcome), assumed::queues(model));
    Words { title, subtitle, caption }
}
