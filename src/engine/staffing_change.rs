//! What happens on an interval boundary: staff comes and goes, groups and queues close, the run ends.
//!
//! Rule 5: when staffing falls the idle leave first, then the first to finish; who was told to leave leaves, and
//! new agents are new people. At a group's closing its last staffing stays as long as people wait who are to be
//! served to the end; all that work is overtime.

use super::desk::Desk;
use super::floor::Floor;
use super::hands::{Job, Phase};
use super::ledger;
use super::tally::{Fate, Witness};
use crate::model::{Assign, AtClose, AtEnd};

impl Floor {
    /// Crosses boundary number `self.boundary` at instant `t`.
    pub(super) fn change_staffing<W: Witness>(&mut self, desk: &mut Desk<W>, t: u64) {
        self.crossing = true;
        for g in desk.facts.groups_here() {
            self.restaff(desk, g, t);
        }
        for g in desk.facts.groups_here() {
            self.put_to_work(desk, g, t);
        }
        for q in 0..self.queues.len() {
            self.close_queue(desk, q, t);
        }
        self.crossing = false;
    }

    /// Brings group `g` to its new strength.
    fn restaff<W: Witness>(&mut self, desk: &mut Desk<W>, g: usize, t: u64) {
        let i = self.boundary;
        let agents = if i < desk.facts.intervals { self.who_comes(desk, g, i) } else { 0 };
        if desk.facts.groups[g].closes[i] && self.anyone_to_stay_for(desk, g, t) {
            // Whoever stays since an earlier closing is on overtime already.
            if !std::mem::replace(&mut self.crews[g].staying, true) {
                self.all_on_overtime(desk, g, t);
                self.suspend_all(desk, g, t);
            }
        } else if !self.crews[g].staying {
            self.change_to(desk, g, agents, t);
        } else if agents > 0 || !self.anyone_to_stay_for(desk, g, t) {
            self.crews[g].staying = false;
            self.everyone_leaves(desk, g, t);
            self.hire(g, agents, t);
        }
    }

    /// Hires, or sends away the idle and then the first to finish.
    fn change_to<W: Witness>(&mut self, desk: &mut Desk<W>, g: usize, agents: u32, t: u64) {
        let crew = &mut self.crews[g];
        if agents >= crew.present {
            let more = agents - crew.present;
            return self.hire(g, more, t);
        }
        if desk.facts.groups[g].several {
            let fewer = crew.present - agents;
            return self.send_known_home(desk, g, fewer, t);
        }
        let too_many = crew.present - agents;
        let idle = too_many.min(crew.idle);
        crew.idle -= idle;
        crew.present = agents;
        (0..idle).for_each(|_| self.longest_idle_goes(g));
        for (end, slot) in self.ends.first_to_finish(g, (too_many - idle) as usize) {
            self.ends.tell_to_leave(g, slot);
            ledger::overtime(desk.tally, desk.facts, g, t, end, self.boundary);
        }
    }

    /// From `t` on, what the group's busy agents have in hand is overtime.
    fn all_on_overtime<W: Witness>(&mut self, desk: &mut Desk<W>, g: usize, t: u64) {
        // The time of agents known by number is counted as it passes.
        for (end, _) in self.ends.first_to_finish(g, usize::MAX) {
            ledger::overtime(desk.tally, desk.facts, g, t, end, self.boundary);
        }
    }

    /// Those who stayed late go home, the busy ones after the contact in hand (already counted as overtime).
    pub(super) fn everyone_leaves<W: Witness>(&mut self, desk: &mut Desk<W>, g: usize, t: u64) {
        if desk.facts.groups[g].several {
            return self.send_known_home(desk, g, self.crews[g].present, t);
        }
        for (_, slot) in self.ends.first_to_finish(g, usize::MAX) {
            self.ends.tell_to_leave(g, slot);
        }
        self.crews[g].present = 0;
        self.crews[g].idle = 0;
        self.nobody_idle(g);
    }

    /// Idle agents take whom they may.
    pub(super) fn put_to_work<W: Witness>(&mut self, desk: &mut Desk<W>, g: usize, t: u64) {
        if desk.facts.groups[g].several {
            return self.put_known_to_work(desk, g, t);
        }
        while self.crews[g].idle > 0 {
            let Some((link, contact)) = self.take(desk, g, t, 1, self.crews[g].idle) else { break };
            self.give(desk, link, &contact, t);
        }
    }

