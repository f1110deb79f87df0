//! The monitoring return to the OPCC: budget, actual, forecast, variance and its reason, outputs
//! and outcomes.

use std::collections::BTreeSet;
use std::fmt;

use serde::Serialize;

use crate::document::{Cell, Field, Report, Table, overrides, unless_confirmed};
use crate::fold::{Lens, Portfolio, Project};
use crate::model::keywords;
use crate::model::{
    Date, Entry, EntryNumber, FinancialYear, Kind, Money, Pot, ProjectRef, Quantity, Quarter, Stage,
};
use crate::report::cycle::projection::Projection;

keywords! {
    /// Which of a year's returns to the funder.
    Period, PeriodError, "mid-year or year-end" {
        /// April to September.
        MidYear = "mid-year",
        /// The whole year.
        YearEnd = "year-end",
    }
}

impl Period {
    /// The day a return speaks of: 30 September; at the year end 31 March, or today where that is
    /// later.
    #[must_use]
    pub fn as_at(self, year: FinancialYear, today: Date) -> Date {
        match self {
            Period::MidYear => year.quarter_end(Quarter::Q2),
            Period::YearEnd => year.last_day().max(today),
        }
    }
}

/// A year's monitoring return. Budgets add up to the allocation; of each line, `variance = budget −
/// forecast`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MonitoringReport {
    /// The year.
    pub year: FinancialYear,
    /// Mid-year or year-end.
    pub period: Period,
    /// The day, and the moment of knowledge.
    #[serde(flatten)]
    pub lens: Lens,
    /// Has the OPCC confirmed the year?
    pub confirmed: bool,
    /// The entries that set a process rule aside.
    pub overrides: BTreeSet<EntryNumber>,
    /// A line a project that was ever approved or has an award, then a line a pot.
    pub rows: Vec<MonitoringRow>,
}

/// One line: a project, or a pot's uncommitted money.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MonitoringRow {
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
    /// How far the project has come.
    pub status: Option<Stage>,
    /// The net award; of a pot, what was never committed.
    pub budget: Money,
    /// Spent to date.
    pub actual: Money,
    /// Spend by 31 March, as projected.
    pub forecast: Money,
    /// Budget less forecast.
    pub variance: Money,
    /// Why the forecast is not the budget, in the words of whoever recorded it; empty where it is,
    /// or nobody said.
    pub reason: Option<String>,
    /// What has been done.
    pub outputs: Option<String>,
    /// What was promised and achieved.
    pub outcomes: Vec<Outcome>,
}

/// What a project promised and achieved, by one measure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Outcome {
    /// What is counted.
    pub measure: String,
    /// What was promised.
    pub target: Option<Quantity>,
    /// What was achieved to date.
    pub achieved: Option<Quantity>,
}

impl MonitoringReport {
    /// The return of a folded year; `standing` are the entries it was folded from.
    #[must_use]
    pub fn new(
        portfolio: &Portfolio,
        standing: &[Entry],
        period: Period,
        lens: Lens,
    ) -> MonitoringReport {
        // An override can increase an award that was never approved.
        let funded = portfolio
            .projects
            .iter()
            .filter(|(_, project)| project.approved || !project.award.is_zero());
        let projects = funded.map(|(reference, project)| {
            MonitoringRow::of_project(reference, project, portfolio, standing, lens)
        });
        let rows = projects
            .chain(
                Pot::ALL
                    .iter()
                    .map(|pot| MonitoringRow::of_pot(*pot, portfolio)),
            )
            .collect();
        let (confirmed, overrides) = (portfolio.confirmed, portfolio.overrides.clone());
        MonitoringReport {
            year: portfolio.year,
            period,
            lens,
            confirmed,
            overrides,
            rows,
        }
    }

    /// The projects that will not spend their award, of which nobody said why.
    pub fn unexplained(&self) -> impl Iterator<Item = &ProjectRef> {
        self.rows
            .iter()
            .filter(|row| !row.variance.is_zero() && row.reason.is_none())
            .filter_map(|row| row.project.as_ref())
    }

    fn total(&self, amount: fn(&MonitoringRow) -> Money) -> Money {
        self.rows.iter().map(amount).sum()
    }
}

impl MonitoringRow {
    fn of_project(
        reference: &ProjectRef,
        project: &Project,
        portfolio: &Portfolio,
        standing: &[Entry],
        lens: Lens,
    ) -> MonitoringRow {
        let own: Vec<&Entry> = standing
            .iter()
            .filter(|entry| entry.event.project() == Some(reference))
            .collect();
        let forecast = Projection::new(project, portfolio, lens.as_at).spend;
        let variance = project.award - forecast;
        MonitoringRow {
            line: "project",
            project: Some(reference.clone()),
            title: Some(project.title.clone()),
            lead: Some(project.lead.clone()),
            pot: project.pot,
            status: Some(project.stage),
            budget: project.award,
            actual: project.spent,
            forecast,
            variance,
            reason: if variance.is_zero() {
                None
            } else {
                reason(&own)
            },
            outputs: note_of_latest(&own, &[Kind::Progress]),
            outcomes: outcomes(project),
        }
    }

