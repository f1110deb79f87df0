//! Priorities: awards and spend by what they serve, and what came of them.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::document::{Block, Cell, Field, Report, Table, counted, unless_confirmed};
use crate::fold::{Lens, Portfolio, Project};
use crate::model::{
    Date, Entry, EntryNumber, Event, FinancialYear, Money, Priority, ProjectRef, Quantity,
};
use crate::report::projects::priority_gaps::{Gap, in_force, schemes};

/// A year's awards and spend by the priorities of the schemes in force in it, and what came of
/// them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PrioritiesReport {
    /// The year.
    pub year: FinancialYear,
    /// The day, and the moment of knowledge.
    #[serde(flatten)]
    pub lens: Lens,
    /// Has the OPCC confirmed the year?
    pub confirmed: bool,
    /// All projects with an award or spend, each once.
    pub total: Share,
    /// The schemes in force, by name.
    pub schemes: Vec<SchemeShares>,
    /// Projects that name none of a scheme, or what is no priority of the year, whatever became of
    /// them.
    pub gaps: Vec<Gap>,
    /// What was promised and achieved, a row a project and measure.
    pub measures: Vec<MeasureRow>,
    /// What was said with the priorities that projects name.
    pub said: Vec<PriorityNote>,
}

/// Some projects with an award or spend, and their sums.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Share {
    /// The projects.
    pub projects: Vec<ProjectRef>,
    /// Their net awards.
    pub award: Money,
    /// What they spent.
    pub spent: Money,
}

/// One scheme. A project that names several of its priorities counts in each, so that rows may not
/// add up; but `once + none` is the total of the year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SchemeShares {
    /// The scheme.
    pub scheme: String,
    /// A row a priority, by code.
    pub rows: Vec<PriorityShare>,
    /// The projects that name any of them, each once.
    pub once: Share,
    /// The projects that name none.
    pub none: Share,
    /// The projects that name more than one.
    pub overlap: Vec<ProjectRef>,
}

/// One priority.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PriorityShare {
    /// Its code.
    pub code: String,
    /// What it is called.
    pub name: String,
    /// The projects that name it.
    #[serde(flatten)]
    pub share: Share,
}

/// What a project promised and achieved by one measure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MeasureRow {
    /// The project.
    pub project: ProjectRef,
    /// Its title.
    pub title: String,
    /// What is counted.
    pub measure: String,
    /// What was promised.
    pub target: Option<Quantity>,
    /// What was achieved to date.
    pub outcome: Option<Quantity>,
    /// All that the project spent.
    pub spent: Money,
    /// Spent ÷ outcome, rounded to the penny, half a penny up; nothing without spend or without an
    /// outcome above zero.
    pub cost_of_one: Option<Money>,
}

/// What was said with the priorities of some projects.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PriorityNote {
    /// The projects.
    pub projects: Vec<ProjectRef>,
    /// The entries that gave them their priorities, with this note.
    pub entries: Vec<EntryNumber>,
    /// The note.
    pub note: String,
}

impl Share {
    fn of<'a>(projects: impl IntoIterator<Item = (&'a ProjectRef, &'a Project)>) -> Share {
        let mut share = Share::default();
        for (reference, project) in projects {
            share.projects.push(reference.clone());
            share.award += project.award;
            share.spent += project.spent;
        }
        share
    }
}

impl SchemeShares {
    fn new(
        scheme: &str,
        in_force: &[&Priority],
        funded: &[(&ProjectRef, &Project)],
    ) -> SchemeShares {
        let priorities: Vec<&&Priority> = in_force
            .iter()
            .filter(|priority| priority.scheme == scheme)
            .collect();
        let named = |project: &Project| {
            priorities
                .iter()
                .filter(|priority| project.priorities.has(&priority.code))
                .count()
        };
        let with = |is: &dyn Fn(&Project) -> bool| {
            Share::of(funded.iter().copied().filter(|(_, project)| is(project)))
        };
        let row = |priority: &&&Priority| PriorityShare {
            code: priority.code.clone(),
            name: priority.name.clone(),
            share: with(&|project| project.priorities.has(&priority.code)),
        };
        SchemeShares {
            scheme: scheme.to_owned(),
            rows: priorities.iter().map(row).collect(),
            once: with(&|project| named(project) > 0),
            none: with(&|project| named(project) == 0),
            overlap: with(&|project| named(project) > 1).projects,
        }
    }

    /// The lines: of what kind, the code, the name or what stands in its place, the share.
    fn lines(&self) -> Vec<(&'static str, &str, Cell, &Share)> {
        let rows = self.rows.iter().map(|row| {
            (
                "priority",
                row.code.as_str(),
                row.name.as_str().into(),
                &row.share,
            )
        });
        let none = (!self.none.projects.is_empty()).then_some((
            "none",
            "",
            Cell::Aside("None named"),
            &self.none,
        ));
        rows.chain([("once", "", Cell::Aside("Each project once"), &self.once)])
            .chain(none)
            .collect()
    }

