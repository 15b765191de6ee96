//! Many lengths of time, four bytes each.
//!
//! Nearly all handle times and patiences are shorter than 53 minutes, which 32 bits hold in microseconds, and leave numbers
//! over. A longer one is kept beside, in eight bytes, and its place says where. So a list of short times takes half the
//! memory of one of 64 bits, one of long times half as much again, and either loses nothing.

/// Numbers from here on name a place among the long ones; below are microseconds: up to 53 minutes and 41 seconds.
const LONG: u32 = 3 << 30;

/// So many are added at once.
const BLOCK: usize = 128;

/// Its highest bit tells whether the number names a place among the long ones: whether the two highest are set.
#[inline]
fn long_bit(short: u32) -> u32 {
    short & short << 1
}

/// Lengths of time in µs, by position.
///
/// ```
/// use headcount::units::Durations;
/// let times: Durations = [90_000_000, 3 << 40].into_iter().collect();
/// assert_eq!((times.at(0), times.at(1), times.len()), (90_000_000, 3 << 40, 2));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Durations {
    short: Vec<u32>,
    /// In order of position. One whose place was filled again may still be here, and nobody looks for it.
    long: Vec<u64>,
}

impl Durations {
    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.short.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.short.is_empty()
    }

    /// Forgets them and keeps the memory.
    pub fn clear(&mut self) {
        self.short.clear();
        self.long.clear();
    }

    /// Forgets all but the first `count`.
    pub fn truncate(&mut self, count: usize) {
        let mut cut = self.short.get(count..).into_iter().flatten();
        if let Some(&place) = cut.find(|&&short| short >= LONG) {
            self.long.truncate((place - LONG) as usize);
        }
        self.short.truncate(count);
    }

    /// The length at position `k`, µs.
    ///
    /// # Panics
    /// If there is no such position.
    #[inline]
    #[must_use]
    pub fn at(&self, k: usize) -> u64 {
        self.first(self.len()).at(k)
    }

    /// The same, or nothing if there is no such position.
    #[inline]
    #[must_use]
    pub fn get(&self, k: usize) -> Option<u64> {
        self.first(self.len()).get(k)
    }

    /// The first `count`, or all if there are fewer: for a loop over them.
    #[inline]
    #[must_use]
    pub fn first(&self, count: usize) -> First<'_> {
        First { short: &self.short[..count.min(self.short.len())], long: &self.long }
    }

    /// All of them, in order of position.
    pub fn iter(&self) -> impl Iterator<Item = u64> + '_ {
        (0..self.len()).map(|k| self.at(k))
    }

    /// All from position `k` on together, µs; more than fits stands as the most that does.
    #[must_use]
    pub fn sum_from(&self, k: usize) -> u64 {
        // Without a question about each, many are added at once: only for a block with a long one is anything asked.
        self.short[k.min(self.short.len())..].chunks(BLOCK).fold(0, |sum: u64, block| {
            let together = if block.iter().fold(0, |any, &short| any | long_bit(short)) >> 31 == 0 {
                block.iter().map(|&short| u64::from(short)).sum()
            } else {
                let all = First { short: block, long: &self.long };
                (0..block.len()).fold(0, |sum: u64, at| sum.saturating_add(all.at(at)))
            };
            sum.saturating_add(together)
        })
    }

    /// Puts another one, in µs, behind the last.
    pub fn push(&mut self, micros: u64) {
        self.grow(1).put(0, micros);
    }

    /// Makes room for so many more, which are to be put there one after the other.
    pub fn grow(&mut self, more: usize) -> Room<'_> {
        let from = self.short.len();
        self.short.resize(from + more, 0);
        Room { short: &mut self.short[from..], long: &mut self.long }
    }

    /// Replaces those from position `from` on by what `with` makes of a length and how many come before it there.
    pub fn replace_from(&mut self, from: usize, with: impl Fn(usize, u64) -> u64) {
        let before: Vec<u64> = (from..self.len()).map(|k| self.at(k)).collect();
        self.truncate(from);
        let mut room = self.grow(before.len());
        for (k, time) in before.into_iter().enumerate() {
            room.put(k, with(k, time));
        }
    }

    /// Memory, in bytes.
    #[must_use]
    pub fn bytes(&self) -> usize {
        size_of_val(self.short.as_slice()) + size_of_val(self.long.as_slice())
    }
}

