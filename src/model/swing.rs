//! The same centre with more or less of one thing: for "what if the forecast is wrong?".

use super::{Goal, Group, Law, Model, Queue, Series, Skill, Staff, Target};
use crate::units::Micros;

/// Something that can turn out other than planned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lever {
    /// How many contacts come.
    Volume,
    /// How long they take: handle and wrap.
    HandleTime,
    /// How long customers wait before they hang up.
    Patience,
    /// How many agents are at work, to the nearest whole.
    Agents,
    /// The share of paid time away from contacts; matters where agents are scheduled or planned.
    Shrinkage,
    /// How many contacts an agent may have in hand, where that is more than one: one fewer or one more.
    Concurrency,
    /// Within how long contacts are promised to be answered.
    Promise,
}

impl Lever {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Volume,
        Self::HandleTime,
        Self::Patience,
        Self::Agents,
        Self::Shrinkage,
        Self::Concurrency,
        Self::Promise,
    ];

    /// As it is called in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Volume => "volume",
            Self::HandleTime => "handle time",
            Self::Patience => "patience",
            Self::Agents => "agents",
            Self::Shrinkage => "shrinkage",
            Self::Concurrency => "concurrency",
            Self::Promise => "promised wait",
        }
    }

    /// How far it is turned when everything is turned by a share: that share, or one.
    pub fn step(self, share: f64) -> String {
        if self == Self::Concurrency {
            return "1".to_owned();
        }
        let text = format!("{:.2}", share * 100.0);
        format!("{}%", text.trim_end_matches('0').trim_end_matches('.'))
    }
}

impl Model {
    /// The same model with this much more (or less) of one thing; nothing where it has none of it.
    ///
    /// ```
    /// # fn of(model: &headcount::model::Model) {
    /// use headcount::model::Lever;
    /// let busier = model.swung(Lever::Volume, 1.1).unwrap();
    /// assert!(busier.expected_contacts() > model.expected_contacts());
    /// # }
    /// ```
    #[must_use]
    pub fn swung(&self, lever: Lever, factor: f64) -> Option<Self> {
        let mut model = self.clone();
        let mut changed = false;
        let mut scale = |law: &mut Law| {
            law.scale(factor);
            changed = true;
        };
        match lever {
            Lever::Volume => {
                for volume in model.queues.iter_mut().flat_map(|queue| &mut queue.volumes) {
                    *volume *= factor;
                    changed |= *volume > 0.0;
                }
            }
            Lever::HandleTime => {
                for queue in &mut model.queues {
                    scale(&mut queue.handle);
                    queue.wrap.iter_mut().for_each(&mut scale);
                }
                let skills = model.groups.iter_mut().flat_map(|group| &mut group.serves);
                skills.filter_map(|skill| skill.handle.as_mut()).for_each(scale);
            }
            Lever::Patience => {
                model.queues.iter_mut().filter_map(|queue| queue.patience.as_mut()).for_each(scale);
            }
            Lever::Shrinkage => {
                changed =
                    model.groups.iter_mut().fold(false, |any, group| any | group.swing_shrinkage(factor));
            }
            Lever::Concurrency => {
                let up = factor > 1.0;
                changed = model.groups.iter_mut().fold(false, |any, group| any | group.swing_concurrency(up));
            }
            Lever::Promise => {
                changed =
                    model.queues.iter_mut().fold(false, |any, queue| any | queue.swing_promises(factor));
            }
            Lever::Agents => {
                for group in &mut model.groups {
                    if let Staff::Given { at_work, scheduled } = &mut group.staff {
                        for agents in at_work.iter_mut().chain(scheduled.iter_mut().flatten()) {
                            let swung = (f64::from(*agents) * factor).round() as u32;
                            changed |= swung != *agents;
                            *agents = swung;
                        }
                    }
                }
            }
        }
        changed.then_some(model)
    }
}

impl Queue {
    /// Promises answers within a shorter or longer wait. Whether anything changed.
    fn swing_promises(&mut self, factor: f64) -> bool {
        let mut changed = false;
        for made in self.targets.clone() {
            let Goal::Answered { share, within, definition } = made.goal else { continue };
            let swung = Micros((within.0 as f64 * factor).round() as u64);
            let goal = Goal::Answered { share, within: swung, definition };
            changed |= swung != within;
            self.promise_instead(&made.clone(), Target { goal, ..made });
        }
        changed
    }
}

impl Group {
    /// Less or more shrinkage; agents that are scheduled leave so many more or fewer at work. Whether anything changed.
    fn swing_shrinkage(&mut self, factor: f64) -> bool {
        let before = self.shrinkage.clone();
        let scale = |share: &mut f64| *share = (*share * factor).min(MOST_AWAY);
        match &mut self.shrinkage {
            Series::Constant(share) => scale(share),
            Series::ByInterval(shares) => shares.iter_mut().for_each(scale),
        }
        if let Staff::Given { at_work, scheduled: Some(scheduled) } = &mut self.staff {
            for (i, (agents, paid)) in at_work.iter_mut().zip(scheduled).enumerate() {
                *agents = (f64::from(*paid) * (1.0 - self.shrinkage.at(i))).round() as u32;
            }
        }
        let matters = !matches!(self.staff, Staff::Given { scheduled: None, .. });
        matters && self.shrinkage != before
    }

    /// One contact in hand fewer or more, of each kind of which there may be several; whether anything changed.
    fn swing_concurrency(&mut self, up: bool) -> bool {
        let capacity = self.hands.capacity;
        let now = |skill: &Skill| capacity / skill.need.max(1);
        let then = |n: u32| {
            if n <= 1 {
                n
            } else if up {
                n + 1
            } else {
                n - 1
            }
        };
        let several = self.serves.iter().any(|skill| now(skill) > 1);
        if !several {
            return false;
        }
        let numbers: Vec<u32> = self.serves.iter().map(|skill| then(now(skill))).collect();
        let all = numbers.iter().fold(1, |all, &n| all / gcd(all, n) * n);
        self.serves.iter_mut().zip(numbers).for_each(|(skill, n)| skill.need = all / n);
        self.hands.capacity = all;
        true
    }
}

/// Shrinkage leaves at least one hour in twenty.
const MOST_AWAY: f64 = 0.95;

fn gcd(a: u32, b: u32) -> u32 {
    if b == 0 { a } else { gcd(b, a % b) }
}

impl Law {
    /// Makes everything that much longer.
    pub fn scale(&mut self, factor: f64) {
        match &mut self.mean {
            Series::Constant(mean) => *mean *= factor,
            Series::ByInterval(means) => means.iter_mut().for_each(|mean| *mean *= factor),
        }
    }
}
