//! Probability laws: `{ lognormal = { mean = "5m", cv = 1.0 } }`, exactly one to a table.

use super::csv::Table;
use super::document::Value;
use super::duration::{seconds, some_seconds};
use super::fault::{Trouble, quoted};
use super::item::{Item, Leaf};
use super::keys::{EMPIRICAL, ERLANG, HYPER, Keys, LAW, MEAN, MEAN_CV, TRIANGULAR, UNIFORM, WEIBULL};
use super::number;
use super::section::Section;
use super::series::{Axis, cell, series};
use crate::model::{Law, Series, Shape};

/// Most values of an empirical law.
const MOST_VALUES: usize = 10_000_000;

/// Reads a law; series of means follow `axis`.
pub(super) fn law(item: Item<'_>, axis: Axis<'_>) -> Option<Law> {
    if !matches!(item.node.value, Value::Table(_)) {
        return bare(item);
    }
    let section = Section::open(item, &LAW)?;
    let mut laws = section.written().filter(|law| LAW.find(law.name).is_some());
    let Some(chosen) = laws.next() else {
        if section.written().next().is_some() {
            return None; // what is written has been told as unknown
        }
        let help = "write a law, such as { exponential = { mean = \"3m\" } }";
        return item.fault(Trouble::new(format!("`{}` has no law", item.name), "which law?", help));
    };
    if let Some(second) = laws.next() {
        let title = format!("`{}` has two laws", item.name);
        let label = format!("`{}` is one already", chosen.name);
        item.cx.fault(second.key, Trouble::new(title, label, "keep one of them"));
        return None;
    }
    one(chosen, axis)
}

/// Reads a law, or a duration that never varies.
pub(super) fn law_or_time(item: Item<'_>, axis: Axis<'_>) -> Option<Law> {
    match &item.node.value {
        Value::Table(_) => law(item, axis),
        _ => item.leaf(some_seconds).map(|mean| Law::constant(Shape::Fixed, mean)),
    }
}

/// A value where a law should stand: say how to write it as a law.
fn bare<T>(item: Item<'_>) -> Option<T> {
    let title = format!("`{}` needs a law", item.name);
    let example = match &item.node.value {
        Value::Text(text) => quoted(text),
        _ => "5m".to_owned(),
    };
    let help = format!(
        "write {{ exponential = {{ mean = \"{example}\" }} }} if it varies, {{ fixed = \"{example}\" }} if it never does"
    );
    item.fault(Trouble::new(title, "how does it vary?", help))
}

fn one(item: Item<'_>, axis: Axis<'_>) -> Option<Law> {
    match item.name {
        "fixed" => means(item, axis).map(|mean| Law { shape: Shape::Fixed, mean }),
        "exponential" => by_mean(item, &MEAN, axis, |_| Some(Shape::Exponential)),
        "lognormal" => by_mean(item, &MEAN_CV, axis, |section| Some(Shape::Lognormal { cv: cv(section)? })),
        "gamma" => by_mean(item, &MEAN_CV, axis, |section| Some(Shape::Gamma { cv: cv(section)? })),
        "weibull" => by_mean(item, &WEIBULL, axis, weibull),
        "erlang" => by_mean(item, &ERLANG, axis, erlang),
        "hyperexponential" => hyperexponential(Section::open(item, &HYPER)?),
        "uniform" => uniform(Section::open(item, &UNIFORM)?),
        "triangular" => triangular(Section::open(item, &TRIANGULAR)?),
        _ => empirical(Section::open(item, &EMPIRICAL)?),
    }
}

