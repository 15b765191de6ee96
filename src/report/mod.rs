//! Results as bytes: one file per format. Nothing here opens a file or prints.
//!
//! | file | gives |
//! |---|---|
//! | [`table`] | the reports of `simulate` and `plan` for a terminal or a pipe |
//! | [`compare`] | what `headcount compare` and `sweep` show |
//! | [`batch`] | what `headcount batch` shows |
//! | [`roster`] | what `headcount roster` shows |
//! | [`slack`] | what `headcount slack` shows |
//! | [`why`] | what `headcount why` shows |
//! | [`wordings`] | what `headcount simulate --wordings` shows |
//! | [`reconcile`] | what `headcount reconcile` shows |
//! | [`shifts`] | what `headcount shifts` shows |
//! | [`json`] | `results.json`, and `--format json` |
//! | [`page`] | `report.html`: one page to print or pass on |
//! | [`compare_page`] | the same of a comparison |
//! | [`batch_workbook`] | `summary.xlsx` of a batch |
//! | [`csv`] | `intervals.csv`, and `--format csv` |
//! | [`workbook`] | `workbook.xlsx` |
//! | [`writers`] | files for other programs, and for a ticket |
//! | [`cxone`] | a roster for CXone's schedule import |
//! | [`charts`] | SVG and PNG |
//! | [`formula`] | what `headcount erlang` shows |
//! | [`glossary`] | what `headcount explain` shows |
//! | [`chat`] | what `headcount erlang chat` shows |

mod assumed;
pub mod batch;
pub mod batch_workbook;
mod behaviours;
pub mod charts;
pub mod chat;
mod columns;
pub mod compare;
pub mod compare_page;
pub mod csv;
pub mod cxone;
#[cfg(test)]
mod fixture;
#[cfg(test)]
mod fixture_journey;
pub mod formula;
pub mod glossary;
pub mod json;
mod measures;
mod moved;
pub mod page;
mod promise;
pub mod reconcile;
mod requirement;
pub mod roster;
mod roster_words;
mod scheduled;
pub mod shifts;
pub mod slack;
pub mod table;
pub mod why;
pub mod wordings;
mod words;
pub mod workbook;
pub mod writers;
