//! When each agent of a crew is free: a tournament of their free times (a loser tree; Knuth, volume 3, 5.4.1).
//!
//! Every agent has a leaf. Each inner node keeps the loser of the match played there, and the overall winner, the
//! agent free first, stands above the root. When that agent takes the next contact only the matches on the way from
//! its leaf to the root are played again, against losers whose places are known beforehand: no guess is made, so none
//! is wrong, and the number of matches is the same every time. A heap has to find out at every level where to go.
//!
//! A free time and the number of its leaf share a word: leaf below, time above. With 64 agents that leaves 58 bits for
//! the time (nine thousand years), with the 100,000 that a scenario may have at most 47 bits (four years); a time
//! beyond that, which no run reaches, stands as the last one that fits.

/// The free times of a crew.
#[derive(Debug, Default)]
pub(super) struct FreeTimes {
    /// The winner, then the losers of matches 1, 2, …: as many words as there are leaves, a power of two, or none.
    words: Vec<u64>,
    /// How many leaves have an agent; the others are free never.
    agents: usize,
    /// Bits of a word that name its leaf.
    leaf_bits: u32,
    /// Working memory of [`Self::plant`].
    winners: Vec<u64>,
}

/// Written out so that copying a snapshot onto another keeps the memory; working memory is not copied.
impl Clone for FreeTimes {
    fn clone(&self) -> Self {
        Self {
            words: self.words.clone(),
            agents: self.agents,
            leaf_bits: self.leaf_bits,
            winners: Vec::new(),
        }
    }

    fn clone_from(&mut self, source: &Self) {
        self.words.clone_from(&source.words);
        (self.agents, self.leaf_bits) = (source.agents, source.leaf_bits);
    }
}

impl FreeTimes {
    /// A leaf without an agent.
    const NEVER: u64 = u64::MAX;

    /// Sends everybody home.
    pub(super) fn clear(&mut self) {
        self.words.clear();
        self.agents = 0;
    }

    /// How many agents there are.
    pub(super) fn len(&self) -> usize {
        self.agents
    }

    /// The free times, in no order.
    pub(super) fn all(&self) -> impl Iterator<Item = u64> + '_ {
        self.words.iter().filter(|&&word| word != Self::NEVER).map(|word| word >> self.leaf_bits)
    }

    /// When the first agent is free; only meaningful while there is one.
    #[inline]
    pub(super) fn earliest(&self) -> u64 {
        self.words[0] >> self.leaf_bits
    }

    /// How many leaves there are: a power of two, or none.
    pub(super) fn leaves(&self) -> usize {
        self.words.len()
    }

    /// The crew while it takes contacts one after another, where it has [`Self::leaves`] leaves.
    pub(super) fn round<const LEAVES: usize>(&mut self) -> Round<&mut [u64; LEAVES]> {
        let words: &mut [u64; LEAVES] = self.words.as_mut_slice().try_into().expect("as many leaves");
        Round { winner: words[0], words }
    }

    /// The same for any number of leaves.
    pub(super) fn any_round(&mut self) -> Round<AnyLeaves<'_>> {
        let leaf_bits = self.leaf_bits;
        Round { winner: self.words[0], words: AnyLeaves { words: &mut self.words, leaf_bits } }
    }

    /// The agent who is free first leaves; when that was.
    pub(super) fn send_earliest_home(&mut self) -> u64 {
        let time = self.earliest();
        let mut round = self.any_round();
        let leaf = round.leaf();
        round.play_from(leaf, Self::NEVER);
        round.close();
        self.agents -= 1;
        time
    }

    /// So many more agents come, free from `time` on.
    pub(super) fn hire(&mut self, more: usize, time: u64) {
        let mut times: Vec<u64> = self.all().collect();
        times.resize(times.len() + more, time);
        self.plant(&times);
    }

    /// Gives everyone a leaf and plays all matches.
    fn plant(&mut self, times: &[u64]) {
        let leaves = times.len().next_power_of_two();
        self.leaf_bits = leaves.trailing_zeros();
        self.agents = times.len();
        // Nodes of the tree by the usual numbering: 1 is the root, those from `leaves` on are the leaves.
        self.winners.clear();
        self.winners.resize(2 * leaves, Self::NEVER);
        for (leaf, &time) in times.iter().enumerate() {
            self.winners[leaves + leaf] = word(time, leaf as u64, self.leaf_bits);
        }
        self.words.clear();
        self.words.resize(leaves, Self::NEVER);
        for node in (1..leaves).rev() {
            let (left, right) = (self.winners[2 * node], self.winners[2 * node + 1]);
            self.winners[node] = left.min(right);
            self.words[node] = left.max(right);
        }
        self.words[0] = self.winners[1];
    }
}

/// The word of an agent who is free at `time`.
#[inline]
fn word(time: u64, leaf: u64, leaf_bits: u32) -> u64 {
    // One less than all ones, so that nobody is mistaken for an empty leaf.
    let last = (FreeTimes::NEVER >> leaf_bits) - 1;
    time.min(last) << leaf_bits | leaf
}

