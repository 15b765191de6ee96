//! From promises to agents.

mod answer;

pub use answer::{
    Alternative, Answer, Certificate, CurvePoint, DayRange, GroupPlan, Label, Promise, Reached, Sample,
};