/// A law that is a mean and something about its shape.
fn by_mean(
    item: Item<'_>,
    keys: &'static Keys,
    axis: Axis<'_>,
    shape: impl Fn(Section<'_>) -> Option<Shape>,
) -> Option<Law> {
    if let Value::Text(text) = &item.node.value {
        let help = format!("write {} = {{ mean = \"{}\" }}", item.name, quoted(text));
        return item.fault(Trouble::new(
            format!("`{}` must be a table", item.name),
            "the mean, by name",
            help,
        ));
    }
    let section = Section::open(item, keys)?;
    let mean = section.need("mean", "add `mean = \"5m\"`", |item| means(item, axis));
    let shape = shape(section);
    Some(Law { shape: shape?, mean: mean? })
}

fn means(item: Item<'_>, axis: Axis<'_>) -> Option<Series<f64>> {
    series(item, axis, some_seconds)?.carried(item)
}

fn within<T: PartialOrd + Copy>(item: Item<'_>, read: Leaf<T>, low: T, high: T, words: &str) -> Option<T> {
    let value = item.leaf(read)?;
    if value >= low && value <= high {
        return Some(value);
    }
    let help = format!("write a number {words}");
    item.fault(Trouble::new(format!("`{}` is out of range", item.name), words, help))
}

fn cv(section: Section<'_>) -> Option<f64> {
    let item = section.need("cv", "add `cv = 1.0`: standard deviation over mean", Some)?;
    match item.leaf(number::factor_or_zero)? {
        0.0 => {
            let help = "write { fixed = \"…\" } for a time that never varies";
            item.fault(Trouble::new("`cv` must be above zero", "no spread at all", help))
        }
        cv if cv > 20.0 => {
            let help = format!("write \"{cv}%\" or {}", cv / 100.0);
            item.fault(Trouble::new("`cv` is too large", "more than 20", help))
        }
        cv => Some(cv),
    }
}

fn weibull(section: Section<'_>) -> Option<Shape> {
    let read = |item| within(item, number::positive, 0.1, 100.0, "between 0.1 and 100");
    section.need("shape", "add `shape = 0.8`; 1 is exponential", read).map(|shape| Shape::Weibull { shape })
}

fn erlang(section: Section<'_>) -> Option<Shape> {
    let read = |item| within(item, number::count, 1, 1000, "between 1 and 1000 phases");
    let phases = section.need("phases", "add `phases = 2`", read)?;
    Some(Shape::Erlang { phases: phases as u32 })
}

fn hyperexponential(section: Section<'_>) -> Option<Law> {
    let means = section
        .need("means", "add `means = [\"30s\", \"6m\"]`", |item| item.each(|part| part.leaf(some_seconds)));
    let weights = section
        .need("weights", "add `weights = [0.3, 0.7]`", |item| item.each(|part| part.leaf(number::share)));
    let (means, weights) = (means?, weights?);
    let item = section.get("weights")?;
    if means.len() != weights.len() || means.is_empty() || means.len() > 100 {
        let label = format!("{} weights for {} means", weights.len(), means.len());
        return item.fault(Trouble::new(
            "each mean needs its weight",
            label,
            "write one weight for each mean",
        ));
    }
    let total: f64 = weights.iter().sum();
    if (total - 1.0).abs() > 1e-6 {
        return item.fault(Trouble::new(
            "weights must add up to 1",
            format!("these add up to {}", (total * 1e6).round() / 1e6),
            "mend one of them",
        ));
    }
    let weights: Vec<f64> = weights.iter().map(|weight| weight / total).collect();
    let mean: f64 = means.iter().zip(&weights).map(|(mean, weight)| mean * weight).sum();
    let means = means.iter().map(|branch| branch / mean).collect();
    Some(Law::constant(Shape::Hyperexponential { means, weights }, mean))
}

fn high_is_low() -> Trouble {
    let help = "exchange them, or write { fixed = … } for a time that never varies";
    Trouble::new("`high` must be above `low`", "not above `low`", help)
}

fn uniform(section: Section<'_>) -> Option<Law> {
    let low = section.need("low", "add `low = \"2m\"`", |item| item.leaf(seconds));
    let high = section.need("high", "add `high = \"8m\"`", |item| item.leaf(some_seconds));
    let (low, high) = (low?, high?);
    if high <= low {
        return section.get("high")?.fault(high_is_low());
    }
    let mean = f64::midpoint(low, high);
    Some(Law::constant(Shape::Uniform { low: low / mean, high: high / mean }, mean))
}

fn triangular(section: Section<'_>) -> Option<Law> {
    let low = section.need("low", "add `low = \"3m\"`", |item| item.leaf(seconds));
    let mode = section.need("mode", "add `mode = \"8m\"`: the most likely", |item| item.leaf(seconds));
    let high = section.need("high", "add `high = \"15m\"`", |item| item.leaf(some_seconds));
    let (low, mode, high) = (low?, mode?, high?);
    if high <= low {
        return section.get("high")?.fault(high_is_low());
    }
    if mode < low || mode > high {
        let help = "write the most frequent time, or exchange them";
        let title = "`mode` must lie between `low` and `high`";
        return section.get("mode")?.fault(Trouble::new(title, "outside", help));
    }
    let mean = (low + mode + high) / 3.0;
    let shape = Shape::Triangular { low: low / mean, mode: mode / mean, high: high / mean };
    Some(Law::constant(shape, mean))
}

fn empirical(section: Section<'_>) -> Option<Law> {
    let file = section.need("csv", "add `csv = \"calls.csv\"`", Some);
    let heading = section.need("column", "add `column = \"handle_s\"`: the heading of the column", Some);
    let (file, heading) = (file?, heading?);
    let table = Table::load(file)?;
    let column = table.column(heading)?;
    let mut values = Vec::new();
    table.rows(file, |row| {
        values.push(cell(&row, file, column, seconds)?);
        let help = "take a sample of them";
        let too_many =
            || file.fault(Trouble::new("too many values", format!("more than {MOST_VALUES}"), help));
        (values.len() <= MOST_VALUES).then_some(()).or_else(too_many)
    })?;
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    if mean <= 0.0 {
        let help = "name the column that holds the times, in seconds";
        return heading.fault(Trouble::new("every value is zero", "no time at all", help));
    }
    values.sort_by(f64::total_cmp);
    for value in &mut values {
        *value /= mean;
    }
    Some(Law::constant(Shape::Empirical { values }, mean))
}