/// A crew while it takes contacts one after another. The winner is at hand; the losers stand in an array whose length the
/// compiler knows, or in a slice.
pub(super) struct Round<Words> {
    /// The losers from 1 on; what stands at 0 is outdated until [`Crew::close`].
    words: Words,
    winner: u64,
}

/// Any number of leaves.
pub(super) struct AnyLeaves<'a> {
    words: &'a mut [u64],
    /// Bits of a word that name its leaf.
    leaf_bits: u32,
}

/// What a round is asked.
pub(super) trait Crew {
    /// When the first agent is free.
    fn earliest(&self) -> u64;

    /// The agent who is free first is busy until `time`.
    fn occupy_earliest(&mut self, time: u64);

    /// Writes the winner down.
    fn close(self);
}

impl<const LEAVES: usize> Crew for Round<&mut [u64; LEAVES]> {
    #[inline]
    fn earliest(&self) -> u64 {
        self.winner >> LEAVES.trailing_zeros()
    }

    #[inline]
    fn occupy_earliest(&mut self, time: u64) {
        // The mask is what tells the compiler that every node lies in the array, which it then does not check.
        let leaf = self.winner as usize & (LEAVES - 1);
        self.winner = word(time, leaf as u64, LEAVES.trailing_zeros());
        let mut node = (leaf + LEAVES) >> 1;
        for _ in 0..LEAVES.trailing_zeros() {
            let other = self.words[node];
            self.words[node] = self.winner.max(other);
            self.winner = self.winner.min(other);
            node /= 2;
        }
    }

    #[inline]
    fn close(self) {
        self.words[0] = self.winner;
    }
}

impl Round<AnyLeaves<'_>> {
    #[inline]
    fn leaf(&self) -> u64 {
        self.winner & ((1 << self.words.leaf_bits) - 1)
    }

    /// Plays the matches from a leaf to the root with its new word.
    #[inline]
    fn play_from(&mut self, leaf: u64, word: u64) {
        let mut node = (leaf as usize + self.words.words.len()) >> 1;
        self.winner = word;
        while node > 0 {
            let other = self.words.words[node];
            self.words.words[node] = self.winner.max(other);
            self.winner = self.winner.min(other);
            node /= 2;
        }
    }
}

impl Crew for Round<AnyLeaves<'_>> {
    #[inline]
    fn earliest(&self) -> u64 {
        self.winner >> self.words.leaf_bits
    }

    #[inline]
    fn occupy_earliest(&mut self, time: u64) {
        let leaf = self.leaf();
        self.play_from(leaf, word(time, leaf, self.words.leaf_bits));
    }

    #[inline]
    fn close(self) {
        self.words.words[0] = self.winner;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn crew(times: &[u64]) -> FreeTimes {
        let mut crew = FreeTimes::default();
        crew.plant(times);
        crew
    }

    fn sorted(crew: &FreeTimes) -> Vec<u64> {
        let mut all: Vec<u64> = crew.all().collect();
        all.sort_unstable();
        all
    }

    /// By the round of the crew's own size where there is one, which must agree with that of any.
    fn occupy(crew: &mut FreeTimes, time: u64) {
        let mut other = crew.clone();
        let mut any = other.any_round();
        any.occupy_earliest(time);
        any.close();
        match crew.leaves() {
            8 => one(crew.round::<8>(), time),
            32 => one(crew.round::<32>(), time),
            64 => one(crew.round::<64>(), time),
            _ => one(crew.any_round(), time),
        }
        assert_eq!(crew.words, other.words);
    }

    fn one(mut round: impl Crew, time: u64) {
        round.occupy_earliest(time);
        round.close();
    }

    proptest! {
        #[test]
        fn agents_leave_in_the_order_of_their_free_times(times in proptest::collection::vec(0_u64..50, 0..200)) {
            let mut crew = crew(&times);
            let mut expected = times;
            expected.sort_unstable();
            prop_assert_eq!(&sorted(&crew), &expected);
            for time in expected {
                prop_assert_eq!(crew.earliest(), time);
                prop_assert_eq!(crew.send_earliest_home(), time);
            }
            prop_assert_eq!(crew.len(), 0);
        }

        #[test]
        fn whoever_is_free_first_takes_the_next(
            times in proptest::collection::vec(0_u64..50, 1..100),
            works in proptest::collection::vec((0_u64..50, 0_usize..3), 1..100),
        ) {
            let mut crew = crew(&times);
            let mut all = times;
            for (time, more) in works {
                all.sort_unstable();
                prop_assert_eq!(crew.earliest(), all[0]);
                all[0] = time;
                occupy(&mut crew, time);
                crew.hire(more, 25);
                all.extend((0..more).map(|_| 25));
                prop_assert_eq!(crew.len(), all.len());
            }
            all.sort_unstable();
            prop_assert_eq!(sorted(&crew), all);
        }
    }

    #[test]
    fn a_time_beyond_all_runs_is_still_an_agent() {
        let mut crew = crew(&[u64::MAX, 7]);
        assert_eq!((crew.len(), crew.earliest(), crew.all().count()), (2, 7, 2));
        crew.send_earliest_home();
        assert!(crew.earliest() > 1 << 62 && crew.len() == 1);
    }
}
