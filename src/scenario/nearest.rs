//! "Did you mean …?": the nearest known word.

use super::fault::quoted;

/// Words that planners use for keys that are called something else here.
const ALSO: [(&str, &str); 42] = [
    ("acw", "wrap"),
    ("after_call_work", "wrap"),
    ("wrap_up", "wrap"),
    ("talk", "handle"),
    ("handle_time", "handle"),
    ("handling_time", "handle"),
    ("service_time", "handle"),
    ("average_handling_time", "aht"),
    ("sla", "target"),
    ("goal", "target"),
    ("service_level", "target"),
    ("targets", "target"),
    ("staff", "agents"),
    ("volume", "arrivals"),
    ("calls", "arrivals"),
    ("skills", "serves"),
    ("queues", "serves"),
    ("hours", "open"),
    ("opening_hours", "open"),
    ("trunks", "lines"),
    ("abandonment", "patience"),
    ("cost", "cost_per_hour"),
    ("overflow", "after_wait"),
    ("date", "start"),
    ("agents_scheduled", "scheduled"),
    ("phone", "voice"),
    ("call", "voice"),
    ("mail", "email"),
    ("retrial", "redial"),
    ("retry", "redial"),
    ("recontact", "repeat"),
    ("fcr", "repeat"),
    ("escalation", "transfer"),
    ("handover", "transfer"),
    ("ivr", "self_service"),
    ("chatbot", "self_service"),
    ("containment", "contained"),
    ("deflection", "contained"),
    ("max_chats", "concurrency"),
    ("minimum_idle", "reserve"),
    ("wip", "backlog"),
    ("take_up", "accept"),
];

/// The known word nearest to `word`, if one is near.
pub(super) fn nearest<'a>(word: &str, known: impl Iterator<Item = &'a str> + Clone) -> Option<&'a str> {
    if word.len() > 100 {
        return None;
    }
    let lower = word.to_lowercase();
    let alias = ALSO.iter().find(|(other, _)| *other == lower).map(|(_, name)| *name);
    if let Some(name) = alias.and_then(|alias| known.clone().find(|name| *name == alias)) {
        return Some(name);
    }
    known
        .map(|name| (strsim::normalized_damerau_levenshtein(&lower, &name.to_lowercase()), name))
        .filter(|(likeness, _)| *likeness >= 0.55)
        .fold(
            None,
            |best: Option<(f64, &str)>, next| {
                if best.is_some_and(|b| b.0 >= next.0) { best } else { Some(next) }
            },
        )
        .map(|(_, name)| name)
}

/// The mend for an unknown word: the nearest, or all that there are.
pub(crate) fn or_all<'a>(word: &str, known: impl Iterator<Item = &'a str> + Clone) -> String {
    match nearest(word, known.clone()) {
        Some(name) => format!("did you mean `{}`?", quoted(name)),
        None => format!("known: {}", list(known)),
    }
}

/// "`a`, `b` and `c`", at most twenty of them.
pub(super) fn list<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let names: Vec<String> = names.map(|name| format!("`{}`", quoted(name))).collect();
    match names.as_slice() {
        [] => "none".to_owned(),
        [one] => one.clone(),
        [first @ .., last] if names.len() <= 20 => format!("{} and {last}", first.join(", ")),
        many => format!("{} and {} more", many[..20].join(", "), many.len() - 20),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_and_other_words_are_understood() {
        let keys = ["patience", "wrap", "target", "handle", "arrivals"];
        let find = |word| nearest(word, keys.iter().copied());
        assert_eq!(find("patiense"), Some("patience"));
        assert_eq!(find("ACW"), Some("wrap"));
        assert_eq!(find("service_level"), Some("target"));
        assert_eq!(find("xyzzy"), None);
        assert_eq!(or_all("zz", ["a", "b", "c"].into_iter()), "known: `a`, `b` and `c`");
    }
}
