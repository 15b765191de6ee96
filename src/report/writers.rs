//! Files for other programs, and for a ticket: `--write NAME`.
//!
//! | name | file | for |
//! |---|---|---|
//! | `requirement` | `requirement.csv` | any scheduler: `interval_start,queue,required_net,required_gross,binding_goal,p_goal` |
//! | `calabrio` | `calabrio-forecast.csv` | Calabrio's forecast import with agents: no header; skill, start, end, volume, task time, after-task work, agents |
//! | `tidy` | `tidy.csv` | pivots: one figure a row |
//! | `markdown` | `summary.md` | a ticket or a chat: the answer and the requirement as a table |

use super::promise;
use super::requirement::{Needed, date, least_kept, moment, needed, serves, starts};
use super::table::{self, Style};
use super::words::{goal_percent, percent, share, trimmed};
use crate::model::{GroupId, Model, QueueId};
use crate::montecarlo::Outcome;
use crate::plan::Answer;
use crate::stats::Estimate;
use jiff::Span;
use std::fmt::Write as _;

/// More rows than this make no table in a ticket.
const MOST_ROWS: usize = 100;

/// A file that can be written besides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Writer {
    /// Agents by interval.
    Requirement,
    /// Calabrio's forecast with agents.
    Calabrio,
    /// One figure a row.
    Tidy,
    /// For a ticket.
    Markdown,
}

/// Why a file cannot be written, and how to mend it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unwritable {
    /// What is missing.
    pub reason: String,
    /// What to add.
    pub mend: String,
}

impl Writer {
    /// Every one of them with its name on the command line.
    pub const ALL: [(&'static str, Self); 4] = [
        ("requirement", Self::Requirement),
        ("calabrio", Self::Calabrio),
        ("tidy", Self::Tidy),
        ("markdown", Self::Markdown),
    ];

    /// Its file.
    pub fn file(self) -> &'static str {
        match self {
            Self::Requirement => "requirement.csv",
            Self::Calabrio => "calabrio-forecast.csv",
            Self::Tidy => "tidy.csv",
            Self::Markdown => "summary.md",
        }
    }

    /// Makes sure, before any long work, that the scenario has what the file needs.
    pub fn check(self, model: &Model) -> Result<(), Unwritable> {
        let dated = model.calendar.start.is_some();
        match self {
            Self::Requirement | Self::Calabrio if !dated => Err(Unwritable {
                reason: format!("{} needs dates, and the scenario's days have none", self.file()),
                mend: "say when it starts: --set calendar.start=2026-11-23".to_owned(),
            }),
            Self::Calabrio => calabrio_names(model),
            _ => Ok(()),
        }
    }

    /// The file.
    pub fn write(
        self,
        model: &Model,
        outcome: &Outcome,
        answer: Option<&Answer>,
    ) -> Result<Vec<u8>, ::csv::Error> {
        match self {
            Self::Requirement => requirement(model, outcome, answer),
            Self::Calabrio => calabrio(model, outcome, answer),
            Self::Tidy => tidy(model, outcome),
            Self::Markdown => Ok(markdown(model, outcome, answer).into_bytes()),
        }
    }
}

/// Its columns are parted by commas, and nothing says that cells may be quoted.
fn calabrio_names(model: &Model) -> Result<(), Unwritable> {
    let odd = model.queues.iter().find(|queue| queue.name.contains([',', '"', '\n']));
    odd.map_or(Ok(()), |queue| {
        Err(Unwritable {
            reason: format!(
                "Calabrio's forecast has no place for the comma or quote in the queue's name {}",
                queue.name
            ),
            mend: "give the queue the name of the skill there, without commas".to_owned(),
        })
    })
}

fn requirement(model: &Model, outcome: &Outcome, answer: Option<&Answer>) -> Result<Vec<u8>, ::csv::Error> {
    let mut out = super::csv::writer();
    let header = "interval_start queue required_net required_gross binding_goal p_goal";
    out.write_record(header.split(' '))?;
    let goals: Vec<(String, String)> = (0..model.groups.len())
        .map(|group| match least_kept(model, outcome, GroupId(group)) {
            Some((goal, kept)) => (goal, trimmed(kept, 4)),
            None => (String::new(), String::new()),
        })
        .collect();
    for Needed { index, group, net, gross } in needed(model, outcome, answer) {
        let Some(at) = moment(model, index) else { continue };
        let (goal, kept) = goals[group.0].clone();
        out.write_record([at, serves(model, group), net.to_string(), gross.to_string(), goal, kept])?;
    }
    super::csv::finished(out)
}

