//! Customers who come again, where the log knows them.
//!
//! A redial is the next contact of a customer who hung up, in the same queue, within [`REDIAL_S`]; a repeat the next
//! contact of one who was answered, in any queue, within [`REPEAT_S`]. Only those count whose time to come back lies inside
//! the log. Two customers behind one number, or a second errand, count as returns too: the rates are upper bounds.

use super::fitted::Fitted;
use crate::exports::{Call, Ending};
use std::collections::BTreeMap;

/// How soon a redial comes, s.
const REDIAL_S: i64 = 4 * 3600;
/// How soon a repeat call comes, s.
const REPEAT_S: i64 = 7 * 86_400;

/// How many come again, and how soon.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Return {
    /// Share that comes again.
    pub share: Fitted,
    /// Mean time until they do, s.
    pub after_s: f64,
    /// Contacts that the share rests on.
    pub contacts: usize,
}

/// Redials and repeats of one queue; nothing where fewer than 20 contacts could tell.
pub(super) fn returns(calls: &[Call], queue: usize) -> (Option<Return>, Option<Return>) {
    let mut by_customer: BTreeMap<u32, Vec<&Call>> = BTreeMap::new();
    for call in calls.iter().filter(|call| call.ending != Ending::Contained) {
        if let Some(customer) = call.customer {
            by_customer.entry(customer).or_default().push(call);
        }
    }
    let end = calls.last().map_or(0, |call| call.at_s);
    let (mut redial, mut repeat) = (Seen::default(), Seen::default());
    for own in by_customer.values() {
        for (k, call) in own.iter().enumerate().filter(|(_, call)| call.queue == queue) {
            let next = own.get(k + 1);
            match call.ending {
                Ending::Abandoned => {
                    redial.count(call, next.filter(|next| next.queue == queue), REDIAL_S, end);
                }
                Ending::Answered => repeat.count(call, next, REPEAT_S, end),
                _ => {}
            }
        }
    }
    (redial.rate(), repeat.rate())
}

#[derive(Default)]
struct Seen {
    contacts: usize,
    back: usize,
    seconds: i64,
}

impl Seen {
    fn count(&mut self, call: &Call, next: Option<&&Call>, within: i64, end: i64) {
        if call.at_s + within > end {
            return;
        }
        self.contacts += 1;
        if let Some(after) = next.map(|next| next.at_s - call.at_s).filter(|after| *after <= within) {
            self.back += 1;
            self.seconds += after;
        }
    }

    fn rate(&self) -> Option<Return> {
        (self.contacts >= 20 && self.back > 0).then(|| Return {
            share: Fitted::share(self.back, self.contacts),
            after_s: self.seconds as f64 / self.back as f64,
            contacts: self.contacts,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Thirty customers hang up, ten of them call again after 600 s; thirty are answered, six come again after a day. The
    /// log goes on for eight days, and the last contact comes too late to tell whether anybody returns.
    #[test]
    fn by_hand() {
        let call = |at_s, customer, ending| Call {
            at_s,
            queue: 0,
            wait_s: None,
            ending,
            handle_s: None,
            agent: None,
            customer: Some(customer),
        };
        let mut calls = Vec::new();
        for customer in 0..30 {
            calls.push(call(0, customer, Ending::Abandoned));
            if customer < 10 {
                calls.push(call(600, customer, Ending::Blocked));
            }
            calls.push(call(0, 100 + customer, Ending::Answered));
            if customer < 6 {
                calls.push(call(86_400, 100 + customer, Ending::Blocked));
            }
        }
        calls.push(call(8 * 86_400, 999, Ending::Abandoned));
        calls.sort_by_key(|call| call.at_s);
        let (redial, repeat) = returns(&calls, 0);
        let (redial, repeat) = (redial.unwrap(), repeat.unwrap());
        assert_eq!((redial.contacts, redial.share.value, redial.after_s), (30, 1.0 / 3.0, 600.0));
        assert_eq!((repeat.contacts, repeat.share.value, repeat.after_s), (30, 0.2, 86_400.0));
        assert!(redial.share.low > 0.15 && redial.share.high < 0.55, "{redial:?}");
        assert_eq!(returns(&calls, 1), (None, None));
    }
}
