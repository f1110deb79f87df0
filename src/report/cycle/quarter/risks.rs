//! Risks at a quarter's end: what may send money back, or makes a figure doubtful.

use serde::Serialize;

use crate::document::{Field, Table};
use crate::model::keywords;
use crate::model::{EntryNumber, Money, ProjectRef};
use crate::report::control::reconcile::{ReconcileReport, ReconcileRow};
use crate::report::cycle::forecast::{ForecastReport, ForecastRow};

keywords! {
    /// What there is to see to.
    Risk, RiskError, "unconfirmed, no-spend, underspend or unexplained" {
        /// The OPCC has not confirmed the year.
        Unconfirmed = "unconfirmed",
        /// A project has spent nothing, past the half year.
        NoSpend = "no-spend",
        /// A project is not projected to spend its award.
        Underspend = "underspend",
        /// A printed figure differs from the book's, and nobody said why.
        Unexplained = "unexplained",
    }
}

/// One risk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RiskRow {
    /// What it is.
    pub risk: Risk,
    /// The project it is of.
    pub project: Option<ProjectRef>,
    /// The `published` entry it is of.
    pub entry: Option<EntryNumber>,
    /// How much it is about: the allocation, the award, what of it would not be spent, or the
    /// difference.
    pub amount: Money,
    /// The same in words.
    pub says: String,
}

impl RiskRow {
    /// All risks, in the order of [`Risk`].
    pub(super) fn all(
        forecast: &ForecastReport,
        allocation: Money,
        figures: &ReconcileReport,
    ) -> Vec<RiskRow> {
        let unconfirmed = (!forecast.confirmed).then(|| RiskRow {
            risk: Risk::Unconfirmed,
            project: None,
            entry: None,
            amount: allocation,
            says: "The OPCC has not confirmed the year".into(),
        });
        let no_spend = forecast
            .rows
            .iter()
            .filter(|row| row.no_spend)
            .map(RiskRow::no_spend);
        let underspend = forecast
            .rows
            .iter()
            .filter(|row| !row.underspend.is_zero())
            .map(RiskRow::underspend);
        let unexplained = figures
            .rows
            .iter()
            .filter(|row| row.is_unexplained())
            .map(RiskRow::unexplained);
        unconfirmed
            .into_iter()
            .chain(no_spend)
            .chain(underspend)
            .chain(unexplained)
            .collect()
    }

    fn no_spend(row: &ForecastRow) -> RiskRow {
        let says = format!("Nothing spent past the half year: {}", row.title);
        RiskRow {
            risk: Risk::NoSpend,
            project: Some(row.project.clone()),
            entry: None,
            amount: row.award,
            says,
        }
    }

    fn underspend(row: &ForecastRow) -> RiskRow {
        let says = format!(
            "{} of {} projected to be spent: {}",
            row.projected.pounds(),
            row.award.pounds(),
            row.title
        );
        RiskRow {
            risk: Risk::Underspend,
            project: Some(row.project.clone()),
            entry: None,
            amount: row.underspend,
            says,
        }
    }

    fn unexplained(row: &ReconcileRow) -> RiskRow {
        let says = format!(
            "{} prints {} as {}, the book has {}",
            row.paper,
            row.printed.pounds(),
            row.measure,
            row.computed.pounds()
        );
        let (project, entry) = (row.project.clone(), Some(row.entry));
        RiskRow {
            risk: Risk::Unexplained,
            project,
            entry,
            amount: row.difference,
            says,
        }
    }
}

/// The risks, for people.
pub(super) fn table(rows: &[RiskRow]) -> Table {
    let mut table = Table::new(
        "Risks at quarter end",
        &[
            Field::left("risk", "Risk"),
            Field::left("project", "Project"),
            Field::right("entry", "Entry"),
            Field::right("amount", "Amount"),
            Field::left("says", "Says"),
        ],
    );
    for row in rows {
        table.rows.push(vec![
            row.risk.as_str().into(),
            row.project.as_ref().map(ProjectRef::as_str).into(),
            row.entry.into(),
            row.amount.into(),
            row.says.as_str().into(),
        ]);
    }
    table
}
