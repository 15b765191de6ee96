//! Charts: one file per chart, drawn once and written as SVG or as PNG.
//!
//! Every chart has a title that states what was found, axes with units, and a caption that says what was supposed.
//! None needs a font or a display: the letters are in the binary.

mod agents_by_interval;
mod canvas;
mod day_levels;
mod font;
mod frame;
mod level_by_interval;
mod png;
mod slots;
mod staffing_curve;
mod style;
mod svg;
mod ticks;
mod waits;

use crate::model::{Model, Queue};
use crate::montecarlo::{Outcome, QueueOutcome};
use crate::plan::Answer;

/// A chart, ready to be written.
#[derive(Clone, Debug)]
pub struct Chart {
    stem: String,
    drawing: canvas::Drawing,
}

impl Chart {
    /// Its file name without extension, as `service-level-by-interval-phone`.
    pub fn stem(&self) -> &str {
        &self.stem
    }

    /// What it found, in plain words.
    pub fn title(&self) -> &str {
        &self.drawing.title
    }

    /// As an SVG document.
    pub fn svg(&self) -> String {
        svg::svg(&self.drawing)
    }

    /// As a PNG file of twice as many pixels each way.
    pub fn png(&self) -> Vec<u8> {
        png::png(&self.drawing)
    }
}

/// Every chart of a result: the plan's first, then those of each queue in the model's order.
pub fn all(model: &Model, outcome: &Outcome, answer: Option<&Answer>) -> Vec<Chart> {
    let mut charts = Vec::new();
    let mut add = |stem: String, drawing| charts.push(Chart { stem, drawing });
    if let Some(answer) = answer {
        add("service-level-by-agents".to_owned(), staffing_curve::draw(model, answer));
    }
    add("agents-by-interval".to_owned(), agents_by_interval::draw(model, outcome, answer));
    type PerQueue = fn(&Model, &Outcome, &Queue, &QueueOutcome) -> canvas::Drawing;
    let kinds: [(&str, PerQueue); 3] = [
        ("service-level-by-interval", level_by_interval::draw),
        ("service-level-by-day", day_levels::draw),
        ("waits", waits::draw),
    ];
    for (queue, found) in model.queues.iter().zip(&outcome.queues) {
        for (kind, draw) in kinds {
            add(format!("{kind}-{}", file_name(&queue.name)), draw(model, outcome, queue, found));
        }
    }
    charts
}

/// A queue's name as part of a file name: letters, digits, `-` and `_` stay, anything else becomes `-`.
fn file_name(name: &str) -> String {
    name.chars().map(|c| if c.is_alphanumeric() || c == '-' || c == '_' { c } else { '-' }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::{self, ONE_DAY, Size};

    /// Draws what there is to look at into the folder named by `HEADCOUNT_CHARTS`.
    #[test]
    #[ignore = "writes pictures for people to look at"]
    fn draw_for_the_eye() {
        let Some(folder) = std::env::var_os("HEADCOUNT_CHARTS").map(std::path::PathBuf::from) else { return };
        let week = Size { days: 7, minutes: 15, open: (0, 24), dated: true };
        let hour = Size { days: 1, minutes: 60, open: (9, 10), dated: true };
        for (name, size) in [("day", ONE_DAY), ("week", week), ("hour", hour)] {
            let model = fixture::model(size);
            let answer = fixture::answer(&model);
            for chart in all(&model, &answer.outcome, Some(&answer)) {
                std::fs::write(folder.join(format!("{name}-{}.png", chart.stem())), chart.png()).unwrap();
                std::fs::write(folder.join(format!("{name}-{}.svg", chart.stem())), chart.svg()).unwrap();
            }
        }
    }
}
