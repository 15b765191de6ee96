//! A time axis made of intervals side by side: hours below, days below them; closed time takes no room.

use super::canvas::{Anchor, Drawing, Pen};
use super::font;
use super::frame::Panel;
use super::style::{GRID, INK, LABEL, PENCIL};
use crate::model::Calendar;
use crate::report::assumed::day_name;

/// The intervals of an axis, in time order, each one slot wide.
pub(super) struct Slots<'a> {
    calendar: &'a Calendar,
    /// Positions in the run's grid.
    pub(super) indices: Vec<usize>,
}

impl<'a> Slots<'a> {
    /// An axis of these intervals; sorts them and drops repetitions.
    pub(super) fn new(calendar: &'a Calendar, mut indices: Vec<usize>) -> Self {
        indices.sort_unstable();
        indices.dedup();
        Self { calendar, indices }
    }

    /// How many there are, as the width of the axis; 1 at least.
    pub(super) fn width(&self) -> f64 {
        self.indices.len().max(1) as f64
    }

    /// The slot of an interval.
    pub(super) fn slot(&self, index: usize) -> Option<usize> {
        self.indices.binary_search(&index).ok()
    }

    /// Whether the interval in this slot follows directly on the one before.
    pub(super) fn continues(&self, slot: usize) -> bool {
        slot > 0 && self.indices[slot] == self.indices[slot - 1] + 1
    }

    /// Runs of slots without closed time between them.
    pub(super) fn stretches(&self) -> Vec<std::ops::Range<usize>> {
        let mut stretches: Vec<std::ops::Range<usize>> = Vec::new();
        for slot in 0..self.indices.len() {
            match stretches.last_mut() {
                Some(last) if self.continues(slot) => last.end = slot + 1,
                _ => stretches.push(slot..slot + 1),
            }
        }
        stretches
    }

    /// The first slot of each day, with the day.
    fn days(&self) -> Vec<(usize, usize)> {
        let mut days: Vec<(usize, usize)> = Vec::new();
        for (slot, &index) in self.indices.iter().enumerate() {
            let day = self.calendar.grid.day_of(index);
            if days.last().is_none_or(|&(_, last)| last != day) {
                days.push((slot, day));
            }
        }
        days
    }

    /// Draws the axis' marks below a panel whose horizontal axis runs from 0 to [`Self::width`].
    pub(super) fn draw(&self, drawing: &mut Drawing, panel: &Panel) {
        let hours = self.draw_hours(drawing, panel);
        let days = self.days();
        if days.len() < 2 {
            let only = days.first().map_or_else(String::new, |&(_, day)| day_name(self.calendar, day));
            let single = self.calendar.grid.days < 2 && self.calendar.start.is_none();
            panel.name_across(drawing, &if single { "time of day".to_owned() } else { only });
            return;
        }
        let names: Vec<String> = days.iter().map(|&(_, day)| day_name(self.calendar, day)).collect();
        let widest = names.iter().map(|name| font::width(name, LABEL, false)).fold(0.0, f64::max) + 16.0;
        let per_day = (panel.rect.right - panel.rect.left) / days.len() as f64;
        let every = (widest / per_day).ceil().max(1.0) as usize;
        let y = panel.rect.bottom + if hours { 12.0 + 2.3 * LABEL } else { 8.0 + LABEL };
        for (k, &(slot, _)) in days.iter().enumerate() {
            let x = panel.x(slot as f64);
            if slot > 0 {
                let tail = if k % every == 0 { 5.0 } else { 0.0 };
                if per_day > 14.0 || k % every == 0 {
                    drawing.line(vec![(x, panel.rect.top), (x, panel.rect.bottom)], GRID, 1.0);
                }
                drawing.line(vec![(x, panel.rect.bottom), (x, panel.rect.bottom + tail)], PENCIL, 1.0);
            }
            let next = days.get(k + 1).map_or(self.width(), |&(slot, _)| slot as f64);
            if k % every == 0 {
                let pen =
                    Pen::new(LABEL, INK).anchored(if every > 1 { Anchor::Start } else { Anchor::Middle });
                let at = if every > 1 { x } else { panel.x(f64::midpoint(slot as f64, next)) };
                if every == 1 || x + widest - 16.0 <= panel.rect.right + 8.0 {
                    drawing.text((at, y), names[k].clone(), pen);
                }
            }
        }
    }

    /// Labels on full hours, as close as they fit; returns whether there was room for any.
    fn draw_hours(&self, drawing: &mut Drawing, panel: &Panel) -> bool {
        let grid = &self.calendar.grid;
        let per_slot = (panel.rect.right - panel.rect.left) / self.width();
        let per_hour = (3_600_000_000 / grid.interval.0.max(1)).max(1) as usize;
        let room = font::width("00:00", LABEL, false) + 14.0;
        let spacing =
            [1, 2, 3, 4, 6, 12].into_iter().find(|hours| (hours * per_hour) as f64 * per_slot >= room);
        let step = spacing.unwrap_or(24) * per_hour;
        let few = self.indices.len() <= 3;
        if spacing.is_none() && !few {
            return false;
        }
        let mut free = f64::NEG_INFINITY;
        for (slot, &index) in self.indices.iter().enumerate() {
            let x = panel.x(slot as f64);
            if ((index % grid.per_day.max(1)).is_multiple_of(step) || few) && x >= free {
                panel.notch(drawing, slot as f64, &grid.clock(index));
                free = x + room;
            }
        }
        if let Some(&last) = self.indices.last() {
            let close = (last + 1) % grid.per_day.max(1);
            if close.is_multiple_of(step) && panel.rect.right >= free {
                let label = if close == 0 { "24:00".to_owned() } else { grid.clock(close) };
                panel.notch(drawing, self.width(), &label);
            }
        }
        true
    }
}
