//! For programs: the shifts, the coverage, cost, bound and gap, the promises.

use super::moment;
use crate::model::{Model, Queue, QueueId};
use crate::montecarlo::Verdict;
use crate::plan::Sample;
use crate::plan::trade::Judgement;
use crate::shifts::coverage::{Coverage, coverage, hours};
use crate::shifts::{Answer, Pattern, Pause, Price};
use serde_json::{Value, json};

/// Everything that was found.
pub fn json(model: &Model, answer: &Answer, prices: &[Price], hash: &str) -> serde_json::Result<String> {
    let groups = coverage(model, &answer.schedule);
    let sum = hours(model, &answer.schedule, &groups, |_| true);
    let solved = &answer.schedule.solved;
    let mut all = json!({
        "program": concat!("headcount ", env!("CARGO_PKG_VERSION")),
        "scenario": model.name,
        "scenario_hash": hash,
        "seed": model.run.seed,
        "mode": if answer.keeps() { "promise" } else { "cover" },
        "verdict": verdict(answer),
        "cost": solved.cost,
        "bound": solved.bound,
        "linear_bound": solved.linear,
        "gap": solved.gap(),
        "paid_hours": sum.paid,
        "hours": {
            "paid": sum.paid,
            "on_shift": sum.on_shift,
            "at_work": sum.at_work,
            "needed": sum.needed,
            "over": sum.over,
            "short": sum.short,
            "efficiency": (sum.needed > 0.0).then(|| sum.efficiency()),
            "productive": sum.productive(),
        },
        "shifts": answer.schedule.used().map(|(pattern, n)| shift(model, pattern, n)).collect::<Vec<_>>(),
        "groups": groups.iter().map(|group| covered(model, group)).collect::<Vec<_>>(),
        "targets": serde_json::to_value(&answer.outcome.targets)?,
    });
    if !answer.tried.is_empty() {
        let tried = |(cost, verdict): &(f64, Verdict)| json!({ "cost": cost, "verdict": verdict });
        all["tried"] = answer.tried.iter().map(tried).collect();
    }
    if let Some(shared) = &answer.jointly {
        all["covering_cost"] = json!(shared.covering);
        let judged = shared.judged.iter().flat_map(|judged| {
            judged.targets.iter().map(|(queue, _, verdict)| (queue, verdict, &judged.sample))
        });
        let one = |(queue, verdict, sample): (&QueueId, &Verdict, &Sample)| json!({ "queue": model.queues[queue.0].name, "verdict": verdict, "sample": sample });
        all["confirmed"] = judged.map(one).collect();
    }
    if !answer.traded.is_empty() {
        all["confirmed"] = answer.traded.iter().map(|judged| confirmed(model, judged)).collect();
    }
    if let Some(tours) = &answer.tours {
        all["tours"] = super::people_json::json(model, answer, tours);
    }
    if !prices.is_empty() {
        all["prices"] = prices.iter().map(price).collect();
    }
    Ok(serde_json::to_string_pretty(&all)? + "\n")
}

/// The worst of all verdicts.
fn verdict(answer: &Answer) -> Verdict {
    let any = |verdict| answer.outcome.targets.iter().any(|target| target.verdict == verdict);
    [Verdict::Missed, Verdict::Undecided].into_iter().find(|verdict| any(*verdict)).unwrap_or(Verdict::Met)
}

fn shift(model: &Model, pattern: &Pattern, people: u32) -> Value {
    let pause = |pause: &Pause| {
        json!({
            "start": moment(model, pattern.start + pause.after),
            "end": moment(model, pattern.start + pause.after + pause.length),
            "paid": pause.paid,
        })
    };
    let mut shift = json!({
        "shift": model.shifts.templates[pattern.template].name,
        "group": model.groups[pattern.group.0].name,
        "start": moment(model, pattern.start),
        "end": moment(model, pattern.start + pattern.length),
        "breaks": pattern.breaks.iter().map(pause).collect::<Vec<_>>(),
        "paid_hours": pattern.paid_hours,
        "people": people,
    });
    if let Some(c) = pattern.contract {
        shift["contract"] = json!(model.shifts.contracts[c].name);
    }
    shift
}

fn covered(model: &Model, group: &Coverage) -> Value {
    json!({
        "name": model.groups[group.group.0].name,
        "needed_is": if group.is_floor { "floor" } else { "need" },
        "needed": group.needed,
        "on_shift": group.on_shift,
        "at_work": group.at_work,
    })
}

fn confirmed(model: &Model, judged: &Judgement) -> Value {
    let group = &model.groups[judged.group.0];
    let queue = group.serves.first().map(|skill| &model.queues[skill.queue.0]);
    json!({
        "group": group.name,
        "queue": queue.map(|Queue { name, .. }| name),
        "verdict": judged.verdict,
        "sample": judged.sample,
    })
}

fn price(price: &Price) -> Value {
    json!({
        "rule": price.rule,
        "instead": price.instead,
        "saves": price.saves,
        "saves_at_most": price.at_most,
    })
}
