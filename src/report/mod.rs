//! Results as bytes: one file per format. Nothing here opens a file or prints.
//!
//! | file | gives |
//! |---|---|
//! | [`table`] | the reports of `simulate` and `plan` for a terminal or a pipe |
//! | [`compare`] | what `headcount compare` and `sweep` show |
//! | [`slack`] | what `headcount slack` shows |
//! | [`shifts`] | what `headcount shifts` shows |
//! | [`json`] | `results.json`, and `--format json` |
//! | [`csv`] | `intervals.csv`, and `--format csv` |
//! | [`charts`] | SVG and PNG |
//! | [`formula`] | what `headcount erlang` shows |
//! | [`glossary`] | what `headcount explain` shows |
//! | [`chat`] | what `headcount erlang chat` shows |

mod assumed;
mod behaviours;
pub mod charts;
pub mod chat;
mod columns;
pub mod compare;
pub mod csv;
#[cfg(test)]
mod fixture;
#[cfg(test)]
mod fixture_journey;
pub mod formula;
pub mod glossary;
pub mod json;
mod measures;
mod promise;
mod scheduled;
pub mod shifts;
pub mod slack;
pub mod table;
mod words;
