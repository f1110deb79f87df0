//! Projects: all of a year, or one with all that was recorded of it.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::document::{Cell, Field, Report, Table, unless_confirmed};
use crate::fold::{Lens, Portfolio, Project};
use crate::model::{
    Date, Entry, FinancialYear, Money, Pot, Priorities, ProjectRef, Quantity, Stage,
};
use crate::report::control::log::LogRow;

/// One project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProjectRow {
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
    /// Since when.
    pub since: Date,
    /// What it asked for.
    pub requested: Money,
    /// Its net award.
    pub award: Money,
    /// What it spent.
    pub spent: Money,
    /// Award not spent.
    pub underspend: Money,
    /// What of that was returned.
    pub returned: Money,
    /// Award it still holds.
    pub unspent: Money,
    /// The lead's latest projection of spend to 31 March.
    pub forecast: Option<Money>,
    /// The priorities it serves.
    pub priorities: Priorities,
}

impl ProjectRow {
    pub(crate) fn new((reference, project): (&ProjectRef, &Project)) -> ProjectRow {
        ProjectRow {
            project: reference.clone(),
            title: project.title.clone(),
            lead: project.lead.clone(),
            pot: project.pot,
            status: project.stage,
            since: project.since,
            requested: project.requested,
            award: project.award,
            spent: project.spent,
            underspend: project.underspend(),
            returned: project.returned,
            unspent: project.unspent(),
            forecast: project.forecast,
            priorities: project.priorities.clone(),
        }
    }
}

/// All projects of a year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProjectListReport {
    /// The year.
    pub year: FinancialYear,
    /// The day, and the moment of knowledge.
    #[serde(flatten)]
    pub lens: Lens,
    /// Has the OPCC confirmed the year?
    pub confirmed: bool,
    /// The projects, by ref.
    pub rows: Vec<ProjectRow>,
}

impl ProjectListReport {
    /// The projects of a folded year.
    #[must_use]
    pub fn new(portfolio: &Portfolio, lens: Lens) -> ProjectListReport {
        let rows = portfolio.projects.iter().map(ProjectRow::new).collect();
        ProjectListReport {
            year: portfolio.year,
            lens,
            confirmed: portfolio.confirmed,
            rows,
        }
    }
}

impl Report for ProjectListReport {
    fn title(&self) -> String {
        format!(
            "Projects of {}, {}{}",
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
                Field::left("project", "Project"),
                Field::left("title", "Title"),
                Field::left("lead", ""),
                Field::left("pot", "Pot"),
                Field::left("status", "Status"),
                Field::left("since", ""),
                Field::right("requested", ""),
                Field::sum("award", "Award"),
                Field::sum("spent", "Spent"),
                Field::sum("underspend", ""),
                Field::sum("returned", ""),
                Field::sum("unspent", "Unspent"),
                Field::right("forecast", ""),
                Field::left("priorities", ""),
            ],
        );
        for row in &self.rows {
            table.rows.push(vec![
                row.project.as_str().into(),
                row.title.as_str().into(),
                row.lead.as_str().into(),
                row.pot.as_str().into(),
                row.status.as_str().into(),
                row.since.into(),
                row.requested.into(),
                row.award.into(),
                row.spent.into(),
                row.underspend.into(),
                row.returned.into(),
                row.unspent.into(),
                row.forecast.into(),
                row.priorities.to_string().into(),
            ]);
        }
        vec![table]
    }
}

/// One project, with all that was recorded of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProjectReport {
    /// The year.
    pub year: FinancialYear,
    /// The day, and the moment of knowledge.
    #[serde(flatten)]
    pub lens: Lens,
    /// Has the OPCC confirmed the year?
    pub confirmed: bool,
    /// The project.
    #[serde(flatten)]
    pub project: ProjectRow,
    /// What was promised, by measure.
    pub targets: BTreeMap<String, Quantity>,
    /// What was achieved to date, by measure.
    pub outcomes: BTreeMap<String, Quantity>,
    /// Its entries that stand, in fold order.
    pub entries: Vec<LogRow>,
}

impl ProjectReport {
    /// One project of a folded year, or `None` where the year has no such project.
    #[must_use]
    pub fn new(
        portfolio: &Portfolio,
        project: &ProjectRef,
        standing: &[Entry],
        lens: Lens,
    ) -> Option<ProjectReport> {
        let (reference, found) = portfolio.projects.get_key_value(project)?;
        let entries = standing
            .iter()
            .filter(|entry| entry.event.project() == Some(project))
            .map(LogRow::new)
            .collect();
        Some(ProjectReport {
            year: portfolio.year,
            lens,
            confirmed: portfolio.confirmed,
            project: ProjectRow::new((reference, found)),
            targets: found.targets.clone(),
            outcomes: found.outcomes.clone(),
            entries,
        })
    }
}

impl Report for ProjectReport {
    fn title(&self) -> String {
        format!(
            "Project {} of {}, {}{}",
            self.project.project,
            self.year,
            self.lens,
            unless_confirmed(self.confirmed)
        )
    }

    fn as_at(&self) -> Option<Date> {
        Some(self.lens.as_at)
    }

    fn tables(&self) -> Vec<Table> {
        let row = &self.project;
        let mut facts = Table::new(
            "",
            &[Field::left("line", "Line"), Field::left("value", "Value")],
        );
        let status = format!("{} since {}", row.status, row.since);
        let rows: [(&str, Cell); 11] = [
            ("Title", row.title.as_str().into()),
            ("Lead", row.lead.as_str().into()),
            ("Pot", row.pot.as_str().into()),
            ("Status", status.into()),
            ("Requested", row.requested.into()),
            ("Award", row.award.into()),
            ("Spent", row.spent.into()),
            ("Underspend", row.underspend.into()),
            ("Returned", row.returned.into()),
            ("Forecast", row.forecast.into()),
            (
                "Priorities",
                row.priorities.codes().collect::<Vec<_>>().join(", ").into(),
            ),
        ];
        facts.rows = rows
            .into_iter()
            .map(|(line, value)| vec![line.into(), value])
            .collect();
        let mut measures = Table::new(
            "Targets and outcomes",
            &[
                Field::left("measure", "Measure"),
                Field::right("target", "Target"),
                Field::right("outcome", "Outcome"),
            ],
        );
        let names: std::collections::BTreeSet<&String> =
            self.targets.keys().chain(self.outcomes.keys()).collect();
        for name in names {
            let value = |of: &BTreeMap<String, Quantity>| {
                of.get(name)
                    .map_or(Cell::Empty, |value| value.to_string().into())
            };
            measures.rows.push(vec![
                name.as_str().into(),
                value(&self.targets),
                value(&self.outcomes),
            ]);
        }
        let mut entries = crate::report::control::log::table("Entries", false);
        entries.rows = self.entries.iter().map(LogRow::cells).collect();
        let mut tables = vec![facts];
        tables.extend((!measures.rows.is_empty()).then_some(measures));
        tables.push(entries);
        tables
    }
}
