//! Risks at a quarter's end: what may send money back, or makes a figure doubtful.
//!
//! The words of a risk are part of the report's JSON, and the fingerprints of reports that went out
//! are on record: the words change only with the number of the format.

use crate::document::{Text, declare, displayed, text};
use crate::model::keywords;
use crate::model::{EntryNumber, Money, ProjectRef};
use crate::report::control::reconcile::{ReconcileReport, ReconcileRow};
use crate::report::cycle::forecast::{ForecastReport, ForecastRow};

keywords! {
    /// What needs attention.
    Risk, RiskError, "unconfirmed, no-spend, underspend or unexplained" {
        /// The OPCC has not confirmed the year.
        Unconfirmed = "unconfirmed",
        /// A project has spent nothing although half of its time has passed.
        NoSpend = "no-spend",
        /// A project is not projected to spend its award.
        Underspend = "underspend",
        /// A printed figure differs from the book's, and no explanation is recorded.
        Unexplained = "unexplained",
    }
}

displayed! { Risk }

declare! {
    /// One risk.
    pub row RiskRow {
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
        let unconfirmed = (!forecast.head.confirmed).then(|| RiskRow {
            risk: Risk::Unconfirmed,
            project: None,
            entry: None,
            amount: allocation,
            says: "The OPCC has not confirmed the year".to_owned(),
        });
        let projects = forecast.rows.iter();
        let no_spend = projects.clone().filter(|row| row.no_spend).map(|row| {
            let says = text!["Nothing spent past half of its time: ", &row.title];
            RiskRow::of_project(Risk::NoSpend, row, row.award, &says)
        });
        let underspend = projects.filter(|row| !row.underspend.is_zero()).map(|row| {
            let (projected, award) = (row.projected, row.award);
            let says = text! {
                projected, " of ", award, " projected to be spent: ", &row.title
            };
            RiskRow::of_project(Risk::Underspend, row, row.underspend, &says)
        });
        let unexplained = figures.rows.iter().filter(|row| row.is_unexplained());
        unconfirmed
            .into_iter()
            .chain(no_spend)
            .chain(underspend)
            .chain(unexplained.map(RiskRow::unexplained))
            .collect()
    }

    fn of_project(risk: Risk, row: &ForecastRow, amount: Money, says: &Text) -> RiskRow {
        RiskRow {
            risk,
            project: Some(row.project.clone()),
            entry: None,
            amount,
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
