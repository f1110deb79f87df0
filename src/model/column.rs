//! [`Column`]: the columns of `entries.csv`, and whether a kind of entry [needs](Need) one.

use crate::model::date::Date;
use crate::model::id::ProjectRef;
use crate::model::keyword::keywords;
use crate::model::year::FinancialYear;

keywords! {
    /// A column of `entries.csv`, in the order of the contract.
    Column, ColumnError, "a column of entries.csv" {
        /// The day the entry takes effect.
        On = "on",
        /// The grant year.
        Year = "year",
        /// The kind of entry.
        Kind = "kind",
        /// The project's ref.
        Project = "project",
        /// The pot.
        Pot = "pot",
        /// Pounds and pence.
        Amount = "amount",
        /// The project's title, or the paper's.
        Title = "title",
        /// The agency that proposed a project and delivers it.
        Lead = "lead",
        /// Who was paid.
        Supplier = "supplier",
        /// An invoice, a letter, an agreement; for `reverse`, `explain`, `met`, `document` and
        /// `match` the entries they name.
        Reference = "reference",
        /// What is counted, named or stated; the cost category of a payment.
        Measure = "measure",
        /// How many; a fingerprint; a deadline; where a payment came from.
        Value = "value",
        /// Codes of the priorities served, separated by `;`.
        Priorities = "priorities",
        /// What the amount includes: `net` or `gross`.
        Vat = "vat",
        /// Why a process rule was set aside.
        Override = "override",
        /// Anything a reader should know.
        Note = "note",
        /// Who recorded it.
        By = "by",
    }
}

impl Column {
    /// The greatest number of characters in a cell of the column.
    pub fn max_chars(self) -> usize {
        match self {
            Column::Note => 2000,
            Column::Override => 1000,
            Column::Reference => 500,
            Column::Priorities => 400,
            Column::Title | Column::Lead | Column::Supplier => 200,
            _ => 100,
        }
    }

    /// Returns `true` if a value of the column is always written so. A day, a year and a ref are
    /// read in more than one spelling, and written in one, which is known by its shape.
    pub(crate) fn is_canonical(self, text: &str) -> bool {
        match self {
            Column::On => Date::is_canonical(text),
            Column::Year => FinancialYear::is_canonical(text),
            Column::Project => ProjectRef::is_canonical(text),
            _ => true,
        }
    }
}

/// Whether a kind of entry needs a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// It must be filled.
    Required,
    /// It may be filled.
    Optional,
    /// It must be empty.
    Never,
}
