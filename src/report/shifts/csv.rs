//! For spreadsheets: the roster, a row for each person and day.

use super::moment;
use crate::model::Model;
use crate::shifts::{Answer, dealt};

/// Person, group, shift, start, end and every break, in the layout that `headcount roster` reads.
pub fn csv(model: &Model, answer: &Answer) -> Result<Vec<u8>, ::csv::Error> {
    let duties = dealt(model, answer);
    let most = duties.iter().map(|duty| duty.pattern.breaks.len()).max().unwrap_or(0);
    let mut out = super::super::csv::writer();
    let mut header = ["agent", "group", "shift", "start", "end"].map(str::to_owned).to_vec();
    for k in 1..=most {
        let number = if k == 1 { String::new() } else { format!("_{k}") };
        header.extend([format!("break_start{number}"), format!("break_end{number}")]);
    }
    header.push("timezone".to_owned());
    out.write_record(&header)?;
    for duty in duties {
        let pattern = duty.pattern;
        let mut row = vec![
            duty.agent,
            model.groups[pattern.group.0].name.clone(),
            model.shifts.templates[pattern.template].name.clone(),
            moment(model, pattern.start),
            moment(model, pattern.start + pattern.length),
        ];
        for k in 0..most {
            let pause = pattern.breaks.get(k);
            let at = |offset: usize| moment(model, pattern.start + offset);
            row.push(pause.map_or_else(String::new, |pause| at(pause.after)));
            row.push(pause.map_or_else(String::new, |pause| at(pause.after + pause.length)));
        }
        row.push(model.calendar.timezone.clone().unwrap_or_default());
        out.write_record(&row)?;
    }
    super::super::csv::finished(out)
}
