//! `[outcome.*]`: what follows from how long a customer waited.

use super::{Form, Keys, key};

pub(crate) static OUTCOME: Keys = Keys {
    name: "outcome",
    says: "What follows from a customer's wait: it reads the results and changes none of them.",
    keys: &[
        key("queue", Form::Text, "Whose customers.", &[r#""phone""#]),
        key(
            "over",
            Form::Word(&["wait", "resolution"]),
            "The time it depends on: the wait of the answered (default), or from a case's first arrival to its end.",
            &[r#""wait""#],
        ),
        key(
            "points",
            Form::List(&Form::Pair(&Form::Duration, &Form::Share)),
            "Share of customers over that time: straight between the points, level outside them.",
            &[r#"[["1m", 0.95], ["5m", 0.7]]"#],
        ),
        key("unanswered", Form::Share, "The share of those who were never answered.", &["0.1"]),
        key("value", Form::Signed, "What one such customer is worth; negative: costs.", &["12.0", "-30"]),
    ],
};
