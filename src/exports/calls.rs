//! A log with a row for each contact: when it came, how long it waited, what became of it, who took it and for how long.

use super::cell::Numbers;
use super::counts::{Interval, Intervals, QueueRows};
use super::field::{self, Field};
use super::moment::{Clock, DAY};
use crate::scenario::{Fault, Severity, Trouble, grouped, quoted};
use csv::StringRecord;
use std::collections::{BTreeMap, HashMap};

/// What became of a contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// An agent took it.
    Answered,
    /// The customer hung up.
    Abandoned,
    /// It found every line busy.
    Blocked,
    /// It never asked for an agent: the voice menu, a bot.
    Contained,
}

/// One contact.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Call {
    /// When it came: seconds since 1970-01-01 00:00 on the wall clock.
    pub at_s: i64,
    /// Its queue: a place in [`Calls::queues`].
    pub queue: usize,
    /// Seconds in the queue.
    pub wait_s: Option<f64>,
    /// What became of it.
    pub ending: Ending,
    /// Seconds that an agent was busy with it.
    pub handle_s: Option<f64>,
    /// Who took it: a number of an agent.
    pub agent: Option<u32>,
    /// Who called: a number of a customer.
    pub customer: Option<u32>,
}

/// The contacts of a file, in order of time.
#[derive(Clone, Debug, PartialEq)]
pub struct Calls {
    /// Names and channels of the queues.
    pub queues: Vec<(String, &'static str)>,
    /// In order of time.
    pub calls: Vec<Call>,
}

impl Calls {
    /// The same as counts by interval of `minutes`, contained contacts left out. Intervals in which nobody came stand
    /// there with nothing: in a log, no row means no contact. Days without any row are left out.
    pub fn intervals(&self, minutes: i32) -> Intervals {
        let mut queues: Vec<BTreeMap<i32, Interval>> = vec![BTreeMap::new(); self.queues.len()];
        for call in self.calls.iter().filter(|call| call.ending != Ending::Contained) {
            let minute = call.at_s.div_euclid(60) as i32;
            let at = minute - minute.rem_euclid(minutes);
            let rows = &mut queues[call.queue];
            if !rows.contains_key(&at) {
                let midnight = at - at.rem_euclid(DAY);
                (0..DAY / minutes).for_each(|slot| {
                    rows.entry(midnight + slot * minutes).or_insert_with_key(|&at| Interval::empty(at));
                });
            }
            if let Some(row) = rows.get_mut(&at) {
                row.count(call);
            }
        }
        let named = self.queues.iter().zip(queues).filter(|(_, rows)| !rows.is_empty());
        let queue = |((name, channel), rows): (&(String, &'static str), BTreeMap<i32, Interval>)| QueueRows {
            name: name.clone(),
            channel,
            rows: rows.into_values().collect(),
        };
        Intervals { minutes, queues: named.map(queue).collect() }
    }
}

/// Where things stand in a row.
pub(super) struct LogColumns(Vec<(usize, Field)>);

impl LogColumns {
    pub(super) fn new(fields: impl Iterator<Item = Field>) -> Self {
        Self(fields.enumerate().filter(|(_, field)| *field != Field::Other).collect())
    }

    fn find(&self, field: Field) -> Option<usize> {
        self.0.iter().find(|(_, other)| *other == field).map(|(column, _)| *column)
    }
}

/// Reads contacts.
pub(super) struct Log {
    columns: LogColumns,
    numbers: Numbers,
    clock: Clock,
    queues: Names,
    channels: Vec<&'static str>,
    agents: Names,
    customers: Names,
    calls: Vec<Call>,
    skipped: u64,
}

/// Names that become numbers, in order of appearance.
#[derive(Default)]
struct Names {
    known: HashMap<String, u32>,
    names: Vec<String>,
}

impl Names {
    fn number(&mut self, name: &str) -> u32 {
        if let Some(&number) = self.known.get(name) {
            return number;
        }
        let number = self.names.len() as u32;
        self.names.push(name.to_owned());
        self.known.insert(name.to_owned(), number);
        number
    }
}

impl Log {
    pub(super) fn new(columns: LogColumns, numbers: Numbers, clock: Clock) -> Self {
        Self {
            columns,
            numbers,
            clock,
            queues: Names::default(),
            channels: Vec::new(),
            agents: Names::default(),
            customers: Names::default(),
            calls: Vec::new(),
            skipped: 0,
        }
    }

