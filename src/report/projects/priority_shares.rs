//! [`SchemeShares`]: awards and spend by the priorities of one scheme.

use crate::document::english::listed;
use crate::document::{Cell, CellValue, Table, Text, columns, declare, text};
use crate::fold::Project;
use crate::model::{Money, Priority, ProjectRef};

declare! {
    /// Some projects with an award or spend, and their sums.
    #[derive(Default)]
    pub struct Share {
        /// The projects.
        pub projects: Vec<ProjectRef>,
        /// Their net awards.
        pub award: Money,
        /// What they spent.
        pub spent: Money,
    }

    /// One scheme. A project that names several of its priorities is counted under each, so rows
    /// can overlap; but `once + none` is always the total of the year.
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
    pub struct PriorityShare {
        /// Its code.
        pub code: String,
        /// What it is called.
        pub name: String,
        /// The projects that name it.
        #[serde(flatten)]
        pub share: Share,
    }

    /// One priority, or a sum over its scheme.
    pub(crate) row ShareLine {
        scheme: String => shown("Scheme"),
        /// `priority`, `once` or `none`.
        line: &'static str => detail("Type"),
        code: String => shown("Code"),
        name: String => shown("Priority")
            from |line| line.sum.map_or_else(|| line.name.cell(), Cell::Aside),
        projects: usize => shown("Projects"),
        award: Money => shown("Award"),
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
        let priorities = in_force.iter();
        let priorities: Vec<_> = priorities.filter(|one| one.scheme == scheme).collect();
        let count = |project: &Project| {
            let codes = priorities.iter().map(|priority| &priority.code);
            codes.filter(|code| project.priorities.has(code)).count()
        };
        let with = |is: &dyn Fn(&Project) -> bool| {
            Share::of(funded.iter().copied().filter(|(_, project)| is(project)))
        };
        let rows = priorities.iter().map(|priority| PriorityShare {
            code: priority.code.clone(),
            name: priority.name.clone(),
            share: with(&|project| project.priorities.has(&priority.code)),
        });
        SchemeShares {
            scheme: scheme.to_owned(),
            rows: rows.collect(),
            once: with(&|project| count(project) > 0),
            none: with(&|project| count(project) == 0),
            overlap: with(&|project| count(project) > 1).projects,
        }
    }

    /// Its priorities, then its sums.
    pub(crate) fn lines(&self) -> Vec<ShareLine> {
        let line = |line, share: &Share, sum| ShareLine {
            scheme: self.scheme.clone(),
            line,
            code: String::new(),
            name: String::new(),
            projects: share.projects.len(),
            award: share.award,
            spent: share.spent,
            sum,
        };
        let priorities = self.rows.iter().map(|row| ShareLine {
            code: row.code.clone(),
            name: row.name.clone(),
            ..line("priority", &row.share, None)
        });
        let once = line("once", &self.once, Some("Each project once"));
        let none = line("none", &self.none, Some("None named"));
        let none = (none.projects > 0).then_some(none);
        priorities.chain([once]).chain(none).collect()
    }

    /// Its table, for people.
    pub(crate) fn table(&self) -> Table {
        let columns = columns![ShareLine: code, name, projects, award, spent];
        Table::of(self.scheme.as_str(), &self.lines()).only(&columns)
    }

    /// Says that its rows overlap, if they do.
    pub(crate) fn note(&self) -> Option<Text> {
        let names = match self.overlap.len() {
            0 => return None,
            1 => " names",
            _ => " each name",
        };
        let projects = listed(&self.overlap);
        let more = " more than one priority of ";
        let scheme = self.scheme.as_str();
        Some(text! {
            "The shares overlap: ", projects, names, more, scheme, "."
        })
    }
}
