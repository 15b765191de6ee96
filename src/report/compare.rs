//! Several scenarios side by side: the best first, in a sentence, then every figure with its difference.

use super::table::Style;
use super::words::{priced, seconds, share, threshold, timed, trimmed};
use crate::model::Model;
use crate::montecarlo::TargetKind;
use crate::montecarlo::compare::{Figure, Side, Standing, best};
use crate::stats::Estimate;
use serde_json::{Map, Value, json};

/// Confidence level of every difference.
pub(super) const LEVEL: f64 = 0.95;

/// One scenario with what it is called in the report.
#[derive(Clone, Debug)]
pub struct Named {
    /// Its name, told apart from all others.
    pub name: String,
    /// Hash of its exact text.
    pub hash: String,
    /// Agents at work, in hours a day of the calendar.
    pub agent_hours: f64,
    /// Its facts.
    pub model: Model,
    /// Its text as it was written.
    pub text: String,
    /// What it came to.
    pub side: Side,
}

/// What a comparison found: differences are from the first.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// At least two.
    pub scenarios: Vec<Named>,
    /// Seed of every stream.
    pub seed: u64,
    /// Replications of each.
    pub replications: u64,
    /// Changes in both directions, where that is what was asked for.
    pub swings: Vec<Swing>,
}

/// One thing turned down and up.
#[derive(Clone, Debug)]
pub struct Swing {
    /// What was changed: `volume`.
    pub of: String,
    /// By how much: `10%`.
    pub by: String,
    /// Positions of the scenarios with less and with more of it.
    pub down_and_up: [usize; 2],
}

impl Comparison {
    /// What is compared: the figures of the first scenario that any other has too, in its order.
    pub(super) fn figures(&self) -> Vec<&Figure> {
        let [first, others @ ..] = self.scenarios.as_slice() else { return Vec::new() };
        let shared = |figure: &&Figure| others.iter().any(|other| other.side.figures.contains(figure));
        first.side.figures.iter().filter(shared).collect()
    }

    /// For people: the verdict, a table for every figure, what it costs, what the numbers mean.
    pub fn table(&self, style: Style) -> String {
        let figures = self.figures();
        let mut out = style.heading("On the same customers");
        let first = if self.swings.is_empty() { self.verdict(&figures) } else { self.widest(&figures) };
        out.push_str(&style.paragraph(&first, 0));
        for figure in &figures {
            out.push('\n');
            if self.swings.is_empty() {
                out.push_str(&style.heading(&title(figure)));
                out.push_str(&self.grid(figure, style));
            } else {
                let now = self.scenarios[0].side.value(figure).map(|e| amount(figure, e));
                let now = now.map_or_else(String::new, |now| format!(", {now} as it stands"));
                out.push_str(&style.heading(&format!("{}{now}", title(figure))));
                out.push_str(&self.tornado(figure, style));
            }
        }
        out.push('\n');
        out.push_str(&style.heading("What it takes"));
        out.push_str(&self.costs(style));
        out.push_str(&self.meaning(style));
        out
    }

    /// Which is best by the first figure that can be good or bad.
    fn verdict(&self, figures: &[&Figure]) -> String {
        let first = figures.iter().find(|figure| figure.more_is_better().is_some());
        let sides: Vec<Side> = self.scenarios.iter().map(|one| one.side.clone()).collect();
        let Some((figure, (k, sure))) = first.and_then(|figure| Some((*figure, best(&sides, figure)?)))
        else {
            return "No figure that could be better or worse belongs to two of them.".to_owned();
        };
        let name = |k: usize| &self.scenarios[k].name;
        let value = |k: usize| sides[k].value(figure);
        let others = (0..sides.len()).filter(|&other| other != k && value(other).is_some());
        let sign = if figure.more_is_better() == Some(true) { 1.0 } else { -1.0 };
        let next = others.max_by(|&a, &b| {
            let of = |k: usize| value(k).map_or(f64::NEG_INFINITY, |e| sign * e.mean);
            of(a).total_cmp(&of(b)).then(b.cmp(&a))
        });
        let Some(next) = next else { return String::new() };
        let by = sides[k].beyond(&sides[next], figure, LEVEL).map(|e| difference(figure, e));
        let by = by.unwrap_or_default();
        let measure = title(figure);
        if sides[k].standing(&sides[next], figure, LEVEL) == Some(Standing::Same) {
            format!(
                "By \"{measure}\" {} and {} do exactly the same, and none does better.",
                name(k),
                name(next)
            )
        } else if sure {
            format!("{} does best by \"{measure}\": {by} from {}, the next.", name(k), name(next))
        } else {
            format!(
                "Which does best by \"{measure}\" cannot be told: {} and {} differ by {by}. More replications may tell.",
                name(k),
                name(next)
            )
        }
    }

