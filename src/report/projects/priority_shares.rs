//! [`SchemeShares`]: awards and spend by the priorities of one scheme.

use schemars::JsonSchema;
use serde::Serialize;

use crate::document::english::listed;
use crate::document::{Cell, CellValue, Table, Text, rows, text};
use crate::fold::Project;
use crate::model::{FinancialYear, Money, Priority, ProjectRef};

/// Some projects with an award or spend, and their sums.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Share {
    /// The projects.
    pub projects: Vec<ProjectRef>,
    /// Their net awards.
    pub award: Money,
    /// What they spent.
    pub spent: Money,
}

/// One scheme. A project that names several of its priorities is counted under each, so rows can
/// overlap; but `once + none` is always the total of the year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct SchemeShares {
    /// The scheme.
    pub scheme: String,
    /// One row per priority, by code.
    pub rows: Vec<PriorityShare>,
    /// The projects that name any of them, each counted once.
    pub once: Share,
    /// The projects that name none of them.
    pub none: Share,
    /// The projects that name more than one.
    pub overlap: Vec<ProjectRef>,
}

/// One priority.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct PriorityShare {
    /// Its code.
    pub code: String,
    /// What it is called.
    pub name: String,
    /// The projects that name it.
    #[serde(flatten)]
    pub share: Share,
}

rows! {
    /// One priority, or a sum over its scheme.
    pub(crate) struct ShareLine with ShareLineColumns {
        /// The year.
        year: FinancialYear => detail,
        /// The scheme.
        scheme: String => shown("Scheme"),
        /// `priority`, `once` or `none`.
        line: &'static str => detail,
        /// The code of the priority.
        code: String => shown("Code"),
        /// What the priority is called.
        name: String => shown("Priority") from ShareLine::name_cell,
        /// How many projects.
        projects: usize => shown("Projects"),
        /// Their net awards.
        award: Money => shown("Award"),
        /// What they spent.
        spent: Money => shown("Spent"),
        /// What a sum is, for people.
        sum: Option<&'static str>,
    }
}

impl Share {
    pub(crate) fn of<'a>(
        projects: impl IntoIterator<Item = (&'a ProjectRef, &'a Project)>,
    ) -> Share {
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
    pub(crate) fn new(
        scheme: &str,
        in_force: &[&Priority],
        funded: &[(&ProjectRef, &Project)],
    ) -> SchemeShares {
        let priorities: Vec<&Priority> = in_force
            .iter()
            .copied()
            .filter(|priority| priority.scheme == scheme)
            .collect();
        let count = |project: &Project| {
            let is_named = |priority: &&&Priority| project.priorities.has(&priority.code);
            priorities.iter().filter(is_named).count()
        };
        let with = |is: &dyn Fn(&Project) -> bool| {
            Share::of(funded.iter().copied().filter(|(_, project)| is(project)))
        };
        let row = |priority: &&Priority| PriorityShare {
            code: priority.code.clone(),
            name: priority.name.clone(),
            share: with(&|project| project.priorities.has(&priority.code)),
        };
        SchemeShares {
            scheme: scheme.to_owned(),
            rows: priorities.iter().map(row).collect(),
            once: with(&|project| count(project) > 0),
            none: with(&|project| count(project) == 0),
            overlap: with(&|project| count(project) > 1).projects,
        }
    }

    /// Its priorities, then its sums.
    pub(crate) fn lines(&self, year: FinancialYear) -> Vec<ShareLine> {
        let line = |line, share: &Share, sum| ShareLine {
            year,
            scheme: self.scheme.clone(),
            line,
            code: String::new(),
            name: String::new(),
            projects: share.projects.len(),
            award: share.award,
            spent: share.spent,
            sum,
        };
        let priority = |row: &PriorityShare| ShareLine {
            code: row.code.clone(),
            name: row.name.clone(),
            ..line("priority", &row.share, None)
        };
        let once = line("once", &self.once, Some("Each project once"));
        let none = line("none", &self.none, Some("None named"));
        let none = (none.projects > 0).then_some(none);
        self.rows
            .iter()
            .map(priority)
            .chain([once])
            .chain(none)
            .collect()
    }

    /// Its table, for people.
    pub(crate) fn table(&self, year: FinancialYear) -> Table {
        let columns = ShareLine::COLUMN;
        Table::of(self.scheme.as_str(), &self.lines(year)).only(&[
            columns.code,
            columns.name,
            columns.projects,
            columns.award,
            columns.spent,
        ])
    }

    /// Says that its rows overlap, if they do.
    pub(crate) fn note(&self) -> Option<Text> {
        let names = match self.overlap.len() {
            0 => return None,
            1 => " names",
            _ => " each name",
        };
        let projects = listed(self.overlap.iter().map(|project| text![project]));
        let scheme = self.scheme.as_str();
        Some(text![
            "The shares overlap: ",
            projects,
            names,
            " more than one priority of ",
            scheme,
            "."
        ])
    }
}

impl ShareLine {
    fn name_cell(&self) -> Cell {
        self.sum.map_or_else(|| self.name.cell(), Cell::Aside)
    }
}
