//! Two files of any kind, parted by a line `---`: what came, and what had been forecast for it.
#![no_main]

use headcount::exports::{self, Reading};
use headcount::history::{self, Chosen};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let Some((came, forecast)) = text.split_once("---\n") else { return };
    let read = |name: &str, text: &str| exports::from_bytes(name, text.into(), &Reading::default());
    let (Ok(came), Ok(forecast)) = (read("came.csv", came), read("forecast.csv", forecast)) else { return };
    if let Ok(found) = history::fit(&came, Some(&forecast), &Chosen::default()) {
        let _ = history::scenario(&found, "came.csv", None);
    }
});