    /// What the first figure hangs on most.
    fn widest(&self, figures: &[&Figure]) -> String {
        let Some(figure) = figures.iter().find(|figure| figure.more_is_better().is_some()) else {
            return String::new();
        };
        let base = &self.scenarios[0].side;
        let moved = |k: usize| self.scenarios[k].side.beyond(base, figure, LEVEL);
        let all = self.swings.iter().flat_map(|swing| {
            swing.down_and_up.into_iter().zip(["less", "more"]).map(move |(k, how)| (swing, how, k))
        });
        let most = all.filter_map(|(swing, how, k)| Some((swing, how, moved(k)?)));
        let most = most.max_by(|a, b| a.2.mean.abs().total_cmp(&b.2.mean.abs()));
        most.map_or_else(String::new, |(swing, how, e)| {
            format!(
                "\"{}\" hangs most on {}: {} {how} moves it by {}.",
                title(figure),
                swing.of,
                swing.by,
                difference(figure, e)
            )
        })
    }

    fn grid(&self, figure: &Figure, style: Style) -> String {
        let header = ["scenario", "in the long run", "difference", ""].map(str::to_owned);
        let base = &self.scenarios[0].side;
        let row = |(k, one): (usize, &Named)| {
            let value = one.side.value(figure).map_or_else(|| "–".to_owned(), |e| amount(figure, e));
            let by = one.side.beyond(base, figure, LEVEL).filter(|_| k > 0);
            let standing = one.side.standing(base, figure, LEVEL).filter(|_| k > 0).map_or("", word);
            let by = by.map_or_else(String::new, |e| difference(figure, e));
            vec![one.name.clone(), value, by, standing.to_owned()]
        };
        style.grid(&header, self.scenarios.iter().enumerate().map(row).collect())
    }

    /// What every swing does to a figure, the widest first.
    fn tornado(&self, figure: &Figure, style: Style) -> String {
        let base = &self.scenarios[0].side;
        let by = self.swings.first().map_or("", |swing| swing.by.as_str());
        let header = [String::new(), format!("{by} less"), format!("{by} more"), String::new()];
        let beyond = |k: usize| self.scenarios[k].side.beyond(base, figure, LEVEL);
        let mut rows: Vec<(f64, Vec<String>)> = Vec::new();
        for swing in &self.swings {
            let moved = swing.down_and_up.map(beyond);
            let width = moved.iter().flatten().map(|e| e.mean.abs()).fold(0.0, f64::max);
            let words = moved.map(|e| e.map_or_else(String::new, |e| difference(figure, e)));
            let own = if swing.by == by { String::new() } else { format!(", by {}", swing.by) };
            rows.push((width, [vec![format!("{}{own}", swing.of)], words.to_vec()].concat()));
        }
        rows.sort_by(|a, b| b.0.total_cmp(&a.0));
        let widest = rows.first().map_or(0.0, |row| row.0);
        let bar =
            |width: f64| "█".repeat(if widest > 0.0 { (10.0 * width / widest).round() as usize } else { 0 });
        let rows = rows.into_iter().map(|(width, row)| [row, vec![format!("{:<10}", bar(width))]].concat());
        style.grid(&header, rows.collect())
    }

