//! `contactcenters_examples.json`: figures that the examples of ContactCenters print, with their intervals.
//!
//! Their threshold is strict, ours is not: waits are continuous, so that it is the same figure. A count of those served
//! in time is the service level times the contacts that the inputs expect.

use super::book::{Book, Known, Page};
use super::folder::{json, number, rows};
use super::size::Size;
use super::text::{Text, exponential, per_hour};
use headcount::stats::Estimate;
use serde_json::Value;

const MINUTE: f64 = 60.0;
/// Contacts of a day that the inputs expect.
const CONTACTS: f64 = 4.2 * 480.0;

/// All examples.
pub fn examples(size: Size) -> Book {
    let mut book = Book::new(8, "contactcenters_examples", "examples of ContactCenters, as printed");
    let data = json("exact/contactcenters_examples");
    let printed = |id: &str| {
        let case = rows(&data["cases"]).iter().find(|case| case["id"] == id);
        Printed(case.unwrap_or_else(|| panic!("no case {id}"))["outputs"].clone())
    };
    let replications = size.days_of(CONTACTS);
    simple(&mut book, &printed("CC-MMC"), replications);
    impatient(&mut book, &printed("CC-MMCAb"), replications);
    blocked(&mut book, &printed("CC-MMCBlocked"), replications);
    disconnected(&mut book, &printed("CC-MMCClrQ"), replications);
    telethon(&mut book, &printed("CC-Telethon"), replications);
    book
}

/// The outputs of one example: `{ mean, ci }`, rounded to three decimals, over a thousand replications.
struct Printed(Value);

impl Printed {
    fn get(&self, key: &str) -> Known {
        let row = &self.0[key];
        let ci = rows(&row["ci"]);
        let error = (number(&ci[1]) - number(&ci[0])) / 2.0 / 1.962;
        Known { value: number(&row["mean"]), error, rounding: 0.0005 }
    }
}

/// Eight hours of 4.2 calls a minute; the queue's own keys come next.
fn calls() -> Text {
    Text::day("08:00-16:00", 60)
        .table("group.agents")
        .key("serves", "[\"calls\"]")
        .key("agents", 12)
        .table("queue.calls")
        .key("arrivals", per_hour(4.2 * 60.0))
        .key("handle", exponential(2.0 * MINUTE))
        .key("report_within", "[\"20s\"]")
}

/// Served within 20 s.
fn in_time(page: &mut Page<'_>, printed: &Printed) {
    let found = page.at(0, 20.0).offered.map(|level| level.scale(CONTACTS));
    page.measured("n_served_within_awt", found, printed.get("n_served_within_awt"));
}

fn occupancy(page: &mut Page<'_>, printed: &Printed) {
    page.measured("occupancy", page.outcome.groups[0].occupancy, printed.get("occupancy"));
}

fn minutes(seconds: Option<Estimate>) -> Option<Estimate> {
    seconds.map(|seconds| seconds.scale(1.0 / MINUTE))
}

fn simple(book: &mut Book, printed: &Printed, replications: u64) {
    let mut page = book.play("MMC", &calls(), replications);
    in_time(&mut page, printed);
    page.measured("service_level", page.at(0, 20.0).offered, printed.get("service_level"));
    page.measured("speed_of_answer", minutes(page.queue(0).asa_s), printed.get("speed_of_answer_min"));
    occupancy(&mut page, printed);
}

fn impatient(book: &mut Book, printed: &Printed, replications: u64) {
    let text = calls().key("patience", exponential(MINUTE));
    let mut page = book.play("MMCAb", &text, replications);
    in_time(&mut page, printed);
    page.measured("abandoned", page.queue(0).abandoned, printed.get("abandoned"));
    page.measured("sl_served", page.at(0, 20.0).answered, printed.get("sl_served"));
    page.measured("sl_excl_short_ab", page.at(0, 20.0).ignore_early, printed.get("sl_excl_short_ab"));
    page.measured("asa_served", minutes(page.queue(0).asa_s), printed.get("asa_served_min"));
    occupancy(&mut page, printed);
}

fn blocked(book: &mut Book, printed: &Printed, replications: u64) {
    let text = calls().key("max_waiting", 5);
    let mut page = book.play("MMCBlocked", &text, replications);
    in_time(&mut page, printed);
    page.measured("blocked", page.queue(0).blocked, printed.get("blocked"));
    page.measured("sl_served", page.at(0, 20.0).answered, printed.get("sl_served"));
    page.measured("sl_incl_blocked", page.at(0, 20.0).offered, printed.get("sl_incl_blocked"));
    page.measured("asa", minutes(page.queue(0).asa_s), printed.get("asa_min"));
    occupancy(&mut page, printed);
}

fn disconnected(book: &mut Book, printed: &Printed, replications: u64) {
    let text = calls().key("at_close", "\"drop\"");
    let mut page = book.play("MMCClrQ", &text, replications);
    in_time(&mut page, printed);
    page.measured("disconnected", page.queue(0).unfinished, printed.get("disconnected"));
}

/// Five mornings; who has waited two minutes leaves a message. Occupancy there is all busy time over scheduled time.
fn telethon(book: &mut Book, printed: &Printed, replications: u64) {
    let text = Text::day("06:00-10:00", 60)
        .key("days", 5)
        .table("queue.calls")
        .key("arrivals", per_hour(50.0))
        .key("handle", exponential(10.0 * MINUTE))
        .key("patience", exponential(2.0 * MINUTE))
        .key("lines", 24)
        .key("after_wait", "{ wait = \"2m\", to = \"messages\" }")
        .key("at_close", "\"drop\"")
        .key("report_within", "[\"1m\"]")
        .table("queue.messages")
        .key("arrivals", per_hour(0.0))
        .key("handle", "{ fixed = \"1s\" }")
        .table("group.agents")
        .key("serves", "[\"calls\"]")
        .key("agents", 12)
        .table("group.machine")
        .key("serves", "[\"messages\"]")
        .key("agents", 100);
    let mut page = book.play("Telethon", &text, replications);
    let week = |count: Option<Estimate>| count.map(|count| count.scale(5.0));
    page.measured("arrived", week(page.queue(0).offered), printed.get("arrived"));
    page.measured("served", week(page.queue(0).answered), printed.get("served"));
    page.measured("abandoned", week(page.queue(0).abandoned), printed.get("abandoned"));
    page.measured("messages", week(page.queue(0).moved_on), printed.get("messages"));
    page.measured("disconnected", week(page.queue(0).unfinished), printed.get("disconnected"));
    page.measured("asa_served", minutes(page.queue(0).asa_s), printed.get("asa_served_min"));
    // Their level counts messages among the arrived; here they are counted where they moved to.
    let arrived = printed.get("arrived").value;
    let apart = arrived / (arrived - printed.get("messages").value);
    let level = printed.get("service_level_pct").scale(apart / 100.0);
    page.measured("service_level", page.at(0, 60.0).offered, level);
    let group = page.outcome.groups[0].clone();
    let scheduled = group.staffed_hours.unwrap().mean;
    let busy = group.busy_hours.map(|hours| hours.scale(100.0 / scheduled));
    page.measured("occupancy_pct_of_scheduled", busy, printed.get("occupancy_pct_of_scheduled"));
}
