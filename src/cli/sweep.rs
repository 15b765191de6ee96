//! `headcount sweep`: one scenario with other values of some keys, side by side with the scenario as it stands.

use super::args::{Changes, Sweep};
use super::compare::{Contest, Entry, contest};
use super::exit::Exit;
use super::failure::Failure;
use super::printer::Printer;
use super::quantity::Share;
use super::simulate::staffed;
use super::{deliver, fresh, quantity, scene};
use crate::model::Lever;
use crate::montecarlo::Staffing;
use crate::report::compare::Swing;
use crate::scenario::Scenario;

/// Most scenarios of a sweep: each is played in full.
const MOST: usize = 200;
/// The scenario without any of the values that are tried.
const AS_IT_STANDS: &str = "as it stands";

/// Tries every combination, and every swing, on the same customers.
pub(super) fn run(asked: &Sweep, printer: &Printer) -> Result<Exit, Failure> {
    let grid = Grid::of(&asked.changes)?;
    let swing = asked.swing.as_deref().map(share).transpose()?;
    if !grid.trials.is_empty() && swing.is_some() {
        let mend = "leave out --swing, or give every key one value";
        return Err(Failure::usage("--swing and several values are two questions", mend));
    }
    if grid.trials.is_empty() && swing.is_none() {
        let mend = "give a key several values, --set group.crew.agents=20,22,24; or --swing";
        return Err(Failure::usage("there is nothing to try", mend));
    }
    let base = read(asked, &grid.plain, printer)?;
    let name = format!("{} sweep", base.model.name);
    let text = base.text.clone();
    let entry =
        |name: String, hash: &str, model| Entry { name, hash: hash.to_owned(), model, text: text.clone() };
    let mut entries = vec![entry(AS_IT_STANDS.to_owned(), &base.hash, base.model.clone())];
    let mut swings = Vec::new();
    if let Some(by) = &swing {
        for lever in Lever::ALL {
            let models = [1.0 - by.share, 1.0 + by.share].map(|factor| base.model.swung(lever, factor));
            let [Some(down), Some(up)] = models else { continue };
            let down_and_up = [entries.len(), entries.len() + 1];
            let step = lever.step(by.share);
            swings.push(Swing { of: lever.name().to_owned(), by: step.clone(), down_and_up });
            for (model, sign) in [(down, '-'), (up, '+')] {
                let name = format!("{} {sign}{step}", lever.name());
                entries.push(entry(name, &base.hash, model));
            }
        }
    }
    for trial in &grid.trials {
        let set = grid.plain.set.iter().chain(trial).cloned().collect();
        let changes = Changes { set, agents: grid.plain.agents.clone() };
        let found = read(asked, &changes, printer)?;
        entries.push(entry(trial.join(", "), &found.hash, found.model));
    }
    let mut words = vec!["sweep".to_owned(), deliver::quoted(&asked.file.display().to_string())];
    words.extend(asked.swing.iter().flat_map(|by| ["--swing".to_owned(), deliver::quoted(by)]));
    let contested = Contest {
        name,
        swings,
        report: asked.report,
        words,
        changes: &asked.changes,
        run: &asked.run,
        output: &asked.output,
    };
    contest(contested, entries, printer)
}

fn read(asked: &Sweep, changes: &Changes, printer: &Printer) -> Result<Scenario, Failure> {
    let mut scenario = scene::read(&asked.file, changes, Some(&asked.run), printer)?;
    staffed(&scenario.model)?;
    let staffing = Staffing::given(&scenario.model);
    fresh::solve(&mut scenario, &staffing, printer)?;
    Ok(scenario)
}

/// By how much everything swings.
fn share(text: &str) -> Result<Share, Failure> {
    let wrong = |why: String| Failure::usage(format!("--swing {text}: {why}"), "write --swing 10%");
    let share = quantity::share(text).map_err(wrong)?;
    let inside = share.share > 0.0 && share.share < 1.0;
    if inside { Ok(share) } else { Err(wrong("must be between 0% and 100%".to_owned())) }
}

/// What is tried, and what is changed in all of it.
struct Grid {
    plain: Changes,
    /// The changes of each combination.
    trials: Vec<Vec<String>>,
}

impl Grid {
    /// Keys with several values become combinations, the last one changing first.
    fn of(changes: &Changes) -> Result<Self, Failure> {
        let mut plain = Vec::new();
        let mut trials: Vec<Vec<String>> = vec![Vec::new()];
        for text in &changes.set {
            let values = text.split_once('=').map(|(key, values)| (key, alternatives(values)));
            let Some((key, values)) = values.filter(|(_, values)| values.len() > 1) else {
                plain.push(text.clone());
                continue;
            };
            let with = |trial: &Vec<String>, value: &&str| {
                trial.iter().cloned().chain([format!("{key}={}", value.trim())]).collect()
            };
            trials =
                trials.iter().flat_map(|trial| values.iter().map(move |value| with(trial, value))).collect();
            if trials.len() > MOST {
                let reason = format!("{} combinations are too many to play", trials.len());
                return Err(Failure::usage(reason, format!("try at most {MOST} at a time")));
            }
        }
        trials.retain(|trial| !trial.is_empty());
        Ok(Self { plain: Changes { set: plain, agents: changes.agents.clone() }, trials })
    }
}

/// The parts of a text between commas that stand outside of brackets and quotes.
fn alternatives(text: &str) -> Vec<&str> {
    let (mut depth, mut quote, mut start) = (0_i32, None, 0);
    let mut found = Vec::new();
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (None, '"' | '\'') => quote = Some(c),
            (None, '[' | '{') => depth += 1,
            (None, ']' | '}') => depth -= 1,
            (None, ',') if depth <= 0 => {
                found.push(&text[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    found.push(&text[start..]);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_parted_outside_of_brackets_and_quotes() {
        assert_eq!(alternatives("1,2"), ["1", "2"]);
        assert_eq!(alternatives("[1,2],[3,4]"), ["[1,2]", "[3,4]"]);
        assert_eq!(alternatives(r#"{ a = "x,y" },"p,q""#), [r#"{ a = "x,y" }"#, r#""p,q""#]);
        assert_eq!(alternatives("90% in 2m"), ["90% in 2m"]);
        assert_eq!(alternatives(""), [""]);
        assert_eq!(alternatives("]1,2"), ["]1", "2"]);
    }

    #[test]
    fn several_keys_give_every_combination() {
        let set = ["a=1,2", "b=x", "c=3,4"].map(str::to_owned).to_vec();
        let grid = Grid::of(&Changes { set, agents: Vec::new() }).unwrap_or_else(|_| panic!("few enough"));
        assert_eq!(grid.plain.set, ["b=x"]);
        assert_eq!(grid.trials, [["a=1", "c=3"], ["a=1", "c=4"], ["a=2", "c=3"], ["a=2", "c=4"]]);
        let set = vec!["a=1,2,3,4,5,6,7,8,9,10,11,12,13,14,15".to_owned(); 2];
        assert!(Grid::of(&Changes { set, agents: Vec::new() }).is_err());
    }
}
