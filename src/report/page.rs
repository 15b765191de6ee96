//! `report.html`: the whole answer as one page that needs nothing beside it, to be printed or passed on.
//!
//! The words and tables are those of the terminal's report ([`super::table`], told to write tags), so that the two never differ;
//! the charts are those that are written as files. No script, no picture from elsewhere, no network.

use super::charts::{self, Chart};
use super::glossary::{self, Term};
use super::table::{self, Style, escaped};
use super::words::{count, goal_percent, percent, plural, share, threshold};
use super::{assumed, promise};
use crate::model::{Model, Series};
use crate::montecarlo::{Outcome, TargetKind};
use crate::plan::Answer;
use std::fmt::Write as _;

/// More charts than this are left to their files.
const MOST_CHARTS: usize = 24;
/// Longest text of a scenario that is shown, in characters: series of a year fill books.
const MOST_TEXT: usize = 40_000;

/// What the page is about.
pub struct Page<'a> {
    /// The facts.
    pub model: &'a Model,
    /// What the simulation found.
    pub outcome: &'a Outcome,
    /// What the plan found, where there is one.
    pub answer: Option<&'a Answer>,
    /// The scenario's text, with the comments that say where its numbers come from.
    pub text: &'a str,
    /// Stands for the text, its files and its changes.
    pub hash: &'a str,
    /// What to type to get the same.
    pub command: &'a str,
}

/// The page.
pub fn page(page: &Page<'_>) -> String {
    let Page { model, outcome, .. } = page;
    let (headline, sections) = told(page);
    let mut out = String::new();
    let description = escaped(&model.description);
    let _ = writeln!(out, "<p class=\"what\">{description}</p>");
    let _ = writeln!(out, "<div class=\"answer\">\n{headline}</div>");
    out.push_str(&tiles(page));
    out.push_str(&pictures(&charts::all(model, outcome, page.answer)));
    let _ = writeln!(out, "<h2>In figures</h2>\n{sections}");
    out.push_str(&would_change(page));
    let _ = writeln!(out, "<h2>What was supposed, and where it comes from</h2>");
    out.push_str(&supposed(page));
    out.push_str(&words(model, outcome, page.answer));
    out.push_str(&again(page));
    document(&model.name, &out)
}

/// A whole page around its contents: no script, no picture from elsewhere, no network.
pub(super) fn document(title: &str, contents: &str) -> String {
    let title = escaped(title);
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <title>{title}</title>\n<style>\n{}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n{contents}\
         </main>\n</body>\n</html>\n",
        include_str!("page.css")
    )
}

/// The terminal's report in tags: what it says first, then all else. Its own heading is the page's.
fn told(page: &Page<'_>) -> (String, String) {
    let text = match page.answer {
        Some(answer) => table::plan(page.model, answer, Style::PAGE),
        None => table::simulate(page.model, page.outcome, Style::PAGE),
    };
    first_apart(&text)
}

/// A report in tags without its heading: what stands before the next one, and all else.
pub(super) fn first_apart(text: &str) -> (String, String) {
    let after = text.split_once("</h3>\n").map_or(text, |(_, rest)| rest);
    let cut = after.find("<h3>").unwrap_or(after.len());
    (after[..cut].to_owned(), after[cut..].to_owned())
}

/// The figures that are quoted, each with what it is.
fn tiles(page: &Page<'_>) -> String {
    let mut tiles: Vec<(String, String)> = Vec::new();
    if let Some(answer) = page.answer {
        let peak = answer.groups.iter().map(crate::plan::GroupPlan::peak).sum::<u32>();
        let scheduled = answer.groups.iter().map(crate::plan::GroupPlan::scheduled_peak).sum::<u32>();
        let more = if scheduled > peak { format!(", {scheduled} scheduled") } else { String::new() };
        tiles.push((peak.to_string(), format!("agents at work at the peak{more}")));
        let kept = answer.curve.iter().find(|point| point.offset == 0).map(|point| point.days_met);
        let kept = kept.or_else(|| answer.on_average.as_ref().map(|found| found.days_met));
        tiles.extend(kept.map(|e| (percent(e.mean), "chance that a day keeps every promise".to_owned())));
    } else {
        let kept = page.outcome.targets.iter().filter_map(|target| Some((target, target.days_met?)));
        tiles.extend(kept.take(2).map(|(target, e)| {
            let of = target.per.stretches();
            (percent(e.mean), format!("of {of} keep {}: {}", promise::whose(target), promise::goal(target)))
        }));
    }
    if let Some(target) = promise::answered(page.outcome, None) {
        let within = threshold(target.within_s.unwrap_or_default());
        let goal = goal_percent(target.goal);
        let text = format!("{} answered within {within}; the goal is {goal}", promise::whose(target));
        tiles.extend(target.achieved.map(|e| (share(e), text)));
    }
    let total = &page.outcome.total;
    if let (Some(offered), Some(lost)) = (total.offered, total.abandonment) {
        tiles.push((count(offered.mean * lost.mean), "customers hang up on an average day".to_owned()));
    }
    let one = |(figure, what): &(String, String)| {
        format!("<div class=\"tile\"><b>{}</b><span>{}</span></div>\n", escaped(figure), escaped(what))
    };
    format!("<div class=\"tiles\">\n{}</div>\n", tiles.iter().map(one).collect::<String>())
}

