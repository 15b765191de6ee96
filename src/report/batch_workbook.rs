//! `summary.xlsx`: a batch as a workbook, for those who pass its table on. How many scenarios ended how, then a row for each,
//! the broken ones marked; numbers are numbers.

use super::batch::{COLUMNS, Row, Status, cells};
use super::workbook::{Cell, Rows, header, number, table_sheet, titled};
use rust_xlsxwriter::{
    Color, ConditionalFormatText, ConditionalFormatTextRule, Format, Worksheet, XlsxError,
};

/// Columns that hold sentences, and how wide those are shown.
const WIDE: [(u16, u16); 4] = [(0, 34), (1, 30), (10, 34), (16, 60)];
/// Which columns hold how a scenario ended.
const STATUS: u16 = 4;

/// The workbook's bytes.
pub fn workbook(rows: &[Row]) -> Result<Vec<u8>, XlsxError> {
    let mut book = titled("Many scenarios")?;
    table_sheet(book.add_worksheet(), "How they ended", &ends(rows))?;
    let sheet = book.add_worksheet();
    table_sheet(sheet, "Scenarios", &scenarios(rows))?;
    WIDE.iter()
        .try_for_each(|&(column, width)| sheet.set_column_width(column, f64::from(width)).map(|_| ()))?;
    if !rows.is_empty() {
        mark(sheet, rows.len() as u32)?;
    }
    book.save_to_buffer()
}

/// A row for each way to end, with its hours and cost a day.
fn ends(rows: &[Row]) -> Rows {
    const ALL: [Status; 7] = [
        Status::Met,
        Status::NoPromise,
        Status::Undecided,
        Status::Missed,
        Status::Unreachable,
        Status::Faulty,
        Status::Unreadable,
    ];
    let mut table = vec![header("ended scenarios staffed_hours cost")];
    for status in ALL {
        let these = || rows.iter().filter(|row| row.status == status);
        let count = these().count();
        let sum = |of: fn(&Row) -> Option<f64>| {
            let known: Vec<f64> = these().filter_map(of).collect();
            number((!known.is_empty()).then(|| known.iter().sum()))
        };
        if count > 0 {
            let count = Cell::Number(count as f64);
            table.push(vec![status.words().into(), count, sum(|row| row.staffed_hours), sum(|row| row.cost)]);
        }
    }
    table
}

/// The columns of `batch.csv`, with how each ended in words.
fn scenarios(rows: &[Row]) -> Rows {
    let of_row = rows.iter().map(|row| cells(row, row.status.words()));
    std::iter::once(header(&COLUMNS.replacen("status", "ended", 1))).chain(of_row).collect()
}

/// What is not as it should be stands out, in a grey print too: bold on brown, undecided on yellow.
fn mark(sheet: &mut Worksheet, rows: u32) -> Result<(), XlsxError> {
    let broken = Format::new().set_bold().set_background_color(Color::RGB(0x00F6_C490));
    let doubtful = Format::new().set_background_color(Color::RGB(0x00FF_F2CC));
    let marks = [
        (Status::Missed, &broken),
        (Status::Unreachable, &broken),
        (Status::Faulty, &broken),
        (Status::Unreadable, &broken),
        (Status::Undecided, &doubtful),
    ];
    for (status, format) in marks {
        let rule = ConditionalFormatTextRule::Contains(status.words().to_owned());
        let mark = ConditionalFormatText::new().set_rule(rule).set_format(format);
        sheet.add_conditional_format(1, STATUS, rows, STATUS, &mark)?;
    }
    Ok(())
}
