//! Who serves whom: which idle agent an arriving contact finds, and which waiting contact a free agent takes.

use super::deferred;
use super::desk::Desk;
use super::facts::{Facts, Link};
use super::floor::Floor;
use super::lines::Bits;
use super::tally::Witness;
use super::waiting::Contact;
use crate::model::{AtClose, AtEnd, Choose, GroupId, Take};
use std::cmp::Reverse;

/// What an agent who looks for work may take.
#[derive(Clone, Copy)]
struct Free {
    room: u32,
    idle: u32,
    fillers: bool,
}

impl Free {
    #[inline]
    fn fits(self, link: &Link) -> bool {
        link.filler == self.fillers
            && link.need <= self.room
            && (link.reserve == 0 || self.idle > link.reserve)
    }
}

impl Floor {
    /// The group on the queue's route with an idle agent for a contact that has just arrived: the first, unless the
    /// queue chooses otherwise.
    pub(super) fn idle_agent<'a>(&self, facts: &'a Facts, q: usize) -> Option<&'a Link> {
        self.idle_agent_after(facts, q, 0)
    }

    /// The same for a contact that has waited `waited`.
    #[inline]
    pub(super) fn idle_agent_after<'a>(&self, facts: &'a Facts, q: usize, waited: u64) -> Option<&'a Link> {
        let free = |link: &&Link| {
            let crew = &self.crews[link.group];
            (crew.idle > link.reserve || (link.shares && self.hands[link.group].has_room(link.need)))
                && link.after <= waited
                && (!crew.staying || self.worth_staying(facts, q))
        };
        let queue = &facts.queues[q];
        match queue.journey.choose {
            Choose::InOrder => queue.route.iter().find(free),
            choose => self.choose(facts, choose, queue.route.iter().filter(free)),
        }
    }

    /// The contact that an agent of group `g` with so much room takes at `t`, already out of its line; `idle` agents of
    /// the group have empty hands, the taker included. Fillers come after everybody else.
    #[inline]
    pub(super) fn take<'a, W: Witness>(
        &mut self,
        desk: &mut Desk<'a, W>,
        g: usize,
        t: u64,
        room: u32,
        idle: u32,
    ) -> Option<(&'a Link, Contact)> {
        if !self.queues.any_of(&desk.facts.groups[g].lines) {
            return None;
        }
        let free = Free { room, idle, fillers: false };
        let mut link = self.next_for(desk, g, t, free);
        if link.is_none() && desk.facts.groups[g].has_filler {
            link = self.next_for(desk, g, t, Free { fillers: true, ..free });
        }
        let link = link?;
        Some((link, self.queues.pop(link.queue)?))
    }

    /// The link whose head of line an agent of group `g` takes.
    #[inline]
    fn next_for<'a, W: Witness>(
        &mut self,
        desk: &mut Desk<'a, W>,
        g: usize,
        t: u64,
        free: Free,
    ) -> Option<&'a Link> {
        let group = &desk.facts.groups[g];
        if let [only] = group.serves.as_slice() {
            self.waits_for(desk, only, t, free).then_some(only)
        } else {
            match group.take {
                Take::InOrder => self.first_in_order(desk, g, t, free),
                Take::LongestWait => self.least(desk, g, t, free, |_, _, since| since),
                Take::Priority => {
                    self.least(desk, g, t, free, |facts, q, since| (facts.queues[q].priority, since))
                }
                Take::Weighted => self.least(desk, g, t, free, |facts, q, since| {
                    let weight = u128::from(facts.queues[q].weight);
                    (Reverse(u128::from(t - since.0) * weight), since)
                }),
                Take::EarliestDue => self.earliest_due(desk, g, t, free),
                Take::LongestQueue => self.longest_queue(desk, g, t, free),
            }
        }
    }

    /// The first link whose head of line may be taken.
    fn first_in_order<'a, W: Witness>(
        &mut self,
        desk: &mut Desk<'a, W>,
        g: usize,
        t: u64,
        free: Free,
    ) -> Option<&'a Link> {
        let group = &desk.facts.groups[g];
        let Some(mut bits) = self.queues.those_of(&group.lines) else {
            return group.serves.iter().find(|link| self.waits_for(desk, link, t, free));
        };
        while let Some(n) = Bits(bits).map(|q| group.position[q]).min() {
            let link = &group.serves[n as usize];
            if self.waits_for(desk, link, t, free) {
                return Some(link);
            }
            bits &= !(1 << link.queue);
        }
        None
    }

    /// The links of group `g` in whose lines somebody stands; all its links where there are very many lines.
    fn links_with_somebody<'a>(
        &self,
        facts: &'a Facts,
        g: usize,
    ) -> impl Iterator<Item = &'a Link> + use<'a> {
        let group = &facts.groups[g];
        let bits = self.queues.those_of(&group.lines);
        let all = if bits.is_none() { group.serves.as_slice() } else { &[] };
        Bits(bits.unwrap_or(0)).map(|q| &group.serves[group.position[q] as usize]).chain(all)
    }

    /// The link whose head of line has the least key, which may depend on the queue, and on when the head joined and its
    /// place on the tape.
    fn least<'a, W: Witness, K: Ord>(
        &mut self,
        desk: &mut Desk<'a, W>,
        g: usize,
        t: u64,
        free: Free,
        key: impl Fn(&Facts, usize, (u64, u64)) -> K,
    ) -> Option<&'a Link> {
        let facts = desk.facts;
        let lines = self.queues.those_of(&facts.groups[g].lines);
        if let Some(lines) = lines.filter(|_| facts.is_plain() && !self.crews[g].staying) {
            return self.least_of(desk, g, t, lines, key);
        }
        let mut best: Option<(K, &Link)> = None;
        for link in self.links_with_somebody(facts, g) {
            if !self.waits_for(desk, link, t, free) {
                continue;
            }
            let key = key(facts, link.queue, self.queues.head_since(link.queue));
            if best.as_ref().is_none_or(|(least, _)| key < *least) {
                best = Some((key, link));
            }
        }
        best.map(|(_, link)| link)
    }

    /// The same where whoever waits may be taken, so that only the line is looked at whose turn it is. It rests on this: a
    /// line's key never falls when somebody leaves its head.
    fn least_of<'a, W: Witness, K: Ord>(
        &mut self,
        desk: &mut Desk<'a, W>,
        g: usize,
        t: u64,
        mut lines: u64,
        key: impl Fn(&Facts, usize, (u64, u64)) -> K,
    ) -> Option<&'a Link> {
        let group = &desk.facts.groups[g];
        while let Some(q) = Bits(lines).min_by_key(|&q| key(desk.facts, q, self.queues.head_since(q))) {
            let since = self.queues.head_since(q);
            self.resolve_head(desk, q, t);
            if !self.queues.is_taken(q) {
                lines &= !(1 << q);
            } else if self.queues.head_since(q) == since {
                return Some(&group.serves[group.position[q] as usize]);
            }
        }
        None
    }

    /// The link whose head of line has the promise that breaks first.
    fn earliest_due<'a, W: Witness>(
        &mut self,
        desk: &mut Desk<'a, W>,
        g: usize,
        t: u64,
        free: Free,
    ) -> Option<&'a Link> {
        let facts = desk.facts;
        let mut best: Option<((u64, u64), &Link)> = None;
        for link in self.links_with_somebody(facts, g) {
            if !self.waits_for(desk, link, t, free) {
                continue;
            }
            let Some(head) = self.queues[link.queue].head() else { continue };
            let case = self.cases.get(head.case_number());
            let key = (deferred::breaks(facts, head, case, link.queue), head.place);
            if best.is_none_or(|(least, _)| key < least) {
                best = Some((key, link));
            }
        }
        best.map(|(_, link)| link)
    }

    /// The link with most people in line, the first of `serves` among equals.
    fn longest_queue<'a, W: Witness>(
        &mut self,
        desk: &mut Desk<'a, W>,
        g: usize,
        t: u64,
        free: Free,
    ) -> Option<&'a Link> {
        let facts = desk.facts;
        let mut best: Option<(usize, &Link)> = None;
        for link in &facts.groups[g].serves {
            self.resolve_expired(desk, link.queue, t);
            let length = self.queues[link.queue].len();
            if self.waits_for(desk, link, t, free) && best.is_none_or(|(most, _)| length > most) {
                best = Some((length, link));
            }
        }
        best.map(|(_, link)| link)
    }

    /// Whether someone waits whom this group may take at `t`. The head has waited longest: if it may not be taken
    /// yet, nobody behind it may.
    #[inline]
    fn waits_for<W: Witness>(&mut self, desk: &mut Desk<W>, link: &Link, t: u64, free: Free) -> bool {
        if self.queues[link.queue].len() == 0 || (!link.plain && !free.fits(link)) {
            return false;
        }
        self.resolve_head(desk, link.queue, t);
        let Some(head) = self.queues[link.queue].head() else { return false };
        t - head.joined >= link.after
            && (!self.crews[link.group].staying || self.worth_staying(desk.facts, link.queue))
    }

    /// Whether agents who were due to leave stay for who waits in this queue: it is closed and its people are to be
    /// served to the end. Nobody stays for work that can wait.
    pub(super) fn worth_staying(&self, facts: &Facts, q: usize) -> bool {
        let queue = &facts.queues[q];
        let now = self.now_interval(facts);
        let over = !queue.open[now.min(facts.intervals)];
        over && !queue.deferred
            && match queue.at_close {
                AtClose::Finish => true,
                AtClose::Drop => false,
                AtClose::CarryOver => {
                    now >= facts.intervals && facts.at_end == AtEnd::Finish && queue.open[facts.intervals - 1]
                }
            }
    }

    /// The interval being played, or the one whose boundary is being crossed.
    fn now_interval(&self, facts: &Facts) -> usize {
        if self.crossing { self.boundary } else { self.interval() }.min(facts.intervals)
    }

    /// Whether someone waits for whom agents of group `g` stay after closing.
    pub(super) fn anyone_to_stay_for<W: Witness>(&mut self, desk: &mut Desk<W>, g: usize, t: u64) -> bool {
        let facts = desk.facts;
        facts.groups[g].serves.iter().any(|link| {
            self.resolve_head(desk, link.queue, t);
            self.queues[link.queue].len() > 0 && self.worth_staying(facts, link.queue)
        })
    }

    /// Whether some group now at work, or later, can take contacts of this queue.
    pub(super) fn can_ever_be_taken<W: Witness>(&self, desk: &Desk<W>, q: usize) -> bool {
        let facts = desk.facts;
        let route = &facts.queues[q].route;
        let now = |link: &Link| {
            let crew = &self.crews[link.group];
            crew.expected > 0 || (crew.present > 0 && (!crew.staying || self.worth_staying(facts, q)))
        };
        route.iter().any(now) || {
            let from = if self.crossing { self.boundary + 1 } else { self.boundary };
            let later = |link: &Link| desk.staffing.of(GroupId(link.group)).iter().skip(from).any(|&n| n > 0);
            route.iter().any(later)
        }
    }
}
