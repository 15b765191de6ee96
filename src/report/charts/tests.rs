//! Every kind of chart at every size, with odd figures, and pinned.

use super::*;
use crate::montecarlo::compare::{Entrant, Side, play};
use crate::montecarlo::{Staffing, TargetKind};
use crate::report::fixture::{self, ONE_DAY, Size};
use crate::report::fixture_journey;

/// Every tag closed in order, no stray `<` or `&`, no number that is none.
fn assert_well_formed(svg: &str) {
    let mut open = Vec::new();
    let mut rest = svg;
    while let Some(at) = rest.find('<') {
        let (text, tag) = rest.split_at(at);
        for entity in text.split('&').skip(1) {
            assert!(
                ["lt;", "gt;", "amp;", "quot;", "apos;"].iter().any(|known| entity.starts_with(known)),
                "{text}"
            );
        }
        let end = tag.find('>').expect("a tag ends");
        let inside = &tag[1..end];
        assert!(!inside.contains('<') && inside.matches('"').count().is_multiple_of(2), "{inside}");
        assert!(!inside.contains("NaN") && !inside.contains("inf"), "{inside}");
        if let Some(name) = inside.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name));
        } else if !inside.ends_with('/') {
            open.push(inside.split_whitespace().next().expect("a tag has a name"));
        }
        rest = &tag[end + 1..];
    }
    assert!(open.is_empty() && rest.trim().is_empty(), "{open:?}");
}

fn assert_drawn(model: &Model, outcome: &Outcome, answer: Option<&Answer>) {
    for chart in all(model, outcome, answer) {
        assert_well_formed(&chart.svg());
        assert!(!chart.title().is_empty());
    }
}

#[test]
fn perfection_can_be_drawn() {
    let model = fixture::model(ONE_DAY);
    let answer = fixture::perfect(&model);
    assert_drawn(&model, &answer.outcome, Some(&answer));
    let (model, answer) = fixture::two_queues(ONE_DAY);
    assert_drawn(&model, &answer.outcome, Some(&answer));
    let groups =
        answer.outcome.groups.iter().filter(|group| group.intervals.iter().any(|at| at.occupancy.is_some()));
    assert_eq!(all(&model, &answer.outcome, Some(&answer)).len(), 10 + groups.count());
}

const TWO_HOURS: Size = Size { days: 1, minutes: 60, open: (9, 11), dated: false };

#[test]
fn every_size_can_be_drawn() {
    for days in [1, 2, 7, 62] {
        for (minutes, open) in [(60, (9, 10)), (30, (8, 20)), (15, (0, 24))] {
            let model = fixture::model(Size { days, minutes, open, dated: days % 2 == 0 });
            let answer = fixture::answer(&model);
            assert_drawn(&model, &answer.outcome, Some(&answer));
        }
    }
}

#[test]
fn empty_results_say_so() {
    let mut model = fixture::model(TWO_HOURS);
    let mut answer = fixture::answer(&model);
    answer.curve.clear();
    answer.groups.clear();
    let nothing = fixture::nothing(&model);
    let without = Answer { outcome: nothing.clone(), ..answer };
    assert_drawn(&model, &nothing, Some(&without));
    model.queues.clear();
    model.groups.clear();
    let nobody = Outcome { queues: Vec::new(), groups: Vec::new(), ..nothing };
    assert_drawn(&model, &nobody, None);
}

/// A made-up reconciliation of so many half-hours, every seventh outside its band.
fn reconciliation(intervals: usize) -> Reconciled {
    use crate::history::reconcile::{Cause, Expected, Found, Inside, IntervalFound};
    use crate::montecarlo::Level;
    use crate::stats::Estimate;
    let model = fixture::model(ONE_DAY);
    let one = |k: usize| {
        let predicted = 0.95 - 0.3 * (k % 20) as f64 / 20.0;
        let came = if k.is_multiple_of(7) { predicted - 0.2 } else { predicted + 0.02 };
        let (low, high) = (predicted - 0.1, (predicted + 0.08).min(1.0));
        let at = 20_000 * 1440 + (k / 24 * 1440 + 480 + k % 24 * 30) as i32;
        IntervalFound { at, offered: 60.0, staffed: Some(12.0), came, predicted, low, high }
    };
    let intervals: Vec<IntervalFound> = (0..intervals).map(one).collect();
    let luck = Found {
        cause: Cause::Luck,
        planned: None,
        came: None,
        effect: fixture::e(-0.03, 0.002),
        alone: None,
        chance: Some(0.4),
    };
    let days = (intervals.len() / 24) as i32;
    let queue = QueueReconciled {
        name: "phone".to_owned(),
        level: Level::reported(&model.queues[0]).unwrap(),
        within_s: 120.0,
        goal: Some(0.9),
        came: 0.85,
        planned: Estimate::exact(0.9),
        same: Expected { mean: 0.88, low: 0.84, high: 0.92, chance: 0.3 },
        inside: Inside { count: 1, of: intervals.len(), expected: 0.9 * intervals.len() as f64, chance: 0.2 },
        intervals,
        causes: vec![luck],
    };
    let (replications, day_count) = (1000, days as usize + 1);
    Reconciled { days: (20_000, 20_000 + days), day_count, replications, queues: vec![queue] }
}

