//! What an import found in an extract, and what of it went into the book.

use crate::document::{
    Block, ColumnId, Head, Report, Table, Text, columns, counted, declare, tables_and_notes, text,
};
use crate::model::{EntryNumber, Money};
use crate::report::control::grand_total::{about, about_total, place};
use crate::report::control::import_file::{OutsideCode, PassedOver, SheetsRead};
use crate::report::control::import_notes::{passed_over, sheets, unread_outside};
use crate::report::control::import_row::{ImportRow, LineOutcome};
use crate::report::control::shared_ledger::SharedLedger;
use crate::rules::{GrandTotal, Tally, Verdict};

/// The most codes outside the grant that are shown; JSON has more.
const MAX_SHOWN_CODES: usize = 30;

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
        /// Lines that a decision is about, made now or before.
        pub decided: Tally,
        /// Lines that wait for a decision; they are not recorded.
        pub waiting: Tally,
        /// Of those that wait: lines that the book has in another grant year.
        pub elsewhere: Tally,
        /// Of those that wait: lines that the book had and whose entries were reversed.
        #[serde(rename = "struck")]
        pub reversed: Tally,
        /// Of those that wait: lines that the book has in parts, or as part of another payment.
        pub sum: Tally,
        /// Of those that wait: lines that the book has with another amount, day or project.
        pub changed: Tally,
        /// Of those that wait: further lines of invoices that the book has.
        pub further: Tally,
        /// Of those that wait: lines that are likely in the book.
        pub likely: Tally,
        /// Of those that wait: credits of more than their project had spent by their day.
        pub early: Tally,
        /// Lines that were refused.
        pub refused: Tally,
        /// Lines of £0.00.
        pub nothing: Tally,
        /// Lines that do not belong to the grant.
        pub outside: Tally,
        /// Lines dated outside the period that the map gives.
        pub outside_period: Tally,
        /// Blank rows.
        pub blank: u64,
        /// The last row, if it is a grand total.
        pub grand_total: Option<GrandTotal>,
        /// The lines outside the grant, by their codes.
        pub outside_codes: Vec<OutsideCode>,
        /// Whose the lines outside the grant are, if that was asked.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub also_in: Option<SharedLedger>,
        /// The other totals that do not agree with the rows that they should sum up.
        pub wrong_totals: Vec<GrandTotal>,
        /// Other rows that are no payments.
        pub passed_over: PassedOver,
        /// The sheet that was read, and those that were not.
        pub sheets: SheetsRead,
        /// The lines that are new or refused, or resemble what the book has, in the order of the
        /// extract.
        pub rows: Vec<ImportRow>,
    }

    /// A line that waits, beside a payment that it resembles.
    row WaitingRow {
        sheet: Option<String> => shown("Sheet"),
        row: Option<u64> => shown("Row"),
        entry: Option<EntryNumber> => shown("Entry"),
        book: String => shown("The book has"),
        difference: Option<Money> => shown("Difference"),
        suggestion: Option<String> => shown("Suggestion"),
    }

    /// How many lines the same thing was done with.
    row TallyRow {
        lines: &'static str => shown("Lines"),
        count: u64 => shown("Count"),
        amount: Money => shown("Amount"),
        meaning: String => shown("Meaning"),
    }
}

impl WaitingRow {
    /// A row for each payment that a line resembles, or one that says why it waits.
    fn all(row: &ImportRow) -> impl Iterator<Item = WaitingRow> {
        let early = row.waits_because().map(|why| WaitingRow {
            sheet: row.sheet.clone(),
            row: Some(row.row),
            entry: None,
            book: why,
            difference: None,
            suggestion: None,
        });
        let rows = row.resembles.iter().enumerate();
        let rows = rows.map(|(index, like)| {
            let is_first = index == 0;
            WaitingRow {
                sheet: row.sheet.clone().filter(|_| is_first),
                row: is_first.then_some(row.row),
                entry: Some(like.entry),
                book: like.in_words(row),
                difference: row.difference.filter(|_| is_first),
                suggestion: row.action.clone().filter(|_| is_first),
            }
        });
        early.into_iter().chain(rows)
    }
}

impl ImportReport {
    fn with_outcome(&self, outcome: LineOutcome) -> impl Iterator<Item = &ImportRow> {
        self.rows.iter().filter(move |row| row.outcome == outcome)
    }

