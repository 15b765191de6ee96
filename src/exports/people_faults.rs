//! What can be wrong with the people's file, in words: what it is, and its mend.

use crate::scenario::{Trouble, nearest_or_all, quoted};

pub(super) fn nobody(name: &str) -> Trouble {
    Trouble::new(
        format!("{name} has no people"),
        "nothing to read",
        "it needs a first row of headings and one row for each person",
    )
}

pub(super) fn missing(name: &str, heading: &str, headings: &str) -> Trouble {
    let title = format!("{name} has no column `{heading}`");
    Trouble::new(
        title,
        format!("its columns are {headings}"),
        format!("name the column `{heading}` in the first row"),
    )
}

pub(super) fn two_columns(name: &str, a: &str, b: &str) -> Trouble {
    let title = format!("{name}: `{}` and `{}` hold the same", quoted(a.trim()), quoted(b.trim()));
    Trouble::new(title, "which one?", "remove or rename one of the two")
}

pub(super) fn empty(column: &str, mend: &str) -> Trouble {
    Trouble::new(format!("`{column}` is empty"), "nothing here", mend)
}

pub(super) fn twice(name: &str) -> Trouble {
    let help = "one row a person; tell two of one name apart, as in \"Ann B.\"";
    Trouble::new(format!("`{}` stands there twice", quoted(name)), "a row above has this name", help)
}

pub(super) fn no_contract(cell: &str, known: &[&str]) -> Trouble {
    let title = if cell.is_empty() {
        "`contract` is empty".to_owned()
    } else {
        format!("there is no contract `{}`", quoted(cell))
    };
    Trouble::new(title, "which one?", nearest_or_all(cell, known.iter().copied()))
}

pub(super) fn no_name(cell: &str, known: &[&str], kind: &str) -> Trouble {
    let title = format!("there is no {kind} `{}`", quoted(cell));
    Trouble::new(title, "unknown name", nearest_or_all(cell, known.iter().copied()))
}

pub(super) fn no_hours(part: &str) -> Trouble {
    let title = format!("\"{}\" says no hours", quoted(part));
    Trouble::new(title, "not understood", "write weekdays, hours or both: mon-fri 08:00-18:00 + sat")
}

pub(super) fn no_weekdays(part: &str) -> Trouble {
    let title = format!("\"{}\" names weekdays of days without dates", quoted(part));
    Trouble::new(title, "weekdays need a date to count from", "add `start = \"2026-11-23\"` to [calendar]")
}

pub(super) fn no_work(cell: &str, contract: &str, theirs: &[&str]) -> Trouble {
    let title = format!("contract `{}` has none of this work: \"{}\"", quoted(contract), quoted(cell));
    let help = format!("the contract's groups are {}; leave the cell empty for all", theirs.join(", "));
    Trouble::new(title, "no shift could be given", help)
}

pub(super) fn reserved(name: &str) -> Trouble {
    let title = format!("nobody can be called `{}`", quoted(name));
    Trouble::new(title, "so a roster names a shift that nobody works", "write the name in another way")
}

pub(super) fn too_many(name: &str, most: usize) -> Trouble {
    let title = format!("{name} has more than {most} people");
    Trouble::new(title, "too many to deal shifts out to", "split the scenario by group or by place")
}

pub(super) fn no_date(part: &str, dated: bool) -> Trouble {
    let title = format!("\"{}\" is no day", quoted(part));
    let help = if dated {
        "write 2026-11-25, or 2026-11-25..2026-11-27"
    } else {
        "write 1 for the first day of the run; for dates add `start` to [calendar]"
    };
    Trouble::new(title, "not understood", help)
}

pub(super) fn backwards(part: &str) -> Trouble {
    Trouble::new(
        format!("\"{}\" ends before it begins", quoted(part)),
        "the last day lies before the first",
        "write the earlier day first",
    )
}

pub(super) fn no_number(cell: &str) -> Trouble {
    Trouble::new(
        format!("\"{}\" is no number of hours", quoted(cell)),
        "not understood",
        "write hours such as 12.5 or 12h 30m",
    )
}
