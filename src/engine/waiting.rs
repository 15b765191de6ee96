//! A queue's line: first come, first served, with people leaving from anywhere in it.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

/// A contact on its way through one queue.
#[derive(Clone, Copy, Debug)]
pub(super) struct Contact {
    /// When it joined this queue, µs.
    pub(super) joined: u64,
    /// When it hangs up, µs.
    pub(super) expires: u64,
    /// Its place among all contacts of the tape: decides ties.
    pub(super) place: u64,
    /// The queue on whose tape it stands.
    pub(super) home: u32,
    /// Its position there.
    pub(super) k: u32,
    /// Its case, 0 without one; [`Contact::ELSEWHERE`] is added when it is not a customer's first contact.
    pub(super) case: u32,
    /// The interval in which it joined.
    pub(super) interval: u32,
}

impl Contact {
    /// Marks a contact that came from somewhere else than the tape.
    pub(super) const ELSEWHERE: u32 = 1 << 31;

    /// Number of its case; 0 without one.
    pub(super) fn case_number(&self) -> u32 {
        self.case & !Self::ELSEWHERE
    }

    /// Whether it is a customer's first contact.
    pub(super) fn is_first(&self) -> bool {
        self.case & Self::ELSEWHERE == 0
    }

    /// Order of arrival.
    fn order(&self) -> (u64, u64) {
        (self.joined, self.place)
    }
}

/// A line. A ticket is a contact's number in it; tickets count up and are never used again.
#[derive(Debug, Default)]
pub(super) struct Waiting {
    line: VecDeque<Option<Contact>>,
    /// The ticket of the first entry of `line`.
    first_ticket: u64,
    count: usize,
    /// When each contact hangs up, with its ticket; kept only where the exact length is needed.
    expiries: BinaryHeap<Reverse<(u64, u64)>>,
    /// Contacts that were put aside and wait again, the first of them last; they have no tickets.
    again: Vec<Contact>,
}

/// Written out so that copying a snapshot onto another keeps the memory.
impl Clone for Waiting {
    fn clone(&self) -> Self {
        Self { line: self.line.clone(), expiries: self.expiries.clone(), again: self.again.clone(), ..*self }
    }

    fn clone_from(&mut self, source: &Self) {
        self.line.clone_from(&source.line);
        self.expiries.clone_from(&source.expiries);
        self.again.clone_from(&source.again);
        (self.first_ticket, self.count) = (source.first_ticket, source.count);
    }
}

impl Waiting {
    pub(super) fn clear(&mut self) {
        self.line.clear();
        self.first_ticket = 0;
        self.count = 0;
        self.expiries.clear();
        self.again.clear();
    }

    /// Contacts in line; those who hung up unnoticed are among them unless [`Self::pop_expired`] was asked first.
    pub(super) fn len(&self) -> usize {
        self.count
    }

    /// Joins the end of the line; returns the ticket. `watch`: notice at once when it hangs up.
    pub(super) fn push(&mut self, contact: Contact, watch: bool) -> u64 {
        let ticket = self.first_ticket + self.line.len() as u64;
        self.line.push_back(Some(contact));
        self.count += 1;
        if watch && contact.expires < u64::MAX {
            self.expiries.push(Reverse((contact.expires, ticket)));
        }
        ticket
    }

    /// The contact with this ticket, if it is still in line.
    pub(super) fn get(&self, ticket: u64) -> Option<Contact> {
        let index = ticket.checked_sub(self.first_ticket)?;
        self.line.get(usize::try_from(index).ok()?).copied().flatten()
    }

    /// Takes the contact with this ticket out of the line.
    pub(super) fn remove(&mut self, ticket: u64) -> Option<Contact> {
        let index = usize::try_from(ticket.checked_sub(self.first_ticket)?).ok()?;
        let contact = self.line.get_mut(index)?.take()?;
        self.count -= 1;
        self.drop_gone();
        Some(contact)
    }

    /// Who was put aside waits again, in order of arrival.
    pub(super) fn put_back(&mut self, contact: Contact) {
        let after = self.again.partition_point(|other| other.order() > contact.order());
        self.again.insert(after, contact);
        self.count += 1;
    }

    /// Whether any of them was put aside before.
    #[inline]
    pub(super) fn anyone_again(&self) -> bool {
        !self.again.is_empty()
    }

    /// Everyone in line, in no order.
    pub(super) fn all(&self) -> impl Iterator<Item = &Contact> {
        self.line.iter().flatten().chain(&self.again)
    }

    /// Who has waited longest.
    #[inline]
    pub(super) fn head(&self) -> Option<&Contact> {
        let front = self.line.front().and_then(Option::as_ref);
        match (self.again.last(), front) {
            (None, front) => front,
            (Some(again), Some(front)) if front.order() < again.order() => Some(front),
            (again, _) => again,
        }
    }

    /// Takes the head out of the line.
    #[inline]
    pub(super) fn pop(&mut self) -> Option<Contact> {
        if let Some(again) = self.again.last() {
            let front = self.line.front().and_then(Option::as_ref);
            if front.is_none_or(|front| again.order() < front.order()) {
                self.count -= 1;
                return self.again.pop();
            }
        }
        let contact = self.line.pop_front().flatten()?;
        self.first_ticket += 1;
        self.count -= 1;
        self.drop_gone();
        Some(contact)
    }

    /// Takes the head out of the line if it hung up before `t`.
    pub(super) fn pop_expired_head(&mut self, t: u64) -> Option<Contact> {
        if self.head()?.expires < t { self.pop() } else { None }
    }

    /// Takes one contact that hung up before `t` out of the line, wherever it stands.
    pub(super) fn pop_expired(&mut self, t: u64) -> Option<Contact> {
        while let Some(&Reverse((expires, ticket))) = self.expiries.peek() {
            if expires >= t {
                break;
            }
            self.expiries.pop();
            if let Some(contact) = self.remove(ticket) {
                return Some(contact);
            }
        }
        self.pop_expired_head(t)
    }

    /// Entries that left from the middle are dropped once they reach the front, so that the head is always someone.
    fn drop_gone(&mut self) {
        while self.line.front().is_some_and(Option::is_none) {
            self.line.pop_front();
            self.first_ticket += 1;
        }
    }
}
