//! The section on the projects that have an award.

use crate::document::english::{listed, spelled};
use crate::document::{Table, Text, columns, text};
use crate::report::cycle::update::report::{Delivery, UpdateReport, Withdrawn};
use crate::report::cycle::update::sections::section::Section;
use crate::report::projects::project::ProjectRow;

impl UpdateReport {
    pub(super) fn funded(&self) -> Section {
        let count = self.projects.len();
        let mut sentences = vec![match count {
            0 => "No project has an award.".into(),
            1 => text!["One project has an award of ", self.awards, "."],
            _ => {
                let projects = spelled(count, "project");
                text![projects, " have awards of ", self.awards, " in total"].sentence()
            }
        }];
        sentences.extend((count > 0).then(|| match self.spent {
            none if none.is_zero() => "None of it is spent.".into(),
            all if all == self.awards => "All of it is spent.".into(),
            spent => text![spent, " of it is spent."],
        }));
        sentences.extend(self.withdrawals());
        Section {
            heading: "Projects".into(),
            sentences,
            table: Some(self.projects_table()),
        }
    }

    /// What became of withdrawn projects. The award that one keeps is what it had spent or
    /// returned.
    fn withdrawals(&self) -> Vec<Text> {
        let withdrawn = self.withdrawn.iter();
        let (ended, kept): (Vec<&Withdrawn>, Vec<_>) =
            withdrawn.partition(|one| one.award.is_zero());
        let count = ended.len();
        let ended = listed(ended.into_iter().map(Withdrawn::name));
        let ended = match count {
            0 => None,
            1 => Some(text![ended, " was withdrawn and has no award."]),
            _ => Some(text![ended, " were withdrawn and have no award."]),
        };
        let kept = kept.into_iter().map(|project| {
            let (name, award) = (project.name(), project.award);
            text![name, " was withdrawn and keeps an award of ", award, "."]
        });
        ended.into_iter().chain(kept).collect()
    }

    /// The projects, with what they have done. A column in which no project has anything is only
    /// for scripts and workbooks.
    pub(super) fn projects_table(&self) -> Table {
        let deliveries = || self.projects.iter().map(|project| &project.delivery);
        let mut done = Table::of("", deliveries());
        if deliveries().all(|delivery| delivery.progress.is_none()) {
            done = done.hidden(&columns![Delivery: progress]);
        }
        if deliveries().all(|delivery| delivery.outcomes.is_empty()) {
            done = done.hidden(&columns![Delivery: outcomes]);
        }
        Table::of("Projects", self.projects.iter().map(|project| &project.row))
            .only(&columns![ProjectRow: project, title, lead, pot, status, award, spent])
            .hidden(&columns![ProjectRow: lead, pot, status, spent])
            .beside(done)
    }
}

impl Withdrawn {
    fn name(&self) -> Text {
        text![&self.project, " (", &self.title, ")"]
    }
}
