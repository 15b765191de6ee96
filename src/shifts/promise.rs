//! The cheapest shifts that keep a promise over the day itself, not the plan's answer interval by interval.
//!
//! Theory says what each person beyond an interval's floor brings, and the solver finds the cheapest shifts that bring
//! enough. Theory is nearly right, simulation is right: so what was found is simulated on the customers of the search, and
//! the goal of the program is corrected by what the promise was missed or exceeded by ([`crate::plan::trade`]). The
//! cheapest shifts that were kept are confirmed on customers that the search never saw; where those contradict them, more
//! is asked for and others are confirmed on new ones.
//!
//! The correction would go on for ever between two neighbouring costs. It stops at the first answer that is kept and
//! cannot become cheaper by the correction, or hardly cheaper than what was not kept, or after a few rounds.

use super::error::ShiftsError;
use super::kept::at_work;
use super::needs::Need;
use super::schedule::{Chooser, Schedule};
use super::solver::{Means, Solved};
use crate::model::Model;
use crate::montecarlo::Verdict;
use crate::plan::trade::{Judgement, Trade};

/// Rounds of solving and simulating.
const ROUNDS: u32 = 8;
/// Each round starts from the shifts of the last one: such a share of the effort is enough for it.
const SHARE: u64 = 4;
/// Confirmations before a contradiction is reported instead of repaired.
const CONFIRMATIONS: u32 = 6;
/// Corrections smaller than this share of what is wanted change nothing worth a round.
const TRIFLE: f64 = 1e-3;
/// Between costs that differ by less than this share, one kept and one not, nothing is looked for.
const NEAR: f64 = 5e-4;

/// Shifts for a promise over the day.
#[derive(Clone, Debug)]
pub struct Promised {
    /// The shifts.
    pub schedule: Schedule,
    /// Whether the promises over the day are kept, group by group.
    pub verdicts: Vec<Judgement>,
    /// Every choice that was tried: its cost and whether it was kept on the customers of the search.
    pub tried: Vec<(f64, Verdict)>,
    /// Whether it was ended from outside.
    pub interrupted: bool,
}

/// The cheapest shifts found that keep the promises of `trade`, and cover the `others`; `goes_on` is told the steps of
/// work that are done and ends the search by saying no.
///
/// # Errors
/// There are no shifts, too many, or none that keep what is promised within the rules.
pub fn promised(
    model: &Model,
    others: Vec<Need>,
    trade: &mut Trade<'_, '_>,
    means: impl Into<Means>,
    goes_on: &dyn Fn(u64) -> bool,
) -> Result<Promised, ShiftsError> {
    let chooser = Chooser::new(model)?;
    let more = vec![0.0; trade.groups().len()];
    let mut hunt = Hunt {
        model,
        chooser,
        others,
        trade,
        means: means.into().share(SHARE),
        goes_on,
        more,
        start: None,
        tried: Vec::new(),
        work: 0,
    };
    let (found, met) = hunt.search()?;
    hunt.confirm(found, met)
}

/// A choice with what was asked of it.
#[derive(Clone)]
struct Found {
    solved: Solved,
    needs: Vec<Need>,
    more: Vec<f64>,
}

struct Hunt<'a, 'w, 'm> {
    model: &'a Model,
    chooser: Chooser<'a>,
    others: Vec<Need>,
    trade: &'a mut Trade<'w, 'm>,
    means: Means,
    goes_on: &'a dyn Fn(u64) -> bool,
    /// What is asked for beyond what theory thinks enough, group by group.
    more: Vec<f64>,
    /// The last choice, from which the next one is looked for.
    start: Option<Vec<u32>>,
    tried: Vec<(f64, Verdict)>,
    /// Steps of work done.
    work: u64,
}

