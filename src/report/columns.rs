//! Plain columns of text: heads and cells, flush right, with a mark at the row in question.

/// A column: its head and a cell for every row.
pub(super) type Column = (String, Vec<String>);

/// The heads, then the rows; `marked` is the one that an arrow points at.
pub(super) fn text(columns: &[Column], marked: Option<usize>) -> String {
    let mut text = line(" ", columns.iter().map(|column| (column.0.as_str(), width(column))));
    for row in 0..columns.first().map_or(0, |column| column.1.len()) {
        let mark = if marked == Some(row) { "→" } else { " " };
        text += &line(mark, columns.iter().map(|column| (column.1[row].as_str(), width(column))));
    }
    text
}

fn width((head, cells): &Column) -> usize {
    cells.iter().map(|cell| cell.chars().count()).max().unwrap_or(0).max(head.chars().count())
}

fn line<'a>(mark: &str, cells: impl Iterator<Item = (&'a str, usize)>) -> String {
    let cells: Vec<String> = cells.map(|(cell, width)| format!("{cell:>width$}")).collect();
    format!("{mark}  {}\n", cells.join("  "))
}
