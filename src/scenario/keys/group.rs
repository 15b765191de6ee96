//! `[group.*]`: who serves.

use super::{Form, Keys, LATE, LAW, LEARNING, TYPING, key};
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
        key(
            "roster",
            Form::Text,
            "A roster instead of a number: a CSV file or workbook with a row for each person and shift. Shrinkage comes off; breaks are in the roster.",
            &[r#""roster.csv""#],
        ),
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
        key(
            "cost_per_contact",
            Form::Number,
            "Price of an answered contact, where the group is paid by it.",
            &["4.5"],
        ),
        key(
            "concurrency",
            Form::Named(&Form::Whole(1, 12)),
            "Contacts an agent holds at a time, by channel; channels left out, and voice, video and outbound, are one at a time and exclusive.",
            &["{ chat = 3 }"],
        ),
        key(
            "handle_by_load",
            Form::List(&Form::Factor),
            "Factor on every handle time with 1, 2, 3, … contacts in hand; the last one holds for more.",
            &["[1.0, 1.12, 1.24]"],
        ),
        key(
            "typing",
            Form::Table(&TYPING),
            "The typing model: gives `handle_by_load` where that is not written, and the time to a reply.",
            &[r#"{ think = "40s", compose = "20s", switching = 0.1 }"#],
        ),
        key(
            "assign",
            Form::Word(&["least_loaded", "fill_first"]),
            "Which agent gets the next contact: who has least in hand (\"least_loaded\", default), or who has most and still room.",
            &[r#""least_loaded""#],
        ),
        key(
            "reserve",
            Form::Named(&Form::Whole(0, AGENTS)),
            "A queue's contacts are taken only while more than this many agents are idle, the taker included.",
            &["{ mail = 2 }"],
        ),
        key(
            "interrupt",
            Form::Named(&Form::Flag),
            "Whether live contacts interrupt the work of an email, social or back_office queue, which is resumed later. Default false.",
            &["{ mail = true }"],
        ),
        key(
            "success",
            Form::Named(&Form::Share),
            "Share of a queue's contacts that this group settles itself; the rest is transferred.",
            &[r#"{ phone = "80%" }"#],
        ),
        key(
            "repeat_factor",
            Form::Named(&Form::Factor),
            "Factor on the chance that a contact answered by this group comes back. Default 1.",
            &["{ phone = 1.3 }"],
        ),
        key(
            "absence",
            Form::Share,
            "Chance that a person at work on a day stays away that day: a risk, beside planned shrinkage.",
            &[r#""5%""#],
        ),
        key(
            "late",
            Form::Table(&LATE),
            "Coming late.",
            &[r#"{ share = "10%", by = { exponential = { mean = "10m" } } }"#],
        ),
        key("learning", Form::Table(&LEARNING), "Being slower at first.", &["{ factor = 1.5, weeks = 16 }"]),
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
