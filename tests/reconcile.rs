//! `reconcile`: on days that were simulated from the scenario itself it flags no more than chance does; on days with a
//! secret it names it; what it prints, writes and refuses is pinned.

mod common;

use common::desk::run_in;
use headcount::engine::{Run, Tape};
use headcount::exports::{self, Reading};
use headcount::history::reconcile::{self, Actual, Cause, Reconciled, Wanted};
use headcount::model::{Lever, Model};
use headcount::montecarlo::Staffing;
use headcount::scenario::{self, Override};
use std::fmt::Write as _;
use std::fs;
use tempfile::TempDir;

/// A weekday of 1,440 calls in half-hours, with as many agents as it takes.
const SCENARIO: &str = r#"
name = "Support"
[calendar]
open = "08:00-20:00"
[run]
replications = 199
[queue.phone]
arrivals = { per_interval = [40, 60, 80, 90, 80, 70, 60, 50, 50, 60, 70, 80, 80, 70, 60, 60, 50, 50, 40, 40, 40, 40, 40, 40] }
aht      = { lognormal = { mean = "5m", cv = 1.0 } }
patience = { exponential = { mean = "3m" } }
target   = "80% in 20s"
[group.crew]
serves = ["phone"]
agents = [8, 12, 16, 17, 16, 14, 12, 10, 10, 12, 14, 16, 16, 14, 12, 12, 10, 10, 8, 8, 8, 8, 8, 8]
"#;

fn model(set: &[&str]) -> Model {
    let set: Vec<Override> = set.iter().map(|one| Override::set(*one)).collect();
    scenario::from_text("support.toml", SCENARIO, None, &set).expect("the scenario is sound").model
}

/// What a phone system exports of a replication of the truth, on 23 November 2026: a row for every half-hour.
fn export(truth: &Model, staffing: &Staffing, replication: u64) -> String {
    let mut run = Run::new(truth);
    let tape = Tape::draw(truth, 77, replication);
    let mut ear = Ear { busy: vec![0; truth.grid().intervals()], grid: truth.grid().clone() };
    let tally = run.play(&tape, staffing, &mut ear);
    let queue = &tally.queues[0];
    let mut text =
        "interval_start,queue,channel,offered,abandoned,handle_time_s,handled,answered_in_sl,staffed\n"
            .to_owned();
    for i in truth.queues[0].opening.intervals() {
        let cell = &queue.cells[i];
        let (offered, lost, answered) = (cell.offered(), cell.abandoned + cell.balked, cell.answered);
        let threshold = truth.queues[0].threshold_index(truth.queues[0].within).expect("it is counted");
        let (handle, within) = (ear.busy[i] as f64 / 1e6, queue.answered_within(i, threshold));
        let staffed = staffing.at(headcount::model::GroupId(0), i);
        let clock = truth.grid().clock(i);
        writeln!(
            text,
            "2026-11-23 {clock},phone,voice,{offered},{lost},{handle},{answered},{within},{staffed}"
        )
        .expect("text grows");
    }
    text
}

struct Ear {
    busy: Vec<u64>,
    grid: headcount::model::Grid,
}

impl headcount::engine::Witness for Ear {
    fn ended(&mut self, story: &headcount::engine::Ended) {
        if let (headcount::engine::Fate::Answered { busy, .. }, Some(i)) =
            (story.fate, self.grid.interval_at(story.arrived))
        {
            self.busy[i] += busy.0;
        }
    }
}

fn laid(plan: &Model, text: &str) -> Actual {
    let export =
        exports::from_bytes("came.csv", text.into(), &Reading::default()).expect("the export is sound");
    reconcile::actual(&export, plan, &Wanted::default()).expect("it fits the scenario")
}

fn reconciled(plan: &Model, text: &str) -> Reconciled {
    reconcile::reconcile(plan, &laid(plan, text), 199, &|_, _| true).expect("nobody ends it")
}

/// The least count that at most one in a thousand of `n` draws with chance `p` exceeds: exact binomial sums.
fn most(n: u32, p: f64) -> u32 {
    let mut term = (1.0 - p).powi(n as i32);
    let (mut sum, mut k) = (term, 0);
    while sum < 0.999 {
        term *= f64::from(n - k) / f64::from(k + 1) * p / (1.0 - p);
        k += 1;
        sum += term;
    }
    k
}

