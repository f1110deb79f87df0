//! The lines of an extract that an import shows, and what became of each.

use crate::document::{declare, displayed};
use crate::model::keywords;
use crate::model::{Date, EntryNumber, Money, ProjectRef};
use crate::rules::{Booked, Line};

keywords! {
    /// What became of a line.
    LineOutcome, LineOutcomeError, "new, changed, struck or refused" {
        /// It was not yet in the book.
        New = "new",
        /// The book has it with another amount, day or project.
        Changed = "changed",
        /// The book had it, and its entry was reversed.
        Reversed = "struck",
        /// It cannot be recorded.
        Refused = "refused",
    }
}

displayed! { LineOutcome }

declare! {
    /// A line that is new, changed, reversed or refused.
    pub row ImportRow {
        /// The row in the extract.
        pub row: u64 => shown("Row"),
        /// What became of it.
        pub outcome: LineOutcome => shown("Outcome"),
        /// The project.
        pub project: Option<ProjectRef> => shown("Project"),
        /// The day.
        pub on: Option<Date> => shown("Date"),
        /// Who was paid.
        pub supplier: Option<String> => shown("Supplier"),
        /// The invoice.
        pub reference: Option<String> => shown("Reference"),
        /// The cost to the grant; a credit is below zero.
        pub amount: Option<Money> => shown("Amount"),
        /// The entry that records it, or would.
        pub entry: Option<EntryNumber> => detail,
        /// What the book has, if the line is changed, or had, if its entry was reversed.
        pub was: Option<PreviousEntry> => {
            was_entry: EntryNumber => detail("Book entry")
                from |row| row.was.as_ref().map(|was| was.entry).into(),
            was_project: ProjectRef => detail("Book project")
                from |row| row.was.as_ref().map(|was| &was.project).into(),
            was_on: Date => detail("Book date")
                from |row| row.was.as_ref().map(|was| was.on).into(),
            was_amount: Money => detail("Book amount")
                from |row| row.was.as_ref().map(|was| was.amount).into(),
        },
        /// Why it was refused.
        pub why: Option<String> => detail("Reason"),
    }

    /// What the book has, or had, of a line.
    pub struct PreviousEntry {
        /// The entry.
        pub entry: EntryNumber,
        /// Its project.
        pub project: ProjectRef,
        /// Its day.
        pub on: Date,
        /// Its amount; a credit is below zero.
        pub amount: Money,
    }
}

impl From<&Booked> for PreviousEntry {
    fn from(booked: &Booked) -> PreviousEntry {
        let payment = &booked.payment;
        PreviousEntry {
            entry: booked.entry,
            project: payment.project.clone(),
            on: payment.on,
            amount: payment.amount,
        }
    }
}

impl ImportRow {
    /// A line of the extract.
    pub fn new(line: &Line, outcome: LineOutcome) -> ImportRow {
        let payment = line.payment.clone();
        ImportRow {
            row: line.row,
            outcome,
            project: Some(payment.project),
            on: Some(payment.on),
            supplier: payment.supplier,
            reference: payment.reference,
            amount: Some(payment.amount),
            entry: None,
            was: None,
            why: None,
        }
    }

    /// A line that cannot be read.
    pub fn unreadable(row: u64, amount: Option<Money>, why: String) -> ImportRow {
        ImportRow {
            row,
            outcome: LineOutcome::Refused,
            project: None,
            on: None,
            supplier: None,
            reference: None,
            amount,
            entry: None,
            was: None,
            why: Some(why),
        }
    }
}
