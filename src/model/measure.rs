//! [`Measure`]: what a printed figure counts.

use crate::model::keyword::keywords;

keywords! {
    /// What a `published` figure counts: for the year or, if it names a project, for the project.
    Measure, MeasureError,
    "a measure; write allocation, upfront-allocated, tactical-allocated, awards, upfront-awards, \
     tactical-awards, released, upfront-remaining, tactical-remaining, uncommitted, spent, \
     underspend, to-return or returned; for a project write award, spent or underspend" {
        /// The year's allocation, both pots.
        Allocation = "allocation",
        /// What was allocated to the upfront pot.
        UpfrontAllocated = "upfront-allocated",
        /// What was allocated to the tactical pot.
        TacticalAllocated = "tactical-allocated",
        /// The awards of both pots' projects, as varied and less what was withdrawn.
        Awards = "awards",
        /// The awards of the upfront pot's projects.
        UpfrontAwards = "upfront-awards",
        /// The awards of the tactical pot's projects.
        TacticalAwards = "tactical-awards",
        /// What was released from the upfront to the tactical pot.
        Released = "released",
        /// What is left in the upfront pot.
        UpfrontRemaining = "upfront-remaining",
        /// What is left in the tactical pot.
        TacticalRemaining = "tactical-remaining",
        /// What is left in both pots.
        Uncommitted = "uncommitted",
        /// What was spent, less refunds.
        Spent = "spent",
        /// The allocation (for a project, its award) less what was spent.
        Underspend = "underspend",
        /// The underspend not yet returned.
        ToReturn = "to-return",
        /// What was returned to the OPCC.
        Returned = "returned",
        /// One project's award, as varied and less what was withdrawn.
        Award = "award",
    }
}

impl Measure {
    /// Returns `true` if it can be a figure for one project.
    pub fn is_for_a_project(self) -> bool {
        matches!(self, Measure::Award | Measure::Spent | Measure::Underspend)
    }

    /// Returns `true` if it can be a figure for the whole year.
    pub fn is_for_a_year(self) -> bool {
        self != Measure::Award
    }
}
