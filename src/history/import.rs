//! An export as a scenario: its series day by day, as they were counted or forecast, and what the file says of handle
//! times, patience and staff. Whatever it does not say stands there as a benchmark, marked as one.

use super::names;
use super::text::{self, Text};
use crate::exports::{
    self, Content, DAY, Export, Gaps, Interval, Intervals, Opening, QueueRows, day_shown, shown,
};
use crate::scenario::{Fault, Faults, Note, Severity, Trouble, quoted};
use jiff::tz::{AmbiguousOffset, TimeZone};
use std::borrow::Cow;
use std::fmt::Write as _;

/// Most days of a scenario.
const DAYS: i32 = 366;
/// About so many contacts in all replications: a minute or so of work.
const CONTACTS: f64 = 2e7;

/// What is taken of an export, and what is made of its gaps.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// First day, days since 1970.
    pub from: Option<i32>,
    /// Last day.
    pub to: Option<i32>,
    /// Names of the queues; none: all.
    pub queues: Vec<String>,
    /// Whether a missing row means that nobody came.
    pub gaps_are_zero: bool,
    /// IANA name of the time zone.
    pub timezone: Option<String>,
}

/// A scenario and the files it names.
#[derive(Clone, Debug)]
pub struct Written {
    /// The scenario.
    pub scenario: String,
    /// Names and bytes of the series.
    pub files: Vec<(String, Vec<u8>)>,
    /// What somebody should know.
    pub notes: Vec<Note>,
    /// What was taken, in words.
    pub words: Vec<String>,
}

/// A queue with what was worked out for it.
struct Part<'a> {
    key: String,
    rows: &'a QueueRows,
    opening: Opening,
    gaps: Gaps,
}

/// The days of the scenario.
struct Span {
    first: i32,
    last: i32,
    /// Days on which no queue has a row although one would be open.
    closed: Vec<i32>,
    minutes: i32,
}

/// Writes the scenario of an export that was read from `source`.
pub fn import(export: &Export, source: &str, asked: &Asked) -> Result<Written, Faults> {
    let counted = matches!(export.content, Content::Calls(_));
    let all = match &export.content {
        Content::Intervals(intervals) => Cow::Borrowed(intervals),
        Content::Calls(calls) => Cow::Owned(calls.intervals(30)),
    };
    let taken = select(all, asked).map_err(Faults::only)?;
    let taken: &Intervals = &taken;
    let (first, last) = taken.days().ok_or_else(|| Faults::only(nothing()))?;
    if last - first >= DAYS {
        let title = format!("{source} covers {} days", last - first + 1);
        let help = format!("take a part: --from {} --to {}", day_shown(last - 27), day_shown(last));
        return Err(Faults::only(Trouble::new(title, "a scenario has at most 366", help)));
    }
    let mut notes = export.notes.clone();
    let keys = names::keys(taken.queues.iter().map(|queue| (queue.name.as_str(), queue.channel)));
    let parts: Vec<Part<'_>> =
        taken.queues.iter().zip(keys).map(|(rows, key)| part(taken, rows, key, asked)).collect();
    let closed = (first..=last)
        .filter(|day| parts.iter().all(|part| part.is_shut(*day)))
        .filter(|day| parts.iter().any(|part| part.gaps.days.contains(day)));
    let span = Span { first, last, closed: closed.collect(), minutes: taken.minutes };
    mind_the_gaps(&parts, &span, asked, counted, &mut notes)?;
    let files =
        if span.minutes == DAY { Vec::new() } else { parts.iter().map(|part| series(part, &span)).collect() };
    let scenario = scenario(&parts, &span, export, source, asked);
    let words = parts.iter().map(Part::words).collect();
    Ok(Written { scenario, files, notes, words })
}

fn nothing() -> Trouble {
    Trouble::new(
        "nothing is left of the file",
        "no rows in these days and queues",
        "see --from, --to and --queue",
    )
}

