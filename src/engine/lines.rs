//! The lines of all queues, and in which of them somebody stands.
//!
//! An agent who becomes free asks that first, with one look at a word of bits, one bit for each line: most often nobody
//! waits anywhere.

use super::waiting::{Contact, Waiting};
use std::ops::Index;

/// A set of lines: the first 64 in a word at hand, and 64 to a word beyond.
#[derive(Debug, Default)]
pub(super) struct Set {
    first: u64,
    more: Vec<u64>,
}

/// Written out so that copying a snapshot onto another keeps the memory.
impl Clone for Set {
    fn clone(&self) -> Self {
        Self { first: self.first, more: self.more.clone() }
    }

    fn clone_from(&mut self, source: &Self) {
        self.first = source.first;
        self.more.clone_from(&source.more);
    }
}

impl Set {
    /// None of so many lines.
    pub(super) fn none(of: usize) -> Self {
        Self { first: 0, more: vec![0; of.div_ceil(64).saturating_sub(1)] }
    }

    /// These of so many lines.
    pub(super) fn of(lines: impl Iterator<Item = usize>, of: usize) -> Self {
        let mut set = Self::none(of);
        lines.for_each(|q| *set.word(q) |= bit(q));
        set
    }

    fn clear(&mut self) {
        self.first = 0;
        self.more.fill(0);
    }

    #[inline]
    fn has(&self, q: usize) -> bool {
        let word = if q < 64 { self.first } else { self.more[q / 64 - 1] };
        word & bit(q) != 0
    }

    /// The word with the bit of line `q`.
    #[inline]
    fn word(&mut self, q: usize) -> &mut u64 {
        if q < 64 { &mut self.first } else { &mut self.more[q / 64 - 1] }
    }
}

/// The bit of line `q` in its word.
#[inline]
fn bit(q: usize) -> u64 {
    1 << (q % 64)
}

/// The lines whose bits are set, the first first.
pub(super) struct Bits(pub(super) u64);

impl Iterator for Bits {
    type Item = usize;

    #[inline]
    fn next(&mut self) -> Option<usize> {
        let q = self.0.trailing_zeros() as usize;
        self.0 &= self.0.wrapping_sub(1);
        (q < 64).then_some(q)
    }
}

/// Lines by queue.
#[derive(Debug)]
pub(super) struct Lines {
    all: Vec<Waiting>,
    /// Those in which somebody stands, who may have hung up unnoticed.
    taken: Set,
    /// When whoever stands at the head of each joined it, and its place on the tape; outdated where nobody stands.
    heads: Vec<(u64, u64)>,
}

/// Written out so that copying a snapshot onto another keeps the memory.
impl Clone for Lines {
    fn clone(&self) -> Self {
        Self { all: self.all.clone(), taken: self.taken.clone(), heads: self.heads.clone() }
    }

    fn clone_from(&mut self, source: &Self) {
        self.all.clone_from(&source.all);
        self.taken.clone_from(&source.taken);
        self.heads.clone_from(&source.heads);
    }
}

impl Index<usize> for Lines {
    type Output = Waiting;

    #[inline]
    fn index(&self, q: usize) -> &Waiting {
        &self.all[q]
    }
}

impl Lines {
    pub(super) fn new(queues: usize) -> Self {
        Self { all: vec![Waiting::default(); queues], taken: Set::none(queues), heads: vec![(0, 0); queues] }
    }

    pub(super) fn clear(&mut self) {
        self.all.iter_mut().for_each(Waiting::clear);
        self.taken.clear();
    }

    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    pub(super) fn iter(&self) -> std::slice::Iter<'_, Waiting> {
        self.all.iter()
    }

    /// Whether somebody stands in one of these lines.
    #[inline]
    pub(super) fn any_of(&self, set: &Set) -> bool {
        let meet = |(taken, set): (&u64, &u64)| taken & set != 0;
        self.taken.first & set.first != 0 || self.taken.more.iter().zip(&set.more).any(meet)
    }

    /// Those lines that somebody stands in and that are in the set; `None` if there are more than 64.
    #[inline]
    pub(super) fn those_of(&self, set: &Set) -> Option<u64> {
        self.taken.more.is_empty().then_some(self.taken.first & set.first)
    }

    /// Whether somebody stands in line `q`.
    #[inline]
    pub(super) fn is_taken(&self, q: usize) -> bool {
        self.taken.has(q)
    }

    /// When whoever stands at the head of line `q` joined it, and its place on the tape.
    #[inline]
    pub(super) fn head_since(&self, q: usize) -> (u64, u64) {
        self.heads[q]
    }

    /// Notes who stands at the head of line `q`, and whether anybody does.
    #[inline]
    fn note_head(&mut self, q: usize) {
        if let Some(head) = self.all[q].head() {
            self.heads[q] = (head.joined, head.place);
            *self.taken.word(q) |= bit(q);
        } else {
            *self.taken.word(q) &= !bit(q);
        }
    }

    /// See [`Waiting::push`].
    #[inline]
    pub(super) fn push(&mut self, q: usize, contact: Contact, watch: bool) -> u64 {
        let is_last = self.is_taken(q) && !self.all[q].anyone_again();
        let ticket = self.all[q].push(contact, watch);
        // Only before somebody who was put aside may who comes last stand at the head.
        if !is_last {
            self.note_head(q);
        }
        ticket
    }

    /// See [`Waiting::put_back`].
    pub(super) fn put_back(&mut self, q: usize, contact: Contact) {
        self.all[q].put_back(contact);
        self.note_head(q);
    }

    /// See [`Waiting::remove`].
    pub(super) fn remove(&mut self, q: usize, ticket: u64) -> Option<Contact> {
        self.out_of(q, |line| line.remove(ticket))
    }

    /// See [`Waiting::pop`].
    #[inline]
    pub(super) fn pop(&mut self, q: usize) -> Option<Contact> {
        self.out_of(q, Waiting::pop)
    }

    /// See [`Waiting::pop_expired_head`].
    pub(super) fn pop_expired_head(&mut self, q: usize, t: u64) -> Option<Contact> {
        self.out_of(q, |line| line.pop_expired_head(t))
    }

    /// See [`Waiting::pop_expired`].
    pub(super) fn pop_expired(&mut self, q: usize, t: u64) -> Option<Contact> {
        self.out_of(q, |line| line.pop_expired(t))
    }

    /// Takes somebody out of line `q`.
    #[inline]
    fn out_of(&mut self, q: usize, take: impl FnOnce(&mut Waiting) -> Option<Contact>) -> Option<Contact> {
        let contact = take(&mut self.all[q])?;
        self.note_head(q);
        Some(contact)
    }
}
