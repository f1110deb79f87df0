//! Risks at a quarter's end: what may send money back, or makes a figure doubtful.
//!
//! The words of a risk are part of the report's JSON, and the fingerprints of reports that went out
//! are on record: the words do not change.

use crate::document::{Cell, CellValue, rows, text};
use crate::model::keywords;
use crate::model::{EntryNumber, Money, ProjectRef};
use crate::report::control::reconcile::{ReconcileReport, ReconcileRow};
use crate::report::cycle::forecast::{ForecastReport, ForecastRow};

keywords! {
    /// What needs attention.
    Risk, RiskError, "unconfirmed, no-spend, underspend or unexplained" {
        /// The OPCC has not confirmed the year.
        Unconfirmed = "unconfirmed",
        /// A project has spent nothing although half the year has passed.
        NoSpend = "no-spend",
        /// A project is not projected to spend its award.
        Underspend = "underspend",
        /// A printed figure differs from the book's, and no explanation is recorded.
        Unexplained = "unexplained",
    }
}

impl CellValue for Risk {
    fn cell(&self) -> Cell {
        self.as_str().cell()
    }
}

rows! {
    /// One risk.
    pub struct RiskRow with RiskColumns {
        /// What it is.
        pub risk: Risk => shown("Risk"),
        /// The project it concerns.
        pub project: Option<ProjectRef> => shown("Project"),
        /// The `published` entry it concerns.
        pub entry: Option<EntryNumber> => shown("Entry"),
        /// How much money it concerns: the allocation, the award, the part of it that would not be
        /// spent, or the difference.
        pub amount: Money => shown("Amount"),
        /// The same in words.
        pub says: String => shown("Details"),
    }
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
            says: "The OPCC has not confirmed the year".to_owned(),
        });
        let projects = forecast.rows.iter();
        let no_spend = projects.clone().filter(|row| row.no_spend);
        let underspend = projects.filter(|row| !row.underspend.is_zero());
        let unexplained = figures.rows.iter().filter(|row| row.is_unexplained());
        unconfirmed
            .into_iter()
            .chain(no_spend.map(RiskRow::no_spend))
            .chain(underspend.map(RiskRow::underspend))
            .chain(unexplained.map(RiskRow::unexplained))
            .collect()
    }

    fn no_spend(row: &ForecastRow) -> RiskRow {
        RiskRow {
            risk: Risk::NoSpend,
            project: Some(row.project.clone()),
            entry: None,
            amount: row.award,
            says: format!("Nothing spent past the half year: {}", row.title),
        }
    }

    fn underspend(row: &ForecastRow) -> RiskRow {
        let (projected, award) = (row.projected, row.award);
        let says = text![
            projected,
            " of ",
            award,
            " projected to be spent: ",
            &row.title
        ];
        RiskRow {
            risk: Risk::Underspend,
            project: Some(row.project.clone()),
            entry: None,
            amount: row.underspend,
            says: says.to_string(),
        }
    }

    fn unexplained(row: &ReconcileRow) -> RiskRow {
        let printed = text![&row.paper, " prints ", row.printed];
        let measure = row.measure.as_str();
        let says = text![printed, " as ", measure, ", the book has ", row.computed];
        RiskRow {
            risk: Risk::Unexplained,
            project: row.project.clone(),
            entry: Some(row.entry),
            amount: row.difference,
            says: says.to_string(),
        }
    }
}
