//! How many are still willing to wait: Kaplan and Meier's curve, beside the laws that were fitted.

use super::canvas::Drawing;
use super::frame::{self, Key, Mark, Panel, Words};
use super::style::{FINE_DASH, MAIN, QUIET, SECOND};
use super::ticks::{Ticks, round_seconds};
use crate::history::{Patience, QueueFindings};
use crate::report::words::{percent, seconds, thousands, threshold};

/// The chart of one queue.
pub(super) fn draw(queue: &QueueFindings, found: &Patience) -> Drawing {
    let (mut drawing, room) = frame::sheet(&words(queue, found), &keys(found));
    // Beyond the last hang-ups the curve rests on a handful of people.
    let kept = found.curve.len() - found.curve.len() / 50;
    let reach = found.curve.get(kept.saturating_sub(1)).map_or(60.0, |(t, _)| *t).max(10.0);
    let panel = Panel {
        rect: room.inset(62.0, 26.0, 16.0, 48.0),
        across: (0.0, reach),
        up: Ticks::covering(0.0, 1.0, 5),
    };
    panel.rule(&mut drawing, "share still willing to wait", |share| format!("{:.0}%", share * 100.0));
    let mut steps = vec![panel.at(0.0, 1.0)];
    let mut share = 1.0;
    for (t, next) in found.curve.iter().filter(|(t, _)| *t <= reach) {
        steps.extend([panel.at(*t, share), panel.at(*t, *next)]);
        share = *next;
    }
    let law = |of: &dyn Fn(f64) -> f64| {
        (0..=200).map(|k| reach * f64::from(k) / 200.0).map(|t| panel.at(t, of(t))).collect()
    };
    drawing.line(steps, QUIET, 5.0);
    let mean = found.mean.value;
    drawing.dashed(law(&|t| (-t / mean).exp()), SECOND, 2.4, FINE_DASH);
    if let Some(fitted) = found.weibull {
        drawing.line(law(&|t| (-(t / fitted.scale).powf(fitted.shape.value)).exp()), MAIN, 2.2);
    }
    panel.floor(&mut drawing);
    let every = round_seconds(reach / 9.0).max(1.0);
    for k in 0..=(reach / every) as usize {
        panel.notch(&mut drawing, k as f64 * every, &threshold(every * k as f64));
    }
    panel.name_across(&mut drawing, "wait");
    drawing
}

fn keys(found: &Patience) -> Vec<Key> {
    let off = |share: Option<f64>| {
        share.map_or_else(String::new, |share| format!(", {} off the data", percent(share)))
    };
    let mut keys = vec![Key::new(Mark::Block, QUIET, "observed")];
    if let Some(law) = found.weibull {
        keys.push(Key::new(Mark::Line, MAIN, format!("Weibull{}", off(law.distance))));
    }
    keys.push(Key::new(Mark::Fine, SECOND, format!("exponential{}", off(found.exponential_distance))));
    keys
}

fn words(queue: &QueueFindings, found: &Patience) -> Words {
    let mean = if let Some(law) = found.weibull.filter(|_| found.is_weibull()) {
        law.mean
    } else {
        found.mean.value
    };
    Words {
        title: format!("{}: customers would wait {} on average", queue.name, seconds(mean)),
        subtitle: format!("Of {} who waited, {} hung up; the others were answered first and would have waited longer.", thousands(found.waited), thousands(found.hung_up)),
        caption: "Kaplan and Meier's estimate, which supposes no law, and laws by maximum likelihood. Who was answered at once is not in it.".to_owned(),
    }
}
