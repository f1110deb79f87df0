//! The council's ledger: how its extracts write days and amounts, and how its lines are held
//! against the book's spend.
//!
//! The shapes read here are those measured in real extracts: three ways to write a day, amounts
//! padded, grouped by thousands, in brackets, or with the noise of a float behind the pence.

mod compare;

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::{
    CellFault, Date, Draft, Entry, EntryNumber, Event, FinancialYear, Money, ProjectRef, Vat,
};

pub use compare::{Comparison, Verdict, compare, merge};

/// One payment by a project, as the ledger or the book has it: below zero it is a credit.
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

/// A payment on a row of an extract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The row, as a spreadsheet numbers it.
    pub row: u64,
    /// What it says.
    pub payment: Payment,
    /// What the amount is.
    pub vat: Vat,
    /// What else it says, and where it stands.
    pub note: Option<String>,
    /// Is its reference one that comes again, such as that of a standing order, and no invoice's?
    pub recurring: bool,
}

/// A payment in the book: an entry of spend or refund.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Booked {
    /// The entry.
    pub entry: EntryNumber,
    /// What it says.
    pub payment: Payment,
    /// Was it struck by a reversal, so that it does not count?
    pub struck: bool,
}

/// How many lines, and their sum.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Tally {
    /// How many.
    pub lines: u64,
    /// What they add up to, as far as their amounts can be read.
    pub amount: Money,
}

impl Tally {
    /// One more.
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

/// The unlabelled last row of an extract: an amount with neither day nor supplier nor reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GrandTotal {
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
    /// By how much it differs from the rows before it.
    #[must_use]
    pub fn difference(&self) -> Money {
        self.printed - self.computed
    }
}

impl Line {
    /// The draft that records it: spend, or a refund if it is a credit.
    ///
    /// # Errors
    ///
    /// Every cell that no entry can hold.
    pub fn draft(&self, by: &str) -> Result<Draft, Vec<CellFault>> {
        let Payment {
            year,
            project,
            on,
            amount,
            supplier,
            reference,
        } = self.payment.clone();
        let vat = self.vat;
        let event = match amount.is_negative() {
            true => Event::Refund {
                project,
                amount: -amount,
                supplier,
                vat,
            },
            false => Event::Spend {
                project,
                amount,
                supplier,
                vat,
            },
        };
        Draft::builder(year, event, by)
            .on(on)
            .reference(reference.unwrap_or_default())
            .note(self.note.as_deref().unwrap_or_default())
            .build()
    }
}

impl Booked {
    /// The payment that an entry of spend or refund recorded; `None` for an entry of another kind.
    #[must_use]
    pub fn from_entry(entry: &Entry) -> Option<Booked> {
        let (project, amount, supplier) = match &entry.event {
            Event::Spend {
                project,
                amount,
                supplier,
                ..
            } => (project, *amount, supplier),
            Event::Refund {
                project,
                amount,
                supplier,
                ..
            } => (project, -*amount, supplier),
            _ => return None,
        };
        let (project, supplier, reference) =
            (project.clone(), supplier.clone(), entry.reference.clone());
        let payment = Payment {
            year: entry.year,
            project,
            on: entry.on,
            amount,
            supplier,
            reference,
        };
        Some(Booked {
            entry: entry.number,
            payment,
            struck: false,
        })
    }
}
