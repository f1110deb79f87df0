//! What an import found in an extract, and what of it went into the book.

use crate::document::{
    Block, Head, Report, Table, Text, columns, counted, declare, tables_and_notes, text,
};
use crate::model::keywords;
use crate::model::{Date, EntryNumber, Money, ProjectRef};
use crate::report::control::grand_total::{about, about_total};
use crate::report::control::import_file::{OutsideCode, PassedOver, SheetsRead};
use crate::report::control::import_notes::{passed_over, sheets, unread_outside};
use crate::report::control::import_row::{ImportRow, LineOutcome};
use crate::rules::{GrandTotal, Tally};

/// The most codes outside the grant that are shown; JSON has more.
const MAX_SHOWN_CODES: usize = 30;

keywords! {
    /// What is done with lines that differ in the book, or whose entries were reversed.
    Changes, ChangesError, "shown, accepted or kept-both" {
        /// They are shown.
        Show = "shown",
        /// The book takes over the changed ones: the old entry is reversed, and a new one recorded.
        Accept = "accepted",
        /// They are recorded beside what the book has, as further payments.
        KeepBoth = "kept-both",
    }
}

declare! {
    /// What an import found in an extract: every line is counted once.
    pub struct ImportReport {
        /// The extract.
        pub file: String,
        /// Whether it was recorded, and not only tried.
        pub recorded: bool,
        /// All lines, without blank ones and the grand total.
        pub lines: Tally,
        /// Lines that were not yet in the book.
        pub new: Tally,
        /// Lines that were already in the book.
        pub same: Tally,
        /// Lines that the book has with another amount, day or project.
        pub changed: Tally,
        /// What is done with these.
        pub changes: Changes,
        /// Lines that the book had and whose entries were reversed.
        #[serde(rename = "struck")]
        pub reversed: Tally,
        /// Lines that were refused.
        pub refused: Tally,
        /// Lines of £0.00.
        pub nothing: Tally,
        /// Lines that do not belong to the grant.
        pub outside: Tally,
        /// Blank rows.
        pub blank: u64,
        /// The last row, if it is a grand total.
        pub grand_total: Option<GrandTotal>,
        /// The lines outside the grant, by their codes.
        pub outside_codes: Vec<OutsideCode>,
        /// The other totals that do not agree with the rows that they should sum up.
        pub wrong_totals: Vec<GrandTotal>,
        /// Other rows that are no payments.
        pub passed_over: PassedOver,
        /// The sheet that was read, and those that were not.
        pub sheets: SheetsRead,
        /// The lines that are new, changed, reversed or refused, in the order of the extract.
        pub rows: Vec<ImportRow>,
    }

    /// What differs between a line of the extract and its entry in the book.
    row ChangeRow {
        row: u64 => shown("Row"),
        entry: EntryNumber => shown("Entry"),
        was: String => shown("Book"),
        is: String => shown("Extract"),
    }

    /// How many lines the same thing was done with.
    row TallyRow {
        lines: &'static str => shown("Lines"),
        count: u64 => shown("Count"),
        amount: Money => shown("Amount"),
        meaning: String => shown("Meaning"),
    }
}

impl ChangeRow {
    fn new(row: &ImportRow) -> Option<ChangeRow> {
        let was = row.was.as_ref()?;
        let words = |project: &ProjectRef, on: Date, amount: Money| {
            [
                project.to_string(),
                on.short().to_string(),
                amount.pounds().to_string(),
            ]
        };
        let before = words(&was.project, was.on, was.amount);
        let after = words(row.project.as_ref()?, row.on?, row.amount?);
        let pairs = before.into_iter().zip(after);
        let differing = pairs.filter(|(was, is)| was != is);
        let (before, after): (Vec<String>, Vec<String>) = differing.unzip();
        Some(ChangeRow {
            row: row.row,
            entry: was.entry,
            was: before.join(", "),
            is: after.join(", "),
        })
    }
}

impl ImportReport {
    fn with_outcome(&self, outcome: LineOutcome) -> impl Iterator<Item = &ImportRow> {
        self.rows.iter().filter(move |row| row.outcome == outcome)
    }

