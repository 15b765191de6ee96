//! Why nothing can be planned.

/// Why nothing can be planned. The words are for the person who wrote the scenario.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    /// Every group has its agents already.
    #[error("nothing to plan: every group has `agents`; leave them out of a group to have it planned")]
    NothingPlanned,
    /// A planned group has no promise to be planned for.
    #[error("nothing to plan {group} for: its queue {queue} has no `target`, such as target = \"90% in 2m\"")]
    NoTarget {
        /// The group.
        group: String,
        /// Its queue.
        queue: String,
    },
    /// A planned group serves no queue.
    #[error("nothing to plan {group} for: it serves no queue")]
    ServesNothing {
        /// The group.
        group: String,
    },
}
