//! [`Lookalikes`]: codes that no rule takes but that are near one that a rule looks for.

use std::collections::HashMap;

use crate::import::extract::closeness::{Closeness, closeness};
use crate::import::extract::columns::{NamedColumn, Rule};
use crate::import::extract::text::folded;
use crate::import::fault::ProjectFault;
use crate::model::ProjectRef;

/// The most codes that are remembered.
const MAX_CODES: usize = 10_000;

/// What each column of rules looks for, and which codes are near it.
pub(super) struct Lookalikes {
    columns: Vec<Column>,
}

struct Column {
    column: NamedColumn,
    wanted: Vec<(String, ProjectRef)>,
    known: HashMap<String, Option<Likeness>>,
}

/// The code that another one is near.
#[derive(Debug, Clone)]
pub(super) struct Likeness {
    wanted: String,
    project: ProjectRef,
    closeness: Closeness,
}

impl std::fmt::Display for Likeness {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} of {}", self.wanted, self.project)
    }
}

impl Lookalikes {
    pub(super) fn new(rules: &[Rule]) -> Lookalikes {
        let mut columns: Vec<Column> = Vec::new();
        for rule in rules.iter().filter(|rule| rule.matcher.whole) {
            let found = &rule.matcher.column;
            let wanted = rule
                .codes
                .iter()
                .map(|word| (word.clone(), rule.project.clone()));
            let same = columns
                .iter_mut()
                .find(|other| other.column.index == found.index);
            match same {
                Some(column) => column.wanted.extend(wanted),
                None => columns.push(Column {
                    column: found.clone(),
                    wanted: wanted.collect(),
                    known: HashMap::new(),
                }),
            }
        }
        Lookalikes { columns }
    }

    /// What a line that no rule takes is near.
    pub(super) fn find(&mut self, cells: &[String]) -> Option<(String, Likeness)> {
        self.columns.iter_mut().find_map(|column| {
            let found = column.column.of(cells).trim().to_owned();
            let likeness = column.likeness(&found)?;
            Some((found, likeness))
        })
    }

    /// The fault of a line whose code is one of a rule without its zeros.
    pub(super) fn fault(&mut self, cells: &[String]) -> Option<ProjectFault> {
        self.columns.iter_mut().find_map(|column| {
            let found = column.column.of(cells).trim();
            let likeness = column.likeness(found)?;
            (likeness.closeness == Closeness::Zeros).then(|| ProjectFault::Lookalike {
                column: column.column.name.to_string(),
                found: found.to_owned(),
                wanted: likeness.wanted,
                project: likeness.project,
            })
        })
    }
}

impl Column {
    fn likeness(&mut self, found: &str) -> Option<Likeness> {
        if let Some(known) = self.known.get(found) {
            return known.clone();
        }
        let text = folded(found);
        let near = self.wanted.iter().filter_map(|(wanted, project)| {
            Some(Likeness {
                closeness: closeness(&text, &folded(wanted))?,
                wanted: wanted.clone(),
                project: project.clone(),
            })
        });
        let nearest = near.min_by_key(|likeness| likeness.closeness);
        if self.known.len() < MAX_CODES {
            self.known.insert(found.to_owned(), nearest.clone());
        }
        nearest
    }
}
