//! The section on what was not spent, and what of it goes back.

use crate::document::english::spelled;
use crate::document::{Table, Text, columns, text};
use crate::report::cycle::update::report::{UpdateProject, UpdateReport};
use crate::report::cycle::update::sections::section::Section;
use crate::report::cycle::year_end::YearEndRow;

impl UpdateReport {
    pub(super) fn underspend(&self) -> Section {
        let returned = (!self.returned.is_zero())
            .then(|| text![self.returned, " has been returned to the OPCC."]);
        let nothing_left = self.to_return.is_zero() && self.not_drawn.is_zero();
        let left = match (self.over, nothing_left, returned.is_some()) {
            (false, ..) => self.still_to_spend(),
            (true, true, false) => {
                "All of the allocation is spent: nothing is to be returned.".into()
            }
            (true, true, true) => "Nothing more is to be returned.".into(),
            (true, false, _) if self.not_drawn.is_zero() => text! {
                self.to_return, " is to be returned to the OPCC", self.sources(), "."
            },
            (true, false, _) if self.to_return.is_zero() => text! {
                "Nothing is to be returned, because ", self.not_drawn, " was not drawn",
                self.sources(), "."
            },
            (true, false, _) => text! {
                self.to_return, " is to be returned to the OPCC, and ", self.not_drawn,
                " was not drawn", self.sources(), "."
            },
        };
        let table = Table::of("Underspend", &self.underspends);
        let columns = columns![YearEndRow: line, project, title, pot, underspend, returned];
        Section {
            heading: "Underspend and returns".into(),
            sentences: returned.into_iter().chain([left]).collect(),
            table: Some(table.only(&columns)),
        }
    }

    /// What may still be spent while the year runs.
    fn still_to_spend(&self) -> Text {
        text! {
            self.unspent_awards, " is awarded and not yet spent, and ", self.uncommitted,
            " is uncommitted. What is not spent by ", self.pots.year.last_day(),
            " goes back to the OPCC."
        }
    }

    /// Where the money is that is to be returned.
    fn sources(&self) -> Text {
        let projects = self.projects.iter();
        let holding = projects.filter(|project| !project.row.unspent.is_zero());
        let holding: Vec<&UpdateProject> = holding.collect();
        let holders = match &holding[..] {
            [one] => text![&one.row.project, ", ", &one.row.title],
            several => text!["the awards of ", spelled(several.len(), "project")],
        };
        match (self.uncommitted.is_zero(), holding.is_empty()) {
            (false, true) => ", all of it uncommitted".into(),
            (true, _) => text![", all of it from ", holders],
            (false, false) => text! {
                ": ", self.uncommitted, " that is uncommitted and ", self.unspent_awards, " from ",
                holders
            },
        }
    }
}