/// The queues and days that were asked for; rows are copied only where some are left out.
fn select<'a>(all: Cow<'a, Intervals>, asked: &Asked) -> Result<Cow<'a, Intervals>, Trouble> {
    for name in &asked.queues {
        if !all.queues.iter().any(|queue| queue.name == *name) {
            let names: Vec<String> = all.queues.iter().take(10).map(|queue| quoted(&queue.name)).collect();
            let title = format!("there is no queue \"{}\"", quoted(name));
            return Err(Trouble::new(title, "not in this file", format!("there are {}", names.join(", "))));
        }
    }
    let wanted = |queue: &&QueueRows| asked.queues.is_empty() || asked.queues.contains(&queue.name);
    let count = all.queues.iter().filter(wanted).count();
    if count > 200 {
        let title = format!("the file has {count} queues");
        return Err(Trouble::new(title, "a scenario has at most 200", "choose some with --queue"));
    }
    let used = |queue: &QueueRows| queue.rows.iter().any(|row| row.offered > 0.0);
    let whole = asked.from.is_none() && asked.to.is_none() && count == all.queues.len();
    if whole && all.queues.iter().all(used) {
        return Ok(all);
    }
    let inside = |row: &&Interval| {
        let day = row.at.div_euclid(DAY);
        asked.from.is_none_or(|from| day >= from) && asked.to.is_none_or(|to| day <= to)
    };
    let cut = |queue: &QueueRows| QueueRows {
        name: queue.name.clone(),
        channel: queue.channel,
        rows: queue.rows.iter().filter(inside).copied().collect(),
    };
    let queues = all.queues.iter().filter(wanted).map(cut).filter(used).collect();
    Ok(Cow::Owned(Intervals { minutes: all.minutes, queues }))
}

fn part<'a>(all: &Intervals, rows: &'a QueueRows, key: String, asked: &Asked) -> Part<'a> {
    let opening = exports::opening(rows, all.minutes);
    let mut gaps = exports::gaps(all, rows, &opening);
    if let Some(zone) = asked.timezone.as_deref().and_then(|name| TimeZone::get(name).ok()) {
        gaps.intervals.retain(|at| !skipped(&zone, *at));
    }
    Part { key, rows, opening, gaps }
}

/// Whether the clock leaves this time out in spring.
fn skipped(zone: &TimeZone, at: i32) -> bool {
    let minute = at.rem_euclid(DAY);
    let civil = exports::date_of(at).map(|date| date.at((minute / 60) as i8, (minute % 60) as i8, 0, 0));
    civil.is_some_and(|civil| {
        matches!(zone.to_ambiguous_timestamp(civil).offset(), AmbiguousOffset::Gap { .. })
    })
}

impl Part<'_> {
    /// Whether it has no row on a day.
    fn is_shut(&self, day: i32) -> bool {
        let weekday = exports::weekday(day * DAY);
        self.opening.0[weekday].is_empty() || self.gaps.days.binary_search(&day).is_ok()
    }

    fn offered(&self) -> f64 {
        self.rows.rows.iter().map(|row| row.offered).sum()
    }

    /// Mean handle time of all handled contacts, s, and how many those are.
    fn aht(&self) -> Option<(f64, f64)> {
        let told = self.rows.rows.iter().filter_map(|row| Some((row.handle_s.get()?, row.handled())));
        let (total, handled) = told.fold((0.0, 0.0), |sum, row| (sum.0 + row.0, sum.1 + row.1));
        (total > 0.0 && handled > 0.0).then(|| (total / handled, handled))
    }

    /// Seconds waited by all over contacts that hung up: the mean of exponential patience, and how many hung up.
    fn patience(&self) -> Option<(f64, f64)> {
        let told = self.rows.rows.iter().filter_map(|row| Some((row.wait_s.get()?, row.abandoned.get()?)));
        let (waited, left) = told.fold((0.0, 0.0), |sum, row| (sum.0 + row.0, sum.1 + row.1));
        (waited > 0.0 && left >= 1.0).then(|| (waited / left, left))
    }

    /// Whether every open row says how many agents there are.
    fn is_staffed(&self) -> bool {
        self.rows
            .rows
            .iter()
            .filter(|row| row.offered > 0.0)
            .all(|row| row.staffed.get().is_some_and(|n| n > 0.0))
    }

    fn words(&self) -> String {
        let offered = self.offered();
        let plural = if offered == 1.0 { "" } else { "s" };
        let aht = self
            .aht()
            .map_or_else(String::new, |(aht, _)| format!(", handle time {}s", text::number(aht, 1)));
        let live = matches!(self.rows.channel, "voice" | "video" | "chat" | "messaging");
        let missing =
            [("handle time", self.aht().is_none()), ("patience", live && self.patience().is_none())];
        let missing: Vec<&str> =
            missing.iter().filter(|(_, missing)| *missing).map(|(name, _)| *name).collect();
        let benchmarks = match missing.as_slice() {
            [] => String::new(),
            names => format!("; a benchmark stands in for {}", names.join(" and ")),
        };
        format!("{}: {} contact{plural}{aht}{benchmarks}", self.key, text::count(offered))
    }
}

