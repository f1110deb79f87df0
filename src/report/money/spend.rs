//! Spend: every invoice and credit note that stands.

use serde::Serialize;

use crate::document::{Field, Report, Table, unless_confirmed};
use crate::fold::Lens;
use crate::model::{Date, Entry, EntryNumber, Event, FinancialYear, Kind, Money, ProjectRef, Vat};

/// A year's spend and refunds, in fold order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SpendReport {
    /// The year.
    pub year: FinancialYear,
    /// The day, and the moment of knowledge.
    #[serde(flatten)]
    pub lens: Lens,
    /// Has the OPCC confirmed the year?
    pub confirmed: bool,
    /// What was spent, less refunds.
    pub total: Money,
    /// A row an entry.
    pub rows: Vec<SpendRow>,
}

/// One spend or refund.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SpendRow {
    /// The entry's number.
    pub entry: EntryNumber,
    /// The day.
    pub on: Date,
    /// The project.
    pub project: ProjectRef,
    /// `spend` or `refund`.
    pub kind: Kind,
    /// Who was paid.
    pub supplier: Option<String>,
    /// The invoice.
    pub reference: Option<String>,
    /// What the amount is.
    pub vat: Vat,
    /// The amount; a refund is below zero.
    pub amount: Money,
    /// Anything a reader should know.
    pub note: Option<String>,
}

impl SpendReport {
    /// The spend among standing entries of a year.
    #[must_use]
    pub fn new(year: FinancialYear, standing: &[Entry], lens: Lens) -> SpendReport {
        let rows: Vec<SpendRow> = standing.iter().filter_map(SpendRow::new).collect();
        let confirmed = standing.iter().any(|entry| entry.event == Event::Confirm);
        SpendReport {
            year,
            lens,
            confirmed,
            total: rows.iter().map(|row| row.amount).sum(),
            rows,
        }
    }
}

impl SpendRow {
    fn new(entry: &Entry) -> Option<SpendRow> {
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
        let kind = entry.event.kind();
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
    fn title(&self) -> String {
        format!(
            "Spend of {}, {}{}",
            self.year,
            self.lens,
            unless_confirmed(self.confirmed)
        )
    }

    fn as_at(&self) -> Option<Date> {
        Some(self.lens.as_at)
    }

    fn tables(&self) -> Vec<Table> {
        let mut table = Table::new(
            "",
            &[
                Field::right("entry", "Entry"),
                Field::left("on", "On"),
                Field::left("project", "Project"),
                Field::left("kind", ""),
                Field::left("supplier", "Supplier"),
                Field::left("reference", "Reference"),
                Field::left("vat", "VAT"),
                Field::sum("amount", "Amount"),
                Field::left("note", ""),
            ],
        );
        for row in &self.rows {
            table.rows.push(vec![
                row.entry.into(),
                row.on.into(),
                row.project.as_str().into(),
                row.kind.as_str().into(),
                row.supplier.as_deref().into(),
                row.reference.as_deref().into(),
                row.vat.as_str().into(),
                row.amount.into(),
                row.note.as_deref().into(),
            ]);
        }
        vec![table]
    }

    fn notes(&self) -> Vec<String> {
        vec![format!(
            "{} in {} spend and refund entries; refunds are below zero.",
            self.total.pounds(),
            self.rows.len()
        )]
    }
}
