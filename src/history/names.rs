//! Names of queues in a file become keys of a scenario and names of files: letters, digits and `-`, each once.

use std::collections::HashSet;

/// A key for each name, in the same order.
pub(super) fn keys<'a>(names: impl Iterator<Item = (&'a str, &'static str)>) -> Vec<String> {
    let mut taken = HashSet::new();
    let mut key = |(name, channel): (&str, &str)| {
        let plain = slug(name);
        // One queue's media are told apart by channel, anything else by number.
        let numbered = (2..).map(|k| format!("{plain}-{k}"));
        let choices = [plain.clone(), format!("{plain}-{channel}")].into_iter().chain(numbered);
        choices.into_iter().find(|choice| taken.insert(choice.clone())).unwrap_or(plain.clone())
    };
    names.map(&mut key).collect()
}

fn slug(name: &str) -> String {
    let mut words = String::new();
    for c in name.chars().take(60).flat_map(char::to_lowercase) {
        match c {
            'ä' => words.push_str("ae"),
            'ö' => words.push_str("oe"),
            'ü' => words.push_str("ue"),
            'ß' => words.push_str("ss"),
            'à' | 'á' | 'â' => words.push('a'),
            'è' | 'é' | 'ê' => words.push('e'),
            'ç' => words.push('c'),
            'ñ' => words.push('n'),
            c if c.is_ascii_alphanumeric() => words.push(c),
            _ => words.push(' '),
        }
    }
    let joined = words.split_whitespace().collect::<Vec<_>>().join("-");
    if joined.is_empty() { "queue".to_owned() } else { joined }
}

/// A name from a file that may stand in a comment: one line, nothing that a terminal acts on.
pub(super) fn in_comment(name: &str) -> String {
    name.chars().take(80).map(|c| if c.is_control() { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_plain_and_each_is_there_once() {
        let names = [
            ("Billing (EN)", "voice"),
            ("billing en", "chat"),
            ("Billing-EN", "voice"),
            ("Ümläut", "voice"),
            ("", "voice"),
            ("…", "voice"),
        ];
        assert_eq!(
            keys(names.into_iter()),
            ["billing-en", "billing-en-chat", "billing-en-voice", "uemlaeut", "queue", "queue-voice"]
        );
    }
}
