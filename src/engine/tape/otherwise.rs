//! What another model draws otherwise: the columns of a tape that are to be drawn again, so that it holds the same
//! customers of that model.
//!
//! A what-if changes one thing, and everything else on the tape stays as it is. Other agents or another routing change
//! nothing; longer handle times change that column; other volumes change when contacts come, and marks belong to the k-th
//! contact whenever that is. A tape that was turned to another model ([`Tape::turn`](super::Tape::turn)) is the one that
//! would be drawn for it, to the bit.

use super::QueueTape;
use super::draw::Source;
use crate::model::{Law, Model, Queue, QueueId, Series, Start};
use crate::random::Phase;
use crate::units::Durations;

/// What one model draws otherwise than another.
#[derive(Clone, Debug)]
pub struct Otherwise {
    /// Whether days have other factors.
    pub(super) days: bool,
    /// One per queue of the other model.
    queues: Vec<Anew>,
}

/// What is drawn again of one queue.
#[derive(Clone, Debug)]
enum Anew {
    Everything,
    /// These columns; of the others, as many rows as are missing.
    Columns(Vec<Column>),
}

/// One or two columns of a queue's tape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    /// When contacts come, and in which interval that is.
    Arrivals,
    /// By its number among `Model::handle_laws`.
    Handle(usize),
    Wrap,
    Patience,
    Balks,
}

impl Otherwise {
    /// What `after` draws otherwise than `before`.
    pub fn between(before: &Model, after: &Model) -> Self {
        let days = before.grid() != after.grid()
            || before.demand != after.demand
            || before.run.start != after.run.start
            || before.first_open() != after.first_open();
        let both = |q: usize| !days && q < before.queues.len();
        let anew = |q| if both(q) { Anew::between(before, after, QueueId(q)) } else { Anew::Everything };
        Self { days, queues: (0..after.queues.len()).map(anew).collect() }
    }

    /// Draws again what is to be drawn of each queue.
    pub(super) fn draw<'a>(&self, queues: &mut [QueueTape], source: impl Fn(QueueId) -> Source<'a>) {
        debug_assert_eq!(queues.len(), self.queues.len(), "what the model of this tape draws otherwise");
        for (q, (queue, anew)) in queues.iter_mut().zip(&self.queues).enumerate() {
            match anew {
                Anew::Everything => queue.draw(&source(QueueId(q))),
                Anew::Columns(columns) if columns.is_empty() => {}
                Anew::Columns(columns) => queue.draw_again(&source(QueueId(q)), columns),
            }
        }
    }
}

impl Anew {
    fn between(before: &Model, after: &Model, id: QueueId) -> Self {
        let columns = Column::between(before, after, id);
        let [was, is] = [before, after].map(|model| &model.queues[id.0]);
        // Rows that may have been put into another order, or not be in any.
        let mixed = |queue: &Queue| queue.journey.self_service.is_some() || queue.journey.backlog > 0;
        let changed = !columns.is_empty()
            || was.opening != is.opening
            || was.journey.self_service != is.journey.self_service
            || was.journey.outside != is.journey.outside
            || was.journey.backlog != is.journey.backlog;
        if changed && (mixed(was) || mixed(is)) { Self::Everything } else { Self::Columns(columns) }
    }
}

impl Column {
    /// The columns of which a row may be another one.
    fn between(before: &Model, after: &Model, id: QueueId) -> Vec<Self> {
        let [was, is] = [before, after].map(|model| &model.queues[id.0]);
        let [were, are] = [before, after].map(|model| model.handle_laws(id));
        let arrivals = was.volumes != is.volumes || was.counted != is.counted;
        // A row is the k-th contact of the run, unless some come before it.
        let counts_from_the_run = !matches!(after.run.start, Start::Steady { .. });
        let steady = |law: &Law| matches!(law.mean, Series::Constant(_));
        // Whether a column of that law is the same, as far as it goes.
        let same = |was: Option<&Law>, is: Option<&Law>, any_day: bool| {
            was == is && (!arrivals || counts_from_the_run && any_day && is.is_none_or(steady))
        };
        let any_day = after.demand.handle_factor_cv == 0.0;
        let handle = (0..were.len().max(are.len()))
            .map(|c| (Self::Handle(c), same(were.get(c).copied(), are.get(c).copied(), any_day)));
        let others = [
            (Self::Arrivals, !arrivals),
            (Self::Wrap, same(was.wrap.as_ref(), is.wrap.as_ref(), any_day)),
            (Self::Patience, same(was.patience.as_ref(), is.patience.as_ref(), true)),
            (Self::Balks, was.balk == is.balk && (!arrivals || counts_from_the_run)),
        ];
        others.into_iter().chain(handle).filter(|(_, same)| !same).map(|(column, _)| column).collect()
    }
}

impl QueueTape {
    /// Draws some columns again, of a queue whose rows stand in order of entering.
    fn draw_again(&mut self, source: &Source, columns: &[Column]) {
        self.handle.resize_with(source.model.handle_laws(source.id).len(), Durations::default);
        for &column in columns {
            self.forget(column);
        }
        if columns.contains(&Column::Arrivals) {
            self.draw_phase(source, Phase::RunIn);
            self.draw_phase(source, Phase::Main);
            self.count_run_in(source);
        }
        self.cut_to(self.len());
        self.draw_marks(source, Phase::RunIn, 0..self.main_from);
        self.draw_marks(source, Phase::Main, self.main_from..self.len());
    }

    fn forget(&mut self, column: Column) {
        match column {
            Column::Arrivals => {
                self.arrive.clear();
                self.interval.clear();
            }
            // There may be fewer laws than there were.
            Column::Handle(c) => self.handle.get_mut(c).into_iter().for_each(Durations::clear),
            Column::Wrap => self.wrap.clear(),
            Column::Patience => self.patience.clear(),
            Column::Balks => self.balks.clear(),
        }
    }

    /// Cuts marks of more contacts than come; of fewer, none is kept, because where their streams stand is not known.
    fn cut_to(&mut self, contacts: usize) {
        let enough = |have: usize| if have < contacts { 0 } else { contacts };
        for column in self.handle.iter_mut().chain([&mut self.wrap, &mut self.patience]) {
            column.truncate(enough(column.len()));
        }
        self.balks.truncate(enough(self.balks.len()));
    }
}
