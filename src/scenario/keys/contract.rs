//! Contracts: kinds of people and what their weeks must keep.

use super::{Form, Keys, WEEKDAYS, key};

/// A duration, or two: the least and the most.
const HOURS: Form = Form::Text;

pub(crate) static CONTRACT: Keys = Keys {
    name: "contract",
    says: "A kind of people: how many there are, and what their weeks must keep. Weeks are counted from the run's first day.",
    keys: &[
        key(
            "people",
            Form::Any(&[Form::Whole(0, super::super::limits::CREW), Form::Text]),
            "How many people there are: a number, or the least and the most. May be left out where `schedule.named` names them.",
            &["12", r#""10-14""#],
        ),
        key(
            "groups",
            Form::List(&Form::Text),
            "The groups whose work they do. Default: every group.",
            &[r#"["phones"]"#],
        ),
        key(
            "shifts",
            Form::List(&Form::Text),
            "The shifts that they work. Default: every shift.",
            &[r#"["early", "late"]"#],
        ),
        key(
            "days",
            Form::List(&Form::Word(&WEEKDAYS)),
            "The weekdays on which they may begin a shift. Default: every day.",
            &[r#"["mon", "tue", "wed", "thu", "fri"]"#],
        ),
        key(
            "hours_a_day",
            HOURS,
            "Paid time of a shift: the least and the most, or just so much. Default: any.",
            &[r#""4h-9h""#],
        ),
        key(
            "hours_a_week",
            HOURS,
            "Paid time of a week: the least and the most, or just so much. Default: any.",
            &[r#""30h-40h""#, r#""37h 30m""#],
        ),
        key(
            "tolerance",
            Form::Duration,
            "How far a week may lie above or below a single `hours_a_week`. Default none.",
            &[r#""2h""#],
        ),
        key("days_a_week", Form::Whole(1, 7), "Most days of a week. Default 6.", &["5"]),
        key(
            "days_in_a_row",
            Form::Whole(1, super::super::limits::DAYS),
            "Most days in a row. Default 6.",
            &["5"],
        ),
        key(
            "days_off_in_a_row",
            Form::Whole(1, 6),
            "In every week so many days in a row at least on which no shift begins. Default: nothing is asked.",
            &["2"],
        ),
        key("rest", Form::Duration, "Least rest between two shifts. Default \"11h\".", &[r#""12h""#]),
    ],
};
