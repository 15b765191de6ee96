//! Results as bytes: one file per format. Nothing here opens a file or prints.

mod assumed;
pub mod charts;
pub mod csv;
#[cfg(test)]
mod fixture;
pub mod formula;
pub mod json;
mod promise;
pub mod table;
mod words;