/// Some lengths of time, to be looked at.
#[derive(Clone, Copy, Debug, Default)]
pub struct First<'a> {
    short: &'a [u32],
    long: &'a [u64],
}

impl First<'_> {
    /// As [`Durations::at`].
    ///
    /// # Panics
    /// If there is no such position.
    #[inline]
    #[must_use]
    pub fn at(&self, k: usize) -> u64 {
        self.whole(self.short[k])
    }

    /// As [`Durations::get`].
    #[inline]
    #[must_use]
    pub fn get(&self, k: usize) -> Option<u64> {
        self.short.get(k).map(|&short| self.whole(short))
    }

    #[inline]
    fn whole(&self, short: u32) -> u64 {
        if short >= LONG { self.long[(short - LONG) as usize] } else { u64::from(short) }
    }
}

/// Places for lengths to come.
#[derive(Debug)]
pub struct Room<'a> {
    short: &'a mut [u32],
    long: &'a mut Vec<u64>,
}

impl Room<'_> {
    /// Puts a length, in µs, at place `k`. Places are filled in order; only the one filled last may be filled again.
    ///
    /// # Panics
    /// If there is no such place, or with the thousand millionth long one.
    #[inline]
    pub fn put(&mut self, k: usize, micros: u64) {
        self.short[k] = if micros < u64::from(LONG) { micros as u32 } else { self.put_long(micros) };
    }

    #[cold]
    #[inline(never)]
    fn put_long(&mut self, micros: u64) -> u32 {
        let place = u32::try_from(self.long.len()).ok().and_then(|place| LONG.checked_add(place));
        self.long.push(micros);
        place.expect("fewer contacts than a scenario may have")
    }
}

impl FromIterator<u64> for Durations {
    fn from_iter<T: IntoIterator<Item = u64>>(times: T) -> Self {
        let (times, mut all) = (times.into_iter(), Self::default());
        all.short.reserve(times.size_hint().0);
        times.for_each(|time| all.push(time));
        all
    }
}

/// Equal if they hold the same lengths.
impl PartialEq for Durations {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Eq for Durations {}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn any_time() -> impl Strategy<Value = u64> {
        let edge = u64::from(LONG);
        prop_oneof![0_u64..100, edge - 3..edge + 3, (1_u64 << 32) - 3..(1 << 32) + 3, Just(u64::MAX)]
    }

    proptest! {
        #[test]
        fn what_is_put_is_found(
            times in proptest::collection::vec(any_time(), 0..60),
            over in proptest::collection::vec(any_time(), 0..60),
            from in 0_usize..60,
        ) {
            let mut list: Durations = times.iter().copied().collect();
            prop_assert_eq!(list.iter().collect::<Vec<_>>(), times.clone());
            prop_assert_eq!((list.len(), list.get(times.len())), (times.len(), None));
            // Every place is filled twice, as a draw does whose first point fell above the density.
            let mut room = list.grow(over.len());
            for (k, &time) in over.iter().enumerate() {
                room.put(k, over[over.len() - 1 - k]);
                room.put(k, time);
            }
            let all: Vec<u64> = times.iter().chain(&over).copied().collect();
            prop_assert_eq!(list.iter().collect::<Vec<_>>(), all.clone());
            prop_assert_eq!(&list, &all.iter().copied().collect());
            let sum = |all: &[u64]| all.iter().copied().fold(0, u64::saturating_add);
            prop_assert_eq!(list.sum_from(from), sum(&all[from.min(all.len())..]));
            let from = from.min(all.len());
            let half = |k: usize, time: u64| (time / 2).wrapping_add(k as u64);
            list.replace_from(from, half);
            let halved = |(k, &time): (usize, &u64)| if k < from { time } else { half(k - from, time) };
            prop_assert_eq!(list.iter().collect::<Vec<_>>(), all.iter().enumerate().map(halved).collect::<Vec<_>>());
            list.truncate(from);
            prop_assert_eq!((list.len(), &list), (from, &all[..from].iter().copied().collect()));
            list.push(u64::MAX);
            prop_assert_eq!(list.at(from), u64::MAX);
            list.clear();
            prop_assert_eq!((list.is_empty(), list.bytes()), (true, 0));
        }
    }
}
