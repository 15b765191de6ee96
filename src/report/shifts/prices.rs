//! What each rule costs.

use super::super::table::Style;
use super::super::words::NONE;
use super::figure;
use crate::model::Model;
use crate::shifts::Price;

/// A row for each rule; nothing where none was asked for.
pub(super) fn table(model: &Model, prices: &[Price], style: Style) -> String {
    if prices.is_empty() {
        return String::new();
    }
    let money = |x: Option<f64>| x.map_or_else(|| NONE.to_owned(), |x| figure(model, x));
    let row = |price: &Price| {
        vec![price.rule.clone(), price.instead.clone(), money(price.saves), money(price.at_most)]
    };
    let header = ["rule", "instead", "would save", "at most"].map(str::to_owned);
    let mut out = style.heading("What each rule costs");
    out.push_str(&style.paragraph("Each rule is taken away alone; the search is shorter than for the answer, so that more may be saved than was found, up to the last column.", 0));
    out.push_str(&style.grid(&header, prices.iter().map(row).collect()));
    out.push('\n');
    out
}
