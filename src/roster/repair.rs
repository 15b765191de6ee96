//! The cheapest single change that mends a roster, found and confirmed by simulation.
//!
//! Of each kind of change the most promising are played on the very customers on whom the roster was judged, so that the
//! difference is known far better than either chance. The best of each kind is then played again, beside the roster as it
//! is, on customers that nobody has seen: what is said about it is not flattered by having been chosen.

use super::candidates::{Candidate, candidates};
use super::chance::{Chances, held};
use super::change::{Change, Kind, cross_trained};
use super::gaps::Needs;
use super::trials::{LEVEL, Trials, go_on, some_replications};
use super::{Question, Unjudged, Watch};
use crate::model::Model;
use crate::montecarlo::{Keeper, Kept, Outcome, Staffing};
use crate::stats::{Estimate, PairedRatios};

/// Candidates of each kind that are simulated.
const TRIED: usize = 12;

/// What was tried.
#[derive(Clone, Debug)]
pub struct Repairs {
    /// The chance that every promise holds on a day, of the roster as it is, on the customers of the confirmation.
    pub now: Option<Estimate>,
    /// The best of each kind, confirmed.
    pub best: Vec<Repair>,
    /// Which of them is the cheapest that mends the roster; where none does, the one that surely helps most.
    pub chosen: Option<usize>,
    /// How many changes there are, and how many were simulated.
    pub considered: usize,
    /// How many of them were simulated.
    pub tried: usize,
}

/// A change, confirmed.
#[derive(Clone, Debug)]
pub struct Repair {
    /// The change.
    pub change: Change,
    /// Minutes at work that it adds in the whole run.
    pub extra_minutes: i64,
    /// What these cost, where the group's rate is known.
    pub extra_cost: Option<f64>,
    /// The chance that every promise holds on a day, then.
    pub chance: Option<Estimate>,
    /// By how much the chance rises, on the same customers.
    pub gain: Option<Estimate>,
    /// Whether every promise is shown to be kept then.
    pub mends: bool,
    /// Everything found about it.
    pub outcome: Outcome,
}

/// Looks for repairs; `kept` is what the roster as it is gave on the customers of `trials`.
pub(super) fn repairs(
    question: &Question<'_>,
    trials: &mut Trials<'_>,
    kept: &[Kept],
    needs: &[Needs],
    watch: &Watch<'_>,
) -> Result<Repairs, Unjudged> {
    let replications = some_replications(question.model, question.replications);
    let all: Vec<Vec<Candidate>> = Kind::ALL.iter().map(|&kind| candidates(question, needs, kind)).collect();
    let considered = all.iter().map(Vec::len).sum();
    let tried: usize = all.iter().map(|some| some.len().min(TRIED)).sum();
    let mut done = 0;
    let mut best = Vec::new();
    for some in &all {
        let mut scored: Vec<(Score, &Candidate)> = Vec::new();
        for one in some.iter().take(TRIED) {
            go_on(watch, "trying repairs", done, tried as u64)?;
            done += 1;
            let then = played(question, trials, one, replications);
            scored.push((Score::of(trials.keeper(), &then), one));
        }
        let now = Score::of(trials.keeper(), &kept[..replications as usize]);
        let better = scored.into_iter().filter(|(score, _)| score.is_above(&now));
        // Of equals the first, which promised most.
        best.extend(better.reduce(|a, b| if b.0.is_above(&a.0) { b } else { a }).map(|(_, one)| one));
    }
    let mut found = Repairs { now: None, best: Vec::new(), chosen: None, considered, tried };
    confirm(question, &best, &mut found, watch)?;
    Ok(found)
}

/// How well a roster did: days that kept everything, then contacts on the good side of their goals.
struct Score(u64, f64);

