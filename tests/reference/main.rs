//! Simulated figures against figures that this project did not make: solved exactly from theory, or printed by other
//! simulators.
//!
//! Every model is written as scenario text and goes the way of every user: scenario, replications, results. Each figure
//! that the results express, directly or by Little's law, is compared with the reference; its standard error is the
//! half width of its own 95% interval over Student's quantile. The rule: within ±3 standard errors, and over all
//! figures together no more misses than chance allows. Seeds are a scenario's default; none was chosen.
//!
//! The reference lies beside the repository and is no part of it; where it is absent these tests say so and pass.
#![allow(clippy::print_stderr)] // A test that skips must say it.
#![allow(unreachable_pub)] // Modules of one test.

mod book;
mod day;
mod erlang_a;
mod folder;
mod mdc;
mod multiskill;
mod play;
mod priority;
mod size;
mod steady_queue;
mod text;

use book::Book;
use size::Size;

fn all(size: Size) -> Vec<Book> {
    vec![erlang_a::patient(size), erlang_a::few_lines(size), erlang_a::other_patience(size), mdc::alike(size), day::changing(size), priority::most_urgent_first(size), multiskill::specialists_and_generalists(size)]
}

#[test]
fn figures_agree_with_the_reference() {
    if !folder::found() {
        return;
    }
    let start = std::time::Instant::now();
    let size = if std::env::var("LARGE").is_ok() { Size::LARGE } else { Size::USUAL };
    for book in all(size) {
        let worst = book.findings.iter().map(|f| f.z().abs()).fold(0.0, f64::max);
        let missed: Vec<_> = book.findings.iter().filter(|f| f.missed()).collect();
        let rms = (book.findings.iter().map(|f| f.z() * f.z()).sum::<f64>() / book.findings.len() as f64).sqrt();
        eprintln!("{} {} {} rare {} missed {} worst {worst:.2} rms {rms:.2}", book.file, book.cases, book.findings.len(), book.rare, missed.len());
        for f in missed {
            eprintln!("   {}: {} wanted {} found {} se {} z {:.2}", f.case, f.figure, f.wanted, f.found, f.error, f.z());
        }
    }
    eprintln!("{:?}", start.elapsed());
}
