//! Quantities on the command line: `240/h`, `5m`, `90%`, `90% in 2m`. Each error names the mend.

use crate::units::{LONGEST_S, TIME_UNITS};

/// The stretches over which a promise may be asked to hold.
const PERS: [&str; 5] = ["interval", "day", "week", "month", "run"];

/// A length of time as it was written, and in seconds.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Duration {
    /// As written: `2m 30s`.
    pub(crate) text: String,
    /// In seconds.
    pub(crate) seconds: f64,
}

/// Contacts in a length of time, as `240/h`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Rate {
    /// Contacts per hour.
    pub(crate) per_hour: f64,
}

/// A share as it was written, and as a fraction of 1.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Share {
    /// As written: `90%`.
    pub(crate) text: String,
    /// From 0 to 1.
    pub(crate) share: f64,
}

/// A promise in short form: `90% in 2m`, with `per day` or another stretch behind it if wanted.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Promise {
    /// The share promised.
    pub(crate) level: Share,
    /// The wait promised.
    pub(crate) within: Duration,
    /// Over which stretch it was asked to hold.
    pub(crate) per: Option<&'static str>,
}

/// Zero or more: `20s`, `2m 30s`, `1.5h`.
pub(crate) fn duration(text: &str) -> Result<Duration, String> {
    let seconds = seconds(text.trim())?;
    Ok(Duration { text: text.trim().to_owned(), seconds })
}

/// More than nothing.
pub(crate) fn some_duration(text: &str) -> Result<Duration, String> {
    let duration = duration(text)?;
    if duration.seconds < 1e-6 {
        return Err("no time at all; write a length of time such as 5m".to_owned());
    }
    Ok(duration)
}

fn seconds(text: &str) -> Result<f64, String> {
    let example = "write a length of time with its unit, such as 90s, 5m or \"2m 30s\"";
    if text.is_empty() || text.len() > 60 {
        return Err(example.to_owned());
    }
    let (mut total, mut rest) = (0.0, text);
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
        let (number, after) = rest.split_at(digits);
        let number: f64 = number.parse().map_err(|_| example.to_owned())?;
        let after = after.trim_start();
        let (unit, after) = after.split_at(after.find(|c: char| !c.is_alphabetic()).unwrap_or(after.len()));
        if unit.is_empty() {
            return Err(format!("{number} of what? Write {number}s for seconds or {number}m for minutes"));
        }
        let known = TIME_UNITS.iter().find(|(name, _)| *name == unit);
        let (_, size) = known.ok_or_else(|| format!("\"{unit}\" is no unit: ms, s, m, h and d are"))?;
        total += number * size;
        rest = after.trim_start();
    }
    if total > LONGEST_S { Err("more than ten years".to_owned()) } else { Ok(total) }
}

/// Contacts per hour: `240/h`, `4/min`, `120/30m`, `5000/day`.
pub(crate) fn rate(text: &str) -> Result<Rate, String> {
    let example = "write contacts and the time they come in, such as 240/h or 120/30m";
    let (count, time) = match text.split_once('/').or_else(|| text.split_once(" per ")) {
        Some(parts) => parts,
        None if text.trim().parse::<f64>().is_ok() => {
            return Err(format!("{0} in what time? Write {0}/h for so many an hour", text.trim()));
        }
        None => return Err(example.to_owned()),
    };
    let count: f64 = count.trim().parse().map_err(|_| example.to_owned())?;
    let time = time.trim();
    let length = if time.starts_with(|c: char| c.is_ascii_digit()) {
        seconds(time)?
    } else {
        seconds(&format!("1{time}"))?
    };
    let per_hour = count * 3600.0 / length;
    if !(0.0..=1e9).contains(&per_hour) {
        return Err("must be from 0 to a billion an hour".to_owned());
    }
    Ok(Rate { per_hour })
}

/// A share from 0 to 1, or a percentage.
pub(crate) fn share(text: &str) -> Result<Share, String> {
    let text = text.trim();
    let (number, whole) = text.strip_suffix('%').map_or((text, 1.0), |number| (number, 100.0));
    let number: f64 = number.trim().parse().map_err(|_| "write a share such as 90% or 0.9".to_owned())?;
    let share = number / whole;
    if (0.0..=1.0).contains(&share) {
        return Ok(Share { text: text.to_owned(), share });
    }
    let mend = if whole == 1.0 && (1.0..=100.0).contains(&number) {
        format!("; write {number}%")
    } else {
        String::new()
    };
    Err(format!("a share lies between 0 and 100%{mend}"))
}

/// A share above nothing: a promise of 0% is none, and so is a cap at 0%.
pub(crate) fn some_share(text: &str) -> Result<Share, String> {
    let share = share(text)?;
    if share.share > 0.0 { Ok(share) } else { Err("0% promises nothing".to_owned()) }
}

/// `90% in 2m`, or `90% in 2m per interval`.
pub(crate) fn promise(text: &str) -> Result<Promise, String> {
    let example = "write the share and the wait, such as \"90% in 2m\"";
    let (level, rest) =
        text.split_once(" in ").or_else(|| text.split_once(" within ")).ok_or_else(|| example.to_owned())?;
    let (within, per) = rest.split_once(" per ").map_or((rest, None), |(within, per)| (within, Some(per)));
    let known = |word: &str| {
        PERS.into_iter().find(|per| *per == word.trim()).ok_or_else(|| format!("per {}", PERS.join(", ")))
    };
    Ok(Promise { level: some_share(level)?, within: duration(within)?, per: per.map(known).transpose()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_contacts_in_a_time() {
        for (text, per_hour) in
            [("240/h", 240.0), ("4/min", 240.0), ("120/30m", 240.0), ("48 per day", 2.0), ("0/h", 0.0)]
        {
            assert_eq!(rate(text), Ok(Rate { per_hour }), "{text}");
        }
        assert_eq!(rate("240").unwrap_err(), "240 in what time? Write 240/h for so many an hour");
        for text in ["", "/", "x/h", "240/", "240/0h", "-1/h", "1e99/h", "nan/h", "240/parsec"] {
            assert!(rate(text).is_err(), "{text}");
        }
    }

    #[test]
    fn durations_need_their_unit() {
        for (text, s) in [("5m", 300.0), ("2m 30s", 150.0), ("1.5h", 5400.0), ("0s", 0.0), ("4 min", 240.0)] {
            assert_eq!(duration(text).map(|d| d.seconds), Ok(s), "{text}");
        }
        assert_eq!(duration("5").unwrap_err(), "5 of what? Write 5s for seconds or 5m for minutes");
        for text in ["", "-5m", "5x", "m", "1,5m", "2:30", "99999999d", "é", "5m é"] {
            assert!(duration(text).is_err(), "{text}");
        }
        assert!(some_duration("0s").is_err());
    }

    #[test]
    fn promises_name_share_and_wait() {
        let found = promise("90% in 2m per interval").unwrap();
        assert_eq!((found.level.share, found.within.seconds, found.per), (0.9, 120.0, Some("interval")));
        assert_eq!(promise("0.8 within 20s").unwrap().per, None);
        for text in ["90%", "90 in 2m", "0% in 2m", "90% in 2", "in 2m", "90%in2m", "90% in 2m per year"] {
            assert!(promise(text).is_err(), "{text}");
        }
        assert_eq!(share("90").unwrap_err(), "a share lies between 0 and 100%; write 90%");
        assert!(share("nan").is_err());
    }
}
