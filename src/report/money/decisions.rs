//! Decisions: all that was decided of a year, and every movement of its money but spend.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::document::{Field, Report, Table, unless_confirmed};
use crate::fold::Lens;
use crate::model::{Date, Entry, EntryNumber, Event, FinancialYear, Kind, Money, Pot, ProjectRef};

/// A year's decisions, in fold order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DecisionsReport {
    /// The year.
    pub year: FinancialYear,
    /// The day, and the moment of knowledge.
    #[serde(flatten)]
    pub lens: Lens,
    /// Has the OPCC confirmed the year?
    pub confirmed: bool,
    /// A row an entry.
    pub rows: Vec<DecisionRow>,
}

/// One decision, or one movement of money.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DecisionRow {
    /// The entry's number.
    pub entry: EntryNumber,
    /// The day it takes effect.
    pub on: Date,
    /// What was decided.
    pub kind: Kind,
    /// Of which project.
    pub project: Option<ProjectRef>,
    /// The pot it names, or the project's. A release is of both.
    pub pot: Option<Pot>,
    /// Pounds and pence.
    pub amount: Option<Money>,
    /// A letter, an agreement, a payment.
    pub reference: Option<String>,
    /// Anything a reader should know.
    pub note: Option<String>,
    /// Why a process rule was set aside.
    #[serde(rename = "override")]
    pub override_reason: Option<String>,
    /// Who recorded it.
    pub by: String,
}

impl DecisionsReport {
    /// The decisions among standing entries of a year.
    #[must_use]
    pub fn new(year: FinancialYear, standing: &[Entry], lens: Lens) -> DecisionsReport {
        let mut pots = BTreeMap::new();
        let mut rows = Vec::new();
        for entry in standing
            .iter()
            .filter(|entry| DecisionsReport::has(entry.event.kind()))
        {
            if let Event::Propose { project, pot, .. } = &entry.event {
                pots.insert(project.clone(), *pot);
            }
            let pot = entry
                .event
                .project()
                .and_then(|project| pots.get(project))
                .copied();
            rows.push(DecisionRow::new(entry, entry.event.pot().or(pot)));
        }
        let confirmed = rows.iter().any(|row| row.kind == Kind::Confirm);
        DecisionsReport {
            year,
            lens,
            confirmed,
            rows,
        }
    }

    /// Does it hold entries of that kind: those that decide something, and cash received?
    #[must_use]
    pub fn has(kind: Kind) -> bool {
        !kind.is_posting() || kind == Kind::Receive
    }
}

impl DecisionRow {
    fn new(entry: &Entry, pot: Option<Pot>) -> DecisionRow {
        DecisionRow {
            entry: entry.number,
            on: entry.on,
            kind: entry.event.kind(),
            project: entry.event.project().cloned(),
            pot,
            amount: entry.event.amount(),
            reference: entry.reference.clone(),
            note: entry.note.clone(),
            override_reason: entry.override_reason.clone(),
            by: entry.by.clone(),
        }
    }
}

impl Report for DecisionsReport {
    fn title(&self) -> String {
        format!(
            "Decisions of {}, {}{}",
            self.year,
            self.lens,
            unless_confirmed(self.confirmed)
        )
    }

    fn as_at(&self) -> Option<Date> {
        Some(self.lens.as_at)
    }

    fn tables(&self) -> Vec<Table> {
        vec![table("", &self.rows)]
    }

    fn notes(&self) -> Vec<String> {
        let overridden = self
            .rows
            .iter()
            .filter_map(|row| Some((row.entry, row.override_reason.as_ref()?)));
        let overridden = overridden
            .map(|(entry, reason)| format!("Entry {entry} sets a process rule aside: {reason}"));
        overridden
            .chain(["Spend and refunds are not among them.".to_owned()])
            .collect()
    }
}

/// Decisions, for people and for CSV.
pub(crate) fn table(caption: &str, rows: &[DecisionRow]) -> Table {
    let mut table = Table::new(
        caption,
        &[
            Field::right("entry", "Entry"),
            Field::left("on", "On"),
            Field::left("kind", "Kind"),
            Field::left("project", "Project"),
            Field::left("pot", "Pot"),
            Field::right("amount", "Amount"),
            Field::left("reference", "Reference"),
            Field::left("note", ""),
            Field::left("override", ""),
            Field::left("by", ""),
        ],
    );
    for row in rows {
        table.rows.push(vec![
            row.entry.into(),
            row.on.into(),
            row.kind.as_str().into(),
            row.project.as_ref().map(ProjectRef::as_str).into(),
            row.pot.map(Pot::as_str).into(),
            row.amount.into(),
            row.reference.as_deref().into(),
            row.note.as_deref().into(),
            row.override_reason.as_deref().into(),
            row.by.as_str().into(),
        ]);
    }
    table
}
