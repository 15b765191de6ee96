//! Bytes of any kind as a log of single contacts: read or explained, counted by interval, fitted, and nothing panics.
#![no_main]

use headcount::exports::{self, Content, Layout, Reading};
use headcount::history::{self, Chosen};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let reading = Reading { layout: Some(Layout::Calls), ..Reading::default() };
    let Ok(export) = exports::from_bytes("fuzz.csv", bytes.to_vec(), &reading) else { return };
    if let Content::Calls(calls) = &export.content {
        let _ = calls.intervals(30);
    }
    if let Ok(found) = history::fit(&export, None, &Chosen::default()) {
        let _ = history::scenario(&found, "fuzz.csv", Some("Europe/Berlin"));
    }
});