/// The charts, as many as a page holds.
pub(super) fn pictures(charts: &[Chart]) -> String {
    let mut out = String::new();
    for chart in charts.iter().take(MOST_CHARTS) {
        let _ = writeln!(out, "<figure>\n{}</figure>", chart.svg());
    }
    if charts.len() > MOST_CHARTS {
        let left = plural((charts.len() - MOST_CHARTS) as u64, "more chart");
        let _ = writeln!(out, "<p>{left} in the folder of the results.</p>");
    }
    out
}

/// What would change the answer: which inputs it hangs on, and how to try.
fn would_change(page: &Page<'_>) -> String {
    let model = page.model;
    let mut all = Vec::new();
    if let Some(binding) = page.answer.and_then(|answer| answer.binding.as_ref()) {
        all.push(format!("The goal that binds: {binding}. Without it fewer agents would do."));
    }
    if let Some(answer) = page.answer {
        all.extend(answer.curve.iter().filter(|point| point.offset.abs() == 1).map(|point| {
            let more = if point.offset > 0 { "more" } else { "less" };
            format!(
                "One agent {more} all day: {} hang up a day, and {} of days keep every promise.",
                count(point.lost_per_day.mean),
                percent(point.days_met.mean)
            )
        }));
    }
    if model.demand.is_exact() {
        all.push(
            "The forecast was taken as exact. With a day factor more agents are needed to be as sure."
                .to_owned(),
        );
    }
    if model.queues.iter().any(|queue| queue.patience.is_none() && !queue.channel.is_deferred()) {
        all.push("Some customers were supposed to wait for ever. With patience some hang up and the others wait less.".to_owned());
    }
    all.push(
        "More or less volume, handle time, patience and staff: headcount sweep FILE --swing shows what each does on the same \
         customers."
            .to_owned(),
    );
    let mut items = String::new();
    for line in &all {
        let _ = writeln!(items, "<p class=\"note\">• {}</p>", escaped(line));
    }
    format!("<h2>What would change the answer</h2>\n{items}")
}

/// The inputs in words, then the scenario as it was written: its comments say where numbers come from.
fn supposed(page: &Page<'_>) -> String {
    let mut out = String::new();
    for queue in page.model.queues.iter().take(50) {
        let _ = writeln!(out, "<p>{}</p>", escaped(&assumed::queue(page.model, queue)));
    }
    for group in page.model.groups.iter().take(50) {
        if let Series::Constant(share) = group.shrinkage {
            let text = format!(
                "{}: {} of paid time away from contacts (shrinkage).",
                group.name,
                goal_percent(share)
            );
            let _ = writeln!(out, "<p>{}</p>", escaped(&text));
        }
    }
    out.push_str("<p>The scenario as it was written:</p>\n");
    out.push_str(&written(page.text));
    out
}

/// A scenario as it was written, cut where it fills books.
pub(super) fn written(all: &str) -> String {
    let text: String = all.chars().take(MOST_TEXT).collect();
    let more = if text.len() < all.len() { "\n# … and more" } else { "" };
    format!("<pre>{}{more}</pre>\n", escaped(text.trim_end()))
}

/// Every word of the field that the page uses, with its meaning.
fn words(model: &Model, outcome: &Outcome, answer: Option<&Answer>) -> String {
    let mut out = "<h2>The words</h2>\n<dl>\n".to_owned();
    for term in used(model, outcome, answer) {
        let _ = writeln!(out, "<dt>{}</dt><dd>{}</dd>", escaped(term.name), escaped(term.means));
    }
    out.push_str("</dl>\n");
    out
}

