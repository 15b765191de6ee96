//! Curves over time: one value for all times, or points such as `[["1m", 0.3], ["5m", 0.7]]`.

use super::document::Value;
use super::duration;
use super::fault::Trouble;
use super::item::{Item, Leaf};
use crate::model::Curve;
use crate::units::Micros;

/// Most points of a curve.
const MOST: usize = 1000;

/// How points are written.
const HELP: &str = "write points as [[\"1m\", 0.3], [\"5m\", 0.7]]: a time and the value there";

/// Reads one value for all times, or points.
pub(super) fn curve(item: Item<'_>, read: Leaf<f64>) -> Option<Curve> {
    match &item.node.value {
        Value::List(_) => points(item, read),
        _ => item.leaf(read).map(Curve::constant),
    }
}

/// Reads points, in rising order of time.
pub(super) fn points(item: Item<'_>, read: Leaf<f64>) -> Option<Curve> {
    if !matches!(item.node.value, Value::List(_)) {
        return item.fault(not_points(item));
    }
    let points = item.each(|pair| point(pair, read))?;
    let count = points.len();
    if count == 0 || count > MOST {
        let label = if count == 0 { "no points".to_owned() } else { format!("more than {MOST} points") };
        return item.fault(Trouble::new(format!("`{}` is no curve", item.name), label, HELP));
    }
    let curve = Curve::through(points);
    curve.or_else(|| {
        let title = format!("the times of `{}` must rise", item.name);
        item.fault(Trouble::new(
            title,
            "not in order, or twice the same",
            "write each time once, the least first",
        ))
    })
}

fn not_points(item: Item<'_>) -> Trouble {
    let title = format!("`{}` must be a list of points", item.name);
    Trouble::new(title, format!("this is {}", item.node.value.kind()), HELP)
}

/// A time and the value there.
fn point(pair: Item<'_>, read: Leaf<f64>) -> Option<(Micros, f64)> {
    let Value::List(nodes) = &pair.node.value else {
        return pair.fault(not_points(pair));
    };
    let [time, value] = nodes.as_slice() else {
        let title = format!("a point of `{}` has {} values", pair.name, nodes.len());
        return pair.fault(Trouble::new(title, "a time and a value", HELP));
    };
    let time = pair.part(time).leaf(duration::micros);
    let value = pair.part(value).leaf(read);
    Some((time?, value?))
}
