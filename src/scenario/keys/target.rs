//! `target`: promises, and what missing or exceeding them costs and brings.

use super::{Form, Keys, key};

pub(crate) static TARGET: Keys = Keys {
    name: "target",
    says: "A promise: exactly one of answered, asa, abandoned, longest, done, replied, called_back.",
    keys: &[
        key("answered", Form::Share, "At least this share is answered within `within`.", &[r#""90%""#]),
        key("within", Form::Duration, "Times up to and including this count.", &[r#""2m""#]),
        key("asa", Form::Duration, "The mean wait of the answered is at most this.", &[r#""30s""#]),
        key("abandoned", Form::Share, "At most this share of the offered hangs up.", &[r#""5%""#]),
        key(
            "longest",
            Form::Duration,
            "No answered contact waits longer; `on_days` says how often.",
            &[r#""10m""#],
        ),
        key(
            "done",
            Form::Share,
            "At least this share of what arrived is done within `within` by `clock`; what is open and overdue is a miss.",
            &[r#""90%""#],
        ),
        key(
            "clock",
            Form::Word(&["business", "elapsed"]),
            "Which time counts for `done`: opening hours (\"business\") or all (\"elapsed\"). Must be stated.",
            &[r#""elapsed""#],
        ),
        key(
            "replied",
            Form::Share,
            "At least this share of the replies inside chats comes within `within`; needs a group with `typing`.",
            &[r#""80%""#],
        ),
        key(
            "called_back",
            Form::Share,
            "At least this share of accepted callbacks is connected within their promise.",
            &[r#""90%""#],
        ),
        key(
            "per",
            Form::Word(&["interval", "day", "week", "month", "run"]),
            "Over which stretch it is measured. Default \"day\".",
            &[r#""day""#],
        ),
        key(
            "definition",
            Form::Word(&[
                "offered",
                "answered",
                "ignore_early",
                "credit_early",
                "ignore_short",
                "credit_short",
            ]),
            "What is divided by what. Default \"offered\": answered in time / all offered.",
            &[r#""offered""#],
        ),
        key(
            "short",
            Form::Duration,
            "What counts as a short abandonment, for ignore_short and credit_short.",
            &[r#""5s""#],
        ),
        key(
            "on_days",
            Form::Share,
            "Share of the days (weeks, months) on which it must hold; left out: on average. Where the run is shorter than a month, months are put together from independent runs.",
            &[r#""90%""#],
        ),
        key("floor", Form::Share, "No interval's average may be below this while planning.", &[r#""60%""#]),
        key(
            "penalty",
            Form::Any(&[Form::Table(&PENALTY), Form::List(&Form::Table(&PENALTY))]),
            "What is due for each day (week, month) whose figure is worse than a bound; all that apply add up.",
            &["[{ below = 0.85, cost = 1000 }]"],
        ),
        key(
            "bonus",
            Form::Any(&[Form::Table(&BONUS), Form::List(&Form::Table(&BONUS))]),
            "What is gained for each day (week, month) whose figure is better than a bound.",
            &["[{ above = 0.95, gain = 500 }]"],
        ),
    ],
};

/// A figure: a share, or a time for asa and longest.
const FIGURE: Form = Form::Any(&[Form::Share, Form::Duration]);

const BELOW: super::Key = key(
    "below",
    FIGURE,
    "Applies when the figure is below this: a share, or a time for asa and longest.",
    &["0.85", r#""85%""#],
);
const ABOVE: super::Key = key(
    "above",
    FIGURE,
    "Applies when the figure is at or above this: a share, or a time for asa and longest.",
    &["0.95", r#""45s""#],
);

pub(crate) static PENALTY: Keys = Keys {
    name: "penalty",
    says: "What missing a promise costs: `below` for shares that must be reached, `above` for what must stay low.",
    keys: &[BELOW, ABOVE, key("cost", Form::Number, "The sum for one day (week, month).", &["1000"])],
};

pub(crate) static BONUS: Keys = Keys {
    name: "bonus",
    says: "What exceeding a promise brings: `above` for shares that must be reached, `below` for what must stay low.",
    keys: &[ABOVE, BELOW, key("gain", Form::Number, "The sum for one day (week, month).", &["500"])],
};
