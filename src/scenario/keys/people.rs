//! What an agent can hold, and what is uncertain about a group's people.

use super::{Form, Keys, LAW_OR_TIME, key};

pub(crate) static TYPING: Keys = Keys {
    name: "typing",
    says: "The typing model of chats: the customer thinks, then the agent composes a reply.",
    keys: &[
        key("think", Form::Duration, "Mean time the customer needs to write.", &[r#""40s""#]),
        key("compose", Form::Duration, "Mean time the agent needs for a reply.", &[r#""20s""#]),
        key(
            "switching",
            Form::Factor,
            "Added to `compose`, as a share of it, with two or more chats in hand. Default 0.",
            &["0.1"],
        ),
    ],
};

pub(crate) static LATE: Keys = Keys {
    name: "late",
    says: "Coming late to the start of a shift.",
    keys: &[
        key("share", Form::Share, "Chance that a person comes late on a day.", &[r#""10%""#]),
        key("by", LAW_OR_TIME, "How late.", &[r#"{ exponential = { mean = "10m" } }"#]),
    ],
};

pub(crate) static LEARNING: Keys = Keys {
    name: "learning",
    says: "Being slower at first: handle times × 1 + (factor − 1) · exp(−3 · week / weeks).",
    keys: &[
        key("factor", Form::Factor, "Factor on handle times at the start of the run.", &["1.5"]),
        key("weeks", Form::Number, "Weeks after which 95% of the lag is gone.", &["16"]),
    ],
};
