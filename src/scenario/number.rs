//! Numbers: rates, counts, shares and factors.

use super::fault::{Trouble, quoted};
use super::item::Scalar;

/// A finite number.
fn finite(scalar: Scalar<'_>, name: &str, example: &str) -> Result<f64, Trouble> {
    let value = match scalar {
        Scalar::Whole(number) => number as f64,
        Scalar::Real(number) | Scalar::Cell(number) => number,
        Scalar::Text(text) => return Err(not_a_number(text, name, example)),
        Scalar::Other(kind) => return Err(wrong(name, &format!("this is {kind}"), example)),
    };
    if value.is_finite() && value.abs() < 1e15 {
        return Ok(value);
    }
    Err(wrong(name, if value.is_nan() { "not a number at all" } else { "far too large" }, example))
}

fn not_a_number(text: &str, name: &str, example: &str) -> Trouble {
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return Trouble::new(format!("`{name}` is empty"), "nothing here", "write 0 where there is nothing");
    }
    if trimmed.parse::<f64>().is_ok() {
        return wrong(name, "this is text", &format!("{} without quotes", quoted(trimmed)));
    }
    if trimmed.replacen(',', ".", 1).parse::<f64>().is_ok() {
        let title = format!("`{name}` has a decimal comma");
        let help =
            format!("write {}, or part the columns of a CSV file with `;`", trimmed.replacen(',', ".", 1));
        return Trouble::new(title, "a comma inside a number", help);
    }
    wrong(name, "not a number", example)
}

fn wrong(name: &str, label: &str, example: &str) -> Trouble {
    Trouble::new(format!("`{name}` must be a number"), label, format!("write a plain number: {example}"))
}

/// Any number, above or below zero.
pub(super) fn any(scalar: Scalar<'_>, name: &str) -> Result<f64, Trouble> {
    finite(scalar, name, "12.0")
}

/// A number of contacts or money: not negative.
pub(super) fn not_negative(scalar: Scalar<'_>, name: &str) -> Result<f64, Trouble> {
    let value = finite(scalar, name, "240")?;
    if value >= 0.0 {
        return Ok(value);
    }
    Err(Trouble::new(format!("`{name}` is negative"), "less than nothing", "write 0 or more"))
}

/// A number above zero.
pub(super) fn positive(scalar: Scalar<'_>, name: &str) -> Result<f64, Trouble> {
    let value = finite(scalar, name, "1.5")?;
    if value > 0.0 {
        return Ok(value);
    }
    Err(Trouble::new(format!("`{name}` must be above zero"), "zero or less", "write a number above 0"))
}

/// A whole number up to 2⁶⁴ − 1.
pub(super) fn count(scalar: Scalar<'_>, name: &str) -> Result<u64, Trouble> {
    if let Scalar::Whole(number) = scalar {
        return u64::try_from(number).map_err(|_| out_of_range(name, number < 0));
    }
    let value = finite(scalar, name, "12")?;
    if value < 0.0 {
        return Err(out_of_range(name, true));
    }
    if value.fract() == 0.0 {
        return Ok(value as u64);
    }
    let help = format!("write {} or {}", value.floor(), value.ceil());
    Err(Trouble::new(format!("`{name}` must be a whole number"), "has a fraction", help))
}

fn out_of_range(name: &str, negative: bool) -> Trouble {
    let label = if negative { "less than nothing" } else { "far too large" };
    Trouble::new(
        format!("`{name}` must be a whole number, 0 or more"),
        label,
        "write a whole number such as 12",
    )
}

/// A share between 0 and 1, or a percentage as text.
pub(super) fn share(scalar: Scalar<'_>, name: &str) -> Result<f64, Trouble> {
    let value = percent_or_number(scalar, name)?;
    if (0.0..=1.0).contains(&value) {
        return Ok(value);
    }
    let title = format!("`{name}` must be a share between 0 and 1");
    let bare = !matches!(scalar, Scalar::Text(_));
    let help = if bare && (2.0..=100.0).contains(&value) {
        format!("write \"{value}%\" or {}", value / 100.0)
    } else {
        "write 0.9 or \"90%\"".to_owned()
    };
    Err(Trouble::new(title, if value < 0.0 { "less than nothing" } else { "more than everything" }, help))
}

