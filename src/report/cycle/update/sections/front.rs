//! What stands before the sections: whose paper it is, and the summary.

use crate::document::english::spelled;
use crate::document::{Block, SettingText, Text, text};
use crate::report::cycle::update::report::UpdateReport;
use crate::report::cycle::update::sections::section::TO_BE_ADDED;

impl UpdateReport {
    pub(super) fn front(&self) -> Vec<Block> {
        let (paper, year) = (&self.paper, self.pots.year);
        let given = |setting: &Option<SettingText>, otherwise: Text| match setting {
            Some(setting) => text![setting],
            None => otherwise,
        };
        let subject = text![&self.grant, " ", year];
        let fields = vec![
            ("By", given(&paper.by, text![&self.partnership])),
            ("To", given(&paper.to, "The working group".into())),
            ("Date", self.pots.lens.as_at.into()),
            (
                "Classification",
                given(&paper.classification, TO_BE_ADDED.into()),
            ),
            ("Subject", given(&paper.subject, subject)),
        ];
        let summary = Text::join(self.summary(), " ");
        let more = paper
            .summary
            .iter()
            .map(|text| Block::Paragraph(text![text]));
        [
            Block::Fields(fields),
            Block::Heading("Summary".into()),
            Block::Paragraph(summary),
        ]
        .into_iter()
        .chain(more)
        .collect()
    }

    fn summary(&self) -> Vec<Text> {
        let year = self.pots.year;
        if self.pots.allocation.is_zero() {
            return vec![text!["No allocation for ", year, " is on record yet."]];
        }
        let spent = match self.spent {
            none if none.is_zero() => "none".into(),
            spent => text![spent],
        };
        let awarded = match self.projects.len() {
            0 => text!["nothing is awarded yet"],
            count => text! {
                self.awards, " is awarded to ", spelled(count, "project"), " and ", spent,
                " of that is spent"
            },
        };
        let awarded = text! {
            "Of the allocation of ", self.pots.allocation, " for ", year, ", ", awarded, "."
        };
        let pending = (!self.pipeline.is_zero()).then(|| {
            text! {
                "Proposals for ", self.pipeline, " are still to be decided."
            }
        });
        [
            Some(awarded),
            Some(self.left_in_short()),
            pending,
            self.next_in_short(),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    /// What is left, and what of it goes back or is expected to.
    fn left_in_short(&self) -> Text {
        let left = text![self.uncommitted, " is uncommitted"];
        let nothing_left = self.to_return.is_zero() && self.not_drawn.is_zero();
        match (self.over, self.returned.is_zero()) {
            (true, false) if nothing_left => {
                text![self.returned, " has been returned to the OPCC."]
            }
            (true, true) if nothing_left => "Nothing is to be returned to the OPCC.".into(),
            (true, _) if self.to_return.is_zero() => {
                text![left, ", and ", self.not_drawn, " was not drawn."]
            }
            (true, _) => text![
                left,
                ", and ",
                self.to_return,
                " is to be returned to the OPCC."
            ],
            (false, _) => Text::join([text![left, "."]].into_iter().chain(self.back()), " "),
        }
    }

    fn next_in_short(&self) -> Option<Text> {
        let next = &self.next.as_ref()?.pots;
        let confirmed = if next.confirmed {
            ""
        } else {
            ", not yet confirmed"
        };
        (!next.allocation.is_zero()).then(|| {
            text! {
                "The allocation for ", next.year, " is ", next.allocation, confirmed, "."
            }
        })
    }
}
