//! A tournament: every entrant has a time, and whose is the earliest is known at once.
//!
//! When an entrant's time changes, only the matches between it and the top are played again. Which matches those are
//! depends on nobody's time, so that the machine can fetch all opponents at once; a heap must wait for each comparison
//! before it knows what to fetch next. An entrant's time can be changed wherever it stands: nothing outdated stays in.
//!
//! A time and the number of its entrant share a word, number below, time above, so that a match is one comparison.
//! Only where two times are equal, which a match sees by their words, ranks are looked up, and only in a tournament that
//! has any. With 128 entrants 57 bits are left for the time; a time beyond that stands as the last one that fits, and is
//! looked up likewise. (Without ranks, in tournaments of up to 256, it is not: there the last one that fits is 2,000 years
//! ahead.)

use std::collections::BTreeMap;

/// No time of the simulation is as late.
pub(super) const NEVER: u64 = 1 << 63;

/// The word of an entrant that takes no part: later than everybody's.
const OUT: u64 = u64::MAX;

/// Entrants known by number. At one time the lower rank is first if they are `RANKED`, then the lower number.
#[derive(Debug)]
pub(super) struct Tournament<const RANKED: bool> {
    /// The winner of number `n` stands at number `n / 2`, the winner of all at number 1; the entrants are the upper half.
    words: Box<[u64]>,
    /// Of each entrant, if they are ranked.
    ranks: Box<[u64]>,
    /// The word of who is first, and the time.
    leader: u64,
    next: u64,
    /// Bits of a word that name its entrant.
    bits: u32,
    /// The times of those entrants whose words cannot tell them.
    far: Far,
}

/// Times by entrant: of none, unless somebody's lies ages ahead.
type Far = Option<Box<BTreeMap<usize, u64>>>;

/// Written out so that copying a snapshot onto another keeps the memory.
impl<const RANKED: bool> Clone for Tournament<RANKED> {
    fn clone(&self) -> Self {
        let (words, ranks, far) = (self.words.clone(), self.ranks.clone(), self.far.clone());
        Self { words, ranks, far, ..*self }
    }

    fn clone_from(&mut self, source: &Self) {
        self.words.clone_from(&source.words);
        self.ranks.clone_from(&source.ranks);
        self.far.clone_from(&source.far);
        (self.leader, self.next, self.bits) = (source.leader, source.next, source.bits);
    }
}

impl<const RANKED: bool> Tournament<RANKED> {
    /// With room for so many; for more when they come.
    pub(super) fn new(entrants: usize) -> Self {
        let size = entrants.next_power_of_two().max(2);
        let ranks = vec![0; if RANKED { size } else { 0 }].into_boxed_slice();
        let words = vec![OUT; 2 * size].into_boxed_slice();
        Self { words, ranks, leader: OUT, next: NEVER, bits: size.trailing_zeros(), far: None }
    }

    /// Nobody takes part.
    pub(super) fn clear(&mut self) {
        self.words.fill(OUT);
        (self.leader, self.next, self.far) = (OUT, NEVER, None);
    }

    /// How many there is room for.
    fn size(&self) -> usize {
        self.words.len() / 2
    }

    /// Who is first; meaningless if nobody takes part.
    #[inline]
    pub(super) fn first(&self) -> u32 {
        self.number(self.leader) as u32
    }

    /// The word of who is first.
    #[inline]
    pub(super) fn leader(&self) -> u64 {
        self.leader
    }

    /// When: [`NEVER`] if nobody takes part.
    #[inline]
    pub(super) fn next(&self) -> u64 {
        self.next
    }

    /// The rank of an entrant.
    #[inline]
    pub(super) fn rank(&self, entrant: u32) -> u64 {
        if RANKED { self.ranks[entrant as usize] } else { 0 }
    }

    /// When the time of this entrant is; [`NEVER`] if it takes no part.
    pub(super) fn time_of(&self, entrant: u32) -> u64 {
        self.words.get(self.size() + entrant as usize).map_or(NEVER, |&word| self.time(word))
    }

