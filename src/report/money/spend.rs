//! Spend: every invoice and credit note that counts.

use crate::document::{Block, Head, Report, Table, counted, declare, tables_and_notes, text};
use crate::fold::YearView;
use crate::model::{Date, Entry, EntryNumber, Event, Kind, Money, ProjectRef, Vat};
use crate::report::accrued::still_to_come;
use crate::report::filter::{EntryFilter, in_heading};
use crate::report::head::YearHead;

/// What a payment is called whose money has left.
const PAID: &str = "paid";
/// What a payment is called whose invoice or credit note is to come.
const ACCRUED: &str = "accrued";

declare! {
    /// A year's spend and refunds, in fold order.
    pub struct SpendReport {
        /// The year.
        #[serde(flatten)]
        pub head: YearHead,
        /// What was spent, less refunds.
        pub total: Money,
        /// What it was filtered by, in words, as it stands in the heading.
        #[serde(skip)]
        pub(crate) filter: String,
        /// One row per entry.
        pub rows: Vec<SpendRow>,
    }

    /// One spend or refund.
    pub row SpendRow {
        /// The entry's number.
        pub entry: EntryNumber => shown("Entry"),
        /// The day.
        pub on: Date => shown("Date"),
        /// The project.
        pub project: ProjectRef => shown("Project"),
        /// `spend` or `refund`.
        pub kind: Kind => detail("Type"),
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
        /// The cost category.
        pub category: Option<String> => shown("Category"),
        /// `paid`, or `accrued` if its invoice or credit note is to come.
        pub status: &'static str => shown("Status"),
    }
}

impl SpendReport {
    /// The spend and refunds among the entries of a view.
    pub fn new(view: &YearView) -> SpendReport {
        SpendReport::filtered(view, &EntryFilter::default())
    }

    /// The spend and refunds that a filter shows.
    pub fn filtered(view: &YearView, filter: &EntryFilter) -> SpendReport {
        let shown = view
            .standing
            .iter()
            .filter(|entry| filter.shows(entry, entry));
        let rows: Vec<SpendRow> = shown.filter_map(SpendRow::new).collect();
        SpendReport {
            head: YearHead::new(view),
            total: rows.iter().map(|row| row.amount).sum(),
            filter: in_heading(&filter.words()),
            rows,
        }
    }
}

impl SpendRow {
    fn new(entry: &Entry) -> Option<SpendRow> {
        let event = &entry.event;
        let (Event::Spend {
            project,
            supplier,
            vat,
            ..
        }
        | Event::Refund {
            project,
            supplier,
            vat,
            ..
        }) = event
        else {
            return None;
        };
        Some(SpendRow {
            entry: entry.number,
            on: entry.on,
            project: project.clone(),
            kind: event.kind(),
            supplier: supplier.clone(),
            reference: entry.reference.clone(),
            vat: *vat,
            amount: event.cost(),
            note: entry.note.clone(),
            category: event.category().map(str::to_owned),
            status: if event.is_accrued() { ACCRUED } else { PAID },
        })
    }
}

impl Report for SpendReport {
    fn head(&self) -> Head {
        let subject = text!["Spend of ", self.head.year];
        self.head.with_title(subject, &self.filter)
    }

    fn data(&self) -> Table {
        Table::of("", &self.rows)
    }

    fn blocks(&self) -> Vec<Block> {
        let entries = counted(self.rows.len(), "spend and refund entry");
        let note = text![self.total, " in ", entries, "; refunds are below zero."];
        let mut table = self.data();
        let columns = SpendRow::COLUMN;
        if self.rows.iter().all(|row| row.category.is_none()) {
            table = table.hidden(&[columns.category]);
        }
        let accrued = self.rows.iter().filter(|row| row.status == ACCRUED);
        let accrued: Money = accrued.map(|row| row.amount).sum();
        if self.rows.iter().all(|row| row.status == PAID) {
            table = table.hidden(&[columns.status]);
        }
        tables_and_notes([table], [note].into_iter().chain(still_to_come(accrued)))
    }
}
