//! Counts by interval: rows of a sheet become, queue by queue, a series on the wall clock.

use super::cell::Numbers;
use super::counts::{Interval, Intervals, QueueRows, Told};
use super::field::{self, Field};
use super::moment::{self, Clock, DAY, Moment, Repeated};
use crate::scenario::{Fault, Severity, Trouble, grouped, quoted};
use csv::StringRecord;
use std::collections::HashMap;

/// Lengths of an interval, minutes; whole days are spread over their hours later.
const LENGTHS: [i32; 5] = [5, 15, 30, 60, DAY];

/// Where things stand in a row.
pub(super) struct Columns {
    fields: Vec<(usize, Field)>,
    start: usize,
    time: Option<usize>,
    width: usize,
}

impl Columns {
    pub(super) fn new(fields: impl Iterator<Item = Field>) -> Self {
        let all: Vec<Field> = fields.collect();
        let find = |field| all.iter().position(|other| *other == field);
        let (start, time) = (find(Field::Start).unwrap_or(0), find(Field::Time));
        let fields = all.iter().copied().enumerate();
        let fields = fields
            .filter(|(_, field)| !matches!(field, Field::Start | Field::Time | Field::Other | Field::End));
        Self { fields: fields.collect(), start, time, width: all.len() }
    }
}

/// Reads rows and keeps them by queue.
pub(super) struct Collector {
    columns: Columns,
    numbers: Numbers,
    clock: Clock,
    optional_last: bool,
    keys: HashMap<String, usize>,
    /// The keys in order of first appearance, and where the last row belonged: rows mostly name the same queues in turn.
    in_turn: Vec<String>,
    last: usize,
    parts: Vec<(String, &'static str, Vec<Interval>)>,
    key: String,
    skipped: u64,
}

impl Collector {
    pub(super) fn new(columns: Columns, numbers: Numbers, clock: Clock, optional_last: bool) -> Self {
        Self {
            columns,
            numbers,
            clock,
            optional_last,
            keys: HashMap::new(),
            in_turn: Vec::new(),
            last: 0,
            parts: Vec::new(),
            key: String::new(),
            skipped: 0,
        }
    }

    /// Takes a row; a fault says in which column.
    pub(super) fn row(&mut self, line: usize, record: &StringRecord) -> Result<(), (usize, Trouble)> {
        if record.iter().all(|cell| cell.trim().is_empty()) {
            return Ok(());
        }
        let least = self.columns.width - usize::from(self.optional_last);
        if record.len() < least
            || record.len() > self.columns.width
                && record.iter().skip(self.columns.width).any(|c| !c.trim().is_empty())
        {
            return Err((
                usize::MAX,
                ragged(record.len(), self.columns.width, self.numbers.commas_part_columns),
            ));
        }
        let moment = self.moment(record).map_err(|trouble| (self.columns.start, trouble))?;
        let mut row = Interval {
            at: moment.at,
            line: line as u32,
            again: moment.again,
            exact: moment.exact,
            offered: f64::NAN,
            answered: Told::NOT,
            abandoned: Told::NOT,
            handle_s: Told::NOT,
            aht_s: Told::NOT,
            within: Told::NOT,
            staffed: Told::NOT,
            wait_s: Told::NOT,
        };
        let named = self.figures(record, &mut row)?;
        if moment.skipped {
            if row.offered > 0.0 {
                return Err((
                    self.columns.start,
                    no_such_time(record.get(self.columns.start).unwrap_or_default()),
                ));
            }
            self.skipped += 1;
            return Ok(());
        }
        let part = self.part(record, named);
        self.parts[part].2.push(row);
        Ok(())
    }