/// 120 days of the scenario itself, each reconciled: five tests a day of which each is wrong at most once in a hundred,
/// and 24 intervals a day of which chance leaves so many inside as is said.
#[test]
fn on_the_truth_it_flags_no_more_than_chance_does() {
    const DAYS: u32 = 120;
    let plan = model(&["demand.day_factor_cv=8%"]);
    let staffing = Staffing::given(&plan);
    let mut flags = [0; 5];
    let mut differ = Vec::new();
    for day in 0..DAYS {
        let found = reconciled(&plan, &export(&plan, &staffing, u64::from(day)));
        let queue = &found.queues[0];
        let cause = |cause| queue.causes.iter().find(|one| one.cause == cause).expect("it is there");
        let causes = [Cause::Volume, Cause::HandleTime, Cause::Patience, Cause::Luck];
        for (flag, cause) in flags.iter_mut().zip(causes.map(cause)) {
            *flag += u32::from(cause.is_beyond_chance());
        }
        flags[4] += u32::from(queue.inside.chance <= reconcile::RARE);
        // The staff came as planned, to the last agent.
        assert_eq!(cause(Cause::Staff).effect.mean, 0.0);
        // The steps add up to the whole.
        let steps: f64 = queue.causes.iter().map(|one| one.effect.mean).sum();
        assert!((steps - (queue.came - queue.planned.mean)).abs() < 1e-9);
        differ.push(queue.inside.count as f64 - queue.inside.expected);
    }
    let most = most(DAYS, reconcile::RARE);
    assert!(
        flags.iter().all(|flag| *flag <= most),
        "volume, handle time, patience, luck, inside: {flags:?}, at most {most}"
    );
    let mean = differ.iter().sum::<f64>() / f64::from(DAYS);
    let square: f64 = differ.iter().map(|day| (day - mean) * (day - mean)).sum();
    let error = (square / f64::from(DAYS - 1) / f64::from(DAYS)).sqrt();
    assert!(mean.abs() < 3.0 * error, "{mean} of 24 intervals more inside than chance leaves, error {error}");
}

/// Twenty days on which handle times are secretly a tenth longer.
#[test]
fn it_names_longer_handle_times() {
    let plan = model(&[
        "queue.phone.arrivals.per_interval=[80,120,160,180,160,140,120,100,100,120,140,160,160,140,120,120,100,100,80,80,80,80,80,80]",
        "group.crew.agents=[15,22,29,33,29,26,22,19,19,22,26,29,29,26,22,22,19,19,15,15,15,15,15,15]",
    ]);
    let truth = plan.swung(Lever::HandleTime, 1.1).expect("there are handle times");
    let staffing = Staffing::given(&plan);
    let mut named = 0;
    for day in 0..20 {
        let found = reconciled(&plan, &export(&truth, &staffing, day));
        let causes = &found.queues[0].causes;
        let odd: Vec<Cause> =
            causes.iter().filter(|one| one.is_beyond_chance()).map(|one| one.cause).collect();
        let handle = causes.iter().find(|one| one.cause == Cause::HandleTime).expect("it is there");
        assert!(handle.effect.mean < 0.0, "longer handle times cost service");
        named += u32::from(odd.contains(&Cause::HandleTime));
    }
    // With 2,880 calls of cv 1 a tenth is 5.4 standard errors, beyond the 2.6 of one in a hundred on 99.7% of days.
    assert!(named >= 19, "named on {named} of 20 days");
}

