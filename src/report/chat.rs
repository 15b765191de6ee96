//! What was said about several chats in an agent's hands: a line for every number in hand, and the list for a scenario.

use super::columns;
use super::words::{goal_percent, percent, seconds, threshold, trimmed, wrapped};
use serde::Serialize;
use std::fmt::Write;

/// Columns of text that fit every terminal.
const WIDTH: usize = 80;

/// The number in hand that the sentence above the table speaks of: what most centres allow.
const USUAL: u32 = 3;

/// What was known. Shares from 0 to 1, times in seconds.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Known {
    /// How replies come about.
    Typing {
        /// Mean time a customer takes to write.
        think_s: f64,
        /// Mean time an agent takes for a reply.
        compose_s: f64,
        /// How much longer that takes with two or more in hand.
        switching: f64,
        /// The time promised for a reply.
        #[serde(rename = "reply_within_s", skip_serializing_if = "Option::is_none")]
        within_s: Option<f64>,
    },
    /// A handle time as it was measured.
    Observed(Measured),
}

/// A handle time as it was measured, and what it would be alone.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Measured {
    /// Mean handle time as it was measured.
    pub aht_s: f64,
    /// Mean number in hand, over the time with any.
    pub mean_in_hand: f64,
    /// Shares of that time with 1, 2, 3, … in hand; none where only the mean is known.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub shares: Vec<f64>,
    /// How much each further chat lengthens all of them.
    #[serde(rename = "sigma")]
    pub extra: f64,
    /// Whether nobody said so.
    #[serde(rename = "sigma_is_guess")]
    pub extra_is_guess: bool,
    /// Mean handle time with one in hand.
    pub alone_s: f64,
    /// The same from the mean number in hand only, which is too much.
    pub from_mean_s: f64,
}

/// So many in hand all the time.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Row {
    /// Chats in one agent's hands.
    pub in_hand: u32,
    /// How many times longer each of them takes than alone.
    pub handle_factor: f64,
    /// How many agents with one each would do the same work.
    #[serde(rename = "effective_concurrency")]
    pub concurrency: f64,
    /// Mean handle time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub handle_s: Option<f64>,
    /// The share of the agent's time spent composing.
    #[serde(rename = "composing", skip_serializing_if = "Option::is_none")]
    pub busy: Option<f64>,
    /// Mean time from a customer's message to the reply.
    #[serde(rename = "mean_reply_s", skip_serializing_if = "Option::is_none")]
    pub reply_s: Option<f64>,
    /// The share of replies within the time promised.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replied_within: Option<f64>,
}

/// One question about chats, with its answer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Sheet {
    /// What was known.
    pub known: Known,
    /// A row for every number in hand, from one on.
    #[serde(rename = "loads")]
    pub rows: Vec<Row>,
}

/// For machines.
pub fn json(sheet: &Sheet) -> Vec<u8> {
    #[derive(Serialize)]
    struct File<'a> {
        program: &'static str,
        #[serde(skip_serializing_if = "Option::is_none")]
        label: Option<&'static str>,
        #[serde(flatten)]
        sheet: &'a Sheet,
    }
    let program = concat!("headcount ", env!("CARGO_PKG_VERSION"));
    // What was measured, and how much each further chat adds, is not known exactly.
    let label = matches!(sheet.known, Known::Typing { .. }).then_some("exact");
    // Plain numbers and text always have a JSON form.
    let mut bytes = serde_json::to_vec_pretty(&File { program, label, sheet }).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

/// For spreadsheets: one line per number in hand.
pub fn csv(sheet: &Sheet) -> Vec<u8> {
    let mut text = String::from(
        "in_hand,handle_factor,effective_concurrency,handle_s,composing,mean_reply_s,replied_within\n",
    );
    let cell = |value: Option<f64>| value.map_or_else(String::new, |value| value.to_string());
    for row in &sheet.rows {
        let figures = [
            Some(row.handle_factor),
            Some(row.concurrency),
            row.handle_s,
            row.busy,
            row.reply_s,
            row.replied_within,
        ];
        let _ = writeln!(text, "{},{}", row.in_hand, figures.map(cell).join(","));
    }
    text.into_bytes()
}

