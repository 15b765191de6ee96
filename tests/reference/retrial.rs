//! `retrial.json`: customers who call again, after a busy signal or after hanging up.
//!
//! Those between two attempts (the orbit) are in no result; their number is the rate of returns times the mean time to
//! the next attempt (Little's law).

use super::book::{Book, Page};
use super::folder::{json, number, rows};
use super::size::Size;
use super::text::{Text, exponential, per_hour};
use headcount::stats::Estimate;
use serde_json::Value;

const MINUTE: f64 = 60.0;
/// The orbit settles more slowly than the queue, so that the first hours are not counted.
const WARM_UP_HOURS: f64 = 8.0;

/// M/M/c/c whose blocked callers try until they get through, and M/M/n+M with redials.
pub fn calling_again(size: Size) -> Book {
    let mut book = Book::new(13, "retrial", "redials: M/M/c/c with retrials, M/M/n+M with redials");
    let data = json("exact/retrial");
    for row in rows(&data["MMcc_classical_retrial"]["cases"]) {
        blocked(&mut book, row, size);
    }
    for row in rows(&data["MMnM_redial"]["cases"]) {
        abandoned(&mut book, row, size);
    }
    book
}

/// A queue of attempts.
fn text(rate: f64, service: f64, size: Size) -> Text {
    Text::steady(size.days)
        .key("warm_up", format!("\"{WARM_UP_HOURS}h\""))
        .table("queue.calls")
        .key("arrivals", per_hour(rate * 60.0))
        .key("volume_is", "\"first_contacts\"")
        .key("handle", exponential(MINUTE / service))
}

fn group(text: Text, agents: &Value) -> Text {
    text.table("group.agents").key("serves", "[\"calls\"]").key("agents", agents)
}

fn again(probability: f64, delay: f64) -> String {
    format!("{{ probability = {probability}, after = {} }}", exponential(MINUTE / delay))
}

fn blocked(book: &mut Book, row: &Value, size: Size) {
    let [rate, service, delay, agents] = ["lam", "mu", "delta", "c"].map(|key| number(&row[key]));
    let text = text(rate, service, size).key("lines", agents).key("redial_blocked", again(1.0, delay));
    let name = format!("c={agents}, lam={rate}, delta={delay}");
    let mut page = book.play(name, &group(text, &row["c"]), size.replications);
    let wanted = |key: &str| number(&row["result"][key]);
    let queue = page.queue(0).clone();
    let orbit = per_minute(size, queue.redials_blocked).map(|e| e.scale(1.0 / delay));
    page.share(0, "p_first_attempt_blocked", queue.first_attempt_blocked, wanted("p_first_attempt_blocked"));
    page.share(0, "frac_attempts_blocked", queue.blocking, wanted("frac_attempts_blocked"));
    page.value("attempts_rate", per_minute(size, queue.offered), wanted("attempts_rate"));
    page.value("mean_orbit", orbit, wanted("mean_orbit"));
    page.value("mean_time_in_orbit", orbit.map(|e| e.scale(1.0 / rate)), wanted("mean_time_in_orbit"));
    busy(&mut page, agents, wanted("mean_busy"));
}

fn abandoned(book: &mut Book, row: &Value, size: Size) {
    let inputs = ["lam", "mu", "th", "n", "p_r", "delta"].map(|key| number(&row["inputs"][key]));
    let [rate, service, patience, agents, probability, delay] = inputs;
    let text = text(rate, service, size)
        .key("patience", exponential(MINUTE / patience))
        .key("redial", again(probability, delay));
    let name = format!("n={agents}, redial {probability}");
    let mut page = book.play(name, &group(text, &row["inputs"]["n"]), size.replications);
    let wanted = |key: &str| number(&row["result"][key]);
    let queue = page.queue(0).clone();
    page.value("total_attempt_rate", per_minute(size, queue.offered), wanted("total_attempt_rate"));
    page.value("lq", queue.mean_queue, wanted("lq"));
    page.share(0, "p_abandon_per_attempt", queue.abandonment, wanted("p_abandon_per_attempt"));
    page.share(0, "p_wait_per_attempt", queue.wait_probability, wanted("p_wait_per_attempt"));
    page.value("ew_per_attempt", queue.mean_wait_s, wanted("ew_per_attempt") * MINUTE);
    page.value("served_rate", per_minute(size, queue.answered), wanted("served_rate"));
    let served = per_minute(size, queue.answered).map(|e| e.scale(1.0 / rate));
    page.value("frac_unique_callers_served", served, wanted("frac_unique_callers_served"));
    page.value("occ", page.outcome.groups[0].occupancy, wanted("occ"));
    busy(&mut page, agents, wanted("mean_busy"));
    if probability > 0.0 {
        let orbit = per_minute(size, queue.redials).map(|e| e.scale(1.0 / delay));
        page.value("redial_rate", per_minute(size, queue.redials), wanted("redial_rate"));
        page.value("mean_orbit", orbit, wanted("mean_orbit"));
    }
    if probability < 1.0 {
        let lost = per_minute(size, queue.abandoned).map(|e| e.scale(1.0 - probability));
        page.value("lost_forever_rate", lost, wanted("lost_forever_rate"));
    }
}

fn busy(page: &mut Page<'_>, agents: f64, wanted: f64) {
    let busy = page.outcome.groups[0].occupancy.map(|e| e.scale(agents));
    page.value("mean_busy", busy, wanted);
}

/// A count per day as a rate per minute: the hours of the warm-up have no part in it.
fn per_minute(size: Size, count: Option<Estimate>) -> Option<Estimate> {
    let days = size.days as f64;
    count.map(|e| e.scale(days / ((24.0 * days - WARM_UP_HOURS) * 60.0)))
}
