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
        let allowed = (0..).find(|&k| binomial.cdf(k) >= SURE).unwrap();
        Self { figures, misses: all().filter(|finding| finding.missed()).count(), expected, allowed }
    }
}

/// One line for every file of the reference, and one for all.
pub fn markdown(books: &[Book]) -> String {
    let mut table = String::from(
        "| reference | what is compared | models | figures | beyond ±3 standard errors | largest |\n|---|---|--:|--:|--:|--:|\n",
    );
    let mut models = 0;
    for book in books {
        models += book.cases;
        let misses = book.findings.iter().filter(|finding| finding.missed()).count();
        let counts =
            format!("{} | {} | {misses} | {:.2}", book.cases, book.findings.len(), largest(&book.findings));
        table += &format!("| `{}` | {} | {counts} |\n", book.file, book.what);
    }
    let verdict = Verdict::of(books);
    let largest = books.iter().map(|book| largest(&book.findings)).fold(0.0, f64::max);
    let Verdict { figures, misses, expected, allowed } = verdict;
    table += &format!("| all | | {models} | {figures} | {misses} | {largest:.2} |\n\n");
    table += &format!(
        "Of {figures} figures chance alone puts about {expected:.1} beyond three standard errors, and at most {allowed} in 999 of 1000 such tests; {misses} are.\n"
    );
    table
}

fn largest(findings: &[Finding]) -> f64 {
    findings.iter().map(|finding| finding.z().abs()).fold(0.0, f64::max)
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
