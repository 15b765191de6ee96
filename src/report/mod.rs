//! Results as bytes: one file per format. Nothing here opens a file or prints.

mod assumed;
pub mod charts;
#[cfg(test)]
mod fixture;
pub mod formula;
mod promise;
pub mod table;
mod words;
