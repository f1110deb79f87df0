//! [`Gap`]: a project and a scheme of its year that do not match.

use std::collections::BTreeSet;

use crate::document::{declare, displayed};
use crate::fold::Portfolio;
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

displayed! { Miss }

declare! {
    /// A project that misses a scheme: every project names at least one priority of each scheme in
    /// force in its year, and no others.
    pub row Gap {
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
    pub fn all(portfolio: &Portfolio, known: &[Priority]) -> Vec<Gap> {
        let in_force = in_force(portfolio, known);
        let mut gaps = Vec::new();
        for (reference, project) in &portfolio.projects {
            let mut add = |miss, code: Option<&str>, scheme: Option<&str>| {
                gaps.push(Gap {
                    project: reference.clone(),
                    miss,
                    code: code.map(str::to_owned),
                    scheme: scheme.map(str::to_owned),
                });
            };
            for code in project.priorities.codes() {
                let is_valid = in_force.iter().any(|priority| priority.code == code);
                match known.iter().find(|priority| priority.code == code) {
                    _ if is_valid => {}
                    Some(named) => add(Miss::NotInForce, Some(code), Some(&named.scheme)),
                    None => add(Miss::Unknown, Some(code), None),
                }
            }
            for scheme in schemes(&in_force) {
                let mut own = in_force.iter().filter(|one| one.scheme == scheme);
                if !own.any(|priority| project.priorities.has(&priority.code)) {
                    add(Miss::NoneNamed, None, Some(scheme));
                }
            }
        }
        gaps
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