/// The terms that apply, in the glossary's order.
fn used(model: &Model, outcome: &Outcome, answer: Option<&Answer>) -> Vec<&'static Term> {
    let any = |has: fn(&crate::model::Queue) -> bool| model.queues.iter().any(has);
    let promised = |kind| outcome.targets.iter().any(|target| target.kind == kind);
    let applies = [
        ("abandonment", any(|queue| queue.patience.is_some())),
        ("aht", true),
        ("asa", promised(TargetKind::Asa)),
        ("backlog", any(|queue| queue.channel.is_deferred())),
        ("balking", any(|queue| queue.balk > 0.0)),
        ("blocking", any(|queue| queue.lines.is_some() || queue.max_waiting.is_some())),
        ("callback", any(|queue| queue.journey.callback.is_some())),
        ("concurrency", model.groups.iter().any(|group| group.hands.capacity > 1)),
        ("day factor", !model.demand.is_exact()),
        ("deferred work", any(|queue| queue.channel.is_deferred())),
        ("erlang a", answer.is_some_and(|answer| !answer.alternatives.is_empty())),
        ("erlang c", answer.is_some_and(|answer| !answer.alternatives.is_empty())),
        ("interval", true),
        ("occupancy", true),
        ("patience", any(|queue| queue.patience.is_some())),
        ("prediction band", true),
        ("redial", any(|queue| queue.journey.redial.is_some())),
        ("repeat", any(|queue| queue.journey.repeat.is_some())),
        ("service level", true),
        ("shrinkage", true),
        ("threshold", true),
        ("transfer", any(|queue| queue.journey.transfer.is_some())),
        ("wrap", any(|queue| queue.wrap.is_some())),
    ];
    applies.into_iter().filter(|(_, applies)| *applies).filter_map(|(name, _)| glossary::find(name)).collect()
}

/// How to get the same figures again.
fn again(page: &Page<'_>) -> String {
    let scenarios = format!("scenario {}", page.hash);
    same(page.command, page.outcome.seed, page.outcome.replications, &scenarios)
}

/// The command and all that decides about its figures.
pub(super) fn same(command: &str, seed: u64, replications: u64, scenarios: &str) -> String {
    let text = format!(
        "headcount {}, seed {seed}, {}, {scenarios}. The same version, scenario and seed give the same figures on any machine, \
         whatever its number of cores.",
        env!("CARGO_PKG_VERSION"),
        plural(replications, "replication"),
    );
    format!("<h2>To get the same again</h2>\n<pre>{}</pre>\n<p>{}</p>\n", escaped(command), escaped(&text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::{self, ONE_DAY};

    fn made(model: &Model, answer: &Answer, text: &str) -> String {
        let about = Page {
            model,
            outcome: &answer.outcome,
            answer: Some(answer),
            text,
            hash: "0123abcd",
            command: "headcount plan support.toml",
        };
        page(&about)
    }

    #[test]
    fn the_page_is_pinned_but_for_its_charts() {
        let model = fixture::model(ONE_DAY);
        let text = made(&model, &fixture::answer(&model), "name = \"Support\" # measured in March\n");
        let mut plain = String::new();
        for (k, part) in text.split("<figure>").enumerate() {
            plain.push_str(if k == 0 {
                part
            } else {
                part.split_once("</figure>").map_or("", |(_, rest)| rest)
            });
        }
        let plain = plain.replace(include_str!("page.css"), "");
        insta::with_settings!({ filters => vec![(r"headcount \d+\.\d+\.\d+", "headcount [version]")] }, {
            insta::assert_snapshot!(plain);
        });
    }

    #[test]
    fn whatever_stands_in_a_scenario_is_shown_and_never_obeyed() {
        let evil = "<script>alert('x')</script>\"><img src=x onerror=y>";
        let mut model = fixture::model(ONE_DAY);
        model.name = evil.to_owned();
        model.description = evil.to_owned();
        model.queues[0].name = evil.to_owned();
        model.groups[0].name = evil.to_owned();
        let mut answer = fixture::answer(&model);
        answer.binding = Some(evil.to_owned());
        answer.notes.push(evil.to_owned());
        answer.alternatives.iter_mut().for_each(|other| other.why = evil.to_owned());
        let text = made(&model, &answer, &format!("</pre>{evil}"));
        for tag in ["<script", "<img"] {
            assert!(!text.contains(tag), "{tag}");
        }
        assert_eq!(text.matches("</pre>").count(), 2);
        assert!(text.contains("&lt;script&gt;"));
    }

    #[test]
    fn the_page_needs_nothing_beside_it() {
        let model = fixture::model(ONE_DAY);
        let text = made(&model, &fixture::answer(&model), "");
        for foreign in ["<script", "<link", "<img", "@import", "url(", "src="] {
            assert!(!text.contains(foreign), "{foreign}");
        }
        // The only addresses are names of kinds of document.
        let rest = text.replace("http://www.w3.org/2000/svg", "").replace("http-equiv", "");
        assert!(!rest.contains("http"));
    }
}
