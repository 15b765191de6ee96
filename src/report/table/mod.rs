//! Reports for a terminal, to be understood by a planner without a manual: the answer first, then why, then all else.

mod intervals;
mod journey;
mod plan;
mod sections;
mod simulate;
mod style;
mod worth;

pub use plan::plan;
pub use simulate::simulate;
pub use style::Style;
pub(in crate::report) use style::escaped;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Reached;
    use crate::report::fixture::{self, ONE_DAY, Size};
    use crate::report::fixture_journey;

    const TWO_HOURS: Size = Size { days: 1, minutes: 60, open: (9, 11), dated: false };
    const WEEK: Size = Size { days: 7, minutes: 15, open: (0, 24), dated: true };

    #[test]
    fn several_queues_and_every_kind_of_promise() {
        let (model, answer) = fixture::two_queues(TWO_HOURS);
        insta::assert_snapshot!("plan_two_queues", plan(&model, &answer, Style::default()));
        insta::assert_snapshot!("simulate_two_queues", simulate(&model, &answer.outcome, Style::default()));
    }

    fn narrow(text: &str, columns: usize) {
        for line in text.lines() {
            assert!(line.chars().count() <= columns, "{} columns: {line}", line.chars().count());
            assert_eq!(line.trim_end(), line);
        }
    }

    #[test]
    fn the_words_are_pinned() {
        for (name, size) in [("two_hours", TWO_HOURS), ("day", ONE_DAY), ("week", WEEK)] {
            let model = fixture::model(size);
            let answer = fixture::answer(&model);
            insta::assert_snapshot!(format!("plan_{name}"), plan(&model, &answer, Style::default()));
            insta::assert_snapshot!(
                format!("simulate_{name}"),
                simulate(&model, &answer.outcome, Style::default())
            );
        }
    }

    #[test]
    fn lines_fit_and_colour_is_asked_for() {
        let model = fixture::model(WEEK);
        let answer = fixture::answer(&model);
        for width in [60, 80, 100, 200] {
            narrow(&plan(&model, &answer, Style { width, colour: false }), usize::from(width.min(110)));
        }
        assert!(!plan(&model, &answer, Style::default()).contains('\u{1b}'));
        assert!(plan(&model, &answer, Style { width: 80, colour: true }).contains("\u{1b}[1;32mmet"));
    }

    #[test]
    fn behaviours_have_parts_of_their_own() {
        let (model, found) = fixture_journey::behaviours(TWO_HOURS);
        let wide = simulate(&model, &found, Style { width: 100, colour: false });
        narrow(&wide, 100);
        insta::assert_snapshot!("simulate_behaviours", wide);
        narrow(&simulate(&model, &found, Style::default()), 80);
        let plain = fixture::model(TWO_HOURS);
        let text = simulate(&plain, &fixture::outcome(&plain), Style::default());
        for part in ["Coming again", "First attempts", "Callbacks", "Announced", "Backlog", "Several at once"]
        {
            assert!(wide.contains(part) && !text.contains(part), "{part}");
        }
    }

    #[test]
    fn no_cell_of_three_queues_on_several_days_is_broken() {
        let model = fixture::model(Size { days: 3, minutes: 60, open: (8, 20), dated: true });
        let mut outcome = fixture::outcome(&model);
        let level = Some(crate::stats::Estimate::around(0.834, 0.024, 0.95, 100).unwrap());
        outcome.queues[0].service_level.as_mut().unwrap().offered = level;
        outcome.queues[0].offered = Some(crate::stats::Estimate::exact(119_904.0));
        outcome.queues[0].abandoned = Some(crate::stats::Estimate::exact(90.0));
        for name in ["orders", "complaint-eu"] {
            let mut queue = outcome.queues[0].clone();
            name.clone_into(&mut queue.name);
            outcome.queues.push(queue);
        }
        let text = simulate(&model, &outcome, Style::default());
        let from = text.lines().position(|line| line.starts_with(" from")).unwrap();
        let rows: Vec<&str> = text.lines().skip(from + 2).take_while(|line| !line.is_empty()).collect();
        assert_eq!(rows.len(), 3 * 12 + 3, "one line for each interval and each day:\n{text}");
        let customers = text.lines().position(|line| line.starts_with(" queue")).unwrap();
        let lines = text.lines().skip(customers + 2).take_while(|line| line.contains('%')).count();
        assert_eq!(lines, 3, "{text}");
        narrow(&text, 80);
    }

    #[test]
    fn a_promise_on_a_share_of_days_is_answered_by_the_plan_that_keeps_it() {
        let model = fixture::model(TWO_HOURS);
        let mut answer = fixture::answer(&model);
        answer.outcome.targets[0].on_days = Some(0.95);
        answer.groups[0].agents.iter_mut().for_each(|n| *n = 24 * u32::from(*n > 0));
        answer.groups[0].scheduled.iter_mut().for_each(|n| *n = 35 * u32::from(*n > 0));
        let text = plan(&model, &answer, Style { width: 110, colour: false });
        assert!(
            text.contains(
                "24 agents (35 scheduled at 30% shrinkage) keep \"90% within 2m on 95% of days\".\n"
            ),
            "{text}"
        );
        assert!(text.contains("keep \"90% within 2m\" on average"), "{text}");
    }

    #[test]
    fn a_cap_on_occupancy_is_not_answered_by_a_bare_service_level() {
        let model = fixture::model(TWO_HOURS);
        let mut answer = fixture::answer(&model);
        let cap = &mut answer.outcome.targets[0];
        (cap.kind, cap.queue, cap.group) =
            (crate::montecarlo::TargetKind::MaxOccupancy, None, Some("everyone".to_owned()));
        let text = plan(&model, &answer, Style { width: 110, colour: false });
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(text.contains("\"at most 90% busy\" on average: 91.2% ± 0.1 answered within 2m;"), "{text}");
    }

    #[test]
    fn a_plan_that_was_stopped_says_so() {
        let model = fixture::model(TWO_HOURS);
        let mut answer = fixture::answer(&model);
        answer.outcome.interrupted = true;
        answer.verdict = crate::montecarlo::Verdict::Undecided;
        answer.nine_in_ten = None;
        let text = plan(&model, &answer, Style { width: 110, colour: false });
        assert!(text.contains("Caution: stopped before the search was over"), "{text}");
        assert!(text.contains("How many keep it on nine days in ten was not found."), "{text}");
    }

    #[test]
    fn contacts_a_day_are_those_of_an_open_day() {
        let mut model = fixture::model(Size { days: 2, minutes: 60, open: (9, 11), dated: false });
        let whole = model.queues[0].expected_contacts();
        let first = |i: usize| i < 24 && model.queues[0].opening.is_open(i);
        let flags: Vec<bool> = (0..48).map(first).collect();
        model.queues[0].opening = crate::model::Opening::from_flags(&flags);
        model.queues[0].volumes.iter_mut().skip(24).for_each(|volume| *volume = 0.0);
        let text = simulate(&model, &fixture::outcome(&model), Style::default());
        let said = format!("phone: {} contacts a day", crate::report::words::count(whole / 2.0));
        assert!(text.contains(&said), "{said}:\n{text}");
    }

    #[test]
    fn one_number_for_the_whole_day_is_said_in_agents() {
        let model = fixture::model(TWO_HOURS);
        let mut answer = fixture::answer(&model);
        answer.groups[0].agents.iter_mut().for_each(|n| *n = 21 * u32::from(*n > 0));
        for (found, agents, scheduled) in
            [(&mut answer.on_average, 21, 30), (&mut answer.nine_in_ten, 23, 33)]
        {
            let found = found.as_mut().unwrap();
            (found.agents, found.scheduled) = (agents, scheduled);
        }
        let text = plan(&model, &answer, Style { width: 110, colour: false });
        let expected = "21 agents (30 scheduled at 30% shrinkage) keep \"90% within 2m\" on average: 91.2% ± 0.1; that holds on 68% of\ndays. 38 customers a day hang up.\n23 agents (33 scheduled) keep it on nine days in ten: 94.8% ± 0.1. 17 customers a day hang up.\n";
        assert!(text.contains(expected), "{text}");
    }

    #[test]
    fn what_cannot_be_reached_is_said_first() {
        let model = fixture::model(TWO_HOURS);
        let mut answer = fixture::answer(&model);
        answer.reached = Reached::Unreachable { reason: "everyone may have at most 12 agents".to_owned() };
        (answer.on_average, answer.nine_in_ten) = (None, None);
        let text = plan(&model, &answer, Style::default());
        assert!(
            text.contains("No staffing keeps \"90% within 2m\". everyone may have at most 12 agents."),
            "{text}"
        );
    }

    #[test]
    fn nothing_counted_is_no_trouble() {
        let mut model = fixture::model(TWO_HOURS);
        let nothing = fixture::nothing(&model);
        assert!(simulate(&model, &nothing, Style::default()).contains("No contact was counted."));
        let mut answer = fixture::answer(&model);
        answer.outcome = nothing;
        answer.groups.clear();
        answer.curve.clear();
        answer.alternatives.clear();
        let _ = plan(&model, &answer, Style::default());
        (answer.outcome.queues, answer.outcome.groups) = (Vec::new(), Vec::new());
        model.queues.clear();
        model.groups.clear();
        let _ = plan(&model, &answer, Style::default());
    }
}
