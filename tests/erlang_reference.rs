//! Every figure of the reference values for the formulas, to the digits that they state.
//!
//! The reference lies beside the repository and is no part of it; where it is absent these tests say so and pass.
#![allow(clippy::print_stderr)] // A test that skips must say it.
#![allow(clippy::excessive_precision)] // Recomputed figures keep all their digits.

use headcount::erlang::{
    Definition, Demand, ErlangA, ErlangC, Exponential, Fixed, Gamma, Goal, Hyperexponential, Law, Lognormal,
    MMnG, Sinusoid, agents_needed, blocking, lines_needed, load_for_blocking, mean_in_hand,
};
use serde_json::Value;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/reference/exact");

/// The service-level definitions by the reference's names.
const DEFINITIONS: [(&str, Definition); 4] = [
    ("sl_offered", Definition::Offered),
    ("sl_answered", Definition::Answered),
    ("sl_excl_short_ab", Definition::IgnoreEarly),
    ("sl_either", Definition::CreditEarly),
];

/// One file of the reference and how many of its figures were compared.
struct Reference {
    file: &'static str,
    data: Value,
    compared: usize,
    faults: Vec<String>,
}

impl Reference {
    fn open(file: &'static str) -> Option<Self> {
        let Ok(text) = std::fs::read_to_string(format!("{FOLDER}/{file}")) else {
            eprintln!("skipped: ../shared/reference/exact/{file} is not here");
            return None;
        };
        let data = serde_json::from_str(&text).unwrap();
        Some(Self { file, data, compared: 0, faults: Vec::new() })
    }

    fn rows(&self, key: &str) -> Vec<Value> {
        self.data[key].as_array().unwrap().clone()
    }

    /// Compares within `relative` of the wanted figure.
    fn near(&mut self, what: &str, found: f64, wanted: f64, relative: f64) {
        self.compared += 1;
        let close = (found - wanted).abs() <= relative * wanted.abs();
        if !close {
            self.faults.push(format!("{what}: {found} is not {wanted} ({:e})", found / wanted - 1.0));
        }
    }

    fn same(&mut self, what: &str, found: Option<u32>, wanted: &Value) {
        self.compared += 1;
        if found.map(u64::from) != wanted.as_u64() {
            self.faults.push(format!("{what}: {found:?} is not {wanted}"));
        }
    }

    fn close(self) {
        eprintln!("{}: {} figures compared, {} differ", self.file, self.compared, self.faults.len());
        assert!(self.faults.is_empty(), "{}:\n{}", self.file, self.faults.join("\n"));
    }
}

/// A figure, written as a number or as text.
fn number(value: &Value) -> f64 {
    value.as_f64().or_else(|| value.as_str()?.parse().ok()).unwrap_or_else(|| panic!("no number: {value}"))
}

/// A row's parameters, for messages.
fn name(row: &Value) -> String {
    let inputs =
        ["a", "aht_s", "calls_per_hour", "patience_s", "patience", "n", "K_trunks", "service", "mean_min"];
    let known = inputs.iter().filter_map(|key| Some(format!("{key}={}", row.get(*key)?)));
    known.chain([String::new()]).collect::<Vec<_>>().join(" ")
}

/// The number between a prefix and a suffix, such as 20 in `sl_20s`.
fn between(text: &str, before: &str, after: &str) -> Option<f64> {
    text.strip_prefix(before)?.strip_suffix(after)?.parse().ok()
}

fn agents(row: &Value) -> u32 {
    u32::try_from(row["n"].as_u64().unwrap()).unwrap()
}

#[test]
fn erlang_b_and_c() {
    let Some(mut reference) = Reference::open("erlang_b_c.json") else { return };
    for row in reference.rows("erlang_b") {
        let found = blocking(number(&row["a"]), agents(&row)).unwrap();
        reference.near(&name(&row), found, number(&row["B"]), 1e-10);
    }
    for row in reference.rows("erlang_b_dimension") {
        let (load, target) = (number(&row["a"]), number(&row["target_block"]));
        let lines = lines_needed(load, target);
        reference.same(&name(&row), lines, &row["n_min"]);
        reference.near(&name(&row), blocking(load, lines.unwrap()).unwrap(), number(&row["B_at_n"]), 1e-10);
    }
    for row in reference.rows("erlang_c") {
        let queue = ErlangC::new(number(&row["a"]), agents(&row), number(&row["aht_s"])).unwrap();
        for (key, wanted) in row.as_object().unwrap() {
            let found = match key.as_str() {
                "a" | "aht_s" | "n" => continue,
                "C" => queue.wait_probability(),
                "asa_s" => queue.asa_s(),
                "lq" => queue.mean_queue(),
                _ => queue.service_level(between(key, "sl_", "s").unwrap()),
            };
            reference.near(&format!("{}{key}", name(&row)), found, number(wanted), 1e-10);
        }
    }
    for row in reference.rows("erlang_c_agents_needed") {
        erlang_c_agents(&mut reference, &row);
    }
    reference.close();
}

