//! What customers feel and what it costs; nothing where a scenario prices neither.

use super::style::{Style, header};
use crate::montecarlo::{Felt, Outcome};
use crate::report::promise;
use crate::report::words::{NONE, counted, priced, share};
use crate::stats::Estimate;

/// A line for every outcome.
pub(super) fn felt(outcome: &Outcome, style: Style) -> String {
    if outcome.outcomes.is_empty() {
        return String::new();
    }
    let valued = outcome.outcomes.iter().any(|felt| felt.value.is_some());
    let mut titles = header(["outcome", "queue", "share", "customers"]);
    if valued {
        titles.push("worth".to_owned());
    }
    let row = |felt: &Felt| {
        let mut row = vec![
            felt.name.clone(),
            felt.queue.clone(),
            felt.share.map_or(NONE.to_owned(), share),
            felt.customers.map_or(NONE.to_owned(), counted),
        ];
        if valued {
            row.push(felt.value.map_or(NONE.to_owned(), priced));
        }
        row
    };
    let rows = outcome.outcomes.iter().map(row).collect();
    let mut out = format!("\n{}", style.heading("What customers feel, on an average day"));
    out.push_str(&style.grid(&titles, rows));
    let values = outcome.outcomes.iter().filter(|felt| felt.value.is_some()).count();
    if let Some(value) = outcome.total.value.filter(|_| values > 1) {
        out.push_str(
            &style.paragraph(&format!("All of them together are worth {} a day.", priced(value)), 1),
        );
    }
    out
}

/// The bill, where more than staff is on it.
pub(super) fn costs(outcome: &Outcome, style: Style) -> String {
    let total = &outcome.total;
    if total.contact_cost.is_none() && total.penalty_cost.is_none() {
        return String::new();
    }
    let line = |what: &str, e: Option<Estimate>| e.map(|e| vec![what.to_owned(), priced(e)]);
    let rows = [
        line("scheduled hours", total.staff_cost),
        line("answered contacts, by the contact", total.contact_cost),
        line("penalties less bonuses", total.penalty_cost),
        line("in all", total.cost),
    ]
    .into_iter()
    .flatten()
    .collect();
    let mut out = format!("\n{}", style.heading("What it costs"));
    out.push_str(&style.grid(&header(["part", "a day"]), rows));
    let each = |what: &str, e: Option<Estimate>| e.map(|e| format!("{} for each {what}", priced(e)));
    let contact = each("answered contact", total.cost_per_contact);
    let told: Vec<String> =
        contact.into_iter().chain(each("resolved case", total.cost_per_resolved)).collect();
    if !told.is_empty() {
        out.push_str(&style.paragraph(&format!("{}.", told.join(", ")), 1));
    }
    out.push_str(&promises(outcome, style));
    out
}

/// What each promise costs, where there are several that may.
fn promises(outcome: &Outcome, style: Style) -> String {
    let priced_ones = outcome.targets.iter().filter_map(|target| Some((target, target.penalty_cost?)));
    let told: Vec<String> = priced_ones
        .map(|(target, e)| format!("{}, {}: {}", promise::whose(target), promise::goal(target), priced(e)))
        .collect();
    match told.len() {
        0 | 1 => String::new(),
        _ => style.paragraph(&format!("Penalties less bonuses of {}.", told.join("; ")), 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::{self, Size};
    use crate::report::table::{plan, simulate};

    const TWO_HOURS: Size = Size { days: 1, minutes: 60, open: (9, 11), dated: false };

    fn about(mean: f64, half: f64) -> Option<Estimate> {
        Estimate::around(mean, half, 0.95, 1000)
    }

    fn priced_outcome() -> Outcome {
        let mut outcome = fixture::outcome(&fixture::model(TWO_HOURS));
        let felt = |name: &str, share: f64, value: Option<Estimate>| Felt {
            name: name.to_owned(),
            queue: "phone".to_owned(),
            share: about(share, 0.002),
            customers: about(4000.0 * share, 9.0),
            value,
        };
        outcome.outcomes =
            vec![felt("satisfied", 0.81, about(38_880.0, 108.0)), felt("lost", 0.02, about(-1600.0, 40.0))];
        let total = &mut outcome.total;
        total.value = about(37_280.0, 120.0);
        (total.staff_cost, total.contact_cost) = (Some(Estimate::exact(5600.0)), about(840.5, 12.0));
        (total.penalty_cost, total.cost) = (about(-62.5, 30.0), about(6378.0, 35.0));
        (total.cost_per_contact, total.cost_per_resolved) = (about(1.62, 0.01), about(1.843, 0.004));
        let second = outcome.targets[0].clone();
        outcome.targets.push(second);
        outcome.targets[0].penalty_cost = about(37.5, 20.0);
        outcome.targets[1].penalty_cost = about(-100.0, 10.0);
        outcome
    }

    #[test]
    fn the_words_are_pinned() {
        let outcome = priced_outcome();
        let text = felt(&outcome, Style::default()) + &costs(&outcome, Style::default());
        insta::assert_snapshot!("worth", text);
        assert!(text.lines().all(|line| line.chars().count() <= 80));
        let model = fixture::model(TWO_HOURS);
        let mut answer = fixture::answer(&model);
        answer.outcome = outcome.clone();
        for report in [simulate(&model, &outcome, Style::default()), plan(&model, &answer, Style::default())]
        {
            assert!(report.contains("What it costs") && report.contains("What customers feel"));
        }
    }

    #[test]
    fn nothing_is_said_where_nothing_is_priced() {
        let outcome = fixture::outcome(&fixture::model(TWO_HOURS));
        assert!(outcome.total.cost.is_some());
        assert_eq!(felt(&outcome, Style::default()) + &costs(&outcome, Style::default()), "");
    }
}
