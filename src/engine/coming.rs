//! Who of the planned people is at work from a boundary on, and who comes later: absence and lateness.
//!
//! A group whose people are certain has no rota, and whoever is planned is there.

use super::alarm::{Alarm, What};
use super::desk::Desk;
use super::floor::Floor;
use super::ledger;
use super::tally::Witness;
use crate::model::GroupId;

impl Floor {
    /// How many people of group `g` are at work at the start of interval `i`.
    pub(super) fn at_work<W: Witness>(desk: &Desk<W>, g: usize, i: usize) -> u32 {
        match &desk.facts.groups[g].rota {
            Some(rota) => rota.at_work(desk.tape, desk.staffing.of(GroupId(g)), i),
            None => desk.staffing.at(GroupId(g), i),
        }
    }

    /// The same at the boundary that is being crossed; those who come late during the interval are expected.
    pub(super) fn who_comes<W: Witness>(&mut self, desk: &mut Desk<W>, g: usize, i: usize) -> u32 {
        let here = Self::at_work(desk, g, i);
        let Some(rota) = &desk.facts.groups[g].rota else { return here };
        let planned = desk.staffing.of(GroupId(g));
        let late = rota.latecomers(desk.tape, planned, i);
        let (from, end) = (desk.facts.start_of(i), desk.facts.start_of(i + 1));
        let away: u64 = late.iter().map(|at| at.0 - from).sum();
        let never = planned[i].saturating_sub(here + late.len() as u32);
        ledger::away(desk.tally, g, i, away + u64::from(never) * (end - from));
        for at in late {
            self.crews[g].expected += 1;
            self.alarms.push(Alarm { at: at.0, place: 0, what: What::Late { group: g as u32 } });
        }
        here
    }

    /// Somebody of group `g` comes late, and takes whom they may.
    pub(super) fn comes_late<W: Witness>(&mut self, desk: &mut Desk<W>, g: usize, t: u64) {
        self.crews[g].expected -= 1;
        if self.crews[g].staying {
            // The next day's first: who is still here since the last closing leaves.
            (0..self.hands[g].agents.len()).for_each(|agent| self.catch_up(desk, g, agent as u32, t));
            self.crews[g].staying = false;
            self.everyone_leaves(desk, g, t);
        }
        self.hire(g, 1, t);
        self.put_to_work(desk, g, t);
    }
}
