//! `workbook.xlsx`: the answer, tidy sheets for pivots, the inputs, and charts that Excel draws itself.
//!
//! Every sheet but the first is a plain table with one header row, numbers as numbers. The bytes are the same for the same
//! results: the date of creation is fixed.

use super::promise::{self, Measure};
use super::requirement::{date, needed, serves};
use super::table::{self, Style};
use super::words::threshold;
use crate::model::Model;
use crate::montecarlo::Outcome;
use crate::plan::Answer;
use crate::stats::Estimate;
use rust_xlsxwriter::{
    Chart, ChartLine, ChartLineDashType, ChartMarker, ChartSolidFill, ChartType, Color, DocProperties,
    ExcelDateTime, Format, Workbook, Worksheet, XlsxError,
};

/// Most rows of a sheet that are written; Excel ends at 1,048,576.
const MOST_ROWS: usize = 1_000_000;
/// Longest text of a cell; Excel ends at 32,767.
const MOST_TEXT: usize = 32_000;
/// Points of a chart: more cannot be told apart.
const MOST_POINTS: usize = 2_000;
/// Colours that a grey print tells apart.
const BLUE: Color = Color::RGB(0x00_72_B2);
/// What stands behind.
const GREY: Color = Color::RGB(0xBF_BF_BF);
/// Charts of a workbook.
const MOST_CHARTS: usize = 24;

