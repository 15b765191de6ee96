//! What `headcount simulate --wordings` shows: one run under every wording of its promises.

use super::table::Style;
use super::words::{NONE, goal_percent, percent, plural, share, threshold, trimmed};
use crate::model::Definition;
use crate::montecarlo::Verdict;
use crate::montecarlo::wordings::{Aggregation, Attribution, Worded, Wordings};
use serde_json::json;

/// What a report speaks of.
#[derive(Clone, Copy, Debug)]
pub struct Scored<'a> {
    /// The scenario's name.
    pub scenario: &'a str,
    /// Its hash.
    pub hash: &'a str,
    /// Seed of every stream.
    pub seed: u64,
    /// Replications.
    pub replications: u64,
    /// Every queue that promises a service level.
    pub queues: &'a [Wordings],
}

/// For people.
pub fn table(scored: &Scored<'_>, style: Style) -> String {
    let mut out = String::new();
    for queue in scored.queues {
        out.push_str(&style.heading(&title(queue)));
        out.push_str(&style.paragraph(&verdicts(queue), 0));
        for line in flips(queue) {
            out.push_str(&style.hanging(&format!("• {line}"), 1, 3));
        }
        out.push('\n');
        out.push_str(&style.heading("By the interval of arrival"));
        out.push_str(&style.grid(&header("counts"), by_definition(queue)));
        out.push('\n');
        out.push_str(&style.heading("Counted as promised, in another interval"));
        out.push_str(&style.grid(&header("interval of"), by_attribution(queue)));
        out.push('\n');
    }
    out.push_str(&style.heading("What the numbers mean"));
    for note in notes(scored) {
        out.push_str(&style.hanging(&format!("• {note}"), 1, 3));
    }
    out
}

fn title(queue: &Wordings) -> String {
    let within = threshold(queue.within_s);
    format!("{}: {} within {within}, under every wording", queue.queue, goal_percent(queue.goal))
}

fn header(first: &str) -> Vec<String> {
    let columns = Aggregation::ALL.map(|aggregation| match aggregation {
        Aggregation::Run => "all",
        Aggregation::MeanOfDays => "per day",
        Aggregation::DaysKept => "days kept",
        Aggregation::MeanOfIntervals => "per int.",
        Aggregation::IntervalsKept => "kept",
        Aggregation::WorstInterval => "worst",
    });
    [first].into_iter().chain(columns).map(str::to_owned).collect()
}

fn definition_words(definition: Definition) -> String {
    match definition {
        Definition::Offered => "all offered".to_owned(),
        Definition::Answered => "all answered".to_owned(),
        Definition::IgnoreEarly => "early losses left out".to_owned(),
        Definition::CreditEarly => "early losses as good".to_owned(),
        Definition::IgnoreShort { short } => format!("losses to {short} left out"),
        Definition::CreditShort { short } => format!("losses to {short} as good"),
    }
}

fn attribution_words(attribution: Attribution) -> &'static str {
    match attribution {
        Attribution::Arrival => "arrival",
        Attribution::WaitEnds => "wait's end",
        Attribution::ContactEnds => "contact's end",
    }
}

fn aggregation_words(aggregation: Aggregation) -> &'static str {
    match aggregation {
        Aggregation::Run => "over all contacts",
        Aggregation::MeanOfDays => "as the mean of days",
        Aggregation::DaysKept => "as the share of days that kept it",
        Aggregation::MeanOfIntervals => "as the mean of intervals",
        Aggregation::IntervalsKept => "as the share of intervals that kept it",
        Aggregation::WorstInterval => "in the worst interval",
    }
}

fn promised(queue: &Wordings) -> Option<&Worded> {
    queue.wordings.iter().find(|one| one.as_promised)
}

/// The figure with what it means for the promise.
fn cell(one: &Worded) -> String {
    let figure = one.figure.map_or_else(|| NONE.to_owned(), |e| percent(e.mean));
    let mark = match one.verdict {
        Some(Verdict::Met) => " ✓",
        Some(Verdict::Missed) => " ✗",
        Some(Verdict::Undecided) => " ?",
        None => "",
    };
    let here = if one.as_promised { "→ " } else { "" };
    format!("{here}{figure}{mark}")
}

fn row<'w>(name: String, picked: impl Iterator<Item = &'w Worded>) -> Vec<String> {
    std::iter::once(name).chain(picked.map(cell)).collect()
}

fn by_definition(queue: &Wordings) -> Vec<Vec<String>> {
    let by_arrival = queue.wordings.iter().filter(|one| one.attribution == Attribution::Arrival);
    let by_arrival: Vec<&Worded> = by_arrival.collect();
    let rows = by_arrival.chunks(Aggregation::ALL.len());
    rows.map(|one| row(one[0].definition.key().to_owned(), one.iter().copied())).collect()
}

fn by_attribution(queue: &Wordings) -> Vec<Vec<String>> {
    let Some(promised) = promised(queue) else { return Vec::new() };
    let same = queue.wordings.iter().filter(|one| one.definition == promised.definition);
    let same: Vec<&Worded> = same.collect();
    let rows = same.chunks(Aggregation::ALL.len());
    rows.map(|one| row(attribution_words(one[0].attribution).to_owned(), one.iter().copied())).collect()
}