fn erlang_c_agents(reference: &mut Reference, row: &Value) {
    let (load, aht_s) = (number(&row["a"]), number(&row["aht_s"]));
    let demand = Demand { load, aht_s, patience_s: f64::INFINITY, lines: None };
    for (key, wanted) in row["need"].as_object().unwrap() {
        let what = format!("{}{key}", name(row));
        let goal = if let Some(at_most) = between(key, "ASA<=", "s") {
            Goal::SpeedOfAnswer(at_most)
        } else {
            let (share, within) = key.strip_prefix("SL").unwrap().split_once('/').unwrap();
            let within_s = between(within, "", "s").unwrap();
            Goal::ServiceLevel { definition: Definition::Offered, share: share.parse().unwrap(), within_s }
        };
        let need = agents_needed(&demand, &goal);
        reference.same(&what, need, &wanted["n"]);
        let queue = ErlangC::new(load, need.unwrap(), aht_s).unwrap();
        match goal {
            Goal::ServiceLevel { within_s, .. } => {
                reference.near(&what, queue.service_level(within_s), number(&wanted["sl"]), 1e-10);
            }
            _ => reference.near(&what, queue.asa_s(), number(&wanted["asa"]), 1e-10),
        }
    }
}

/// The value of a row of erlang_a.json by its key; nothing for inputs.
fn erlang_a_figure(queue: &ErlangA, key: &str) -> Option<f64> {
    let accepted = 1.0 - queue.blocking();
    Some(match key {
        "pblock" => queue.blocking(),
        "pwait" | "pwait_accepted" => queue.wait_probability(),
        "pwait_offered" => queue.wait_probability() * accepted,
        "pab" | "pab_accepted" => queue.abandonment(),
        "pab_offered" => queue.abandonment() * accepted,
        "pserved_offered" => queue.served() * accepted,
        "ew_s" | "ew_accepted" => queue.mean_wait_s(),
        "asa_served_s" | "asa_served" => queue.asa_s(),
        "ew_abandoned_s" | "ew_abandoned" => queue.wait_of_abandoned_s()?,
        "lq" => queue.mean_queue(),
        "occ" => queue.occupancy(),
        _ => {
            let (kind, within) = key.split_once("_T")?;
            let within_s = within.parse().unwrap();
            match DEFINITIONS.iter().find(|(name, _)| *name == kind) {
                Some((_, definition)) => queue.service_level(*definition, within_s),
                None if kind == "sl_accepted" => queue.served_within(within_s),
                None => panic!("unknown figure {key}"),
            }
        }
    })
}

fn demand(row: &Value) -> Demand {
    let demand = Demand::calls(number(&row["calls_per_hour"]), number(&row["aht_s"]));
    if row["patience_s"].is_null() { demand } else { demand.with_patience(number(&row["patience_s"])) }
}

#[test]
fn erlang_a() {
    let Some(mut reference) = Reference::open("erlang_a.json") else { return };
    for row in reference.rows("erlang_a").into_iter().chain(reference.rows("finite_trunks")) {
        let Demand { load, aht_s, patience_s, .. } = demand(&row);
        let lines = row.get("K_trunks").map(|lines| u32::try_from(lines.as_u64().unwrap()).unwrap());
        let queue = ErlangA::with_lines(load, agents(&row), aht_s, patience_s, lines).unwrap();
        let inputs = ["calls_per_hour", "aht_s", "patience_s", "n", "K_trunks"];
        for (key, wanted) in row.as_object().unwrap() {
            let what = format!("{}{key}", name(&row));
            match key.as_str() {
                key if inputs.contains(&key) => {}
                "offered_erl" => reference.near(&what, load, number(wanted), 1e-9),
                "ew_abandoned" if wanted.is_null() => assert_eq!(queue.wait_of_abandoned_s(), None),
                key => reference.near(&what, erlang_a_figure(&queue, key).unwrap(), number(wanted), 1e-9),
            }
        }
    }
    for row in reference.rows("erlang_a_agents_needed") {
        erlang_a_agents(&mut reference, &row);
    }
    for row in reference.rows("mmn_plus_G") {
        general_patience(&mut reference, &row);
    }
    reference.close();
}

