//! [`Pending`]: one proposal still to be decided, and how long it has waited.

use serde::Serialize;

use crate::document::{Cell, Field, Table};
use crate::fold::{Portfolio, Project};
use crate::model::{Date, Money, Pot, ProjectRef, Stage};

/// One proposal still to be decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Pending {
    /// The project's ref.
    pub project: ProjectRef,
    /// Its title.
    pub title: String,
    /// Its lead.
    pub lead: String,
    /// The pot that would pay for it.
    pub pot: Pot,
    /// How far it has come.
    pub stage: Stage,
    /// Since when.
    pub since: Date,
    /// For how many days.
    pub days: u32,
    /// What its approval would take.
    pub asked: Money,
}

impl Pending {
    /// The proposals of a folded year that wait on a day: those nearest to the decision first, then
    /// the longest waiting.
    pub(crate) fn all(portfolio: &Portfolio, as_at: Date) -> Vec<Pending> {
        let pending = |(reference, project): (&ProjectRef, &Project)| Pending {
            project: reference.clone(),
            title: project.title.clone(),
            lead: project.lead.clone(),
            pot: project.pot,
            stage: project.stage,
            since: project.since,
            days: project.since.days_until(as_at),
            asked: project.asked,
        };
        let mut all: Vec<Pending> = Pot::ALL
            .iter()
            .flat_map(|pot| portfolio.pending(*pot))
            .map(pending)
            .collect();
        all.sort_by(|a, b| {
            b.stage
                .cmp(&a.stage)
                .then(a.since.cmp(&b.since))
                .then(a.project.cmp(&b.project))
        });
        all
    }

    pub(crate) fn table(caption: &str, pending: &[Pending]) -> Table {
        let fields = [
            Field::left("stage", "Stage"),
            Field::left("project", "Project"),
            Field::left("title", "Title"),
            Field::left("lead", ""),
            Field::left("pot", "Pot"),
            Field::left("since", "Since"),
            Field::right("days", "Days"),
            Field::sum("asked", "Asks"),
        ];
        let cells = |row: &Pending| -> Vec<Cell> {
            vec![
                row.stage.as_str().into(),
                row.project.as_str().into(),
                row.title.as_str().into(),
                row.lead.as_str().into(),
                row.pot.as_str().into(),
                row.since.into(),
                Cell::Number(row.days.into()),
                row.asked.into(),
            ]
        };
        Table {
            rows: pending.iter().map(cells).collect(),
            ..Table::new(caption, &fields)
        }
    }
}
