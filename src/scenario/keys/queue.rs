//! `[queue.*]`: what customers want.

use super::{Form, Keys, LAW, key, later};

const LAW_FORM: Form = Form::Table(&LAW);
const COUNT: Form = Form::Whole(0, 1_000_000);

pub(crate) static QUEUE: Keys = Keys {
    name: "queue",
    says: "A stream of contacts that wait in one line.",
    keys: &[
        key(
            "channel",
            Form::Word(&[
                "voice",
                "video",
                "chat",
                "messaging",
                "email",
                "social",
                "back_office",
                "outbound",
            ]),
            "How customers make contact. Default \"voice\".",
            &[r#""voice""#],
        ),
        key(
            "open",
            Form::Hours,
            "Opening hours of this queue, if not the calendar's.",
            &[r#""08:00-20:00""#],
        ),
        key(
            "arrivals",
            Form::Table(&ARRIVALS),
            "How many contacts arrive, and when.",
            &["{ per_hour = 240 }", r#"{ per_day = 4200, profile = "m-shaped" }"#],
        ),
        key(
            "volume_is",
            Form::Word(&["first_contacts", "all_attempts"]),
            "Whether the volumes hold redials and repeats already, as phone-system history does. No effect until redials are modelled.",
            &[r#""first_contacts""#],
        ),
        key(
            "handle",
            LAW_FORM,
            "Time that agent and customer spend together.",
            &[r#"{ lognormal = { mean = "5m", cv = 1.0 } }"#],
        ),
        key(
            "wrap",
            LAW_FORM,
            "After-contact work: the agent is busy, the customer gone.",
            &[r#"{ fixed = "30s" }"#],
        ),
        key(
            "aht",
            LAW_FORM,
            "Average handling time, wrap included: instead of `handle` and `wrap`.",
            &[r#"{ lognormal = { mean = "5m 30s", cv = 1.0 } }"#],
        ),
        key(
            "patience",
            LAW_FORM,
            "How long a customer waits before hanging up; left out: for ever.",
            &[r#"{ exponential = { mean = "3m" } }"#],
        ),
        key(
            "balk",
            Form::Share,
            "Share that hangs up at once when they would have to wait. Default 0.",
            &[r#""5%""#],
        ),
        key(
            "lines",
            Form::Whole(1, 1_000_000),
            "Most contacts waiting and in service; beyond, blocked.",
            &["200"],
        ),
        key("max_waiting", COUNT, "Most contacts waiting; beyond, blocked.", &["50"]),
        key(
            "route",
            Form::List(&Form::Text),
            "Groups in the order in which they are tried. Default: fewest skills first, then file order.",
            &[r#"["specialists", "everyone"]"#],
        ),
        key(
            "route_after",
            Form::Named(&Form::Duration),
            "A group that takes these contacts only after they have waited so long.",
            &[r#"{ everyone = "30s" }"#],
        ),
        key(
            "after_wait",
            Form::Table(&AFTER_WAIT),
            "Leaves for another queue after a wait.",
            &[r#"{ wait = "10m", to = "voicemail" }"#],
        ),
        key("priority", COUNT, "Lower first, where a group takes by priority. Default 1.", &["1"]),
        key(
            "weight",
            Form::Number,
            "Factor on the wait, where a group takes by weighted wait. Default 1.",
            &["1.5"],
        ),
        key(
            "at_close",
            Form::Word(&["finish", "drop", "carry_over"]),
            "Those who wait at a closing: served (\"finish\", default), dropped, or, on deferred channels, carried over.",
            &[r#""finish""#],
        ),
        key(
            "outside_hours",
            Form::Word(&["turned_away", "voicemail", "callback", "bot"]),
            "What happens outside opening hours. Default \"turned_away\".",
            &[r#""turned_away""#],
        ),
        key(
            "target",
            Form::Any(&[
                Form::Text,
                Form::Table(&TARGET),
                Form::List(&Form::Any(&[Form::Text, Form::Table(&TARGET)])),
            ]),
            "What was promised; all of several must hold.",
            &[r#""90% in 2m per day""#, r#"[{ answered = "90%", within = "2m" }, { abandoned = "5%" }]"#],
        ),
        key(
            "report_within",
            Form::List(&Form::Duration),
            "Further thresholds to report.",
            &[r#"["10s", "20s", "60s"]"#],
        ),
        later("counted", "Whether volumes are counted before or after self-service."),
        later("redial", "Customers who hang up and call again."),
        later("redial_blocked", "Customers who find the lines busy and call again."),
        later("repeat", "Answered customers who come back."),
        later("transfer", "Contacts passed on to another queue."),
        later("self_service", "Contacts settled before they reach the queue."),
        later("callback", "Callbacks instead of waiting."),
        later("at_shift_end", "Work that is suspended when an agent leaves."),
        later("backlog", "Contacts waiting at the start of the run."),
    ],
};

pub(crate) static ARRIVALS: Keys = Keys {
    name: "arrivals",
    says: "How many contacts arrive: exactly one of per_hour, per_interval, per_day, csv; counted before any are lost.",
    keys: &[
        key(
            "per_hour",
            Form::Series(&Form::Number),
            "Contacts per hour.",
            &["240", "{ mon = 280, tue = 240 }"],
        ),
        key(
            "per_interval",
            Form::Series(&Form::Number),
            "Contacts in each open interval: one day's values, a table by weekday, or the whole run.",
            &["[60, 85, 110, 120]"],
        ),
        key(
            "per_day",
            Form::Any(&[Form::Number, Form::List(&Form::Number), Form::Weekdays(&Form::Number)]),
            "Contacts per open day, spread by `profile`.",
            &["4200", "{ mon = 4800, tue = 4200 }"],
        ),
        key(
            "profile",
            Form::Any(&[Form::Word(&["flat", "m-shaped", "morning", "evening"]), Form::List(&Form::Number)]),
            "How a day's contacts spread over it: a name, or a weight for each open interval.",
            &[r#""m-shaped""#, "[1, 2, 3, 2]"],
        ),
        key(
            "csv",
            Form::Text,
            "A CSV file with contacts per interval, relative to the scenario.",
            &[r#""forecast.csv""#],
        ),
        key("column", Form::Text, "The heading of its column.", &[r#""offered""#]),
        key("date", Form::Text, "The heading of its column with ISO dates.", &[r#""date""#]),
        key(
            "time",
            Form::Text,
            "The heading of its column with times, or with date and time together.",
            &[r#""time""#],
        ),
        key(
            "weekday",
            Form::Weekdays(&Form::Factor),
            "Factor on the volumes of a weekday.",
            &[r#"{ mon = 1.2, fri = "90%" }"#],
        ),
        later("log", "Arrivals replayed from a log of single contacts."),
    ],
};

pub(crate) static AFTER_WAIT: Keys = Keys {
    name: "after_wait",
    says: "Leaving for another queue.",
    keys: &[
        key("wait", Form::Duration, "The wait after which the contact leaves.", &[r#""10m""#]),
        key("to", Form::Text, "The queue in which it is offered anew.", &[r#""voicemail""#]),
    ],
};

pub(crate) static TARGET: Keys = Keys {
    name: "target",
    says: "A promise: exactly one of answered, asa, abandoned, longest.",
    keys: &[
        key("answered", Form::Share, "At least this share is answered within `within`.", &[r#""90%""#]),
        key("within", Form::Duration, "Waits up to and including this count.", &[r#""2m""#]),
        key("asa", Form::Duration, "The mean wait of the answered is at most this.", &[r#""30s""#]),
        key("abandoned", Form::Share, "At most this share of the offered hangs up.", &[r#""5%""#]),
        key(
            "longest",
            Form::Duration,
            "No answered contact waits longer; `on_days` says how often.",
            &[r#""10m""#],
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
            "Share of the days (weeks, months) on which it must hold; left out: on average.",
            &[r#""90%""#],
        ),
        key("floor", Form::Share, "No interval's average may be below this while planning.", &[r#""60%""#]),
        later("done", "Deferred work done in time."),
        later("clock", "Whether deferred work counts business or elapsed hours."),
    ],
};
