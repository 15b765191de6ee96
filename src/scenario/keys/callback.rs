//! `callback`: an offer made to who would have to wait.

use super::super::limits::AGENTS;
use super::{Form, Keys, LAW_OR_TIME, key};

pub(crate) static CALLBACK: Keys = Keys {
    name: "callback",
    says: "Callbacks instead of waiting: offered only to a contact that would have to wait, before it joins.",
    keys: &[
        key(
            "offer",
            Form::Any(&[Form::Word(&["always"]), Form::Table(&OFFER)]),
            "When it is offered.",
            &["{ waiting = 5 }", r#"{ expected_wait = "3m" }"#, r#""always""#],
        ),
        key(
            "share",
            Form::Share,
            "Share of those who qualify to whom it is offered. Default all.",
            &[r#""50%""#],
        ),
        key(
            "accept",
            super::SHARE_CURVE,
            "Share that accepts: a share, or points over the announced wait.",
            &["0.6", r#"[["1m", 0.3], ["5m", 0.7]]"#],
        ),
        key(
            "place",
            Form::Word(&["keep", "separate"]),
            "Called when their turn in line comes (\"keep\", default), or from a line of their own behind live contacts.",
            &[r#""keep""#],
        ),
        key(
            "promise",
            Form::Duration,
            "Within what time the call is promised. Default one hour.",
            &[r#""1h""#],
        ),
        key(
            "reserve",
            Form::Whole(0, AGENTS),
            "With place \"separate\": dialled while more than this many agents are idle, the dialler included. Default 0.",
            &["2"],
        ),
        key("reached", Form::Share, "Chance that an attempt reaches the customer. Default 1.", &["0.9"]),
        key("attempts", Form::Whole(1, 1000), "Most attempts. Default 1.", &["3"]),
        key(
            "retry_after",
            LAW_OR_TIME,
            "Time to the next attempt. Default 30 minutes.",
            &[r#""30m""#, r#"{ exponential = { mean = "1h" } }"#],
        ),
        key(
            "dialling",
            LAW_OR_TIME,
            "Agent time of an attempt that reaches nobody. Default none.",
            &[r#""20s""#],
        ),
        key("handle_factor", Form::Factor, "Factor on the handle time of a callback. Default 1.", &["0.9"]),
        key(
            "scored",
            Form::Word(&["apart", "by_promise", "clock_continues"]),
            "How callbacks count in the service level: not at all (\"apart\", default), in time if connected within the promise, or as if the customer had waited on the line.",
            &[r#""apart""#],
        ),
    ],
};

pub(crate) static OFFER: Keys = Keys {
    name: "callback_offer",
    says: "When a callback is offered: exactly one of these.",
    keys: &[
        key(
            "waiting",
            Form::Whole(0, 1_000_000),
            "When at least so many wait, people in line and kept places.",
            &["5"],
        ),
        key("expected_wait", Form::Duration, "When the expected wait is at least this.", &[r#""3m""#]),
    ],
};
