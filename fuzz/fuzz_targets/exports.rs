//! Bytes of any kind as an export: they are read or explained, imported and fitted, and nothing panics.
#![no_main]

use headcount::exports::{self, Layout, Reading};
use headcount::history::{self, Asked, Chosen};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    // The first byte chooses the layout (or that it is to be found out) and whether there is a time zone.
    let Some((&choice, bytes)) = bytes.split_first() else { return };
    let reading = Reading {
        layout: Layout::ALL.get(usize::from(choice % 16)).map(|(_, layout)| *layout),
        timezone: (choice >= 128).then(|| "Europe/Berlin".to_owned()),
        ..Reading::default()
    };
    let Ok(export) = exports::from_bytes("fuzz.csv", bytes.to_vec(), &reading) else { return };
    let _ = history::import(&export, "fuzz.csv", &Asked { gaps_are_zero: true, ..Asked::default() });
    if let Ok(found) = history::fit(&export, None, &Chosen::default()) {
        let _ = history::scenario(&found, "fuzz.csv", None);
    }
});
