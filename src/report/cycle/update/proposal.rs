//! The proposals: those still to be decided, and what each of the year is for.

use crate::document::declare;
use crate::fold::{PotName, PotNames, Project, YearView};
use crate::model::{DetailField, Money, Pot, ProjectRef, Stage};

declare! {
    /// A proposal still to be decided.
    pub row Proposal {
        /// Its ref.
        pub project: ProjectRef => shown("Project"),
        /// Its title.
        pub title: String => shown("Title"),
        /// Its lead.
        pub lead: String => shown("Lead"),
        /// Its pot.
        pub pot: PotName => shown("Pot"),
        /// How far it has come.
        pub status: Stage => shown("Status"),
        /// The latest amount asked for, recommended or submitted.
        pub asks: Money => total("Asked"),
    }

    /// What a proposal is for.
    pub struct ProposalSummary {
        /// Its ref.
        pub project: ProjectRef,
        /// Its title.
        pub title: String,
        /// Its lead.
        pub lead: String,
        /// What it asked for.
        pub requested: Money,
        /// How far it has come.
        pub status: Stage,
        /// What the money is for, if that is on record.
        pub purpose: Option<String>,
    }
}

impl Proposal {
    /// The proposals still to be decided: upfront, then tactical.
    pub(super) fn all(view: &YearView) -> Vec<Proposal> {
        let pots = Pot::ALL.iter();
        let pending = pots.flat_map(|pot| view.portfolio.pending(*pot));
        let proposal = |proposal| Proposal::new(view.pots, proposal);
        pending.map(proposal).collect()
    }

    fn new(pots: PotNames, (reference, project): (&ProjectRef, &Project)) -> Proposal {
        Proposal {
            project: reference.clone(),
            title: project.title.clone(),
            lead: project.lead.clone(),
            pot: pots.name(project.pot),
            status: project.stage,
            asks: project.asked,
        }
    }
}

impl ProposalSummary {
    /// What each proposal of the year is for, by ref.
    pub(super) fn all(view: &YearView) -> Vec<ProposalSummary> {
        let projects = view.portfolio.projects.iter();
        let summary = |(reference, project): (&ProjectRef, &Project)| ProposalSummary {
            project: reference.clone(),
            title: project.title.clone(),
            lead: project.lead.clone(),
            requested: project.requested,
            status: project.stage,
            purpose: project.details.get(&DetailField::Purpose).cloned(),
        };
        projects.map(summary).collect()
    }
}
