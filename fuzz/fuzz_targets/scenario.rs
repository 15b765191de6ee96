//! Bytes of any kind as a scenario: it is read or its faults are shown, and nothing panics.
#![no_main]

use headcount::scenario;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    match scenario::from_bytes("fuzz.toml", bytes.to_vec(), None, &[]) {
        Ok(scenario) => {
            let _ = scenario::render_notes(&scenario.notes, true);
        }
        Err(faults) => assert!(!faults.render(true).contains("please report this as a bug")),
    }
});
