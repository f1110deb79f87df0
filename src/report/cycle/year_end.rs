//! The year end: every project ever proposed, and what was never committed.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::document::{Cell, Field, Report, Table, overrides, unless_confirmed};
use crate::fold::{Lens, Portfolio, Project};
use crate::model::{Date, EntryNumber, FinancialYear, Money, Pot, Priorities, ProjectRef, Stage};

/// A year's lines: `approved` adds up to the allocation, so does `spent + underspend`, and
/// `returned` to what was returned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct YearEndReport {
    /// The year.
    pub year: FinancialYear,
    /// The day, and the moment of knowledge.
    #[serde(flatten)]
    pub lens: Lens,
    /// Has the OPCC confirmed the year?
    pub confirmed: bool,
    /// Is it shut?
    pub closed: bool,
    /// The entries that set a process rule aside.
    pub overrides: BTreeSet<EntryNumber>,
    /// A line a project, then a line a pot.
    pub rows: Vec<YearEndRow>,
}

/// One line: a project, or a pot's uncommitted money.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct YearEndRow {
    /// The year.
    pub year: FinancialYear,
    /// `project` or `uncommitted`.
    pub line: &'static str,
    /// The project's ref.
    pub project: Option<ProjectRef>,
    /// Its title.
    pub title: Option<String>,
    /// Its lead.
    pub lead: Option<String>,
    /// The pot.
    pub pot: Pot,
    /// How far the project came.
    pub status: Option<Stage>,
    /// What it asked for.
    pub requested: Option<Money>,
    /// Its net award; of a pot, what was never committed.
    pub approved: Money,
    /// What it spent.
    pub spent: Money,
    /// What it did not.
    pub underspend: Money,
    /// What of that was returned.
    pub returned: Money,
    /// The priorities it serves.
    pub priorities: Option<Priorities>,
}

impl YearEndReport {
    /// The lines of a folded year.
    #[must_use]
    pub fn new(portfolio: &Portfolio, lens: Lens) -> YearEndReport {
        let year = portfolio.year;
        let project = |(reference, project): (&ProjectRef, &Project)| YearEndRow {
            year,
            line: "project",
            project: Some(reference.clone()),
            title: Some(project.title.clone()),
            lead: Some(project.lead.clone()),
            pot: project.pot,
            status: Some(project.stage),
            requested: Some(project.requested),
            approved: project.award,
            spent: project.spent,
            underspend: project.underspend(),
            returned: project.returned,
            priorities: Some(project.priorities.clone()),
        };
        let uncommitted = |pot: &Pot| {
            let position = portfolio.pot(*pot);
            let money = position.remaining() + position.returned;
            YearEndRow {
                year,
                line: "uncommitted",
                project: None,
                title: None,
                lead: None,
                pot: *pot,
                status: None,
                requested: None,
                approved: money,
                spent: Money::ZERO,
                underspend: money,
                returned: position.returned,
                priorities: None,
            }
        };
        let rows = portfolio
            .projects
            .iter()
            .map(project)
            .chain(Pot::ALL.iter().map(uncommitted))
            .collect();
        YearEndReport {
            year,
            lens,
            confirmed: portfolio.confirmed,
            closed: portfolio.closed,
            overrides: portfolio.overrides.clone(),
            rows,
        }
    }

    /// The sum of one figure of every line.
    pub(crate) fn total(&self, amount: fn(&YearEndRow) -> Money) -> Money {
        self.rows.iter().map(amount).sum()
    }
}

impl Report for YearEndReport {
    fn title(&self) -> String {
        let closed = if self.closed {
            ", closed"
        } else {
            ", not closed"
        };
        format!(
            "Year end {}, {}{closed}{}",
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
                Field::left("year", ""),
                Field::left("line", ""),
                Field::left("project", "Project"),
                Field::left("title", "Title"),
                Field::left("lead", ""),
                Field::left("pot", "Pot"),
                Field::left("status", ""),
                Field::right("requested", ""),
                Field::sum("approved", "Approved"),
                Field::sum("spent", "Spent"),
                Field::sum("underspend", "Underspend"),
                Field::sum("returned", "Returned"),
                Field::left("priorities", ""),
            ],
        );
        for row in &self.rows {
            table.rows.push(vec![
                row.year.to_string().into(),
                row.line.into(),
                row.project.as_ref().map(ProjectRef::as_str).into(),
                row.title
                    .as_deref()
                    .map_or(Cell::Aside("Uncommitted"), Cell::from),
                row.lead.as_deref().into(),
                row.pot.as_str().into(),
                row.status.map(Stage::as_str).into(),
                row.requested.into(),
                row.approved.into(),
                row.spent.into(),
                row.underspend.into(),
                row.returned.into(),
                row.priorities
                    .as_ref()
                    .map_or(Cell::Empty, |codes| codes.to_string().into()),
            ]);
        }
        vec![table]
    }

    fn notes(&self) -> Vec<String> {
        let sums = format!(
            "Uncommitted money is the part of a pot that no award took. Approved {} = spent {} + underspend {}, of which {} is returned.",
            self.total(|row| row.approved).pounds(),
            self.total(|row| row.spent).pounds(),
            self.total(|row| row.underspend).pounds(),
            self.total(|row| row.returned).pounds(),
        );
        [sums]
            .into_iter()
            .chain(overrides(&self.overrides))
            .collect()
    }
}
