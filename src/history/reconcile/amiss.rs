//! What can be wrong with a file of what came, in words: what it is, and its mend.

use super::actual::DAYS;
use crate::exports::{self, DAY, Intervals};
use crate::model::Model;
use crate::scenario::{Fault, Faults, Note, Severity, Trouble, quoted};

pub(super) fn note(title: String, label: String, help: &str) -> Note {
    Fault::new(None, Trouble::new(title, label, help), Severity::Warning)
}

pub(super) fn a_forecast() -> Trouble {
    Trouble::new("this is a forecast", "nothing in it has happened", "give the export of what came instead")
}

pub(super) fn no_level() -> Faults {
    Faults::only(Trouble::new("a queue has no service level", "nothing to compare", "give it a target"))
}

pub(super) fn nothing() -> Trouble {
    Trouble::new("nothing is left of the file", "no rows on these days", "see --from and --to")
}

pub(super) fn no_level_told() -> Trouble {
    let help = "add a column `answered_in_sl`, the contacts answered in the promised time; or give a log of single \
                contacts with `wait_s`";
    Trouble::new("the file does not tell who was answered in time", "no service level to compare", help)
}

pub(super) fn nobody_waits() -> Trouble {
    let help =
        "only service levels are compared: the share answered in time where customers wait on the line";
    Trouble::new("all of the scenario's work waits until it is done", "no service level to compare", help)
}

pub(super) fn no_queue(counts: &Intervals, model: &Model) -> Trouble {
    let names = |names: Vec<&str>| names.iter().map(|name| quoted(name)).collect::<Vec<_>>().join(", ");
    let theirs = names(counts.queues.iter().take(8).map(|queue| queue.name.as_str()).collect());
    let ours = names(model.queues.iter().map(|queue| queue.name.as_str()).collect());
    let help = format!("the scenario has {ours}: give them the same names");
    Trouble::new("no queue of the file is in the scenario", format!("the file has {theirs}"), help)
}

pub(super) fn nobody(group: &str) -> Trouble {
    let help = "add a column `staffed` to the file, or `agents` to the group";
    Trouble::new(format!("nobody knows how many of {group} were at work"), "neither file nor scenario", help)
}

pub(super) fn wrong_length(theirs: i32, ours: i32) -> Trouble {
    let length =
        if theirs == DAY { "whole days".to_owned() } else { format!("intervals of {theirs} minutes") };
    let help = format!("export it again in intervals of {ours} minutes, or change `interval` in [calendar]");
    Trouble::new(format!("the file has {length}"), format!("the scenario has {ours} minutes"), help)
}

pub(super) fn too_long(first: i32, last: i32) -> Trouble {
    let title = format!("the file covers {} days", last - first + 1);
    let help = format!("take a part: --from {}", exports::day_shown(last - 27));
    Trouble::new(title, format!("at most {DAYS} at a time"), help)
}

/// A file about days that the scenario says nothing of.
pub(super) fn elsewhere(first: i32, last: i32, model: &Model) -> Trouble {
    let title = format!("the file is about {} to {}", exports::day_shown(first), exports::day_shown(last));
    let label = match model.calendar.start {
        Some(start) => format!("the scenario has {} days from {start}", model.grid().days),
        None => format!("the {} days of the scenario have no dates", model.grid().days),
    };
    let help = "give the scenario the days of the file; a dated week stands for other weeks too, and a single day for every day";
    Trouble::new(title, label, help)
}
