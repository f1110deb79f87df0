//! Payments, as the ledger and the book have them.

use std::fmt;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::{
    CellFault, Date, Draft, Entry, EntryNumber, Event, FinancialYear, Money, ProjectRef, Source,
    Vat,
};

/// One payment by a project, as the ledger or the book has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payment {
    /// The grant year.
    pub year: FinancialYear,
    /// The project.
    pub project: ProjectRef,
    /// The day.
    pub on: Date,
    /// The cost to the grant; a credit is below zero.
    pub amount: Money,
    /// Who was paid.
    pub supplier: Option<String>,
    /// The invoice, or the ledger's number for it.
    pub reference: Option<String>,
}

/// Where something stands in an extract.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The sheet, if several are read as one.
    pub sheet: Option<Arc<str>>,
    /// The row, as a spreadsheet numbers it.
    pub row: u64,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(sheet) = &self.sheet {
            write!(f, "sheet {sheet}, ")?;
        }
        write!(f, "row {}", self.row)
    }
}

impl From<u64> for Place {
    fn from(row: u64) -> Place {
        Place { sheet: None, row }
    }
}

/// A payment on a row of an extract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Where it stands.
    pub place: Place,
    /// The payment.
    pub payment: Payment,
    /// What the amount is.
    pub vat: Vat,
    /// The cost category.
    pub category: Option<String>,
    /// What else the line says, and the row it stands in.
    pub note: Option<String>,
    /// True if its reference comes again, such as that of a standing order, and names no invoice.
    pub recurring: bool,
}

/// A payment in the book: an entry of spend or refund.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Booked {
    /// The entry.
    pub entry: EntryNumber,
    /// The payment.
    pub payment: Payment,
    /// The cost category.
    pub category: Option<String>,
    /// Where it came from; nothing if a person typed it.
    pub source: Option<Source>,
    /// True if it was reversed, so that it does not count.
    pub reversed: bool,
    /// True if a decision on record says that a line of a ledger is this entry.
    pub matched: bool,
    /// The imported payments in whose place a correction recorded it.
    pub replaces: Vec<Payment>,
}

/// A number of lines, and their sum.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Tally {
    /// How many.
    pub lines: u64,
    /// Their sum, as far as their amounts can be read.
    pub amount: Money,
}

impl Tally {
    /// Adds a line.
    pub fn add(&mut self, amount: Money) {
        self.lines += 1;
        self.amount += amount;
    }
}

impl std::iter::Sum for Tally {
    fn sum<I: Iterator<Item = Tally>>(tallies: I) -> Tally {
        tallies.fold(Tally::default(), |sum, tally| Tally {
            lines: sum.lines + tally.lines,
            amount: sum.amount + tally.amount,
        })
    }
}

/// The last row of an extract if it is a grand total: an amount with no day, supplier or
/// reference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GrandTotal {
    /// The sheet, if several are read as one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// The row.
    pub row: u64,
    /// The amount it gives.
    pub printed: Money,
    /// The sum of the rows before it.
    pub computed: Money,
    /// The rows before it whose amounts cannot be read.
    pub unread: u64,
}

impl GrandTotal {
    /// Where it stands.
    pub fn place(&self) -> Place {
        Place {
            sheet: self.sheet.as_deref().map(Arc::from),
            row: self.row,
        }
    }

    /// The amount by which it differs from the sum of the rows before it.
    pub fn difference(&self) -> Money {
        self.printed - self.computed
    }
}

impl Line {
    /// The draft that records it as imported: spend, or a refund if it is a credit. An error names
    /// every cell that no entry can hold.
    pub fn draft(&self, by: &str) -> Result<Draft, Vec<CellFault>> {
        let payment = self.payment.clone();
        let (project, supplier, vat) = (payment.project, payment.supplier, self.vat);
        let (amount, measure) = (payment.amount.abs(), self.category.clone());
        let event = if payment.amount.is_negative() {
            Event::Refund {
                project,
                amount,
                supplier,
                vat,
                measure,
                value: Some(Source::Ledger),
            }
        } else {
            Event::Spend {
                project,
                amount,
                supplier,
                vat,
                measure,
                value: Some(Source::Ledger),
            }
        };
        Draft::builder(payment.year, event, by)
            .on(payment.on)
            .reference(payment.reference.unwrap_or_default())
            .note(self.note.as_deref().unwrap_or_default())
            .build()
    }
}

impl Line {
    /// The same line as it is recorded in place of entries: in the grant year of what was accrued
    /// for it, and with their category if it has none of its own.
    pub fn in_place_of<'a>(&self, entries: impl IntoIterator<Item = &'a Booked>) -> Line {
        let mut line = self.clone();
        for booked in entries {
            if booked.is_accrued() {
                line.payment.year = booked.payment.year;
            }
            line.category = line.category.or_else(|| booked.category.clone());
        }
        line
    }
}

impl Booked {
    /// The payment that an entry of spend or refund recorded; `None` for an entry of another kind.
    pub fn from_entry(entry: &Entry) -> Option<Booked> {
        let reference = entry.reference.as_deref();
        let payment = Payment::new(entry.year, entry.on, &entry.event, reference)?;
        Some(Booked {
            entry: entry.number,
            payment,
            category: entry.event.category().map(str::to_owned),
            source: entry.event.source(),
            reversed: false,
            matched: false,
            replaces: Vec::new(),
        })
    }
}

impl Payment {
    /// The payment that a draft of spend or refund asks for; `None` for a draft of another kind.
    pub fn from_draft(draft: &Draft) -> Option<Payment> {
        Payment::new(draft.year(), draft.on()?, draft.event(), draft.reference())
    }

    fn new(
        year: FinancialYear,
        on: Date,
        event: &Event,
        reference: Option<&str>,
    ) -> Option<Payment> {
        let (Event::Spend { supplier, .. } | Event::Refund { supplier, .. }) = event else {
            return None;
        };
        Some(Payment {
            year,
            project: event.project()?.clone(),
            on,
            amount: event.cost(),
            supplier: supplier.clone(),
            reference: reference.map(str::to_owned),
        })
    }

    /// The payment in a few words, of at most so many characters: `P09, 5 June 2025, Hall Hire, A1,
    /// £75.00`.
    pub fn in_words(&self, max_chars: usize) -> String {
        let (project, on) = (self.project.to_string(), self.on.long().to_string());
        let (supplier, reference) = (self.supplier.clone(), self.reference.clone());
        let words = [Some(project), Some(on), supplier, reference];
        let words = words.into_iter().flatten().collect::<Vec<_>>().join(", ");
        let amount = format!(", {}", self.amount.pounds());
        let left = max_chars.saturating_sub(amount.chars().count());
        if words.chars().count() <= left {
            return words + &amount;
        }
        let cut: String = words.chars().take(left.saturating_sub(1)).collect();
        cut + "…" + &amount
    }
}
