//! A tournament: every entrant has a time, and whose is the earliest is known at once.
//!
//! When an entrant's time changes, only the matches between it and the top are played again. Which matches those are
//! depends on nobody's time, so that the machine can fetch all opponents at once; a heap must wait for each comparison
//! before it knows what to fetch next. An entrant's time can be changed wherever it stands: nothing outdated stays in.
//!
//! A time and the number of its entrant share a word, number below, time above, so that a match is one comparison.
//! Only where two times are equal, which a match sees by their words, ranks are looked up, and only in a tournament that
//! has any. With 128 entrants 57 bits are left for the time; a time beyond that stands as the last one that fits, and is
//! looked up likewise.

/// No time of the simulation is as late.
pub(super) const NEVER: u64 = 1 << 63;

/// The word of an entrant that takes no part: later than everybody's.
const OUT: u64 = u64::MAX;

/// Entrants known by number. At one time the lower rank is first if they are `RANKED`, then the lower number.
#[derive(Debug)]
pub(super) struct Tournament<const RANKED: bool> {
    /// The winner of number `n` stands at number `n / 2`, the winner of all at number 1; the entrants are the upper half.
    words: Vec<u64>,
    /// Time and rank of each entrant, as they are.
    entrants: Vec<(u64, u64)>,
    /// Bits of a word that name its entrant.
    bits: u32,
    /// The time of who is first.
    next: u64,
}

/// Written out so that copying a snapshot onto another keeps the memory.
impl<const RANKED: bool> Clone for Tournament<RANKED> {
    fn clone(&self) -> Self {
        Self { words: self.words.clone(), entrants: self.entrants.clone(), ..*self }
    }

    fn clone_from(&mut self, source: &Self) {
        self.words.clone_from(&source.words);
        self.entrants.clone_from(&source.entrants);
        (self.bits, self.next) = (source.bits, source.next);
    }
}

impl<const RANKED: bool> Tournament<RANKED> {
    /// With room for so many; for more when they come.
    pub(super) fn new(entrants: usize) -> Self {
        let size = entrants.next_power_of_two().max(2);
        let entrants = vec![(NEVER, 0); size];
        Self { words: vec![OUT; 2 * size], entrants, bits: size.trailing_zeros(), next: NEVER }
    }

    /// Nobody takes part.
    pub(super) fn clear(&mut self) {
        self.words.fill(OUT);
        self.next = NEVER;
    }

    /// Who is first; meaningless if nobody takes part.
    #[inline]
    pub(super) fn first(&self) -> u32 {
        self.number(self.words[1]) as u32
    }

    /// The word of who is first.
    #[inline]
    pub(super) fn leader(&self) -> u64 {
        self.words[1]
    }

    /// When: [`NEVER`] if nobody takes part.
    #[inline]
    pub(super) fn next(&self) -> u64 {
        self.next
    }

    /// The rank of who is first; meaningless if nobody takes part.
    #[inline]
    pub(super) fn rank(&self) -> u64 {
        self.entrants[self.number(self.words[1])].1
    }

    /// When the time of this entrant is; [`NEVER`] if it takes no part.
    pub(super) fn time_of(&self, entrant: u32) -> u64 {
        let word = self.words.get(self.entrants.len() + entrant as usize).copied().unwrap_or(OUT);
        if word == OUT { NEVER } else { self.entrants[entrant as usize].0 }
    }