    fn table(&self) -> Table {
        let mut table = Table::new(
            self.scheme.as_str(),
            &[
                Field::left("code", "Code"),
                Field::left("name", "Priority"),
                Field::right("projects", "Projects"),
                Field::right("award", "Award"),
                Field::right("spent", "Spent"),
            ],
        );
        for (_, code, name, share) in self.lines() {
            table.rows.push(
                [Cell::from(code), name]
                    .into_iter()
                    .chain(share.cells())
                    .collect(),
            );
        }
        table
    }

    /// Says that the rows do not add up, where they do not.
    fn said(&self) -> Option<String> {
        let projects: Vec<&str> = self.overlap.iter().map(ProjectRef::as_str).collect();
        let (subject, names) = (
            projects.join(", "),
            if projects.len() == 1 {
                "names"
            } else {
                "each name"
            },
        );
        (!projects.is_empty()).then(|| {
            format!(
                "The shares overlap: {subject} {names} more than one priority of {}.",
                self.scheme
            )
        })
    }
}

impl Share {
    fn cells(&self) -> [Cell; 3] {
        let count = Cell::Number(u64::try_from(self.projects.len()).unwrap_or(u64::MAX));
        [count, self.award.into(), self.spent.into()]
    }
}

impl PrioritiesReport {
    /// The priorities of a folded year; `standing` has its `propose` and `amend` entries, `known`
    /// all that the book knows.
    #[must_use]
    pub fn new(
        portfolio: &Portfolio,
        standing: &[Entry],
        known: &[Priority],
        lens: Lens,
    ) -> PrioritiesReport {
        let is_funded = |project: &Project| !project.award.is_zero() || !project.spent.is_zero();
        let funded: Vec<_> = portfolio
            .projects
            .iter()
            .filter(|(_, project)| is_funded(project))
            .collect();
        let in_force = in_force(portfolio, known);
        PrioritiesReport {
            year: portfolio.year,
            lens,
            confirmed: portfolio.confirmed,
            total: Share::of(funded.iter().copied()),
            schemes: schemes(&in_force)
                .into_iter()
                .map(|scheme| SchemeShares::new(scheme, &in_force, &funded))
                .collect(),
            gaps: Gap::all(portfolio, known),
            measures: portfolio
                .projects
                .iter()
                .flat_map(|(reference, project)| measures(reference, project))
                .collect(),
            said: said(standing),
        }
    }

    /// The projects with an award or spend of which neither target nor outcome is on record.
    fn unmeasured(&self) -> Option<String> {
        let measured: BTreeSet<&ProjectRef> =
            self.measures.iter().map(|row| &row.project).collect();
        let without: Vec<&str> = self
            .total
            .projects
            .iter()
            .filter(|project| !measured.contains(project))
            .map(ProjectRef::as_str)
            .collect();
        (!without.is_empty())
            .then(|| format!("Neither target nor outcome: {}.", without.join(", ")))
    }
}

/// A row a measure that a project promised or achieved something by.
fn measures(reference: &ProjectRef, project: &Project) -> Vec<MeasureRow> {
    let names: BTreeSet<&String> = project
        .targets
        .keys()
        .chain(project.outcomes.keys())
        .collect();
    let row = |measure: &String| {
        let outcome = project.outcomes.get(measure).copied();
        MeasureRow {
            project: reference.clone(),
            title: project.title.clone(),
            measure: measure.clone(),
            target: project.targets.get(measure).copied(),
            outcome,
            spent: project.spent,
            cost_of_one: outcome
                .filter(|_| !project.spent.is_zero())
                .and_then(|outcome| outcome.cost_of_one(project.spent)),
        }
    };
    names.into_iter().map(row).collect()
}

/// The notes of the entries that gave projects the priorities they name, each note once.
fn said(standing: &[Entry]) -> Vec<PriorityNote> {
    let gives = |entry: &&Entry| match &entry.event {
        Event::Propose { priorities, .. } => priorities.codes().next().is_some(),
        Event::Amend { priorities, .. } => priorities.is_some(),
        _ => false,
    };
    let giving = standing
        .iter()
        .filter(gives)
        .filter_map(|entry| Some((entry.event.project()?, entry)));
    let latest: BTreeMap<&ProjectRef, &Entry> = giving.collect();
    let mut said: Vec<PriorityNote> = Vec::new();
    for (project, entry) in latest {
        let Some(note) = &entry.note else { continue };
        match said.iter_mut().find(|said| said.note == *note) {
            Some(said) => {
                said.projects.push(project.clone());
                said.entries.push(entry.number);
            }
            None => said.push(PriorityNote {
                projects: vec![project.clone()],
                entries: vec![entry.number],
                note: note.clone(),
            }),
        }
    }
    said
}

impl Report for PrioritiesReport {
    fn title(&self) -> String {
        format!(
            "Priorities of {}, {}{}",
            self.year,
            self.lens,
            unless_confirmed(self.confirmed)
        )
    }