    fn moment(&mut self, record: &StringRecord) -> Result<Moment, Trouble> {
        let cell = |column: usize| record.get(column).unwrap_or_default().trim();
        let moment = match self.columns.time {
            None => self.clock.read(cell(self.columns.start))?,
            Some(time) => {
                self.key.clear();
                // A workbook's date comes with a midnight of its own.
                let date = cell(self.columns.start);
                self.key.push_str(date.strip_suffix(" 00:00:00").unwrap_or(date));
                self.key.push(' ');
                self.key.push_str(cell(time));
                let text = std::mem::take(&mut self.key);
                let moment = self.clock.read(&text);
                self.key = text;
                moment?
            }
        };
        if moment.second != 0 {
            let title = format!("\"{}\" is no start of an interval", quoted(cell(self.columns.start)));
            return Err(Trouble::new(
                title,
                "seconds",
                "intervals start on a whole minute; is this a log of single contacts?",
            ));
        }
        Ok(moment)
    }

    /// Reads the figures; gives the columns of queue and channel.
    fn figures(&self, record: &StringRecord, row: &mut Interval) -> Result<Named, (usize, Trouble)> {
        let (mut named, mut mean) = (Named::default(), Means::default());
        let numbers = self.numbers;
        for &(column, field) in &self.columns.fields {
            let text = record.get(column).unwrap_or_default();
            let here = |trouble| (column, trouble);
            let count = || numbers.count(text).map_err(here);
            let seconds = || numbers.seconds(text).map_err(here);
            let share = || numbers.share(text).map_err(here);
            match field {
                Field::Queue => named.queue = Some(column),
                Field::Channel => named.channel = Some(column),
                Field::Offered => row.offered = count()?.ok_or_else(|| here(nothing()))?,
                Field::Answered => row.answered = count()?.into(),
                // Some exports head a column of percentages with the bare word.
                Field::Abandoned if text.trim_end().ends_with('%') => mean.abandoned = share()?,
                Field::Abandoned => row.abandoned = count()?.into(),
                Field::AbandonedShare => mean.abandoned = share()?,
                Field::Aht => mean.aht = seconds()?,
                Field::Wrap => mean.wrap = seconds()?,
                Field::HandleTotal => row.handle_s = seconds()?.into(),
                Field::TalkTotal => mean.talk_total = seconds()?,
                Field::WrapTotal => mean.wrap_total = seconds()?,
                Field::Within => row.within = count()?.into(),
                Field::WithinShare => mean.within = share()?,
                Field::Staffed => row.staffed = count()?.into(),
                Field::MeanWait => mean.wait = seconds()?,
                Field::Asa => mean.asa = seconds()?,
                Field::WaitAnswered | Field::WaitAbandoned => {
                    row.wait_s = row.wait_s.plus(seconds()?.into());
                }
                _ => {}
            }
        }
        mean.complete(row);
        Ok(named)
    }

    /// The series that a row belongs to: its queue, channel, skills and language.
    fn part(&mut self, record: &StringRecord, named: Named) -> usize {
        let cell = |column: Option<usize>| column.and_then(|c| record.get(c)).unwrap_or_default().trim();
        self.key.clear();
        self.key.push_str(cell(named.queue));
        self.key.push('\u{1f}');
        self.key.push_str(cell(named.channel));
        for (column, _) in self.columns.fields.iter().filter(|(_, field)| *field == Field::Part) {
            self.key.push('\u{1f}');
            self.key.push_str(cell(Some(*column)));
        }
        let next = if self.last + 1 < self.in_turn.len() { self.last + 1 } else { 0 };
        let likely = [next, self.last].into_iter().find(|&at| self.in_turn.get(at) == Some(&self.key));
        if let Some(known) = likely.or_else(|| self.keys.get(&self.key).copied()) {
            self.last = known;
            return known;
        }
        let name = cell(named.queue);
        let name = if name.is_empty() { "phone".to_owned() } else { name.to_owned() };
        let channel = field::channel(cell(named.channel)).unwrap_or("voice");
        self.parts.push((name, channel, Vec::new()));
        self.last = self.parts.len() - 1;
        self.keys.insert(self.key.clone(), self.last);
        self.in_turn.push(self.key.clone());
        self.last
    }

