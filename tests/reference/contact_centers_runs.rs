//! `simulators/c*.json`: our runs of ContactCenters, 1,000 replications each.
//!
//! Not compared, since defined otherwise: occupancy and queues, which go on after closing there. `c21` is left out: when
//! its staff falls and nobody is idle, certain busy agents end their calls and go; here, as in `tv_*`, the first to
//! finish go. Its calls are so long against its intervals that this decides the figures (15% of the mean wait).

use super::book::{Book, Known, Page};
use super::folder::{json, number, numbers};
use super::size::Size;
use super::text::{Text, exponential, per_hour, per_interval, seconds};
use serde_json::Value;

const MINUTE: f64 = 60.0;

/// All runs that are expressible.
pub fn runs(size: Size) -> Book {
    let mut book = Book::new(9, "simulators/c*", "runs of ContactCenters");
    one_group(&mut book, size);
    two_groups(&mut book, size);
    overflow(&mut book, size);
    weighted(&mut book, size);
    book
}

/// The outputs of one run: `[estimate, low, high]` by figure and entity, over 1,000 replications.
struct Measured(Value);

impl Measured {
    fn get(&self, figure: &str, entity: &str) -> Known {
        let row = numbers(&self.0["expected"][figure][entity]);
        Known { value: row[0], error: (row[2] - row[1]) / 2.0 / 1.962, rounding: 0.0 }
    }

    fn input(&self, key: &str) -> Vec<f64> {
        numbers(&self.0["inputs"][key])
    }
}

fn contact_centers(file: &str) -> Measured {
    Measured(json(&format!("simulators/{file}")))
}

/// A number of agents for every interval.
fn staff(agents: &[f64]) -> String {
    format!("{agents:.0?}")
}

/// A target by which the results show each interval, as ContactCenters does.
fn ignoring_early(within: f64) -> String {
    format!("{{ answered = 0.8, within = {}, definition = \"ignore_early\" }}", seconds(within))
}

/// Figures of one contact type. One that balks waits for no time there, and is left out of waits here.
fn contact_type(page: &mut Page<'_>, q: usize, measured: &Measured, entity: &str, unit: f64) {
    let queue = page.queue(q).clone();
    let at = |figure: &str| format!("{figure} of {entity}");
    page.measured(&at("arrivals"), queue.offered, measured.get("RATEOFARRIVALS", entity));
    page.measured(&at("services"), queue.answered, measured.get("RATEOFSERVICES", entity));
    page.measured(&at("abandonment"), queue.abandonment, measured.get("ABANDONMENTRATIO", entity));
    let balked = queue.balked.map_or(0.0, |balked| balked.mean) / queue.offered.unwrap().mean;
    let delayed = delayed_but_staying(measured.get("DELAYRATIO", entity), balked);
    page.measured(&at("delayed"), queue.wait_probability, delayed);
    let wait = measured.get("WAITINGTIME", entity).scale(unit / (1.0 - balked));
    page.measured(&at("wait"), queue.mean_wait_s, wait);
    page.measured(&at("speed of answer"), queue.asa_s, measured.get("SPEEDOFANSWER", entity).scale(unit));
}

/// Theirs: those who were not answered at once, over all. Here: those who waited, over all who did not balk.
fn delayed_but_staying(delayed: Known, balked: f64) -> Known {
    Known { value: delayed.value - balked, ..delayed }.scale(1.0 / (1.0 - balked))
}

fn levels(page: &mut Page<'_>, q: usize, measured: &Measured, entity: &str, within: f64) {
    let found = page.at(q, within).clone();
    let at = |figure: &str| format!("{figure} of {entity}");
    page.measured(&at("service level"), found.ignore_early, measured.get("SERVICELEVEL", entity));
    page.measured(&at("service level 2"), found.credit_early, measured.get("SERVICELEVEL2", entity));
}

/// Service level hour by hour, printed without intervals; the last figure is that of the day.
fn hourly(page: &mut Page<'_>, measured: &Measured) {
    let levels = numbers(&measured.0["expected"]["SERVICELEVEL_by_period_last_row"]);
    let hours = page.queue(0).intervals.clone();
    for (k, (hour, level)) in hours.iter().zip(levels).enumerate() {
        page.alike(&format!("service level in period {k}"), hour.service_level, level, 1000.0);
    }
}

/// Thirteen hours of one type of calls, and no groups yet.
fn thirteen_hours(measured: &Measured, within: f64) -> Text {
    Text::day("08:00-21:00", 60)
        .table("queue.calls")
        .key("arrivals", per_interval(&measured.input("arrivals_per_hour")))
        .key("handle", exponential(100.0))
        .key("patience", exponential(1000.0))
        .key("balk", 0.1)
        .key("target", ignoring_early(within))
        .key("report_within", "[\"20s\", \"30s\"]")
}