fn erlang_a_agents(reference: &mut Reference, row: &Value) {
    let demand = demand(row);
    for (key, wanted) in row["need"].as_object().unwrap() {
        let what = format!("{}{key}", name(row));
        let goal = if let Some((figure, at_most)) = key.split_once("<=") {
            let at_most = at_most.parse().unwrap();
            if figure == "pab" { Goal::Abandonment(at_most) } else { Goal::SpeedOfAnswer(at_most) }
        } else {
            let (kind, numbers) = key.split_once("_T").unwrap();
            let (within, share) = numbers.split_once('_').unwrap();
            let definition = DEFINITIONS.iter().find(|(name, _)| *name == kind).unwrap().1;
            Goal::ServiceLevel {
                definition,
                share: share.parse().unwrap(),
                within_s: within.parse().unwrap(),
            }
        };
        let need = agents_needed(&demand, &goal);
        reference.same(&what, need, &wanted["n"]);
        let value = |agents: u32| {
            let queue = ErlangA::new(demand.load, agents, demand.aht_s, demand.patience_s).unwrap();
            match goal {
                Goal::ServiceLevel { definition, within_s, .. } => queue.service_level(definition, within_s),
                Goal::Abandonment(_) => queue.abandonment(),
                _ => queue.asa_s(),
            }
        };
        reference.near(&what, value(need.unwrap()), number(&wanted["value"]), 1e-9);
        if !wanted["value_at_n_minus_1"].is_null() {
            let before = number(&wanted["value_at_n_minus_1"]);
            reference.near(&format!("{what} (one fewer)"), value(need.unwrap() - 1), before, 1e-9);
        }
    }
}

fn general_patience(reference: &mut Reference, row: &Value) {
    let mean_s = number(&row["patience_mean_s"]);
    match row["patience"].as_str().unwrap() {
        "exp" => general_figures(reference, row, Exponential::new(mean_s).unwrap()),
        "det" => general_figures(reference, row, Fixed::new(mean_s).unwrap()),
        "erlang2" => general_figures(reference, row, Gamma::erlang(mean_s, 2).unwrap()),
        "h2_balanced_cv2=4" => {
            general_figures(reference, row, Hyperexponential::balanced(mean_s, 2.0).unwrap());
        }
        other => panic!("unknown patience {other}"),
    }
}

fn general_figures(reference: &mut Reference, row: &Value, patience: impl Law) {
    let demand = Demand::calls(number(&row["calls_per_hour"]), number(&row["aht_s"]));
    let queue = MMnG::new(demand.load, agents(row), demand.aht_s, patience).unwrap();
    let within_s = number(&row["T_s"]);
    for (key, wanted) in row.as_object().unwrap() {
        let found = match key.as_str() {
            "calls_per_hour" | "aht_s" | "patience_mean_s" | "n" | "T_s" | "patience" => continue,
            "pwait" => queue.wait_probability(),
            "pab" => queue.abandonment(),
            "ew" => queue.mean_wait_s(),
            "asa_served" => queue.asa_s(),
            "lq" => queue.mean_queue(),
            "occ" => queue.occupancy(),
            kind => {
                let (_, definition) = DEFINITIONS.iter().find(|(name, _)| *name == kind).unwrap();
                queue.service_level(*definition, within_s)
            }
        };
        reference.near(&format!("{}{key}", name(row)), found, number(wanted), 1e-9);
    }
}

/// The service law of a row of mginf.json; times in minutes there and here in seconds.
fn service(row: &Value, mean: &str) -> Box<dyn Law> {
    let mean_s = number(&row[mean]) * 60.0;
    match row["service"].as_str().unwrap() {
        "exp" => Box::new(Exponential::new(mean_s).unwrap()),
        "det" => Box::new(Fixed::new(mean_s).unwrap()),
        "erlang2" => Box::new(Gamma::erlang(mean_s, 2).unwrap()),
        "h2_cv2=4_balanced" => Box::new(Hyperexponential::balanced(mean_s, 2.0).unwrap()),
        "lognormal_cv=1" => Box::new(Lognormal::new(mean_s, 1.0).unwrap()),
        "lognormal_cv=1.5" => Box::new(Lognormal::new(mean_s, 1.5).unwrap()),
        other => panic!("unknown service law {other}"),
    }
}

