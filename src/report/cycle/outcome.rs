//! [`Outcome`]: what a project promised and achieved.

use std::collections::BTreeSet;
use std::fmt;

use crate::document::{Cell, CellValue, declare};
use crate::fold::Project;
use crate::model::Quantity;

declare! {
    /// What a project promised and achieved, by one measure.
    pub struct Outcome {
        /// What is counted.
        pub measure: String,
        /// What was promised.
        pub target: Option<Quantity>,
        /// What was achieved to date.
        pub achieved: Option<Quantity>,
    }
}

impl Outcome {
    /// What a project promised and achieved, by measure.
    pub(crate) fn all(project: &Project) -> Vec<Outcome> {
        let (targets, outcomes) = (&project.targets, &project.outcomes);
        let measures: BTreeSet<&String> = targets.keys().chain(outcomes.keys()).collect();
        let outcome = |measure: &String| Outcome {
            measure: measure.clone(),
            target: targets.get(measure).copied(),
            achieved: outcomes.get(measure).copied(),
        };
        measures.into_iter().map(outcome).collect()
    }
}

impl Outcome {
    /// The same in a sentence: `schools registering, 23 of 39`.
    pub(crate) fn in_sentence(&self) -> String {
        let [achieved, target] =
            [self.achieved, self.target].map(|count| count.map(Quantity::grouped));
        let counts = match (achieved, target) {
            (Some(achieved), Some(target)) => format!(", {achieved} of {target}"),
            (Some(achieved), None) => format!(", {achieved}"),
            (None, Some(target)) => format!(", none yet of {target}"),
            (None, None) => String::new(),
        };
        format!("{}{counts}", self.measure)
    }
}

impl fmt::Display for Outcome {
    /// `schools registering: 23 of 39`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.achieved, &self.target) {
            (Some(achieved), Some(target)) => write!(f, "{}: {achieved} of {target}", self.measure),
            (Some(achieved), None) => write!(f, "{}: {achieved}", self.measure),
            (None, Some(target)) => write!(f, "{}: none yet of {target}", self.measure),
            (None, None) => f.write_str(&self.measure),
        }
    }
}

impl CellValue for Vec<Outcome> {
    fn cell(&self) -> Cell {
        let outcomes: Vec<String> = self.iter().map(ToString::to_string).collect();
        outcomes.join("; ").cell()
    }
}
