//! Spend: every invoice and credit note that counts.

use schemars::JsonSchema;
use serde::Serialize;

use crate::document::english::unless_confirmed;
use crate::document::{Block, Report, Table, Text, rows, table_and_notes, text};
use crate::fold::{Lens, YearView};
use crate::model::{Date, Entry, EntryNumber, Event, FinancialYear, Kind, Money, ProjectRef, Vat};

/// A year's spend and refunds, in fold order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct SpendReport {
    /// The year.
    pub year: FinancialYear,
    /// The day, and the moment of knowledge.
    #[serde(flatten)]
    pub lens: Lens,
    /// Whether the OPCC has confirmed the year.
    pub confirmed: bool,
    /// What was spent, less refunds.
    pub total: Money,
    /// One row per entry.
    pub rows: Vec<SpendRow>,
}

rows! {
    /// One spend or refund.
    pub struct SpendRow with SpendColumns {
        /// The entry's number.
        pub entry: EntryNumber => shown("Entry"),
        /// The day.
        pub on: Date => shown("Date"),
        /// The project.
        pub project: ProjectRef => shown("Project"),
        /// `spend` or `refund`.
        pub kind: Kind => detail,
        /// Who was paid.
        pub supplier: Option<String> => shown("Supplier"),
        /// The invoice.
        pub reference: Option<String> => shown("Reference"),
        /// Whether the amount is with VAT or without.
        pub vat: Vat => shown("VAT"),
        /// The amount; a refund is below zero.
        pub amount: Money => total("Amount"),
        /// Anything a reader should know.
        pub note: Option<String> => detail,
    }
}

impl SpendReport {
    /// The spend and refunds among the entries of a view.
    #[must_use]
    pub fn new(view: &YearView) -> SpendReport {
        let rows: Vec<SpendRow> = view.standing.iter().filter_map(SpendRow::new).collect();
        SpendReport {
            year: view.year(),
            lens: view.lens,
            confirmed: view.portfolio.confirmed,
            total: rows.iter().map(|row| row.amount).sum(),
            rows,
        }
    }
}

impl SpendRow {
    fn new(entry: &Entry) -> Option<SpendRow> {
        let kind = entry.event.kind();
        let (Event::Spend {
            project,
            amount,
            supplier,
            vat,
        }
        | Event::Refund {
            project,
            amount,
            supplier,
            vat,
        }) = &entry.event
        else {
            return None;
        };
        Some(SpendRow {
            entry: entry.number,
            on: entry.on,
            project: project.clone(),
            kind,
            supplier: supplier.clone(),
            reference: entry.reference.clone(),
            vat: *vat,
            amount: if kind == Kind::Refund {
                -*amount
            } else {
                *amount
            },
            note: entry.note.clone(),
        })
    }
}

impl Report for SpendReport {
    fn title(&self) -> Text {
        let confirmed = unless_confirmed(self.confirmed);
        text!["Spend of ", self.year, ", ", self.lens, confirmed]
    }

    fn as_at(&self) -> Option<Date> {
        Some(self.lens.as_at)
    }

    fn data(&self) -> Table {
        Table::of("", &self.rows)
    }

    fn blocks(&self) -> Vec<Block> {
        let entries = match self.rows.len() {
            1 => "entry",
            _ => "entries",
        };
        let note = text![
            self.total,
            " in ",
            self.rows.len(),
            " spend and refund ",
            entries,
            "; refunds are below zero."
        ];
        table_and_notes(self.data(), vec![note])
    }
}