/// What a cell holds.
#[derive(Clone, Debug)]
pub(super) enum Cell {
    Text(String),
    Number(f64),
    Nothing,
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<Option<Estimate>> for Cell {
    fn from(e: Option<Estimate>) -> Self {
        number(e.map(|e| e.mean))
    }
}

pub(super) fn number(x: Option<f64>) -> Cell {
    x.filter(|x| x.is_finite()).map_or(Cell::Nothing, Cell::Number)
}

/// The workbook's bytes. `text` is the scenario as it was written, `command` what to type to get the same.
pub fn workbook(
    model: &Model,
    outcome: &Outcome,
    answer: Option<&Answer>,
    text: &str,
    command: &str,
) -> Result<Vec<u8>, XlsxError> {
    let mut book = titled(&model.name)?;
    first(book.add_worksheet(), model, outcome, answer)?;
    let charts = book.add_worksheet();
    charts.set_name("Charts")?.set_landscape().set_print_fit_to_pages(1, 0);
    table_sheet(book.add_worksheet(), "Requirement", &requirement(model, outcome, answer))?;
    table_sheet(book.add_worksheet(), "Intervals", &intervals(model, outcome))?;
    table_sheet(book.add_worksheet(), "Queues", &queues(outcome))?;
    table_sheet(book.add_worksheet(), "Groups", &groups(outcome))?;
    table_sheet(book.add_worksheet(), "Promises", &promises(outcome))?;
    let curve = curve(answer);
    if curve.len() > 1 {
        table_sheet(book.add_worksheet(), "Agents", &curve)?;
    }
    inputs(book.add_worksheet(), text, command)?;
    let charts = book.worksheet_from_name("Charts")?;
    draw(charts, model, outcome, curve.len().saturating_sub(1))?;
    book.save_to_buffer()
}

/// An empty workbook that is not told when it was made: the same results, the same bytes.
pub(super) fn titled(title: &str) -> Result<Workbook, XlsxError> {
    let mut book = Workbook::new();
    let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(&DocProperties::new().set_title(short(title)).set_creation_datetime(&made));
    Ok(book)
}

fn short(text: &str) -> String {
    text.chars().take(200).filter(|c| !c.is_control()).collect()
}

/// The answer in words, as the terminal says it.
fn first(
    sheet: &mut Worksheet,
    model: &Model,
    outcome: &Outcome,
    answer: Option<&Answer>,
) -> Result<(), XlsxError> {
    sheet.set_name("Answer")?.set_column_width(0, 125)?.set_landscape().set_print_fit_to_pages(1, 0);
    let wide = Style { width: 110, colour: false };
    let text = match answer {
        Some(answer) => table::plan(model, answer, wide),
        None => table::simulate(model, outcome, wide),
    };
    let title = Format::new().set_bold().set_font_size(16);
    let heading = Format::new().set_bold();
    let plain = Format::new().set_font_name("Consolas").set_font_size(10);
    let mut above = "";
    for (row, line) in text.lines().enumerate() {
        let is_heading =
            above.is_empty() && !line.starts_with(' ') && line.len() < 60 && !line.ends_with('.');
        let format = if row == 0 {
            &title
        } else if is_heading {
            &heading
        } else {
            &plain
        };
        sheet.write_string_with_format(row as u32, 0, cut(line), format)?;
        above = line;
    }
    Ok(())
}

fn cut(text: &str) -> String {
    text.chars().take(MOST_TEXT).collect()
}

/// A table: its first row is the header.
pub(super) type Rows = Vec<Vec<Cell>>;

pub(super) fn header(names: &str) -> Vec<Cell> {
    names.split(' ').map(Cell::from).collect()
}

pub(super) fn table_sheet(sheet: &mut Worksheet, name: &str, rows: &Rows) -> Result<(), XlsxError> {
    sheet.set_name(name)?.set_freeze_panes(1, 0)?;
    sheet.set_landscape().set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
    let bold = Format::new().set_bold();
    let formats: Vec<Format> =
        rows.first().map_or_else(Vec::new, |header| header.iter().map(shown).collect());
    for (r, row) in rows.iter().take(MOST_ROWS).enumerate() {
        for (c, cell) in row.iter().enumerate() {
            let (line, column) = (r as u32, c as u16);
            match cell {
                Cell::Text(text) if r == 0 => {
                    sheet.write_string_with_format(line, column, cut(text), &bold)?
                }
                Cell::Text(text) => sheet.write_string(line, column, cut(text))?,
                Cell::Number(x) => sheet.write_number_with_format(line, column, *x, &formats[c])?,
                Cell::Nothing => continue,
            };
        }
    }
    let columns = formats.len() as u16;
    if columns > 0 {
        sheet.autofilter(0, 0, rows.len().clamp(1, MOST_ROWS) as u32 - 1, columns - 1)?;
        (0..columns).try_for_each(|c| sheet.set_column_width(c, 18).map(|_| ()))?;
    }
    if rows.len() > MOST_ROWS {
        sheet.write_string(MOST_ROWS as u32, 0, "and more: a sheet has no room; see intervals.csv")?;
    }
    Ok(())
}

/// How the numbers of a column are shown, known by its heading: shares as percentages, whole numbers whole.
fn shown(heading: &Cell) -> Format {
    let Cell::Text(name) = heading else { return Format::new() };
    let format = match name.as_str() {
        "service_level" | "service_level_low" | "service_level_high" | "days_p5" | "days_p95"
        | "abandonment" | "days_kept" | "kept_share" => "0.0%",
        "needed" | "on_shift" | "at_work" | "day" | "required_net" | "required_gross" | "agents"
        | "scenarios" | "targets" | "targets_met" | "warnings" => "0",
        "goal" | "achieved" | "achieved_low" | "achieved_high" | "value" | "low" | "high" => "0.0###",
        _ => "0.0",
    };
    Format::new().set_num_format(format)
}

/// Day, date and time of an interval.
fn place(model: &Model, index: usize) -> Vec<Cell> {
    let date = date(model, index).map_or(Cell::Nothing, |date| Cell::Text(date.to_string()));
    vec![Cell::Number((model.grid().day_of(index) + 1) as f64), date, Cell::Text(model.grid().clock(index))]
}

fn requirement(model: &Model, outcome: &Outcome, answer: Option<&Answer>) -> Rows {
    let mut rows = vec![header("day date start group queues required_net required_gross")];
    let mut all = needed(model, outcome, answer);
    all.sort_by_key(|one| one.group);
    for one in all {
        let mut row = place(model, one.index);
        let group = &model.groups[one.group.0].name;
        row.extend([Cell::from(group.as_str()), Cell::Text(serves(model, one.group))]);
        row.extend([Cell::Number(f64::from(one.net)), Cell::Number(f64::from(one.gross))]);
        rows.push(row);
    }
    rows
}

fn intervals(model: &Model, outcome: &Outcome) -> Rows {
    let mut rows = vec![header(
        "day date start queue offered answered abandoned mean_wait_s service_level service_level_low service_level_high mean_queue",
    )];
    for queue in &outcome.queues {
        for at in &queue.intervals {
            let mut row = place(model, at.index);
            row.push(Cell::from(queue.name.as_str()));
            row.extend(
                [at.offered, at.answered, at.abandoned, at.mean_wait_s, at.service_level].map(Cell::from),
            );
            row.extend([at.service_level.map(|e| e.low), at.service_level.map(|e| e.high)].map(number));
            row.push(Cell::from(at.mean_queue));
            rows.push(row);
        }
    }
    rows
}

fn queues(outcome: &Outcome) -> Rows {
    let mut rows = vec![header("queue measure value low high")];
    for queue in &outcome.queues {
        let level = queue.service_level.as_ref().and_then(|level| level.offered);
        let figures = [
            ("offered per day", queue.offered),
            ("answered per day", queue.answered),
            ("abandoned per day", queue.abandoned),
            ("abandonment", queue.abandonment),
            ("service level of offered", level),
            ("mean wait s", queue.mean_wait_s),
            ("asa s", queue.asa_s),
            ("mean queue", queue.mean_queue),
        ];
        rows.extend(figures.into_iter().filter_map(|(name, e)| figure(&queue.name, name, e)));
    }
    rows
}

fn groups(outcome: &Outcome) -> Rows {
    let mut rows = vec![header("group measure value low high")];
    for group in &outcome.groups {
        let figures = [
            ("staffed hours per day", group.staffed_hours),
            ("busy hours per day", group.busy_hours),
            ("overtime hours per day", group.overtime_hours),
            ("occupancy", group.occupancy),
            ("cost per day", group.cost),
        ];
        rows.extend(figures.into_iter().filter_map(|(name, e)| figure(&group.name, name, e)));
    }
    rows
}

fn figure(of: &str, measure: &str, e: Option<Estimate>) -> Option<Vec<Cell>> {
    let e = e?;
    Some(vec![of.into(), measure.into(), number(Some(e.mean)), number(Some(e.low)), number(Some(e.high))])
}

fn promises(outcome: &Outcome) -> Rows {
    let mut rows =
        vec![header("whose promise goal achieved achieved_low achieved_high kept_share kept_of verdict")];
    for target in &outcome.targets {
        let achieved = target.achieved;
        rows.push(vec![
            promise::whose(target).into(),
            Cell::Text(promise::goal(target)),
            Cell::Number(target.goal),
            Cell::from(achieved),
            number(achieved.map(|e| e.low)),
            number(achieved.map(|e| e.high)),
            Cell::from(target.days_met),
            target.per.stretches().into(),
            Cell::Text(promise::verdict(target.verdict).to_lowercase()),
        ]);
    }
    rows
}

fn curve(answer: Option<&Answer>) -> Rows {
    let mut rows = vec![header(
        "agents agent_hours service_level days_p5 days_p95 abandonment lost_per_day days_kept cost",
    )];
    for point in answer.map_or(&[][..], |answer| &answer.curve) {
        rows.push(vec![
            Cell::Number(f64::from(point.agents)),
            Cell::Number(point.agent_hours),
            number(Some(point.level.mean)),
            number(point.days.map(|days| days.p5)),
            number(point.days.map(|days| days.p95)),
            number(Some(point.abandonment.mean)),
            number(Some(point.lost_per_day.mean)),
            number(Some(point.days_met.mean)),
            number(point.cost),
        ]);
    }
    rows
}

/// The scenario as it was written, line by line, and what to type.
fn inputs(sheet: &mut Worksheet, text: &str, command: &str) -> Result<(), XlsxError> {
    sheet.set_name("Inputs")?.set_column_width(0, 125)?.set_landscape().set_print_fit_to_pages(1, 0);
    let plain = Format::new().set_font_name("Consolas").set_font_size(10);
    let bold = Format::new().set_bold();
    sheet.write_string_with_format(0, 0, "To get the same again", &bold)?;
    sheet.write_string_with_format(1, 0, cut(command), &plain)?;
    sheet.write_string_with_format(3, 0, "The scenario as it was written", &bold)?;
    for (row, line) in text.lines().take(MOST_ROWS).enumerate() {
        sheet.write_string_with_format(row as u32 + 4, 0, cut(line), &plain)?;
    }
    Ok(())
}

/// Service level by agents, then a chart for every queue whose customers wait, then one for every group.
fn draw(sheet: &mut Worksheet, model: &Model, outcome: &Outcome, points: usize) -> Result<(), XlsxError> {
    let mut charts = Vec::new();
    if points > 1 {
        charts.push(by_agents(points as u32));
    }
    let mut first = 1;
    for (queue, found) in model.queues.iter().zip(&outcome.queues) {
        let rows = found.intervals.len();
        if Measure::of(outcome, queue).is_waits() {
            let within = threshold(queue.within.as_secs_f64());
            let title = format!("{}: answered within {within}, by interval", queue.name);
            charts.extend(span(first, rows).map(|rows| by_interval(&short(&title), rows)));
        }
        first += rows;
    }
    let mut first = 1;
    let mut all = needed(model, outcome, None);
    all.sort_by_key(|one| one.group);
    for group in all.chunk_by(|a, b| a.group == b.group) {
        let title = format!("{}: agents by interval", model.groups[group[0].group.0].name);
        charts.extend(span(first, group.len()).map(|rows| required(&short(&title), rows)));
        first += group.len();
    }
    for (k, chart) in charts.iter_mut().take(MOST_CHARTS).enumerate() {
        chart.set_width(960).set_height(400);
        sheet.insert_chart(k as u32 * 21, 0, chart)?;
    }
    Ok(())
}

/// The first and the last row of a chart's figures; nothing where there are none: a chart of nothing makes Excel call the file
/// broken.
fn span(first: usize, rows: usize) -> Option<(u32, u32)> {
    let end = (first + rows.min(MOST_POINTS)).min(MOST_ROWS);
    (end > first).then(|| (first as u32, end as u32 - 1))
}

fn by_agents(points: u32) -> Chart {
    let mut chart = Chart::new(ChartType::ScatterStraightWithMarkers);
    for column in [2_u16, 3, 4] {
        let series = chart.add_series();
        series.set_categories(("Agents", 1, 0, points, 0)).set_values(("Agents", 1, column, points, column));
        let dash = if column == 2 { ChartLineDashType::Solid } else { ChartLineDashType::Dash };
        series.set_format(ChartLine::new().set_color(BLUE).set_dash_type(dash));
        series.set_marker(ChartMarker::new().set_none());
        series.set_name(match column {
            2 => "service level",
            3 => "nine days in ten, lower end",
            _ => "nine days in ten, upper end",
        });
    }
    chart.title().set_name("Service level by agents");
    chart.x_axis().set_name("agents at work at the peak").set_major_unit(1.0);
    chart.y_axis().set_name("service level").set_num_format("0%").set_max(1.0);
    chart
}

fn by_interval(title: &str, (first, last): (u32, u32)) -> Chart {
    let mut chart = Chart::new(ChartType::Line);
    for (column, name) in [(8_u16, "service level"), (9, "95% computing error, lower end"), (10, "upper end")]
    {
        let series = chart.add_series();
        series.set_categories(("Intervals", first, 2, last, 2));
        series.set_values(("Intervals", first, column, last, column)).set_name(name);
        let dash = if column == 8 { ChartLineDashType::Solid } else { ChartLineDashType::Dash };
        let width = if column == 8 { 2.25 } else { 0.75 };
        series.set_format(ChartLine::new().set_color(BLUE).set_width(width).set_dash_type(dash));
    }
    chart.title().set_name(title);
    chart.x_axis().set_name("interval");
    chart.y_axis().set_name("service level").set_num_format("0%").set_max(1.0);
    chart
}

/// Agents at work and to be scheduled.
fn required(title: &str, (first, last): (u32, u32)) -> Chart {
    let mut chart = Chart::new(ChartType::Column);
    for (column, name) in [(5_u16, "at work"), (6, "scheduled, before shrinkage")] {
        let series = chart.add_series();
        series.set_categories(("Requirement", first, 2, last, 2));
        series.set_values(("Requirement", first, column, last, column)).set_name(name);
        series.set_format(ChartSolidFill::new().set_color(if column == 5 { BLUE } else { GREY }));
    }
    chart.title().set_name(title);
    chart.x_axis().set_name("interval");
    chart.y_axis().set_name("agents");
    chart
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::{self, ONE_DAY, Size};
    use calamine::{Data, Reader, Xlsx};
    use std::io::Cursor;

    fn read(bytes: Vec<u8>) -> Xlsx<Cursor<Vec<u8>>> {
        Xlsx::new(Cursor::new(bytes)).unwrap()
    }

    #[test]
    fn what_is_written_can_be_read_back() {
        let model = fixture::model(ONE_DAY);
        let answer = fixture::answer(&model);
        let bytes = workbook(&model, &answer.outcome, Some(&answer), "a = 1\nb = 2", "headcount plan x.toml")
            .unwrap();
        let mut book = read(bytes);
        let names = book.sheet_names();
        assert_eq!(
            names,
            [
                "Answer",
                "Charts",
                "Requirement",
                "Intervals",
                "Queues",
                "Groups",
                "Promises",
                "Agents",
                "Inputs"
            ]
        );
        let sheet = book.worksheet_range("Requirement").unwrap();
        let group = &answer.groups[0];
        let (mut net, mut gross) = (Vec::new(), Vec::new());
        for row in sheet.rows().skip(1) {
            let [Data::Float(at_work), Data::Float(scheduled)] = [&row[5], &row[6]] else {
                panic!("{row:?}")
            };
            net.push(*at_work as u32);
            gross.push(*scheduled as u32);
        }
        let open: Vec<usize> = model.groups[0].opening.intervals().collect();
        assert_eq!(
            net,
            open.iter()
                .map(|&i| answer.outcome.groups[0].intervals.iter().find(|at| at.index == i).unwrap().agents)
                .collect::<Vec<_>>()
        );
        assert_eq!(gross, open.iter().map(|&i| group.scheduled[i]).collect::<Vec<_>>());
        let sheet = book.worksheet_range("Intervals").unwrap();
        let offered: Vec<f64> =
            sheet.rows().skip(1).map(|row| if let Data::Float(x) = row[4] { x } else { f64::NAN }).collect();
        let wanted: Vec<f64> =
            answer.outcome.queues[0].intervals.iter().map(|at| at.offered.unwrap().mean).collect();
        assert_eq!(offered, wanted);
        let sheet = book.worksheet_range("Inputs").unwrap();
        assert!(sheet.rows().any(|row| row[0] == Data::String("b = 2".to_owned())));
        let sheet = book.worksheet_range("Promises").unwrap();
        assert_eq!(sheet.rows().count(), 1 + answer.outcome.targets.len());
    }

    #[test]
    fn the_bytes_are_the_same_each_time_and_no_name_is_a_formula() {
        let mut model = fixture::model(Size { days: 2, minutes: 60, open: (9, 11), dated: true });
        model.queues[0].name = "=1+1".to_owned();
        let mut answer = fixture::answer(&model);
        answer.outcome.queues[0].name = "=1+1".to_owned();
        let make = || workbook(&model, &answer.outcome, Some(&answer), "", "").unwrap();
        assert!(make() == make());
        let mut book = read(make());
        let sheet = book.worksheet_range("Queues").unwrap();
        assert_eq!(sheet.get_value((1, 0)), Some(&Data::String("=1+1".to_owned())));
        assert!(book.worksheet_formula("Queues").unwrap().is_empty());
    }

    #[test]
    fn nothing_makes_a_workbook_too() {
        let mut model = fixture::model(ONE_DAY);
        let nothing = fixture::nothing(&model);
        assert!(workbook(&model, &nothing, None, "", "").is_ok());
        model.queues.clear();
        model.groups.clear();
        let nobody = Outcome { queues: Vec::new(), groups: Vec::new(), ..nothing };
        assert!(workbook(&model, &nobody, None, "", "").is_ok());
    }
}
