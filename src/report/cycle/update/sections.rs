//! The sections of the update in the order they are read.

mod section;
mod allocation;
mod projects;
mod decisions;
mod pots;
mod pending;
mod underspend;

use crate::document::{Block, Report, Table, Text, text};
use crate::model::Date;
use crate::report::cycle::update::report::UpdateReport;
use crate::report::cycle::update::sections::section::Section;

impl UpdateReport {
    fn sections(&self) -> Vec<Section> {
        let underspend = (!self.pots.allocation.is_zero()).then(|| self.underspend());
        [
            self.allocation(),
            self.funded(),
            self.decided(),
            self.left(),
            self.pending(),
        ]
        .into_iter()
        .chain(underspend)
        .chain([self.next_year()])
        .collect()
    }
}

impl Report for UpdateReport {
    fn title(&self) -> Text {
        let (year, lens) = (self.pots.year, self.pots.lens);
        let closed = if self.closed { ", closed" } else { "" };
        let confirmed = if self.pots.confirmed {
            ""
        } else {
            ", funding not yet confirmed"
        };
        text!["Working Group Update ", year, ", ", lens, closed, confirmed]
    }

    fn as_at(&self) -> Option<Date> {
        Some(self.pots.lens.as_at)
    }

    fn data(&self) -> Table {
        self.projects_table()
    }

    fn blocks(&self) -> Vec<Block> {
        let sections = self.sections().into_iter();
        sections.flat_map(Section::blocks).collect()
    }

    /// The tables under the captions that name their sheets, also those that have no rows.
    fn tables(&self) -> Vec<Table> {
        let sections = self.sections().into_iter();
        sections.filter_map(|section| section.table).collect()
    }
}
