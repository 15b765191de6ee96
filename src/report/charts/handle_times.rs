//! How long handling took, beside the law that was fitted to it.

use super::canvas::Drawing;
use super::frame::{self, Key, Mark, Panel, Words};
use super::style::{FINE_DASH, MAIN, MAIN_LIGHT, SECOND};
use super::ticks::{Ticks, round_seconds};
use crate::history::{HandleTime, Law, QueueFindings};
use crate::report::words::{percent, seconds, thousands, threshold, trimmed};
use statrs::distribution::{ContinuousCDF, Gamma, LogNormal};

/// About so many bars.
const BARS: f64 = 40.0;

/// The chart of one queue.
pub(super) fn draw(queue: &QueueFindings, found: &HandleTime) -> Drawing {
    let values = &found.values;
    let n = values.len() as f64;
    let reach = values[((n * 0.99) as usize).min(values.len() - 1)].max(1.0);
    let width = round_seconds(reach / BARS).max(1.0);
    let count = (reach / width).ceil().max(1.0) as usize;
    let up_to = |s: f64| values.partition_point(|value| *value < s) as f64 / n;
    let shares: Vec<f64> =
        (0..count).map(|k| up_to(width * (k + 1) as f64) - up_to(width * k as f64)).collect();
    let curves = curves(found, width, count);
    let most = shares.iter().chain(curves.iter().flat_map(|(_, points)| points)).copied().fold(0.0, f64::max);
    let (mut drawing, room) = frame::sheet(&words(queue, found, reach), &keys(found));
    let panel = Panel {
        rect: room.inset(62.0, 26.0, 16.0, 48.0),
        across: (0.0, count as f64),
        up: Ticks::covering(0.0, most * 1.06, 5),
    };
    let decimals = Ticks { step: panel.up.step * 100.0, ..panel.up.clone() }.decimals();
    panel.rule(&mut drawing, "share of handled contacts", |share| {
        format!("{}%", trimmed(share * 100.0, decimals))
    });
    for (k, &share) in shares.iter().enumerate() {
        let (left, right) = (panel.x(k as f64) + 0.5, panel.x(k as f64 + 1.0) - 0.5);
        drawing.block((left, panel.y(share)), (right, panel.rect.bottom), MAIN_LIGHT);
    }
    for (law, points) in &curves {
        let line = points.iter().enumerate().map(|(k, share)| panel.at(k as f64 + 0.5, *share)).collect();
        match law {
            Law::Gamma => drawing.dashed(line, SECOND, 2.4, FINE_DASH),
            _ => drawing.line(line, MAIN, 2.6),
        }
    }
    panel.floor(&mut drawing);
    let every = round_seconds(reach / 9.0).max(width);
    for k in 0..=(reach / every) as usize {
        panel.notch(&mut drawing, k as f64 * every / width, &threshold(every * k as f64));
    }
    panel.name_across(&mut drawing, &format!("handle time, in steps of {}", threshold(width)));
    drawing
}

/// Share of each bar under the lognormal and the gamma law.
fn curves(found: &HandleTime, width: f64, count: usize) -> Vec<(Law, Vec<f64>)> {
    let steps = |cdf: &dyn Fn(f64) -> f64| -> Vec<f64> {
        (0..count).map(|k| cdf(width * (k + 1) as f64) - cdf(width * k as f64)).collect()
    };
    let mut curves = Vec::new();
    if let Ok(law) = LogNormal::new(found.log_mean.value, found.log_sd.value) {
        curves.push((Law::Lognormal, steps(&|s| law.cdf(s))));
    }
    if let Ok(law) = Gamma::new(found.gamma_shape, found.gamma_shape / found.mean.value) {
        curves.push((Law::Gamma, steps(&|s| law.cdf(s))));
    }
    curves
}

fn keys(found: &HandleTime) -> Vec<Key> {
    let off = |name: &str, far: f64| format!("{name}, {} off the data", percent(far));
    vec![
        Key::new(Mark::Block, MAIN_LIGHT, "observed"),
        Key::new(Mark::Line, MAIN, off("lognormal", found.lognormal_distance)),
        Key::new(Mark::Fine, SECOND, off("gamma", found.gamma_distance)),
    ]
}

fn words(queue: &QueueFindings, found: &HandleTime, reach: f64) -> Words {
    let law = match found.law {
        Law::Lognormal => "lognormal",
        Law::Gamma => "gamma",
        Law::Empirical => "like neither law",
    };
    let left_out = if found.short_left_out {
        format!(" {} of all lasted under 10 s and are left out as artefacts.", percent(found.short))
    } else {
        String::new()
    };
    Words {
        title: format!("{}: handle times are {law}, {} on average", queue.name, seconds(found.mean.value)),
        subtitle: format!(
            "Standard deviation over mean {:.2}. One in a hundred takes longer than {} and is not shown.",
            found.cv(),
            threshold(reach.round())
        ),
        caption: format!(
            "{} handled contacts. Laws by maximum likelihood; \"off the data\" is the largest gap between the shares up to any time.{left_out}",
            thousands(found.contacts as f64)
        ),
    }
}
