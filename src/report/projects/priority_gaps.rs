//! Where projects and the schemes of their year do not meet.

use std::collections::BTreeSet;

use serde::Serialize;

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
        /// It names what no scheme has.
        Unknown = "unknown",
    }
}

/// A project that misses a scheme: every project names at least one priority of each in force in
/// its year, and no other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Gap {
    /// The project.
    pub project: ProjectRef,
    /// How it misses.
    pub miss: Miss,
    /// The code it names; nothing where it names none.
    pub code: Option<String>,
    /// The scheme; nothing where no scheme has the code.
    pub scheme: Option<String>,
}

impl Gap {
    /// Every gap of a folded year, by project: codes it should not name, then schemes of which it
    /// names none.
    #[must_use]
    pub fn all(portfolio: &Portfolio, known: &[Priority]) -> Vec<Gap> {
        let in_force = in_force(portfolio, known);
        let schemes = schemes(&in_force);
        let mut gaps = Vec::new();
        for (reference, project) in &portfolio.projects {
            let gap = |miss, code: Option<&str>, scheme: Option<&str>| {
                let (code, scheme) = (code.map(str::to_owned), scheme.map(str::to_owned));
                Gap {
                    project: reference.clone(),
                    miss,
                    code,
                    scheme,
                }
            };
            for code in project
                .priorities
                .codes()
                .filter(|code| !in_force.iter().any(|priority| priority.code == *code))
            {
                let scheme = known
                    .iter()
                    .find(|priority| priority.code == code)
                    .map(|priority| priority.scheme.as_str());
                gaps.push(gap(
                    if scheme.is_some() {
                        Miss::NotInForce
                    } else {
                        Miss::Unknown
                    },
                    Some(code),
                    scheme,
                ));
            }
            let names = |scheme: &&str| {
                in_force.iter().any(|priority| {
                    priority.scheme == **scheme && project.priorities.has(&priority.code)
                })
            };
            gaps.extend(
                schemes
                    .iter()
                    .filter(|scheme| !names(scheme))
                    .map(|scheme| gap(Miss::NoneNamed, None, Some(scheme))),
            );
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
