//! The forecast: where the year is heading, and what would go back to the OPCC.

use serde::Serialize;

use crate::document::{Field, Report, Table, counted, unless_confirmed};
use crate::fold::{Lens, Portfolio, Project};
use crate::model::{Date, FinancialYear, Money, Pot, ProjectRef, Quarter, Stage};
use crate::report::cycle::projection::{Basis, Projection};

/// A year's awards, what is projected to be spent of them by 31 March, and what would be returned:
/// `allocation = projected + returned + to_return_as_projected`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ForecastReport {
    /// The year.
    pub year: FinancialYear,
    /// The day, and the moment of knowledge.
    #[serde(flatten)]
    pub lens: Lens,
    /// Has the OPCC confirmed the year?
    pub confirmed: bool,
    /// Is it shut?
    pub closed: bool,
    /// Days from then to 31 March; 0 from that day on.
    pub days_left: u32,
    /// All awards.
    pub awards: Money,
    /// What was spent to date, less refunds.
    pub spent: Money,
    /// Spend by 31 March, as projected.
    pub projected: Money,
    /// What of the awards is not projected to be spent.
    pub underspend: Money,
    /// What of that underspend is not returned yet: `to_return_as_projected = uncommitted +
    /// underspend_to_return`.
    pub underspend_to_return: Money,
    /// What is left in both pots.
    pub uncommitted: Money,
    /// What was returned to the OPCC already.
    pub returned: Money,
    /// What would be returned if nothing more were spent.
    pub to_return: Money,
    /// What would be returned if all went as projected.
    pub to_return_as_projected: Money,
    /// What pending proposals ask for: it would come from the uncommitted money.
    pub pipeline: Money,
    /// Has the year ended, and is it not closed?
    #[serde(skip)]
    pub(crate) overdue: bool,
    /// A row a project with an award: those that spent nothing past the half year first, then by
    /// ref.
    pub rows: Vec<ForecastRow>,
}

/// One project with an award.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ForecastRow {
    /// Its ref.
    pub project: ProjectRef,
    /// Its title.
    pub title: String,
    /// Its lead.
    pub lead: String,
    /// Its pot.
    pub pot: Pot,
    /// How far it has come.
    pub status: Stage,
    /// Its net award.
    pub award: Money,
    /// What it spent to date.
    pub spent: Money,
    /// The lead's latest forecast, as given.
    pub forecast: Option<Money>,
    /// Spend by 31 March, as projected.
    pub projected: Money,
    /// What the projection rests on.
    pub basis: Basis,
    /// What of the award is not projected to be spent.
    pub underspend: Money,
    /// Has it spent nothing, past the half year?
    pub no_spend: bool,
    /// Is the forecast below what is already spent?
    pub below_spent: bool,
    /// Is the forecast above what the project may spend?
    pub above_award: bool,
    /// Has the year come to its end with less spent than was forecast?
    pub not_yet_spent: bool,
}

impl ForecastReport {
    /// The forecast of a folded year.
    #[must_use]
    pub fn new(portfolio: &Portfolio, lens: Lens) -> ForecastReport {
        let year = portfolio.year;
        let past_half = lens.as_at > year.quarter_end(Quarter::Q2);
        let awarded = portfolio
            .projects
            .iter()
            .filter(|(_, project)| !project.award.is_zero());
        let row = |(reference, project): (&ProjectRef, &Project)| {
            let projection = Projection::new(project, portfolio, lens.as_at);
            ForecastRow {
                project: reference.clone(),
                title: project.title.clone(),
                lead: project.lead.clone(),
                pot: project.pot,
                status: project.stage,
                award: project.award,
                spent: project.spent,
                forecast: project.forecast,
                projected: projection.spend,
                basis: projection.basis,
                underspend: project.award - projection.spend,
                no_spend: past_half && project.spent.is_zero(),
                below_spent: projection.below_spent,
                above_award: projection.above_award,
                not_yet_spent: projection.not_yet_spent,
            }
        };
        let mut rows: Vec<ForecastRow> = awarded.map(row).collect();
        rows.sort_by_key(|row| !row.no_spend);
        let projected: Money = rows.iter().map(|row| row.projected).sum();
        ForecastReport {
            year,
            lens,
            confirmed: portfolio.confirmed,
            closed: portfolio.closed,
            days_left: lens.as_at.days_until(year.last_day()),
            awards: portfolio.awards(),
            spent: portfolio.spent(),
            projected,
            underspend: portfolio.awards() - projected,
            underspend_to_return: portfolio.awards()
                - projected
                - portfolio
                    .projects
                    .values()
                    .map(|project| project.returned)
                    .sum::<Money>(),
            uncommitted: portfolio.uncommitted(),
            returned: portfolio.returned(),
            to_return: portfolio.to_return(),
            to_return_as_projected: portfolio.to_return() - (projected - portfolio.spent()),
            pipeline: Pot::ALL.iter().map(|pot| portfolio.pipeline(*pot)).sum(),
            overdue: portfolio.is_overdue(lens.as_at),
            rows,
        }
    }

