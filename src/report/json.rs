//! `results.json`: everything, in a fixed order of keys, so that the same seed gives the same bytes.

use serde_json::{Map, Value};

use crate::montecarlo::Outcome;
use crate::plan::Answer;

/// The results as JSON, indented, with a line break at the end. `scenario_hash` names the scenario's exact text.
///
/// Keys come in the order of the published contract: `program` and the run first, then `total`, `queues`, `groups`,
/// `targets`, and `plan` where there is one.
pub fn results(
    outcome: &Outcome,
    scenario_hash: &str,
    answer: Option<&Answer>,
) -> serde_json::Result<String> {
    let mut all = Map::new();
    all.insert("program".to_owned(), Value::from(concat!("headcount ", env!("CARGO_PKG_VERSION"))));
    if let Value::Object(found) = serde_json::to_value(outcome)? {
        for (key, value) in found {
            let first = key == "scenario";
            all.insert(key, value);
            if first {
                all.insert("scenario_hash".to_owned(), Value::from(scenario_hash));
            }
        }
    }
    if let Some(answer) = answer {
        all.insert("plan".to_owned(), serde_json::to_value(answer)?);
    }
    Ok(serde_json::to_string_pretty(&all)? + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::{self, Size};

    const HOUR: Size = Size { days: 1, minutes: 60, open: (9, 11), dated: false };

    #[test]
    fn the_contract_key_by_key() {
        let model = fixture::model(HOUR);
        let answer = fixture::answer(&model);
        let text = results(&answer.outcome, "0123abcd", Some(&answer)).unwrap();
        insta::with_settings!({ filters => vec![(r"headcount \d+\.\d+\.\d+", "headcount [version]")] }, {
            insta::assert_snapshot!(text);
        });
    }

    #[test]
    fn what_does_not_apply_is_left_out() {
        let model = fixture::model(HOUR);
        let text = results(&fixture::nothing(&model), "0123abcd", None).unwrap();
        assert!(!text.contains("null") && !text.contains("\"plan\"") && text.ends_with("}\n"));
    }

    #[test]
    fn numbers_that_are_none_do_not_break_it() {
        let model = fixture::model(HOUR);
        let mut outcome = fixture::outcome(&model);
        let offered = outcome.total.offered.as_mut().unwrap();
        offered.high = f64::INFINITY;
        let text = results(&outcome, "", None).unwrap();
        let back: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(back["total"]["offered"].as_object().unwrap().keys().collect::<Vec<_>>(), ["mean", "low"]);
    }
}
