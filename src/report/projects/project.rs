//! Projects: all those of a year, or one with everything that was recorded about it.

use std::collections::BTreeMap;

use crate::document::{Block, Cell, Head, Report, Table, columns, declare, text};
use crate::fold::{PotName, PotNames, Project, YearView};
use crate::model::{Date, DetailField, Money, Priorities, ProjectRef, Quantity, Stage};
use crate::report::control::log::LogRow;
use crate::report::filter::{ProjectFilter, in_heading};
use crate::report::head::YearHead;
use crate::report::projects::details;
use crate::report::projects::measures::MeasureRow;

declare! {
    /// All projects of a year.
    pub struct ProjectListReport {
        /// The year.
        #[serde(flatten)]
        pub head: YearHead,
        /// What they were filtered by, in words, as it stands in the heading.
        #[serde(skip)]
        pub(crate) filter: String,
        /// The projects, by ref.
        pub rows: Vec<ProjectRow>,
    }

    /// One project, with everything that was recorded about it.
    pub struct ProjectReport {
        /// The year.
        #[serde(flatten)]
        pub head: YearHead,
        /// The project.
        #[serde(flatten)]
        pub project: ProjectRow,
        /// What was promised, by measure.
        pub targets: BTreeMap<String, Quantity>,
        /// What was achieved to date, by measure.
        pub outcomes: BTreeMap<String, Quantity>,
        /// Facts that a duty of publication asks for.
        pub details: BTreeMap<DetailField, String>,
        /// Its entries that count, in fold order.
        pub entries: Vec<LogRow>,
        #[serde(skip)]
        measures: Vec<MeasureRow>,
    }

    /// One project.
    pub row ProjectRow {
        /// Its ref.
        pub project: ProjectRef => shown("Project"),
        /// Its title.
        pub title: String => shown("Title"),
        /// Its lead.
        pub lead: String => shown("Lead"),
        /// Its pot.
        pub pot: PotName => shown("Pot"),
        /// How far it has come.
        pub status: Stage => shown("Status"),
        /// The day it came to that status.
        pub since: Date => detail,
        /// What it asked for.
        pub requested: Money => shown("Asked"),
        /// Its net award.
        pub award: Money => total("Award"),
        /// What it spent.
        pub spent: Money => total("Spent"),
        /// Award not spent.
        pub underspend: Money => detail_total,
        /// The part of the underspend that was returned.
        pub returned: Money => detail_total,
        /// The part of the underspend that lapsed.
        pub lapsed: Money => detail_total,
        /// Award it still holds.
        pub unspent: Money => total("Unspent"),
        /// The lead's latest projection of spend to 31 March.
        pub forecast: Option<Money> => detail,
        /// The priorities it serves.
        pub priorities: Priorities => detail,
    }

    /// One thing to know about a project.
    row Fact {
        line: &'static str => shown("Line"),
        /// Words, an amount or a day.
        #[serde(skip)]
        value: Cell => { value: String => shown("Value") from |fact| fact.value.clone() },
    }
}

impl ProjectRow {
    pub(crate) fn new(pots: PotNames, (reference, project): (&ProjectRef, &Project)) -> ProjectRow {
        ProjectRow {
            project: reference.clone(),
            title: project.title.clone(),
            lead: project.lead.clone(),
            pot: pots.name(project.pot),
            status: project.stage,
            since: project.since,
            requested: project.requested,
            award: project.award,
            spent: project.spent,
            underspend: project.underspend(),
            returned: project.returned,
            lapsed: project.lapsed,
            unspent: project.unspent(),
            forecast: project.forecast,
            priorities: project.priorities.clone(),
        }
    }
}

impl ProjectListReport {
    /// The projects of a year.
    pub fn new(view: &YearView) -> ProjectListReport {
        ProjectListReport::filtered(view, &ProjectFilter::default())
    }

    /// The projects that a filter shows.
    pub fn filtered(view: &YearView, filter: &ProjectFilter) -> ProjectListReport {
        let projects = view.portfolio.projects.iter();
        let shown = projects.filter(|(_, project)| filter.shows(project));
        ProjectListReport {
            head: YearHead::new(view),
            filter: in_heading(&filter.words(view.pots)),
            rows: shown
                .map(|project| ProjectRow::new(view.pots, project))
                .collect(),
        }
    }
}

impl ProjectReport {
    /// One project of a year, or `None` if the year has no such project. The view must hold every
    /// kind of entry.
    pub fn new(view: &YearView, project: &ProjectRef) -> Option<ProjectReport> {
        let (reference, found) = view.portfolio.projects.get_key_value(project)?;
        let entries = view.standing.iter();
        let entries = entries.filter(|entry| entry.event.project() == Some(project));
        Some(ProjectReport {
            head: YearHead::new(view),
            project: ProjectRow::new(view.pots, (reference, found)),
            targets: found.targets.clone(),
            outcomes: found.outcomes.clone(),
            details: found.details.clone(),
            entries: entries.map(LogRow::new).collect(),
            measures: MeasureRow::all(reference, found),
        })
    }
}

impl Report for ProjectListReport {
    fn head(&self) -> Head {
        let subject = text!["Projects of ", self.head.year];
        self.head.with_title(subject, &self.filter)
    }

    fn data(&self) -> Table {
        Table::of("", &self.rows)
    }
}

impl Report for ProjectReport {
    fn head(&self) -> Head {
        let subject = text!["Project ", &self.project.project, " of ", self.head.year];
        self.head.with_title(subject, "")
    }

    /// What there is to know about it beside its measures and entries.
    fn data(&self) -> Table {
        let row = &self.project;
        let priorities: Vec<&str> = row.priorities.codes().collect();
        let facts = [
            ("Title", (&row.title).into()),
            ("Lead", (&row.lead).into()),
            ("Pot", row.pot.into()),
            ("Status", row.status.into()),
            ("Since", row.since.into()),
            ("Requested", row.requested.into()),
            ("Award", row.award.into()),
            ("Spent", row.spent.into()),
            ("Underspend", row.underspend.into()),
            ("Returned", row.returned.into()),
            ("Forecast", row.forecast.into()),
            ("Priorities", priorities.join(", ").into()),
        ];
        Table::of("", &facts.map(|(line, value)| Fact { line, value }))
    }

    fn blocks(&self) -> Vec<Block> {
        let measures = Table::of("Targets and outcomes", &self.measures)
            .only(&columns![MeasureRow: measure, target, outcome]);
        let entries = Table::of("Entries", &self.entries).hidden(&columns![LogRow: year]);
        let details = details::table(&self.details);
        let tables = [Some(self.data()), details, measures.filled(), Some(entries)];
        tables.into_iter().flatten().map(Block::Table).collect()
    }
}
