//! `chat.json`: agents with several chats at a time, each chat slower the more there are.

use super::book::Book;
use super::folder::{json, number, numbers, rows};
use super::size::Size;
use super::text::{Text, all_seconds, exponential, per_hour};
use serde_json::Value;

const MINUTE: f64 = 60.0;
/// Thresholds by their names in the reference.
const WITHIN: [(&str, f64); 2] = [("T0.5", 30.0), ("T1", 60.0)];

/// Least-loaded routing, all cases.
pub fn several_at_once(size: Size) -> Book {
    let mut book = Book::new(11, "chat", "chats: c agents with up to k at a time, slower the more");
    for case in rows(&json("exact/chat")["cases"]) {
        let inputs = &case["inputs"];
        let name = case["name"].as_str().unwrap();
        let mut page = book.play(name, &text(inputs, size), size.replications);
        let wanted = |key: &str| number(&case["result"][key]);
        let agents = number(&inputs["c"]);
        let (queue, group) = (page.queue(0).clone(), page.outcome.groups[0].clone());
        let of_all = |share: Option<headcount::stats::Estimate>| share.map(|e| e.scale(agents));
        page.share(0, "p_wait", queue.wait_probability, wanted("p_wait"));
        page.value("lq", queue.mean_queue, wanted("lq"));
        page.value("ew", queue.mean_wait_s, wanted("ew") * MINUTE);
        if number(&inputs["th"]) > 0.0 {
            page.share(0, "p_abandon", queue.abandonment, wanted("p_abandon"));
        }
        page.value("mean_chats_in_service", of_all(group.mean_in_hand), wanted("mean_chats_in_service"));
        page.value("frac_agents_busy_ge1", group.occupancy, wanted("frac_agents_busy_ge1"));
        page.value("slot_occupancy", group.slot_occupancy, wanted("slot_occupancy"));
        page.value("throughput", queue.answered.map(|e| e.scale(1.0 / 1440.0)), wanted("throughput"));
        for (load, share) in &group.load_shares {
            let key = format!("agents_by_load {load}");
            let exact = number(&case["result"]["agents_by_load"][load.to_string()]);
            page.value(&key, of_all(Some(*share)), exact);
        }
        for (name, seconds) in WITHIN {
            let found = page.at(0, seconds).clone();
            page.share(
                0,
                &format!("sl_offered_{name}"),
                found.offered,
                wanted(&format!("sl_offered_{name}")),
            );
            page.share(
                0,
                &format!("sl_answered_{name}"),
                found.answered,
                wanted(&format!("sl_answered_{name}")),
            );
            let early = wanted(&format!("sl_excl_short_ab_{name}"));
            page.share(0, &format!("sl_excl_short_ab_{name}"), found.ignore_early, early);
        }
    }
    book
}

/// An agent with j chats works at the total rate R[j]: alone a chat takes 1 / R[1], among j it takes j / R[j].
fn text(inputs: &Value, size: Size) -> Text {
    let rates = numbers(&inputs["R"]);
    let patience = number(&inputs["th"]);
    let stretch: Vec<f64> = (1..rates.len()).map(|j| rates[1] / (rates[j] / j as f64)).collect();
    Text::steady(size.days)
        .table("queue.chats")
        .key("channel", "\"chat\"")
        .key("arrivals", per_hour(number(&inputs["lam"]) * 60.0))
        .key("handle", exponential(MINUTE / rates[1]))
        .maybe("patience", (patience > 0.0).then(|| exponential(MINUTE / patience)))
        .key("report_within", all_seconds(&WITHIN.map(|(_, seconds)| seconds)))
        .table("group.agents")
        .key("serves", "[\"chats\"]")
        .key("agents", &inputs["c"])
        .key("concurrency", format!("{{ chat = {} }}", rates.len() - 1))
        .key("handle_by_load", format!("{stretch:?}"))
}