#[test]
fn what_came_can_be_drawn_at_every_size() {
    let model = fixture::model(ONE_DAY);
    for intervals in [1, 24, 700, 17_000] {
        let charts = reconciled(&model, &reconciliation(intervals));
        assert_eq!(charts.len(), 2);
        for chart in charts {
            assert_well_formed(&chart.svg());
        }
    }
}

/// A scenario that was played by itself.
fn played(model: &Model, replications: u64) -> Side {
    let entrant = Entrant { model, staffing: &Staffing::given(model) };
    play(&[entrant], 1, replications, &|_| true).and_then(|mut sides| sides.pop()).expect("nobody stops it")
}

/// Two made-up scenarios of a size, the second a little better.
fn side_by_side(size: Size, count: usize) -> Comparison {
    use crate::report::compare::Named;
    let named = |k: usize| {
        let mut model = fixture::model(size);
        model.groups[0].staff = crate::model::Staff::Planned;
        let mut side = played(&model, 1);
        side.outcome = fixture::outcome(&model);
        for at in &mut side.outcome.queues[0].intervals {
            at.service_level = at.service_level.map(|e| e.scale(1.0 - 0.04 * k as f64).clip(0.0, 1.0));
            at.mean_queue = at.mean_queue.map(|e| e.scale(1.0 + k as f64));
        }
        let name = ["today", "with callbacks", "one line", "two lines", "five"][k].to_owned();
        Named { name, hash: format!("{k:016}"), agent_hours: 1.0, model, text: format!("# {k}"), side }
    };
    Comparison { scenarios: (0..count).map(named).collect(), seed: 1, replications: 1000, swings: Vec::new() }
}

#[test]
fn before_and_after_can_be_drawn_at_every_size() {
    let week = Size { days: 7, minutes: 15, open: (0, 24), dated: true };
    let hour = Size { days: 1, minutes: 60, open: (9, 10), dated: false };
    for (size, count) in [(ONE_DAY, 2), (week, 4), (hour, 2), (TWO_HOURS, 5)] {
        let charts = compared(&side_by_side(size, count));
        assert_eq!(charts.iter().map(Chart::stem).collect::<Vec<_>>(), ["side-by-side-phone"]);
        assert_well_formed(&charts[0].svg());
    }
    assert!(compared(&side_by_side(ONE_DAY, 1)).is_empty(), "one alone is not compared");
    let mut apart = side_by_side(TWO_HOURS, 2);
    apart.scenarios[1].model.queues[0].name = "another".to_owned();
    assert!(compared(&apart).is_empty(), "no queue is in both");
    insta::assert_snapshot!("side-by-side-phone", compared(&side_by_side(TWO_HOURS, 2))[0].svg());
}

/// A centre that was played as it stands and with volume, handle time and patience turned down and up.
fn turned_both_ways() -> Comparison {
    use crate::model::Lever;
    use crate::report::compare::{Named, Swing};
    let mut base = fixture::model(TWO_HOURS);
    let agents = vec![47; base.grid().intervals()];
    base.groups[0].staff = crate::model::Staff::Given { at_work: agents, scheduled: None };
    let levers = [Lever::Volume, Lever::HandleTime, Lever::Patience];
    let turned =
        levers.into_iter().flat_map(|lever| [0.9, 1.1].map(|by| base.swung(lever, by).expect("it has it")));
    let models: Vec<Model> = std::iter::once(base.clone()).chain(turned).collect();
    let named = |model: Model| {
        let side = played(&model, 40);
        Named { name: String::new(), hash: String::new(), agent_hours: 1.0, model, text: String::new(), side }
    };
    let swing = |(k, lever): (usize, Lever)| Swing {
        of: lever.name().to_owned(),
        by: "10%".to_owned(),
        down_and_up: [2 * k + 1, 2 * k + 2],
    };
    Comparison {
        scenarios: models.into_iter().map(named).collect(),
        seed: 1,
        replications: 40,
        swings: levers.into_iter().enumerate().map(swing).collect(),
    }
}

