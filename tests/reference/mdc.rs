//! `mdc.json`: handle times that are all alike (M/D/c), in units of the handle time.

use super::book::Book;
use super::folder::{json, number, rows};
use super::size::Size;
use super::steady_queue::SteadyQueue;
use super::text::fixed;
use serde_json::Value;

/// The handle time, s.
const D: f64 = 100.0;

/// Waits: their distribution, mean and percentiles, and the queue.
pub fn alike(size: Size) -> Book {
    let mut book = Book::new(4, "mdc", "fixed handle times: M/D/c");
    for row in rows(&json("exact/mdc")["mdc"]) {
        let points = cdf(row);
        let servers = row["c"].as_u64().unwrap();
        let rate = number(&row["lam"]);
        let queue = SteadyQueue {
            calls_per_hour: rate * 3600.0 / D,
            aht: D,
            handle: fixed(D),
            patience: None,
            mean_patience: None,
            agents: servers,
            lines: None,
            within: points.iter().map(|(wait, _)| wait * D).collect(),
            hours: None,
        };
        let mut page = book.play(format!("c={servers} lam={rate}"), &queue.text(size), size.replications);
        page.share(0, "pwait", page.queue(0).wait_probability, number(&row["pwait"]));
        page.value("ew", page.queue(0).mean_wait_s, number(&row["ew"]) * D);
        page.value("lq", page.queue(0).mean_queue, number(&row["lq"]));
        for (wait, share) in points {
            page.share(0, &format!("cdf({wait})"), page.at(0, wait * D).offered, share);
        }
        if servers == 1 {
            percentiles(&mut page, rate);
        }
    }
    book
}

/// The points of a row's distribution of waits, in rising order.
fn cdf(row: &Value) -> Vec<(f64, f64)> {
    let points = row["cdf"].as_object().unwrap();
    points.iter().map(|(wait, share)| (wait.parse().unwrap(), number(share))).collect()
}

/// Percentiles of the wait, from Erlang's own formula of 1909 for M/D/1.
fn percentiles(page: &mut super::book::Page<'_>, rate: f64) {
    let found = page.queue(0).wait_percentiles_s.clone().unwrap();
    for (percent, found) in [(50, found.p50), (90, found.p90), (95, found.p95), (99, found.p99)] {
        let wait = inverse(f64::from(percent) / 100.0, rate);
        page.percentile(&format!("p{percent}"), found, wait * D);
    }
}

/// P(W ≤ t) = (1 − λ) Σ_{k ≤ t} (λ(k − t))ᵏ / k! · e^{λ(t − k)} for D = 1.
fn one_server(wait: f64, rate: f64) -> f64 {
    let mut factorial = 1.0;
    let terms = (0..=wait as i32).map(|k| {
        factorial *= f64::from(k.max(1));
        let x = rate * (f64::from(k) - wait);
        x.powi(k) / factorial * (-x).exp()
    });
    (1.0 - rate) * terms.sum::<f64>()
}

/// The wait that a share does not exceed.
fn inverse(share: f64, rate: f64) -> f64 {
    let (mut low, mut high) = (0.0, 20.0);
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        if one_server(middle, rate) < share { low = middle } else { high = middle }
    }
    low
}

#[test]
fn the_formula_gives_the_reference() {
    if !super::folder::found() {
        return;
    }
    let file = json("exact/mdc");
    let row = rows(&file["mdc"]).iter().find(|row| row["c"] == 1).unwrap();
    for (wait, share) in cdf(row) {
        assert!((one_server(wait, number(&row["lam"])) - share).abs() < 1e-12, "at {wait}");
    }
}
