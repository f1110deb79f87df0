//! The lines of an extract that an import shows, and what became of each.

use crate::document::{declare, displayed};
use crate::model::keywords;
use crate::model::{Date, EntryNumber, FinancialYear, Fingerprint, Money, ProjectRef, Source};
use crate::rules::{Booked, Line, Place};

keywords! {
    /// What became of a line.
    LineOutcome, LineOutcomeError, "new, elsewhere, struck, sum, changed, further, likely, early or refused" {
        /// It was not yet in the book.
        New = "new",
        /// The book has it in another grant year.
        Elsewhere = "elsewhere",
        /// The book had it, and its entry was reversed.
        Reversed = "struck",
        /// The book has it in parts, or as part of another.
        Sum = "sum",
        /// The book has it with another amount, day or project.
        Changed = "changed",
        /// The book has another payment with its supplier and reference.
        Further = "further",
        /// The book has a payment that is likely the same.
        Likely = "likely",
        /// It is a credit of more than its project had spent by its day.
        Early = "early",
        /// It cannot be recorded.
        Refused = "refused",
    }
}

displayed! { LineOutcome }

declare! {
    /// A line that is new or refused, or that resembles what the book has.
    pub row ImportRow {
        /// The row in the extract.
        pub row: u64 => shown("Row"),
        /// What became of it.
        pub outcome: LineOutcome => shown("Outcome"),
        /// The project.
        pub project: Option<ProjectRef> => shown("Project"),
        /// The grant year.
        pub year: Option<FinancialYear> => shown("Year"),
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
        /// True if it waits for a decision.
        pub waits: bool,
        /// What was decided of it, or is suggested if it waits.
        pub action: Option<String> => detail("Action"),
        /// The first payment of the book that it resembles, which may be reversed.
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
        /// All payments of the book that it resembles.
        pub resembles: Vec<PreviousEntry>,
        /// The fingerprint by which a decision names it, if one is wanted.
        pub line: Option<Fingerprint> => detail("Line"),
        /// Why it was refused, or is early.
        pub why: Option<String> => detail("Reason"),
        /// The amount, less those of the payments that it resembles.
        pub difference: Option<Money> => detail("Difference"),
        /// The cost category.
        pub category: Option<String> => detail("Category"),
        /// The sheet of the row, if several are read as one.
        pub sheet: Option<String> => detail("Sheet"),
    }

    /// What the book has, or had, of a line.
    pub struct PreviousEntry {
        /// The entry.
        pub entry: EntryNumber,
        /// Its grant year.
        pub year: FinancialYear,
        /// Its project.
        pub project: ProjectRef,
        /// Its day.
        pub on: Date,
        /// Its amount; a credit is below zero.
        pub amount: Money,
        /// Who was paid.
        pub supplier: Option<String>,
        /// The invoice.
        pub reference: Option<String>,
        /// Where its amount came from; nothing if it was typed.
        pub source: Option<Source>,
    }
}

impl From<&Booked> for PreviousEntry {
    fn from(booked: &Booked) -> PreviousEntry {
        let payment = &booked.payment;
        PreviousEntry {
            entry: booked.entry,
            year: payment.year,
            project: payment.project.clone(),
            on: payment.on,
            amount: payment.amount,
            supplier: payment.supplier.clone(),
            reference: payment.reference.clone(),
            source: booked.source,
        }
    }
}

impl PreviousEntry {
    /// What it says, beside a line of the extract: its year only if that differs, its source only
    /// if it is no ledger's.
    pub fn in_words(&self, row: &ImportRow) -> String {
        let year = (row.year != Some(self.year)).then(|| self.year.to_string());
        let source = self.source.filter(|source| *source != Source::Ledger);
        let texts = [
            Some(self.project.to_string()),
            year,
            Some(self.on.short().to_string()),
            self.supplier.clone(),
            self.reference.clone(),
            Some(self.amount.pounds().to_string()),
            source.map(|source| source.to_string()),
        ];
        texts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }
}

/// The name of the sheet, if there are several.
fn name(place: &Place) -> Option<String> {
    place.sheet.as_ref().map(|sheet| sheet.to_string())
}

impl ImportRow {
    /// Where it stands.
    pub fn place(&self) -> Place {
        Place {
            sheet: self.sheet.as_deref().map(Into::into),
            row: self.row,
        }
    }

    /// Returns `true` if it is recorded because the book has nothing like it.
    pub fn is_recorded_as_new(&self) -> bool {
        self.outcome == LineOutcome::New && self.entry.is_some()
    }

    /// Why an early credit waits, and what to do.
    pub(crate) fn waits_because(&self) -> Option<String> {
        let why = self.why.as_ref().filter(|_| self.waits)?;
        Some(format!(
            "{why}; add records it on the first later day that allows it"
        ))
    }

    /// A line of the extract.
    pub fn new(line: &Line, outcome: LineOutcome) -> ImportRow {
        let payment = line.payment.clone();
        ImportRow {
            row: line.place.row,
            sheet: name(&line.place),
            outcome,
            project: Some(payment.project),
            year: Some(payment.year),
            on: Some(payment.on),
            supplier: payment.supplier,
            reference: payment.reference,
            amount: Some(payment.amount),
            entry: None,
            waits: false,
            action: None,
            was: None,
            resembles: Vec::new(),
            line: None,
            why: None,
            difference: None,
            category: line.category.clone(),
        }
    }

    /// A line that cannot be read.
    pub fn unreadable(place: &Place, amount: Option<Money>, why: String) -> ImportRow {
        ImportRow {
            row: place.row,
            sheet: name(place),
            outcome: LineOutcome::Refused,
            project: None,
            year: None,
            on: None,
            supplier: None,
            reference: None,
            amount,
            entry: None,
            waits: false,
            action: None,
            was: None,
            resembles: Vec::new(),
            line: None,
            why: Some(why),
            difference: None,
            category: None,
        }
    }
}
