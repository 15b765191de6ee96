//! The same centre with more or less of one thing: for "what if the forecast is wrong?".

use super::{Law, Model, Series, Staff};

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
}

impl Lever {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Volume, Self::HandleTime, Self::Patience, Self::Agents];

    /// As it is called in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Volume => "volume",
            Self::HandleTime => "handle time",
            Self::Patience => "patience",
            Self::Agents => "agents",
        }
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

impl Law {
    /// Makes everything that much longer.
    pub fn scale(&mut self, factor: f64) {
        match &mut self.mean {
            Series::Constant(mean) => *mean *= factor,
            Series::ByInterval(means) => means.iter_mut().for_each(|mean| *mean *= factor),
        }
    }
}