#[test]
fn what_moves_a_promise_is_drawn_the_widest_first() {
    let found = turned_both_ways();
    let charts = compared(&found);
    assert_eq!(charts.iter().map(Chart::stem).collect::<Vec<_>>(), ["what-would-change-phone"]);
    assert_well_formed(&charts[0].svg());
    let moved = &found.moved()[0];
    let widths: Vec<f64> = moved.rows.iter().map(crate::report::moved::Row::width).collect();
    assert!(widths.is_sorted_by(|a, b| a >= b) && widths[0] > 0.0, "{widths:?}");
    // With less to do, more are answered in time; the picture says the same as the figures.
    let volume = moved.rows.iter().find(|row| row.of == "volume").expect("it was turned");
    let [less, more] = volume.ends.map(|end| end.expect("both were played"));
    assert!(less.low > 0.0 && more.high < 0.0, "{less:?} {more:?}");
    assert!(charts[0].svg().contains(&moved.change(less)));
    assert!(
        charts[0].title().contains(&format!("hangs most on {}", moved.rows[0].of)),
        "{}",
        charts[0].title()
    );
}

/// A cap, its verdict, a group that nobody watched, and several in hand.
#[test]
fn occupancy_is_drawn_with_its_cap() {
    let mut model = fixture::model(TWO_HOURS);
    let mut found = fixture::outcome(&model);
    let of = |model: &Model, found: &Outcome| {
        all(model, found, None).into_iter().find(|chart| chart.stem() == "occupancy-by-interval-everyone")
    };
    let free = of(&model, &found).expect("somebody is at work");
    assert!(!free.svg().contains("cap 8") && free.svg().contains("above 88%"));
    model.groups[0].max_occupancy = Some(0.82);
    assert!(of(&model, &found).is_some_and(|chart| chart.title().contains("too close to the cap of 82%")));
    let mut cap = found.targets[0].clone();
    (cap.kind, cap.group, cap.queue) = (TargetKind::MaxOccupancy, Some("everyone".to_owned()), None);
    for (verdict, words) in
        [(crate::stats::Verdict::Missed, "above the cap"), (crate::stats::Verdict::Met, "within the cap")]
    {
        found.targets = vec![crate::montecarlo::TargetOutcome { verdict, ..cap.clone() }];
        assert!(of(&model, &found).is_some_and(|chart| chart.title().contains(words)));
    }
    model.groups[0].hands.capacity = 3;
    let several = of(&model, &found).expect("somebody is at work").svg();
    assert!(several.contains("cap 82% over the day") && several.contains("several in hand is busy once"));
    found.groups[0].intervals.iter_mut().for_each(|at| at.occupancy = None);
    assert!(of(&model, &found).is_none());
}

/// Charts that only some results have: weeks, work that waits, announced waits.
#[test]
fn what_only_some_results_have_is_pinned() {
    let two_days = Size { days: 2, minutes: 60, open: (9, 12), dated: true };
    let (model, mut found) = fixture_journey::behaviours(two_days);
    found.queues[0].announced = Some(crate::montecarlo::AnnouncedWait {
        mean_announced_s: Some(fixture::e(130.0, 2.0)),
        mean_real_s: Some(fixture::e(145.0, 2.0)),
        mean_error_s: Some(fixture::e(48.0, 1.0)),
    });
    let charts = all(&model, &found, None);
    let wanted =
        ["announced-waits", "service-level-by-weekday-phone", "backlog-mail", "done-by-weekday-mail"];
    for stem in wanted {
        let chart = charts.iter().find(|chart| chart.stem() == stem);
        let chart = chart.unwrap_or_else(|| panic!("{stem} is not drawn"));
        assert_well_formed(&chart.svg());
        insta::assert_snapshot!(stem, chart.svg());
    }
    let of_phone = |stem: &str| charts.iter().any(|chart| chart.stem() == stem);
    assert!(!of_phone("backlog-phone"), "nobody counts open items of a line");
}

