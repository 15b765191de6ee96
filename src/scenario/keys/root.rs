//! The top of the file: calendar, demand, run and plan.

use super::{CONTRACT, Form, GROUP, Keys, OUTCOME, QUEUE, SCHEDULE, SHIFT, key, later};

pub(crate) static ROOT: Keys = Keys {
    name: "scenario",
    says: "A contact centre over some days: who calls, who answers, and what was promised.",
    keys: &[
        key(
            "name",
            Form::Text,
            "What the scenario is called; also names the output folder. Default: the file's name.",
            &[r#""Support, one weekday""#],
        ),
        key(
            "description",
            Form::Text,
            "One sentence about it.",
            &[r#""Phones and chat with one shared crew""#],
        ),
        key(
            "calendar",
            Form::Table(&CALENDAR),
            "Days, intervals and opening hours.",
            &[r#"{ days = 1, interval = "30m", open = "08:00-20:00" }"#],
        ),
        key("demand", Form::Table(&DEMAND), "How sure the forecast is.", &[r#"{ day_factor_cv = "8%" }"#]),
        key(
            "run",
            Form::Table(&RUN),
            "How the run is made; the command line may say otherwise.",
            &["{ replications = 1000, seed = 1 }"],
        ),
        key("plan", Form::Table(&PLAN), "What the plan aims for.", &[r#"{ objective = "agent_hours" }"#]),
        key(
            "queue",
            Form::Named(&Form::Table(&QUEUE)),
            "The queues, each under its own name: `[queue.phone]`.",
            &[r#"{ phone = { arrivals = { per_hour = 240 }, aht = { fixed = "5m" } } }"#],
        ),
        key(
            "group",
            Form::Named(&Form::Table(&GROUP)),
            "The groups of agents, each under its own name: `[group.everyone]`.",
            &[r#"{ everyone = { serves = ["phone"], agents = 20 } }"#],
        ),
        key(
            "outcome",
            Form::Named(&Form::Table(&OUTCOME)),
            "What follows from waits, each under its own name: `[outcome.satisfied]`.",
            &[r#"{ satisfied = { queue = "phone", points = [["1m", 0.95], ["5m", 0.7]] } }"#],
        ),
        key(
            "shifts",
            Form::Named(&Form::Table(&SHIFT)),
            "The shifts that people may work, each under its own name: `[shifts.early]`. Used by `headcount shifts`.",
            &[r#"{ early = { starts = "06:00-10:00", length = "8h" } }"#],
        ),
        key(
            "contract",
            Form::Named(&Form::Table(&CONTRACT)),
            "The kinds of people who work the shifts, each under its own name: `[contract.full-time]`. Used by `headcount shifts`.",
            &[r#"{ full-time = { people = 12, hours_a_week = "38h-40h" } }"#],
        ),
        key(
            "schedule",
            Form::Table(&SCHEDULE),
            "Rules that all shifts together must keep. Used by `headcount shifts`.",
            &["{ seats = 60 }"],
        ),
        later("roster", "Named people and their shifts."),
    ],
};

pub(crate) static CALENDAR: Keys = Keys {
    name: "calendar",
    says: "Days, intervals and opening hours.",
    keys: &[
        key("start", Form::Date, "The first day; without it days are numbered.", &[r#""2026-11-23""#]),
        key(
            "days",
            Form::Whole(1, super::super::limits::DAYS),
            "How many days one run covers. Default 1.",
            &["1", "5"],
        ),
        key(
            "interval",
            Form::Word(&["5m", "15m", "30m", "60m"]),
            "Length of an interval. Default 30 minutes.",
            &[r#""30m""#],
        ),
        key(
            "open",
            Form::Hours,
            "Opening hours, unless a queue or group has its own. A range that ends at or before its start runs into the next day. Default \"00:00-24:00\".",
            &[
                r#""08:00-20:00""#,
                r#""08:00-12:00, 13:00-18:00""#,
                r#"{ mon = "08:00-20:00", sat = "09:00-13:00" }"#,
            ],
        ),
        key(
            "timezone",
            Form::Text,
            "IANA name of the time zone; needed with dated series.",
            &[r#""Europe/Berlin""#],
        ),
        key(
            "special",
            Form::Named(&Form::Any(&[Form::Hours, Form::Table(&SPECIAL)])),
            "Special days, by date or by number: their opening (of every queue and group) and volume.",
            &[r#"{ "2026-12-24" = { open = "08:00-12:00", volume = 0.7 } }"#],
        ),
    ],
};

pub(crate) static SPECIAL: Keys = Keys {
    name: "special_day",
    says: "A special day.",
    keys: &[
        key("open", Form::Hours, "Opening hours on this day, for every queue and group.", &[r#""closed""#]),
        key("volume", Form::Factor, "Factor on the volumes of this day.", &["0.7", r#""130%""#]),
    ],
};

pub(crate) static DEMAND: Keys = Keys {
    name: "demand",
    says: "How sure the forecast is.",
    keys: &[
        key(
            "day_factor_cv",
            Form::Factor,
            "How much the busyness of a whole day varies, all queues together: standard deviation over mean. Default 0: the forecast is taken as exact.",
            &[r#""8%""#],
        ),
        key("week_factor_cv", Form::Factor, "The part of it shared by a week. Default 0.", &[r#""3%""#]),
        key(
            "interval_factor_cv",
            Form::Factor,
            "How far the forecast of a single interval of a queue is off once the day is known, besides chance: standard deviation over mean. Default 0.",
            &[r#""5%""#],
        ),
        key(
            "handle_factor_cv",
            Form::Factor,
            "How much the handle times and wrap-ups of a whole day vary: standard deviation over mean of their factor. Default 0.",
            &[r#""3%""#],
        ),
        key(
            "forecast_scale",
            Form::Factor,
            "What-if multiplier on all volumes. Default 1.",
            &["1.1", r#""110%""#],
        ),
    ],
};

pub(crate) static RUN: Keys = Keys {
    name: "run",
    says: "How the run is made.",
    keys: &[
        key(
            "replications",
            Form::Any(&[Form::Whole(1, super::super::limits::REPLICATIONS), Form::Word(&["auto"])]),
            "How often the days are simulated, or \"auto\": until every target is decided. Default 1000.",
            &["1000", r#""auto""#],
        ),
        key(
            "seed",
            Form::Whole(0, u64::MAX),
            "Where chance starts: the same seed gives the same numbers. Default 1.",
            &["1"],
        ),
        key(
            "start",
            Form::Word(&["empty", "steady"]),
            "\"empty\" (default): nobody waits, everybody is free; \"steady\": as if it had been running for ever at the first interval's rates.",
            &[r#""empty""#],
        ),
        key(
            "warm_up",
            Form::Duration,
            "A leading stretch that is simulated, not counted: a multiple of the interval. Default none.",
            &[r#""1h""#],
        ),
        key(
            "at_end",
            Form::Word(&["finish", "drop"]),
            "Those who still wait at the end: served (\"finish\", default) or left unfinished (\"drop\").",
            &[r#""finish""#],
        ),
    ],
};

pub(crate) static PLAN: Keys = Keys {
    name: "plan",
    says: "What the plan aims for.",
    keys: &[
        key(
            "objective",
            Form::Word(&["agent_hours", "cost", "headcount"]),
            "What is made as small as possible. Default \"agent_hours\".",
            &[r#""agent_hours""#],
        ),
        key(
            "error",
            Form::Number,
            "Chance that a certified answer is wrong, over the whole search. Default 0.0001.",
            &["1e-4"],
        ),
        key(
            "headcount",
            Form::Whole(1, super::super::limits::AGENTS),
            "Most people at once, all groups.",
            &["40"],
        ),
        key(
            "intervals",
            Form::Word(&["estimate", "certain"]),
            "When an interval with a promise of its own has agents enough: when its estimate reaches the goal and none \
             is shown below it (\"estimate\", default), or when the lower end of its one-sided 95% interval reaches it \
             (\"certain\").",
            &[r#""certain""#],
        ),
    ],
};