    /// The series of every queue, each interval once.
    pub(super) fn finish(
        mut self,
        file: &str,
        faults: &mut Vec<Fault>,
        notes: &mut Vec<Fault>,
    ) -> Option<Intervals> {
        let repeated = self.clock.repeated();
        if self.skipped > 0 {
            let title = format!(
                "{} rows of zero stand at times that the clock skips in spring",
                grouped(self.skipped)
            );
            notes.push(note(title, "left out", "nothing to do"));
        }
        let mut doubled = 0;
        for (name, _, rows) in &mut self.parts {
            rows.sort_by_key(|row| (row.at, row.again, row.line));
            doubled += once(rows, repeated, &format!("{file}, {name}"), faults);
        }
        if doubled > 0 {
            let title = format!("{doubled} intervals happen twice, as the clocks go back");
            notes.push(note(title, "each pair is counted as one clock time", "nothing to do"));
        }
        let queues = self.queues(notes);
        let minutes = length(&queues)?;
        let found = Intervals { minutes, queues };
        check_length(file, &found, faults);
        Some(found)
    }

    /// Parts of one queue and channel, summed up.
    fn queues(&mut self, notes: &mut Vec<Fault>) -> Vec<QueueRows> {
        let mut parts = std::mem::take(&mut self.parts);
        parts.sort_by(|a, b| (&a.0, a.1).cmp(&(&b.0, b.1)));
        let mut queues: Vec<QueueRows> = Vec::new();
        let mut summed = 0;
        for (name, channel, rows) in parts {
            match queues.last_mut() {
                Some(last) if last.name == name && last.channel == channel => {
                    summed += 1;
                    last.rows.extend(rows);
                }
                _ => queues.push(QueueRows { name, channel, rows }),
            }
        }
        if summed > 0 {
            notes.push(note(
                "a queue's skills and languages are summed up".to_owned(),
                "one series a queue",
                "give them queues of their own in the export if different people answer them",
            ));
            for queue in &mut queues {
                queue.rows.sort_by_key(|row| row.at);
                queue.rows.dedup_by(|later, kept| {
                    let same = later.at == kept.at;
                    if same {
                        kept.add(later);
                    }
                    same
                });
            }
        }
        queues
    }
}

#[derive(Clone, Copy, Default)]
struct Named {
    queue: Option<usize>,
    channel: Option<usize>,
}

/// Means and shares of a row, which become totals once its counts are known.
#[derive(Default)]
struct Means {
    abandoned: Option<f64>,
    aht: Option<f64>,
    wrap: Option<f64>,
    talk_total: Option<f64>,
    wrap_total: Option<f64>,
    within: Option<f64>,
    wait: Option<f64>,
    asa: Option<f64>,
}

impl Means {
    fn complete(&self, row: &mut Interval) {
        let fill = |place: &mut Told, value: Option<f64>| {
            if place.get().is_none() {
                *place = value.into();
            }
        };
        let offered = row.offered;
        fill(&mut row.abandoned, self.abandoned.map(|share| share * offered));
        fill(&mut row.within, self.within.map(|share| share * offered));
        let handled = row.handled();
        let aht = self.aht.map(|aht| aht + self.wrap.unwrap_or(0.0));
        fill(&mut row.handle_s, aht.map(|aht| aht * handled));
        fill(&mut row.aht_s, aht);
        fill(&mut row.handle_s, self.talk_total.map(|talk| talk + self.wrap_total.unwrap_or(0.0)));
        fill(&mut row.wait_s, self.wait.map(|wait| wait * offered));
        fill(&mut row.wait_s, self.asa.filter(|_| row.abandoned.get() == Some(0.0)).map(|asa| asa * handled));
    }
}

/// Leaves each interval once: the two showings of a repeated hour are summed, anything else given twice is a fault.
fn once(rows: &mut Vec<Interval>, repeated: Option<Repeated>, whose: &str, faults: &mut Vec<Fault>) -> u64 {
    let mut doubled = 0;
    rows.dedup_by(|later, kept| {
        if later.at != kept.at {
            return false;
        }
        if later.again != kept.again {
            kept.add(later);
            doubled += 1;
        } else if let (Some(which), false) = (repeated, later.exact) {
            if which == Repeated::Second {
                *kept = *later;
            }
            doubled += 1;
        } else if faults.len() < 10 {
            faults.push(Fault::new(None, twice(whose, kept, later), Severity::Error));
        }
        true
    });
    doubled
}

/// The length of an interval: the greatest that all starts and distances are multiples of.
fn length(queues: &[QueueRows]) -> Option<i32> {
    let gcd = |mut a: i32, mut b: i32| {
        while b != 0 {
            (a, b) = (b, a % b);
        }
        a
    };
    let rows = queues.iter().flat_map(|queue| &queue.rows);
    let common = rows.fold(0, |common, row| gcd(common, row.at.rem_euclid(DAY)));
    if queues.iter().all(|queue| queue.rows.is_empty()) {
        return None;
    }
    if common == 0 {
        return Some(DAY);
    }
    // Days that open on the hour look like hours: what lies between neighbours decides.
    let pairs = queues.iter().flat_map(|queue| queue.rows.windows(2)).map(|pair| pair[1].at - pair[0].at);
    let nearest = pairs.filter(|distance| *distance > 0).min().unwrap_or(30);
    let apart = gcd(common, nearest);
    if LENGTHS.contains(&apart) {
        return Some(apart);
    }
    // A few rows with gaps between them lie further apart than they are long.
    Some([60, 30, 15].into_iter().find(|length| apart > *length && apart % length == 0).unwrap_or(apart))
}

fn check_length(file: &str, found: &Intervals, faults: &mut Vec<Fault>) {
    if LENGTHS.contains(&found.minutes) || !faults.is_empty() {
        return;
    }
    let title = format!("{file} has intervals of {} minutes", found.minutes);
    let label = "an interval is 5, 15, 30 or 60 minutes, or a day";
    let stray = found.queues.iter().flat_map(|queue| &queue.rows).find(|row| row.at % 5 != 0);
    let help = match stray {
        Some(row) => format!("line {} starts at {}", row.line, moment::shown(row.at)),
        None => "export it again with half-hours".to_owned(),
    };
    faults.push(Fault::new(None, Trouble::new(title, label, help), Severity::Error));
}

fn note(title: String, label: &str, help: &str) -> Fault {
    Fault::new(None, Trouble::new(title, label, help), Severity::Warning)
}

fn ragged(found: usize, wanted: usize, commas: bool) -> Trouble {
    let title = format!("this row has {found} cells where {wanted} are expected");
    let help = if commas {
        "with decimal commas or commas in names, part the columns by semicolons or put cells in quotes"
    } else {
        "every row needs as many cells as the first"
    };
    Trouble::new(title, "does not fit", help)
}

fn nothing() -> Trouble {
    Trouble::new("no volume", "empty", "write 0 where nobody came; leave the row out where nobody knows")
}

fn no_such_time(text: &str) -> Trouble {
    let title = format!("{} never happened: the clocks go forward", quoted(text.trim()));
    Trouble::new(title, "contacts at a time that is skipped", "is the time zone right? --timezone names it")
}

fn twice(whose: &str, kept: &Interval, later: &Interval) -> Trouble {
    let title = format!("{whose}: {} is given twice", moment::shown(kept.at));
    let label = format!("lines {} and {}", kept.line, later.line);
    Trouble::new(
        title,
        label,
        "keep one of the two; if the clocks go back there, add --timezone and --repeated-hour first or second",
    )
}