/// A share below 1: what is left must not be nothing.
pub(super) fn share_below_one(scalar: Scalar<'_>, name: &str) -> Result<f64, Trouble> {
    let value = share(scalar, name)?;
    if value < 1.0 {
        return Ok(value);
    }
    Err(Trouble::new(format!("`{name}` leaves nothing"), "all of it", "write a share below 100%"))
}

/// A factor above zero: 1.2 or "120%".
pub(super) fn factor(scalar: Scalar<'_>, name: &str) -> Result<f64, Trouble> {
    let value = factor_or_zero(scalar, name)?;
    if value > 0.0 {
        return Ok(value);
    }
    Err(Trouble::new(
        format!("`{name}` must be above zero"),
        "nothing would be left",
        "write 1.1 or \"110%\"",
    ))
}

/// A factor, or zero.
pub(super) fn factor_or_zero(scalar: Scalar<'_>, name: &str) -> Result<f64, Trouble> {
    let value = percent_or_number(scalar, name)?;
    if value < 0.0 {
        return Err(Trouble::new(
            format!("`{name}` is negative"),
            "less than nothing",
            "write 1.1 or \"110%\"",
        ));
    }
    if value > 1000.0 {
        return Err(Trouble::new(
            format!("`{name}` is too large"),
            "more than 1000",
            "write 1.1 or \"110%\"",
        ));
    }
    Ok(value)
}

/// A coefficient of variation of demand: 0.08 or "8%"; a bare 8 is a slip.
pub(super) fn spread(scalar: Scalar<'_>, name: &str) -> Result<f64, Trouble> {
    let value = percent_or_number(scalar, name)?;
    if value < 0.0 {
        let help = "write 0.08 or \"8%\"";
        return Err(Trouble::new(format!("`{name}` is negative"), "less than nothing", help));
    }
    if value <= 2.0 {
        return Ok(value);
    }
    let help = format!("write \"{value}%\" or {}", value / 100.0);
    Err(Trouble::new(format!("`{name}` is too large"), "more than 200%", help))
}

/// Text with a percent sign, or a plain number.
fn percent_or_number(scalar: Scalar<'_>, name: &str) -> Result<f64, Trouble> {
    let Scalar::Text(text) = scalar else { return finite(scalar, name, "0.9, or text \"90%\"") };
    let Some(number) = text.trim().strip_suffix('%') else {
        let mut trouble = not_a_number(text, name, "0.9, or text \"90%\"");
        if text.trim().parse::<f64>().is_ok_and(|value| value > 1.0) {
            trouble.help = Some(format!("write \"{}%\"", quoted(text.trim())));
        }
        return Err(trouble);
    };
    let value: f64 = number.trim().parse().map_err(|_| not_a_number(text, name, "0.9, or text \"90%\""))?;
    finite(Scalar::Real(value / 100.0), name, "0.9, or text \"90%\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_fractions_or_percentages() {
        assert_eq!(share(Scalar::Text("90%"), "x"), Ok(0.9));
        assert_eq!(share(Scalar::Text(" 2.5 % "), "x"), Ok(0.025));
        assert_eq!(share(Scalar::Real(0.3), "x"), Ok(0.3));
        let bare = share(Scalar::Whole(90), "x").unwrap_err();
        assert_eq!(bare.help.as_deref(), Some("write \"90%\" or 0.9"));
        for bad in [
            Scalar::Real(1.2),
            Scalar::Text("120%"),
            Scalar::Real(f64::NAN),
            Scalar::Text("90"),
            Scalar::Other("a list"),
        ] {
            assert!(share(bad, "x").is_err(), "{bad:?}");
        }
        assert_eq!(factor(Scalar::Text("120%"), "x"), Ok(1.2));
        assert_eq!(spread(Scalar::Whole(8), "x").unwrap_err().help.as_deref(), Some("write \"8%\" or 0.08"));
        let below = spread(Scalar::Text("-3%"), "x").unwrap_err();
        assert_eq!(below.help.as_deref(), Some("write 0.08 or \"8%\""));
    }

    #[test]
    fn counts_are_whole() {
        assert_eq!(count(Scalar::Real(12.0), "x"), Ok(12));
        assert_eq!(count(Scalar::Real(12.5), "x").unwrap_err().help.as_deref(), Some("write 12 or 13"));
        assert!(count(Scalar::Whole(-1), "x").is_err());
        assert!(count(Scalar::Whole(i128::MAX), "x").is_err());
        assert!(positive(Scalar::Real(f64::INFINITY), "x").is_err());
    }
}
