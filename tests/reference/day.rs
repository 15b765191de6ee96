//! `tv_*.json`: a day whose arrivals and staff change (M_t/M/s_t and M_t/M/s_t+M), total and interval by interval.
//!
//! Definitions agree: figures belong to the interval of arrival, queue and work to the interval in which they are
//! spent, occupancy is busy over staffed and overtime, and the last staff stay until all are served. Two figures of the
//! results go on after closing and are found through balances: all busy hours are served × handle time, and everyone
//! who still works after closing is on overtime.

use super::book::{Book, Page};
use super::folder::{json, number, numbers, rows};
use super::size::Size;
use super::text::{Text, exponential, per_interval, seconds};
use headcount::stats::Estimate;
use serde_json::Value;

const MINUTE: f64 = 60.0;
const FILES: [&str; 4] =
    ["tv_TV1_small_day", "tv_TV3_no_abandon", "tv_TV5_ContactCenters_MMC", "tv_TV6_ContactCenters_MMCAb"];

/// All four days.
pub fn changing(size: Size) -> Book {
    let mut book = Book::new(5, "tv_*", "days: M_t/M/s_t and M_t/M/s_t+M");
    for file in FILES {
        let data = json(&format!("exact/{file}"));
        let replications = size.days_of(number(&data["totals"]["offered"]));
        // The results show each interval by one definition: that of the first target.
        for definition in ["offered", "answered", "ignore_early"] {
            let mut page =
                book.play(format!("{file} by {definition}"), &text(&data, definition), replications);
            if definition == "offered" {
                totals(&mut page, &data);
            }
            intervals(&mut page, &data, definition);
        }
    }
    book
}

/// The scenario of a file.
pub fn text(data: &Value, definition: &str) -> Text {
    let inputs = &data["inputs"];
    let length = number(&inputs["D"]);
    let (rates, staff) = (numbers(&inputs["lam"]), numbers(&inputs["s"]));
    // An interval of a scenario has at most an hour.
    let (parts, minutes) = if length > 60.0 { ((length / 60.0) as usize, 60.0) } else { (1, length) };
    let spread = |values: &[f64], factor: f64| -> Vec<f64> {
        values.iter().flat_map(|value| std::iter::repeat_n(value * factor, parts)).collect()
    };
    let hours = rates.len() as f64 * length / 60.0;
    let target = format!(
        "{{ answered = 0.8, within = {}, definition = \"{definition}\" }}",
        seconds(number(&inputs["T"]) * MINUTE)
    );
    Text::day(&format!("08:00-{:02}:00", 8 + hours as u64), minutes as u64)
        .table("queue.calls")
        .key("arrivals", per_interval(&spread(&rates, minutes)))
        .key("handle", exponential(MINUTE / number(&inputs["mu"])))
        .maybe("patience", patience(data).map(exponential))
        .key("target", target)
        .table("group.agents")
        .key("serves", "[\"calls\"]")
        .key("agents", format!("{:.0?}", spread(&staff, 1.0)))
}

/// Mean patience in seconds, if anybody hangs up.
fn patience(data: &Value) -> Option<f64> {
    Some(number(&data["inputs"]["th"])).filter(|rate| *rate > 0.0).map(|rate| MINUTE / rate)
}

/// The whole day.
fn totals(page: &mut Page<'_>, data: &Value) {
    let totals = &data["totals"];
    let wanted = |key: &str| number(&totals[key]);
    let offered = wanted("offered");
    let queue = page.queue(0).clone();
    page.value("offered", queue.offered, offered);
    page.value("answered", queue.answered, wanted("exp_served"));
    page.share(0, "p_wait", queue.wait_probability, wanted("exp_waiting_gt0") / offered);
    page.value("ew", queue.mean_wait_s, wanted("ew_min") * MINUTE);
    let level = queue.service_level.clone().unwrap();
    page.share(0, "sl_offered", level.offered, wanted("sl_offered"));
    page.share(0, "sl_answered", level.answered, wanted("sl_answered"));
    if patience(data).is_some() {
        page.value("abandoned", queue.abandoned, wanted("exp_abandoned_of_cohort"));
        page.share(0, "p_abandon", queue.abandonment, wanted("p_abandon"));
        page.share(0, "sl_excl_short_ab", level.ignore_early, wanted("sl_excl_short_ab"));
        let either = (wanted("exp_served_within_T") + wanted("exp_aband_within_T")) / offered;
        page.share(0, "sl_either", level.credit_early, either);
    }
    let queues = rows(&data["intervals"]).iter().map(|interval| number(&interval["mean_queue"]));
    let mean = queues.sum::<f64>() / rows(&data["intervals"]).len() as f64;
    page.value("mean_queue", queue.mean_queue, mean);
    let group = page.outcome.groups[0].clone();
    page.value("occupancy", group.occupancy, wanted("occupancy"));
    let busy = wanted("exp_served") / number(&data["inputs"]["mu"]);
    page.value("busy time", in_minutes(group.busy_hours), busy);
    let after_closing = busy - wanted("busy_agent_min");
    page.value("overtime", in_minutes(group.overtime_hours), wanted("overtime_agent_min") + after_closing);
}

fn in_minutes(hours: Option<Estimate>) -> Option<Estimate> {
    hours.map(|hours| hours.scale(60.0))
}

/// Every interval; where the file has one interval only, it is the day.
fn intervals(page: &mut Page<'_>, data: &Value, definition: &str) {
    let wanted = rows(&data["intervals"]);
    if wanted.len() == 1 {
        return;
    }
    for (k, row) in wanted.iter().enumerate() {
        let figure = |key: &str| number(&row[key]);
        let found = page.queue(0).intervals[k].clone();
        let at = |name: &str| format!("{name} in interval {k}");
        match definition {
            "answered" => page.value(&at("sl_answered"), found.service_level, figure("sl_answered")),
            "ignore_early" => {
                page.value(&at("sl_excl_short_ab"), found.service_level, figure("sl_excl_short_ab"));
            }
            _ => {
                page.value(&at("offered"), found.offered, figure("offered"));
                page.value(&at("served"), found.answered, figure("exp_served"));
                if patience(data).is_some() {
                    page.value(&at("abandoned"), found.abandoned, figure("exp_abandoned_of_cohort"));
                }
                page.value(&at("ew"), found.mean_wait_s, figure("ew_min") * MINUTE);
                page.value(&at("sl_offered"), found.service_level, figure("sl_offered"));
                page.value(&at("mean_queue"), found.mean_queue, figure("mean_queue"));
                let occupancy = page.outcome.groups[0].intervals[k].occupancy;
                page.value(&at("occupancy"), occupancy, figure("occupancy"));
            }
        }
    }
}
