//! `[queue.*]`: what customers want.

use super::{
    ANNOUNCED, ASK_BACK, CALLBACK, CHASE, Form, Keys, LAW, REPEAT, RETURN, SELF_SERVICE, SILENCE, TARGET,
    TRANSFER, key, later,
};

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
            "How customers make contact; outbound: agents call them. Default \"voice\".",
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
            "Whether the volumes hold redials, repeats and transfers already, as phone-system history does (\"all_attempts\"). Required with these and with self-service.",
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
            "Those who wait at a closing: served (\"finish\", default), dropped, or carried over to the next opening (default on email, social, back_office and outbound; also for messaging).",
            &[r#""finish""#],
        ),
        key(
            "outside_hours",
            Form::Word(&["turned_away", "voicemail", "callback", "bot"]),
            "What happens to who comes outside opening hours: turned away (default), a message in the queue named by `voicemail`, a callback from the next opening on, or self-service alone (\"bot\").",
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
        key(
            "voicemail",
            Form::Text,
            "The deferred queue that gets the messages, with outside_hours = \"voicemail\".",
            &[r#""messages""#],
        ),
        key(
            "self_service",
            Form::Table(&SELF_SERVICE),
            "Menu, knowledge base or chatbot before the queue.",
            &[r#"{ contained = 0.2, takes = { exponential = { mean = "1m" } } }"#],
        ),
        key(
            "counted",
            Form::Word(&["after_self_service", "before_self_service"]),
            "With self_service: whether the volumes are those who reach the queue or those who enter self-service. Must be stated.",
            &[r#""after_self_service""#],
        ),
        key(
            "redial",
            Form::Table(&RETURN),
            "Customers who hang up and call again.",
            &[r#"{ probability = 0.4, after = { exponential = { mean = "10m" } }, attempts = 3 }"#],
        ),
        key(
            "redial_blocked",
            Form::Table(&RETURN),
            "Customers who find the lines busy and call again.",
            &[r#"{ probability = 0.8, after = { exponential = { mean = "1m" } } }"#],
        ),
        key(
            "repeat",
            Form::Table(&REPEAT),
            "Answered customers who come back: (1 − first-contact resolution) × share that returns.",
            &[r#"{ probability = 0.15, after = { exponential = { mean = "1d" } }, to = "phone" }"#],
        ),
        key(
            "transfer",
            Form::Table(&TRANSFER),
            "Contacts passed on to another queue when the first agent is done.",
            &[r#"{ probability = 0.1, to = "second-line" }"#],
        ),
        key(
            "ask_back",
            Form::Table(&ASK_BACK),
            "Cases that come back to their queue after the customer was asked.",
            &[r#"{ probability = 0.2, after = { exponential = { mean = "4h" } } }"#],
        ),
        key(
            "chase",
            Form::Table(&CHASE),
            "Customers who call after an item that is overdue.",
            &[r#"{ probability = 0.3, to = "phone", after = "24h", clock = "elapsed" }"#],
        ),
        key(
            "callback",
            Form::Table(&CALLBACK),
            "Callbacks instead of waiting.",
            &[r#"{ offer = { waiting = 5 }, accept = 0.6, place = "keep", promise = "1h" }"#],
        ),
        key(
            "announced_wait",
            Form::Table(&ANNOUNCED),
            "Customers hear the expected wait, and act on it.",
            &[r#"{ balk = [["1m", 0.05], ["10m", 0.5]] }"#],
        ),
        key(
            "expected_wait",
            Form::Word(&["patience", "queue_length", "last_answered", "moving_average"]),
            "How the expected wait is worked out: with people ahead who may hang up (\"patience\", default), from the queue's length alone, as the wait of who was last answered, or as the mean of the last ten.",
            &[r#""patience""#],
        ),
        key(
            "silence",
            Form::Table(&SILENCE),
            "Pauses of a messaging or chat session.",
            &[r#"{ every = "3m", lasts = { exponential = { mean = "5m" } } }"#],
        ),
        key(
            "park_after",
            Form::Duration,
            "A silence longer than this parks the session and frees the agent's place; needed with `silence`.",
            &[r#""2m""#],
        ),
        key(
            "choose",
            Form::Word(&["in_order", "longest_idle", "most_idle"]),
            "Which of several groups with somebody free gets a contact: the first of the route (\"in_order\", default), that whose agent has been idle longest, or that with most agents idle.",
            &[r#""in_order""#],
        ),
        key(
            "at_shift_end",
            Form::Word(&["finish", "suspend"]),
            "Work in hand when an agent leaves: finished late, or suspended and resumed by whoever is free. Default \"suspend\" on email, social and back_office, else \"finish\".",
            &[r#""finish""#],
        ),
        key(
            "backlog",
            COUNT,
            "Contacts waiting at the start of the run, as a call list or yesterday's mail; worked, not counted. Default 0.",
            &["120"],
        ),
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
        key(
            "hours",
            Form::Hours,
            "Hours in which customers come, if not the opening hours: series then follow these hours, and special days do not shorten them.",
            &[r#""00:00-24:00""#],
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