    /// The scenarios whose staff or bill is not that of the first.
    fn costs(&self, style: Style) -> String {
        let priced_too = self.scenarios.iter().any(|one| one.side.outcome.total.cost.is_some());
        let mut header = vec!["scenario".to_owned(), "agent hours a day".to_owned()];
        header.extend(priced_too.then(|| "cost a day".to_owned()));
        let row = |one: &Named| {
            let mut row = vec![one.name.clone(), trimmed(one.agent_hours, 1)];
            if priced_too {
                row.push(one.side.outcome.total.cost.map_or_else(|| "–".to_owned(), priced));
            }
            row
        };
        let mut rows: Vec<_> = self.scenarios.iter().map(row).collect();
        let mut first = true;
        let usual = rows[0][1..].to_vec();
        rows.retain(|row| std::mem::take(&mut first) || row[1..] != usual);
        if rows.len() < self.scenarios.len() {
            rows[0][0] = format!("{} (and all that are not listed)", rows[0][0]);
        }
        style.grid(&header, rows)
    }

    fn meaning(&self, style: Style) -> String {
        let mut out = String::from("\n");
        out.push_str(&style.heading("What the numbers mean"));
        let mut notes = vec![
            format!(
                "Each was played on the same {} replications (seed {}): the same customers with the same handle times and patience, as far as their queues are the same.",
                self.replications, self.seed
            ),
            format!(
                "Differences are from \"{}\", shares in points, with their 95% computing error; what both have in common cancels, so that a difference is known better than either figure.",
                self.scenarios[0].name
            ),
        ];
        notes.push(if self.swings.is_empty() {
            "Better, worse: the interval of the difference lies on one side of 0. Cannot be told: it holds 0."
                .to_owned()
        } else {
            "Agents change to the nearest whole number in every interval.".to_owned()
        });
        for note in notes {
            out.push_str(&style.hanging(&format!("• {note}"), 1, 3));
        }
        out
    }

    /// For programs: every figure with its difference from the first scenario.
    pub fn json(&self) -> serde_json::Result<String> {
        let figures = self.figures();
        let first = figures.iter().find(|figure| figure.more_is_better().is_some());
        let sides: Vec<Side> = self.scenarios.iter().map(|one| one.side.clone()).collect();
        let best = first.and_then(|figure| {
            let (k, sure) = best(&sides, figure)?;
            Some(json!({ "scenario": self.scenarios[k].name, "by": figure, "sure": sure }))
        });
        let mut all = Map::new();
        all.insert("program".to_owned(), Value::from(concat!("headcount ", env!("CARGO_PKG_VERSION"))));
        all.insert("seed".to_owned(), Value::from(self.seed));
        all.insert("replications".to_owned(), Value::from(self.replications));
        all.insert("level".to_owned(), Value::from(LEVEL));
        all.extend(best.map(|best| ("best".to_owned(), best)));
        let scenarios: serde_json::Result<Vec<Value>> =
            self.scenarios.iter().map(|one| self.one(one, &figures)).collect();
        all.insert("scenarios".to_owned(), Value::from(scenarios?));
        Ok(serde_json::to_string_pretty(&all)? + "\n")
    }

    fn one(&self, one: &Named, figures: &[&Figure]) -> serde_json::Result<Value> {
        let base = &self.scenarios[0];
        let mut found = Vec::new();
        for figure in figures {
            let Some(value) = one.side.value(figure) else { continue };
            let mut entry = serde_json::to_value(figure)?;
            let Value::Object(keys) = &mut entry else { continue };
            keys.insert("value".to_owned(), serde_json::to_value(value)?);
            if one.name != base.name {
                if let Some(by) = one.side.beyond(&base.side, figure, LEVEL) {
                    keys.insert("difference".to_owned(), serde_json::to_value(by)?);
                }
                if let Some(standing) = one.side.standing(&base.side, figure, LEVEL) {
                    keys.insert("standing".to_owned(), serde_json::to_value(standing)?);
                }
            }
            found.push(entry);
        }
        let mut entry = json!({
            "name": one.name,
            "scenario_hash": one.hash,
            "agent_hours": one.agent_hours,
            "figures": found,
        });
        if let (Some(cost), Value::Object(keys)) = (one.side.outcome.total.cost, &mut entry) {
            keys.insert("cost".to_owned(), serde_json::to_value(cost)?);
        }
        Ok(entry)
    }