    /// The same for agents known by number: one contact at a time for whoever has most room.
    fn put_known_to_work<W: Witness>(&mut self, desk: &mut Desk<W>, g: usize, t: u64) {
        let capacity = desk.facts.groups[g].capacity;
        while let Some(agent) = self.hands[g].find(1, Assign::LeastLoaded) {
            let room = capacity - self.hands[g].agents[agent as usize].used;
            let Some((link, contact)) = self.take(desk, g, t, room, self.crews[g].idle) else { break };
            self.take_up(desk, link, &contact, t, agent);
        }
    }

    /// So many agents known by number are told to leave: the idle, then those with least in hand, the first to finish
    /// among them. Work that can be suspended goes back to its queue.
    fn send_known_home<W: Witness>(&mut self, desk: &mut Desk<W>, g: usize, count: u32, t: u64) {
        let group = &desk.facts.groups[g];
        let mut staff: Vec<(usize, u64, u32)> = (self.hands[g].agents.iter().enumerate())
            .filter(|(_, one)| one.at_work && !one.leaving)
            .map(|(agent, one)| (one.jobs.len(), one.last_end(group.rate(one.jobs.len())), agent as u32))
            .collect();
        staff.sort_unstable();
        for (_, _, agent) in staff.into_iter().take(count as usize) {
            self.send_one_home(desk, g, agent, t);
        }
    }

    /// One agent known by number leaves, or takes nothing new.
    fn send_one_home<W: Witness>(&mut self, desk: &mut Desk<W>, g: usize, agent: u32, t: u64) {
        self.catch_up(desk, g, agent, t);
        let one = &mut self.hands[g].agents[agent as usize];
        one.leaving = true;
        self.crews[g].present -= 1;
        if one.jobs.is_empty() {
            self.crews[g].idle -= 1;
            return self.hands[g].send_home(agent);
        }
        self.hands[g].changed(agent);
        self.suspend(desk, g, agent, t);
    }

    /// The group's agents stay for those who wait: work that can wait itself is put aside.
    fn suspend_all<W: Witness>(&mut self, desk: &mut Desk<W>, g: usize, t: u64) {
        for agent in 0..self.hands[g].agents.len() {
            self.suspend(desk, g, agent as u32, t);
        }
    }

    /// An agent, brought up to date, puts aside what can be suspended.
    fn suspend<W: Witness>(&mut self, desk: &mut Desk<W>, g: usize, agent: u32, t: u64) {
        // Who stays with a customer until the second line answers does so to the end; nobody stays for the silent.
        let suspends = |job: &Job| match job.phase {
            Phase::Talk | Phase::Wrap => desk.facts.queues[job.link.queue].journey.suspend,
            Phase::Silent => true,
            Phase::Held | Phase::Dial => false,
        };
        while let Some(j) = self.hands[g].agents[agent as usize].jobs.iter().position(suspends) {
            self.put_aside(desk, g, agent, j, t);
        }
    }

    /// Who has nothing in hand goes home.
    pub(super) fn send_idle_home(&mut self, g: usize) {
        self.crews[g].send_idle_home();
        self.nobody_idle(g);
        let idle: Vec<u32> =
            if self.hands[g].is_plain() { Vec::new() } else { self.hands[g].idle().collect() };
        for agent in idle {
            self.hands[g].send_home(agent);
        }
    }

    /// At a closing that drops, at an end that drops, or when nobody can ever take them: everyone in line is sent away.
    /// Deferred work stays until the end of the run: it is a backlog.
    fn close_queue<W: Witness>(&mut self, desk: &mut Desk<W>, q: usize, t: u64) {
        let (i, facts) = (self.boundary, &desk.facts.queues[q]);
        let closes = i > 0 && facts.open[i - 1] && !facts.open[i];
        let dropped = closes && facts.at_close == AtClose::Drop;
        let ends = i == desk.facts.intervals && desk.facts.at_end == AtEnd::Drop;
        let over = i == desk.facts.intervals || !facts.deferred;
        if self.queues[q].len() == 0 || !(dropped || ends || (over && !self.can_ever_be_taken(desk, q))) {
            return;
        }
        while let Some(contact) = self.queues.pop(q) {
            let (left, fate) =
                if contact.expires < t { (contact.expires, Fate::Abandoned) } else { (t, Fate::Unfinished) };
            self.leave(desk, q, &contact, left, fate);
        }
    }
}
