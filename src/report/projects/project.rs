//! Projects: all those of a year, or one with everything that was recorded about it.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::document::english::unless_confirmed;
use crate::document::{Block, Cell, Report, Table, Text, rows, text};
use crate::fold::{Lens, Project, YearView};
use crate::model::{Date, FinancialYear, Money, Pot, Priorities, ProjectRef, Quantity, Stage};
use crate::report::control::log::LogRow;
use crate::report::projects::measures::MeasureRow;

rows! {
    /// One project.
    pub struct ProjectRow with ProjectColumns {
        /// Its ref.
        pub project: ProjectRef => shown("Project"),
        /// Its title.
        pub title: String => shown("Title"),
        /// Its lead.
        pub lead: String => detail,
        /// Its pot.
        pub pot: Pot => shown("Pot"),
        /// How far it has come.
        pub status: Stage => shown("Status"),
        /// The day it came to that status.
        pub since: Date => detail,
        /// What it asked for.
        pub requested: Money => detail,
        /// Its net award.
        pub award: Money => total("Award"),
        /// What it spent.
        pub spent: Money => total("Spent"),
        /// Award not spent.
        pub underspend: Money => total(""),
        /// The part of the underspend that was returned.
        pub returned: Money => total(""),
        /// Award it still holds.
        pub unspent: Money => total("Unspent"),
        /// The lead's latest projection of spend to 31 March.
        pub forecast: Option<Money> => detail,
        /// The priorities it serves.
        pub priorities: Priorities => detail,
    }
}

rows! {
    /// One thing to know about a project.
    struct Fact with FactColumns {
        /// What it is.
        line: &'static str => shown("Line"),
        /// Words, an amount or a day.
        #[serde(skip)]
        value: Cell => {
            value: String => shown("Value") from Fact::value,
        },
    }
}

/// All projects of a year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ProjectListReport {
    /// The year.
    pub year: FinancialYear,
    /// The day, and the moment of knowledge.
    #[serde(flatten)]
    pub lens: Lens,
    /// Whether the OPCC has confirmed the year.
    pub confirmed: bool,
    /// The projects, by ref.
    pub rows: Vec<ProjectRow>,
}

/// One project, with everything that was recorded about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ProjectReport {
    /// The year.
    pub year: FinancialYear,
    /// The day, and the moment of knowledge.
    #[serde(flatten)]
    pub lens: Lens,
    /// Whether the OPCC has confirmed the year.
    pub confirmed: bool,
    /// The project.
    #[serde(flatten)]
    pub project: ProjectRow,
    /// What was promised, by measure.
    pub targets: BTreeMap<String, Quantity>,
    /// What was achieved to date, by measure.
    pub outcomes: BTreeMap<String, Quantity>,
    /// Its entries that count, in fold order.
    pub entries: Vec<LogRow>,
    #[serde(skip)]
    measures: Vec<MeasureRow>,
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

impl ProjectListReport {
    /// The projects of a year.
    #[must_use]
    pub fn new(view: &YearView) -> ProjectListReport {
        let projects = view.portfolio.projects.iter();
        ProjectListReport {
            year: view.year(),
            lens: view.lens,
            confirmed: view.portfolio.confirmed,
            rows: projects.map(ProjectRow::new).collect(),
        }
    }
}

impl ProjectReport {
    /// One project of a year, or `None` if the year has no such project. The view must hold every
    /// kind of entry.
    #[must_use]
    pub fn new(view: &YearView, project: &ProjectRef) -> Option<ProjectReport> {
        let (reference, found) = view.portfolio.projects.get_key_value(project)?;
        let entries = view.standing.iter();
        let entries = entries.filter(|entry| entry.event.project() == Some(project));
        Some(ProjectReport {
            year: view.year(),
            lens: view.lens,
            confirmed: view.portfolio.confirmed,
            project: ProjectRow::new((reference, found)),
            targets: found.targets.clone(),
            outcomes: found.outcomes.clone(),
            entries: entries.map(LogRow::new).collect(),
            measures: MeasureRow::all(reference, found),
        })
    }

    /// What there is to know about it beside its measures and entries.
    fn facts(&self) -> Vec<Fact> {
        let row = &self.project;
        let priorities: Vec<&str> = row.priorities.codes().collect();
        let fact = |line, value| Fact { line, value };
        vec![
            fact("Title", (&row.title).into()),
            fact("Lead", (&row.lead).into()),
            fact("Pot", row.pot.into()),
            fact("Status", row.status.into()),
            fact("Since", row.since.into()),
            fact("Requested", row.requested.into()),
            fact("Award", row.award.into()),
            fact("Spent", row.spent.into()),
            fact("Underspend", row.underspend.into()),
            fact("Returned", row.returned.into()),
            fact("Forecast", row.forecast.into()),
            fact("Priorities", priorities.join(", ").into()),
        ]
    }
}

impl Fact {
    fn value(&self) -> Cell {
        self.value.clone()
    }
}

impl Report for ProjectListReport {
    fn title(&self) -> Text {
        let confirmed = unless_confirmed(self.confirmed);
        text!["Projects of ", self.year, ", ", self.lens, confirmed]
    }

    fn as_at(&self) -> Option<Date> {
        Some(self.lens.as_at)
    }

    fn data(&self) -> Table {
        Table::of("", &self.rows)
    }

    fn blocks(&self) -> Vec<Block> {
        vec![Block::Table(self.data())]
    }
}

impl Report for ProjectReport {
    fn title(&self) -> Text {
        let (project, confirmed) = (&self.project.project, unless_confirmed(self.confirmed));
        text![
            "Project ", project, " of ", self.year, ", ", self.lens, confirmed
        ]
    }

    fn as_at(&self) -> Option<Date> {
        Some(self.lens.as_at)
    }

    fn data(&self) -> Table {
        Table::of("", &self.facts())
    }

    fn blocks(&self) -> Vec<Block> {
        let columns = MeasureRow::COLUMN;
        let measures = Table::of("Targets and outcomes", &self.measures).only(&[
            columns.measure,
            columns.target,
            columns.outcome,
        ]);
        let measures = (!measures.rows.is_empty()).then_some(measures);
        let entries = Table::of("Entries", &self.entries).headed(LogRow::COLUMN.year, "");
        let tables = [Some(self.data()), measures, Some(entries)];
        tables.into_iter().flatten().map(Block::Table).collect()
    }
}