    /// Everybody who takes part: time, rank and number.
    pub(super) fn all(&self) -> impl Iterator<Item = (u64, u64, u32)> + '_ {
        let here = (0..).zip(&self.words[self.size()..]).filter(|(_, word)| **word != OUT);
        here.map(|(number, &word)| (self.time(word), self.rank(number), number))
    }

    /// The entrant takes part no more.
    #[inline]
    pub(super) fn take_out(&mut self, entrant: u32) {
        if (entrant as usize) < self.size() {
            self.play(entrant as usize, OUT);
        }
    }

    /// Gives the entrant another time and rank.
    #[inline]
    pub(super) fn set(&mut self, entrant: u32, time: u64, rank: u64) {
        let number = entrant as usize;
        if number >= self.size() {
            self.make_room(number);
        }
        if RANKED {
            self.ranks[number] = rank;
        }
        if time >= self.last() {
            return self.set_far(number, time);
        }
        self.play(number, time << self.bits | number as u64);
    }

    /// The last time that a word can tell stands for all later ones too; it is one less than all ones, so that nobody is
    /// mistaken for who takes no part.
    #[inline]
    fn last(&self) -> u64 {
        (OUT >> self.bits) - 1
    }

    #[cold]
    #[inline(never)]
    fn set_far(&mut self, number: usize, time: u64) {
        self.far.get_or_insert_default().insert(number, time);
        self.play(number, self.last() << self.bits | number as u64);
    }

    /// Plays the matches from an entrant to the top with its new word.
    #[inline]
    fn play(&mut self, number: usize, word: u64) {
        let (words, ranks, far) = (&mut *self.words, &*self.ranks, &self.far);
        // The usual sizes have code of their own: a tree whose depth is known needs no checks.
        self.leader = match words.len() {
            4 => climb::<4, RANKED>(array(words), ranks, far, number, word),
            8 => climb::<8, RANKED>(array(words), ranks, far, number, word),
            16 => climb::<16, RANKED>(array(words), ranks, far, number, word),
            32 => climb::<32, RANKED>(array(words), ranks, far, number, word),
            64 => climb::<64, RANKED>(array(words), ranks, far, number, word),
            128 => climb::<128, RANKED>(array(words), ranks, far, number, word),
            256 => climb::<256, RANKED>(array(words), ranks, far, number, word),
            512 => climb::<512, RANKED>(array(words), ranks, far, number, word),
            _ => climb_any(words, ranks, far, number, word),
        };
        let time = self.leader >> self.bits;
        self.next = if time < self.last() { time } else { self.time(self.leader) };
    }

    fn number(&self, word: u64) -> usize {
        word as usize & (self.size() - 1)
    }

    /// The time of a word.
    fn time(&self, word: u64) -> u64 {
        let time = word >> self.bits;
        if word == OUT {
            NEVER
        } else if time < self.last() {
            time
        } else {
            self.far.as_ref().and_then(|far| far.get(&self.number(word))).copied().unwrap_or(NEVER)
        }
    }

    #[cold]
    fn make_room(&mut self, number: usize) {
        let before = std::mem::replace(self, Self::new(number + 1));
        before.all().for_each(|(time, rank, number)| self.set(number, time, rank));
    }
}

/// The words of a tournament of half as many entrants.
#[inline]
fn array<const WORDS: usize>(words: &mut [u64]) -> &mut [u64; WORDS] {
    words.try_into().expect("twice as many words as entrants")
}

/// Plays the matches from an entrant to the top with its new word; the winner's word.
#[inline]
fn climb<const WORDS: usize, const RANKED: bool>(
    words: &mut [u64; WORDS],
    ranks: &[u64],
    far: &Far,
    number: usize,
    word: u64,
) -> u64 {
    let size = WORDS / 2;
    // The mask changes nothing: it tells the compiler that every node lies in the array.
    let (mut n, mut best) = (size | number & (size - 1), word);
    words[n] = word;
    for _ in 0..size.trailing_zeros() {
        best = winner::<RANKED>(size, ranks, far, best, words[n ^ 1]);
        n /= 2;
        words[n] = best;
    }
    best
}

/// The same for any number of entrants: with so many, words may be too short for a time, so that equal ones are always
/// looked up.
fn climb_any(words: &mut [u64], ranks: &[u64], far: &Far, number: usize, word: u64) -> u64 {
    let size = words.len() / 2;
    let (mut n, mut best) = (size + number, word);
    words[n] = word;
    while n > 1 {
        best = winner::<true>(size, ranks, far, best, words[n ^ 1]);
        n /= 2;
        words[n] = best;
    }
    best
}

/// Which of two words of a tournament of so many comes first.
#[inline]
fn winner<const RANKED: bool>(size: usize, ranks: &[u64], far: &Far, one: u64, other: u64) -> u64 {
    // Two of one time differ in their numbers only; two who are out do not differ.
    let tied = RANKED && (one ^ other).wrapping_sub(1) < size as u64 - 1;
    if tied { first_of_tied(size, ranks, far, one, other) } else { one.min(other) }
}

/// Which of two words comes first whose times look equal.
#[cold]
#[inline(never)]
fn first_of_tied(size: usize, ranks: &[u64], far: &Far, one: u64, other: u64) -> u64 {
    let last = (OUT >> size.trailing_zeros()) - 1;
    let key = |word: u64| {
        let number = word as usize & (size - 1);
        let far = far.as_ref().filter(|_| word >> size.trailing_zeros() == last);
        let time = far.and_then(|far| far.get(&number)).copied().unwrap_or(0);
        (time, ranks.get(number).copied().unwrap_or(0), number)
    };
    if key(one) < key(other) { one } else { other }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Often equal, and sometimes about the last that a word tells, with as many entrants as there may be here.
    fn any_time() -> impl Strategy<Value = u64> {
        let last = 1_u64 << 57;
        prop_oneof![10 => 0_u64..20, 1 => last - 4..last + 3]
    }

    proptest! {
        #[test]
        fn the_earliest_is_always_known(
            changes in proptest::collection::vec((0_u32..70, any_time(), 0_u64..3), 1..300)
        ) {
            let (mut tournament, mut all) = (Tournament::<true>::new(3), std::collections::BTreeMap::new());
            for (entrant, time, rank) in changes {
                if time == 0 {
                    tournament.take_out(entrant);
                    all.remove(&entrant);
                } else {
                    tournament.set(entrant, time, rank);
                    all.insert(entrant, (time, rank));
                }
                let mut sorted: Vec<_> = all.iter().map(|(&number, &(time, rank))| (time, rank, number)).collect();
                prop_assert!(tournament.all().eq(sorted.iter().copied()));
                sorted.sort_unstable();
                match sorted.first() {
                    Some(&(time, _, number)) => prop_assert_eq!((tournament.next(), tournament.first()), (time, number)),
                    None => prop_assert!(tournament.next() >= NEVER),
                }
            }
        }
    }
}