    fn of_pot(pot: Pot, portfolio: &Portfolio) -> MonitoringRow {
        let position = portfolio.pot(pot);
        let budget = position.remaining() + position.returned;
        MonitoringRow {
            line: "uncommitted",
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

    fn outcomes_in_words(&self) -> String {
        self.outcomes
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join("; ")
    }
}

/// Why a project will not spend its award: what its lead said with the latest forecast, else what
/// was said of its end.
fn reason(own: &[&Entry]) -> Option<String> {
    note_of_latest(own, &[Kind::Forecast]).or_else(|| {
        let ends: Vec<&Entry> = own
            .iter()
            .copied()
            .filter(|entry| entry.note.is_some())
            .collect();
        note_of_latest(&ends, &[Kind::Complete, Kind::Reduce, Kind::Withdraw])
    })
}

/// The note of the latest entry of some kinds, where it has one.
fn note_of_latest(own: &[&Entry], kinds: &[Kind]) -> Option<String> {
    own.iter()
        .rfind(|entry| kinds.contains(&entry.event.kind()))?
        .note
        .clone()
}

/// What a project promised and achieved, by measure.
pub(crate) fn outcomes(project: &Project) -> Vec<Outcome> {
    let measures: BTreeSet<&String> = project
        .targets
        .keys()
        .chain(project.outcomes.keys())
        .collect();
    let of = |measure: &String| Outcome {
        measure: measure.clone(),
        target: project.targets.get(measure).copied(),
        achieved: project.outcomes.get(measure).copied(),
    };
    measures.into_iter().map(of).collect()
}

impl fmt::Display for Outcome {
    /// `schools registering: 23 of 39`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.achieved, &self.target) {
            (Some(achieved), Some(target)) => write!(f, "{}: {achieved} of {target}", self.measure),
            (Some(achieved), None) => write!(f, "{}: {achieved}", self.measure),
            (None, Some(target)) => write!(f, "{}: none yet of {target}", self.measure),
            (None, None) => f.write_str(&self.measure),
        }
    }
}

impl Report for MonitoringReport {
    fn title(&self) -> String {
        format!(
            "Monitoring return of {}, {}, {}{}",
            self.year,
            self.period,
            self.lens,
            unless_confirmed(self.confirmed)
        )
    }

    fn as_at(&self) -> Option<Date> {
        Some(self.lens.as_at)
    }

    fn tables(&self) -> Vec<Table> {
        vec![self.money(), self.words()]
    }

    fn notes(&self) -> Vec<String> {
        let sums = format!(
            "Budget {} = forecast {} + variance {}; actual to date {}.",
            self.total(|row| row.budget).pounds(),
            self.total(|row| row.forecast).pounds(),
            self.total(|row| row.variance).pounds(),
            self.total(|row| row.actual).pounds(),
        );
        let unexplained: Vec<&str> = self.unexplained().map(ProjectRef::as_str).collect();
        let without = (!unexplained.is_empty())
            .then(|| format!("Variance without a reason: {}.", unexplained.join(", ")));
        [Some(sums), without, overrides(&self.overrides)]
            .into_iter()
            .flatten()
            .collect()
    }
}

impl MonitoringReport {
    /// All of a line; for people, its money.
    fn money(&self) -> Table {
        let mut table = Table::new(
            "",
            &[
                Field::left("year", ""),
                Field::left("period", ""),
                Field::left("line", ""),
                Field::left("project", "Project"),
                Field::left("title", "Title"),
                Field::left("lead", ""),
                Field::left("pot", "Pot"),
                Field::left("status", ""),
                Field::right("budget", "Budget"),
                Field::right("actual", "Actual"),
                Field::right("forecast", "Forecast"),
                Field::right("variance", "Variance"),
                Field::left("reason", ""),
                Field::left("outputs", ""),
                Field::left("outcomes", ""),
            ],
        );
        for row in &self.rows {
            table.rows.push(vec![
                self.year.to_string().into(),
                self.period.as_str().into(),
                row.line.into(),
                row.project.as_ref().map(ProjectRef::as_str).into(),
                row.title
                    .as_deref()
                    .map_or(Cell::Aside("Uncommitted"), Cell::from),
                row.lead.as_deref().into(),
                row.pot.as_str().into(),
                row.status.map(Stage::as_str).into(),
                row.budget.into(),
                row.actual.into(),
                row.forecast.into(),
                row.variance.into(),
                row.reason.as_deref().into(),
                row.outputs.as_deref().into(),
                row.outcomes_in_words().into(),
            ]);
        }
        table
    }

    /// For people, what is said of each line.
    fn words(&self) -> Table {
        let mut table = Table::new(
            "Reasons, outputs and outcomes",
            &[
                Field::left("project", "Project"),
                Field::left("reason", "Reason for the variance"),
                Field::left("outputs", "Outputs"),
                Field::left("outcomes", "Outcomes"),
            ],
        );
        for row in &self.rows {
            let said = [
                row.reason.clone().unwrap_or_default(),
                row.outputs.clone().unwrap_or_default(),
                row.outcomes_in_words(),
            ];
            if said.iter().any(|text| !text.is_empty()) {
                let of = row
                    .project
                    .as_ref()
                    .map_or_else(|| format!("{} pot", row.pot), ToString::to_string);
                table
                    .rows
                    .push([of].into_iter().chain(said).map(Cell::from).collect());
            }
        }
        table
    }
}
