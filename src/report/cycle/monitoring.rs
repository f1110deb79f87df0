//! The monitoring return to the OPCC: budget, actual, forecast, variance and its reason, outputs
//! and outcomes.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Serialize;

use crate::document::english::{overrides, unless_confirmed};
use crate::document::{Block, Cell, CellValue, Report, Table, Text, rows, text};
use crate::fold::{Lens, Project, YearView};
use crate::model::keywords;
use crate::model::{
    Date, Entry, EntryNumber, FinancialYear, Kind, Money, Pot, ProjectRef, Quarter, Stage,
};
use crate::report::cycle::outcome::Outcome;
use crate::report::cycle::projection::Projection;
use crate::report::cycle::year_end::{PROJECT, UNCOMMITTED, title_or_uncommitted};

keywords! {
    /// Which of a year's returns to the funder.
    Period, PeriodError, "mid-year or year-end" {
        /// April to September.
        MidYear = "mid-year",
        /// The whole year.
        YearEnd = "year-end",
    }
}

impl CellValue for Period {
    fn cell(&self) -> Cell {
        self.as_str().cell()
    }
}

impl Period {
    /// The day of a return: 30 September; at the year end 31 March, or today if that is later.
    #[must_use]
    pub fn as_at(self, year: FinancialYear, today: Date) -> Date {
        match self {
            Period::MidYear => year.quarter_end(Quarter::Q2),
            Period::YearEnd => year.last_day().max(today),
        }
    }
}

/// A year's monitoring return. Budgets add up to the allocation; in each line, `variance = budget −
/// forecast`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct MonitoringReport {
    /// The year.
    pub year: FinancialYear,
    /// Mid-year or year-end.
    pub period: Period,
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

rows! {
    /// One line: a project, or a pot's uncommitted money.
    pub struct MonitoringRow with MonitoringColumns {
        /// The year.
        #[serde(skip)]
        pub(crate) year: FinancialYear => detail,
        /// Mid-year or year-end.
        #[serde(skip)]
        pub(crate) period: Period => detail,
        /// `project` or `uncommitted`.
        pub line: &'static str => detail,
        /// The project's ref.
        pub project: Option<ProjectRef> => shown("Project"),
        /// Its title.
        pub title: Option<String> => shown("Title") from MonitoringRow::title_cell,
        /// Its lead.
        pub lead: Option<String> => detail,
        /// The pot.
        pub pot: Pot => shown("Pot"),
        /// How far the project has come.
        pub status: Option<Stage> => detail,
        /// The net award; for a pot, what was never committed.
        pub budget: Money => shown("Budget"),
        /// Spent to date.
        pub actual: Money => shown("Actual"),
        /// Spend by 31 March, as projected.
        pub forecast: Money => shown("Forecast"),
        /// Budget less forecast.
        pub variance: Money => shown("Variance"),
        /// Why the forecast differs from the budget, in the words of whoever recorded it; none if
        /// it does not differ or no reason is recorded.
        pub reason: Option<String> => detail,
        /// What has been done.
        pub outputs: Option<String> => detail,
        /// What was promised and achieved.
        pub outcomes: Vec<Outcome> => detail,
    }
}

