//! What projects spent, did and achieved in a quarter.

use serde::Serialize;

use crate::document::{Cell, Field, Table};
use crate::model::{Date, Entry, EntryNumber, Event, Kind, Money, ProjectRef, Quantity};
use crate::report::cycle::quarter::accounts::Accounts;

/// What a project spent in the quarter: `net = spent − refunded`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct QuarterSpend {
    /// The project.
    pub project: ProjectRef,
    /// Its title.
    pub title: String,
    /// How many entries of spend and refunds.
    pub entries: usize,
    /// Spent in the quarter.
    pub spent: Money,
    /// Refunded in the quarter.
    pub refunded: Money,
    /// Spent less refunded.
    pub net: Money,
    /// Spent by the quarter's end, less refunds.
    pub to_date: Money,
    /// Its net award at the quarter's end.
    pub award: Money,
}

/// What has been done, as recorded in the quarter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProgressRow {
    /// The entry.
    pub entry: EntryNumber,
    /// The day.
    pub on: Date,
    /// The project.
    pub project: ProjectRef,
    /// What has been done.
    pub note: String,
}

/// What was promised or achieved, as recorded in the quarter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OutcomeRow {
    /// The entry.
    pub entry: EntryNumber,
    /// The day.
    pub on: Date,
    /// The project.
    pub project: ProjectRef,
    /// `target` or `outcome`.
    pub kind: Kind,
    /// What is counted.
    pub measure: String,
    /// How many; of an outcome, to date.
    pub value: Quantity,
}

impl QuarterSpend {
    /// A row a project with spend or a refund among the quarter's entries.
    pub(super) fn all(inside: &[Entry], accounts: &Accounts) -> Vec<QuarterSpend> {
        let of = |reference: &ProjectRef| {
            let own = |entry: &&Entry| {
                entry.event.kind().is_spending() && entry.event.project() == Some(reference)
            };
            inside.iter().filter(own).count()
        };
        let projects = accounts
            .portfolio
            .projects
            .iter()
            .map(|(reference, project)| (reference, project, of(reference)));
        let row = |(reference, project, entries): (&ProjectRef, &crate::fold::Project, usize)| {
            let (spent, refunded) = (
                -accounts.moved(reference, Kind::Spend),
                accounts.moved(reference, Kind::Refund),
            );
            QuarterSpend {
                project: reference.clone(),
                title: project.title.clone(),
                entries,
                spent,
                refunded,
                net: spent - refunded,
                to_date: project.spent,
                award: project.award,
            }
        };
        projects
            .filter(|(.., entries)| *entries > 0)
            .map(row)
            .collect()
    }

    /// For people.
    pub(super) fn table(rows: &[QuarterSpend]) -> Table {
        let mut table = Table::new(
            "Spend in the quarter",
            &[
                Field::left("project", "Project"),
                Field::left("title", "Title"),
                Field::right("entries", "Entries"),
                Field::sum("spent", ""),
                Field::sum("refunded", ""),
                Field::sum("net", "Spent"),
                Field::right("to_date", "To date"),
                Field::right("award", "Award"),
            ],
        );
        for row in rows {
            table.rows.push(vec![
                row.project.as_str().into(),
                row.title.as_str().into(),
                Cell::Number(u64::try_from(row.entries).unwrap_or(u64::MAX)),
                row.spent.into(),
                row.refunded.into(),
                row.net.into(),
                row.to_date.into(),
                row.award.into(),
            ]);
        }
        table
    }
}

impl ProgressRow {
    pub(super) fn new(entry: &Entry) -> Option<ProgressRow> {
        let Event::Progress { project } = &entry.event else {
            return None;
        };
        let note = entry.note.clone().unwrap_or_default();
        Some(ProgressRow {
            entry: entry.number,
            on: entry.on,
            project: project.clone(),
            note,
        })
    }

    /// For people.
    pub(super) fn table(rows: &[ProgressRow]) -> Table {
        let fields = [
            Field::right("entry", ""),
            Field::left("on", "On"),
            Field::left("project", "Project"),
            Field::left("note", "What has been done"),
        ];
        let mut table = Table::new("Progress in the quarter", &fields);
        let cells = |row: &ProgressRow| {
            vec![
                row.entry.into(),
                row.on.into(),
                row.project.as_str().into(),
                row.note.as_str().into(),
            ]
        };
        table.rows = rows.iter().map(cells).collect();
        table
    }
}

impl OutcomeRow {
    pub(super) fn new(entry: &Entry) -> Option<OutcomeRow> {
        let (Event::Target {
            project,
            measure,
            value,
        }
        | Event::Outcome {
            project,
            measure,
            value,
        }) = &entry.event
        else {
            return None;
        };
        let (project, measure) = (project.clone(), measure.clone());
        Some(OutcomeRow {
            entry: entry.number,
            on: entry.on,
            project,
            kind: entry.event.kind(),
            measure,
            value: *value,
        })
    }

    /// For people.
    pub(super) fn table(rows: &[OutcomeRow]) -> Table {
        let mut table = Table::new(
            "Targets and outcomes",
            &[
                Field::right("entry", ""),
                Field::left("on", "On"),
                Field::left("project", "Project"),
                Field::left("kind", "Kind"),
                Field::left("measure", "Measure"),
                Field::right("value", "Value"),
            ],
        );
        for row in rows {
            table.rows.push(vec![
                row.entry.into(),
                row.on.into(),
                row.project.as_str().into(),
                row.kind.as_str().into(),
                row.measure.as_str().into(),
                row.value.to_string().into(),
            ]);
        }
        table
    }
}
