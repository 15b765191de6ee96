//! Several scenarios on the same customers: what each gives, and how they differ replication by replication.
//!
//! Every replication is drawn from the same streams for all of them, so that what they share — a busy day, a run of long
//! calls — cancels in the difference ([`PairedRatios`]). Scenarios whose queues have other names or places in the file
//! share less of their customers; the difference is then known less well, and is as true.

use super::gathering::Gathering;
use super::judge::words;
use super::level::Level;
use super::measure::measure;
use super::outcome::{Outcome, TargetKind, some_whole_or_real};
use super::reading::{Pair, QueueReading, Reader, Reading, every_queue};
use super::same_customers::SameCustomers;
use crate::engine::{Run, Staffing, Tape};
use crate::model::{Goal, GroupId, Model, Queue, QueueId};
use crate::stats::{Estimate, PairedRatios};
use serde::Serialize;
use std::ops::Range;

/// Confidence level of every interval.
const LEVEL: f64 = 0.95;
/// Contacts after which a run looks up, to be interrupted or to tell how far it is.
const CONTACTS_BETWEEN_LOOKS: f64 = 4e6;
/// Most scenarios that are played together, replication by replication.
const TOGETHER: usize = 16;
/// Memory for those that are, in bytes, more or less: every thread has a run and the sums of each.
const MEMORY: usize = 64 << 20;
/// What these take, in bytes: for a queue, mostly the histogram of its waits; for an interval of a queue or of a group; for
/// a contact, where behaviours remember it.
const OF_A_QUEUE: usize = 540 << 10;
const OF_AN_INTERVAL: usize = 1200;
const OF_A_CONTACT: usize = 250;

/// Something that is compared.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Figure {
    /// The queue, or the group, that it speaks of.
    pub of: String,
    /// What is measured there.
    pub kind: TargetKind,
    /// In time means within so many seconds, where that belongs to it.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "some_whole_or_real")]
    pub within_s: Option<f64>,
    /// What is divided by what, where there are several ways.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub definition: Option<&'static str>,
}

/// One scenario that was played.
#[derive(Clone, Debug)]
pub struct Side {
    /// Everything that was found about it.
    pub outcome: Outcome,
    /// What is compared.
    pub figures: Vec<Figure>,
    /// Numerator and denominator of every figure in every replication.
    pairs: Vec<Vec<Pair>>,
}

/// How a figure of one scenario differs from that of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Surely better: the interval of the difference lies on the better side of 0.
    Better,
    /// Surely worse.
    Worse,
    /// Neither can be told.
    Undecided,
    /// Not a bit different in any replication.
    Same,
}

/// Where to find a figure in a reading.
enum Where {
    Level(usize),
    Target(usize, usize),
    Lost(usize),
    Busy(usize),
}

/// A scenario that takes part.
#[derive(Clone, Copy, Debug)]
pub struct Entrant<'m> {
    /// The facts.
    pub model: &'m Model,
    /// The agents at work.
    pub staffing: &'m Staffing,
}

