//! What may happen to a contact besides being answered: coming back, being passed on, asking, falling silent.

use super::{Form, Keys, LAW, LAW_OR_TIME, key};

const PROBABILITY: super::Key = key("probability", Form::Share, "The chance.", &["0.4", r#""40%""#]);
const AFTER: super::Key = key(
    "after",
    Form::Table(&LAW),
    "The time until then, as a law.",
    &[r#"{ exponential = { mean = "10m" } }"#],
);
const ATTEMPTS: super::Key = key(
    "attempts",
    Form::Whole(1, 1000),
    "Most times one customer comes back this way; left out: no limit.",
    &["3"],
);
const CLOCK: super::Key = key(
    "clock",
    Form::Word(&["business", "elapsed"]),
    "Which time counts: opening hours or all. Default: that of the queue's first `done` target.",
    &[r#""business""#],
);

/// A customer who comes again to the same queue.
pub(crate) static RETURN: Keys =
    Keys { name: "return", says: "Trying again.", keys: &[PROBABILITY, AFTER, ATTEMPTS] };

pub(crate) static REPEAT: Keys = Keys {
    name: "repeat",
    says: "Coming back with the same problem.",
    keys: &[
        PROBABILITY,
        AFTER,
        ATTEMPTS,
        key("to", Form::Text, "The queue they come to. Default: the same queue.", &[r#""phone""#]),
    ],
};

pub(crate) static TRANSFER: Keys = Keys {
    name: "transfer",
    says: "Passing on to another queue.",
    keys: &[
        key(
            "probability",
            Form::Share,
            "The chance that the first agent passes it on, where the group's `success` does not say otherwise.",
            &["0.1"],
        ),
        key("to", Form::Text, "The queue that gets it.", &[r#""second-line""#]),
        key(
            "warm",
            LAW_OR_TIME,
            "The first agent stays until the second has answered, and this much longer. Left out: a cold transfer.",
            &[r#""30s""#],
        ),
    ],
};

pub(crate) static ASK_BACK: Keys = Keys {
    name: "ask_back",
    says: "Asking the customer: the case comes back to its queue with the answer, its clock stood still.",
    keys: &[
        key(
            "probability",
            Form::Share,
            "The chance at the end of each touch; below 1, or no case would ever end.",
            &["0.2"],
        ),
        key(
            "after",
            Form::Table(&LAW),
            "Time until the customer answers.",
            &[r#"{ exponential = { mean = "4h" } }"#],
        ),
    ],
};

pub(crate) static CHASE: Keys = Keys {
    name: "chase",
    says: "Customers who call after an item that is overdue.",
    keys: &[
        key(
            "probability",
            Form::Share,
            "The chance that an item still open when it falls due is called after.",
            &["0.3"],
        ),
        key("to", Form::Text, "The queue that gets the call.", &[r#""phone""#]),
        key(
            "after",
            Form::Duration,
            "When an item falls due. Default: the `within` of the queue's first `done` target.",
            &[r#""4h""#],
        ),
        CLOCK,
    ],
};

pub(crate) static ANNOUNCED: Keys = Keys {
    name: "announced_wait",
    says: "Customers who hear the expected wait, and act on it.",
    keys: &[
        key(
            "balk",
            super::SHARE_CURVE,
            "Share that hangs up at once: a share, or points over the announced wait; in place of the queue's `balk`.",
            &["0.1", r#"[["1m", 0.05], ["10m", 0.5]]"#],
        ),
        key(
            "patience",
            Form::Any(&[Form::Factor, Form::List(&Form::Pair(&Form::Duration, &Form::Factor))]),
            "Factor on patience: a factor, or points over the announced wait.",
            &["1.2", r#"[["1m", 1.3], ["10m", 0.8]]"#],
        ),
    ],
};

pub(crate) static SILENCE: Keys = Keys {
    name: "silence",
    says: "Pauses of a messaging session; needs the queue's `park_after`.",
    keys: &[
        key(
            "every",
            Form::Duration,
            "Mean work between two silences; exponential, so that long sessions pause more often.",
            &[r#""3m""#],
        ),
        key(
            "lasts",
            Form::Table(&LAW),
            "How long a silence lasts.",
            &[r#"{ lognormal = { mean = "5m", cv = 1.5 } }"#],
        ),
    ],
};