impl Hunt<'_, '_, '_> {
    /// The cheapest choice that is kept on the customers of the search, or the last one if none is; and which it is.
    fn search(&mut self) -> Result<(Found, bool), ShiftsError> {
        let (mut best, mut last): (Option<Found>, Option<Found>) = (None, None);
        for _ in 0..ROUNDS {
            let found = match self.solve() {
                Ok(found) => found,
                // More was asked for than the rules allow: the last choice is the nearest to it.
                Err(ShiftsError::Impossible | ShiftsError::NotFound) if last.is_some() => break,
                Err(error) => return Err(error),
            };
            let judged = self.trade.judge(&self.staffing(&found));
            let met = judged.iter().all(is_met);
            self.tried.push((found.solved.cost, worst(&judged)));
            let cheaper = best.as_ref().is_none_or(|best| found.solved.cost < best.solved.cost - 1e-6);
            let improved = met && cheaper;
            if improved {
                best = Some(found.clone());
            }
            let low = judged.iter().any(|judged| !judged.low.is_empty());
            let moved = self.correct(&judged, &found);
            last = Some(found);
            let ended = judged.iter().any(|judged| judged.interrupted) || !(self.goes_on)(self.work);
            let near = best.as_ref().is_some_and(|best| self.is_near(best.solved.cost));
            if ended || (!low && !moved) || near || (best.is_some() && met && !improved) {
                break;
            }
        }
        let met = best.is_some();
        let found = best.or(last).ok_or(ShiftsError::NotFound)?;
        Ok((found, met))
    }

    /// Whether what was not kept cost hardly less.
    fn is_near(&self, kept: f64) -> bool {
        let others = self.tried.iter().filter(|(_, verdict)| *verdict != Verdict::Met);
        others.map(|(cost, _)| *cost).any(|cost| kept - cost < NEAR * kept)
    }

    /// Confirms a choice on new customers, or what it takes instead.
    fn confirm(mut self, mut found: Found, met: bool) -> Result<Promised, ShiftsError> {
        self.more.clone_from(&found.more);
        for round in 1.. {
            let mut judged = self.trade.confirm(&self.staffing(&found));
            let refuted = judged.iter().any(is_refuted);
            let interrupted = judged.iter().any(|judged| judged.interrupted) || !(self.goes_on)(self.work);
            let ends = !refuted || !met || interrupted || round == CONFIRMATIONS;
            let next = if ends { None } else { self.more_than(&found, &judged)? };
            let Some(next) = next else {
                for judged in &mut judged {
                    judged.verdict = verdict(judged, met);
                }
                let schedule =
                    Schedule { patterns: self.chooser.patterns, solved: found.solved, needs: found.needs };
                return Ok(Promised { schedule, verdicts: judged, tried: self.tried, interrupted });
            };
            found = next;
        }
        unreachable!("it ends after some rounds")
    }

    /// A choice of which more is asked where new customers contradicted the last one; nothing where the rules allow none.
    fn more_than(&mut self, found: &Found, judged: &[Judgement]) -> Result<Option<Found>, ShiftsError> {
        for (more, judged) in self.more.iter_mut().zip(judged).filter(|(_, judged)| is_refuted(judged)) {
            *more += (judged.closest - judged.ahead).max(0.0);
        }
        self.start = Some(found.solved.x.clone());
        match self.solve() {
            Ok(found) => Ok(Some(found)),
            Err(ShiftsError::Impossible | ShiftsError::NotFound) => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn solve(&mut self) -> Result<Found, ShiftsError> {
        let traded = self.trade.curves().into_iter().zip(&self.more);
        let traded = traded.map(|(curves, &more)| Need::traded(curves, more));
        let mut needs: Vec<Need> = self.others.iter().cloned().chain(traded).collect();
        needs.sort_by_key(|need| need.group);
        let done = self.work;
        let told = |nodes| (self.goes_on)(done + nodes);
        let solved = self.chooser.solve(&needs, self.start.as_deref(), self.means, &told)?;
        self.work += solved.nodes;
        self.start = Some(solved.x.clone());
        Ok(Found { solved, needs, more: self.more.clone() })
    }

    fn staffing(&self, found: &Found) -> crate::montecarlo::Staffing {
        at_work(self.model, &self.chooser.patterns, &found.solved.x, &found.needs)
    }

    /// Asks for as much more or less as leaves each promise just kept for certain; false if nothing changes.
    fn correct(&mut self, judged: &[Judgement], found: &Found) -> bool {
        let wanted = found.needs.iter().filter_map(|need| need.gain.as_ref()).map(|gain| gain.wanted);
        let mut moved = false;
        for ((more, judged), wanted) in self.more.iter_mut().zip(judged).zip(wanted) {
            let by = judged.closest - judged.ahead;
            if by.abs() > TRIFLE * wanted.max(1.0) {
                *more += by;
                moved = true;
            }
        }
        moved
    }
}

fn is_met(judged: &Judgement) -> bool {
    judged.verdict == Verdict::Met && judged.low.is_empty()
}

/// Whether new customers contradict it.
fn is_refuted(judged: &Judgement) -> bool {
    judged.verdict == Verdict::Missed || !judged.looks_met || !judged.low.is_empty()
}

/// What may be said after a confirmation: kept by the search and not contradicted is kept.
fn verdict(judged: &Judgement, met: bool) -> Verdict {
    match judged.verdict {
        _ if judged.interrupted => Verdict::Undecided,
        _ if !judged.low.is_empty() => Verdict::Missed,
        Verdict::Undecided if met && judged.looks_met => Verdict::Met,
        verdict => verdict,
    }
}

/// The worst verdict of several groups.
fn worst(judged: &[Judgement]) -> Verdict {
    let any = |verdict| judged.iter().any(|judged| judged.verdict == verdict);
    match () {
        () if any(Verdict::Missed) || judged.iter().any(|judged| !judged.low.is_empty()) => Verdict::Missed,
        () if any(Verdict::Undecided) => Verdict::Undecided,
        () => Verdict::Met,
    }
}