/// Rows that are missing inside the opening: a fault, unless somebody has said what they mean.
fn mind_the_gaps(
    parts: &[Part<'_>],
    span: &Span,
    asked: &Asked,
    counted: bool,
    notes: &mut Vec<Note>,
) -> Result<(), Faults> {
    if !span.closed.is_empty() {
        let days: Vec<String> = span.closed.iter().take(5).map(|day| day_shown(*day)).collect();
        let more = if span.closed.len() > 5 {
            format!(" and {} more", span.closed.len() - 5)
        } else {
            String::new()
        };
        let trouble = Trouble::new(
            format!("no queue has a row on {}{more}", days.join(", ")),
            "taken as closed",
            "see [calendar.special] in the scenario",
        );
        notes.push(Fault::new(None, trouble, Severity::Warning));
    }
    let mut faults = Vec::new();
    for part in parts {
        let days: Vec<i32> =
            part.gaps.days.iter().copied().filter(|day| !span.closed.contains(day)).collect();
        let missing = part.gaps.intervals.len();
        let Some(title) = missing_words(part, &days, missing) else { continue };
        let (severity, label, help) = if asked.gaps_are_zero || counted {
            (Severity::Warning, "taken as zero", "nothing to do if nobody came then")
        } else {
            (
                Severity::Error,
                "nobody knows whether anybody came",
                "if the export leaves empty intervals out, add --gaps zero; else export these days again, or leave them out with --from and --to",
            )
        };
        let fault = Fault::new(None, Trouble::new(title, label, help), severity);
        if severity == Severity::Error { faults.push(fault) } else { notes.push(fault) }
    }
    if faults.is_empty() {
        return Ok(());
    }
    faults.truncate(10);
    Err(Faults::new(faults))
}

fn missing_words(part: &Part<'_>, days: &[i32], missing: usize) -> Option<String> {
    let name = quoted(&part.rows.name);
    let first_day = days.first().map(|day| day_shown(*day));
    let first = part.gaps.intervals.first().map(|at| shown(*at));
    let intervals = counted(missing, "open interval");
    let open_days = counted(days.len(), "open day");
    match (first_day, first) {
        (None, None) => None,
        (Some(day), None) => Some(format!("{name} has no row on {open_days}, the first {day}")),
        (None, Some(at)) => Some(format!("{name} has no row for {intervals}, the first {at}")),
        (Some(day), Some(at)) => Some(format!(
            "{name} has no row for {intervals}, the first {at}, and none at all on {open_days}, the first {day}"
        )),
    }
}

/// `1 day`, `2 days`.
fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

/// A queue's series as CSV: `date,time,offered[,aht_s][,agents]`, a row for each open interval.
fn series(part: &Part<'_>, span: &Span) -> (String, Vec<u8>) {
    let staffed = part.is_staffed();
    let mut out = String::with_capacity(part.rows.rows.len() * 24);
    out.push_str(if staffed { "date,time,offered,agents\n" } else { "date,time,offered\n" });
    let mut rows = part.rows.rows.iter().peekable();
    // A year has the same few times again and again: they are written once.
    let times: Vec<String> = (0..DAY / span.minutes)
        .map(|slot| slot * span.minutes)
        .map(|minute| format!(",{:02}:{:02},", minute / 60, minute % 60))
        .collect();
    for day in (span.first..=span.last).filter(|day| !span.closed.contains(day)) {
        let date = day_shown(day);
        for &slot in &part.opening.0[exports::weekday(day * DAY)] {
            let at = day * DAY + slot as i32 * span.minutes;
            while rows.peek().is_some_and(|row| row.at < at) {
                rows.next();
            }
            let row = rows.peek().filter(|row| row.at == at);
            let offered = row.map_or(0.0, |row| row.offered);
            out.push_str(&date);
            out.push_str(&times[slot]);
            let _ = if offered.fract() == 0.0 {
                write!(out, "{}", offered as u64)
            } else {
                write!(out, "{}", text::number(offered, 4))
            };
            if staffed {
                let _ =
                    write!(out, ",{}", row.and_then(|row| row.staffed.get()).unwrap_or(0.0).ceil() as u64);
            }
            out.push('\n');
        }
    }
    (format!("{}.csv", part.key), out.into_bytes())
}

fn scenario(parts: &[Part<'_>], span: &Span, export: &Export, source: &str, asked: &Asked) -> String {
    let mut text = Text::default();
    let source_shown = names::in_comment(source);
    text.comment(&format!("Written from {source_shown}: {}.", export.layout.words()));
    text.comment("What the file does not say is a benchmark, marked by how good it is: A measured and published, B surveyed, C said by vendors and consultants, D folklore. Replace these by your own figures.");
    text.line("");
    let stem =
        source.rsplit(['/', '\\']).next().unwrap_or(source).rsplit_once('.').map_or(source, |(stem, _)| stem);
    text.key("name", &text::quote(stem.rsplit(['/', '\\']).next().unwrap_or(stem)));
    calendar(&mut text, parts, span, asked);
    text.table("demand");
    text.comment(if export.layout.is_forecast() {
        "How far real days fall from the forecast. C: 5-10% is good, 10-15% usual. Your own: headcount fit."
    } else {
        "These volumes were counted: the days are played as they were, with no further doubt. For a plan of days to come: headcount fit."
    });
    text.key("day_factor_cv", if export.layout.is_forecast() { "\"8%\"" } else { "0.0" });
    run(&mut text, parts);
    let alike = one_opening(parts);
    for part in parts {
        queue(&mut text, part, span, export, alike);
        group(&mut text, part, span, alike);
    }
    text.finish()
}

fn one_opening(parts: &[Part<'_>]) -> bool {
    parts.windows(2).all(|pair| pair[0].opening == pair[1].opening)
}

fn calendar(text: &mut Text, parts: &[Part<'_>], span: &Span, asked: &Asked) {
    text.table("calendar");
    text.key("start", &text::quote(&day_shown(span.first)));
    text.key("days", &(span.last - span.first + 1).to_string());
    let daily = span.minutes == DAY;
    text.key("interval", &text::quote(&format!("{}m", if daily { 30 } else { span.minutes })));
    if daily {
        text.comment("The file has whole days. A guess: put in your opening hours.");
        text.key("open", "\"08:00-20:00\"");
    } else if one_opening(parts) {
        text.comment("From the first to the last interval in which anybody came, by weekday.");
        text.key("open", &text::open(&parts[0].opening, span.minutes, span.first..=span.last));
    }
    if let Some(zone) = &asked.timezone {
        text.key("timezone", &text::quote(zone));
    } else {
        text.comment("The file names no time zone: its times are taken as they stand. Put in yours to hear of days with a change of clocks.");
        text.key("timezone", "\"UTC\"");
    }
    if !span.closed.is_empty() {
        text.table("calendar.special");
        text.comment("Days without a row in any queue: taken as closed.");
        for day in &span.closed {
            text.key(&text::quote(&day_shown(*day)), "\"closed\"");
        }
    }
}

/// As many replications as a minute of work allows.
fn run(text: &mut Text, parts: &[Part<'_>]) {
    let contacts: f64 = parts.iter().map(Part::offered).sum();
    let replications = (CONTACTS / contacts.max(1.0)).clamp(20.0, 1000.0) as u64;
    text.table("run");
    text.key("replications", &replications.to_string());
}

fn queue(text: &mut Text, part: &Part<'_>, span: &Span, export: &Export, alike: bool) {
    text.table(&format!("queue.{}", part.key));
    text.comment(&format!("\"{}\" in the file.", names::in_comment(&part.rows.name)));
    text.key("channel", &text::quote(part.rows.channel));
    let volume = part.offered();
    let what = if export.layout.is_forecast() { "forecast" } else { "offered" };
    text.comment(&format!("{} contacts {what} in all.", text::count(volume)));
    if span.minutes == DAY {
        daily(text, part, span);
    } else {
        if !alike {
            text.key("open", &text::open(&part.opening, span.minutes, span.first..=span.last));
        }
        text.key(
            "arrivals",
            &format!(
                "{{ csv = \"{}.csv\", column = \"offered\", date = \"date\", time = \"time\" }}",
                part.key
            ),
        );
    }
    if !export.layout.is_forecast() {
        text.comment("Counts of a phone system hold redials, repeat calls and transfers already. Should you model these, keep this line:");
        text.comment("volume_is = \"all_attempts\"");
    }
    handle(text, part);
    patience(text, part);
    if let Some((target, why)) = text::usual_target(part.rows.channel) {
        text.comment(why);
        text.key("target", target);
    }
}

/// Whole days, spread by a profile.
fn daily(text: &mut Text, part: &Part<'_>, span: &Span) {
    let volume = |day: i32| {
        let row = part.rows.rows.iter().find(|row| row.at.div_euclid(DAY) == day);
        text::number(row.map_or(0.0, |row| row.offered), 4)
    };
    let days: Vec<String> = (span.first..=span.last).map(volume).collect();
    text.comment(
        "A day from the file; how it spreads over the hours is C: two peaks, before and after lunch.",
    );
    text.key("arrivals", &format!("{{ per_day = [{}], profile = \"m-shaped\" }}", days.join(", ")));
}

fn handle(text: &mut Text, part: &Part<'_>) {
    let mean = if let Some((aht, handled)) = part.aht() {
        text.comment(&format!(
                "Mean from the file: handle time of {} contacts. The spread is not in it; A: lognormal, cv near 1.",
                text::count(handled)
            ));
        aht
    } else {
        text.comment("Not in the file. C: 4-6 minutes on the phone; A: lognormal, cv near 1.");
        300.0
    };
    text.key("aht", &format!("{{ lognormal = {{ mean = {}, cv = 1.0 }} }}", text::seconds(mean)));
}

fn patience(text: &mut Text, part: &Part<'_>) {
    if !matches!(part.rows.channel, "voice" | "video" | "chat" | "messaging") {
        return;
    }
    if let Some((mean, left)) = part.patience() {
        text.comment(&format!(
            "From the file: seconds waited by all, over the {} who hung up.",
            text::count(left)
        ));
        text.key("patience", &format!("{{ exponential = {{ mean = {} }} }}", text::seconds(mean)));
    } else {
        text.comment("When callers hang up is not in the file. D: surveys say a third within 2 minutes, two thirds within 5. Your own: headcount fit, from a file with waits.");
        text.key("patience", "{ exponential = { mean = \"5m\" } }");
    }
}

fn group(text: &mut Text, part: &Part<'_>, span: &Span, alike: bool) {
    text.table(&format!("group.{}-agents", part.key));
    text.key("serves", &format!("[\"{}\"]", part.key));
    if !alike && span.minutes != DAY {
        text.key("open", &text::open(&part.opening, span.minutes, span.first..=span.last));
    }
    if part.is_staffed() && span.minutes != DAY {
        text.comment("Agents as in the file, rounded up. Leave the line out to have them planned.");
        text.key(
            "agents",
            &format!(
                "{{ csv = \"{}.csv\", column = \"agents\", date = \"date\", time = \"time\" }}",
                part.key
            ),
        );
    } else {
        text.comment("Without `agents` they are planned: headcount plan. Write agents = 12 to simulate those you have.");
    }
    text.comment("C: 25-35% of paid time goes to breaks, training, leave and sickness.");
    text.line("# shrinkage = \"30%\"");
}
