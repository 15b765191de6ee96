//! `callback.json`: callers who would have to wait accept a callback, and wait in a line of their own behind those on the
//! line, or keep their place.
//!
//! Shares of all arrivals (who finds everybody busy, is offered a callback, accepts) are in no result; they are counted
//! from the same replications.

use super::book::{Book, Page};
use super::folder::{json, number, rows};
use super::play::LEVEL;
use super::size::Size;
use super::text::{Text, exponential, per_hour};
use headcount::engine::{Cell, More, Run, Staffing, Tape};
use headcount::stats::{Estimate, RatioMoments};
use serde_json::Value;

const MINUTE: f64 = 60.0;
/// So many times fewer replications than elsewhere: each has twenty thousand contacts, which makes a million.
const FEWER: u64 = 10;

/// Who would have to wait is called back.
pub fn called_back(size: Size) -> Book {
    let mut book = Book::new(14, "callback", "callbacks: own line behind the others, place kept in line");
    let data = json("exact/callback");
    for row in rows(&data["callback_separate_queue"]["cases"]) {
        separate(&mut book, row, size);
    }
    for row in rows(&data["virtual_hold_fifo"]["cases"]) {
        kept(&mut book, row, size);
    }
    book
}

/// A queue whose callers are offered a callback from `q0` waiting on; the callback line settles more slowly than the
/// queue, so the first hours are not counted.
fn text(inputs: &Value, place: &str, size: Size) -> Text {
    let [rate, service, patience] = ["lam", "mu", "th"].map(|key| number(&inputs[key]));
    let (q0, accept) = (&inputs["q0"], &inputs["p_acc"]);
    Text::steady(size.days)
        .key("warm_up", "\"4h\"")
        .table("queue.calls")
        .key("arrivals", per_hour(rate * 60.0))
        .key("handle", exponential(MINUTE / service))
        .key("patience", exponential(MINUTE / patience))
        .maybe("max_waiting", inputs.get("L"))
        .key("callback", format!("{{ offer = {{ waiting = {q0} }}, accept = {accept}, {place} }}"))
        .table("group.agents")
        .key("serves", "[\"calls\"]")
        .key("agents", &inputs["n"])
}

fn separate(book: &mut Book, row: &Value, size: Size) {
    let inputs = &row["inputs"];
    let place = format!("place = \"separate\", reserve = {}", inputs["reserve"]);
    let name = format!("separate, from {} waiting", inputs["q0"]);
    let mut page = book.play(name, &text(inputs, &place, size), size.replications / FEWER);
    let wanted = |key: &str| number(&row["result"][key]);
    let shares = Shares::of(&page);
    page.share(0, "p_all_busy", shares.all_busy, wanted("p_all_busy"));
    page.share(0, "p_offered_callback", shares.asked, wanted("p_offered_callback"));
    page.share(0, "frac_callback", shares.accepted, wanted("frac_callback"));
    page.share(0, "p_abandon_of_all", page.queue(0).abandonment, wanted("p_abandon_of_all"));
    let keys = ["lq_inbound", "lq_callback", "ew_inline_callers", "ew_callback", "occ"];
    waits(&mut page, keys, wanted);
}

fn kept(book: &mut Book, row: &Value, size: Size) {
    let inputs = &row["inputs"];
    let name = format!("kept, from {} waiting", inputs["q0"]);
    let mut page = book.play(name, &text(inputs, "place = \"keep\"", size), size.replications / FEWER);
    let wanted = |key: &str| number(&row["result"][key]);
    let shares = Shares::of(&page);
    page.share(0, "p_wait_or_more", shares.all_busy, wanted("p_wait_or_more"));
    page.share(0, "frac_virtual", shares.accepted, wanted("frac_virtual"));
    page.share(0, "p_block", page.queue(0).blocking, wanted("p_block"));
    page.share(0, "p_abandon_offered", page.queue(0).abandonment, wanted("p_abandon_offered"));
    waits(&mut page, ["l_inline", "l_virtual", "ew_inline", "ew_virtual", "occ"], wanted);
}

/// People in line and waits, on the line and called back, and the agents' occupancy.
fn waits(page: &mut Page<'_>, keys: [&str; 5], wanted: impl Fn(&str) -> f64) {
    let queue = page.queue(0).clone();
    let [in_line, called, wait, callback_wait, occupancy] = keys;
    page.value(in_line, queue.mean_queue, wanted(in_line));
    page.value(called, queue.mean_callback_queue, wanted(called));
    page.value(wait, queue.mean_wait_s, wanted(wait) * MINUTE);
    page.value(callback_wait, queue.callback_wait_s, wanted(callback_wait) * MINUTE);
    page.value(occupancy, page.outcome.groups[0].occupancy, wanted(occupancy));
}

/// Shares of all arrivals.
struct Shares {
    /// Found every agent busy, whatever became of them.
    all_busy: Option<Estimate>,
    /// Were offered a callback.
    asked: Option<Estimate>,
    /// Accepted it.
    accepted: Option<Estimate>,
}

impl Shares {
    /// From the replications behind a page.
    fn of(page: &Page<'_>) -> Self {
        let [mut all_busy, mut asked, mut accepted] = [RatioMoments::default(); 3];
        let mut run = Run::new(&page.model);
        let staffing = Staffing::given(&page.model);
        for replication in 0..page.outcome.replications {
            let tape = Tape::draw(&page.model, page.seed, replication);
            let queue = &run.play(&tape, &staffing, &mut ()).queues[0];
            let (mut cell, mut more) = (Cell::default(), More::default());
            queue.cells.iter().for_each(|each| cell.add(each));
            queue.more.iter().for_each(|each| more.add(each));
            all_busy.push(cell.waited + cell.blocked + cell.callbacks, cell.offered());
            asked.push(more.callbacks_offered, cell.offered());
            accepted.push(cell.callbacks, cell.offered());
        }
        let share = |moments: RatioMoments| moments.ratio_share(LEVEL);
        Self { all_busy: share(all_busy), asked: share(asked), accepted: share(accepted) }
    }
}