#[test]
fn weeks_are_mapped_by_weekday_and_numbered_days_while_they_are_few() {
    let map = |days, dated| {
        let model = fixture::model(Size { days, minutes: 30, open: (8, 20), dated });
        let charts = all(&model, &fixture::outcome(&model), None);
        charts
            .into_iter()
            .find(|chart| chart.stem() == "service-level-by-weekday-phone")
            .map(|chart| chart.svg())
    };
    assert!(map(1, true).is_none(), "one day is no week");
    assert!(map(7, true).is_some_and(|svg| svg.contains("Mon 23 Nov")));
    assert!(
        map(28, true).is_some_and(|svg| !svg.contains("Mon 23 Nov") && svg.contains("All weeks together"))
    );
    assert!(map(14, false).is_some_and(|svg| svg.contains("day 14")));
    assert!(map(15, false).is_none(), "numbered days have no weekday");
}

#[test]
fn names_are_escaped() {
    let mut model = fixture::model(TWO_HOURS);
    model.name = "<Support> & \"friends\"\u{7}".to_owned();
    model.queues[0].name = "a/b & <c>".to_owned();
    let outcome = fixture::outcome(&model);
    let charts = all(&model, &outcome, None);
    assert_drawn(&model, &outcome, None);
    assert_eq!(charts[1].stem(), "service-level-by-interval-a-b----c-");
}

#[test]
fn work_to_be_done_in_time_has_no_service_level() {
    let (mut model, mut found) = fixture_journey::behaviours(TWO_HOURS);
    let of_mail = |model: &Model, found: &Outcome| -> Vec<Chart> {
        all(model, found, None).into_iter().filter(|chart| chart.stem().ends_with("mail")).collect()
    };
    let stems = |charts: &[Chart]| charts.iter().map(|chart| chart.stem().to_owned()).collect::<Vec<_>>();
    let charts = of_mail(&model, &found);
    assert_eq!(stems(&charts), ["done-by-interval-mail", "waits-mail", "backlog-mail"]);
    assert!(charts[0].svg().contains("done within 4h of opening hours"));
    for chart in &charts {
        assert_well_formed(&chart.svg());
        assert!(!chart.svg().contains("threshold") && !chart.svg().contains("within 2m"));
    }
    // Nothing promised: work that waits shows its waits, a line of people its usual service level.
    found.targets.pop();
    model.queues[1].channel = crate::model::Channel::Email;
    assert_eq!(stems(&of_mail(&model, &found)), ["waits-mail", "backlog-mail"]);
    model.queues[1].channel = crate::model::Channel::Voice;
    assert_eq!(of_mail(&model, &found).len(), 5);
}

#[test]
fn a_plan_for_work_to_be_done_in_time_has_no_curve_of_waits() {
    let mut model = fixture::model(TWO_HOURS);
    let answer = fixture::answer(&model);
    model.groups[0].staff = crate::model::Staff::Planned;
    let mut found = answer.outcome.clone();
    let first = |found: &Outcome| all(&model, found, Some(&answer)).swap_remove(0).stem().to_owned();
    assert_eq!(first(&found), "service-level-by-agents");
    found.targets.iter_mut().for_each(|target| target.kind = TargetKind::Done);
    assert_eq!(first(&found), "agents-by-interval");
}

#[test]
fn no_two_charts_share_a_file() {
    let names = file_names(["a/b", "a b", "A-B", "a-b-2", "c"].into_iter());
    assert_eq!(names, ["a-b", "a-b-2", "A-B-3", "a-b-2-2", "c"]);
}

#[test]
fn a_picture_is_a_png_of_twice_the_size() {
    let model = fixture::model(TWO_HOURS);
    let chart = &all(&model, &fixture::outcome(&model), None)[0];
    let bytes = chart.png();
    assert!(bytes == chart.png(), "the same drawing, the same bytes");
    assert!(bytes.starts_with(b"\x89PNG\r\n\x1a\n"));
    assert_eq!((&bytes[16..20], &bytes[20..24]), (&2000u32.to_be_bytes()[..], &1120u32.to_be_bytes()[..]));
}

#[test]
fn nothing_is_drawn_off_the_sheet() {
    let places = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -1e300, -30.0, 400.0, 1e9];
    let mut drawing = canvas::Drawing::new("odd places");
    for x in places {
        for y in places {
            let (ends, pen) = (vec![(x, y), (y, x), (9.0, 9.0)], canvas::Pen::new(13.0, style::INK));
            drawing.line(ends.clone(), style::MAIN, 3.0);
            drawing.dashed(ends.clone(), style::MAIN, 2.0, style::FINE_DASH);
            drawing.block(ends[0], ends[1], style::QUIET);
            drawing.area(ends, style::QUIET);
            drawing.dot((x, y), 5.0, style::SECOND);
            drawing.text((x, y), "g\u{301}\u{10ffff}\u{0}", pen.on(style::PAPER));
        }
    }
    assert_well_formed(&svg::svg(&drawing));
    assert!(!png::png(&drawing).is_empty());
}

