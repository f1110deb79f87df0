//! [`SchemeChange`]: what a `scheme` entry says of a priority scheme.

use std::fmt;
use std::str::FromStr;

use crate::model::fingerprint::Fingerprint;
use crate::model::keyword::written;

/// What a `scheme` entry says, for its grant year and later ones.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum SchemeChange {
    /// A priority begins, or is named anew: its year is the first in which it is in force.
    Begins,
    /// A priority or, without a code, the whole scheme ends: its year is the last.
    Ends,
    /// The priorities that a file held had this SHA-256.
    Holds(Fingerprint),
}

impl fmt::Display for SchemeChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SchemeChange::Begins => f.pad("begins"),
            SchemeChange::Ends => f.pad("ends"),
            SchemeChange::Holds(file) => fmt::Display::fmt(file, f),
        }
    }
}

written!(SchemeChange);

/// The error for a text that is not a [`SchemeChange`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a change of a scheme; write begins, ends or the 64 characters of a SHA-256")]
pub struct SchemeChangeError;

impl FromStr for SchemeChange {
    type Err = SchemeChangeError;

    fn from_str(text: &str) -> Result<SchemeChange, SchemeChangeError> {
        match text {
            "begins" => Ok(SchemeChange::Begins),
            "ends" => Ok(SchemeChange::Ends),
            _ => text
                .parse()
                .map(SchemeChange::Holds)
                .map_err(|_| SchemeChangeError),
        }
    }
}
