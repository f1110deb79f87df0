//! [`Priority`] and [`Priorities`]: the schemes a project must serve, and the codes it names.

use std::fmt;
use std::str::FromStr;

use serde::Serialize;

use crate::model::keyword::written;
use crate::model::year::{FinancialYear, YearError};

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
    /// The priority of a row: its scheme, code, name, first year and last year, which may be empty.
    ///
    /// # Errors
    ///
    /// The index of the first wrong cell, and what it should hold: a noun phrase.
    pub(crate) fn from_cells(cells: [&str; 5]) -> Result<Priority, (usize, String)> {
        let cells = cells.map(str::trim);
        let text = |index: usize, max_chars: usize| {
            let text: &str = cells[index];
            if text.chars().any(char::is_control) {
                return Err((index, "a text without control characters".to_owned()));
            }
            if (1..=max_chars).contains(&text.chars().count()) {
                return Ok(text.to_owned());
            }
            Err((index, format!("a text of 1 to {max_chars} characters")))
        };
        let year = |index: usize| {
            let year: Result<FinancialYear, YearError> = cells[index].parse();
            year.map_err(|error| (index, error.to_string()))
        };
        let code = text(1, 100)?;
        if !is_code(&code) {
            return Err((
                1,
                "a code of capital letters, digits and hyphens".to_owned(),
            ));
        }
        let last_year = (!cells[4].is_empty()).then(|| year(4)).transpose()?;
        let priority = Priority {
            scheme: text(0, 100)?,
            code,
            name: text(2, 200)?,
            first_year: year(3)?,
            last_year,
        };
        if last_year.is_some_and(|last| last < priority.first_year) {
            return Err((4, format!("{} or later", priority.first_year)));
        }
        Ok(priority)
    }

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
