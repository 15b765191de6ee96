//! `priority.json`: several kinds of customers, one group that takes the most urgent first.

use super::book::{Book, Page};
use super::folder::{json, number, numbers, rows};
use super::size::Size;
use super::text::{Text, all_seconds, exponential, per_hour};
use serde_json::Value;

const MINUTE: f64 = 60.0;

/// Non-preemptive priorities: alike in service and patient, then unlike and impatient.
pub fn most_urgent_first(size: Size) -> Book {
    let mut book = Book::new(6, "priority", "priorities: M/M/c and M/M/c+M, classes apart");
    let data = json("exact/priority");
    for row in rows(&data["hol_same_mu"]) {
        patient(&mut book, row, size);
    }
    for row in rows(&data["v_design_ctmc"]) {
        impatient(&mut book, row, size);
    }
    book
}

/// One class of customers.
struct Class {
    rate: f64,
    service: f64,
    patience: Option<f64>,
}

/// Classes in order of urgency, rates per minute.
fn text(classes: &[Class], agents: &Value, within: &[f64], size: Size) -> Text {
    let mut text = Text::steady(size.days);
    let mut serves = Vec::new();
    for (k, class) in classes.iter().enumerate() {
        text = text
            .table(&format!("queue.class{}", k + 1))
            .key("arrivals", per_hour(class.rate * 60.0))
            .key("handle", exponential(MINUTE / class.service))
            .maybe("patience", class.patience.map(|rate| exponential(MINUTE / rate)))
            .key("priority", k + 1)
            .key("report_within", all_seconds(within));
        serves.push(format!("class{}", k + 1));
    }
    text.table("group.agents")
        .key("serves", format!("{serves:?}"))
        .key("take", "\"priority\"")
        .key("agents", agents)
}

fn patient(book: &mut Book, row: &Value, size: Size) {
    let service = number(&row["mu"]);
    let class = |rate: &f64| Class { rate: *rate, service, patience: None };
    let classes: Vec<_> = numbers(&row["lams"]).iter().map(class).collect();
    let within = [("sl_T0.333333", 20.0), ("sl_T1.0", 60.0), ("sl_T5.0", 300.0)];
    let text = text(&classes, &row["c"], &within.map(|(_, seconds)| seconds), size);
    let mut page = book.play(format!("alike, c={}", row["c"]), &text, size.replications);
    for (q, wanted) in rows(&row["result"]).iter().enumerate() {
        let figure = |key: &str| number(&wanted[key]);
        let at = |key: &str| format!("{key} of class {}", q + 1);
        page.share(q, &at("pw"), page.queue(q).wait_probability, figure("pw"));
        page.value(&at("ew"), page.queue(q).mean_wait_s, figure("ew") * MINUTE);
        page.value(&at("lq"), page.queue(q).mean_queue, figure("ew") * figure("lam"));
        for (key, seconds) in within {
            page.share(q, &at(key), page.at(q, seconds).offered, figure(key));
        }
    }
}

fn impatient(book: &mut Book, row: &Value, size: Size) {
    let inputs = &row["inputs"];
    let [rates, service, patience] = ["lam", "mu", "th"].map(|key| numbers(&inputs[key]));
    let class = |k: usize| Class { rate: rates[k], service: service[k], patience: Some(patience[k]) };
    let text = text(&[class(0), class(1)], &inputs["c"], &[20.0], size);
    let mut page = book.play(format!("unlike, c={}", inputs["c"]), &text, size.replications);
    let wanted = |key: &str| number(&row["result"][key]);
    for q in 0..2 {
        class_figures(&mut page, q, &wanted);
    }
    page.value("occ", page.outcome.groups[0].occupancy, wanted("occ"));
}

fn class_figures(page: &mut Page<'_>, q: usize, wanted: &impl Fn(&str) -> f64) {
    let key = |name: &str| format!("{name}{}", q + 1);
    page.share(q, &key("p_wait "), page.queue(q).wait_probability, wanted("p_wait"));
    page.value(&key("lq"), page.queue(q).mean_queue, wanted(&key("lq")));
    page.value(&key("ew"), page.queue(q).mean_wait_s, wanted(&key("ew")) * MINUTE);
    page.share(q, &key("p_ab"), page.queue(q).abandonment, wanted(&key("p_ab")));
}