/// For people: what was known, what follows, a row for every number in hand, the list for a scenario, and what is
/// supposed.
pub fn table(sheet: &Sheet) -> String {
    let (heading, verdict, supposed) = match &sheet.known {
        Known::Typing { think_s, compose_s, switching, .. } => {
            (typing(*think_s, *compose_s, *switching), worth(sheet), SUPPOSED_OF_TYPING.to_owned())
        }
        Known::Observed(measured) => (observed(measured), alone(measured), supposed(measured)),
    };
    let mut text = format!("{}\n{}\n{}\n", filled(&heading), filled(&verdict), loads(sheet));
    let _ = writeln!(text, "For a scenario's group:\n{}\n", by_load(sheet));
    text + &filled(&supposed)
}

const SUPPOSED_OF_TYPING: &str = "Supposes exponential times, replies one after another in the order of the \
                                  messages, and always so many in hand.";

/// A paragraph.
fn filled(text: &str) -> String {
    wrapped(text, WIDTH).join("\n") + "\n"
}

/// `Chat: customers think for 40s, agents compose for 20s, 10% longer with several`.
fn typing(think_s: f64, compose_s: f64, switching: f64) -> String {
    let (think, compose) = (threshold(think_s), threshold(compose_s));
    let longer = match switching {
        0.0 => String::new(),
        share => format!(", {} longer with several", goal_percent(share)),
    };
    format!("Chat: customers think for {think}, agents compose for {compose}{longer}")
}

/// `Chat: 12m observed with 1.7 in hand, each further one adding 12%`.
fn observed(measured: &Measured) -> String {
    let (aht, in_hand) = (threshold(measured.aht_s), trimmed(measured.mean_in_hand, 2));
    format!("Chat: {aht} observed with {in_hand} in hand, each further one adding {}", {
        goal_percent(measured.extra)
    })
}

/// What several in hand are worth, by an example.
fn worth(sheet: &Sheet) -> String {
    let Some(row) = sheet.rows.iter().find(|row| row.in_hand == USUAL) else { return String::new() };
    let (worth, longer) = (trimmed(row.concurrency, 2), trimmed(row.handle_factor, 2));
    format!(
        "An agent with {USUAL} in hand does the work of {worth} agents with one each (the concurrency \
         below): each chat takes {longer} times as long."
    )
}

/// The handle time alone, and what the mean number in hand would have made of it.
fn alone(measured: &Measured) -> String {
    let (alone, from_mean) = (seconds(measured.alone_s), seconds(measured.from_mean_s));
    if measured.shares.is_empty() {
        return format!(
            "With one in hand a chat takes at most {alone}. The mean number in hand overstates, \
             commonly by 2 to 6%: give --observed-shares where they are known."
        );
    }
    let over = percent((measured.from_mean_s / measured.alone_s - 1.0).max(0.0));
    format!(
        "With one in hand a chat takes {alone}. From the mean number in hand it would be {from_mean}, \
         {over} more."
    )
}

fn supposed(measured: &Measured) -> String {
    let guess = if measured.extra_is_guess { ", a common guess (--sigma)" } else { "" };
    let extra = goal_percent(measured.extra);
    format!("Supposes that each further chat in hand lengthens all of them by {extra}{guess}.")
}

/// A column: its head, and its cell in a row where it has one.
type Column = (String, fn(&Row) -> Option<String>);

/// The rows, flush right.
fn loads(sheet: &Sheet) -> String {
    let within = match sheet.known {
        Known::Typing { within_s: Some(within_s), .. } => format!("in {}", threshold(within_s)),
        _ => String::new(),
    };
    let all: [Column; 7] = [
        ("in hand".to_owned(), |row| Some(row.in_hand.to_string())),
        ("handle factor".to_owned(), |row| Some(format!("{:.2}", row.handle_factor))),
        ("handle time".to_owned(), |row| row.handle_s.map(seconds)),
        ("concurrency".to_owned(), |row| Some(format!("{:.2}", row.concurrency))),
        ("composing".to_owned(), |row| row.busy.map(percent)),
        ("mean reply".to_owned(), |row| row.reply_s.map(seconds)),
        (within, |row| row.replied_within.map(percent)),
    ];
    let shown = all.into_iter().filter_map(|(head, cell)| {
        let cells: Option<Vec<String>> = sheet.rows.iter().map(cell).collect();
        cells.map(|cells| (head, cells))
    });
    columns::text(&shown.collect::<Vec<_>>(), None)
}

/// `handle_by_load = [1.0, 1.12, 1.24]`, as a scenario takes it.
fn by_load(sheet: &Sheet) -> String {
    let factors = sheet.rows.iter().map(|row| match trimmed(row.handle_factor, 4) {
        whole if !whole.contains('.') => whole + ".0",
        factor => factor,
    });
    format!("handle_by_load = [{}]", factors.collect::<Vec<_>>().join(", "))
}
