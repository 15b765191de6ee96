//! Streams: one small generator per (seed, replication, queue, purpose), opened by hashing the tuple.
//!
//! The generator is named, xoshiro256++ (Blackman and Vigna 2018), because `SmallRng` and `StdRng` may change their
//! values from one release to the next.

use rand::SeedableRng;
use rand_xoshiro::Xoshiro256PlusPlus;

/// The generator behind every stream.
pub type Generator = Xoshiro256PlusPlus;

/// What a stream is drawn for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Unit-rate Poisson stream of arrivals.
    Arrivals,
    /// Handle time, one column per distinct law that may serve the queue.
    Handle(usize),
    /// After-contact work.
    Wrap,
    /// Patience.
    Patience,
    /// Whether the customer hangs up at once when they would have to wait.
    Balk,
    /// The factor of one day of the run.
    Day(usize),
    /// The factor of one week of the run.
    Week(usize),
    /// The factors of a queue's intervals.
    Intervals,
    /// The factor on the handle times of one day of the run.
    HandleDay(usize),
    /// The private seeds of contacts.
    Contact,
    /// Whether a customer comes back.
    Returns,
    /// When.
    Delay,
    /// Where in the next opening, if then is closed.
    Opening,
    /// Whether a contact is passed on.
    Transfer,
    /// Whether the customer is asked something.
    AskBack,
    /// How long a warm handover takes.
    Handover,
    /// Whether self-service settles the contact.
    SelfService,
    /// Time spent in self-service.
    SelfServiceTime,
    /// Whether who was contained comes back after all.
    Back,
    /// When.
    BackAfter,
    /// Whether the person of a seat stays away for a day.
    Absence,
    /// Whether the person of a seat comes late on a day.
    Late,
    /// How late.
    LateBy,
    /// Whether a callback is offered.
    Offered,
    /// Whether it is accepted.
    Accepts,
    /// Whether this attempt to call back reaches the customer.
    Reached(usize),
    /// How long this attempt takes if it does not.
    Dialling(usize),
    /// The time from this attempt to the next.
    Retry(usize),
    /// Work before a customer falls silent for the first time, the second time, …
    Stretch(usize),
    /// How long they do.
    Silence(usize),
}

impl Purpose {
    /// A number that no other purpose has. It names the draws: once given, it never changes.
    fn code(self) -> u64 {
        let (kind, index) = match self {
            Self::Arrivals => (1, 0),
            Self::Handle(column) => (2, column),
            Self::Wrap => (3, 0),
            Self::Patience => (4, 0),
            Self::Balk => (5, 0),
            Self::Day(day) => (6, day),
            Self::Week(week) => (7, week),
            Self::Contact => (8, 0),
            Self::Returns => (9, 0),
            Self::Delay => (10, 0),
            Self::Opening => (11, 0),
            Self::Transfer => (12, 0),
            Self::AskBack => (13, 0),
            Self::Handover => (14, 0),
            Self::Intervals => (15, 0),
            Self::HandleDay(day) => (16, day),
            Self::SelfService => (32, 0),
            Self::SelfServiceTime => (33, 0),
            Self::Back => (34, 0),
            Self::BackAfter => (35, 0),
            Self::Absence => (36, 0),
            Self::Late => (37, 0),
            Self::LateBy => (38, 0),
            Self::Offered => (40, 0),
            Self::Accepts => (41, 0),
            Self::Reached(attempt) => (42, attempt),
            Self::Dialling(attempt) => (43, attempt),
            Self::Retry(attempt) => (44, attempt),
            Self::Stretch(number) => (48, number),
            Self::Silence(number) => (49, number),
        };
        kind << 32 | index as u64
    }
}

/// The counted run, the run-in before it, or who waits when it starts: apart, so that neither a steady start nor a
/// backlog changes another draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// From the first day on.
    Main,
    /// Before the first opening.
    RunIn,
    /// Waiting when the run starts.
    Backlog,
}

/// Keeps places of the backlog apart from those of the run and its run-in.
const BACKLOG: u64 = 1 << 62;
/// Keeps places of groups apart from those of queues.
const GROUP: u64 = 1 << 63;

/// The name of a family of streams: everything but the purpose.
#[derive(Clone, Copy, Debug)]
pub struct Stream {
    key: u64,
}

