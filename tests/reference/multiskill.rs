//! `multiskill.json`: two kinds of customers, specialists and generalists (N, M and V designs).
//!
//! An arrival tries its specialists first. A generalist takes by a fixed order or the longer queue. The shares of
//! customers that generalists serve are not in the results; they decide the occupancy, which is.

use super::book::{Book, Page};
use super::folder::{json, number, numbers, optional};
use super::size::Size;
use super::text::{Text, all_seconds, exponential, per_hour};
use serde_json::Value;

const MINUTE: f64 = 60.0;
/// The groups by their names in the reference: which queues, in file order, each serves.
const GROUPS: [(&str, &[&str]); 3] = [("S1", &["type1"]), ("S2", &["type2"]), ("G", &["type1", "type2"])];
/// Thresholds by their names in the reference.
const WITHIN: [(&str, f64); 2] = [("T0.3333", 20.0), ("T1", 60.0)];

/// All designs.
pub fn specialists_and_generalists(size: Size) -> Book {
    let mut book = Book::new(7, "multiskill", "skills: N, M and V designs");
    let data = json("exact/multiskill");
    for (name, case) in data["cases"].as_object().unwrap() {
        let text = text(&case["inputs"], size);
        let mut page = book.play(name, &text, size.replications);
        compare(&mut page, &case["result"], &staffed(&case["inputs"]));
    }
    book
}

/// The groups that have agents, with their number.
fn staffed(inputs: &Value) -> Vec<(&'static str, &'static [&'static str], f64)> {
    let agents = numbers(&inputs["n"]);
    let all = GROUPS.iter().zip(agents).map(|(&(name, serves), n)| (name, serves, n));
    all.filter(|(_, _, n)| *n > 0.0).collect()
}

fn text(inputs: &Value, size: Size) -> Text {
    let [rates, service, patience] = ["lam", "mu", "th"].map(|key| numbers(&inputs[key]));
    let groups = staffed(inputs);
    let mut text = Text::steady(size.days);
    for k in 0..2 {
        let queue = format!("type{}", k + 1);
        let route = groups.iter().filter(|(_, serves, _)| serves.contains(&queue.as_str()));
        text = text
            .table(&format!("queue.{queue}"))
            .key("arrivals", per_hour(rates[k] * 60.0))
            .key("handle", exponential(MINUTE / service[k]))
            .key("patience", exponential(MINUTE / patience[k]))
            .key("route", format!("{:?}", route.map(|(name, _, _)| name).collect::<Vec<_>>()))
            .key("report_within", all_seconds(&WITHIN.map(|(_, seconds)| seconds)));
    }
    let (take, second_first) = match &inputs["gen_prio"] {
        Value::String(longest) if longest == "LQ" => ("longest_queue", false),
        order => ("in_order", order == 2),
    };
    for (name, serves, agents) in groups {
        let mut serves = serves.to_vec();
        if second_first {
            serves.reverse();
        }
        text = text
            .table(&format!("group.{name}"))
            .key("serves", format!("{serves:?}"))
            .key("take", format!("\"{take}\""))
            .key("agents", agents);
    }
    text
}

fn compare(page: &mut Page<'_>, wanted: &Value, groups: &[(&str, &[&str], f64)]) {
    for q in 0..2 {
        let row = &wanted[format!("class{}", q + 1)];
        let figure = |key: &str| number(&row[key]);
        let at = |key: &str| format!("{key} of type {}", q + 1);
        page.share(q, &at("p_wait"), page.queue(q).wait_probability, figure("p_wait"));
        page.value(&at("lq"), page.queue(q).mean_queue, figure("lq"));
        page.value(&at("ew"), page.queue(q).mean_wait_s, figure("ew") * MINUTE);
        page.share(q, &at("p_abandon"), page.queue(q).abandonment, figure("p_abandon"));
        for (name, seconds) in WITHIN {
            levels(page, q, row, name, seconds);
        }
    }
    for (g, (name, _, _)) in groups.iter().enumerate() {
        let key = format!("occ_{name}");
        page.value(&key, page.outcome.groups[g].occupancy, number(&wanted[&key]));
    }
}

/// The four service levels at a threshold, where the reference has them.
fn levels(page: &mut Page<'_>, q: usize, row: &Value, name: &str, seconds: f64) {
    let found = page.at(q, seconds).clone();
    let figure = |key: &str| optional(&row[format!("{key}_{name}")]);
    let (Some(offered), Some(early)) = (figure("sl_offered"), figure("ab_within")) else { return };
    let at = |key: &str| format!("{key}_{name} of type {}", q + 1);
    page.share(q, &at("sl_offered"), found.offered, offered);
    page.share(q, &at("sl_answered"), found.answered, figure("sl_answered").unwrap());
    page.share(q, &at("sl_excl_short_ab"), found.ignore_early, figure("sl_excl_short_ab").unwrap());
    page.share(q, &at("sl_either"), found.credit_early, offered + early);
}