#[test]
fn it_names_missing_staff_impatience_and_volume() {
    let plan = model(&[]);
    let given = Staffing::given(&plan);
    let mut fewer = given.clone();
    for i in plan.groups[0].opening.intervals() {
        fewer.set(headcount::model::GroupId(0), i, given.at(headcount::model::GroupId(0), i) - 1);
    }
    let first = |text: &str| {
        let found = reconciled(&plan, text);
        found.queues[0].causes.clone()
    };
    let cause =
        |all: &[reconcile::Found], cause| *all.iter().find(|one| one.cause == cause).expect("it is there");
    let staff = cause(&first(&export(&plan, &fewer, 0)), Cause::Staff);
    assert_eq!((staff.planned, staff.came), (Some(139.5), Some(127.5)));
    assert!(staff.effect.high < -0.02, "{staff:?}");
    let hasty = plan.swung(Lever::Patience, 0.4).expect("there is patience");
    // Five days, because few wait long enough to hang up; a one-day scenario stands for each of them.
    let mut week = export(&hasty, &given, 0);
    for day in 1..5 {
        let rows = export(&hasty, &given, day).replace("2026-11-23", &format!("2026-11-{}", 23 + day));
        week.extend(rows.lines().skip(1).map(|row| row.to_owned() + "\n"));
    }
    let patience = cause(&first(&week), Cause::Patience);
    assert!(patience.is_beyond_chance(), "{patience:?}");
    // 72 s in truth.
    assert!(patience.came.is_some_and(|s| (50.0..105.0).contains(&s)), "{patience:?}");
    let busy = plan.swung(Lever::Volume, 1.15).expect("there is volume");
    let volume = cause(&first(&export(&busy, &given, 0)), Cause::Volume);
    assert!(volume.is_beyond_chance() && volume.effect.high < 0.0, "{volume:?}");
}

/// Counts that came are played as they came: the same total in every interval, each moment alike.
#[test]
fn counted_contacts_come_in_their_interval_evenly() {
    let mut model = model(&[]);
    model.queues[0].counted = true;
    let interval = model.grid().interval.0;
    let (mut sum, mut squares, mut number) = (0.0, 0.0, 0.0);
    for replication in 0..200 {
        let tape = Tape::draw(&model, 3, replication);
        let queue = &tape.queues[0];
        for (i, volume) in model.queues[0].volumes.iter().enumerate() {
            assert_eq!(queue.interval.iter().filter(|at| **at == i as u32).count() as f64, *volume);
        }
        assert!(queue.arrive.is_sorted());
        for (at, i) in queue.arrive.iter().zip(&queue.interval) {
            let into = (at - model.grid().start_of(*i as usize).0) as f64 / interval as f64;
            assert!((0.0..1.0).contains(&into));
            (sum, squares, number) = (sum + into, squares + into * into, number + 1.0);
        }
    }
    // E U = 1/2 with variance 1/12, E U² = 1/3 with variance 4/45, over 280,000 contacts: two comparisons.
    let close = |found: f64, expected: f64, variance: f64| {
        assert!((found - expected).abs() < 3.0 * (variance / number).sqrt(), "{found} for {expected}");
    };
    close(sum / number, 0.5, 1.0 / 12.0);
    close(squares / number, 1.0 / 3.0, 4.0 / 45.0);
}

/// A folder with the scenario, and a day with longer handle times, fewer agents and one strange half-hour.
fn desk() -> TempDir {
    let desk = tempfile::tempdir().expect("a temporary folder");
    let plan = model(&[]);
    let truth = plan.swung(Lever::HandleTime, 1.1).expect("there are handle times");
    fs::write(desk.path().join("support.toml"), SCENARIO).expect("the scenario can be written");
    let came = export(&truth, &Staffing::given(&plan), 5);
    fs::write(desk.path().join("came.csv"), &came).expect("the export can be written");
    let put =
        |name: &str, text: String| fs::write(desk.path().join(name), text).expect("a file can be written");
    let without = |column: usize| -> String {
        let cells = |line: &str| {
            let cells: Vec<&str> =
                line.split(',').enumerate().filter(|(k, _)| *k != column).map(|(_, c)| c).collect();
            cells.join(",") + "\n"
        };
        came.lines().map(cells).collect()
    };
    put("no-level.csv", without(7));
    put("no-staff.csv", without(8));
    put(
        "other.csv",
        came.replace(",phone,", ",Billing,").replace("2026-11-23 08:00,Billing", "2026-11-23 08:00,Sales"),
    );
    put("daily.csv", "interval_start,queue,offered,answered_in_sl\n2026-11-23,phone,100,90\n".to_owned());
    put(
        "planned.toml",
        SCENARIO
            .lines()
            .filter(|line| !line.starts_with("agents"))
            .map(|line| line.to_owned() + "\n")
            .collect(),
    );
    let days = SCENARIO.replace("[calendar]", "[calendar]\ndays = 3");
    let mail = SCENARIO
        .replace("arrivals = ", "channel = \"email\"\narrivals = ")
        .replace("80% in 20s", "80% in 4h");
    put("mail.toml", mail);
    put("undated.toml", days.clone());
    put("dated.toml", days.replace("days = 3", "days = 3\nstart = \"2026-12-01\""));
    desk
}

