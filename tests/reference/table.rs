//! All comparisons in a few lines, for people and for the README.

use super::book::{Book, Finding};
use statrs::distribution::{Binomial, DiscreteCDF};

/// How sure it should be that chance alone stays within the misses allowed.
const SURE: f64 = 0.999;

/// What all comparisons together say.
pub struct Verdict {
    /// Figures compared.
    pub figures: usize,
    /// Those more than three standard errors away.
    pub misses: usize,
    /// How many misses chance brings on average.
    pub expected: f64,
    /// The most misses that chance brings in 999 of 1000 such tests, if figures were independent. They are not all: those
    /// of one model miss together, so that chance may bring more. The stricter number is kept.
    pub allowed: u64,
}

impl Verdict {
    /// The verdict on some books.
    pub fn of(books: &[Book]) -> Self {
        let all = || books.iter().flat_map(|book| &book.findings);
        let figures = all().count();
        let expected: f64 = all().map(Finding::chance).sum();
        let binomial = Binomial::new(expected / figures as f64, figures as u64).unwrap();
        let allowed = (0..=figures as u64).find(|&k| binomial.cdf(k) >= SURE).unwrap();
        Self { figures, misses: all().filter(|finding| finding.missed()).count(), expected, allowed }
    }
}

/// One line for every file of the reference, and one for all.
pub fn markdown(books: &[Book]) -> String {
    let mut lines = vec![
        "| reference | what is compared | models | figures | beyond ±3 standard errors | largest |"
            .to_owned(),
        "|---|---|--:|--:|--:|--:|".to_owned(),
    ];
    lines.extend(books.iter().map(|book| {
        let misses = book.findings.iter().filter(|finding| finding.missed()).count();
        let (figures, largest) = (book.findings.len(), largest(book));
        format!("| `{}` | {} | {} | {figures} | {misses} | {largest:.2} |", book.file, book.what, book.cases)
    }));
    let models: u64 = books.iter().map(|book| book.cases).sum();
    let largest = books.iter().map(largest).fold(0.0, f64::max);
    let Verdict { figures, misses, expected, allowed } = Verdict::of(books);
    lines.push(format!("| all | | {models} | {figures} | {misses} | {largest:.2} |"));
    lines.push(String::new());
    lines.push(format!(
        "Of {figures} figures chance alone puts about {expected:.1} beyond three standard errors, and at most {allowed} in \
         999 of 1000 such tests; {misses} are.\n"
    ));
    lines.join("\n")
}

fn largest(book: &Book) -> f64 {
    book.findings.iter().map(|finding| finding.z().abs()).fold(0.0, f64::max)
}

/// Every figure that missed, for whoever looks for the reason.
pub fn misses(books: &[Book]) -> String {
    let lines = books.iter().flat_map(|book| book.findings.iter().map(move |finding| (book, finding)));
    let missed = lines.filter(|(_, finding)| finding.missed()).map(|(book, finding)| {
        let Finding { case, figure, wanted, found, error, .. } = finding;
        let z = finding.z();
        format!(
            "{}: {case}: {figure} is {wanted}, simulated {found} ± {error}: {z:.2} standard errors\n",
            book.file
        )
    });
    missed.collect()
}
