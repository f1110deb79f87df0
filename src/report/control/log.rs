//! The log: the journal itself, entry by entry.

use serde::Serialize;

use crate::document::{Cell, Field, Report, Table};
use crate::model::{Column, Date, Entry, EntryNumber, FinancialYear, Kind, Moment, Money};

/// Entries in the order recorded, with those that were reversed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LogReport {
    /// What was asked for, in words.
    #[serde(skip)]
    pub of: String,
    /// A row an entry.
    pub rows: Vec<LogRow>,
}

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LogRow {
    /// Its number.
    pub entry: EntryNumber,
    /// The day it takes effect.
    pub on: Date,
    /// The grant year.
    pub year: FinancialYear,
    /// Its kind.
    pub kind: Kind,
    /// The project or pot it speaks of.
    pub of: Option<String>,
    /// Its amount.
    pub amount: Option<Money>,
    /// What else it says.
    pub says: String,
    /// Why a process rule was set aside.
    #[serde(rename = "override", skip_serializing_if = "Option::is_none")]
    pub override_reason: Option<String>,
    /// Who recorded it.
    pub by: String,
    /// When it was recorded.
    pub recorded: Moment,
    /// The entry that struck it.
    pub reversed_by: Option<EntryNumber>,
}

impl LogRow {
    /// One entry's row.
    #[must_use]
    pub fn new(entry: &Entry) -> LogRow {
        let said: Vec<String> = entry
            .cells()
            .filled()
            .filter_map(|(column, text)| said(column, text, entry))
            .collect();
        LogRow {
            entry: entry.number,
            on: entry.on,
            year: entry.year,
            kind: entry.event.kind(),
            of: entry
                .event
                .project()
                .map(ToString::to_string)
                .or(entry.event.pot().map(|pot| pot.to_string())),
            amount: entry.event.amount(),
            says: said.join("; "),
            override_reason: entry.override_reason.clone(),
            by: entry.by.clone(),
            recorded: entry.recorded,
            reversed_by: None,
        }
    }

    pub(crate) fn cells(&self) -> Vec<Cell> {
        let struck = self.reversed_by.map(|by| format!("REVERSED by entry {by}"));
        let override_reason = self
            .override_reason
            .as_ref()
            .map(|reason| format!("override: {reason}"));
        let says: Vec<String> = [
            struck,
            Some(self.says.clone()).filter(|says| !says.is_empty()),
            override_reason,
        ]
        .into_iter()
        .flatten()
        .collect();
        vec![
            self.entry.into(),
            self.on.into(),
            self.year.to_string().into(),
            self.kind.as_str().into(),
            self.of.as_deref().into(),
            self.amount.into(),
            says.join("; ").into(),
            self.by.as_str().into(),
            self.recorded.to_string().into(),
            self.reversed_by.into(),
        ]
    }
}

/// How the log shows a cell that has no column of its own there.
fn said(column: Column, text: &str, entry: &Entry) -> Option<String> {
    match column {
        Column::On
        | Column::Year
        | Column::Kind
        | Column::Project
        | Column::Pot
        | Column::Amount
        | Column::Override
        | Column::By => None,
        Column::Reference if entry.event.refers_to().is_some() => Some(format!("of entry {text}")),
        Column::Reference => Some(format!("ref {text}")),
        Column::Lead => Some(format!("lead {text}")),
        _ => Some(text.to_owned()),
    }
}

/// The columns of entries; the year is shown where there may be several.
pub(crate) fn table(caption: &str, with_year: bool) -> Table {
    Table::new(
        caption,
        &[
            Field::right("entry", "Entry"),
            Field::left("on", "On"),
            Field::left("year", if with_year { "Year" } else { "" }),
            Field::left("kind", "Kind"),
            Field::left("of", "Of"),
            Field::right("amount", "Amount"),
            Field::left("says", "Says"),
            Field::left("by", ""),
            Field::left("recorded", ""),
            Field::right("reversed_by", ""),
        ],
    )
}

impl Report for LogReport {
    fn title(&self) -> String {
        format!("Journal: {}", self.of)
    }

    fn tables(&self) -> Vec<Table> {
        let mut table = table("", true);
        table.rows = self.rows.iter().map(LogRow::cells).collect();
        vec![table]
    }
}