fn calabrio(model: &Model, outcome: &Outcome, answer: Option<&Answer>) -> Result<Vec<u8>, ::csv::Error> {
    let mut out = super::csv::writer();
    let staff = needed(model, outcome, answer);
    let mut order: Vec<usize> = (0..model.queues.len()).collect();
    order.sort_by(|a, b| model.queues[*a].name.cmp(&model.queues[*b].name));
    let length = Span::new().minutes(model.grid().interval_minutes());
    for q in order {
        let queue = &model.queues[q];
        let group = own_group(model, QueueId(q));
        for i in queue.opening.intervals() {
            let Some(start) = starts(model, i) else { continue };
            let Ok(end) = start.checked_add(length) else { continue };
            let text = |at: jiff::civil::DateTime| at.strftime("%Y%m%d %H:%M").to_string();
            let wrap = queue.wrap.as_ref().map_or(0.0, |wrap| wrap.mean.at(i));
            let figures = [queue.volumes[i], queue.handle.mean.at(i), wrap].map(|x| trimmed(x, 2));
            let mut row = vec![queue.name.clone(), text(start), text(end)];
            row.extend(figures);
            let at = group.and_then(|group| staff.iter().find(|one| one.index == i && one.group == group));
            row.push(at.map_or(0, |one| one.net).to_string());
            if group.is_none() {
                row.pop();
            }
            out.write_record(&row)?;
        }
    }
    super::csv::finished(out)
}

/// The only group that serves a queue, if it serves no other.
fn own_group(model: &Model, queue: QueueId) -> Option<GroupId> {
    let [step] = model.queues[queue.0].route.as_slice() else { return None };
    (model.groups[step.group.0].serves.len() == 1).then_some(step.group)
}

fn tidy(model: &Model, outcome: &Outcome) -> Result<Vec<u8>, ::csv::Error> {
    let mut out = super::csv::writer();
    out.write_record("day date start scope name measure value low high".split(' '))?;
    for queue in &outcome.queues {
        for at in &queue.intervals {
            let figures = [
                ("offered", at.offered),
                ("answered", at.answered),
                ("abandoned", at.abandoned),
                ("mean_wait_s", at.mean_wait_s),
                ("service_level", at.service_level),
                ("mean_queue", at.mean_queue),
                ("backlog", at.backlog),
                ("done", at.done),
            ];
            for (measure, e) in figures {
                let Some(e) = e else { continue };
                let place = place(model, at.index);
                out.write_record(
                    place
                        .iter()
                        .map(String::as_str)
                        .chain(["queue", &queue.name, measure])
                        .chain(bounds(e).iter().map(String::as_str)),
                )?;
            }
        }
    }
    for group in &outcome.groups {
        for at in &group.intervals {
            let figures =
                [("agents", Some(Estimate::exact(f64::from(at.agents)))), ("occupancy", at.occupancy)];
            for (measure, e) in figures {
                let Some(e) = e else { continue };
                let place = place(model, at.index);
                out.write_record(
                    place
                        .iter()
                        .map(String::as_str)
                        .chain(["group", &group.name, measure])
                        .chain(bounds(e).iter().map(String::as_str)),
                )?;
            }
        }
    }
    super::csv::finished(out)
}

fn place(model: &Model, index: usize) -> [String; 3] {
    let date = date(model, index).map_or_else(String::new, |date| date.to_string());
    [(model.grid().day_of(index) + 1).to_string(), date, model.grid().clock(index)]
}

fn bounds(e: Estimate) -> [String; 3] {
    [e.mean, e.low, e.high].map(|x| if x.is_finite() { trimmed(x, 6) } else { String::new() })
}