/// Plays the first replications of every scenario on the same customers; nothing if `goes_on` said no before all were done.
/// `goes_on` is told how many are done, those of all scenarios counted. The result does not depend on the number of threads.
pub fn play(
    entrants: &[Entrant<'_>],
    seed: u64,
    replications: u64,
    goes_on: &dyn Fn(u64) -> bool,
) -> Option<Vec<Side>> {
    let mut sides = Vec::with_capacity(entrants.len());
    for some in entrants.chunks(together(entrants)) {
        let before = sides.len() as u64 * replications;
        sides.extend(play_together(some, seed, replications, &|done| goes_on(before + done))?);
    }
    Some(sides)
}

/// How many are played together: as many as memory allows, one at least.
fn together(entrants: &[Entrant<'_>]) -> usize {
    let of_one = entrants.iter().map(|entrant| memory(entrant.model)).max().unwrap_or(0).max(1);
    (MEMORY / (rayon::current_num_threads() * of_one)).clamp(1, TOGETHER)
}

/// Memory that a run of a model and its sums take, in bytes, more or less.
fn memory(model: &Model) -> usize {
    let queues = model.queues.len();
    let intervals = model.grid().intervals() * (queues + model.groups.len());
    let remembers = (0..queues).any(|q| model.counts_more(QueueId(q)));
    let contacts = if remembers { model.expected_contacts() as usize } else { 0 };
    queues * OF_A_QUEUE + intervals * OF_AN_INTERVAL + contacts * OF_A_CONTACT
}

/// Plays scenarios replication by replication, one after the other.
fn play_together(
    entrants: &[Entrant<'_>],
    seed: u64,
    replications: u64,
    goes_on: &dyn Fn(u64) -> bool,
) -> Option<Vec<Side>> {
    let models: Vec<&Model> = entrants.iter().map(|entrant| entrant.model).collect();
    let mut players: Vec<Player> =
        entrants.iter().map(|entrant| Player::new(*entrant, replications)).collect();
    let customers = SameCustomers::new(&models, seed);
    for block in blocks(&models, replications as usize) {
        if !goes_on((block.start * models.len()) as u64) {
            return None;
        }
        let read = |k: usize, run: &mut Run, tape: &Tape, r| players[k].read(run, tape, r);
        let read = customers.play(block, read);
        for row in read.chunks_exact(players.len()) {
            players.iter_mut().zip(row).for_each(|(player, pairs)| player.keep(pairs));
        }
    }
    Some(players.into_iter().map(|player| player.finished(seed)).collect())
}

/// Replications that are played before looking up: enough to give every thread some, however many contacts that is.
fn blocks(models: &[&Model], replications: usize) -> impl Iterator<Item = Range<usize>> {
    let contacts: f64 = models.iter().map(|model| model.expected_contacts()).sum();
    let few = (CONTACTS_BETWEEN_LOOKS / contacts.max(1.0)).ceil() as usize;
    let step = few.max(4 * rayon::current_num_threads());
    (0..replications).step_by(step).map(move |start| start..(start + step).min(replications))
}

/// A scenario that is played and read.
struct Player<'m> {
    entrant: Entrant<'m>,
    reader: Reader,
    gathering: Gathering,
    figures: Vec<Figure>,
    places: Vec<Where>,
    /// As [`Side::pairs`].
    pairs: Vec<Vec<Pair>>,
}

impl<'m> Player<'m> {
    fn new(entrant: Entrant<'m>, replications: u64) -> Self {
        let Entrant { model, staffing } = entrant;
        let (of, first_of_groups) = everything(model);
        let (figures, places): (Vec<_>, Vec<_>) = figures(model, first_of_groups).into_iter().unzip();
        Self {
            entrant,
            reader: Reader::new(model, staffing, &of, &vec![Vec::new(); of.len()]),
            gathering: Gathering::new(model, staffing),
            pairs: vec![Vec::with_capacity(replications as usize); figures.len()],
            figures,
            places,
        }
    }

    /// Plays the replication that is on the tape; numerator and denominator of every figure.
    fn read(&self, run: &mut Run, tape: &Tape, replication: u64) -> Vec<Pair> {
        let tally = self.gathering.play(run, tape, self.entrant.staffing, replication);
        let reading = self.reader.read(tape, tally);
        self.places.iter().map(|place| place.find(&reading)).collect()
    }

    /// Writes down what was read of a replication.
    fn keep(&mut self, read: &[Pair]) {
        self.pairs.iter_mut().zip(read).for_each(|(column, pair)| column.push(*pair));
    }

    fn finished(self, seed: u64) -> Side {
        let Entrant { model, staffing } = self.entrant;
        let outcome = measure(model, staffing, &self.gathering.finished(seed, 0), LEVEL);
        Side { outcome, figures: self.figures, pairs: self.pairs }
    }
}

/// Every queue with its first group, then every group with its first queue; and where the groups begin.
fn everything(model: &Model) -> (Vec<(QueueId, GroupId)>, usize) {
    let mut pairs = every_queue(model);
    let groups = pairs.len();
    pairs.extend((0..model.groups.len()).map(|g| {
        let queue = model.groups[g].serves.first().map_or(QueueId(0), |skill| skill.queue);
        (queue, GroupId(g))
    }));
    (pairs, groups)
}

/// What can be compared of a scenario: its promises first, then who hangs up, then how busy people are.
fn figures(model: &Model, groups: usize) -> Vec<(Figure, Where)> {
    let mut all = Vec::new();
    for (q, queue) in model.queues.iter().enumerate() {
        all.extend(promises(q, queue));
    }
    for (q, queue) in model.queues.iter().enumerate() {
        let promised = queue.targets.iter().any(|target| matches!(target.goal, Goal::Abandoned(_)));
        if queue.patience.is_some() && !promised {
            let figure = Figure {
                of: queue.name.clone(),
                kind: TargetKind::Abandoned,
                within_s: None,
                definition: None,
            };
            all.push((figure, Where::Lost(q)));
        }
    }
    for (g, group) in model.groups.iter().enumerate() {
        let kind = TargetKind::MaxOccupancy;
        let figure = Figure { of: group.name.clone(), kind, within_s: None, definition: None };
        all.push((figure, Where::Busy(groups + g)));
    }
    all
}

/// A queue's promises; the reported level where it promises nothing about waits and is no work that can wait.
fn promises(q: usize, queue: &Queue) -> Vec<(Figure, Where)> {
    let figure = |kind, within_s, definition| Figure { of: queue.name.clone(), kind, within_s, definition };
    let seconds = |time: crate::units::Micros| Some(time.0 as f64 / 1e6);
    let mut found: Vec<(Figure, Where)> = Vec::new();
    for (t, target) in queue.targets.iter().enumerate() {
        let (kind, _, within_s, definition) = words(&target.goal);
        found.push((figure(kind, within_s, definition), Where::Target(q, t)));
    }
    if found.is_empty() && !queue.channel.is_deferred() {
        let level =
            Level::reported(queue).map(|level| (seconds(level.within(queue)), level.definition.key()));
        found.extend(level.map(|(within_s, definition)| {
            (figure(TargetKind::Answered, within_s, Some(definition)), Where::Level(q))
        }));
    }
    found
}

impl Where {
    fn find(&self, reading: &Reading) -> Pair {
        let of = |queue: usize| -> &QueueReading { &reading.queues[queue] };
        match *self {
            Self::Level(q) => of(q).level,
            Self::Target(q, t) => of(q).figures[t],
            Self::Lost(q) => of(q).lost,
            Self::Busy(pair) => of(pair).occupancy,
        }
    }
}

impl Figure {
    /// Whether more of it is better: nothing for how busy people are, which is neither.
    pub fn more_is_better(&self) -> Option<bool> {
        match self.kind {
            TargetKind::Answered | TargetKind::Done | TargetKind::Replied | TargetKind::CalledBack => {
                Some(true)
            }
            TargetKind::Asa | TargetKind::Abandoned | TargetKind::Longest => Some(false),
            TargetKind::MaxOccupancy => None,
        }
    }

    /// Whether it is a share, not a time.
    pub fn is_share(&self) -> bool {
        !matches!(self.kind, TargetKind::Asa | TargetKind::Longest)
    }
}

impl Side {
    /// The figure in the long run, in shares or seconds.
    pub fn value(&self, figure: &Figure) -> Option<Estimate> {
        let mut moments = crate::stats::RatioMoments::default();
        self.column(figure)?.iter().for_each(|&(x, y)| moments.push(x, y));
        let found = if figure.is_share() { moments.ratio_share(LEVEL) } else { moments.ratio(LEVEL) };
        found.map(|e| in_units(figure, e))
    }

    /// By how much the figure exceeds that of `other` on the same customers, at a confidence level; nothing where one of
    /// them does not have it, or measures it otherwise.
    pub fn beyond(&self, other: &Self, figure: &Figure, level: f64) -> Option<Estimate> {
        let (mine, theirs) = (self.column(figure)?, other.column(figure)?);
        let mut paired = PairedRatios::default();
        mine.iter().zip(theirs).for_each(|(a, b)| paired.push(*a, *b));
        paired.difference(level).map(|e| in_units(figure, e))
    }

    /// How the figure stands to that of `other`; nothing where more of it is neither better nor worse.
    pub fn standing(&self, other: &Self, figure: &Figure, level: f64) -> Option<Standing> {
        let more = figure.more_is_better()?;
        let by = self.beyond(other, figure, level)?;
        Some(if by.mean == 0.0 && by.half_width() == 0.0 {
            Standing::Same
        } else if by.contains(0.0) {
            Standing::Undecided
        } else if (by.mean > 0.0) == more {
            Standing::Better
        } else {
            Standing::Worse
        })
    }

    /// Calls every figure as `other` calls its own: for the same scenario with another promise, whose level is measured by
    /// another wait and held against the other's all the same.
    pub fn call_figures_as(&mut self, other: &[Figure]) {
        let alike = |(mine, theirs): (&Figure, &Figure)| mine.of == theirs.of && mine.kind == theirs.kind;
        if self.figures.len() == other.len() && self.figures.iter().zip(other).all(alike) {
            self.figures = other.to_vec();
        }
    }

    fn column(&self, figure: &Figure) -> Option<&[Pair]> {
        let place = self.figures.iter().position(|mine| mine == figure)?;
        Some(&self.pairs[place])
    }
}

/// The engine counts time in µs.
fn in_units(figure: &Figure, e: Estimate) -> Estimate {
    if figure.is_share() { e } else { e.scale(1e-6) }
}

/// Which of several scenarios does best by a figure: its position, and whether it is surely better than every other. The
/// error is shared between the comparisons.
pub fn best(sides: &[Side], figure: &Figure) -> Option<(usize, bool)> {
    let more = figure.more_is_better()?;
    let value = |side: &Side| side.value(figure).map(|e| if more { e.mean } else { -e.mean });
    let valued: Vec<(usize, f64)> =
        sides.iter().enumerate().filter_map(|(k, side)| Some((k, value(side)?))).collect();
    let &(best, _) = valued.iter().max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))?;
    let others = valued.len().checked_sub(1).filter(|&others| others > 0)?;
    let level = 1.0 - (1.0 - LEVEL) / others as f64;
    let beats = |&(k, _): &(usize, f64)| {
        k == best || sides[best].standing(&sides[k], figure, level) == Some(Standing::Better)
    };
    Some((best, valued.iter().all(beats)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::montecarlo::fixture::{answered, model, target};

    fn alone(model: &Model, replications: u64, goes_on: bool) -> Option<Side> {
        let entrant = Entrant { model, staffing: &Staffing::given(model) };
        play(&[entrant], 5, replications, &|_| goes_on)?.pop()
    }

    fn side(agents: u32, replications: u64) -> Side {
        let mut model = model(1, 8..12);
        model.queues[0].targets = vec![target(answered(0.8, 20))];
        if let crate::model::Staff::Given { at_work, .. } = &mut model.groups[0].staff {
            at_work.iter_mut().filter(|n| **n > 0).for_each(|n| *n = agents);
        }
        alone(&model, replications, true).expect("nobody stopped it")
    }

    #[test]
    fn more_agents_are_surely_better_and_the_same_are_the_same() {
        let sides = [side(4, 200), side(5, 200), side(5, 200)];
        let figure = sides[0].figures[0].clone();
        assert_eq!(sides[1].standing(&sides[0], &figure, 0.95), Some(Standing::Better));
        assert_eq!(sides[0].standing(&sides[1], &figure, 0.95), Some(Standing::Worse));
        assert_eq!(sides[2].standing(&sides[1], &figure, 0.95), Some(Standing::Same));
        assert_eq!(best(&sides[..2], &figure), Some((1, true)));
        // Equals cannot be told apart, and the first is named.
        assert_eq!(best(&sides[1..], &figure), Some((0, false)));
        assert_eq!(best(&sides[..1], &figure), None);
        // Pairing pays: the difference is known better than either level.
        let by = sides[1].beyond(&sides[0], &figure, 0.95).unwrap();
        assert!(by.half_width() < sides[0].value(&figure).unwrap().half_width());
    }

    #[test]
    fn the_outcome_is_that_of_a_simulation() {
        let side = side(5, 50);
        let level = side.outcome.targets[0].achieved.unwrap();
        let value = side.value(&side.figures[0]).unwrap();
        assert_eq!((level.mean, level.low, level.high), (value.mean, value.low, value.high));
    }

    /// More of them than are played together, with what else they change in between.
    #[test]
    fn together_they_are_what_each_is_alone() {
        use crate::model::Lever;
        let base = model(2, 8..12);
        let turned = |k: usize| {
            let lever = [Lever::Volume, Lever::HandleTime, Lever::Patience, Lever::Agents][k % 4];
            base.swung(lever, 0.7 + 0.05 * k as f64).unwrap_or_else(|| base.clone())
        };
        let models: Vec<Model> = (0..TOGETHER + 3).map(turned).collect();
        let staffings: Vec<Staffing> = models.iter().map(Staffing::given).collect();
        let entrants: Vec<Entrant> =
            models.iter().zip(&staffings).map(|(model, staffing)| Entrant { model, staffing }).collect();
        let together = play(&entrants, 5, 40, &|_| true).expect("nobody stopped it");
        assert_eq!(together.len(), models.len());
        for (model, side) in models.iter().zip(&together) {
            let alone = alone(model, 40, true).expect("nobody stopped it");
            assert_eq!((&side.figures, &side.pairs), (&alone.figures, &alone.pairs));
            let json = |side: &Side| serde_json::to_string(&side.outcome).unwrap();
            assert_eq!(json(side), json(&alone));
        }
    }

    #[test]
    fn a_run_that_is_stopped_gives_nothing() {
        assert!(alone(&model(1, 8..12), 50, false).is_none());
    }
}
