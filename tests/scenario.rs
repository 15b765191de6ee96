//! Scenarios that are right: what they mean, form by form.

#[path = "scenario/crews.rs"]
mod crews;
#[path = "scenario/journeys.rs"]
mod journeys;

use headcount::model::{Factor, Goal, Model, Per, PlanBy, Replications, Series, Shape, Staff, Start, Take};
use headcount::scenario::{self, Override, Scenario};
use headcount::units::Micros;
use std::fmt::Write as _;
use std::path::Path;

const QUEUE: &str = "
[queue.phone]
arrivals = { per_hour = 240 }
aht      = { exponential = { mean = \"5m\" } }
patience = { exponential = { mean = \"3m\" } }
";
const GROUP: &str = "
[group.everyone]
serves = [\"phone\"]
agents = 24
";

fn folder() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/scenario"))
}

fn read_with(text: &str, overrides: &[Override]) -> Scenario {
    scenario::from_text("test.toml", text, Some(folder()), overrides)
        .unwrap_or_else(|faults| panic!("{faults}"))
}

fn read(text: &str) -> Model {
    read_with(text, &[]).model
}

fn whole(calendar: &str) -> String {
    format!("[calendar]\n{calendar}\n{QUEUE}{GROUP}")
}

fn arrivals(calendar: &str, arrivals: &str) -> Vec<f64> {
    let queue = QUEUE.replace("{ per_hour = 240 }", arrivals);
    read(&format!("[calendar]\n{calendar}\n{queue}{GROUP}")).queues.remove(0).volumes
}

fn open_volumes(volumes: &[f64]) -> Vec<f64> {
    volumes.iter().copied().filter(|&volume| volume > 0.0).collect()
}

#[test]
fn shipped_scenarios_are_understood() {
    insta::glob!("../scenarios", "*.toml", |path| {
        let scenario = scenario::read(path, &[]).unwrap_or_else(|faults| panic!("{faults}"));
        let model = &scenario.model;
        let mut said = format!("{}: {}\n", model.name, model.description);
        let _ = writeln!(
            said,
            "{:.1} contacts in {} intervals",
            model.expected_contacts(),
            model.grid().intervals()
        );
        for line in &scenario.echoes {
            let _ = writeln!(said, "{line}");
        }
        let notes = scenario::render_notes(&scenario.notes, false);
        insta::with_settings!({filters => vec![(r"-->.*/scenarios/", "--> scenarios/")]}, {
            insta::assert_snapshot!(said + &notes);
        });
    });
}

#[test]
fn nothing_happens_that_is_not_written() {
    let model = read(&format!("{QUEUE}{GROUP}"));
    let queue = &model.queues[0];
    assert_eq!(
        (model.name.as_str(), model.grid().intervals(), model.grid().lead),
        ("test", 48, Micros::ZERO)
    );
    assert_eq!((queue.balk, queue.lines, queue.max_waiting, queue.wrap.as_ref()), (0.0, None, None, None));
    assert_eq!(
        (queue.within, queue.thresholds.as_slice()),
        (Micros::from_secs(20), &[Micros::from_secs(20)][..])
    );
    assert_eq!(queue.weight, 1 << 32);
    assert!(queue.targets.is_empty() && queue.after_wait.is_none());
    assert_eq!(
        (model.run.replications, model.run.seed, model.run.start),
        (Replications::Fixed(1000), 1, Start::Empty)
    );
    assert_eq!((model.demand.day_factor_cv, model.demand.week_factor_cv), (0.0, 0.0));
    let group = &model.groups[0];
    assert_eq!(
        (group.take, group.plan, group.at_least, group.at_most),
        (Take::LongestWait, PlanBy::PerInterval, 0, None)
    );
    assert_eq!((group.serves[0].factor, group.shrinkage.at(0)), (Factor::ONE, 0.0));
    assert_eq!(group.staff, Staff::Given { at_work: vec![24; 48], scheduled: None });
}

#[test]
fn one_days_values_repeat_and_weekdays_have_their_own() {
    let calendar = "start = \"2026-11-23\"\ndays = 7\ninterval = \"60m\"\nopen = ";
    let equal = arrivals(&format!("{calendar}\"08:00-10:00\""), "{ per_interval = [1, 2] }");
    assert_eq!(open_volumes(&equal), [1.0, 2.0].repeat(7));
    let own = "{ mon = \"08:00-10:00\", sat = \"09:00-10:00\" }";
    let weekly = arrivals(&format!("{calendar}{own}"), "{ per_interval = { mon = [1, 2], sat = 3 } }");
    assert_eq!(open_volumes(&weekly), [1.0, 2.0, 3.0]);
    assert_eq!(weekly[5 * 24 + 9], 3.0);
    let run =
        arrivals(&format!("{calendar}{own}"), "{ per_interval = [1, 2, 3], weekday = { sat = \"200%\" } }");
    assert_eq!(open_volumes(&run), [1.0, 2.0, 6.0]);
}

#[test]
fn a_night_belongs_to_the_day_on_which_it_starts() {
    let calendar = "days = 2\ninterval = \"60m\"\nopen = \"22:00-01:00\"";
    let volumes = arrivals(calendar, "{ per_interval = [1, 2, 3] }");
    assert_eq!((volumes[22], volumes[23], volumes[24], volumes[46], volumes[47]), (1.0, 2.0, 3.0, 1.0, 2.0));
    let scenario = read_with(&whole(calendar), &[]);
    assert!(scenario.notes.iter().any(|note| note.title.contains("cut at midnight")));
    assert_eq!(scenario.model.queues[0].opening.sessions().len(), 2);
}

#[test]
fn special_days_change_hours_and_volumes() {
    let calendar = "start = \"2026-12-23\"\ndays = 3\ninterval = \"60m\"\nopen = \"08:00-10:00\"\n
        special = { \"2026-12-24\" = { open = \"08:00-09:00\", volume = 0.5 }, \"3\" = \"closed\" }";
    assert_eq!(open_volumes(&arrivals(calendar, "{ per_hour = 10 }")), [10.0, 10.0, 5.0]);
    assert_eq!(
        open_volumes(&arrivals(calendar, "{ per_day = [20, 30, 0], profile = \"flat\" }")),
        [10.0, 10.0, 15.0]
    );
}

#[test]
fn profiles_keep_the_days_total() {
    for profile in ["\"flat\"", "\"m-shaped\"", "\"morning\"", "\"evening\""] {
        let volumes =
            arrivals("open = \"07:00-22:00\"", &format!("{{ per_day = 4200, profile = {profile} }}"));
        assert!((volumes.iter().sum::<f64>() - 4200.0).abs() < 1e-9, "{profile}");
        assert_eq!(open_volumes(&volumes).len(), 30);
    }
    let m = arrivals("open = \"08:00-20:00\"", "{ per_day = 100, profile = \"m-shaped\" }");
    assert!(m[20] > m[26] && m[26] < m[32] && m[39] < m[16], "peak, dip, second peak, quiet evening");
    let given = arrivals("interval = \"60m\"\nopen = \"08:00-10:00\"", "{ per_day = 30, profile = [1, 2] }");
    assert_eq!(open_volumes(&given), [10.0, 20.0]);
}

#[test]
fn volumes_scale_with_the_what_if() {
    let text = format!("{QUEUE}{GROUP}");
    let more = read_with(&text, &[Override::set("demand.forecast_scale=110%")]).model;
    assert!((more.expected_contacts() - 24.0 * 240.0 * 1.1).abs() < 1e-9);
}

#[test]
fn laws_are_shapes_with_mean_one() {
    let queue = |law: &str| {
        read(&format!("{}{GROUP}", QUEUE.replace("{ exponential = { mean = \"5m\" } }", law)))
            .queues
            .remove(0)
            .handle
    };
    let uniform = queue("{ uniform = { low = \"2m\", high = \"4m\" } }");
    assert_eq!(
        (uniform.mean.at(0), uniform.shape),
        (180.0, Shape::Uniform { low: 120.0 / 180.0, high: 240.0 / 180.0 })
    );
    let hyper = queue("{ hyperexponential = { means = [\"1m\", \"3m\"], weights = [0.5, 0.5] } }");
    assert_eq!((hyper.mean.at(0), hyper.shape.cv() > 1.0), (120.0, true));
    assert_eq!(queue("{ fixed = \"90s\" }").shape, Shape::Fixed);
    assert_eq!(queue("{ erlang = { mean = \"90s\", phases = 3 } }").shape, Shape::Erlang { phases: 3 });
    assert_eq!(queue("{ weibull = { mean = \"90s\", shape = 0.8 } }").shape, Shape::Weibull { shape: 0.8 });
    assert_eq!(queue("{ gamma = { mean = \"90s\", cv = \"80%\" } }").shape, Shape::Gamma { cv: 0.8 });
    let triangular = queue("{ triangular = { low = \"3m\", mode = \"8m\", high = \"15m\" } }");
    assert!((triangular.mean.at(0) - 520.0).abs() < 1e-9);
    let observed = queue("{ empirical = { csv = \"handle.csv\", column = \"handle_s\" } }");
    assert_eq!(
        (observed.mean.at(0), observed.shape),
        (120.0, Shape::Empirical { values: vec![0.5, 1.0, 1.5] })
    );
}

#[test]
fn means_change_over_the_day_and_never_meet_a_gap() {
    let law = "{ exponential = { mean = [\"4m\", \"6m\"] } }";
    let text = format!(
        "[calendar]\ninterval = \"60m\"\nopen = \"08:00-10:00\"\n{}{GROUP}",
        QUEUE.replace("{ exponential = { mean = \"5m\" } }", law)
    );
    let Series::ByInterval(means) = read(&text).queues.remove(0).handle.mean else { panic!("a series") };
    assert_eq!((means[0], means[8], means[9], means[10], means[23]), (240.0, 240.0, 360.0, 360.0, 360.0));
}

#[test]
fn csv_files_in_order_and_by_date() {
    let day = "interval = \"60m\"\nopen = \"08:00-10:00\"";
    let ordered = arrivals(day, "{ csv = \"semicolon.csv\", column = \"offered\" }");
    assert_eq!(open_volumes(&ordered), [10.5, 12.25]);
    let clock = arrivals(
        &format!("days = 2\n{day}"),
        "{ csv = \"semicolon.csv\", column = \"offered\", time = \"at\" }",
    );
    assert_eq!(open_volumes(&clock), [10.5, 12.25, 10.5, 12.25]);
    let dated = format!("start = \"2026-11-24\"\ntimezone = \"Europe/Berlin\"\n{day}");
    let local =
        arrivals(&dated, "{ csv = \"by-date.csv\", column = \"offered\", date = \"date\", time = \"time\" }");
    assert_eq!(open_volumes(&local), [30.0, 40.0]);
    let instants =
        arrivals(&dated, "{ csv = \"instants.csv\", column = \"offered\", time = \"interval_start\" }");
    assert_eq!(open_volumes(&instants), [50.0, 60.0]);
}

#[test]
fn scheduled_staff_shrinks_to_the_nearest() {
    let group = "[group.everyone]\nserves = [\"phone\"]\nscheduled = [17, 20]\nshrinkage = { absence = \"20%\", breaks = \"10%\", base = \"remaining\" }";
    let scenario =
        read_with(&format!("[calendar]\ninterval = \"60m\"\nopen = \"08:00-10:00\"\n{QUEUE}{group}"), &[]);
    let Staff::Given { at_work, scheduled } = &scenario.model.groups[0].staff else { panic!("given") };
    assert_eq!((at_work[8], at_work[9], at_work[10]), (12, 14, 0)); // 12.24 and 14.4 at 28% shrinkage
    assert_eq!(scheduled.as_ref().map(|all| all[9]), Some(20));
    assert!(scenario.echoes.iter().any(|line| line.contains("20 scheduled")), "{:?}", scenario.echoes);
}

#[test]
fn targets_in_every_form() {
    let text = format!(
        "{QUEUE}target = [\"90% in 2m per interval\", {{ answered = 0.8, within = \"20s\", definition = \"credit_short\", short = \"5s\", on_days = \"90%\" }}, {{ asa = \"30s\", per = \"run\" }}]\nreport_within = [\"10s\"]\n{GROUP}"
    );
    let queue = read(&text).queues.remove(0);
    assert_eq!(
        (queue.targets.len(), queue.targets[0].per, queue.targets[1].on_days),
        (3, Per::Interval, Some(0.9))
    );
    assert_eq!(queue.targets[2].goal, Goal::Asa(Micros::from_secs(30)));
    assert_eq!(
        (queue.within, queue.thresholds),
        (Micros::from_mins(2), [5, 10, 20, 120].map(Micros::from_secs).to_vec())
    );
}

#[test]
fn the_default_route_tries_fewest_skills_first() {
    let chat = QUEUE.replace("[queue.phone]", "[queue.chat]\nchannel = \"chat\"");
    let groups = "[group.both]\nserves = [\"phone\", \"chat\"]\nagents = 9\n[group.phones]\nserves = [\"phone\"]\nagents = 9\n";
    let model = read(&format!("{QUEUE}{chat}{groups}"));
    let route = |queue: usize| model.queues[queue].route.iter().map(|step| step.group.0).collect::<Vec<_>>();
    assert_eq!((route(0), route(1)), (vec![1, 0], vec![0]));
}

#[test]
fn a_written_route_shuts_out_who_is_not_on_it() {
    let queue = QUEUE
        .replace("[queue.phone]", "[queue.phone]\nroute = [\"first\"]\nroute_after = { first = \"5s\" }");
    let groups =
        "[group.other]\nserves = [\"phone\"]\nagents = 9\n[group.first]\nserves = [\"phone\"]\nagents = 9\n";
    let scenario = read_with(&format!("{queue}{groups}"), &[]);
    let route = &scenario.model.queues[0].route;
    assert_eq!((route.len(), route[0].group.0, route[0].after), (1, 1, Micros::from_secs(5)));
    assert!(scenario.model.groups[0].serves.is_empty());
    let titles: Vec<&str> = scenario.notes.iter().map(|note| note.title.as_str()).collect();
    assert_eq!(titles, ["`other` serves `phone` but is not on its route", "no queue reaches `other`"]);
}

#[test]
fn a_steady_start_runs_in() {
    let steady = |queue: &str, group: &str| read(&format!("[run]\nstart = \"steady\"\n{queue}{group}"));
    let model = steady(QUEUE, GROUP);
    assert_eq!(model.run.start, Start::Steady { run_in: Micros::from_mins(60) }); // 12 × 5 m
    assert_eq!(model.grid().lead, Micros::from_mins(60));
    let no_patience = QUEUE.replace("patience = { exponential = { mean = \"3m\" } }", "");
    let Start::Steady { run_in } = steady(&no_patience, GROUP).run.start else { panic!("steady") };
    let expected = 12.0 * 300.0 / (24.0_f64.sqrt() - 20.0_f64.sqrt()).powi(2); // 20 Erlang on 24 agents
    assert!((run_in.as_secs_f64() - expected).abs() < 1e-3, "{run_in}");
    let near = steady(&no_patience.replace("240", "251.9"), "[group.g]\nserves = [\"phone\"]\nagents = 21\n");
    assert_eq!(near.run.start, Start::Steady { run_in: Micros::from_mins(20_000) }); // capped at 4000 × 5 m
    let planned = steady(&no_patience, "[group.g]\nserves = [\"phone\"]\n");
    assert_ne!(planned.grid().lead, Micros::ZERO);
    assert_eq!(planned.grid().lead.0 % planned.grid().interval.0, 0);
}

#[test]
fn the_command_line_overrides_the_file() {
    let text = format!("{QUEUE}target = [\"80% in 20s\", {{ abandoned = \"5%\" }}]\n{GROUP}");
    let set = |all: &[&str]| {
        read_with(&text, &all.iter().map(|text| Override::set(*text)).collect::<Vec<_>>()).model
    };
    let model = set(&[
        "queue.phone.patience.exponential.mean=4m",
        "run.replications = 50",
        "run.start=steady",
        "calendar.start=2026-11-23",
        "queue.phone.target.2.abandoned=3%",
    ]);
    assert_eq!(model.queues[0].patience.as_ref().map(|law| law.mean.at(0)), Some(240.0));
    assert_eq!(model.run.replications, Replications::Fixed(50));
    assert_eq!(model.queues[0].targets[1].goal, Goal::Abandoned(0.03));
    assert_eq!(model.calendar.start.map(|date| date.to_string()).as_deref(), Some("2026-11-23"));
    let staffed = text.replace("agents = 24", "scheduled = 30\nshrinkage = 0.2");
    let agents = read_with(&staffed, &[Override::agents("everyone=31")]).model;
    assert_eq!(agents.groups[0].staff, Staff::Given { at_work: vec![31; 48], scheduled: None });
}

#[test]
fn the_hash_stands_for_text_files_and_overrides() {
    let text = format!("{QUEUE}{GROUP}");
    let (one, again) = (read_with(&text, &[]), read_with(&text, &[]));
    assert_eq!((one.hash.len(), &one.hash), (16, &again.hash));
    assert_ne!(one.hash, read_with(&format!("{text}\n"), &[]).hash);
    assert_ne!(one.hash, read_with(&text, &[Override::set("run.seed=1")]).hash);
    let observed = |column: &str| {
        format!(
            "{}{GROUP}",
            QUEUE.replace(
                "{ exponential = { mean = \"5m\" } }",
                &format!("{{ empirical = {{ csv = \"{column}\", column = \"handle_s\" }} }}")
            )
        )
    };
    assert_ne!(
        read_with(&observed("handle.csv"), &[]).hash,
        read_with(&observed("handle-bom.csv"), &[]).hash
    );
}

#[test]
fn files_that_cannot_be_read_are_told_apart() {
    let missing = scenario::read(&folder().join("none.toml"), &[]).unwrap_err();
    assert!(missing.is_io(), "{missing}");
    assert!(scenario::read(folder(), &[]).unwrap_err().is_io());
    let csv = "[queue.phone]\narrivals = { csv = \"none.csv\", column = \"x\" }\naht = { fixed = \"5m\" }\n[group.g]\nserves = [\"phone\"]\nagents = 1\n";
    let faults = scenario::from_text("test.toml", csv, Some(folder()), &[]).unwrap_err();
    assert!(faults.is_io() && faults.len() == 1, "{faults}");
    let faulty =
        scenario::from_text("test.toml", &csv.replace("agents = 1", "agents = -1"), Some(folder()), &[]);
    assert!(!faulty.unwrap_err().is_io());
}
