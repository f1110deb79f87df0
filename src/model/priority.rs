//! [`Priority`] and [`Priorities`]: the schemes a project must serve, and the codes it names.

use std::fmt;
use std::str::FromStr;

use serde::Serialize;

use crate::model::keyword::written;
use crate::model::year::FinancialYear;

/// One priority of a scheme, in force from its first year to its last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Priority {
    /// The scheme, such as a Police and Crime Plan.
    pub scheme: String,
    /// The code by which entries name it, unique in the book.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The first year it is in force.
    pub first_year: FinancialYear,
    /// The last year, if its end is known.
    pub last_year: Option<FinancialYear>,
}

impl Priority {
    /// Returns `true` if it is in force in the year.
    pub fn is_in_force(&self, year: FinancialYear) -> bool {
        self.first_year <= year && self.last_year.is_none_or(|last| year <= last)
    }
}

/// The codes of the priorities a project serves, separated by `;`.
///
/// ```
/// use crg::model::Priorities;
///
/// let served: Priorities = "PCP-PEOPLE; CRG-VAWG".parse()?;
/// assert_eq!(served.codes().collect::<Vec<_>>(), ["PCP-PEOPLE", "CRG-VAWG"]);
/// assert_eq!(served.to_string(), "PCP-PEOPLE;CRG-VAWG");
/// # Ok::<(), crg::model::PrioritiesError>(())
/// ```
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct Priorities(String);

impl Priorities {
    /// The codes, in the order given.
    pub fn codes(&self) -> impl Iterator<Item = &str> {
        self.0.split(';').filter(|code| !code.is_empty())
    }

    /// Returns `true` if the code is among them.
    pub fn has(&self, code: &str) -> bool {
        self.codes().any(|named| named == code)
    }
}

impl fmt::Display for Priorities {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

written!(Priorities);

/// The error for a text that is not a list of [`Priorities`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a list of codes; write it as PCP-PEOPLE;CRG-VAWG, in capital letters, digits and hyphens")]
pub struct PrioritiesError;

impl FromStr for Priorities {
    type Err = PrioritiesError;

    fn from_str(text: &str) -> Result<Priorities, PrioritiesError> {
        let codes: Vec<&str> = text.split(';').map(str::trim).collect();
        if codes.iter().all(|code| is_code(code)) {
            Ok(Priorities(codes.join(";")))
        } else {
            Err(PrioritiesError)
        }
    }
}

/// Returns `true` if it has the form of a code: capital letters, digits and hyphens.
pub(crate) fn is_code(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-')
        && !text.starts_with('-')
}
