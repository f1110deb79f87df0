//! The section on what is left in the pots.

use crate::document::{Cell, Table, Text, text};
use crate::model::Pot;
use crate::report::cycle::update::report::UpdateReport;
use crate::report::cycle::update::sections::section::Section;
use crate::report::money::pot::PotReport;

impl UpdateReport {
    pub(super) fn left(&self) -> Section {
        let is_allocated = !self.pots.allocation.is_zero();
        let sentences = if !is_allocated {
            vec![text![
                "There is no money in ",
                self.pots.names.together(),
                " yet."
            ]]
        } else if self.has_ended() {
            vec![self.left_at_the_end()]
        } else {
            self.left_so_far()
        };
        let section = Section::new(self.pots.heading()).says(sentences);
        if is_allocated {
            section.table(self.pots_table())
        } else {
            section
        }
    }

    fn left_at_the_end(&self) -> Text {
        let year = if self.closed {
            "The year is closed, and "
        } else {
            "The year has ended, and "
        };
        let pots = self.pots.names.together();
        match self.uncommitted {
            none if none.is_zero() => text![year, "nothing is left in ", pots, "."],
            left => text![year, left, " is left in ", pots, "."],
        }
    }

    fn left_so_far(&self) -> Vec<Text> {
        let (pot, row) = self.pots.open();
        let open = text!["The ", pot, " is open, and "];
        let open = match row.remaining {
            none if none.is_zero() => text![open, "nothing is left in it."],
            left => text![open, left, " of it is uncommitted."],
        };
        let next = (pot == Pot::Upfront && !self.pots.names.is_one())
            .then(|| "The tactical pot opens when the upfront pot is released.".into());
        [open].into_iter().chain(next).collect()
    }

    /// The pots. Once the year has ended there is nothing to approve.
    fn pots_table(&self) -> Table {
        let mut table = self.pots.table().captioned(self.pots.heading());
        if self.has_ended() {
            let last = Cell::from(PotReport::IF_ALL_APPROVED);
            table.rows.retain(|row| row.first() != Some(&last));
        }
        table
    }
}
