//! [`MeasureRow`]: what a project promised and achieved, and what one of it cost.

use crate::document::declare;
use crate::fold::Project;
use crate::model::{Money, ProjectRef, Quantity};
use crate::report::cycle::outcome::Outcome;

declare! {
    /// What a project promised and achieved by one measure.
    pub row MeasureRow {
        /// The project.
        pub project: ProjectRef => shown("Project"),
        /// Its title.
        pub title: String => detail,
        /// What is counted.
        pub measure: String => shown("Measure"),
        /// What was promised.
        pub target: Option<Quantity> => shown("Target"),
        /// What was achieved to date.
        pub outcome: Option<Quantity> => shown("Outcome"),
        /// All that the project spent.
        pub spent: Money => shown("Spent"),
        /// Spent ÷ outcome, rounded to the penny, half a penny up; nothing without spend or without
        /// an outcome above zero.
        pub cost_of_one: Option<Money> => shown("Unit cost"),
    }
}

impl MeasureRow {
    /// One row per measure of a project, by name.
    pub(crate) fn all(reference: &ProjectRef, project: &Project) -> Vec<MeasureRow> {
        let row = |one: Outcome| {
            let costed = one.achieved.filter(|_| !project.spent.is_zero());
            MeasureRow {
                project: reference.clone(),
                title: project.title.clone(),
                measure: one.measure,
                target: one.target,
                outcome: one.achieved,
                spent: project.spent,
                cost_of_one: costed.and_then(|outcome| outcome.cost_of_one(project.spent)),
            }
        };
        Outcome::all(project).into_iter().map(row).collect()
    }
}