impl MonitoringReport {
    /// The return of a year, whose view holds at least the entries with notes on its projects.
    #[must_use]
    pub fn new(view: &YearView, period: Period) -> MonitoringReport {
        let portfolio = &view.portfolio;
        // An override can increase an award that was never approved.
        let funded = portfolio
            .projects
            .iter()
            .filter(|(_, project)| project.approved || !project.award.is_zero());
        let projects =
            funded.map(|(reference, project)| MonitoringRow::new(reference, project, view, period));
        let pots = Pot::ALL
            .iter()
            .map(|pot| MonitoringRow::uncommitted(*pot, view, period));
        MonitoringReport {
            year: portfolio.year,
            period,
            lens: view.lens,
            confirmed: portfolio.confirmed,
            overrides: portfolio.overrides.clone(),
            rows: projects.chain(pots).collect(),
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

    /// What is recorded about each line in words.
    fn words(&self) -> Table {
        let rows = self.rows.iter().filter(|row| row.has_words());
        let columns = MonitoringRow::COLUMN;
        Table::of("Reasons, outputs and outcomes", rows)
            .only(&[
                columns.project,
                columns.pot,
                columns.reason,
                columns.outputs,
                columns.outcomes,
            ])
            .headed(columns.reason, "Reason for the variance")
            .headed(columns.outputs, "Outputs")
            .headed(columns.outcomes, "Outcomes")
    }
}

impl MonitoringRow {
    fn new(
        reference: &ProjectRef,
        project: &Project,
        view: &YearView,
        period: Period,
    ) -> MonitoringRow {
        let entries = view.standing.iter();
        let entries: Vec<&Entry> = entries
            .filter(|entry| entry.event.project() == Some(reference))
            .collect();
        let forecast = Projection::new(project, view).spend;
        let variance = project.award - forecast;
        MonitoringRow {
            year: view.year(),
            period,
            line: PROJECT,
            project: Some(reference.clone()),
            title: Some(project.title.clone()),
            lead: Some(project.lead.clone()),
            pot: project.pot,
            status: Some(project.stage),
            budget: project.award,
            actual: project.spent,
            forecast,
            variance,
            reason: reason(&entries).filter(|_| !variance.is_zero()),
            outputs: note_of_latest(&entries, &[Kind::Progress]),
            outcomes: Outcome::all(project),
        }
    }

    fn uncommitted(pot: Pot, view: &YearView, period: Period) -> MonitoringRow {
        let position = view.portfolio.pot(pot);
        let budget = position.remaining() + position.returned;
        MonitoringRow {
            year: view.year(),
            period,
            line: UNCOMMITTED,
            project: None,
            title: None,
            lead: None,
            pot,
            status: None,
            budget,
            actual: Money::ZERO,
            forecast: Money::ZERO,
            variance: budget,
            reason: (!budget.is_zero()).then(|| "Not awarded to a project".to_owned()),
            outputs: None,
            outcomes: Vec::new(),
        }
    }

    fn title_cell(&self) -> Cell {
        title_or_uncommitted(self.title.as_deref())
    }

    fn has_words(&self) -> bool {
        self.reason.is_some() || self.outputs.is_some() || !self.outcomes.is_empty()
    }
}

/// Why a project will not spend its award: the note of its latest forecast, else of its end.
fn reason(entries: &[&Entry]) -> Option<String> {
    note_of_latest(entries, &[Kind::Forecast]).or_else(|| {
        let noted = entries.iter().copied();
        let noted: Vec<&Entry> = noted.filter(|entry| entry.note.is_some()).collect();
        note_of_latest(&noted, &[Kind::Complete, Kind::Reduce, Kind::Withdraw])
    })
}

/// The note of the latest entry of some kinds, if it has one.
fn note_of_latest(entries: &[&Entry], kinds: &[Kind]) -> Option<String> {
    entries
        .iter()
        .rfind(|entry| kinds.contains(&entry.event.kind()))?
        .note
        .clone()
}

impl Report for MonitoringReport {
    fn title(&self) -> Text {
        let period = self.period.as_str();
        let confirmed = unless_confirmed(self.confirmed);
        text![
            "Monitoring return for ",
            self.year,
            ", ",
            period,
            ", ",
            self.lens,
            confirmed
        ]
    }

    fn as_at(&self) -> Option<Date> {
        Some(self.lens.as_at)
    }

    fn data(&self) -> Table {
        Table::of("", &self.rows)
    }

    fn blocks(&self) -> Vec<Block> {
        let sums = text![
            "Budget ",
            self.total(|row| row.budget),
            " = forecast ",
            self.total(|row| row.forecast),
            " + variance ",
            self.total(|row| row.variance),
            "; actual to date ",
            self.total(|row| row.actual),
            "."
        ];
        let unexplained = Text::join(self.unexplained().map(|project| text![project]), ", ");
        let unexplained = (!unexplained.is_empty())
            .then(|| text!["Variance without a reason: ", unexplained, "."]);
        let points = [Some(sums), unexplained, overrides(&self.overrides)];
        vec![
            Block::Table(self.data()),
            Block::Table(self.words()),
            Block::Points(points.into_iter().flatten().collect()),
        ]
    }
}
