//! Every key of a scenario file: its name, the form of its value, what it says, examples.
//!
//! This is the one table of keys. The readers may only ask for keys that stand here, an unknown key is compared with
//! them to find the nearest, and the JSON Schema for editors is written from them.

mod callback;
mod contract;
mod group;
mod journey;
mod law;
mod outcome;
mod people;
mod queue;
mod root;
mod self_service;
mod shifts;
mod target;

pub(super) use callback::{CALLBACK, OFFER};
pub(super) use contract::CONTRACT;
pub(super) use group::{GROUP, SHRINKAGE};
pub(super) use journey::{ANNOUNCED, ASK_BACK, CHASE, REPEAT, RETURN, SILENCE, TRANSFER};
pub(super) use law::{EMPIRICAL, ERLANG, HYPER, LAW, MEAN, MEAN_CV, TRIANGULAR, UNIFORM, WEIBULL};
pub(super) use outcome::OUTCOME;
pub(super) use people::{LATE, LEARNING, TYPING};
pub(super) use queue::{AFTER_WAIT, ARRIVALS, QUEUE};
pub(super) use root::{CALENDAR, DEMAND, PLAN, ROOT, RUN, SPECIAL};
pub(super) use self_service::{OUTAGE, SELF_SERVICE};
pub(super) use shifts::{BREAK, PREMIUM, SCHEDULE, SHIFT};
pub(super) use target::{BONUS, PENALTY, TARGET};

/// The keys of one kind of table.
#[derive(Debug)]
#[expect(clippy::struct_field_names, reason = "keys have keys")]
pub(super) struct Keys {
    /// Its name in the schema.
    pub(super) name: &'static str,
    /// What the table is for.
    pub(super) says: &'static str,
    /// Its keys, in the order in which they are best written.
    pub(super) keys: &'static [Key],
}

impl Keys {
    pub(super) fn find(&self, name: &str) -> Option<&'static Key> {
        self.keys.iter().find(|key| key.name == name)
    }
}

/// A key.
#[derive(Debug)]
pub(super) struct Key {
    pub(super) name: &'static str,
    pub(super) form: Form,
    /// What it says, in a sentence; where it is not modelled yet, what it will do.
    pub(super) says: &'static str,
    /// Values as written in TOML.
    pub(super) examples: &'static [&'static str],
    /// Known, but refused until it is modelled.
    pub(super) later: bool,
}

/// The form of a value.
#[derive(Clone, Copy, Debug)]
pub(super) enum Form {
    Text,
    Date,
    Duration,
    Share,
    /// A positive number or percentage that may exceed 1.
    Factor,
    /// A number that is not negative.
    Number,
    /// Any number.
    Signed,
    /// True or false.
    Flag,
    /// A whole number within these bounds.
    Whole(u64, u64),
    /// One of these words.
    Word(&'static [&'static str]),
    /// Opening hours, also by weekday.
    Hours,
    Table(&'static Keys),
    List(&'static Form),
    /// A list of two.
    Pair(&'static Form, &'static Form),
    /// A table from names (of queues, groups, dates) to values.
    Named(&'static Form),
    /// A table from mon … sun to values.
    Weekdays(&'static Form),
    /// One value, a list, a table by weekday or a column of a CSV file.
    Series(&'static Form),
    /// Any of these.
    Any(&'static [Form]),
}

/// A law, or a duration that never varies.
const LAW_OR_TIME: Form = Form::Any(&[Form::Duration, Form::Table(&LAW)]);

/// A share, or points of a share over time.
const SHARE_CURVE: Form = Form::Any(&[Form::Share, Form::List(&Form::Pair(&Form::Duration, &Form::Share))]);

const fn key(name: &'static str, form: Form, says: &'static str, examples: &'static [&'static str]) -> Key {
    Key { name, form, says, examples, later: false }
}

/// A key that is known and will come: refused with this reason.
const fn later(name: &'static str, says: &'static str) -> Key {
    Key { name, form: Form::Text, says, examples: &[], later: true }
}

/// A series out of a file.
pub(super) static COLUMN: Keys = Keys {
    name: "column",
    says: "A column of a CSV file, in the order of the run or by date and time.",
    keys: &[
        key("csv", Form::Text, "The file, relative to the scenario.", &[r#""forecast.csv""#]),
        key("column", Form::Text, "The heading of the column.", &[r#""offered""#]),
        key(
            "date",
            Form::Text,
            "The heading of the column with ISO dates; left out: the order counts.",
            &[r#""date""#],
        ),
        key(
            "time",
            Form::Text,
            "The heading of the column with times (`08:30`), or with date and time together.",
            &[r#""time""#],
        ),
    ],
};

/// Weekdays, for tables by weekday.
pub(crate) const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

#[cfg(test)]
mod tests {
    use super::*;

    fn each(keys: &Keys, visit: &mut impl FnMut(&Keys, &Key)) {
        for key in keys.keys {
            visit(keys, key);
            for inner in tables(key.form) {
                each(inner, visit);
            }
        }
    }

    /// The tables that a form may hold.
    fn tables(form: Form) -> Vec<&'static Keys> {
        match form {
            Form::Table(keys) => vec![keys],
            Form::List(part) | Form::Named(part) | Form::Series(part) => tables(*part),
            Form::Any(forms) => forms.iter().flat_map(|form| tables(*form)).collect(),
            _ => Vec::new(),
        }
    }

    #[test]
    fn every_key_says_what_it_is_and_every_example_is_toml() {
        for keys in [&ROOT, &COLUMN] {
            each(keys, &mut |keys, key| {
                let place = format!("{}.{}", keys.name, key.name);
                assert!(key.says.ends_with('.'), "{place} says nothing whole");
                assert!(key.later || !key.examples.is_empty(), "{place} has no example");
                for example in key.examples {
                    let text = format!("x = {example}");
                    assert!(text.parse::<toml::Table>().is_ok(), "{place}: {example}");
                }
            });
        }
    }
}
