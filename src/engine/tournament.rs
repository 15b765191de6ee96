//! A tournament: every entrant has a time, and whose is the earliest is known at once.
//!
//! When an entrant's time changes, only the matches between it and the top are played again. Which matches those are
//! depends on nobody's time, so that the machine can fetch all opponents at once; a heap must wait for each comparison
//! before it knows what to fetch next. An entrant's time can be changed wherever it stands: nothing outdated stays in.

use std::hint::select_unpredictable;

/// No time of the simulation is as late. An entrant that takes no part has a later one of its own: no two are equal.
pub(super) const NEVER: u64 = 1 << 63;

/// One of the two in a match: who won the matches below, and when their time is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Side {
    time: u64,
    number: u32,
}

/// Entrants known by number. At one time the lower rank is first, then the lower number.
#[derive(Debug)]
pub(super) struct Tournament {
    /// The matches: the winner of number `n` stands on a side of number `n / 2`, the even ones on the first. Whoever
    /// wins all stands on the second side of number 0; the entrants stand in the upper half.
    matches: Vec<[Side; 2]>,
    /// Asked only when times are equal.
    rank: Vec<u64>,
}

/// Written out so that copying a snapshot onto another keeps the memory.
impl Clone for Tournament {
    fn clone(&self) -> Self {
        Self { matches: self.matches.clone(), rank: self.rank.clone() }
    }

    fn clone_from(&mut self, source: &Self) {
        self.matches.clone_from(&source.matches);
        self.rank.clone_from(&source.rank);
    }
}

impl Tournament {
    /// With room for so many; for more when they come.
    pub(super) fn new(entrants: usize) -> Self {
        let size = entrants.next_power_of_two().max(2);
        let nobody = Side { time: NEVER, number: 0 };
        let mut new = Self { matches: vec![[nobody; 2]; size], rank: vec![0; size] };
        new.clear();
        new
    }

    /// Nobody takes part.
    pub(super) fn clear(&mut self) {
        let size = self.rank.len();
        for (n, number) in (size / 2..size).zip((0..).step_by(2)) {
            self.matches[n] = [number, number + 1].map(out);
        }
        for n in (0..size / 2).rev() {
            // Who is out wins by number; number 0 has no second match below it.
            self.matches[n] = [2 * n, 2 * n + 1].map(|below| self.matches[below.max(1)][0]);
        }
    }

    /// Who is first.
    #[inline]
    pub(super) fn first(&self) -> u32 {
        self.matches[0][1].number
    }

    /// When: not before [`NEVER`] if nobody takes part.
    #[inline]
    pub(super) fn next(&self) -> u64 {
        self.matches[0][1].time
    }

    /// When the time of this entrant is; not before [`NEVER`] if it takes no part.
    pub(super) fn time_of(&self, entrant: u32) -> u64 {
        let n = self.rank.len() + entrant as usize;
        self.matches.get(n / 2).map_or(NEVER, |sides| sides[n % 2].time)
    }

    /// Everybody who takes part: time, rank and number.
    pub(super) fn all(&self) -> impl Iterator<Item = (u64, u64, u32)> + '_ {
        let entrants = self.matches[self.rank.len() / 2..].iter().flatten();
        let here = entrants.filter(|side| side.time < NEVER);
        here.map(|side| (side.time, self.rank[side.number as usize], side.number))
    }

    /// The entrant takes part no more.
    pub(super) fn take_out(&mut self, entrant: u32) {
        self.set(entrant, out(entrant).time, 0);
    }

    /// Gives the entrant another time and rank.
    #[inline]
    pub(super) fn set(&mut self, entrant: u32, time: u64, rank: u64) {
        if entrant as usize >= self.rank.len() {
            self.make_room(entrant);
        }
        self.rank[entrant as usize] = rank;
        let (matches, rank) = (self.matches.as_mut_slice(), self.rank.as_slice());
        let mut best = Side { time, number: entrant };
        let (high, mut n) = (rank.len() / 8, rank.len() + entrant as usize);
        while n > high.max(1) {
            best = meet(&mut matches[n / 2], n % 2, best, rank);
            n /= 2;
        }
        while n > 1 {
            // Where somebody else has won the match below as before, nothing changes above. That is so up here for most
            // who come in, and never for who was first: asked lower down, the answer could not be foreseen.
            if best.number != entrant && matches[n / 2][n % 2] == best {
                return;
            }
            best = meet(&mut matches[n / 2], n % 2, best, rank);
            n /= 2;
        }
        matches[0][1] = best;
    }

    #[cold]
    fn make_room(&mut self, entrant: u32) {
        let before = std::mem::replace(self, Self::new(entrant as usize + 1));
        before.all().for_each(|(time, rank, number)| self.set(number, time, rank));
    }
}

/// The side of an entrant that takes no part.
fn out(number: u32) -> Side {
    Side { time: NEVER + u64::from(number), number }
}

/// The winner below comes to its side of a match; who wins that.
#[inline]
fn meet(sides: &mut [Side; 2], side: usize, best: Side, rank: &[u64]) -> Side {
    sides[side % 2] = best;
    let other = sides[1 - side % 2];
    let mut wins = other.time < best.time;
    if other.time == best.time {
        wins = ranks_before(rank, other.number, best.number);
    }
    // A guess would be wrong every other time.
    Side {
        time: select_unpredictable(wins, other.time, best.time),
        number: select_unpredictable(wins, other.number, best.number),
    }
}

#[cold]
fn ranks_before(rank: &[u64], one: u32, other: u32) -> bool {
    (rank[one as usize], one) < (rank[other as usize], other)
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
            let (mut tournament, mut all) = (Tournament::new(3), std::collections::BTreeMap::new());
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