    fn as_at(&self) -> Option<Date> {
        Some(self.lens.as_at)
    }

    fn tables(&self) -> Vec<Table> {
        let others = [self.measured(), self.missed(), self.sources()];
        [self.lines()]
            .into_iter()
            .chain(others.into_iter().filter(|table| !table.rows.is_empty()))
            .collect()
    }

    fn notes(&self) -> Vec<String> {
        let overlaps: Vec<String> = self.schemes.iter().filter_map(SchemeShares::said).collect();
        overlaps
            .into_iter()
            .chain(self.sums())
            .chain(self.costs())
            .chain(self.unmeasured())
            .collect()
    }

    fn blocks(&self) -> Vec<Block> {
        let mut blocks = Vec::new();
        for scheme in &self.schemes {
            blocks.push(Block::Table(scheme.table()));
            blocks.extend(scheme.said().map(Block::Paragraph));
        }
        blocks.extend(self.sums().map(Block::Paragraph));
        let filled = |table: Table| (!table.rows.is_empty()).then_some(Block::Table(table));
        blocks.extend(filled(self.measured()));
        blocks.extend(
            self.costs()
                .into_iter()
                .chain(self.unmeasured())
                .map(Block::Paragraph),
        );
        blocks.extend(filled(self.missed()));
        blocks.extend(filled(self.sources()));
        blocks
    }
}

impl PrioritiesReport {
    /// All schemes in one table, for CSV and workbooks.
    fn lines(&self) -> Table {
        let mut table = Table::new(
            "",
            &[
                Field::left("year", ""),
                Field::left("scheme", "Scheme"),
                Field::left("line", ""),
                Field::left("code", "Code"),
                Field::left("name", "Priority"),
                Field::right("projects", "Projects"),
                Field::right("award", "Award"),
                Field::right("spent", "Spent"),
            ],
        );
        for scheme in &self.schemes {
            for (line, code, name, share) in scheme.lines() {
                let first = [
                    self.year.to_string().into(),
                    scheme.scheme.as_str().into(),
                    line.into(),
                    code.into(),
                    name,
                ];
                table
                    .rows
                    .push(first.into_iter().chain(share.cells()).collect());
            }
        }
        table
    }

    fn measured(&self) -> Table {
        let mut table = Table::new(
            "Targets and outcomes",
            &[
                Field::left("project", "Project"),
                Field::left("title", ""),
                Field::left("measure", "Measure"),
                Field::right("target", "Target"),
                Field::right("outcome", "Outcome"),
                Field::right("spent", "Spent"),
                Field::right("cost_of_one", "Cost of one"),
            ],
        );
        let quantity = |value: Option<Quantity>| Cell::from(value.map(|value| value.to_string()));
        for row in &self.measures {
            table.rows.push(vec![
                row.project.as_str().into(),
                row.title.as_str().into(),
                row.measure.as_str().into(),
                quantity(row.target),
                quantity(row.outcome),
                row.spent.into(),
                row.cost_of_one.into(),
            ]);
        }
        table
    }

    fn missed(&self) -> Table {
        let mut table = Table::new(
            "Priorities missed",
            &[
                Field::left("project", "Project"),
                Field::left("miss", "Is"),
                Field::left("code", "Code"),
                Field::left("scheme", "Scheme"),
            ],
        );
        for gap in &self.gaps {
            let (code, scheme) = (gap.code.as_deref(), gap.scheme.as_deref());
            table.rows.push(vec![
                gap.project.as_str().into(),
                gap.miss.as_str().into(),
                code.into(),
                scheme.into(),
            ]);
        }
        table
    }

    fn sources(&self) -> Table {
        let mut table = Table::new(
            "Said with the priorities",
            &[
                Field::left("projects", "Projects"),
                Field::left("note", "Note"),
            ],
        );
        let refs = |said: &PriorityNote| {
            said.projects
                .iter()
                .map(ProjectRef::as_str)
                .collect::<Vec<_>>()
                .join(", ")
        };
        table.rows = self
            .said
            .iter()
            .map(|said| vec![refs(said).into(), said.note.as_str().into()])
            .collect();
        table
    }

    fn sums(&self) -> Option<String> {
        let Share {
            projects,
            award,
            spent,
        } = &self.total;
        let projects = counted(projects.len(), "project");
        let all = format!(
            "{projects} with an award or spend: {} awarded, {} spent.",
            award.pounds(),
            spent.pounds()
        );
        Some(if self.schemes.is_empty() {
            format!("No scheme is in force in {}. {all}", self.year)
        } else {
            all
        })
    }

    fn costs(&self) -> Option<String> {
        let is_costed = self.measures.iter().any(|row| row.cost_of_one.is_some());
        is_costed.then(|| {
            "Cost of one is all that the project spent over the outcome, rounded to the penny; each measure bears all of it.".to_owned()
        })
    }
}
