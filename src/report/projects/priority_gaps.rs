//! [`Gap`]: a project and a scheme of its year that do not match.

use std::collections::BTreeSet;

use crate::document::{Cell, CellValue, rows};
use crate::fold::{Portfolio, Project};
use crate::model::keywords;
use crate::model::{Priority, ProjectRef};

keywords! {
    /// How a project misses a scheme.
    Miss, MissError, "none-named, not-in-force or unknown" {
        /// It names no priority of a scheme in force.
        NoneNamed = "none-named",
        /// It names a priority of a scheme that is not in force in its year.
        NotInForce = "not-in-force",
        /// It names a code that is in no scheme.
        Unknown = "unknown",
    }
}

rows! {
    /// A project that misses a scheme: every project names at least one priority of each scheme in
    /// force in its year, and no others.
    pub struct Gap with GapColumns {
        /// The project.
        pub project: ProjectRef => shown("Project"),
        /// How it misses.
        pub miss: Miss => shown("Gap"),
        /// The code it names; nothing if it names none.
        pub code: Option<String> => shown("Code"),
        /// The scheme; nothing if no scheme has the code.
        pub scheme: Option<String> => shown("Scheme"),
    }
}

impl Gap {
    /// Every gap of a folded year, by project: codes it should not name, then schemes of which it
    /// names none.
    #[must_use]
    pub fn all(portfolio: &Portfolio, known: &[Priority]) -> Vec<Gap> {
        let in_force = in_force(portfolio, known);
        let mut gaps = Vec::new();
        for (reference, project) in &portfolio.projects {
            gaps.extend(Gap::of_codes(reference, project, &in_force, known));
            gaps.extend(Gap::of_schemes(reference, project, &in_force));
        }
        gaps
    }

    /// The codes that a project should not name.
    fn of_codes<'a>(
        reference: &'a ProjectRef,
        project: &'a Project,
        in_force: &'a [&Priority],
        known: &'a [Priority],
    ) -> impl Iterator<Item = Gap> + 'a {
        let is_wrong = |code: &&str| !in_force.iter().any(|priority| priority.code == *code);
        project.priorities.codes().filter(is_wrong).map(|code| {
            let named = known.iter().find(|priority| priority.code == code);
            Gap {
                project: reference.clone(),
                miss: match named {
                    Some(_) => Miss::NotInForce,
                    None => Miss::Unknown,
                },
                code: Some(code.to_owned()),
                scheme: named.map(|priority| priority.scheme.clone()),
            }
        })
    }

    /// The schemes of which a project names no priority.
    fn of_schemes<'a>(
        reference: &'a ProjectRef,
        project: &'a Project,
        in_force: &'a [&Priority],
    ) -> impl Iterator<Item = Gap> + 'a {
        let is_served = |scheme: &str| {
            let mut priorities = in_force.iter();
            priorities
                .any(|priority| priority.scheme == scheme && project.priorities.has(&priority.code))
        };
        let missed = schemes(in_force)
            .into_iter()
            .filter(move |scheme| !is_served(scheme));
        missed.map(|scheme| Gap {
            project: reference.clone(),
            miss: Miss::NoneNamed,
            code: None,
            scheme: Some(scheme.to_owned()),
        })
    }
}

impl CellValue for Miss {
    fn cell(&self) -> Cell {
        self.as_str().cell()
    }
}

/// The priorities in force in a folded year.
pub(crate) fn in_force<'a>(portfolio: &Portfolio, known: &'a [Priority]) -> Vec<&'a Priority> {
    known
        .iter()
        .filter(|priority| priority.is_in_force(portfolio.year))
        .collect()
}

/// Their schemes, by name.
pub(crate) fn schemes<'a>(priorities: &[&'a Priority]) -> BTreeSet<&'a str> {
    priorities
        .iter()
        .map(|priority| priority.scheme.as_str())
        .collect()
}