/// The key of the lag in mginf.json.
const LAG: &str = "peak_lag_min_after_lambda_peak";

/// The figures of the one row of mginf.json whose printed digits are right to ten places only (lognormal, cv 1.5, 600
/// calls an hour, a period of an hour, 30 minutes).
///
/// These were computed in 40-digit arithmetic from the characteristic function, `∫₀^∞ e^{iωu} P(S > u) du =
/// (E[e^{iωS}] − 1)/(iω)`, along three different contours, which agree to 17 digits; the same program reproduces all
/// printed digits of the other lognormal rows.
fn mended_figure(row: &Value, key: &str) -> Option<f64> {
    let concerned = row["service"] == "lognormal_cv=1.5" && number(&row["mean_arrivals_per_hour"]) == 600.0;
    let figures = [
        ("t=0*period", 258.089_478_402_964_55),
        ("t=0.125*period", 283.823_734_420_346_64),
        ("t=0.25*period", 319.033_827_425_740_59),
        ("t=0.375*period", 343.094_162_469_004_68),
        ("t=0.5*period", 341.910_521_597_035_45),
        ("t=0.75*period", 280.966_172_574_259_41),
        ("t=0.9*period", 254.905_872_729_349_73),
        ("peak", 346.030_190_169_153_65),
        (LAG, 10.929_106_700_619_045),
    ];
    figures.into_iter().find(|(name, _)| concerned && *name == key).map(|(_, figure)| figure)
}

/// A boxed law is a law.
struct Boxed(Box<dyn Law>);

impl Law for Boxed {
    fn mean_s(&self) -> f64 {
        self.0.mean_s()
    }
    fn survival(&self, x: f64) -> f64 {
        self.0.survival(x)
    }
    fn partial(&self, x: f64) -> f64 {
        self.0.partial(x)
    }
    fn kinks(&self) -> Vec<f64> {
        self.0.kinks()
    }
}

#[test]
fn infinitely_many_agents() {
    let Some(mut reference) = Reference::open("mginf.json") else { return };
    // 14 digits are stated; half of the last one may be lost to rounding there, and as much here.
    let digits = 1e-13;
    let mut mended = 0;
    for row in reference.rows("sinusoidal") {
        let law = Boxed(service(&row, "mean_service_min"));
        let per_s = |key: &str| number(&row[key]) / 3600.0;
        let period_s = number(&row["period_hours"]) * 3600.0;
        let hand =
            Sinusoid::new(per_s("mean_arrivals_per_hour"), per_s("amplitude_per_hour"), period_s, &law)
                .unwrap();
        let shape = [("mean", hand.mean()), ("peak", hand.peak()), (LAG, hand.lag_s() / 60.0)];
        let moments = row["m_t"].as_object().unwrap().iter();
        let moments = moments.map(|(key, wanted)| {
            let t_s = between(key, "t=", "*period").unwrap() * period_s;
            (key.as_str(), hand.at(t_s), wanted)
        });
        for (key, found, printed) in moments.chain(shape.map(|(key, found)| (key, found, &row[key]))) {
            let mend = mended_figure(&row, key);
            mended += usize::from(mend.is_some());
            let wanted = mend.unwrap_or(number(printed));
            reference.near(&format!("{}{key}", name(&row)), found, wanted, digits);
            // The mends themselves lie within the printed row's real accuracy.
            assert!((wanted / number(printed) - 1.0).abs() < 1e-9);
        }
    }
    eprintln!("mginf.json: {mended} figures of one row replaced, see `mended_figure`");
    for row in reference.rows("piecewise") {
        let law = service(&row, "mean_min");
        let calls = row["calls_per_30min"].as_array().unwrap().iter().map(number);
        let rates: Vec<f64> = calls.map(|calls| calls / 1800.0).collect();
        for (key, wanted) in row["m_t"].as_object().unwrap() {
            let t_s = between(key, "t=", "min").unwrap() * 60.0;
            let found = mean_in_hand(&rates, 1800.0, |x| law.partial(x), t_s).unwrap();
            let wanted = number(wanted);
            if wanted == 0.0 {
                // An empty house: what is left of numbers as large as the load.
                reference.near(&format!("{}{key}", name(&row)), found + 1.0, 1.0, digits);
            } else {
                reference.near(&format!("{}{key}", name(&row)), found, wanted, digits);
            }
        }
    }
    reference.close();
}

