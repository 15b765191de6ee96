//! A four-ary min-heap: shallower than a binary one, and its four children share a cache line.
//!
//! `replace_top` sinks a new key from the root in one pass, which is what a server does that finishes one contact
//! and starts the next.

/// A min-heap of copyable keys.
#[derive(Debug, Default)]
pub(super) struct Heap<K> {
    keys: Vec<K>,
}

/// Written out so that copying a snapshot onto another keeps the memory.
impl<K: Copy> Clone for Heap<K> {
    fn clone(&self) -> Self {
        Self { keys: self.keys.clone() }
    }

    fn clone_from(&mut self, source: &Self) {
        self.keys.clone_from(&source.keys);
    }
}

impl<K: Copy + Ord> Heap<K> {
    pub(super) fn new() -> Self {
        Self { keys: Vec::new() }
    }

    pub(super) fn clear(&mut self) {
        self.keys.clear();
    }

    pub(super) fn keys(&self) -> &[K] {
        &self.keys
    }

    pub(super) fn peek(&self) -> Option<K> {
        self.keys.first().copied()
    }

    pub(super) fn push(&mut self, key: K) {
        self.keys.push(key);
        let mut hole = self.keys.len() - 1;
        while hole > 0 {
            let parent = (hole - 1) / 4;
            if self.keys[parent] <= key {
                break;
            }
            self.keys[hole] = self.keys[parent];
            hole = parent;
        }
        self.keys[hole] = key;
    }

    pub(super) fn pop(&mut self) -> Option<K> {
        let last = self.keys.pop()?;
        Some(if self.keys.is_empty() { last } else { self.replace_top(last) })
    }

    /// Takes the smallest key out and puts `key` in; the heap must not be empty.
    pub(super) fn replace_top(&mut self, key: K) -> K {
        let top = self.keys[0];
        let keys = self.keys.as_mut_slice();
        let mut hole = 0;
        loop {
            let first = 4 * hole + 1;
            let Some(least) = least_child(keys, first) else { break };
            if keys[least] >= key {
                break;
            }
            keys[hole] = keys[least];
            hole = least;
        }
        keys[hole] = key;
        top
    }
}

/// The position of the least of the up to four children that start at `first`. The full case is a tournament whose
/// comparisons the compiler turns into conditional moves: a guess here would be wrong half the time.
fn least_child<K: Copy + Ord>(keys: &[K], first: usize) -> Option<usize> {
    if let Some(four) = keys.get(first..first + 4) {
        let left = usize::from(four[1] < four[0]);
        let right = 2 + usize::from(four[3] < four[2]);
        return Some(first + if four[right] < four[left] { right } else { left });
    }
    (first..keys.len()).min_by_key(|&child| keys[child])
}

impl<K: Copy + Ord> Extend<K> for Heap<K> {
    fn extend<I: IntoIterator<Item = K>>(&mut self, keys: I) {
        keys.into_iter().for_each(|key| self.push(key));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn keys_come_out_sorted(keys in proptest::collection::vec(0_u64..50, 0..200)) {
            let mut heap = Heap::new();
            heap.extend(keys.iter().copied());
            let mut sorted = keys;
            sorted.sort_unstable();
            let popped: Vec<u64> = std::iter::from_fn(|| heap.pop()).collect();
            prop_assert_eq!(popped, sorted);
        }

        #[test]
        fn replacing_the_top_is_a_pop_and_a_push(keys in proptest::collection::vec(0_u64..50, 1..100), new in 0_u64..50) {
            let (mut one, mut other) = (Heap::new(), Heap::new());
            one.extend(keys.iter().copied());
            other.extend(keys);
            let top = one.replace_top(new);
            prop_assert_eq!(Some(top), other.pop());
            other.push(new);
            let drain = |mut heap: Heap<u64>| std::iter::from_fn(move || heap.pop()).collect::<Vec<_>>();
            prop_assert_eq!(drain(one), drain(other));
        }
    }
}
