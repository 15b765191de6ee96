//! What stands in a cell: numbers with thousands set apart or decimal commas, shares, lengths of time.
//!
//! Planners' exports hold `1,234`, `1.234,5`, `12,5%` and `0:05:30`. A cell that could mean two numbers is a fault, never
//! a guess: `1.234` where columns are parted by semicolons is twelve hundred to one office and one and a quarter to another.

use crate::scenario::{Trouble, quoted};

/// Which mark parts whole numbers from their decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decimal {
    /// `1,234.5`
    Dot,
    /// `1.234,5`
    Comma,
}

/// How numbers of a file are written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Numbers {
    /// As asked for; else worked out cell by cell.
    pub(super) decimal: Option<Decimal>,
    /// Whether the columns are parted by commas, so that a bare comma in a cell must part thousands.
    pub(super) commas_part_columns: bool,
}

impl Numbers {
    /// A number of at least 0; `None` for an empty cell or a dash.
    pub(super) fn count(self, text: &str) -> Result<Option<f64>, Trouble> {
        let text = text.trim();
        if matches!(text, "" | "-" | "–" | "NULL" | "null" | "N/A" | "n/a") {
            return Ok(None);
        }
        let value = match plain(text) {
            Some(value) => value,
            None => self.written(text)?,
        };
        if value < 0.0 {
            return Err(Trouble::new(
                format!("\"{}\" is less than nothing", quoted(text)),
                "must be 0 or more",
                "export the file again, or correct the cell",
            ));
        }
        Ok(Some(value))
    }

    /// A share from 0 to 1: `12.5%`, `0.125`.
    pub(super) fn share(self, text: &str) -> Result<Option<f64>, Trouble> {
        let text = text.trim();
        let (number, whole) = text.strip_suffix('%').map_or((text, 1.0), |number| (number, 100.0));
        let Some(value) = self.count(number)? else { return Ok(None) };
        if value / whole <= 1.0 {
            return Ok(Some(value / whole));
        }
        let title = format!("\"{}\" is no share", quoted(text));
        Err(Trouble::new(title, "more than everything", "write 12.5% or 0.125"))
    }

    /// Seconds: a number of them, or `h:mm:ss`.
    pub(super) fn seconds(self, text: &str) -> Result<Option<f64>, Trouble> {
        let text = text.trim();
        if !text.contains(':') {
            return self.count(text);
        }
        let parts: Vec<&str> = text.split(':').collect();
        let whole = |part: &str| {
            (!part.is_empty() && part.len() <= 6 && part.bytes().all(|b| b.is_ascii_digit()))
                .then(|| part.parse::<f64>().ok())
                .flatten()
        };
        match parts.as_slice() {
            [hours, minutes, seconds] => {
                let seconds = seconds.replacen(',', ".", 1).parse::<f64>().ok();
                let found = (whole(hours), whole(minutes), seconds.filter(|s| (0.0..60.0).contains(s)));
                if let (Some(h), Some(m), Some(s)) = found
                    && m < 60.0
                {
                    return Ok(Some(h * 3600.0 + m * 60.0 + s));
                }
                Err(no_duration(text))
            }
            [_, _] => Err(Trouble::new(
                format!("\"{}\" may be minutes and seconds or hours and minutes", quoted(text)),
                "two readings",
                "write h:mm:ss, such as 0:05:30, or seconds",
            )),
            _ => Err(no_duration(text)),
        }
    }

    /// A number that is more than digits and one dot.
    fn written(self, text: &str) -> Result<f64, Trouble> {
        let bare: String = text.chars().filter(|c| !" \u{a0}\u{202f}'’".contains(*c)).collect();
        let (dots, commas) = (bare.matches('.').count(), bare.matches(',').count());
        let (later_comma, grouped_dot) = (bare.rfind(',') > bare.rfind('.'), in_thousands(&bare, '.'));
        let decimal = match (self.decimal, dots, commas) {
            (Some(decimal), ..) => decimal,
            // One dot between semicolons, three digits behind it.
            (None, 1, 0) if !self.commas_part_columns && grouped_dot => return Err(two_numbers(text, &bare)),
            // Several dots can only part thousands.
            (None, 2.., 0) => Decimal::Comma,
            // Of both marks the later one parts the decimals.
            (None, 1.., 1..) if later_comma => Decimal::Comma,
            (None, 0, 1..) if !self.commas_part_columns => Decimal::Comma,
            (None, ..) => Decimal::Dot,
        };
        let (point, group) = if decimal == Decimal::Dot { ('.', ',') } else { (',', '.') };
        let (whole, fraction) = bare.split_once(point).unwrap_or((&bare, ""));
        if whole.contains(group) && !in_thousands(whole, group) || fraction.contains([group, point]) {
            return Err(self.no_number(text));
        }
        let whole: String = whole.chars().filter(|c| *c != group).collect();
        let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        let unsigned = whole.strip_prefix('-').unwrap_or(&whole);
        if !digits(unsigned) || !digits(fraction) || unsigned.is_empty() {
            return Err(self.no_number(text));
        }
        parsed(&format!("{whole}.{fraction}")).ok_or_else(|| self.no_number(text))
    }

