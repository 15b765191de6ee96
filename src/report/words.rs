//! Numbers as a planner would say them: few digits, the error beside them, units always.

use crate::stats::Estimate;
use crate::units::Micros;

/// `a`, `a and b`, `a, b and c`.
pub(super) fn listed(items: &[impl AsRef<str>]) -> String {
    let items: Vec<&str> = items.iter().map(AsRef::as_ref).collect();
    match &items[..] {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// What stands where a number does not apply.
pub(super) const NONE: &str = "–";

/// A count with as many digits as matter: `0.34`, `3.2`, `38`, `10,821`.
pub(super) fn count(x: f64) -> String {
    match x.abs() {
        size if size < 0.005 => "0".to_owned(),
        size if size < 0.995 => trimmed(x, 2),
        size if size < 9.95 => trimmed(x, 1),
        _ => thousands(x),
    }
}

/// Rounded to a whole number, with a comma before every third digit.
pub(super) fn thousands(x: f64) -> String {
    let digits = format!("{:.0}", x.abs());
    let mut text = String::from(if x <= -0.5 { "-" } else { "" });
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// With at most so many decimals, and none that is a trailing zero.
pub(super) fn trimmed(x: f64, decimals: usize) -> String {
    let text = format!("{x:.decimals$}");
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// Hours with one decimal: `1,312.5`.
pub(super) fn hours(x: f64) -> String {
    let tenths = (x.abs() * 10.0).round();
    let whole = (tenths / 10.0).trunc();
    let sign = if x < 0.0 && tenths > 0.0 { "-" } else { "" };
    format!("{sign}{}.{:.0}", thousands(whole), tenths - whole * 10.0)
}

/// A share as a percentage with one decimal that never claims a certainty that is not there: `91.2%`, `99.97%`, `100%`.
pub(super) fn percent(share: f64) -> String {
    let points = share * 100.0;
    match points {
        p if p == 0.0 || p == 100.0 => format!("{p:.0}%"),
        p if p > 0.0 && p < 0.05 => "<0.1%".to_owned(),
        p if (99.995..100.0).contains(&p) => ">99.99%".to_owned(),
        p if (99.95..100.0).contains(&p) => format!("{p:.2}%"),
        p => format!("{p:.1}%"),
    }
}

/// A share that somebody wrote down, such as a goal: `90%`, `92.5%`.
pub(super) fn goal_percent(share: f64) -> String {
    format!("{}%", trimmed(share * 100.0, 2))
}

/// A share in whole points, for a range of days: `71%`.
pub(super) fn whole_percent(share: f64) -> String {
    match share * 100.0 {
        p if (99.5..100.0).contains(&p) => ">99%".to_owned(),
        p if p > 0.0 && p < 0.5 => "<1%".to_owned(),
        p => format!("{p:.0}%"),
    }
}

/// A share and its computing error in points: `91.2% ± 0.3`.
pub(super) fn share(e: Estimate) -> String {
    with_error(percent(e.mean), error(e) * 100.0, |points| format!("{points:.1}"), 0.05)
}

/// A count and its computing error: `38 ± 2`.
pub(super) fn counted(e: Estimate) -> String {
    with_error(count(e.mean), error(e), count, 0.005)
}

/// An amount of money and its computing error, in whole units or, below a hundred, with two decimals: `5,600`,
/// `840 ± 12`, `-62.50 ± 3.10`.
pub(super) fn priced(e: Estimate) -> String {
    if e.mean.abs() >= 99.995 {
        with_error(thousands(e.mean), error(e), thousands, 0.5)
    } else {
        let cents = |x: f64| format!("{x:.2}");
        with_error(cents(e.mean), error(e), cents, 0.005)
    }
}

/// A number of seconds and its computing error: `42s ± 1.5s`.
pub(super) fn timed(e: Estimate) -> String {
    with_error(seconds(e.mean), error(e), seconds, 0.05)
}

/// The longer arm of the interval; nothing is known from one replication.
fn error(e: Estimate) -> f64 {
    if e.replications == 1 {
        return f64::INFINITY;
    }
    (e.mean - e.low).max(e.high - e.mean)
}

/// `mean ± error`; an error too small for its digits is said to be less than the least of them.
fn with_error(mean: String, error: f64, written: impl Fn(f64) -> String, least: f64) -> String {
    match error {
        0.0 => mean,
        e if !e.is_finite() => format!("{mean} ± ?"),
        e if e < least => format!("{mean} ± <{}", written(2.0 * least)),
        e => format!("{mean} ± {}", written(e)),
    }
}

/// A length of time that was measured: `0.4s`, `42s`, `2m 05s`, `1h 10m`, `3d 4h`.
pub(super) fn seconds(seconds: f64) -> String {
    if seconds < 9.95 {
        return format!("{}s", trimmed(seconds, 1));
    }
    let s = seconds.round() as u64;
    match s {
        0..60 => format!("{s}s"),
        60..3600 => format!("{}m {:02}s", s / 60, s % 60),
        3600..172_800 => format!("{}h {:02}m", s / 3600, s % 3600 / 60),
        _ => format!("{}d {}h", s / 86_400, s % 86_400 / 3600),
    }
}

/// A length of time that somebody wrote down: `2m`, `20s`.
pub(super) fn threshold(seconds: f64) -> String {
    Micros::from_secs_f64(seconds).to_string()
}

/// `1 agent`, `21 agents`.
pub(super) fn agents(n: u32) -> String {
    plural(u64::from(n), "agent")
}

/// `1 day`, `1,000 days`.
pub(super) fn plural(n: u64, noun: &str) -> String {
    format!("{} {noun}{}", thousands(n as f64), if n == 1 { "" } else { "s" })
}

/// A share of days in words: `on 68% of days`.
pub(super) fn on_days(share: f64) -> String {
    match share {
        s if s >= 1.0 => "on every simulated day".to_owned(),
        s if s > 0.0 => format!("on {} of days", whole_percent(s)),
        _ => "on no simulated day".to_owned(),
    }
}

/// Text broken between words into lines of at most `width` characters.
pub(super) fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_have_the_digits_that_matter() {
        let texts = [0.0, 0.001, 0.336, 1.0, 3.24, 9.96, 38.4, 999.6, 10_821.2, 1_234_567.0].map(count);
        assert_eq!(texts, ["0", "0", "0.34", "1", "3.2", "10", "38", "1,000", "10,821", "1,234,567"]);
        assert_eq!([312.5, 1_312.04, 9.96, 0.0].map(hours), ["312.5", "1,312.0", "10.0", "0.0"]);
    }

    #[test]
    fn percentages_never_round_up_to_certainty() {
        let texts = [0.0, 0.0002, 0.912, 0.9994, 0.9997, 0.99999, 1.0].map(percent);
        assert_eq!(texts, ["0%", "<0.1%", "91.2%", "99.9%", "99.97%", ">99.99%", "100%"]);
        assert_eq!([0.9, 0.925, 1.0].map(goal_percent), ["90%", "92.5%", "100%"]);
        assert_eq!([0.0, 0.001, 0.712, 0.996, 1.0].map(whole_percent), ["0%", "<1%", "71%", ">99%", "100%"]);
    }

    #[test]
    fn money_has_cents_where_they_matter() {
        let about = |mean, half| Estimate::around(mean, half, 0.95, 100).unwrap();
        assert_eq!(priced(Estimate::exact(5600.4)), "5,600");
        assert_eq!([about(840.4, 12.3), about(840.4, 0.1)].map(priced), ["840 ± 12", "840 ± <1"]);
        assert_eq!([about(-62.5, 3.1), about(1.843, 0.001)].map(priced), ["-62.50 ± 3.10", "1.84 ± <0.01"]);
    }

    #[test]
    fn errors_stand_beside_the_number() {
        let about = |mean, half| Estimate::around(mean, half, 0.95, 100).unwrap();
        assert_eq!(share(about(0.9123, 0.0031)), "91.2% ± 0.3");
        assert_eq!(share(about(0.9123, 0.0001)), "91.2% ± <0.1");
        assert_eq!(share(Estimate::exact(0.9123)), "91.2%");
        assert_eq!(share(about(0.9, f64::INFINITY)), "90.0% ± ?");
        assert_eq!(counted(about(38.4, 2.3)), "38 ± 2.3");
        assert_eq!(counted(about(38.4, 0.001)), "38 ± <0.01");
        assert_eq!(timed(about(42.0, 1.54)), "42s ± 1.5s");
        assert_eq!(timed(about(42.0, 0.01)), "42s ± <0.1s");
    }

    #[test]
    fn times_read_as_planners_write_them() {
        let texts = [0.04, 4.25, 42.4, 125.0, 4200.0, 273_600.0].map(seconds);
        assert_eq!(texts, ["0s", "4.2s", "42s", "2m 05s", "1h 10m", "3d 4h"]);
    }

    #[test]
    fn days_are_said_in_words() {
        let texts = [1.0, 0.997, 0.96, 0.68, 0.004, 0.0].map(on_days);
        let said = [
            "on every simulated day",
            "on >99% of days",
            "on 96% of days",
            "on 68% of days",
            "on <1% of days",
            "on no simulated day",
        ];
        assert_eq!(texts, said);
    }

    #[test]
    fn lines_break_between_words() {
        assert_eq!(wrapped("a bc def  ghij", 6), ["a bc", "def", "ghij"]);
        assert!(wrapped("", 6).is_empty());
    }
}
