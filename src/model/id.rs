//! [`ProjectRef`] and [`EntryNumber`]: how projects and entries are named.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use serde::{Serialize, Serializer};

/// A project's ref, unique in its year: `P01`. Capital letters, digits and hyphens, at most twenty.
///
/// ```
/// use crg::model::ProjectRef;
///
/// assert_eq!("P01".parse::<ProjectRef>()?.as_str(), "P01");
/// assert!("p01".parse::<ProjectRef>().is_err());
/// # Ok::<(), crg::model::ProjectRefError>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ProjectRef(Arc<str>);

impl ProjectRef {
    /// The ref as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ProjectRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for ProjectRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl Serialize for ProjectRef {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

/// Why a text is not a [`ProjectRef`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a project ref such as P01: capital letters, digits and hyphens, at most 20")]
pub struct ProjectRefError;

impl FromStr for ProjectRef {
    type Err = ProjectRefError;

    fn from_str(text: &str) -> Result<ProjectRef, ProjectRefError> {
        let plain = |b: u8| b.is_ascii_uppercase() || b.is_ascii_digit();
        let bytes = text.as_bytes();
        let well_formed = bytes.first().is_some_and(|b| plain(*b))
            && bytes.iter().all(|b| plain(*b) || *b == b'-');
        if well_formed && bytes.len() <= 20 {
            Ok(ProjectRef(text.into()))
        } else {
            Err(ProjectRefError)
        }
    }
}

/// An entry's number: 1, 2, 3 … in the order recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct EntryNumber(pub u32);

impl EntryNumber {
    /// The number after this one, or `None` where a book can hold no more.
    #[must_use]
    pub fn next(self) -> Option<EntryNumber> {
        self.0.checked_add(1).map(EntryNumber)
    }
}

impl fmt::Display for EntryNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

/// Why a text is not an [`EntryNumber`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an entry's number, such as 12")]
pub struct EntryNumberError;

impl FromStr for EntryNumber {
    type Err = EntryNumberError;

    fn from_str(text: &str) -> Result<EntryNumber, EntryNumberError> {
        let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        let number = text.parse().ok().filter(|n| digits && *n > 0);
        number.map(EntryNumber).ok_or(EntryNumberError)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refs() {
        for text in ["P01", "0", "A-1", "ABCDEFGHIJ0123456789"] {
            assert!(text.parse::<ProjectRef>().is_ok(), "{text}");
        }
        for text in ["", "-1", "p01", "P 1", "P_1", "ABCDEFGHIJ01234567890", "É1"] {
            assert!(text.parse::<ProjectRef>().is_err(), "{text}");
        }
    }

    #[test]
    fn numbers() {
        assert_eq!("12".parse(), Ok(EntryNumber(12)));
        for text in ["", "0", "-1", "+1", "1.0", "4294967296", " 1"] {
            assert_eq!(text.parse::<EntryNumber>(), Err(EntryNumberError), "{text}");
        }
    }
}
