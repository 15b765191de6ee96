//! Shifts, and the rules of a schedule.

use super::{Form, Keys, key};

/// A duration, or several.
const LENGTHS: Form = Form::Any(&[Form::Duration, Form::List(&Form::Duration)]);
/// A text, or several.
const TEXTS: Form = Form::Any(&[Form::Text, Form::List(&Form::Text)]);

pub(crate) static SHIFT: Keys = Keys {
    name: "shift",
    says: "One kind of shift: when it may start, how long it is, and its breaks.",
    keys: &[
        key(
            "groups",
            Form::List(&Form::Text),
            "The groups whose people may work it. Default: every group.",
            &[r#"["phones"]"#],
        ),
        key(
            "days",
            Form::List(&Form::Word(&super::WEEKDAYS)),
            "The weekdays on which it may start. Default: every day.",
            &[r#"["mon", "tue", "wed", "thu", "fri"]"#],
        ),
        key(
            "starts",
            TEXTS,
            "When it may start: a time, first and last time, or a list of these.",
            &[r#""06:00-10:00""#, r#"["08:00", "13:00-14:30"]"#],
        ),
        key(
            "every",
            Form::Duration,
            "How far one start lies from the next. Default: one interval.",
            &[r#""30m""#],
        ),
        key(
            "length",
            LENGTHS,
            "From its start to its end, breaks included; several may be given.",
            &[r#""8h 30m""#, r#"["4h", "8h"]"#],
        ),
        key(
            "breaks",
            Form::List(&Form::Table(&BREAK)),
            "Its breaks, in the order in which they are taken. Default: none.",
            &[r#"[{ length = "30m", after = "3h-5h" }]"#],
        ),
        key(
            "at_least",
            Form::Whole(0, super::super::limits::AGENTS),
            "Fewest people who work it on each of its days. Default 0.",
            &["2"],
        ),
        key(
            "at_most",
            Form::Whole(0, super::super::limits::AGENTS),
            "Most people who work it on each of its days.",
            &["10"],
        ),
        key(
            "extra",
            Form::Duration,
            "Paid time besides, such as for logging in or for travel. Default none.",
            &[r#""10m""#],
        ),
        key(
            "premium",
            Form::List(&Form::Table(&PREMIUM)),
            "Hours of the day that cost more.",
            &[r#"[{ hours = "22:00-06:00", share = "25%" }]"#],
        ),
    ],
};

pub(crate) static BREAK: Keys = Keys {
    name: "break",
    says: "A break; where in its window it is taken, is chosen with the shifts.",
    keys: &[
        key("length", Form::Duration, "How long it is.", &[r#""30m""#]),
        key(
            "after",
            Form::Text,
            "How long after the shift's start it begins: a time, or the earliest and the latest.",
            &[r#""3h-5h""#, r#""4h""#],
        ),
        key("between", Form::Text, "Hours of the day inside which it lies.", &[r#""11:30-14:00""#]),
        key("paid", Form::Flag, "Whether it is paid. Default false.", &["true"]),
    ],
};

pub(crate) static PREMIUM: Keys = Keys {
    name: "premium",
    says: "Hours of the day that cost more.",
    keys: &[
        key("hours", Form::Text, "The hours of the day.", &[r#""22:00-06:00""#]),
        key("share", Form::Factor, "By how much more they cost.", &[r#""25%""#]),
    ],
};

pub(crate) static SCHEDULE: Keys = Keys {
    name: "schedule",
    says: "Rules that all shifts together must keep.",
    keys: &[
        key(
            "repeats",
            Form::Flag,
            "Whether the run comes again and again, so that a shift past its last midnight covers its first morning. Default false.",
            &["true"],
        ),
        key(
            "seats",
            Form::Whole(1, super::super::limits::AGENTS),
            "Most people at work at once, all groups; those on a break do not count.",
            &["60"],
        ),
        key(
            "people",
            Form::Whole(1, super::super::limits::AGENTS),
            "Most people on a day, all groups.",
            &["140"],
        ),
        key(
            "named",
            Form::Text,
            "A CSV file with a row for each person: `agent`, `contract`, groups, when they can work, days off asked for. Without it people are numbered.",
            &[r#""people.csv""#],
        ),
    ],
};