fn one_group(book: &mut Book, size: Size) {
    let measured = contact_centers("c13_single_queue_13_periods");
    let text = thirteen_hours(&measured, 30.0)
        .table("group.agents")
        .key("serves", "[\"calls\"]")
        .key("agents", staff(&measured.input("agents")));
    let mut page = book.play("c13", &text, size.days_of(1660.0));
    contact_type(&mut page, 0, &measured, "Inbound Type", 1.0);
    levels(&mut page, 0, &measured, "Inbound Type, sl 20s", 20.0);
    levels(&mut page, 0, &measured, "Inbound Type, sl 30s", 30.0);
    hourly(&mut page, &measured);
}

fn two_groups(book: &mut Book, size: Size) {
    let measured = contact_centers("c14_two_groups_preference");
    let text = thirteen_hours(&measured, 20.0)
        .key("route", "[\"first\", \"second\"]")
        .table("group.first")
        .key("serves", "[\"calls\"]")
        .key("agents", staff(&measured.input("agents_group1")))
        .table("group.second")
        .key("serves", "[\"calls\"]")
        .key("agents", staff(&measured.input("agents_group2")));
    let mut page = book.play("c14", &text, size.days_of(1660.0));
    contact_type(&mut page, 0, &measured, "Inbound Type", 1.0);
    levels(&mut page, 0, &measured, "Inbound Type", 20.0);
    hourly(&mut page, &measured);
}

/// Each type has its group; the other group takes who has waited 30 s.
fn overflow(book: &mut Book, size: Size) {
    let measured = contact_centers("c16_overflow_delay_30s");
    let inputs = &measured.0["inputs"];
    let mut text = Text::day("08:00-21:00", 60);
    for (q, [own, other]) in [["g1", "g2"], ["g2", "g1"]].iter().enumerate() {
        text = text
            .table(&format!("queue.type{}", q + 1))
            .key("arrivals", per_interval(&numbers(&inputs["arrivals_per_hour"][q])))
            .key("handle", exponential(number(&inputs["service_mean"][q])))
            .key("patience", exponential(1000.0))
            .key("balk", 0.1)
            .key("route", format!("[\"{own}\", \"{other}\"]"))
            .key("route_after", format!("{{ {other} = \"30s\" }}"))
            .key("report_within", "[\"20s\", \"60s\"]");
    }
    for (g, serves) in ["[\"type1\", \"type2\"]", "[\"type2\", \"type1\"]"].iter().enumerate() {
        text = text
            .table(&format!("group.g{}", g + 1))
            .key("serves", serves)
            .key("take", "\"in_order\"")
            .key("agents", staff(&measured.input(&format!("agents_group{}", g + 1))));
    }
    let mut page = book.play("c16", &text, size.days_of(1660.0));
    for (q, within) in [20.0, 60.0].into_iter().enumerate() {
        let entity = format!("Inbound Type {}", q + 1);
        contact_type(&mut page, q, &measured, &entity, 1.0);
        levels(&mut page, q, &measured, &entity, within);
    }
}

/// Generalists take the largest weight × wait, and are slower than specialists.
fn weighted(book: &mut Book, size: Size) {
    let measured = contact_centers("c17_two_skill_longest_weighted_wait");
    let mut text = Text::day("08:00-09:00", 60);
    let types = [("type0", 6.0, 2.0, 3.0, 1.0, 3), ("type1", 2.0, 3.2, 0.8, 0.8, 2)];
    for (k, (queue, rate, patience, weight, service, agents)) in types.into_iter().enumerate() {
        text = text
            .table(&format!("queue.{queue}"))
            .key("arrivals", per_hour(rate * 60.0))
            .key("handle", exponential(service * MINUTE))
            .key("patience", exponential(patience * MINUTE))
            .key("weight", format!("{weight:?}"))
            .key("route", format!("[\"spec{k}\", \"generalist\"]"))
            .key("report_within", "[\"19.8s\"]")
            .table(&format!("group.spec{k}"))
            .key("serves", format!("[\"{queue}\"]"))
            .key("agents", agents);
    }
    let slow = exponential(1.6 * MINUTE);
    let text = text
        .table("group.generalist")
        .key("serves", "[\"type0\", \"type1\"]")
        .key("take", "\"weighted\"")
        .key("agents", 4)
        .key("handle", format!("{{ type0 = {slow}, type1 = {slow} }}"));
    let mut page = book.play("c17", &text, size.days_of(480.0));
    for q in 0..2 {
        let entity = format!("contact type {q}");
        contact_type(&mut page, q, &measured, &entity, MINUTE);
        levels(&mut page, q, &measured, &entity, 19.8);
    }
}
