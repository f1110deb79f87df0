//! [`Pending`]: one proposal still to be decided, and how long it has waited.

use crate::document::declare;
use crate::fold::{PotName, Project, YearView};
use crate::model::{Date, Money, Pot, ProjectRef, Stage};

declare! {
    /// One proposal still to be decided.
    pub row Pending {
        /// How far it has come.
        pub stage: Stage => shown("Stage"),
        /// The project's ref.
        pub project: ProjectRef => shown("Project"),
        /// Its title.
        pub title: String => shown("Title"),
        /// Its lead.
        pub lead: String => detail,
        /// The pot that would pay for it.
        pub pot: PotName => shown("Pot"),
        /// The day it came to that stage.
        pub since: Date => shown("Since"),
        /// How many days ago that was.
        pub days: u32 => shown("Days"),
        /// What its approval would take from the pot.
        pub asked: Money => total("Asked"),
    }
}

impl Pending {
    /// The proposals of a year still to be decided: those nearest to the decision first, then those
    /// that have waited longest.
    pub(crate) fn all(view: &YearView) -> Vec<Pending> {
        let pending = |(reference, project): (&ProjectRef, &Project)| Pending {
            project: reference.clone(),
            title: project.title.clone(),
            lead: project.lead.clone(),
            pot: view.pots.name(project.pot),
            stage: project.stage,
            since: project.since,
            days: project.since.days_until(view.lens.as_at),
            asked: project.asked,
        };
        let mut all: Vec<Pending> = Pot::ALL
            .iter()
            .flat_map(|pot| view.portfolio.pending(*pot))
            .map(pending)
            .collect();
        all.sort_by(|a, b| {
            b.stage
                .cmp(&a.stage)
                .then(a.since.cmp(&b.since))
                .then(a.project.cmp(&b.project))
        });
        all
    }
}
