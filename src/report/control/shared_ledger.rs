//! What an import says of a ledger that several grants share.

use crate::document::{Table, Text, counted, declare, text};
use crate::model::{Date, Money};
use crate::rules::Tally;

/// The most lines that are listed; the others are counted.
const MAX_ROWS: usize = 100;

declare! {
    /// Whose the lines outside this grant are, of a ledger that several grants share.
    pub struct SharedLedger {
        /// The other grants, with the lines of each.
        pub others: Vec<OtherGrant>,
        /// The lines that no grant has.
        pub unclaimed: Tally,
        /// The first hundred of these.
        pub rows: Vec<UnclaimedLine>,
    }

    /// Another grant.
    pub row OtherGrant {
        /// Its book or its map.
        pub name: String => shown("Also in"),
        /// How many lines outside this grant it has.
        pub lines: u64 => shown("Lines"),
        /// Their sum.
        pub amount: Money => shown("Amount"),
    }

    /// A line that no grant has.
    pub row UnclaimedLine {
        /// The row.
        pub row: u64 => shown("Row"),
        /// The day.
        pub on: Date => shown("Date"),
        /// Who was paid.
        pub supplier: Option<String> => shown("Supplier"),
        /// The ledger's number.
        pub reference: Option<String> => shown("Reference"),
        /// The amount.
        pub amount: Money => shown("Amount"),
        /// The sheet of the row, if several are read as one.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub sheet: Option<String> => detail("Sheet"),
    }
}

impl SharedLedger {
    /// Adds a line that no grant has.
    pub(crate) fn add_unclaimed(&mut self, line: UnclaimedLine) {
        self.unclaimed.add(line.amount);
        if self.rows.len() < MAX_ROWS {
            self.rows.push(line);
        }
    }

    pub(crate) fn tables(&self) -> [Option<Table>; 2] {
        [
            Table::of("Of other grants", &self.others).filled(),
            Table::of("In no grant", &self.rows).filled(),
        ]
    }

    /// How many lines no grant has.
    pub(crate) fn note(&self) -> Text {
        let Tally { lines, amount } = self.unclaimed;
        if lines == 0 {
            return text![
                "Every line outside this grant belongs to another, or is known to be outside."
            ];
        }
        let are = if lines == 1 { " belongs" } else { " belong" };
        text! {
            counted(lines, "line"), " of ", amount, are, " to no grant. Extend the map of the grant that \
             pays, or add an [[outside]] rule."
        }
    }
}
