//! Durations: text with units, "90s", "2m 30s", "4h", "1d", "1.5h".

use super::fault::{Trouble, quoted};
use super::item::Scalar;
use crate::units::{LONGEST_S, Micros, TIME_UNITS};

const HELP: &str = "write a duration as text with units: \"90s\", \"2m 30s\", \"4h\"";

/// A duration in seconds; zero is allowed. Bare numbers in a CSV file are seconds.
pub(super) fn seconds(scalar: Scalar<'_>, name: &str) -> Result<f64, Trouble> {
    let seconds = match scalar {
        Scalar::Text(text) => parse(text, name)?,
        Scalar::Cell(seconds) => seconds,
        Scalar::Whole(number) => return Err(unit_missing(name, &number.to_string())),
        Scalar::Real(number) => return Err(unit_missing(name, &number.to_string())),
        Scalar::Other(kind) => return Err(wrong(name, &format!("this is {kind}"))),
    };
    bounded(seconds, name)
}

/// A duration longer than nothing.
pub(super) fn some_seconds(scalar: Scalar<'_>, name: &str) -> Result<f64, Trouble> {
    let seconds = seconds(scalar, name)?;
    if Micros::from_secs_f64(seconds) > Micros::ZERO {
        return Ok(seconds);
    }
    Err(Trouble::new(format!("`{name}` must be longer than nothing"), "no time at all", HELP))
}

/// A duration on the clock.
pub(super) fn micros(scalar: Scalar<'_>, name: &str) -> Result<Micros, Trouble> {
    seconds(scalar, name).map(Micros::from_secs_f64)
}

/// A duration on the clock, longer than nothing.
pub(super) fn some_micros(scalar: Scalar<'_>, name: &str) -> Result<Micros, Trouble> {
    some_seconds(scalar, name).map(Micros::from_secs_f64)
}

fn bounded(seconds: f64, name: &str) -> Result<f64, Trouble> {
    if seconds < 0.0 {
        return Err(Trouble::new(format!("`{name}` is negative"), "a duration cannot be negative", HELP));
    }
    if seconds > LONGEST_S || !seconds.is_finite() {
        return Err(Trouble::new(format!("`{name}` is too long"), "more than ten years", HELP));
    }
    Ok(seconds)
}

fn unit_missing(name: &str, number: &str) -> Trouble {
    let number = quoted(number);
    Trouble::new(
        format!("`{name}` needs a unit"),
        format!("{number} of what?"),
        format!("write \"{number}s\" for seconds or \"{number}m\" for minutes"),
    )
}

fn wrong(name: &str, label: &str) -> Trouble {
    Trouble::new(format!("`{name}` is not a duration"), label, HELP)
}

/// The sum of number–unit pairs, in seconds.
fn parse(text: &str, name: &str) -> Result<f64, Trouble> {
    let mut rest = text.trim();
    if rest.len() > 60 || rest.is_empty() {
        return Err(wrong(name, if rest.is_empty() { "empty" } else { "too long for a duration" }));
    }
    let negative = rest.starts_with('-');
    rest = rest.trim_start_matches(['-', '+']);
    let mut total = 0.0;
    while !rest.is_empty() {
        let (part, after) = pair(rest, name, text)?;
        total += part;
        rest = after.trim_start();
    }
    Ok(if negative { -total } else { total })
}

/// One number with its unit, and what comes after.
fn pair<'a>(text: &'a str, name: &str, whole: &str) -> Result<(f64, &'a str), Trouble> {
    let digits = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let (number, after) = text.split_at(digits);
    if after.starts_with([':', ',']) {
        return Err(wrong(name, &format!("\"{}\" has a `{}`", quoted(whole), &after[..1])));
    }
    let value: f64 = number.parse().map_err(|_| wrong(name, &format!("\"{}\"", quoted(whole))))?;
    let after = after.trim_start();
    let letters = after.find(|c: char| !c.is_alphabetic()).unwrap_or(after.len());
    let (unit, rest) = after.split_at(letters);
    if unit.is_empty() {
        return Err(unit_missing(name, number));
    }
    match TIME_UNITS.iter().find(|(known, _)| *known == unit) {
        Some((_, seconds)) => Ok((value * seconds, rest)),
        None => Err(wrong(name, &format!("`{}` is no unit: ms, s, m, h and d are", quoted(unit)))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_as_planners_write_them() {
        let read = |text| seconds(Scalar::Text(text), "x");
        for (text, expected) in [
            ("90s", 90.0),
            ("2m 30s", 150.0),
            ("2m30s", 150.0),
            ("1.5h", 5400.0),
            ("4 min", 240.0),
            ("250ms", 0.25),
            ("1d 2h", 93_600.0),
            (" 0s ", 0.0),
        ] {
            assert_eq!(read(text), Ok(expected), "{text}");
        }
        for text in ["5", "", "5x", "-3s", "2:30", "1,5m", "5m 30", "1e400s", "m", "99999999d", "..s", "5M"] {
            assert!(read(text).is_err(), "{text}");
        }
        assert_eq!(seconds(Scalar::Cell(245.0), "x"), Ok(245.0));
        assert!(some_seconds(Scalar::Text("0.0000001s"), "x").is_err());
    }
}
