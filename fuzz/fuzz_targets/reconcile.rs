//! Bytes of any kind as what came: held against a small scenario, played twice where few came, and nothing panics.
#![no_main]

use headcount::exports::{self, Reading};
use headcount::history::reconcile::{Wanted, actual, reconcile};
use headcount::scenario;
use libfuzzer_sys::fuzz_target;

const SCENARIO: &str = include_str!("../scenarios/line.toml");
/// Contacts that are played at most: the fuzzer is to see many files, not long days.
const MOST: f64 = 5000.0;

fuzz_target!(|bytes: &[u8]| {
    let Ok(export) = exports::from_bytes("fuzz.csv", bytes.to_vec(), &Reading::default()) else { return };
    let model = scenario::from_text("fuzz.toml", SCENARIO, None, &[]).expect("it has no faults").model;
    let Ok(came) = actual(&export, &model, &Wanted::default()) else { return };
    let few = came.compared().map(|id| came.sum(id).offered).sum::<f64>() < MOST;
    if few && came.day_count() < 10 {
        let _ = reconcile(&model, &came, 2, &|_, _| true);
    }
});
