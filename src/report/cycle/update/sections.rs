//! The parts of the update in the order they are read.

mod section;
mod front;
mod dates;
mod allocation;
mod projects;
mod decisions;
mod pots;
mod pending;
mod underspend;
mod back;

use crate::document::{Block, Head, Report, Table, text};
use crate::report::cycle::update::report::UpdateReport;
use crate::report::cycle::update::sections::section::Section;
use crate::report::head::seen;

impl UpdateReport {
    fn sections(&self) -> Vec<Section> {
        let mut sections = vec![
            self.allocation(),
            self.funded(),
            self.decided(),
            self.left(),
            self.pending(),
        ];
        sections.extend((!self.pots.allocation.is_zero()).then(|| self.underspend()));
        sections.extend(self.dates());
        sections.push(self.next_year());
        sections.extend(self.own_sections());
        sections.extend([self.recommendations(), self.further_information()]);
        sections
    }
}

impl Report for UpdateReport {
    fn head(&self) -> Head {
        let (year, lens) = (self.pots.year, self.pots.lens);
        let closed = if self.closed { ", closed" } else { "" };
        let confirmed = if self.pots.confirmed {
            ""
        } else {
            ", funding not yet confirmed"
        };
        let title = text!["Working Group Update ", year, ", ", lens, closed, confirmed];
        seen(lens, title).of(year)
    }

    fn data(&self) -> Table {
        self.projects_table()
    }

    fn blocks(&self) -> Vec<Block> {
        let sections = self.sections().into_iter();
        let parts = self.front().into_iter();
        let parts = parts.chain(sections.flat_map(Section::blocks));
        parts.chain(self.appendix()).collect()
    }

    /// The tables under the captions that name their sheets, also those that have no rows.
    fn tables(&self) -> Vec<Table> {
        let sections = self.sections().into_iter();
        sections.filter_map(|section| section.sheet).collect()
    }
}