#[test]
fn published_values() {
    let Some(mut reference) = Reference::open("small_published_values.json") else { return };
    for case in reference.rows("cases") {
        let (id, inputs, outputs) = (case["id"].as_str().unwrap(), &case["inputs"], &case["outputs"]);
        match id {
            "PUB-ERLC-1" => published_agents(&mut reference, inputs, outputs),
            "PUB-ERLC-2" => {
                let queue = ErlangC::new(10.0, 14, 180.0).unwrap();
                reference.near(id, queue.asa_s(), number(&outputs["asa_s"]), 1e-13);
                let immediate = 1.0 - queue.wait_probability();
                // Printed with seven digits.
                reference.near(
                    id,
                    (immediate * 1e7).round() / 1e7,
                    number(&outputs["immediate_answer"]),
                    1e-13,
                );
            }
            "PUB-ERLC-3" | "PUB-ERLA-1" => {
                let demand =
                    Demand::calls(number(&inputs["lam_per_min"]) * 60.0, number(&inputs["aht_min"]) * 60.0);
                let patience_s =
                    inputs.get("patience_min").map_or(f64::INFINITY, |minutes| number(minutes) * 60.0);
                let agents = u32::try_from(inputs["agents"].as_u64().unwrap()).unwrap();
                let lines = inputs.get("K").map(|lines| u32::try_from(lines.as_u64().unwrap()).unwrap());
                let queue =
                    ErlangA::with_lines(demand.load, agents, demand.aht_s, patience_s, lines).unwrap();
                let (wanted, tolerance) = (number(&outputs["mean_wait_s"]), number(&case["tol"]));
                reference.near(id, queue.mean_wait_s(), wanted, tolerance / wanted);
            }
            "PUB-ERLB-1" => {
                let lines = u32::try_from(inputs["lines"].as_u64().unwrap()).unwrap();
                let load = load_for_blocking(lines, number(&inputs["blocking"])).unwrap();
                let exact = number(&reference.data["verified_extra"]["ERLB_15_lines_1pct"]);
                reference.near(
                    id,
                    (load * 1e3).round() / 1e3,
                    number(&outputs["max_offered_erlangs"]),
                    1e-13,
                );
                reference.near(id, load, exact, 1e-13);
            }
            "PUB-MTPA-1" => {
                let aht_s = 3600.0 / number(&inputs["service_rate_per_hour"]);
                let hours = inputs["hourly_arrivals"].as_array().unwrap();
                for (calls, wanted) in hours.iter().zip(outputs["servers"].as_array().unwrap()) {
                    let demand = Demand::calls(number(calls), aht_s);
                    reference.same(id, agents_needed(&demand, &Goal::WaitProbability(0.5)), wanted);
                }
            }
            "PUB-DATA-1" => {} // No formula: the shape of a data file.
            other => panic!("unknown case {other}"),
        }
    }
    reference.close();
}

fn published_agents(reference: &mut Reference, inputs: &Value, outputs: &Value) {
    let id = "PUB-ERLC-1";
    let per_hour = number(&inputs["calls"]) * 60.0 / number(&inputs["interval_min"]);
    let demand = Demand::calls(per_hour, number(&inputs["aht_min"]) * 60.0);
    let within_s = number(&inputs["target_s"]);
    let goals = [
        Goal::ServiceLevel { definition: Definition::Offered, share: number(&inputs["sl"]), within_s },
        Goal::Occupancy(number(&inputs["max_occupancy"])),
    ];
    let needs = goals.map(|goal| agents_needed(&demand, &goal).unwrap());
    assert_eq!(needs[1], 12);
    let agents = needs[0].max(needs[1]);
    reference.same(id, Some(agents), &outputs["raw_positions"]);
    let gross = (f64::from(agents) / (1.0 - number(&inputs["shrinkage"]))).ceil() as u32;
    reference.same(id, Some(gross), &outputs["positions_after_shrinkage"]);
    let queue = ErlangC::new(demand.load, agents, demand.aht_s).unwrap();
    reference.near(id, queue.service_level(within_s), number(&outputs["service_level"]), 1e-14);
    reference.near(id, queue.occupancy(), number(&outputs["occupancy"]), 1e-14);
    reference.near(id, queue.wait_probability(), number(&outputs["p_wait"]), 1e-14);
}
