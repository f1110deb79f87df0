//! The monitoring return to the OPCC: budget, actual, forecast, variance and its reason, outputs
//! and outcomes.

use std::collections::BTreeSet;

use crate::document::english::{labelled, overrides};
use crate::document::{
    Block, Head, Report, Table, Text, declare, displayed, tables_and_notes, text,
};
use crate::fold::{Lens, PotName, PotNames, YearView};
use crate::model::keywords;
use crate::model::{Date, EntryNumber, FinancialYear, Money, ProjectRef, Quarter, Stage};
use crate::report::accrued::{self, still_to_come};
use crate::report::cycle::cover::{Cover, Return};
use crate::report::cycle::outcome::Outcome;
use crate::report::cycle::projection::Projection;
use crate::report::cycle::words::WordsRow;
use crate::report::cycle::year_end::{YearEndReport, YearEndRow, title_or_uncommitted};
use crate::report::head::YearHead;
use crate::report::money::cash::CashAccount;

keywords! {
    /// Which of a year's returns to the funder.
    Period, PeriodError, "mid-year or year-end" {
        /// April to September.
        MidYear = "mid-year",
        /// The whole year.
        YearEnd = "year-end",
    }
}

displayed! { Period }

impl Period {
    /// The last day that the return is about.
    pub fn end(self, year: FinancialYear) -> Date {
        match self {
            Period::MidYear => year.quarter_end(Quarter::Q2),
            Period::YearEnd => year.last_day(),
        }
    }

    /// The day of a return: 30 September; at the year end 31 March, or today if that is later.
    pub fn as_at(self, year: FinancialYear, today: Date) -> Date {
        match self {
            Period::MidYear => self.end(year),
            Period::YearEnd => self.end(year).max(today),
        }
    }
}

declare! {
    /// A year's monitoring return. Budgets add up to the allocation; in each line, `variance =
    /// budget − forecast`.
    pub struct MonitoringReport {
        /// The year.
        pub year: FinancialYear,
        /// Mid-year or year-end.
        pub period: Period,
        /// Whose return it is.
        #[serde(flatten)]
        pub cover: Cover,
        /// The cash, and what the spend includes.
        pub cash: CashAccount,
        /// The day, and the moment of knowledge.
        #[serde(flatten)]
        pub lens: Lens,
        /// Whether the OPCC has confirmed the year.
        pub confirmed: bool,
        /// The entries that set a process rule aside.
        pub overrides: BTreeSet<EntryNumber>,
        /// One row per project that was ever approved or has an award, then one per pot.
        pub rows: Vec<MonitoringRow>,
    }

    /// One line: a project, or a pot's uncommitted money.
    pub row MonitoringRow {
        /// `project` or `uncommitted`.
        pub line: &'static str => detail("Type"),
        /// The project's ref.
        pub project: Option<ProjectRef> => shown("Project"),
        /// Its title.
        pub title: Option<String> => shown("Title") from |row| title_or_uncommitted(&row.title),
        /// Its lead.
        pub lead: Option<String> => detail,
        /// The pot.
        pub pot: PotName => shown("Pot"),
        /// How far the project has come.
        pub status: Option<Stage> => detail,
        /// The net award; for a pot, what was never committed.
        pub budget: Money => total("Budget"),
        /// Spent to date.
        pub actual: Money => total("Actual"),
        /// Spend by 31 March, as projected.
        pub forecast: Money => total("Forecast"),
        /// Budget less forecast.
        pub variance: Money => total("Variance"),
        /// Why the forecast differs from the budget, in the words of whoever recorded it; none if
        /// it does not differ or no reason is recorded.
        pub reason: Option<String> => detail,
        /// What has been done.
        pub outputs: Option<String> => detail,
        /// What was promised and achieved.
        pub outcomes: Vec<Outcome> => detail,
        /// What is paid: the actual, less what is accrued.
        pub paid: Money => total("Paid"),
        /// The part of the actual whose invoices are to come.
        pub accrued: Money => total("Accrued"),
    }
}

impl MonitoringReport {
    /// The return of a year, whose view holds at least the entries with notes on its projects.
    pub fn new(view: &YearView, period: Period) -> MonitoringReport {
        let portfolio = &view.portfolio;
        let lines = YearEndReport::new(view).rows.into_iter();
        MonitoringReport {
            year: portfolio.year,
            period,
            cover: Cover::new(view, portfolio.year.first_day(), period.end(portfolio.year)),
            cash: CashAccount::new(portfolio),
            lens: view.lens,
            confirmed: portfolio.confirmed,
            overrides: portfolio.overrides.clone(),
            rows: lines
                .filter_map(|line| MonitoringRow::new(line, view))
                .collect(),
        }
    }

