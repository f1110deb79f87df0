//! Spend: every invoice and credit note that counts.

use crate::document::{Block, Head, Report, Table, counted, declare, tables_and_notes, text};
use crate::fold::YearView;
use crate::model::{Date, Entry, EntryNumber, Event, Kind, Money, ProjectRef, Vat};
use crate::report::filter::{EntryFilter, in_heading};
use crate::report::head::YearHead;

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
        let (amount, project, supplier, vat) = match &entry.event {
            Event::Spend {
                project,
                amount,
                supplier,
                vat,
                ..
            } => (*amount, project, supplier, vat),
            Event::Refund {
                project,
                amount,
                supplier,
                vat,
                ..
            } => (-*amount, project, supplier, vat),
            _ => return None,
        };
        Some(SpendRow {
            entry: entry.number,
            on: entry.on,
            project: project.clone(),
            kind: entry.event.kind(),
            supplier: supplier.clone(),
            reference: entry.reference.clone(),
            vat: *vat,
            amount,
            note: entry.note.clone(),
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
        tables_and_notes([self.data()], [note])
    }
}