#[test]
fn what_it_prints_is_pinned() {
    let desk = desk();
    for (name, line) in [
        ("table", "reconcile support.toml came.csv --no-files --quiet"),
        ("json", "reconcile support.toml came.csv --no-files --quiet --format json"),
        ("csv", "reconcile support.toml came.csv --no-files --quiet --format csv"),
        ("without_staff", "reconcile support.toml no-staff.csv --no-files --quiet"),
        ("staff_from_the_file", "reconcile planned.toml came.csv --no-files --quiet"),
    ] {
        let (code, out, err) = run_in(desk.path(), line);
        assert_eq!(code, Some(0), "{line}: {err}");
        insta::assert_snapshot!(name, format!("{out}{err}"));
    }
}

#[test]
fn what_it_refuses_is_pinned() {
    let desk = desk();
    let said: Vec<String> = [
        "reconcile support.toml no-level.csv",
        "reconcile support.toml other.csv",
        "reconcile support.toml daily.csv",
        "reconcile support.toml came.csv --from 2026-12-01",
        "reconcile planned.toml no-staff.csv",
        "reconcile undated.toml came.csv",
        "reconcile dated.toml came.csv",
        "reconcile support.toml came.csv --set calendar.interval=15m",
        "reconcile support.toml none.csv",
        "reconcile mail.toml came.csv",
    ]
    .map(|line| {
        let (code, out, err) = run_in(desk.path(), &format!("{line} --no-files"));
        assert_eq!(out, "", "{line}");
        format!("$ {line}\n{err}exit code {}\n", code.expect("it ends by itself"))
    })
    .into();
    insta::assert_snapshot!("refused", said.join("\n"));
}

#[test]
fn threads_change_nothing_and_files_are_written() {
    let desk = desk();
    let one = run_in(desk.path(), "reconcile support.toml came.csv --quiet --threads 1 --out one").1;
    let two = run_in(desk.path(), "reconcile support.toml came.csv --quiet --threads 2 --out two").1;
    assert_eq!(one, two);
    let mut names: Vec<String> = fs::read_dir(desk.path().join("one"))
        .expect("the folder is there")
        .map(|entry| entry.expect("an entry").file_name().into_string().expect("a name"))
        .collect();
    names.sort();
    let wanted = [
        "calibration-phone.png",
        "calibration-phone.svg",
        "came-by-interval-phone.png",
        "came-by-interval-phone.svg",
        "reconcile.csv",
        "reconcile.json",
        "table.txt",
    ];
    assert_eq!(names, wanted);
    for name in names {
        let read = |folder: &str| fs::read(desk.path().join(folder).join(&name)).expect("a file");
        assert!(read("one") == read("two"), "{name}");
    }
}

/// The day that is shipped beside the first scenario was made up: handle times 8% longer, three agents missing from ten to
/// twelve. `UPDATE_EXAMPLE=1 cargo test --test reconcile` writes it anew.
#[test]
fn the_shipped_day_is_the_one_that_the_readme_speaks_of() {
    let home = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let set = [Override::agents("everyone=27")];
    let plan = scenario::read(&home.join("phone-90-in-2-minutes.toml"), &set).expect("it is sound").model;
    let truth = plan.swung(Lever::HandleTime, 1.08).expect("there are handle times");
    let mut staffing = Staffing::given(&plan);
    (20..24).for_each(|i| staffing.set(headcount::model::GroupId(0), i, 24));
    let text = export(&truth, &staffing, 11);
    let file = home.join("phone-yesterday.csv");
    if std::env::var_os("UPDATE_EXAMPLE").is_some() {
        fs::write(&file, &text).expect("the example can be written");
    }
    let shipped = fs::read_to_string(file).expect("the example is there").replace("\r\n", "\n");
    assert_eq!(shipped, text);
    let line =
        "reconcile phone-90-in-2-minutes.toml phone-yesterday.csv --agents everyone=27 --no-files --quiet";
    let (code, out, err) = run_in(&home, line);
    assert_eq!(code, Some(0), "{err}");
    insta::assert_snapshot!("shipped", out);
}