    pub(crate) fn in_all(&self) -> Table {
        let lines = [
            ("Awards", self.awards, "of all projects"),
            ("Spent", self.spent, "to date, less refunds"),
            ("Projected", self.projected, "spend by 31 March"),
            ("Underspend", self.underspend, "awards less projected"),
            ("Uncommitted", self.uncommitted, "still in the pots"),
            ("Returned", self.returned, "paid back already"),
            ("To return now", self.to_return, "if nothing more is spent"),
            (
                "To return then",
                self.to_return_as_projected,
                "if all goes as projected",
            ),
        ];
        Table::of_lines("In all", lines)
    }
}

impl ForecastRow {
    /// What a reader should see at once.
    fn marks(&self) -> String {
        let marks = [
            (self.no_spend, "no spend"),
            (self.basis == Basis::Award, "no forecast"),
            (self.basis == Basis::Spent, "ended"),
            (self.below_spent, "below spent"),
            (self.above_award, "above award"),
            (self.not_yet_spent, "not yet spent"),
        ];
        marks
            .iter()
            .filter(|(is, _)| *is)
            .map(|(_, mark)| *mark)
            .collect::<Vec<_>>()
            .join(", ")
    }

    /// What a forecast that cannot come true, or did not, says, and what counts in its place.
    fn corrected(&self) -> Option<String> {
        let how = match (self.below_spent, self.above_award, self.not_yet_spent) {
            (true, _, _) => "below what is spent",
            (_, true, _) => "above what the award still allows",
            (_, _, true) => "above what is spent at the year end",
            _ => return None,
        };
        let forecast = self.forecast?;
        Some(format!(
            "{}: the lead's forecast of {} is {how}; {} counts.",
            self.project,
            forecast.pounds(),
            self.projected.pounds()
        ))
    }
}

impl Report for ForecastReport {
    fn title(&self) -> String {
        let left = if self.closed {
            "closed".to_owned()
        } else {
            format!("{} left", counted_days(self.days_left))
        };
        format!(
            "Forecast of {} to {}, {}, {left}{}",
            self.year,
            self.year.last_day(),
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
                Field::left("project", "Project"),
                Field::left("title", "Title"),
                Field::left("lead", ""),
                Field::left("pot", ""),
                Field::left("status", ""),
                Field::right("award", "Award"),
                Field::right("spent", "Spent"),
                Field::right("forecast", ""),
                Field::right("projected", "Projected"),
                Field::left("basis", ""),
                Field::right("underspend", "Underspend"),
                Field::left("marks", "Marks"),
            ],
        );
        for row in &self.rows {
            table.rows.push(vec![
                self.year.to_string().into(),
                row.project.as_str().into(),
                row.title.as_str().into(),
                row.lead.as_str().into(),
                row.pot.as_str().into(),
                row.status.as_str().into(),
                row.award.into(),
                row.spent.into(),
                row.forecast.into(),
                row.projected.into(),
                row.basis.as_str().into(),
                row.underspend.into(),
                row.marks().into(),
            ]);
        }
        vec![table, self.in_all()]
    }

    fn notes(&self) -> Vec<String> {
        let of = |is: fn(&ForecastRow) -> bool| {
            self.rows
                .iter()
                .filter(|row| is(row))
                .map(|row| row.project.as_str())
                .collect::<Vec<_>>()
        };
        let listed = |what: &str, projects: Vec<&str>| {
            (!projects.is_empty()).then(|| format!("{what}: {}.", projects.join(", ")))
        };
        let no_spend = listed("Nothing spent past the half year", of(|row| row.no_spend));
        let by_award = listed(
            "No forecast, so the award is projected",
            of(|row| row.basis == Basis::Award),
        );
        let ended = listed(
            "No more spend is projected",
            of(|row| row.basis == Basis::Spent),
        );
        let corrected = self.rows.iter().filter_map(ForecastRow::corrected);
        let pending = (!self.pipeline.is_zero()).then(|| {
            format!(
                "Pending proposals ask {} of the uncommitted money; none of it is projected.",
                self.pipeline.pounds()
            )
        });
        [no_spend, by_award, ended]
            .into_iter()
            .flatten()
            .chain(corrected)
            .chain(pending)
            .collect()
    }
}

/// `1 day`, `31 days`.
fn counted_days(days: u32) -> String {
    counted(usize::try_from(days).unwrap_or(usize::MAX), "day")
}
