//! [`ProjectRef`] and [`EntryNumber`]: the names of projects and entries.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use serde::Serialize;

use crate::model::keyword::written;

/// A project's ref, unique in its year: `P01`. Capital letters, digits and hyphens, at most twenty.
/// Refs sort by the value of the numbers in them.
///
/// ```
/// use crg::model::ProjectRef;
///
/// assert_eq!("P01".parse::<ProjectRef>()?.as_str(), "P01");
/// assert!("p01".parse::<ProjectRef>().is_err());
/// assert!("P9".parse::<ProjectRef>()? < "P10".parse()?);
/// # Ok::<(), crg::model::ProjectRefError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct ProjectRef(Arc<str>);

impl ProjectRef {
    /// The ref as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Ord for ProjectRef {
    fn cmp(&self, other: &ProjectRef) -> Ordering {
        let (one, another) = (self.0.as_bytes(), other.0.as_bytes());
        let mut shared = one.iter().zip(another).take_while(|(a, b)| a == b).count();
        // A number in which they part is compared as a whole.
        while shared > 0 && one[shared - 1].is_ascii_digit() {
            shared -= 1;
        }
        by_value(&one[shared..], &another[shared..]).then_with(|| one.cmp(another))
    }
}

impl PartialOrd for ProjectRef {
    fn partial_cmp(&self, other: &ProjectRef) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Compares two refs piece by piece: runs of digits by their value, all else by its characters.
fn by_value(mut one: &[u8], mut other: &[u8]) -> Ordering {
    while !one.is_empty() && !other.is_empty() {
        let (first, rest) = first_piece(one);
        let (second, others) = first_piece(other);
        let order = if one[0].is_ascii_digit() && other[0].is_ascii_digit() {
            // Without leading zeros, the longer of two numbers is the greater.
            first.len().cmp(&second.len()).then(first.cmp(second))
        } else {
            one[0].cmp(&other[0])
        };
        if order.is_ne() {
            return order;
        }
        (one, other) = (rest, others);
    }
    one.len().cmp(&other.len())
}

/// The first character, or the first run of digits without its leading zeros; and what follows it.
fn first_piece(text: &[u8]) -> (&[u8], &[u8]) {
    let digits = text.iter().take_while(|b| b.is_ascii_digit()).count();
    let zeros = text.iter().take_while(|b| **b == b'0').count();
    let end = digits.max(1);
    (&text[zeros..end], &text[end..])
}

impl fmt::Display for ProjectRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

written!(ProjectRef);

/// The error for a text that is not a [`ProjectRef`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a project ref such as P01; use at most 20 capital letters, digits and hyphens")]
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

/// Entries by their numbers, separated by `;`.
///
/// ```
/// use crg::model::EntryNumbers;
///
/// let named: EntryNumbers = "20; 21".parse()?;
/// assert_eq!(named.to_string(), "20;21");
/// # Ok::<(), crg::model::EntryNumbersError>(())
/// ```
#[derive(Clone, Default, PartialEq, Eq)]
pub struct EntryNumbers(pub Vec<EntryNumber>);

impl fmt::Display for EntryNumbers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let numbers: Vec<String> = self.0.iter().map(EntryNumber::to_string).collect();
        f.pad(&numbers.join(";"))
    }
}

written!(EntryNumbers);

/// The error for a text that is not a list of [`EntryNumbers`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("entry numbers separated by semicolons, such as 20;21")]
pub struct EntryNumbersError;

impl FromStr for EntryNumbers {
    type Err = EntryNumbersError;

    fn from_str(text: &str) -> Result<EntryNumbers, EntryNumbersError> {
        let numbers = text.split(';').map(|number| number.trim().parse());
        let numbers: Result<_, EntryNumberError> = numbers.collect();
        numbers.map(EntryNumbers).map_err(|_| EntryNumbersError)
    }
}

/// An entry's number: 1, 2, 3 … in the order recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct EntryNumber(pub u32);

impl EntryNumber {
    /// The number after this one, or `None` if a book can hold no more.
    pub fn next(self) -> Option<EntryNumber> {
        self.0.checked_add(1).map(EntryNumber)
    }
}

impl fmt::Display for EntryNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

/// The error for a text that is not a [`EntryNumber`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an entry number such as 12")]
pub struct EntryNumberError;

impl FromStr for EntryNumber {
    type Err = EntryNumberError;

    fn from_str(text: &str) -> Result<EntryNumber, EntryNumberError> {
        let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        let number = text.parse().ok().filter(|n| digits && *n > 0);
        number.map(EntryNumber).ok_or(EntryNumberError)
    }
}