impl Score {
    fn of(keeper: &Keeper, kept: &[Kept]) -> Self {
        let days = kept.iter().map(|one| held(one).0).sum();
        let figures = kept.iter().flat_map(|one| keeper.intervals().iter().zip(&one.intervals));
        Self(days, figures.map(|(at, &figure)| keeper.beyond(at, figure)).sum())
    }

    fn is_above(&self, other: &Self) -> bool {
        (self.0, self.1) > (other.0, other.1)
    }
}

/// What a candidate gives on the customers of `trials`.
fn played(question: &Question<'_>, trials: &mut Trials<'_>, one: &Candidate, replications: u64) -> Vec<Kept> {
    match trained(question, &one.change) {
        Some((model, staffing)) => Trials::new(&model, 0).play(&staffing, replications),
        None => trials.play(&one.staffing, replications),
    }
}

/// The centre in which somebody has learned a skill; nothing for other changes.
fn trained(question: &Question<'_>, change: &Change) -> Option<(Model, Staffing)> {
    let Change::CrossTrain { group, person, to } = change else { return None };
    let roster = question.rosters[group.0].as_ref()?;
    Some(cross_trained(question.model, question.staffing, roster, person, *group, *to))
}

/// Plays the best again on fresh customers, beside the roster as it is.
fn confirm(
    question: &Question<'_>,
    best: &[&Candidate],
    found: &mut Repairs,
    watch: &Watch<'_>,
) -> Result<(), Unjudged> {
    let (first, replications) = (question.replications, question.replications);
    let mut fresh = Trials::new(question.model, first);
    let (_, now) = fresh.measured(question.staffing, replications, watch)?;
    found.now = Chances::new(fresh.keeper(), &now).overall;
    // The error is shared between those that are confirmed.
    let level = 1.0 - (1.0 - LEVEL) / best.len().max(1) as f64;
    for (k, one) in best.iter().enumerate() {
        go_on(watch, "confirming repairs", k as u64, best.len() as u64)?;
        let trained = trained(question, &one.change);
        let (outcome, then) = match &trained {
            Some((model, staffing)) => Trials::new(model, first).measured(staffing, replications, watch)?,
            None => fresh.measured(&one.staffing, replications, watch)?,
        };
        let mut paired = PairedRatios::default();
        then.iter().zip(&now).for_each(|(then, now)| paired.push(held(then), held(now)));
        let roster = question.rosters[one.change.group().0].as_ref();
        let extra_minutes = roster.map_or(0, |roster| one.change.extra_minutes(roster));
        let rate = question.model.groups[one.change.group().0].cost_per_hour;
        found.best.push(Repair {
            change: one.change.clone(),
            extra_minutes,
            extra_cost: rate.map(|rate| rate * extra_minutes as f64 / 60.0),
            chance: Chances::new(fresh.keeper(), &then).overall,
            gain: paired.difference(level),
            mends: outcome.targets.iter().all(crate::plan::slack::is_kept),
            outcome,
        });
    }
    found.chosen = chosen(&found.best);
    Ok(())
}

/// The cheapest that mends; else the one that surely helps most.
fn chosen(best: &[Repair]) -> Option<usize> {
    let costs_known = best.iter().all(|one| one.extra_cost.is_some());
    let price = |one: &Repair| match one.extra_cost.filter(|_| costs_known) {
        Some(cost) => cost,
        None => one.extra_minutes as f64,
    };
    let numbered = || best.iter().enumerate();
    let mending = numbered().filter(|(_, one)| one.mends);
    let cheapest = mending.min_by(|a, b| price(a.1).total_cmp(&price(b.1)).then(a.0.cmp(&b.0)));
    let sure = numbered().filter(|(_, one)| one.gain.is_some_and(|gain| gain.low > 0.0));
    let gain = |one: &Repair| one.gain.map_or(0.0, |gain| gain.mean);
    let most = sure.max_by(|a, b| gain(a.1).total_cmp(&gain(b.1)).then(b.0.cmp(&a.0)));
    cheapest.or(most).map(|(k, _)| k)
}
