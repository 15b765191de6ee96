//! Which program wrote a file: known from its header or, where it has none, from the shape of its first row.

use super::field::{self, Field};
use super::moment::DateOrder;

/// The files that are understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// This program's own: `interval_start,queue,channel,offered[,abandoned,aht_s,…]`, and whatever has like headings.
    Intervals,
    /// Genesys Cloud history: `Interval Start UTC Date,Queue,Media Type,…`.
    Genesys,
    /// Calabrio forecast: no header; skill, start, end, volume, task time, after-task work, agents.
    CalabrioForecast,
    /// Calabrio (Teleopti) queue data: no header, 21 fields.
    CalabrioQueue,
    /// Verint Strategic Planner: queue, `M-D-YYYY`, volume, handle time; a row a day.
    Verint,
    /// Amazon Connect: `QueueName,QueueId,ChannelType,TimeStamp,…`.
    Amazon,
    /// Assembled conversations: `Created at,Import ID,Channel,Status,…`; a row a contact.
    Assembled,
    /// A log with a row a contact: `arrived,queue,wait_s,outcome,handle_s,…`.
    Calls,
}

/// Headings that only one program writes, as letters and digits.
const MARKS: [(Layout, &[&str]); 3] = [
    (Layout::Genesys, &["intervalstartutcdate"]),
    (Layout::Amazon, &["queuename", "channeltype", "timestamp"]),
    (Layout::Assembled, &["createdat", "importid"]),
];

/// What stands in which place of Calabrio's 21 fields.
const CALABRIO_QUEUE: [Field; 21] = [
    Field::Other,
    Field::Start,
    Field::Time,
    Field::Other,
    Field::Queue,
    Field::Offered,
    Field::Other,
    Field::Abandoned,
    Field::Other,
    Field::Answered,
    Field::WaitAnswered,
    Field::WaitAbandoned,
    Field::TalkTotal,
    Field::WrapTotal,
    Field::Other,
    Field::Other,
    Field::Staffed,
    Field::Within,
    Field::Other,
    Field::Other,
    Field::Other,
];

const CALABRIO_FORECAST: [Field; 7] =
    [Field::Queue, Field::Start, Field::End, Field::Offered, Field::Aht, Field::Wrap, Field::Staffed];

const VERINT: [Field; 4] = [Field::Queue, Field::Start, Field::Offered, Field::Aht];

impl Layout {
    /// Every layout with its name on the command line.
    pub const ALL: [(&'static str, Self); 8] = [
        ("intervals", Self::Intervals),
        ("genesys", Self::Genesys),
        ("calabrio-forecast", Self::CalabrioForecast),
        ("calabrio-queue", Self::CalabrioQueue),
        ("verint-sp", Self::Verint),
        ("amazon", Self::Amazon),
        ("assembled", Self::Assembled),
        ("calls", Self::Calls),
    ];

    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Intervals => "intervals with a header",
            Self::Genesys => "Genesys Cloud history",
            Self::CalabrioForecast => "a Calabrio forecast",
            Self::CalabrioQueue => "Calabrio queue data",
            Self::Verint => "Verint Strategic Planner volumes",
            Self::Amazon => "Amazon Connect history",
            Self::Assembled => "Assembled conversations",
            Self::Calls => "a log of single contacts",
        }
    }

    /// Whether a row is one contact.
    pub(super) fn is_log(self) -> bool {
        matches!(self, Self::Assembled | Self::Calls)
    }

    /// Whether its volumes were forecast, not counted.
    pub fn is_forecast(self) -> bool {
        matches!(self, Self::CalabrioForecast)
    }

    /// What stands in which place, where there is no header.
    pub(super) fn places(self) -> Option<&'static [Field]> {
        match self {
            Self::CalabrioForecast => Some(&CALABRIO_FORECAST),
            Self::CalabrioQueue => Some(&CALABRIO_QUEUE),
            Self::Verint => Some(&VERINT),
            _ => None,
        }
    }

    /// The order of its dates, where it is documented.
    pub(super) fn dates(self) -> Option<DateOrder> {
        match self {
            Self::Verint => Some(DateOrder::MonthFirst),
            Self::Assembled => Some(DateOrder::YearFirst),
            _ => None,
        }
    }

    /// Which layout a file has by its first row; nothing if none fits.
    pub(super) fn of(first: &[&str]) -> Option<Self> {
        let names: Vec<String> = first.iter().map(|heading| field::reduced(heading)).collect();
        let has = |wanted: &&str| names.iter().any(|name| name == wanted);
        if let Some((layout, _)) = MARKS.iter().find(|(_, marks)| marks.iter().all(has)) {
            return Some(*layout);
        }
        if let Some(layout) = Self::without_header(first) {
            return Some(layout);
        }
        let holds = |calls, field| first.iter().any(|heading| field::of(heading, calls) == field);
        let starts = holds(false, Field::Start);
        if starts && holds(true, Field::Outcome) {
            return Some(Self::Calls);
        }
        (starts && holds(false, Field::Offered)).then_some(Self::Intervals)
    }

    fn without_header(first: &[&str]) -> Option<Self> {
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        let compact_date = |text: &str| text.get(..8).is_some_and(digits);
        let dated = |text: &str| {
            let parts: Vec<&str> = text.trim().split('-').collect();
            parts.len() == 3 && parts.iter().all(|part| digits(part))
        };
        match first.len() {
            6 | 7 if compact_date(first[1].trim()) && compact_date(first[2].trim()) => {
                Some(Self::CalabrioForecast)
            }
            21 if compact_date(first[1].trim()) && first[2].contains(':') => Some(Self::CalabrioQueue),
            4 if dated(first[1]) => Some(Self::Verint),
            _ => None,
        }
    }
}
