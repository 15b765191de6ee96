//! Bytes of any kind as a group's roster: read or explained, and nothing panics.
#![no_main]

mod beside;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| beside::read(include_str!("../scenarios/rostered.toml"), "roster.csv", bytes));