    /// Takes a row; a fault says in which column.
    pub(super) fn row(&mut self, record: &StringRecord) -> Result<(), (usize, Trouble)> {
        if record.iter().all(|cell| cell.trim().is_empty()) {
            return Ok(());
        }
        let cell = |field| {
            let column = self.columns.find(field);
            column.map(|column| (column, record.get(column).unwrap_or_default().trim()))
        };
        let seconds = |field| match cell(field) {
            Some((column, text)) => self.numbers.seconds(text).map_err(|trouble| (column, trouble)),
            None => Ok(None),
        };
        let (wait_s, handle_s) = (seconds(Field::Wait)?, seconds(Field::Handle)?);
        let after_midnight = seconds(Field::SecondOfDay)?;
        let (start, date) = cell(Field::Start).unwrap_or((0, ""));
        let time = cell(Field::Time).map_or("", |(_, text)| text);
        let moment = match after_midnight {
            Some(seconds) => self.clock.after_midnight(date, seconds),
            None if time.is_empty() => self.clock.read(date),
            None => self.clock.read(&format!("{} {time}", date.strip_suffix(" 00:00:00").unwrap_or(date))),
        };
        let moment = moment.map_err(|trouble| (start, trouble))?;
        let at_s = i64::from(moment.at) * 60 + i64::from(moment.second);
        let first = cell(Field::FirstResponse).filter(|(_, text)| !text.is_empty());
        let wait_s = match (wait_s, first) {
            (None, Some((column, text))) => {
                let answered = self.clock.read(text).map_err(|trouble| (column, trouble))?;
                let wait = i64::from(answered.at) * 60 + i64::from(answered.second) - at_s;
                Some(wait as f64).filter(|wait| *wait >= 0.0)
            }
            (wait, _) => wait,
        };
        let (outcome, word) = cell(Field::Outcome).unwrap_or((0, ""));
        let ending = ending(word, handle_s, first.is_some()).map_err(|trouble| (outcome, trouble))?;
        let number = |names: &mut Names, found: Option<(usize, &str)>| {
            found.filter(|(_, text)| !text.is_empty()).map(|(_, text)| names.number(text))
        };
        let (agent, customer) = (cell(Field::Agent), cell(Field::Customer));
        let name = cell(Field::Queue).map_or("", |(_, text)| text);
        let channel = cell(Field::Channel).and_then(|(_, text)| field::channel(text)).unwrap_or("voice");
        let agent = number(&mut self.agents, agent);
        let customer = number(&mut self.customers, customer);
        let queue = self.queue(name, channel);
        self.skipped += u64::from(moment.skipped);
        self.calls.push(Call { at_s, queue, wait_s, ending, handle_s, agent, customer });
        Ok(())
    }

    fn queue(&mut self, name: &str, channel: &'static str) -> usize {
        let name = if name.is_empty() { channel_name(channel) } else { name };
        let number = self.queues.number(&format!("{name}\u{1f}{channel}")) as usize;
        if number == self.channels.len() {
            self.channels.push(channel);
        }
        number
    }

    /// The contacts in order of time.
    pub(super) fn finish(mut self, notes: &mut Vec<Fault>) -> Calls {
        if self.skipped > 0 {
            let title =
                format!("{} contacts came at times that the clock skips in spring", grouped(self.skipped));
            let trouble =
                Trouble::new(title, "kept as they stand", "is the time zone right? --timezone names it");
            notes.push(Fault::new(None, trouble, Severity::Warning));
        }
        self.calls.sort_by_key(|call| call.at_s);
        let names =
            self.queues.names.iter().map(|key| key.split('\u{1f}').next().unwrap_or_default().to_owned());
        Calls { queues: names.zip(self.channels).collect(), calls: self.calls }
    }
}

/// The name of a queue that has none.
fn channel_name(channel: &'static str) -> &'static str {
    if channel == "voice" { "phone" } else { channel }
}

/// What became of a contact, by the words of logs.
fn ending(word: &str, handle_s: Option<f64>, responded: bool) -> Result<Ending, Trouble> {
    // Assembled's open conversations, and logs without a word, were handled if an agent has touched them.
    let touched = handle_s.is_some_and(|s| s > 0.0) || responded;
    Ok(match field::reduced(word).as_str() {
        "answered" | "served" | "handled" | "agent" | "solved" | "closed" | "resolved" | "completed" => {
            Ending::Answered
        }
        "open" | "pending" | "new" | "hold" | "" if touched => Ending::Answered,
        "abandoned" | "hang" | "hungup" | "abandon" | "" => Ending::Abandoned,
        "blocked" | "busy" | "rejected" => Ending::Blocked,
        "ivrexit" | "contained" | "selfservice" | "bot" | "open" | "pending" | "new" | "hold" => {
            Ending::Contained
        }
        _ => {
            let title = format!("\"{}\" is no outcome", quoted(word));
            return Err(Trouble::new(
                title,
                "not understood",
                "answered, abandoned, blocked and contained are",
            ));
        }
    })
}
