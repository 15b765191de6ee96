//! Bytes of any kind as the people who work the shifts: read or explained, and nothing panics.
#![no_main]

mod beside;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| beside::read(include_str!("../scenarios/people.toml"), "people.csv", bytes));
