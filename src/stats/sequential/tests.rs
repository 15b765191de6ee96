//! How often the test is wrong where the truth is known, and what a verdict costs.

use super::*;
use crate::stats::synthetic::Draws;

/// Runs a test to its verdict on margins made by `day`.
fn run(mut test: SequentialTest, mut day: impl FnMut() -> (Margin, Vec<f64>)) -> (Verdict, u64) {
    loop {
        for _ in 0..test.wanted() {
            let (margin, controls) = day();
            test.push(margin, &controls);
        }
        if let Some(verdict) = test.look().and_then(|look| look.verdict) {
            return (verdict, test.replications());
        }
    }
}

/// A synthetic contact centre whose long-run level lies exactly on its goal.
type Centre = (&'static str, fn(&mut Draws) -> Margin);

fn poisson(draws: &mut Draws, rate: f64, level: f64) -> Margin {
    let offered = draws.poisson(rate);
    Margin::share_at_least(draws.binomial(offered, level), offered, level)
}

/// Six contacts of which each 34th waits too long: most replications see none.
const QUIET: Centre = ("6 contacts, 97.1%", |draws| poisson(draws, 6.0, 0.971));
const RARE: Centre = ("40 contacts, 99.0%", |draws| poisson(draws, 40.0, 0.99));
const PLAIN: Centre = ("60 contacts, 80%", |draws| poisson(draws, 60.0, 0.8));
/// One day in twenty is a disaster.
const DISASTERS: Centre = ("disasters, 97%", |draws| {
    let level = if draws.uniform() < 0.05 { 0.4 } else { 1.0 };
    Margin::share_at_least(draws.binomial(20, level), 20, 0.97)
});
/// One day in twenty is a triumph.
const TRIUMPHS: Centre = ("triumphs, 13%", |draws| {
    let level = if draws.uniform() < 0.05 { 0.7 } else { 0.1 };
    Margin::share_at_least(draws.binomial(20, level), 20, 0.13)
});
/// Mean waits with a long tail: the square of an exponential (mean 1, squared coefficient of variation 5).
const WAITS: Centre = ("mean wait, cv² 5", |draws| {
    let wait = draws.exponential(1.0).powi(2) / 2.0;
    Margin::mean_at_most((wait * 1e9) as u64, 10, 1e8)
});
const ABANDONED: Centre = ("abandoned, 2%", |draws| {
    let offered = draws.poisson(10.0);
    Margin::share_at_most(draws.binomial(offered, 0.02), offered, 0.02)
});

/// Shares of wrong `Met` and wrong `Missed` at error 0.025 a side.
fn wrong(centre: Centre, runs: u32, most: u64) -> (f64, f64) {
    let mut draws = Draws::new(51);
    let verdicts: Vec<Verdict> = (0..runs)
        .map(|_| run(SequentialTest::new(0.025, 0.0, most), || (centre.1(&mut draws), vec![])).0)
        .collect();
    let share = |which| verdicts.iter().filter(|verdict| **verdict == which).count() as f64 / f64::from(runs);
    (share(Verdict::Met), share(Verdict::Missed))
}

fn assert_within_budget(runs: u32, most: u64) {
    let allowed = 0.025 + 3.0 * (0.025f64 * 0.975 / f64::from(runs)).sqrt();
    let all = [QUIET, RARE, PLAIN, DISASTERS, TRIUMPHS, WAITS, ABANDONED];
    let seen = all.map(|centre| (centre.0, wrong(centre, runs, most)));
    assert!(seen.iter().all(|(_, (met, missed))| *met <= allowed && *missed <= allowed), "{seen:?}");
}

#[test]
fn on_the_goal_a_verdict_is_as_rare_as_promised() {
    assert_within_budget(400, 512);
}

#[test]
#[ignore = "a study of error rates, a minute"]
fn study_of_error_rates() {
    assert_within_budget(4000, 4096);
}

#[test]
fn away_from_the_goal_it_decides_and_stops_soon() {
    let mut draws = Draws::new(52);
    for (level, verdict, within) in
        [(0.9, Verdict::Met, 512), (0.7, Verdict::Missed, 256), (1.0, Verdict::Met, 128)]
    {
        let test = SequentialTest::new(1e-4, 0.001, 100_000);
        let (seen, replications) = run(test, || {
            let offered = draws.poisson(50.0);
            (Margin::share_at_least(draws.binomial(offered, level), offered, 0.8), vec![])
        });
        assert_eq!(seen, verdict, "{level}");
        assert!(replications <= within, "{level}: {replications}");
    }
}

/// Median replications to a verdict for a day of 10,000 contacts whose level has a deviation of one point.
fn effort(level: f64) -> u64 {
    let mut draws = Draws::new(55);
    let mut spent: Vec<u64> = (0..51)
        .map(|_| {
            run(SequentialTest::new(1e-4, 0.001, 1 << 16), || {
                let normal = (-2.0 * draws.uniform().ln()).sqrt() * (2.0 * PI * draws.uniform()).cos();
                let good = 10_000.0 * (level + 0.01 * normal);
                (Margin::share_at_least(good as u64, 10_000, 0.8), vec![])
            })
            .1
        })
        .collect();
    spent.sort_unstable();
    spent[25]
}

#[test]
fn verdicts_cost_what_they_did() {
    let levels = [0.6, 0.78, 0.79, 0.795, 0.8, 0.805, 0.81, 0.82, 0.85, 0.95];
    assert_eq!(levels.map(effort), [32, 256, 256, 128, 4096, 128, 256, 1024, 512, 128]);
}

#[test]
fn indifference_ends_it_undecided() {
    let mut draws = Draws::new(53);
    let mut day = || (poisson(&mut draws, 100.0, 0.8), vec![]);
    let (verdict, replications) = run(SequentialTest::new(0.01, 0.01, 1 << 20), &mut day);
    assert_eq!(verdict, Verdict::Undecided);
    assert!(replications <= 512, "{replications}");
    assert_eq!(run(SequentialTest::new(0.01, 0.0, 100), &mut day), (Verdict::Undecided, 100));
}

#[test]
fn controls_sharpen_and_stay_honest() {
    let mut draws = Draws::new(54);
    let mut day = |margin: f64| {
        let offered = draws.poisson(100.0);
        let busy = offered as f64 - 100.0;
        let noise = draws.uniform() - 0.5;
        let z = margin - 0.4 * busy + noise;
        (Margin::whole(z, offered as f64, -60.0, 60.0), vec![busy])
    };
    let with = || SequentialTest::new(0.025, 0.0, 1024).with_controls(1);
    let (verdict, replications) = run(with(), || day(0.3));
    assert!(verdict == Verdict::Met && replications <= 128, "{replications}");
    let (verdict, _) = run(SequentialTest::new(0.025, 0.0, 256), || (day(0.3).0, vec![]));
    assert_eq!(verdict, Verdict::Undecided);
    let wrong = (0..400).filter(|_| run(with(), || day(0.0)).0 != Verdict::Undecided).count();
    assert!(wrong as f64 / 400.0 < 0.05 + 0.033, "{wrong}");
}

/// Days of which nine in ten keep their promise, hardly any of the busiest tenth: whether one does, and what its rank
/// tells (the first four Legendre polynomials).
fn day_by_rank(draws: &mut Draws, goal: f64) -> (Margin, Vec<f64>) {
    let rank = draws.uniform();
    let kept = draws.uniform() < 1.0 / (1.0 + ((rank - MIDDLE) / STEEP).exp());
    let x = 2.0 * rank - 1.0;
    let polynomials = vec![
        x,
        (3.0 * x * x - 1.0) / 2.0,
        (5.0 * x.powi(3) - 3.0 * x) / 2.0,
        (35.0 * x.powi(4) - 30.0 * x * x + 3.0) / 8.0,
    ];
    (Margin::share_at_least(u64::from(kept), 1, goal), polynomials)
}
const MIDDLE: f64 = 0.9;
const STEEP: f64 = 0.02;

/// The integral of that chance over all ranks.
fn share_of_days() -> f64 {
    let softplus = |x: f64| x.exp().ln_1p();
    1.0 - STEEP * (softplus((1.0 - MIDDLE) / STEEP) - softplus(-MIDDLE / STEEP))
}

#[test]
fn what_the_rank_of_a_day_tells_sharpens_a_share_of_days_and_stays_honest() {
    let mut draws = Draws::new(56);
    let goal = share_of_days();
    let test = || SequentialTest::new(0.025, 0.0, 1024).with_controls(4).with_late_controls(4);
    let verdicts: Vec<Verdict> = (0..400).map(|_| run(test(), || day_by_rank(&mut draws, goal)).0).collect();
    let share = |which| verdicts.iter().filter(|verdict| **verdict == which).count() as f64 / 400.0;
    let allowed = 0.025 + 3.0 * (0.025f64 * 0.975 / 400.0).sqrt();
    let wrong = [share(Verdict::Met), share(Verdict::Missed)];
    assert!(wrong.iter().all(|wrong| *wrong <= allowed), "{wrong:?} of {allowed}");
    // the interval that is shown: three times as many days without the ranks
    let (mut plain, mut ranked) = (SequentialTest::new(0.0, 0.0, 1 << 20), test());
    for _ in 0..4000 {
        let (margin, controls) = day_by_rank(&mut draws, goal);
        plain.push(margin, &[]);
        ranked.push(margin, &controls);
    }
    let [plain, ranked] = [plain, ranked].map(|test| test.estimate(0.95).unwrap());
    assert!(ranked.contains(0.0) && ranked.level == 0.95 && ranked.replications == 4000);
    let fewer = (plain.half_width() / ranked.half_width()).powi(2);
    assert!((2.0..6.0).contains(&fewer), "{fewer}");
}

#[test]
fn looks_come_at_doubling_numbers_and_end_with_the_verdict() {
    let mut test = SequentialTest::new(0.01, 0.0, 100);
    let mut seen = vec![];
    assert_eq!(test.look(), None);
    for day in 0..200 {
        test.push(Margin::share_at_least(79 + day % 3, 100, 0.8), &[]);
        if let Some(look) = test.look() {
            seen.push((look.number, look.replications, look.verdict));
        }
    }
    assert_eq!(seen, [(1, 32, None), (2, 64, None), (3, 100, Some(Verdict::Undecided))]);
    assert_eq!((test.wanted(), test.verdict()), (0, Some(Verdict::Undecided)));
}

#[test]
fn impossible_goals_are_decided_by_what_was_seen() {
    let perfect = |good| move || (Margin::share_at_least(good, 10, 1.0), vec![]);
    assert_eq!(run(SequentialTest::new(0.01, 0.001, 1000), perfect(9)).0, Verdict::Missed);
    assert_eq!(run(SequentialTest::new(0.01, 0.001, 1000), perfect(10)).0, Verdict::Undecided);
    let any = || (Margin::share_at_most(10, 10, 2.0), vec![]);
    assert_eq!(run(SequentialTest::new(0.01, 0.001, 1000), any).0, Verdict::Met);
}

#[test]
fn odd_input_is_undecided() {
    let empty = || (Margin::share_at_least(0, 0, 0.8), vec![]);
    assert_eq!(run(SequentialTest::new(0.01, 0.001, 64), empty).0, Verdict::Undecided);
    let odd = || (Margin::share_at_least(1, 2, f64::NAN), vec![]);
    assert_eq!(run(SequentialTest::new(0.01, 0.001, 64), odd), (Verdict::Undecided, 32));
    let day = || (Margin::share_at_least(1, 2, 0.8), vec![f64::INFINITY]);
    assert_eq!(run(SequentialTest::new(f64::NAN, f64::NAN, 64).with_controls(2), day).0, Verdict::Undecided);
    for most in 0..4 {
        let day = || (Margin::share_at_least(1, 2, 0.8), vec![]);
        assert_eq!(run(SequentialTest::new(0.0, 0.001, most), day), (Verdict::Undecided, most));
    }
}

#[test]
fn margins_on_the_goal_are_zero() {
    for of in 1..=2000u64 {
        for percent in [55, 80, 90, 95, 99] {
            if percent * of % 100 == 0 {
                let margin = Margin::share_at_least(percent * of / 100, of, percent as f64 / 100.0);
                assert_eq!(margin.z, 0.0, "{percent}% of {of}");
            }
        }
    }
    let bad = Margin::share_at_most(3, 100, 0.05);
    assert!((bad.z - 2.0).abs() < 1e-12 && bad.worst == -95.0 && bad.best == 5.0);
    let wait = Margin::mean_at_most(900, 10, 100.0);
    assert_eq!((wait.z, wait.worst, wait.best), (100.0, -9000.0, 1000.0));
}