    /// For spreadsheets: one row per scenario and figure.
    ///
    /// Columns: `scenario`, `of`, `kind`, `within_s`, `unit`, `mean`, `low`, `high`, `difference`, `difference_low`,
    /// `difference_high`, `standing`; empty where it does not apply.
    pub fn csv(&self) -> Result<Vec<u8>, ::csv::Error> {
        let mut out = super::csv::writer();
        out.write_record(
            "scenario of kind within_s unit mean low high difference difference_low difference_high standing"
                .split(' '),
        )?;
        let base = &self.scenarios[0].side;
        for (k, one) in self.scenarios.iter().enumerate() {
            for figure in self.figures() {
                let Some(value) = one.side.value(figure) else { continue };
                let by = one.side.beyond(base, figure, LEVEL).filter(|_| k > 0);
                let standing = one.side.standing(base, figure, LEVEL).filter(|_| k > 0);
                let mut row = vec![one.name.clone(), figure.of.clone(), key(figure.kind)];
                row.push(figure.within_s.map_or_else(String::new, |s| s.to_string()));
                row.push(if figure.is_share() { "share" } else { "seconds" }.to_owned());
                row.extend(numbers(Some(value)));
                row.extend(numbers(by));
                row.push(standing.map_or("", |standing| word(standing)).to_owned());
                out.write_record(&row)?;
            }
        }
        super::csv::finished(out)
    }
}

fn numbers(e: Option<Estimate>) -> [String; 3] {
    e.map_or_else(Default::default, |e| [e.mean, e.low, e.high].map(|x| x.to_string()))
}

/// As results name it.
fn key(kind: TargetKind) -> String {
    match serde_json::to_value(kind) {
        Ok(Value::String(key)) => key,
        _ => String::new(),
    }
}

/// "phone, answered within 2m".
pub(super) fn title(figure: &Figure) -> String {
    let within = figure.within_s.map_or_else(String::new, |s| format!(" within {}", threshold(s)));
    let what = match figure.kind {
        TargetKind::Answered => "answered",
        TargetKind::Asa => "average speed of answer",
        TargetKind::Abandoned => "hang up",
        TargetKind::Longest => "longest wait",
        TargetKind::Done => "done",
        TargetKind::Replied => "replies in time",
        TargetKind::CalledBack => "called back in time",
        TargetKind::MaxOccupancy => "busy",
    };
    format!("{}: {what}{within}", figure.of)
}

/// "91.2% ± 0.3", or "42s ± 1.5s".
pub(super) fn amount(figure: &Figure, e: Estimate) -> String {
    if figure.is_share() { share(e) } else { timed(e) }
}

/// "+1.8 ± 0.2 points", or "−12s ± 3s".
fn difference(figure: &Figure, e: Estimate) -> String {
    let text = change(figure.is_share(), e);
    if figure.is_share() && text != "0" { format!("{text} points") } else { text }
}

/// A change of a share in points, or of a time, with its computing error: "+1.8 ± 0.2", "−12s ± 3s".
pub(super) fn change(is_share: bool, e: Estimate) -> String {
    let sign = if e.mean < 0.0 { "−" } else { "+" };
    if e.mean == 0.0 && e.half_width() == 0.0 {
        return "0".to_owned();
    }
    let amount = |x: f64| if is_share { format!("{:.*}", digits(e), 100.0 * x) } else { seconds(x) };
    format!("{sign}{} ± {}", amount(e.mean.abs()), amount(e.half_width()))
}

/// Enough decimals that the error of a difference in points is not written as 0.
fn digits(e: Estimate) -> usize {
    if 100.0 * e.half_width() < 0.05 { 2 } else { 1 }
}

fn word(standing: Standing) -> &'static str {
    match standing {
        Standing::Better => "better",
        Standing::Worse => "worse",
        Standing::Undecided => "cannot be told",
        Standing::Same => "the same",
    }
}
