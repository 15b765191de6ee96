//! How the cost of a contact grows: with replications, agents, queues, intervals, threads.
//!
//! `cargo bench --bench scaling` prints a table for each; `-- agents queues` prints some, `-- --test` plays each shortly.
//! Figures are CPU nanoseconds per contact on one core, everything that `headcount simulate` does included. The cases of
//! a table are played in turn, in several rounds, and the least of each is printed: whatever else the machine does can
//! only add, and what is slow for a while is slow for all.
#![allow(clippy::print_stdout)] // A bench prints.

mod workloads;

use headcount::erlang::ErlangA;
use headcount::model::Model;
use headcount::montecarlo::{Job, Staffing, measure};
use headcount::scenario;
use headcount::stats::Fixed;
use std::fs;
use std::hint::black_box;
use std::time::{Duration, Instant};
use workloads::{busy, read, replicate};

/// A table's name, and what prints it.
type Table = (&'static str, fn(&Effort));

const TABLES: [Table; 5] = [
    ("replications", replications), // First: the peak of memory is that of the process so far.
    ("agents", agents),
    ("queues", queues),
    ("intervals", intervals),
    ("threads", threads),
];

/// How much is played.
struct Effort {
    rounds: usize,
    contacts: f64,
    replications: Vec<u64>,
}

fn main() {
    workloads::one_thread();
    let words: Vec<String> = std::env::args().skip(1).collect();
    let shortly = words.iter().any(|word| word == "--test");
    let effort = if shortly {
        println!("A smoke test: far too short to be a measurement.");
        Effort { rounds: 1, contacts: 1.0, replications: vec![1, 10] }
    } else {
        Effort { rounds: 5, contacts: 1e7, replications: vec![10, 100, 1_000, 10_000] }
    };
    let asked = |name: &str| words.iter().any(|word| word == name);
    let some = TABLES.iter().any(|(name, _)| asked(name));
    for (_, print) in TABLES.iter().filter(|(name, _)| !some || asked(name)) {
        print(&effort);
    }
}

/// One queue whose staff follows the day, more and more days of it; results included.
fn replications(effort: &Effort) {
    let model = read("benches/workloads/w2.toml", &[]);
    let staffing = Staffing::given(&model);
    println!("\n| replications (w2) | contacts | CPU ns per contact | peak memory of the process |");
    println!("|--:|--:|--:|--:|");
    for &number in &effort.replications {
        let rounds = if number > 1_000 { 1 } else { effort.rounds };
        let costs = (0..rounds).map(|_| {
            let start = busy();
            let finished = Job::new(&model, &staffing, 1).run(&mut Fixed(number));
            black_box(measure(&model, &staffing, &finished, 0.95));
            (busy().saturating_sub(start), finished.gather.contacts)
        });
        let (spent, contacts) = costs.min().expect("a round");
        println!("| {number} | {contacts} | {:.1} | {} |", per(spent, contacts), peak());
    }
}

/// One queue, the same occupancy, the same patience; hours and days such that a replication has about as many calls.
fn agents(effort: &Effort) {
    let sizes = [(10, 21, 24), (50, 4, 24), (200, 1, 24), (1_000, 1, 5), (5_000, 1, 1)];
    let loads = sizes.map(|(agents, _, _)| load(agents, 0.95));
    let models = sizes.iter().zip(loads).map(|(&(agents, days, hours), load)| {
        let calendar = format!("days = {days}\ninterval = \"60m\"\nopen = \"00:00-{hours:02}:00\"");
        let queue = calls("calls", load * 20.0);
        model(&format!("{}{queue}{}", head(&calendar), crew("crew", "\"calls\"", agents)))
    });
    let costs = costs(&models.collect::<Vec<_>>(), effort);
    println!("\n| agents | Erlang offered | contacts a replication | CPU ns per contact |");
    println!("|--:|--:|--:|--:|");
    for (((agents, _, _), load), cost) in sizes.iter().zip(loads).zip(costs) {
        println!("| {agents} | {load:.1} | {:.0} | {:.1} |", cost.contacts, cost.ns);
    }
}

/// As many groups as queues, 24 hours: 400 agents and the same calls in all, whatever the number of queues, which makes
/// crews small where there are many; and crews of 8 from the start, with the calls of the 50.
fn queues(effort: &Effort) {
    let numbers = [1, 2, 5, 10, 20, 50];
    let (total, calendar) = (load(400, 0.95), head("interval = \"60m\""));
    let centre = |number: usize, reach: usize, crews: usize| {
        let mut text = calendar.clone();
        for q in 0..number {
            text += &calls(&format!("q{q}"), total * 20.0 / crews as f64);
        }
        for g in 0..number {
            let serves: Vec<String> =
                (0..reach.min(number)).map(|k| format!("\"q{}\"", (g + k) % number)).collect();
            text += &crew(&format!("g{g}"), &serves.join(", "), 400 / crews as u32);
        }
        model(&text)
    };
    let alone = numbers.map(|number| centre(number, 1, number));
    let neighbours = numbers.map(|number| centre(number, 2, number));
    let everyone = numbers.map(|number| centre(number, number, number));
    let of_eight = numbers.map(|number| centre(number, 2, 50));
    let models: Vec<Model> = [alone, neighbours, everyone, of_eight].into_iter().flatten().collect();
    let costs = costs(&models, effort);
    println!(
        "\n| queues and groups | each group serves its own queue | and the next | and all others | and the next, 8 agents each |"
    );
    println!("|--:|--:|--:|--:|--:|");
    for (i, number) in numbers.iter().enumerate() {
        let [own, next, all, eight] = [0, 1, 2, 3].map(|column| costs[column * numbers.len() + i].ns);
        println!("| {number} | {own:.1} | {next:.1} | {all:.1} | {eight:.1} |");
    }
}

/// One queue by more and more intervals, large and small.
fn intervals(effort: &Effort) {
    let cuts = [(24, 1, "60m"), (96, 1, "15m"), (288, 1, "5m"), (672, 7, "15m")];
    let sizes = [50, 5];
    let models = sizes.iter().flat_map(|&agents| {
        cuts.map(|(_, days, interval)| {
            let calendar = head(&format!("days = {days}\ninterval = \"{interval}\""));
            let queue = calls("calls", load(agents, 0.95) * 20.0);
            model(&format!("{calendar}{queue}{}", crew("crew", "\"calls\"", agents)))
        })
    });
    let costs = costs(&models.collect::<Vec<_>>(), effort);
    println!("\n| agents | intervals | calls an interval | CPU ns per contact |");
    println!("|--:|--:|--:|--:|");
    for (i, cost) in costs.iter().enumerate() {
        let (intervals, _, _) = cuts[i % cuts.len()];
        let calls = cost.contacts / f64::from(intervals);
        println!("| {} | {intervals} | {calls:.0} | {:.1} |", sizes[i / cuts.len()], cost.ns);
    }
}

/// More threads than cores are not tried. Wall time is what is wanted here, so this table wants a quiet machine.
fn threads(effort: &Effort) {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let doubled = std::iter::successors(Some(1), |number| Some(2 * number));
    let numbers: Vec<usize> = doubled.take_while(|&number| number < cores).chain([cores]).collect();
    println!("\n| workload | threads | wall ns per contact | CPU ns per contact | speed-up | efficiency |");
    println!("|---|--:|--:|--:|--:|--:|");
    for (name, model) in workloads::all() {
        let staffing = Staffing::given(&model);
        let replications = (4.0 * effort.contacts / model.expected_contacts()).ceil() as u64;
        let mut least = vec![(f64::INFINITY, f64::INFINITY); numbers.len()];
        for _ in 0..effort.rounds {
            for (&threads, least) in numbers.iter().zip(&mut least) {
                let (wall, cpu) = pooled(threads, || replicate(&model, &staffing, 0, replications));
                *least = (least.0.min(wall), least.1.min(cpu));
            }
        }
        for (&threads, &(wall, cpu)) in numbers.iter().zip(&least) {
            let faster = least[0].0 / wall;
            let efficiency = 100.0 * faster / threads as f64;
            println!("| {name} | {threads} | {wall:.1} | {cpu:.1} | {faster:.2} | {efficiency:.0}% |");
        }
    }
}

/// Wall and CPU nanoseconds per contact of work in a pool of its own, whose threads are asked what they have spent.
fn pooled(threads: usize, work: impl Fn() -> u64 + Send) -> (f64, f64) {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
    let spent = || pool.broadcast(|_| busy()).into_iter().sum::<Duration>();
    let (before, start) = (spent(), Instant::now());
    let contacts = pool.install(work);
    let wall = start.elapsed();
    (per(wall, contacts), per(spent().saturating_sub(before), contacts))
}

/// What a contact costs in one case.
#[derive(Clone, Copy)]
struct Cost {
    contacts: f64,
    ns: f64,
}

/// The least of some rounds, in each of which all models have their turn.
fn costs(models: &[Model], effort: &Effort) -> Vec<Cost> {
    let mut least = vec![Cost { contacts: 0.0, ns: f64::INFINITY }; models.len()];
    for round in 0..effort.rounds as u64 {
        for (model, least) in models.iter().zip(&mut least) {
            let staffing = Staffing::given(model);
            let replications = (effort.contacts / model.expected_contacts()).ceil() as u64;
            let start = busy();
            let contacts = replicate(model, &staffing, round * replications, replications);
            let ns = per(busy().saturating_sub(start), contacts);
            *least = Cost { contacts: contacts as f64 / replications as f64, ns: ns.min(least.ns) };
        }
    }
    least
}

fn per(spent: Duration, contacts: u64) -> f64 {
    spent.as_nanos() as f64 / contacts as f64
}

/// The load that keeps so many agents busy for this share of their time, when handle time is 180 s and patience 120 s.
fn load(agents: u32, occupancy: f64) -> f64 {
    let (mut low, mut high) = (0.0, 2.0 * f64::from(agents));
    for _ in 0..50 {
        let middle = f64::midpoint(low, high);
        let queue = ErlangA::new(middle, agents, 180.0, 120.0).expect("a queue");
        if queue.occupancy() < occupancy { low = middle } else { high = middle }
    }
    high
}

/// The most memory that this process has held so far, where the system tells it.
fn peak() -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.map_or("unknown".to_owned(), |kib| kib.trim().to_owned())
}

/// What stands above the queues of every scenario here.
fn head(calendar: &str) -> String {
    format!("[calendar]\n{calendar}\n[run]\nstart = \"steady\"\n")
}

/// A queue with so many calls an hour.
fn calls(name: &str, per_hour: f64) -> String {
    let mut text = format!("[queue.{name}]\narrivals = {{ per_hour = {per_hour} }}\n");
    text +=
        "handle = { exponential = { mean = \"180s\" } }\npatience = { exponential = { mean = \"120s\" } }\n";
    text + "target = \"80% in 20s per run\"\n"
}

/// A group of so many agents.
fn crew(name: &str, serves: &str, agents: u32) -> String {
    format!("[group.{name}]\nserves = [{serves}]\nagents = {agents}\n")
}

fn model(text: &str) -> Model {
    scenario::from_text("scaling", text, None, &[]).unwrap_or_else(|faults| panic!("{faults}\n{text}")).model
}
