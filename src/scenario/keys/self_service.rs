//! `self_service`: menu, knowledge base or chatbot before the queue.

use super::journey::REPEAT;
use super::{Form, Keys, LAW_OR_TIME, key};

pub(crate) static SELF_SERVICE: Keys = Keys {
    name: "self_service",
    says: "Menu, knowledge base or chatbot before the queue; needs the queue's `counted`.",
    keys: &[
        key(
            "contained",
            Form::Series(&Form::Share),
            "Share settled without an agent; a series follows the hours in which customers come.",
            &["0.2", r#""20%""#],
        ),
        key(
            "takes",
            LAW_OR_TIME,
            "Time spent there by those who go on to the queue. Default none.",
            &[r#"{ exponential = { mean = "1m" } }"#, r#""45s""#],
        ),
        key(
            "handle_factor",
            Form::Factor,
            "Factor on the handle time of who failed there. Default 1.",
            &["1.1"],
        ),
        key(
            "outage",
            Form::Any(&[Form::Table(&OUTAGE), Form::List(&Form::Table(&OUTAGE))]),
            "When it is out of order and contains nobody.",
            &[r#"{ from = "10:00", to = "12:00", day = 1 }"#],
        ),
        key(
            "repeat",
            Form::Table(&REPEAT),
            "The contained whose problem was not solved after all.",
            &[r#"{ probability = 0.1, after = { exponential = { mean = "1h" } } }"#],
        ),
    ],
};

pub(crate) static OUTAGE: Keys = Keys {
    name: "outage",
    says: "A stretch of a day, on interval boundaries.",
    keys: &[
        key("from", Form::Text, "Its start, as time of day.", &[r#""10:00""#]),
        key("to", Form::Text, "Its end, at most \"24:00\".", &[r#""12:00""#]),
        key(
            "day",
            Form::Whole(1, super::super::limits::DAYS),
            "The day of the run, from 1. Left out: every day.",
            &["2"],
        ),
    ],
};
