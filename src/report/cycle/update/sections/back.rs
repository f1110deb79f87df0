//! What stands after the sections on the grant: what the team writes itself, what members are asked
//! to do, whom to ask, and the appendix.

use crate::document::english::{spelled, stopped};
use crate::document::{Block, SettingText, Text, text};
use crate::report::cycle::due::{DueRow, PROPOSALS_DUE};
use crate::report::cycle::update::proposal::ProposalSummary;
use crate::report::cycle::update::report::UpdateReport;
use crate::report::cycle::update::sections::section::{Section, TO_BE_ADDED};

/// What the team writes itself, unless the settings say otherwise.
const OWN_SECTIONS: [&str; 2] = ["Update from the team", "Other updates"];

impl UpdateReport {
    /// A heading for each part that only the team can write.
    pub(super) fn own_sections(&self) -> Vec<Section> {
        let headings: Vec<&str> = match &self.paper.sections {
            Some(given) => given.iter().map(SettingText::as_str).collect(),
            None => OWN_SECTIONS.to_vec(),
        };
        let section = |heading| Section::new(heading).says([TO_BE_ADDED.into()]);
        headings.into_iter().map(section).collect()
    }

    /// What members are asked to do.
    pub(super) fn recommendations(&self) -> Section {
        let given = self.paper.recommendations.iter();
        let given = given.map(|text| text![text]);
        let points: Vec<Text> = self.asked().into_iter().chain(given).collect();
        let section = Section::new("Recommendations");
        if points.is_empty() {
            return section.says([TO_BE_ADDED.into()]);
        }
        section
            .says(["Members are asked to:".into()])
            .with([Block::Points(points)])
    }

    /// What the record gives reason to ask.
    fn asked(&self) -> Vec<Text> {
        let progress = match self.projects.len() {
            0 => None,
            1 => Some("note the progress of the project".into()),
            count => Some(text![
                "note the progress of the ",
                spelled(count, "project")
            ]),
        };
        let is_owed = self.over && !self.to_return.is_zero();
        let owed = is_owed.then(|| {
            text![
                "note that ",
                self.to_return,
                " is to be returned to the OPCC"
            ]
        });
        let is_pending = !self.proposed.is_empty() && !self.has_ended();
        let pending = is_pending.then(|| {
            let proposals = match self.proposed.len() {
                1 => "proposal".to_owned(),
                count => spelled(count, "proposal"),
            };
            text!["consider the ", proposals, " for ", self.pipeline]
        });
        [progress, owed, pending]
            .into_iter()
            .chain(self.asked_of_next_year())
            .flatten()
            .collect()
    }

    fn asked_of_next_year(&self) -> [Option<Text>; 2] {
        let Some(next) = &self.next else {
            return [None, None];
        };
        let (year, allocation) = (next.pots.year, next.pots.allocation);
        let allocated = (!allocation.is_zero())
            .then(|| text!["note the allocation of ", allocation, " for ", year]);
        let is_for_proposals = |row: &&DueRow| row.title == PROPOSALS_DUE && !row.is_late();
        let deadline = next.due.iter().find(is_for_proposals);
        let deadline = deadline.map(|row| text![" by ", row.deadline]);
        let is_asked = allocated.is_some() || deadline.is_some();
        let proposals = text!["contact the team with proposals for ", year, deadline];
        [allocated, is_asked.then_some(proposals)]
    }

    /// Whom to ask.
    pub(super) fn further_information(&self) -> Section {
        let given: Vec<(&str, Text)> = self.contact.given().collect();
        let section = Section::new("For further information");
        if given.is_empty() {
            return section.says([TO_BE_ADDED.into()]);
        }
        section.with([Block::Fields(given)])
    }

    /// What each proposal of the year is for.
    pub(super) fn appendix(&self) -> Vec<Block> {
        if self.summaries.is_empty() {
            return Vec::new();
        }
        let heading = text!["Appendix: the proposals for ", self.pots.year];
        let summaries = self.summaries.iter().flat_map(ProposalSummary::blocks);
        std::iter::once(Block::Heading(heading))
            .chain(summaries)
            .collect()
    }
}

impl ProposalSummary {
    /// The ref and title, then what it is for.
    fn blocks(&self) -> [Block; 2] {
        let title = text![&self.project, ": ", &self.title];
        let purpose = self.purpose.as_deref().unwrap_or(TO_BE_ADDED);
        let text = text! {
            "Purpose: ", stopped(purpose), " Lead: ", stopped(&self.lead), " Asked: ",
            self.requested, ". Status: ", self.status, "."
        };
        [Block::Subheading(title), Block::Paragraph(text)]
    }
}
