//! The log: the journal itself, entry by entry.

use crate::document::{Cell, CellValue, Head, Report, Table, declare, text};
use crate::fold::PotNames;
use crate::model::{Column, Date, Entry, EntryNumber, FinancialYear, Kind, Moment, Money, Pot};

declare! {
    /// Entries in the order recorded, including those that were reversed.
    pub struct LogReport {
        /// Which entries these are, in words.
        #[serde(skip)]
        pub scope: String,
        /// One row per entry.
        pub rows: Vec<LogRow>,
    }

    /// One entry.
    pub row LogRow {
        /// Its number.
        pub entry: EntryNumber => shown("Entry"),
        /// The day it takes effect.
        pub on: Date => shown("Date"),
        /// The grant year.
        pub year: FinancialYear => shown("Year"),
        /// Its kind.
        pub kind: Kind => shown("Type"),
        /// The project or the pot it concerns.
        pub of: Option<String> => shown("Project") from LogRow::concerned,
        /// Its amount.
        pub amount: Option<Money> => shown("Amount"),
        /// Everything else it records, in words.
        pub says: String => shown("Details") from LogRow::details,
        /// Why a process rule was set aside.
        #[serde(rename = "override", skip_serializing_if = "Option::is_none")]
        pub override_reason: Option<String>,
        /// Who recorded it.
        pub by: String => detail("Recorded by"),
        /// When it was recorded.
        pub recorded: Moment => detail,
        /// The entry that reversed it.
        pub reversed_by: Option<EntryNumber> => detail,
        /// What the pots of its year are called, if the report is about that year.
        #[serde(skip)]
        pub(crate) pots: PotNames,
        /// The pot it concerns, if it concerns no project.
        #[serde(skip)]
        pub(crate) pot: Option<Pot>,
    }
}

impl LogRow {
    /// One entry's row.
    pub fn new(entry: &Entry) -> LogRow {
        let cells = entry.cells();
        let details = cells
            .filled()
            .filter_map(|(column, text)| detail(column, text, entry));
        LogRow {
            entry: entry.number,
            on: entry.on,
            year: entry.year,
            kind: entry.event.kind(),
            of: concerns(entry),
            amount: entry.event.amount(),
            says: details.collect::<Vec<_>>().join("; "),
            override_reason: entry.override_reason.clone(),
            by: entry.by.clone(),
            recorded: entry.recorded,
            reversed_by: None,
            pots: PotNames::default(),
            pot: concerned_pot(entry),
        }
    }

    /// The same row in a report about its year, which has names for its pots.
    #[must_use]
    pub(crate) fn with_pots(self, pots: PotNames) -> LogRow {
        LogRow { pots, ..self }
    }

    /// The project or the pot that it concerns.
    fn concerned(&self) -> Cell {
        match self.pot {
            Some(pot) => self.pots.name(pot).cell(),
            None => self.of.cell(),
        }
    }

    /// What it records, between its reversal and the reason why it sets a rule aside.
    fn details(&self) -> Cell {
        let reversed = self.reversed_by.map(|by| format!("REVERSED by entry {by}"));
        let says = (!self.says.is_empty()).then(|| self.says.clone());
        let reason = self.override_reason.as_ref();
        let reason = reason.map(|reason| format!("override: {reason}"));
        let details: Vec<String> = [reversed, says, reason].into_iter().flatten().collect();
        details.join("; ").into()
    }
}

/// The project or the pot that an entry concerns.
pub(crate) fn concerns(entry: &Entry) -> Option<String> {
    let project = entry.event.project().map(ToString::to_string);
    project.or_else(|| entry.event.pot().map(|pot| pot.to_string()))
}

/// The pot that an entry concerns, if it concerns no project.
pub(crate) fn concerned_pot(entry: &Entry) -> Option<Pot> {
    let pot = entry.event.pot();
    pot.filter(|_| entry.event.project().is_none())
}

/// What the log says of a cell that has no column of its own there.
fn detail(column: Column, text: &str, entry: &Entry) -> Option<String> {
    match column {
        Column::On
        | Column::Year
        | Column::Kind
        | Column::Project
        | Column::Pot
        | Column::Amount
        | Column::Override
        | Column::By => None,
        Column::Reference if entry.event.refers_to().is_some() => Some(format!("entry {text}")),
        Column::Reference => Some(format!("ref {text}")),
        Column::Lead => Some(format!("lead {text}")),
        _ => Some(text.to_owned()),
    }
}

impl Report for LogReport {
    fn head(&self) -> Head {
        text!["Journal: ", &self.scope].into()
    }

    fn data(&self) -> Table {
        Table::of("", &self.rows)
    }
}