    /// Everybody who takes part: time, rank and number.
    pub(super) fn all(&self) -> impl Iterator<Item = (u64, u64, u32)> + '_ {
        let words = self.words[self.entrants.len()..].iter();
        let here = (0..).zip(words.zip(&self.entrants)).filter(|(_, (word, _))| **word != OUT);
        here.map(|(number, (_, &(time, rank)))| (time, rank, number))
    }

    /// The entrant takes part no more.
    #[inline]
    pub(super) fn take_out(&mut self, entrant: u32) {
        if (entrant as usize) < self.entrants.len() {
            self.play(entrant as usize, OUT);
        }
    }

    /// Gives the entrant another time and rank.
    #[inline]
    pub(super) fn set(&mut self, entrant: u32, time: u64, rank: u64) {
        let number = entrant as usize;
        if number >= self.entrants.len() {
            self.make_room(number);
        }
        self.entrants[number] = (time, rank);
        // One less than the last, so that nobody is mistaken for who takes no part.
        let last = (OUT >> self.bits) - 1;
        self.play(number, time.min(last) << self.bits | number as u64);
    }

    /// Plays the matches from an entrant to the top with its new word.
    #[inline]
    fn play(&mut self, number: usize, word: u64) {
        let (words, entrants) = (self.words.as_mut_slice(), self.entrants.as_slice());
        // The usual sizes have code of their own: a tree whose depth is known needs no checks.
        let best = match entrants.len() {
            2 => climb::<4, RANKED>(array(words), entrants, number, word),
            4 => climb::<8, RANKED>(array(words), entrants, number, word),
            8 => climb::<16, RANKED>(array(words), entrants, number, word),
            16 => climb::<32, RANKED>(array(words), entrants, number, word),
            32 => climb::<64, RANKED>(array(words), entrants, number, word),
            64 => climb::<128, RANKED>(array(words), entrants, number, word),
            128 => climb::<256, RANKED>(array(words), entrants, number, word),
            256 => climb::<512, RANKED>(array(words), entrants, number, word),
            _ => climb_any(words, entrants, number, word),
        };
        let time = best >> self.bits;
        self.next = if time < (OUT >> self.bits) - 1 { time } else { self.far(best) };
    }

    fn number(&self, word: u64) -> usize {
        word as usize & (self.entrants.len() - 1)
    }

    /// The time of a word that does not tell it.
    #[cold]
    fn far(&self, word: u64) -> u64 {
        if word == OUT { NEVER } else { self.entrants[self.number(word)].0 }
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
    entrants: &[(u64, u64)],
    number: usize,
    word: u64,
) -> u64 {
    let size = WORDS / 2;
    // The mask changes nothing: it tells the compiler that every node lies in the array.
    let (mut n, mut best) = (size | number & (size - 1), word);
    words[n] = word;
    for _ in 0..size.trailing_zeros() {
        best = winner::<RANKED>(entrants, best, words[n ^ 1]);
        n /= 2;
        words[n] = best;
    }
    best
}

/// The same for any number of entrants: with so many, words may be too short for a time, so that equal ones are always
/// looked up.
fn climb_any(words: &mut [u64], entrants: &[(u64, u64)], number: usize, word: u64) -> u64 {
    let (mut n, mut best) = (entrants.len() + number, word);
    words[n] = word;
    while n > 1 {
        best = winner::<true>(entrants, best, words[n ^ 1]);
        n /= 2;
        words[n] = best;
    }
    best
}

/// Which of two words comes first.
#[inline]
fn winner<const RANKED: bool>(entrants: &[(u64, u64)], one: u64, other: u64) -> u64 {
    // Two of one time differ in their numbers only; two who are out do not differ.
    let tied = RANKED && (one ^ other).wrapping_sub(1) < entrants.len() as u64 - 1;
    if tied { first_of_tied(entrants, one, other) } else { one.min(other) }
}

/// Which of two words comes first whose times look equal.
#[cold]
#[inline(never)]
fn first_of_tied(entrants: &[(u64, u64)], one: u64, other: u64) -> u64 {
    let key = |word: u64| {
        let number = word as usize & (entrants.len() - 1);
        (entrants[number], number)
    };
    if key(one) < key(other) { one } else { other }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_earliest_is_always_known(
            changes in proptest::collection::vec((0_u32..70, 0_u64..20, 0_u64..3), 1..300)
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