#[test]
fn the_drawing_is_pinned() {
    let model = fixture::model(TWO_HOURS);
    let answer = fixture::answer(&model);
    for chart in all(&model, &answer.outcome, Some(&answer)) {
        insta::assert_snapshot!(chart.stem().to_owned(), chart.svg());
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(200))]
    #[test]
    fn odd_figures_do_no_harm(
        figures in proptest::collection::vec(proptest::num::f64::ANY, 12),
        shares in proptest::collection::vec(0.0..=1.0f64, 4),
        counts in proptest::collection::vec(0..u64::MAX / 1000, 3),
    ) {
        let model = fixture::model(TWO_HOURS);
        let mut answer = fixture::answer(&model);
        let odd = |k: usize| {
            crate::stats::Estimate::between(figures[k], figures[k + 1], figures[k + 2], 0.95, 10)
        };
        let queue = &mut answer.outcome.queues[0];
        queue.intervals[0].service_level = odd(0);
        queue.intervals[1].offered = odd(3);
        answer.outcome.groups[0].intervals[0].occupancy = odd(9);
        for (bin, count) in queue.wait_bins.iter_mut().zip(&counts) {
            bin.count = *count;
        }
        let days = queue.day_service_level.as_mut().unwrap();
        days.goal = Some(shares[0]);
        days.bins.iter_mut().for_each(|bin| (bin.low, bin.high) = (shares[1], shares[1]));
        answer.outcome.targets[0].goal = shares[2];
        if let Some(odd) = odd(6) {
            answer.curve[0].level = odd;
            answer.curve[1].abandonment = odd;
            answer.curve[2].days = None;
        }
        assert_drawn(&model, &answer.outcome, Some(&answer));
    }
}

/// Draws what there is to look at into the folder named by `HEADCOUNT_CHARTS`.
#[test]
#[ignore = "writes pictures for people to look at"]
fn draw_for_the_eye() {
    let Some(folder) = std::env::var_os("HEADCOUNT_CHARTS").map(std::path::PathBuf::from) else { return };
    let week = Size { days: 7, minutes: 15, open: (0, 24), dated: true };
    let hour = Size { days: 1, minutes: 60, open: (9, 10), dated: true };
    let year = Size { days: 62, minutes: 60, open: (8, 20), dated: true };
    let sizes = [("day", ONE_DAY), ("week", week), ("hour", hour), ("perfect", ONE_DAY), ("months", year)];
    let draw = |name: &str, chart: &Chart| {
        std::fs::write(folder.join(format!("{name}-{}.png", chart.stem())), chart.png()).unwrap();
    };
    for (name, size) in sizes {
        let (model, found) = fixture_journey::behaviours(size);
        for chart in all(&model, &found, None) {
            draw(&format!("{name}-behaviours"), &chart);
        }
        for chart in compared(&side_by_side(size, 4)) {
            draw(name, &chart);
        }
        let model = fixture::model(size);
        let answer = if name == "perfect" { fixture::perfect(&model) } else { fixture::answer(&model) };
        for chart in all(&model, &answer.outcome, Some(&answer)) {
            std::fs::write(folder.join(format!("{name}-{}.png", chart.stem())), chart.png()).unwrap();
            std::fs::write(folder.join(format!("{name}-{}.svg", chart.stem())), chart.svg()).unwrap();
        }
    }
}

/// Who comes evenly all day comes at no busiest time.
#[test]
fn an_even_day_has_no_busiest_interval() {
    let model = fixture::model(ONE_DAY);
    let mut outcome = fixture::outcome(&model);
    let title = |outcome: &Outcome| {
        let charts = all(&model, outcome, None);
        let titles = charts.iter().map(Chart::title).find(|title| title.contains(" come "));
        titles.expect("a chart of the traffic").to_owned()
    };
    assert!(title(&outcome).contains("most come at "), "{}", title(&outcome));
    for at in &mut outcome.queues[0].intervals {
        at.offered = Some(fixture::e(60.0, 1.0));
    }
    let evenly = format!("phone: 60 come every {}, ", model.grid().interval);
    assert!(title(&outcome).starts_with(&evenly), "{}", title(&outcome));
}