/// The answer as the terminal says it, its promises and who is needed when.
fn markdown(model: &Model, outcome: &Outcome, answer: Option<&Answer>) -> String {
    let wide = Style { width: 110, colour: false };
    let text = match answer {
        Some(answer) => table::plan(model, answer, wide),
        None => table::simulate(model, outcome, wide),
    };
    let mut out = format!("## {}\n\n", plain(&model.name));
    for line in text.lines().skip(1).take_while(|line| !line.is_empty()) {
        let _ = writeln!(out, "{}", plain(line));
    }
    out.push_str("\n| promise | result | kept | verdict |\n|---|--:|--:|---|\n");
    for target in &outcome.targets {
        let figure = |e: Estimate| if e.mean > 1.0 { super::words::timed(e) } else { share(e) };
        let achieved = target.achieved.map_or_else(|| "–".to_owned(), figure);
        let of = target.per.stretches();
        let kept = target.days_met.map_or_else(|| "–".to_owned(), |e| format!("{} of {of}", percent(e.mean)));
        let name = format!("{}, {}", promise::whose(target), promise::goal(target));
        let verdict = promise::verdict(target.verdict).to_lowercase();
        let _ = writeln!(out, "| {} | {achieved} | {kept} | {verdict} |", plain(&name));
    }
    out.push_str(&rows(model, &needed(model, outcome, answer)));
    let _ = writeln!(
        out,
        "\nheadcount {}, seed {}, {}; ± is the {} computing error.",
        env!("CARGO_PKG_VERSION"),
        outcome.seed,
        super::words::plural(outcome.replications, "replication"),
        goal_percent(outcome.level)
    );
    out
}

/// Who is needed when, as long as that is a table that somebody reads.
fn rows(model: &Model, all: &[Needed]) -> String {
    if all.len() > MOST_ROWS {
        return format!(
            "\n{} rows of who is needed when: see requirement.csv or intervals.csv.\n",
            all.len()
        );
    }
    let mut out = "\n| from | group | at work | scheduled |\n|---|---|--:|--:|\n".to_owned();
    for one in all {
        let day = match date(model, one.index) {
            Some(date) => format!("{date} "),
            None if model.grid().days > 1 => format!("day {}, ", model.grid().day_of(one.index) + 1),
            None => String::new(),
        };
        let (clock, group) = (model.grid().clock(one.index), plain(&model.groups[one.group.0].name));
        let _ = writeln!(out, "| {day}{clock} | {group} | {} | {} |", one.net, one.gross);
    }
    out
}

/// Text in which nothing is a mark of Markdown or a tag.
fn plain(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '|' | '*' | '_' | '`' | '[' | ']' | '<' | '>' | '#' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::{self, Size};

    const HOURS: Size = Size { days: 2, minutes: 60, open: (9, 11), dated: true };

    fn text(writer: Writer, model: &Model) -> String {
        let answer = fixture::answer(model);
        String::from_utf8(writer.write(model, &answer.outcome, Some(&answer)).unwrap()).unwrap()
    }

    #[test]
    fn every_file_is_pinned() {
        let model = fixture::model(HOURS);
        for (name, writer) in Writer::ALL {
            assert_eq!(writer.check(&model), Ok(()));
            insta::with_settings!({ filters => vec![(r"headcount \d+\.\d+\.\d+", "headcount [version]")] }, {
                insta::assert_snapshot!(name, text(writer, &model));
            });
        }
    }

    #[test]
    fn times_have_their_offset_where_there_is_a_zone() {
        let mut model = fixture::model(HOURS);
        model.calendar.timezone = Some("Europe/Berlin".to_owned());
        assert!(moment(&model, 9).unwrap().ends_with("T09:00:00+01:00"));
        model.calendar.timezone = None;
        assert!(moment(&model, 9).unwrap().ends_with(" 09:00"));
    }

    #[test]
    fn what_is_missing_is_said_with_its_mend() {
        let mut model = fixture::model(Size { dated: false, ..HOURS });
        let said = |writer: Writer, model: &Model| {
            writer.check(model).map_err(|fault| format!("{}; {}", fault.reason, fault.mend))
        };
        assert_eq!(said(Writer::Tidy, &model), Ok(()));
        assert_eq!(
            said(Writer::Requirement, &model),
            Err("requirement.csv needs dates, and the scenario's days have none; say when it starts: --set \
                 calendar.start=2026-11-23"
                .to_owned())
        );
        model = fixture::model(HOURS);
        model.queues[0].name = "Sales, south".to_owned();
        assert_eq!(
            said(Writer::Calabrio, &model),
            Err("Calabrio's forecast has no place for the comma or quote in the queue's name Sales, south; give the queue \
                 the name of the skill there, without commas"
                .to_owned())
        );
    }

    #[test]
    fn marks_in_names_are_shown_and_not_obeyed() {
        let mut model = fixture::model(HOURS);
        model.name = "a|b<script>*".to_owned();
        assert!(text(Writer::Markdown, &model).starts_with("## a\\|b\\<script\\>\\*\n"));
    }
}
