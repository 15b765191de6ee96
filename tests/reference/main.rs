//! Simulated figures against figures that this project did not make: solved exactly from theory, or found by other
//! simulators.
//!
//! Every model is written as scenario text and goes the way of every user: scenario, replications, results. Each figure
//! that the results express, directly or by Little's law, is compared with the reference; its standard error is the
//! half width of its own 95% interval over Student's quantile. The rule: within ±3 standard errors, and over all
//! figures together no more misses than chance allows. Seeds are numbers of models; none was chosen.
//!
//! The reference lies beside the repository and is no part of it; where it is absent these tests say so and pass.
#![allow(clippy::print_stderr)] // A test that skips must say it.
#![allow(unreachable_pub)] // Modules of one test.

mod book;
mod callback;
mod callcenter_simulator;
mod chat;
mod contact_centers_examples;
mod contact_centers_runs;
mod coverage;
mod day;
mod email_backlog;
mod folder;
mod mdc;
mod multiskill;
mod one_queue;
mod play;
mod priority;
mod readme;
mod retrial;
mod size;
mod steady_queue;
mod table;
mod text;

use book::Book;
use size::Size;
use table::Verdict;

fn books(size: Size) -> Vec<Book> {
    vec![
        one_queue::erlang_a(size),
        one_queue::few_lines(size),
        one_queue::other_patience(size),
        mdc::alike(size),
        day::changing(size),
        priority::most_urgent_first(size),
        multiskill::specialists_and_generalists(size),
        contact_centers_examples::examples(size),
        contact_centers_runs::runs(size),
        callcenter_simulator::runs(size),
        chat::several_at_once(size),
        email_backlog::office_hours(size),
        retrial::calling_again(size),
        callback::called_back(size),
    ]
}

/// Compares everything, prints the table and returns it.
fn compare(size: Size) -> Option<String> {
    if !folder::found() {
        return None;
    }
    let books = books(size);
    let table = table::markdown(&books);
    let misses = table::misses(&books);
    eprintln!("{table}{misses}");
    let rare: usize = books.iter().map(|book| book.rare).sum();
    eprintln!("{rare} figures are too near 0 or 1 to be known from so many contacts, and are not compared.");
    let verdict = Verdict::of(&books);
    assert!(verdict.misses as u64 <= verdict.allowed, "more misses than chance allows:\n{misses}");
    Some(table)
}

#[test]
fn figures_agree_with_the_reference() {
    if let Some(table) = compare(Size::USUAL) {
        readme::check("validation", &table);
    }
}

#[test]
#[ignore = "minutes with --release: the same and the largest centres, more closely"]
fn figures_agree_closely_with_the_reference() {
    compare(Size::LARGE);
}
