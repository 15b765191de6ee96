//! A scenario told by flags: it becomes text, so that it meets the same checks as a file and can be gone on from.

use super::args::Quick;
use super::quantity::{Promise, Share};
use std::fmt::Write;

/// Opening hours where nobody names them.
const USUAL_HOURS: &str = "08:00-18:00";

/// The scenario as a file would hold it.
pub(super) fn text(flags: &Quick) -> String {
    let mut text = String::from(
        "# Written by headcount plan from its flags; go on from here.\n\
         # Everything that is not written is off: no shrinkage, no redials, no busy days.\n\
         name = \"Quick plan\"\n\n[calendar]\n",
    );
    let _ = writeln!(text, "open = {}", quoted(flags.open.as_deref().unwrap_or(USUAL_HOURS)));
    text += "\n[run]\n# As if it had been running for ever.\nstart = \"steady\"\n\n[queue.calls]\n";
    if let Some(calls) = &flags.calls {
        let _ = writeln!(text, "arrivals = {{ per_hour = {} }}", calls.per_hour);
    }
    if let Some(aht) = &flags.aht {
        let _ = writeln!(text, "aht      = {{ exponential = {{ mean = {} }} }}", quoted(&aht.text));
    }
    if let Some(patience) = &flags.patience {
        let _ = writeln!(text, "patience = {{ exponential = {{ mean = {} }} }}", quoted(&patience.text));
    }
    let _ = writeln!(text, "target   = [ {} ]", promises(flags).join(", "));
    text += "\n[group.agents]\nserves    = [\"calls\"]\n";
    if let Some(shrinkage) = &flags.shrinkage {
        let _ = writeln!(text, "shrinkage = {}", share(shrinkage));
    }
    text
}

fn promises(flags: &Quick) -> Vec<String> {
    let levels = flags.target.iter().map(promise);
    let lost = flags.abandoned.iter().map(|most| format!("{{ abandoned = {} }}", share(most)));
    levels.chain(lost).collect()
}

fn promise(promise: &Promise) -> String {
    let per = promise.per.map_or_else(String::new, |per| format!(", per = \"{per}\""));
    format!("{{ answered = {}, within = {}{per} }}", share(&promise.level), quoted(&promise.within.text))
}

/// A percentage as it was written, or a plain number.
fn share(share: &Share) -> String {
    if share.text.ends_with('%') { quoted(&share.text) } else { share.share.to_string() }
}

/// A TOML string, whatever is in it.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::quantity;
    use crate::scenario;

    fn flags() -> Quick {
        Quick {
            calls: quantity::rate("240/h").ok(),
            aht: quantity::duration("5m").ok(),
            patience: quantity::duration("3m").ok(),
            target: vec![quantity::promise("0.9 within 2m per interval").unwrap()],
            abandoned: quantity::share("5%").ok(),
            open: None,
            shrinkage: quantity::share("30%").ok(),
            save: None,
        }
    }

    #[test]
    fn what_the_flags_tell_is_a_scenario_without_faults() {
        let text = text(&flags());
        insta::assert_snapshot!(text);
        let scenario = scenario::from_text("flags", &text, None, &[]).unwrap();
        assert_eq!(scenario.model.queues[0].targets.len(), 2);
        assert!(scenario.notes.is_empty());
    }

    #[test]
    fn odd_hours_stay_one_string() {
        let odd = Quick { open: Some("8\"\n[x]".to_owned()), ..flags() };
        let faults = scenario::from_text("flags", &text(&odd), None, &[]).unwrap_err();
        assert!(faults.iter().all(|fault| fault.title.contains("open")), "{faults}");
    }
}
