//! The section on the projects that have an award.

use crate::document::english::{listed, spelled, stopped};
use crate::document::{Block, Table, Text, columns, text};
use crate::model::Stage;
use crate::report::cycle::outcome::Outcome;
use crate::report::cycle::update::project::{Delivery, UpdateProject, Withdrawn};
use crate::report::cycle::update::report::UpdateReport;
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
        Section::new("Projects")
            .says(sentences)
            .with(self.projects.iter().flat_map(UpdateProject::blocks))
            .sheet(self.projects_table())
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

impl UpdateProject {
    /// The title with the award, then a paragraph on what it has done.
    fn blocks(&self) -> [Block; 2] {
        let title = text![&self.row.title, " (", self.row.award, ")"];
        let notes = self.delivery.notes.iter();
        let notes = notes.map(|note| text![stopped(&note.note)]);
        let sentences = notes.chain(self.achieved()).chain(self.asked());
        let sentences = sentences.chain([self.spend()]);
        [
            Block::Subheading(title),
            Block::Numbered(Text::join(sentences, " ")),
        ]
    }

    /// What it achieved of what it promised.
    fn achieved(&self) -> Option<Text> {
        let outcomes = self.delivery.outcomes.iter().map(Outcome::in_sentence);
        let outcomes = Text::join(outcomes, "; ");
        (!outcomes.is_empty()).then(|| text!["Outcomes to date: ", outcomes, "."])
    }

    /// What it asked for, if it got something else.
    fn asked(&self) -> Option<Text> {
        let (asked, award) = (self.row.requested, self.row.award);
        (asked != award).then(|| text!["It asked for ", asked, ", and has ", award, "."])
    }

    /// What it spent, and whether it has ended.
    fn spend(&self) -> Text {
        let ended = match self.row.status {
            Stage::Complete => "The project is complete, and ",
            Stage::Withdrawn => "The project was withdrawn, and ",
            _ => "",
        };
        match self.row.spent {
            none if none.is_zero() => text![ended, "nothing is spent"].sentence(),
            all if all == self.row.award => text![ended, "all of its award is spent"].sentence(),
            spent => text![ended, spent, " of its award is spent."],
        }
    }
}

impl Withdrawn {
    fn name(&self) -> Text {
        text![&self.project, " (", &self.title, ")"]
    }
}