    /// Counts a line that is not refused and was not decided now.
    pub(crate) fn count(&mut self, verdict: &Verdict, amount: Money) {
        let tally = match verdict {
            Verdict::New => &mut self.new,
            Verdict::Same(_) => &mut self.same,
            Verdict::Decided(_) => &mut self.decided,
            Verdict::Elsewhere(_) => &mut self.elsewhere,
            Verdict::Reversed(_) => &mut self.reversed,
            Verdict::Sum(_) => &mut self.sum,
            Verdict::Changed(_) => &mut self.changed,
            Verdict::Further(_) => &mut self.further,
            Verdict::Likely(_) | Verdict::InLump(_) => &mut self.likely,
        };
        tally.add(amount);
        if verdict.waits() {
            self.waiting.add(amount);
        }
    }

    /// Counts a credit that comes before its cost.
    pub(crate) fn count_early(&mut self, amount: Money) {
        self.early.add(amount);
        self.waiting.add(amount);
    }

    /// The lines that wait, in the order of the extract.
    pub fn waiting_rows(&self) -> impl Iterator<Item = &ImportRow> {
        self.rows.iter().filter(|row| row.waits)
    }

    /// What the book has beside each line that waits.
    fn waiting_lines(&self) -> Table {
        let rows: Vec<WaitingRow> = self.waiting_rows().flat_map(WaitingRow::all).collect();
        let table = Table::of("Waiting for a decision", &rows);
        self.by_sheet(table, WaitingRow::COLUMN.sheet)
    }

    /// Names rows by sheet, if several are read as one.
    fn by_sheet(&self, table: Table, sheet: ColumnId) -> Table {
        if self.sheets.together.is_empty() {
            table.without(sheet)
        } else {
            table.headed(sheet, "Sheet")
        }
    }

    fn refusals(&self) -> Table {
        let table = Table::of("Refused", self.with_outcome(LineOutcome::Refused))
            .only(&columns![ImportRow: sheet, row, why])
            .headed(ImportRow::COLUMN.why, "Reason");
        self.by_sheet(table, ImportRow::COLUMN.sheet)
    }

    fn summary(&self) -> Table {
        let would_be = if self.recorded { "" } else { "would be " };
        let row = |lines, tally: Tally, meaning: String| TallyRow {
            lines,
            count: tally.lines,
            amount: tally.amount,
            meaning,
        };
        let mut rows = vec![
            row("New", self.new, format!("{would_be}recorded")),
            row("Same", self.same, "already in the book".into()),
        ];
        let carried_out = format!("{would_be}done as decided, or decided before");
        let unusual = [
            row("Decided", self.decided, carried_out),
            row("Waiting", self.waiting, "not recorded until decided".into()),
            row("Refused", self.refused, "not recorded".into()),
            row("Zero", self.nothing, "£0.00, not recorded".into()),
            row("Outside", self.outside, "not part of the grant".into()),
            row(
                "Other days",
                self.outside_period,
                "outside the map's period".into(),
            ),
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
        let table = Table::of("", &self.rows);
        if self.sheets.together.is_empty() {
            table
        } else {
            table.headed(ImportRow::COLUMN.sheet, "Sheet")
        }
    }

    fn blocks(&self) -> Vec<Block> {
        let details = [self.waiting_lines(), self.refusals()].map(Table::filled);
        let tables = [Some(self.data())].into_iter().chain(details);
        let tables = tables
            .chain([Some(self.summary()), self.outside_lines()])
            .chain(self.also_in.iter().flat_map(SharedLedger::tables))
            .flatten();
        let total = |total: &GrandTotal| about(place(total), total);
        let total = self.grand_total.as_ref().map(total);
        let wrong = self.wrong_totals.iter().map(about_total);
        let notes = [
            self.entries(),
            self.skipped(),
            unread_outside(&self.outside_codes),
            self.also_in.as_ref().map(SharedLedger::note),
        ];
        let notes = notes.into_iter().flatten();
        let notes = notes.chain(passed_over(&self.passed_over));
        let notes = notes.chain(sheets(&self.sheets)).chain(total).chain(wrong);
        tables_and_notes(tables, notes)
    }
}