    /// The projects that will not spend their award and have no reason on record.
    pub fn unexplained(&self) -> impl Iterator<Item = &ProjectRef> {
        self.rows
            .iter()
            .filter(|row| !row.variance.is_zero() && row.reason.is_none())
            .filter_map(|row| row.project.as_ref())
    }

    fn total(&self, amount: fn(&MonitoringRow) -> Money) -> Money {
        self.rows.iter().map(amount).sum()
    }

    fn table<'a>(&self, rows: impl IntoIterator<Item = &'a MonitoringRow>) -> Table {
        let table = Table::of("", rows);
        table.led_by("period", &self.period).of_year(self.year)
    }

    /// Says that nothing is recorded of what was done.
    fn without_work(&self) -> Option<Text> {
        let mut rows = self.rows.iter();
        let is_empty = rows.all(|row| row.outputs.is_none() && row.outcomes.is_empty());
        is_empty.then(|| "No outputs or outcomes are recorded.".into())
    }

    /// What is recorded about each line in words.
    fn words(&self) -> Table {
        WordsRow::table(self.rows.iter().map(|row| WordsRow {
            project: row.project.clone(),
            pot: row.pot,
            reason: row.reason.clone(),
            outputs: row.outputs.clone(),
            outcomes: row.outcomes.clone(),
            varies: !row.variance.is_zero(),
        }))
    }
}

impl MonitoringRow {
    /// A line of the year end, if it is a pot's, or a project's that was ever funded. An override
    /// can increase an award that was never approved.
    fn new(line: YearEndRow, view: &YearView) -> Option<MonitoringRow> {
        let mut row = MonitoringRow {
            line: line.line,
            project: line.project,
            title: line.title,
            lead: line.lead,
            pot: line.pot,
            status: line.status,
            budget: line.approved,
            actual: line.spent,
            forecast: Money::ZERO,
            variance: line.approved,
            reason: line.reason,
            outputs: line.outputs,
            outcomes: line.outcomes,
            paid: line.paid,
            accrued: line.accrued,
        };
        if let Some(reference) = &row.project {
            let project = view.portfolio.projects.get(reference)?;
            if project.approved_on.is_none() && project.award.is_zero() {
                return None;
            }
            row.forecast = Projection::new(project, view).spend;
            row.variance = project.award - row.forecast;
        }
        row.reason = row.reason.filter(|_| !row.variance.is_zero());
        Some(row)
    }
}

impl Report for MonitoringReport {
    fn may_be_issued(&self) -> bool {
        true
    }

    fn head(&self) -> Head {
        let head = YearHead {
            year: self.year,
            lens: self.lens,
            confirmed: self.confirmed,
            pots: PotNames::default(),
        };
        let period = self.period.as_str();
        head.with_title(text!["Monitoring return for ", self.year, ", ", period], "")
    }

    fn data(&self) -> Table {
        self.table(&self.rows)
    }

    fn blocks(&self) -> Vec<Block> {
        let sums = text! {
            "Budget ", self.total(|row| row.budget), " = forecast ",
            self.total(|row| row.forecast), " + variance ", self.total(|row| row.variance),
            "; actual to date ", self.total(|row| row.actual), "."
        };
        let unexplained = labelled("Variance without a reason", self.unexplained());
        let accrued = still_to_come(self.total(|row| row.accrued));
        let notes = [
            Some(sums),
            accrued,
            unexplained,
            self.without_work(),
            overrides(&self.overrides),
        ];
        let notes = notes.into_iter().flatten().chain(self.cash.notes());
        let shown = self.rows.iter().filter(|row| row.pot.is_shown());
        let columns = MonitoringRow::COLUMN;
        let table = self.table(shown).totalled();
        let table = accrued::split(table, columns.actual, [columns.paid, columns.accrued]);
        let tables = [table].into_iter().chain(self.words().filled());
        tables_and_notes(tables.chain([self.cash.table()]), notes)
    }
}

impl Return for MonitoringReport {
    fn cover(&self) -> &Cover {
        &self.cover
    }
}