    /// What the book has and what the extract has, for each changed line.
    fn changed_lines(&self) -> Table {
        let changed = self.with_outcome(LineOutcome::Changed);
        let rows: Vec<ChangeRow> = changed.filter_map(ChangeRow::new).collect();
        Table::of("Changed", &rows)
    }

    fn refusals(&self) -> Table {
        Table::of("Refused", self.with_outcome(LineOutcome::Refused))
            .only(&columns![ImportRow: row, why])
            .headed(ImportRow::COLUMN.why, "Reason")
    }

    fn summary(&self) -> Table {
        let would_be = if self.recorded { "" } else { "would be " };
        let recorded = |how: &str| format!("{would_be}recorded{how}");
        let changed = match self.changes {
            Changes::Show => "not recorded: different in the book".to_owned(),
            Changes::Accept => recorded(" in place of what the book has"),
            Changes::KeepBoth => recorded(" beside what the book has"),
        };
        let reversed = match self.changes {
            Changes::KeepBoth => recorded(""),
            _ => "not recorded: reversed in the book".to_owned(),
        };
        let row = |lines, tally: Tally, meaning: String| TallyRow {
            lines,
            count: tally.lines,
            amount: tally.amount,
            meaning,
        };
        let mut rows = vec![
            row("New", self.new, recorded("")),
            row("Same", self.same, "already in the book".into()),
        ];
        let unusual = [
            row("Changed", self.changed, changed),
            row("Reversed", self.reversed, reversed),
            row("Refused", self.refused, "not recorded".into()),
            row("Zero", self.nothing, "£0.00, not recorded".into()),
            row("Outside", self.outside, "not part of the grant".into()),
        ];
        rows.extend(unusual.into_iter().filter(|row| row.count > 0));
        rows.push(row("All", self.lines, "in the extract".into()));
        Table::of("In total", &rows)
    }

    /// The lines outside the grant by their codes, those that are near a rule's first.
    fn outside_lines(&self) -> Option<Table> {
        let mut codes: Vec<&OutsideCode> = self.outside_codes.iter().collect();
        codes.sort_by_key(|code| code.resembles.is_none());
        codes.truncate(MAX_SHOWN_CODES);
        let has_near = codes.iter().any(|code| code.resembles.is_some());
        let table = Table::of("Outside the grant", codes);
        let table = if has_near {
            table
        } else {
            table.only(&columns![OutsideCode: code, lines, amount])
        };
        table.filled()
    }

    /// Which entries record the lines.
    fn entries(&self) -> Option<Text> {
        let entries = || self.rows.iter().filter_map(|row| row.entry);
        let (first, last) = (entries().min()?, entries().max()?);
        if !self.recorded {
            return None;
        }
        if first == last {
            return Some(text!["Recorded as entry ", first, "."]);
        }
        Some(text!["Recorded as entries ", first, " to ", last, "."])
    }

    fn skipped(&self) -> Option<Text> {
        let verb = if self.blank == 1 { " was" } else { " were" };
        (self.blank > 0).then(|| text![counted(self.blank, "blank row"), verb, " skipped."])
    }
}

impl Report for ImportReport {
    fn head(&self) -> Head {
        if self.recorded {
            text!["Import of ", &self.file].into()
        } else {
            text!["Trial import of ", &self.file, ": nothing was recorded"].into()
        }
    }

    fn data(&self) -> Table {
        Table::of("", &self.rows)
    }

    fn blocks(&self) -> Vec<Block> {
        let details = [self.changed_lines(), self.refusals()].map(Table::filled);
        let tables = [Some(self.data())].into_iter().chain(details);
        let tables = tables
            .chain([Some(self.summary()), self.outside_lines()])
            .flatten();
        let total = |total: &GrandTotal| about(text!["Row ", total.row], total);
        let total = self.grand_total.as_ref().map(total);
        let wrong = self.wrong_totals.iter().map(about_total);
        let notes = [
            self.entries(),
            self.skipped(),
            unread_outside(&self.outside_codes),
        ];
        let notes = notes.into_iter().flatten();
        let notes = notes.chain(passed_over(&self.passed_over));
        let notes = notes.chain(sheets(&self.sheets)).chain(total).chain(wrong);
        tables_and_notes(tables, notes)
    }
}