    fn no_number(self, text: &str) -> Trouble {
        let help = if self.commas_part_columns && text.contains(',') {
            "with decimal commas, part the columns by semicolons, or add --decimal comma"
        } else {
            "write a number such as 12 or 12.5"
        };
        Trouble::new(format!("\"{}\" is no number", quoted(text)), "not understood", help)
    }
}

/// A number that can be read in one way: digits and at most one dot, not followed by exactly three digits.
fn plain(text: &str) -> Option<f64> {
    let ordinary = text.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b'-');
    let three_behind = text.len() > 4 && text.as_bytes()[text.len() - 4] == b'.';
    if ordinary && !three_behind { parsed(text) } else { None }
}

/// A finite number of ordinary size.
fn parsed(text: &str) -> Option<f64> {
    let value: f64 = text.trim_end_matches('.').parse().ok()?;
    (value.is_finite() && value < 1e12).then_some(value)
}

/// Whether `mark` stands before every three digits from the right, after one to three of them.
fn in_thousands(text: &str, mark: char) -> bool {
    let mut groups = text.trim_start_matches('-').split(mark);
    let first = groups.next().unwrap_or_default();
    (1..=3).contains(&first.len()) && first != "0" && groups.all(|group| group.len() == 3)
}

fn two_numbers(text: &str, bare: &str) -> Trouble {
    let large = bare.replace('.', "");
    Trouble::new(
        format!("\"{}\" may be {large} or {bare}", quoted(text)),
        "two readings",
        format!("add --decimal comma for {large}, --decimal dot for {bare}"),
    )
}

fn no_duration(text: &str) -> Trouble {
    let title = format!("\"{}\" is no length of time", quoted(text));
    Trouble::new(title, "not understood", "write seconds, or h:mm:ss such as 0:05:30")
}

#[cfg(test)]
mod tests {
    use super::*;

    const COMMAS: Numbers = Numbers { decimal: None, commas_part_columns: true };
    const SEMICOLONS: Numbers = Numbers { decimal: None, commas_part_columns: false };

    #[test]
    fn numbers_as_planners_write_them() {
        let both = [
            ("12", 12.0),
            ("12.5", 12.5),
            ("1 234", 1234.0),
            ("1'234'567.25", 1_234_567.25),
            ("0.125", 0.125),
        ];
        for (text, value) in both {
            assert_eq!(COMMAS.count(text).unwrap(), Some(value), "{text}");
        }
        for (text, value) in
            [("1,234", 1234.0), ("12,345,678.5", 12_345_678.5), ("1.234", 1.234), ("490.746", 490.746)]
        {
            assert_eq!(COMMAS.count(text).unwrap(), Some(value), "{text}");
        }
        for (text, value) in [
            ("1.234,5", 1234.5),
            ("12,5", 12.5),
            ("1.234.567", 1_234_567.0),
            ("0.125", 0.125),
            ("1234.567", 1234.567),
        ] {
            assert_eq!(SEMICOLONS.count(text).unwrap(), Some(value), "{text}");
        }
        for text in ["", " ", "-", "NULL"] {
            assert_eq!(COMMAS.count(text).unwrap(), None, "{text}");
        }
    }

    #[test]
    fn what_could_be_two_numbers_is_asked_about() {
        let said = SEMICOLONS.count("1.234").unwrap_err();
        assert_eq!(said.title, "\"1.234\" may be 1234 or 1.234");
        let asked = |decimal| Numbers { decimal: Some(decimal), ..SEMICOLONS };
        assert_eq!(asked(Decimal::Comma).count("1.234").unwrap(), Some(1234.0));
        assert_eq!(asked(Decimal::Dot).count("1.234").unwrap(), Some(1.234));
        for text in ["1,5", "12,34,567", "x", "1e3", "inf", "--1", "1..2", "5m", "99999999999999999"] {
            assert!(COMMAS.count(text).is_err(), "{text}");
        }
        assert_eq!(COMMAS.count("-3").unwrap_err().title, "\"-3\" is less than nothing");
    }

    #[test]
    fn times_and_shares() {
        for (text, value) in [("90", 90.0), ("0:05:30", 330.0), ("12:00:00", 43_200.0), ("00:00:01,5", 1.5)] {
            assert_eq!(COMMAS.seconds(text).unwrap(), Some(value), "{text}");
        }
        assert_eq!(COMMAS.seconds("5:30").unwrap_err().label, "two readings");
        for text in ["0:60:00", "0:00:60", "1:2:3:4", "a:b:c", "::"] {
            assert!(COMMAS.seconds(text).is_err(), "{text}");
        }
        assert_eq!(COMMAS.share("12.5%").unwrap(), Some(0.125));
        assert_eq!(SEMICOLONS.share("12,5 %").unwrap(), Some(0.125));
        assert_eq!(COMMAS.share("90").unwrap_err().label, "more than everything");
    }
}
