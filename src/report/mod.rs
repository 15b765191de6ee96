//! Results as bytes: one file per format. Nothing here opens a file or prints.

pub mod formula;
mod words;