fn verdicts(queue: &Wordings) -> String {
    let count = |verdict| queue.wordings.iter().filter(|one| one.verdict == Some(verdict)).count();
    let judged = queue.wordings.iter().filter(|one| one.verdict.is_some()).count();
    let [met, missed, open] = [Verdict::Met, Verdict::Missed, Verdict::Undecided].map(count);
    let now = promised(queue).and_then(|one| Some((one.figure?, one.verdict?)));
    let now = now.map_or_else(String::new, |(figure, verdict)| {
        format!("As it is promised: {}, {}. ", share(figure), super::promise::verdict(verdict))
    });
    let tail = if open > 0 { format!(", {open} cannot be told") } else { String::new() };
    format!("{now}Of {judged} wordings {met} are met, {missed} missed{tail}.")
}

/// The single changes of the wording that turn the verdict round.
fn flips(queue: &Wordings) -> Vec<String> {
    let Some(made) = promised(queue) else { return Vec::new() };
    let turned = |one: &&Worded| {
        matches!(
            (made.verdict, one.verdict),
            (Some(Verdict::Met), Some(Verdict::Missed)) | (Some(Verdict::Missed), Some(Verdict::Met))
        )
    };
    let changes = |one: &Worded| {
        usize::from(one.definition != made.definition)
            + usize::from(one.attribution != made.attribution)
            + usize::from(one.aggregation != made.aggregation)
    };
    let said = |one: &Worded| {
        let how = if one.definition != made.definition {
            format!("with {}", definition_words(one.definition))
        } else if one.attribution != made.attribution {
            format!("in the interval of its {}", attribution_words(one.attribution))
        } else {
            aggregation_words(one.aggregation).to_owned()
        };
        let verdict = one.verdict.map_or("", super::promise::verdict);
        let figure = one.figure.map_or_else(|| NONE.to_owned(), share);
        format!("Counted {how} it would be {verdict}: {figure}.")
    };
    queue.wordings.iter().filter(turned).filter(|one| changes(one) == 1).map(said).collect()
}

fn notes(scored: &Scored<'_>) -> Vec<String> {
    vec![
        "offered: of all who called. answered: of all who were answered. ignore_early, credit_early: customers who hang up within the promised time are left out, or count as good. ignore_short, credit_short: the same for those who hang up within 5s, or the promise's own time.".to_owned(),
        "→ the wording of the promise; ✓ met, ✗ missed, ? cannot be told, by the 95% interval. Of days and intervals kept nothing is promised, unless they bear a mark.".to_owned(),
        "All: good contacts over all contacts of the run. Per day, per interval: the mean of the figures of days, or of intervals, each counting the same, however few contacts it had; days kept, kept: the share of them that reached the goal. Worst: the interval whose figure in the long run is lowest.".to_owned(),
        "Accepted callbacks stand apart. A contact that ends after the last interval counts to it.".to_owned(),
        format!(
            "{}, seed {}; no figure but the worst is further off than ± {} points (95%).",
            plural(scored.replications, "replication"),
            scored.seed,
            trimmed(100.0 * widest(scored), 1)
        ),
    ]
}

/// The longest arm of any interval, but for those of worst intervals.
fn widest(scored: &Scored<'_>) -> f64 {
    let figures = scored
        .queues
        .iter()
        .flat_map(|queue| &queue.wordings)
        .filter(|one| one.aggregation != Aggregation::WorstInterval);
    let figures = figures.filter_map(|one| one.figure);
    figures.map(|e| (e.high - e.mean).max(e.mean - e.low)).fold(0.0, f64::max)
}

/// For programs.
pub fn json(scored: &Scored<'_>) -> serde_json::Result<String> {
    let all = json!({
        "program": concat!("headcount ", env!("CARGO_PKG_VERSION")),
        "scenario": scored.scenario,
        "scenario_hash": scored.hash,
        "seed": scored.seed,
        "replications": scored.replications,
        "queues": serde_json::to_value(scored.queues)?,
    });
    Ok(serde_json::to_string_pretty(&all)? + "\n")
}

/// For spreadsheets: a row per queue and wording.
pub fn csv(scored: &Scored<'_>) -> Result<Vec<u8>, ::csv::Error> {
    let mut out = super::csv::writer();
    out.write_record([
        "queue",
        "definition",
        "attribution",
        "aggregation",
        "figure",
        "low",
        "high",
        "verdict",
        "as_promised",
    ])?;
    for queue in scored.queues {
        for one in &queue.wordings {
            let number = |x: Option<f64>| x.map_or_else(String::new, |x| format!("{x:.6}"));
            out.write_record([
                queue.queue.clone(),
                one.definition.key().to_owned(),
                attribution_words(one.attribution).to_owned(),
                aggregation_words(one.aggregation).to_owned(),
                number(one.figure.map(|e| e.mean)),
                number(one.figure.map(|e| e.low)),
                number(one.figure.map(|e| e.high)),
                one.verdict.map_or("", super::promise::verdict).to_owned(),
                one.as_promised.to_string(),
            ])?;
        }
    }
    super::csv::finished(out)
}
