//! One change to a roster: a break or a shift that starts at another time, an hour more, a person more, a skill more.

use crate::model::{Group, GroupId, Model, Roster, RouteStep, Shift, Skill};
use crate::montecarlo::Staffing;

/// Minutes of an added hour.
pub(super) const HOUR: i64 = 60;

/// A change; shifts and breaks are named by their place in the group's roster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// A break starts so many minutes later, or earlier.
    MoveBreak {
        /// Whose roster.
        group: GroupId,
        /// Which shift.
        shift: usize,
        /// Which of its breaks.
        pause: usize,
        /// By how much.
        by: i64,
    },
    /// A shift with its breaks starts so many minutes later, or earlier.
    MoveShift {
        /// Whose roster.
        group: GroupId,
        /// Which shift.
        shift: usize,
        /// By how much.
        by: i64,
    },
    /// A shift is an hour longer.
    AddHour {
        /// Whose roster.
        group: GroupId,
        /// Which shift.
        shift: usize,
        /// Whether it starts earlier, rather than ends later.
        before: bool,
    },
    /// Another person works a shift like this one, its breaks included.
    AddPerson {
        /// Whose roster.
        group: GroupId,
        /// Like which shift.
        like: usize,
    },
    /// A person also serves the queues of another group.
    CrossTrain {
        /// Whose roster.
        group: GroupId,
        /// Who.
        person: String,
        /// Whose queues.
        to: GroupId,
    },
}

/// Kinds of change, what costs least at first hand first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A break.
    MoveBreak,
    /// A shift.
    MoveShift,
    /// A skill.
    CrossTrain,
    /// An hour.
    AddHour,
    /// A person.
    AddPerson,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 5] =
        [Self::MoveBreak, Self::MoveShift, Self::CrossTrain, Self::AddHour, Self::AddPerson];
}

impl Change {
    /// Of which kind it is.
    pub fn kind(&self) -> Kind {
        match self {
            Self::MoveBreak { .. } => Kind::MoveBreak,
            Self::MoveShift { .. } => Kind::MoveShift,
            Self::AddHour { .. } => Kind::AddHour,
            Self::AddPerson { .. } => Kind::AddPerson,
            Self::CrossTrain { .. } => Kind::CrossTrain,
        }
    }

    /// Whose roster it changes.
    pub fn group(&self) -> GroupId {
        match self {
            Self::MoveBreak { group, .. }
            | Self::MoveShift { group, .. }
            | Self::AddHour { group, .. }
            | Self::AddPerson { group, .. }
            | Self::CrossTrain { group, .. } => *group,
        }
    }

    /// The group's roster afterwards; that of a person who learns another skill stays.
    pub fn applied(&self, roster: &Roster) -> Roster {
        let mut after = roster.clone();
        match *self {
            Self::MoveBreak { shift, pause, by, .. } => {
                let one = &mut after.shifts[shift];
                one.breaks[pause] = one.breaks[pause].moved(by);
                one.breaks.sort_unstable();
            }
            Self::MoveShift { shift, by, .. } => after.shifts[shift] = after.shifts[shift].moved(by),
            Self::AddHour { shift, before, .. } => lengthen(&mut after.shifts[shift], before),
            Self::AddPerson { like, .. } => {
                let one = after.shifts[like].clone();
                after.shifts.push(Shift { person: newcomer(roster), line: 0, ..one });
            }
            Self::CrossTrain { .. } => {}
        }
        after
    }

    /// Minutes at work that it adds.
    pub fn extra_minutes(&self, roster: &Roster) -> i64 {
        let minutes = |roster: &Roster| roster.at_work().iter().map(|piece| piece.minutes()).sum::<i64>();
        minutes(&self.applied(roster)) - minutes(roster)
    }
}

fn lengthen(shift: &mut Shift, before: bool) {
    if before {
        shift.span.from -= HOUR;
        shift.real.from -= HOUR;
    } else {
        shift.span.to += HOUR;
        shift.real.to += HOUR;
    }
}

/// A name that nobody has yet.
fn newcomer(roster: &Roster) -> String {
    let taken = |name: &str| roster.shifts.iter().any(|shift| shift.person == name);
    let mut name = "one more".to_owned();
    while taken(&name) {
        name.push('+');
    }
    name
}

/// A staffing with the people of one group's roster.
pub(super) fn staffed(model: &Model, base: &Staffing, group: GroupId, roster: &Roster) -> Staffing {
    let facts = &model.groups[group.0];
    let counted = roster.counted(model.grid(), &facts.opening, &facts.shrinkage);
    let mut staffing = base.clone();
    counted.at_work.iter().enumerate().for_each(|(i, &people)| staffing.set(group, i, people));
    staffing
}

/// Whether people of `group` can learn the queues of `to`: there are some that they do not serve, and both groups hold
/// contacts in the same way.
pub(super) fn may_learn(model: &Model, group: GroupId, to: GroupId) -> bool {
    let (mine, theirs) = (&model.groups[group.0], &model.groups[to.0]);
    group != to
        && mine.hands == theirs.hands
        && theirs.serves.iter().any(|skill| mine.skill(skill.queue).is_none())
}

/// The centre in which one person of `group` also serves the queues of `to`: a group of its own, last on its queues'
/// routes, as those with more skills are.
pub(super) fn cross_trained(
    model: &Model,
    base: &Staffing,
    roster: &Roster,
    person: &str,
    group: GroupId,
    to: GroupId,
) -> (Model, Staffing) {
    let (mine, theirs) = (&model.groups[group.0], &model.groups[to.0]);
    let own = Roster {
        shifts: roster.shifts.iter().filter(|s| s.person == person).cloned().collect(),
        ..roster.clone()
    };
    let one = own.counted(model.grid(), &mine.opening, &crate::model::Series::Constant(0.0)).rostered;
    let learned: Vec<Skill> =
        theirs.serves.iter().filter(|skill| mine.skill(skill.queue).is_none()).cloned().collect();
    let at_work: Vec<u32> = (0..one.len()).map(|i| one[i].min(base.at(group, i))).collect();
    let serves = mine.serves.iter().chain(&learned).cloned().collect();
    let staff = crate::model::Staff::Given { at_work: at_work.clone(), scheduled: None };
    let both =
        Group { name: format!("{person}, {} and {}", mine.name, theirs.name), serves, staff, ..mine.clone() };
    let mut after = model.clone();
    let new = GroupId(after.groups.len());
    for skill in &both.serves {
        let from = if mine.skill(skill.queue).is_some() { group } else { to };
        let route = &mut after.queues[skill.queue.0].route;
        if let Some(after) = route.iter().find(|step| step.group == from).map(|step| step.after) {
            route.push(RouteStep { group: new, after });
        }
    }
    after.groups.push(both);
    let mut staffing = Staffing::given(&after);
    for g in (0..model.groups.len()).map(GroupId) {
        for (i, &learner) in at_work.iter().enumerate() {
            let gone = if g == group { learner } else { 0 };
            staffing.set(g, i, base.at(g, i) - gone);
        }
    }
    (after, staffing)
}
