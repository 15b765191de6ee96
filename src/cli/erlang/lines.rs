//! `headcount erlang b`: lines and blocking.

use super::queue::{around, calls_per_hour, no_question};
use crate::cli::args::ErlangB;
use crate::cli::failure::Failure;
use crate::erlang::{blocking, lines_needed, load_for_blocking};
use crate::report::formula::{Answer, Formula, Goal, Row, Sheet};

/// One question to Erlang B.
pub(super) fn sheet(asked: &ErlangB) -> Result<Sheet, Failure> {
    let answer = answer(asked)?;
    let load = match answer {
        Answer::Carried { per_hour: Some(per_hour), .. } => load(asked, per_hour),
        _ => load(asked, asked.work.calls.as_ref().map_or(0.0, |calls| calls.per_hour)),
    };
    let (centre, reach) = match answer {
        Answer::Given(lines) => (Some(lines), 2),
        Answer::Needed(lines) => (lines, 2),
        Answer::Carried { agents, per_hour } => (per_hour.map(|_| agents), 0),
    };
    let rows = around(centre, reach).map(|lines| row(load, lines, asked)).collect::<Result<_, _>>()?;
    Ok(Sheet {
        formula: Formula::B,
        load,
        calls_per_hour: calls_per_hour(load, asked.work.aht.seconds),
        aht_s: asked.work.aht.seconds,
        patience_s: None,
        lines: None,
        within_s: None,
        definition: None,
        goals: asked.blocking.iter().map(|share| Goal::Blocking(share.share)).collect(),
        in_reach: answer.is_in_reach(),
        answer,
        rows,
    })
}

fn load(asked: &ErlangB, per_hour: f64) -> f64 {
    per_hour * asked.work.aht.seconds / 3600.0
}

fn answer(asked: &ErlangB) -> Result<Answer, Failure> {
    let aht_s = asked.work.aht.seconds;
    match (&asked.work.calls, asked.lines, &asked.blocking) {
        (Some(_), Some(lines), _) => Ok(Answer::Given(lines)),
        (Some(calls), None, Some(share)) => {
            Ok(Answer::Needed(lines_needed(load(asked, calls.per_hour), share.share)))
        }
        (None, Some(lines), Some(share)) => {
            let carried = load_for_blocking(lines, share.share);
            Ok(Answer::Carried { agents: lines, per_hour: carried.map(|load| calls_per_hour(load, aht_s)) })
        }
        _ => Err(no_question("--lines", "--blocking 1%")),
    }
}

fn row(load: f64, lines: u32, asked: &ErlangB) -> Result<Row, Failure> {
    let blocked = blocking(load, lines).map_err(super::queue::outside)?;
    Ok(Row {
        agents: lines,
        kept: asked.blocking.as_ref().map(|share| blocked <= share.share),
        service_level: None,
        speed_of_answer_s: None,
        wait_probability: None,
        abandonment: None,
        blocking: Some(blocked),
        occupancy: if lines == 0 { 0.0 } else { (load * (1.0 - blocked) / f64::from(lines)).min(1.0) },
        stable: true,
    })
}
