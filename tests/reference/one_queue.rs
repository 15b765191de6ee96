//! `erlang_a.json`: one queue with impatient customers (M/M/n+M), with few lines (M/M/n/K+M), and with patience of
//! other laws (M/M/n+G).

use super::book::{Book, Page};
use super::folder::{json, number, rows};
use super::size::Size;
use super::steady_queue::{SteadyQueue, service_levels};
use super::text::{exponential, fixed, seconds};
use serde_json::Value;

/// M/M/n+M: all figures but `ew_abandoned_s`, which the results do not have.
pub fn erlang_a(size: Size) -> Book {
    let mut book = Book::new(1, "erlang_a", "Erlang A: M/M/n+M");
    for row in rows(&json("exact/erlang_a")["erlang_a"]) {
        let within = [0.0, 10.0, 20.0, 60.0];
        let queue = SteadyQueue::of(row, &within);
        if queue.calls_per_hour > size.busiest {
            continue;
        }
        let mut page = book.play(name(row), &queue.text(size), size.replications);
        let keys = Keys { pwait: "pwait", pab: "pab", ew: "ew_s", asa: "asa_served_s" };
        common(&mut page, row, &keys);
        for t in within {
            service_levels(&mut page, row, t, &format!("_T{t}"));
        }
    }
    book
}

/// M/M/n/K+M. `pwait_offered` and `sl_accepted` are products of figures that are compared.
pub fn few_lines(size: Size) -> Book {
    let mut book = Book::new(2, "erlang_a (lines)", "few lines: M/M/n/K and M/M/n/K+M");
    for row in rows(&json("exact/erlang_a")["finite_trunks"]) {
        let within = [0.0, 20.0, 60.0];
        let queue = SteadyQueue::of(row, &within);
        let mut page = book.play(name(row), &queue.text(size), size.replications);
        let keys = Keys { pwait: "pwait_accepted", pab: "pab_offered", ew: "ew_accepted", asa: "asa_served" };
        common(&mut page, row, &keys);
        page.share(0, "pblock", page.queue(0).blocking, number(&row["pblock"]));
        for t in within {
            service_levels(&mut page, row, t, &format!("_T{t}"));
        }
    }
    book
}

/// M/M/n+G.
pub fn other_patience(size: Size) -> Book {
    let mut book = Book::new(3, "erlang_a (patience)", "patience of other laws: M/M/n+G");
    for row in rows(&json("exact/erlang_a")["mmn_plus_G"]) {
        let within = number(&row["T_s"]);
        let mut queue = SteadyQueue::of(row, &[within]);
        queue.patience = Some(patience(row["patience"].as_str().unwrap(), queue.mean_patience.unwrap()));
        let mut page = book.play(name(row), &queue.text(size), size.replications);
        let keys = Keys { pwait: "pwait", pab: "pab", ew: "ew", asa: "asa_served" };
        common(&mut page, row, &keys);
        service_levels(&mut page, row, within, "");
    }
    book
}

/// The law of patience that a row names.
fn patience(law: &str, mean: f64) -> String {
    match law {
        "exp" => exponential(mean),
        "det" => fixed(mean),
        "erlang2" => format!("{{ erlang = {{ mean = {}, phases = 2 }} }}", seconds(mean)),
        // Balanced means: each branch brings half of the mean; p = (1 + √((cv² − 1) / (cv² + 1))) / 2.
        "h2_balanced_cv2=4" => {
            let p = f64::midpoint(1.0, 0.6_f64.sqrt());
            let (often, seldom) = (seconds(mean / (2.0 * p)), seconds(mean / (2.0 * (1.0 - p))));
            format!(
                "{{ hyperexponential = {{ means = [{often}, {seldom}], weights = [{p}, {}] }} }}",
                1.0 - p
            )
        }
        other => panic!("{other} is not expressible"),
    }
}

/// Where a row keeps the figures that every model has.
struct Keys {
    pwait: &'static str,
    pab: &'static str,
    ew: &'static str,
    asa: &'static str,
}

fn common(page: &mut Page<'_>, row: &Value, keys: &Keys) {
    let wanted = |key: &str| number(&row[key]);
    page.share(0, keys.pwait, page.queue(0).wait_probability, wanted(keys.pwait));
    if page.queue(0).abandonment.is_some() {
        page.share(0, keys.pab, page.queue(0).abandonment, wanted(keys.pab));
    }
    page.value(keys.ew, page.queue(0).mean_wait_s, wanted(keys.ew));
    page.value(keys.asa, page.queue(0).asa_s, wanted(keys.asa));
    page.value("lq", page.queue(0).mean_queue, wanted("lq"));
    page.value("occ", page.outcome.groups[0].occupancy, wanted("occ"));
}

fn name(row: &Value) -> String {
    let keys = ["calls_per_hour", "aht_s", "patience_s", "patience_mean_s", "patience", "n", "K_trunks"];
    let known = keys.iter().filter_map(|key| Some(format!("{key}={}", row.get(*key)?)));
    known.collect::<Vec<_>>().join(" ")
}
