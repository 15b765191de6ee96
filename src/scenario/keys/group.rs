//! `[group.*]`: who serves.

use super::{Form, Keys, LAW, key, later};
use crate::scenario::limits::AGENTS;

const STAFF: Form = Form::Series(&Form::Whole(0, AGENTS));

pub(crate) static GROUP: Keys = Keys {
    name: "group",
    says: "Agents with the same skills.",
    keys: &[
        key(
            "serves",
            Form::List(&Form::Text),
            "The queues it serves, in order of preference.",
            &[r#"["phone", "chat"]"#],
        ),
        key(
            "take",
            Form::Word(&[
                "longest_wait",
                "in_order",
                "priority",
                "longest_queue",
                "weighted",
                "earliest_due",
            ]),
            "What a free agent takes next. Default \"longest_wait\".",
            &[r#""longest_wait""#],
        ),
        key(
            "agents",
            STAFF,
            "People at work, after shrinkage. Without `agents` and `scheduled` the group is planned.",
            &["12", "[8, 10, 12, 10]", r#"{ csv = "staff.csv", column = "agents" }"#],
        ),
        key("scheduled", STAFF, "People scheduled, before shrinkage.", &["17"]),
        key("open", Form::Hours, "When it is staffed, if not the calendar's hours.", &[r#""08:00-20:00""#]),
        key(
            "shrinkage",
            Form::Any(&[Form::Series(&Form::Share), Form::Table(&SHRINKAGE)]),
            "Share of paid time away from contacts. Default 0.",
            &[r#""30%""#, r#"{ absence = "8%", off_phone = "12%", breaks = "10%", base = "paid" }"#],
        ),
        key("cost_per_hour", Form::Number, "Cost of a paid hour.", &["28.0"]),
        key(
            "at_least",
            Form::Whole(0, AGENTS),
            "Least agents in every open interval while planning.",
            &["2"],
        ),
        key("at_most", Form::Whole(0, AGENTS), "Most agents in any interval while planning.", &["40"]),
        key(
            "plan",
            Form::Word(&["per_interval", "flat"]),
            "Whether the plan may change the number from interval to interval. Default \"per_interval\".",
            &[r#""flat""#],
        ),
        key(
            "handle_factor",
            Form::Named(&Form::Factor),
            "Factor on the handle time of a queue.",
            &["{ phone = 1.1 }"],
        ),
        key(
            "handle",
            Form::Named(&Form::Table(&LAW)),
            "This group's own law of handle time for a queue.",
            &[r#"{ phone = { exponential = { mean = "4m" } } }"#],
        ),
        key("max_occupancy", Form::Share, "Most occupancy over the day.", &[r#""88%""#]),
        later("concurrency", "Several chats at a time."),
        later("handle_by_load", "Longer handle times with several contacts in hand."),
        later("assign", "Which agent of the group gets the next contact."),
        later("reserve", "Agents kept free for live contacts."),
        later("interrupt", "Live contacts that interrupt deferred work."),
    ],
};

pub(crate) static SHRINKAGE: Keys = Keys {
    name: "shrinkage",
    says: "Shrinkage by cause.",
    keys: &[
        key("absence", Form::Share, "Leave and sickness.", &[r#""8%""#]),
        key("off_phone", Form::Share, "Meetings, training, coaching.", &[r#""12%""#]),
        key("breaks", Form::Share, "Breaks, where they are not in the shift.", &[r#""10%""#]),
        key(
            "base",
            Form::Word(&["paid", "remaining"]),
            "What the causes are shares of: all \"paid\" time (they add up, default), or what the causes before left \"remaining\" (they compound).",
            &[r#""paid""#],
        ),
    ],
};
