//! What can be wrong with a roster's rows, in words: what it is, and its mend.

use super::roster::MOST;
use crate::scenario::{Trouble, quoted};

pub(super) fn empty(column: &str, mend: &str) -> Trouble {
    Trouble::new(format!("`{column}` is empty"), "nothing here", mend)
}

pub(super) fn backwards() -> Trouble {
    Trouble::new(
        "it ends before it starts",
        "not after its start",
        "check both; a shift through midnight ends on the next date",
    )
}

pub(super) fn too_long(minutes: i64) -> Trouble {
    let title = format!("it lasts {} hours", (minutes + 30) / 60);
    Trouble::new(title, "longer than a day", "check its dates")
}

pub(super) fn too_many() -> Trouble {
    Trouble::new("there are too many shifts", format!("more than {MOST}"), "keep those of the run only")
}

pub(super) fn no_day(text: &str) -> Trouble {
    let title = format!("\"{}\" is no number of a day", quoted(text));
    Trouble::new(title, "not understood", "write 1 for the first day of the run")
}

pub(super) fn no_date(text: &str, dated: bool) -> Trouble {
    let help = if dated {
        "write 2026-11-23 08:30, or add a column `date`"
    } else {
        "add a column `day` with 1 for the first day of the run, or give the calendar a `start`"
    };
    Trouble::new(format!("\"{}\" is on no day", quoted(text)), "a time without its day", help)
}

pub(super) fn no_calendar(text: &str) -> Trouble {
    let title = format!("\"{}\" is a date, but the days of the run have none", quoted(text));
    Trouble::new(title, "which day of the run?", "add `start = \"2026-11-23\"` to [calendar]")
}

pub(super) fn no_zone(name: &str) -> Trouble {
    let title = format!("time zone \"{}\" is not known", quoted(name));
    Trouble::new(title, "no such name", "write an IANA name such as Europe/Berlin, or UTC+05:30")
}

pub(super) fn other_zone(name: &str, before: &str) -> Trouble {
    let title = format!("rows above are in {}, this one in {}", quoted(before), quoted(name));
    Trouble::new(title, "on which clock is the run?", "add `timezone = \"Europe/Berlin\"` to [calendar]")
}

/// What the reader of exports says, with a mend that a roster has.
pub(super) fn reworded(text: &str, trouble: Trouble) -> Trouble {
    match trouble.label.as_str() {
        "two readings" => Trouble::new(trouble.title, trouble.label, "write it as 2026-11-23 08:30"),
        _ => Trouble::new(
            format!("\"{}\" is no date with a time", quoted(text)),
            "not understood",
            "write it as 2026-11-23 08:30, or the time alone: 08:30",
        ),
    }
}