impl Stream {
    /// The streams of one queue in one replication. Streams that belong to no queue (day factors) use
    /// [`Stream::shared`].
    pub fn of_queue(seed: u64, replication: u64, phase: Phase, queue: usize) -> Self {
        let place = match phase {
            Phase::Main => (queue as u64) << 1,
            Phase::RunIn => (queue as u64) << 1 | 1,
            Phase::Backlog => BACKLOG | queue as u64,
        };
        Self { key: mix(mix(mix(seed) ^ replication) ^ (place + 1)) }
    }

    /// The streams of one group's people on one day of one replication.
    pub fn of_group(seed: u64, replication: u64, group: usize, day: usize) -> Self {
        let place = GROUP | (group as u64) << 32 | day as u64;
        Self { key: mix(mix(mix(seed) ^ replication) ^ (place + 1)) }
    }

    /// The streams that all queues of one replication share.
    pub fn shared(seed: u64, replication: u64) -> Self {
        Self { key: mix(mix(mix(seed) ^ replication)) }
    }

    /// Opens the stream for `purpose`, at its start.
    pub fn open(self, purpose: Purpose) -> Generator {
        Generator::seed_from_u64(self.seed(purpose))
    }

    /// The uniform number of `place` for `purpose`, in [0, 1): the same however many places there are.
    pub fn uniform_at(self, purpose: Purpose, place: u64) -> f64 {
        // The upper 53 bits are what a double holds.
        (mix(self.seed(purpose) ^ place) >> 11) as f64 / 9_007_199_254_740_992.0
    }

    /// A generator of its own for `place` and `purpose`.
    pub fn open_at(self, purpose: Purpose, place: u64) -> Generator {
        Generator::seed_from_u64(mix(self.seed(purpose) ^ place))
    }

    /// The seed of the stream for `purpose`.
    pub fn seed(self, purpose: Purpose) -> u64 {
        mix(self.key ^ purpose.code())
    }
}

/// The finaliser of `SplitMix64` (Steele, Lea and Flood 2014) after one step: a bijection in which every input bit
/// moves half of the output bits.
pub(super) fn mix(word: u64) -> u64 {
    let mut z = word.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::Rng;
    use std::collections::BTreeSet;

    #[test]
    fn no_two_streams_share_a_seed() {
        let mut seen = BTreeSet::new();
        for replication in 0..50 {
            let phases = [Phase::Main, Phase::RunIn, Phase::Backlog];
            let queues = (0..20).flat_map(|q| phases.map(|phase| (q, phase)));
            let queues = queues.map(|(queue, phase)| Stream::of_queue(1, replication, phase, queue));
            let groups = (0..20).map(|n| Stream::of_group(1, replication, n / 5, n % 5));
            for stream in queues.chain(groups) {
                for purpose in [Purpose::Arrivals, Purpose::Handle(0), Purpose::Handle(1), Purpose::Patience]
                {
                    assert!(seen.insert(stream.seed(purpose)));
                }
            }
            assert!(seen.insert(Stream::shared(1, replication).seed(Purpose::Day(0))));
        }
    }

    /// Mean, second moment and neighbours' product of a million uniforms, each at three standard errors.
    #[test]
    fn uniforms_by_place_are_uniform_and_independent() {
        const PLACES: u64 = 1_000_000;
        let stream = Stream::of_group(1, 0, 0, 0);
        let at = |place| stream.uniform_at(Purpose::Absence, place);
        let mean = |f: &dyn Fn(u64) -> f64| (0..PLACES).map(f).sum::<f64>() / PLACES as f64;
        // E U = 1/2, var 1/12; E U² = 1/3, var 4/45; E UV = 1/4, var 1/9 − 1/16.
        let close = |found: f64, expected: f64, variance: f64| {
            assert!((found - expected).abs() < 3.0 * (variance / PLACES as f64).sqrt(), "{found}");
        };
        close(mean(&at), 0.5, 1.0 / 12.0);
        close(mean(&|place| at(place) * at(place)), 1.0 / 3.0, 4.0 / 45.0);
        close(mean(&|place| at(2 * place) * at(2 * place + 1)), 0.25, 1.0 / 9.0 - 1.0 / 16.0);
    }

    #[test]
    #[allow(clippy::unreadable_literal)] // bit patterns
    fn a_stream_gives_the_same_values_for_ever() {
        let mut generator = Stream::of_queue(1, 0, Phase::Main, 0).open(Purpose::Arrivals);
        let first: Vec<u64> = (0..3).map(|_| generator.next_u64()).collect();
        assert_eq!(first, [14440885637435957764, 1504790842403419327, 18406522817934713913]);
    }
}
