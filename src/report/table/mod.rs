//! Reports for a terminal, to be understood by a planner without a manual: the answer first, then why, then all else.

mod intervals;
mod plan;
mod sections;
mod simulate;
mod style;

pub use plan::plan;
pub use simulate::simulate;
pub use style::Style;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Reached;
    use crate::report::fixture::{self, ONE_DAY, Size};

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
