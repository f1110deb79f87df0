//! The lines that wait for a decision, as a file that a person fills in.

use crate::document::{Head, Report, Table, declare, text};
use crate::model::{Date, FinancialYear, Fingerprint, Money, ProjectRef};
use crate::report::control::import::ImportReport;
use crate::report::control::import_row::{ImportRow, LineOutcome, PreviousEntry};

declare! {
    /// The lines that wait for a decision.
    pub struct WaitingReport {
        /// The extract.
        pub file: String,
        /// The lines, in its order.
        pub rows: Vec<WaitingLine>,
    }

    /// A line that waits. Its headings are the names of its columns, in every format: `action`,
    /// `note` and `line` are read back.
    pub row WaitingLine {
        /// What is to be done with it: filled with what is suggested.
        pub action: Option<String> => shown("action"),
        /// The row in the extract.
        pub row: u64 => shown("row"),
        /// The sheet of the row, if several are read as one.
        pub sheet: Option<String> => shown("sheet"),
        /// What it is taken for.
        pub verdict: LineOutcome => shown("verdict"),
        /// The grant year.
        pub year: Option<FinancialYear> => shown("year"),
        /// The project.
        pub project: Option<ProjectRef> => shown("project"),
        /// The day.
        pub date: Option<Date> => shown("date"),
        /// Who was paid.
        pub supplier: Option<String> => shown("supplier"),
        /// The invoice.
        pub reference: Option<String> => shown("reference"),
        /// The cost to the grant; a credit is below zero.
        pub amount: Option<Money> => shown("amount"),
        /// The entries that it resembles.
        pub entries: String => shown("entries"),
        /// What these say, or why it waits.
        pub resembles: String => shown("resembles"),
        /// The amount, less those of these entries.
        pub difference: Option<Money> => shown("difference"),
        /// Why it is decided so; kept in the book.
        pub note: Option<String> => shown("note"),
        /// The fingerprint by which the decision names it.
        pub line: Option<Fingerprint> => shown("line"),
    }
}

impl WaitingReport {
    /// The lines of an import that wait.
    pub fn new(import: &ImportReport) -> WaitingReport {
        WaitingReport {
            file: import.file.clone(),
            rows: import.waiting_rows().map(WaitingLine::new).collect(),
        }
    }
}

impl WaitingLine {
    fn new(row: &ImportRow) -> WaitingLine {
        let like = &row.resembles;
        let join = |texts: Vec<String>, between| texts.join(between);
        let describe = |like: &PreviousEntry| like.in_words(row);
        let because = row.waits_because();
        WaitingLine {
            action: row.action.clone(),
            row: row.row,
            sheet: row.sheet.clone(),
            verdict: row.outcome,
            year: row.year,
            project: row.project.clone(),
            date: row.on,
            supplier: row.supplier.clone(),
            reference: row.reference.clone(),
            amount: row.amount,
            entries: join(
                like.iter().map(|like| like.entry.to_string()).collect(),
                ";",
            ),
            resembles: because.unwrap_or_else(|| join(like.iter().map(describe).collect(), "; ")),
            difference: row.difference,
            note: None,
            line: row.line,
        }
    }
}

impl Report for WaitingReport {
    fn head(&self) -> Head {
        text!["Waiting lines of ", &self.file].into()
    }

    fn data(&self) -> Table {
        Table::of("Waiting lines", &self.rows)
    }
}
