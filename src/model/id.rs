//! [`ProjectRef`] and [`EntryNumber`]: the names of projects and entries.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use serde::Serialize;

use crate::model::keyword::written;

/// A project's ref, unique in its year: `P01`. Letters, digits and hyphens, at most twenty. It is
/// read in any case and written in capitals. Refs sort by the value of the numbers in them.
///
/// ```
/// use crg::model::ProjectRef;
///
/// assert_eq!("P01".parse::<ProjectRef>()?.as_str(), "P01");
/// assert_eq!("p01".parse::<ProjectRef>()?, "P01".parse()?);
/// assert!("P9".parse::<ProjectRef>()? < "P10".parse()?);
/// # Ok::<(), crg::model::ProjectRefError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct ProjectRef([u8; MAX_REF]);

/// The greatest length of a ref. A shorter one has zeros at its end, so that refs need no memory of
/// their own: rules and reports compare them all the time.
const MAX_REF: usize = 20;

impl ProjectRef {
    /// Returns `true` if the text, which is a ref, is in capitals, as this program writes it.
    pub(super) fn is_canonical(text: &str) -> bool {
        !text.bytes().any(|b| b.is_ascii_lowercase())
    }

    /// The ref as text.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(self.letters()).unwrap_or_default()
    }

    fn letters(&self) -> &[u8] {
        let end = self.0.iter().position(|b| *b == 0).unwrap_or(MAX_REF);
        &self.0[..end]
    }

    /// The ref that counts on from this one, with as many digits; `None` if it does not end in a
    /// number.
    ///
    /// ```
    /// use crg::model::ProjectRef;
    ///
    /// assert_eq!("P09".parse::<ProjectRef>()?.next(), Some("P10".parse()?));
    /// assert_eq!("P99".parse::<ProjectRef>()?.next(), Some("P100".parse()?));
    /// assert_eq!("WARDENS".parse::<ProjectRef>()?.next(), None);
    /// # Ok::<(), crg::model::ProjectRefError>(())
    /// ```
    pub fn next(&self) -> Option<ProjectRef> {
        let text = self.as_str();
        let digits = text.bytes().rev().take_while(u8::is_ascii_digit).count();
        let (stem, number) = text.split_at(text.len() - digits);
        let next = number.parse::<u128>().ok()?.checked_add(1)?;
        format!("{stem}{next:0digits$}").parse().ok()
    }
}

impl ProjectRef {
    /// How far this ref is from another that may have been typed for it: 0 if they differ only in
    /// zeros before a number and in hyphens, 1 if in one character that was left out, added,
    /// changed or swapped with the next; `None` if in more.
    pub(crate) fn distance(&self, other: &ProjectRef) -> Option<u8> {
        let bare = |project: &ProjectRef| project.as_str().replace('-', "");
        if by_value(bare(self).as_bytes(), bare(other).as_bytes()).is_eq() {
            return Some(0);
        }
        is_one_slip(self.as_str(), other.as_str()).then_some(1)
    }
}

/// Returns `true` if one slip of the keyboard makes one text of the other.
fn is_one_slip(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let same = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    let (one, other) = (&one[same..], &other[same..]);
    match (one, other) {
        ([a, rest @ ..], [b, others @ ..]) if rest.len() == others.len() => {
            let is_swapped = || {
                let next = rest.first().zip(others.first());
                next == Some((b, a)) && rest[1..] == others[1..]
            };
            rest == others || is_swapped()
        }
        ([_, rest @ ..], _) if rest == other => true,
        (_, [_, others @ ..]) => one == others,
        _ => one == other,
    }
}

impl Ord for ProjectRef {
    fn cmp(&self, other: &ProjectRef) -> Ordering {
        let (one, another) = (&self.0, &other.0);
        let Some(parted) = one.iter().zip(another).position(|(a, b)| a != b) else {
            return Ordering::Equal;
        };
        // Mostly the numbers in which they part have as many digits, and this is enough.
        if count_digits(&one[parted..]) == count_digits(&another[parted..]) {
            return one[parted].cmp(&another[parted]);
        }
        let mut shared = parted;
        // A number in which they part is compared as a whole.
        while shared > 0 && one[shared - 1].is_ascii_digit() {
            shared -= 1;
        }
        by_value(&self.letters()[shared..], &other.letters()[shared..])
            .then_with(|| one.cmp(another))
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
    let digits = count_digits(text);
    let zeros = text.iter().take_while(|b| **b == b'0').count();
    let end = digits.max(1);
    (&text[zeros..end], &text[end..])
}

/// How many digits a text begins with.
fn count_digits(text: &[u8]) -> usize {
    text.iter().take_while(|b| b.is_ascii_digit()).count()
}

impl fmt::Display for ProjectRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

written!(ProjectRef);

/// The error for a text that is not a [`ProjectRef`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a project ref such as P01; use at most 20 letters, digits and hyphens")]
pub struct ProjectRefError;

impl FromStr for ProjectRef {
    type Err = ProjectRefError;

    fn from_str(text: &str) -> Result<ProjectRef, ProjectRefError> {
        let text = text.trim();
        let bytes = text.as_bytes();
        let is_well_formed = bytes.first().is_some_and(u8::is_ascii_alphanumeric)
            && bytes
                .iter()
                .all(|b| b.is_ascii_alphanumeric() || *b == b'-');
        let mut letters = [0; MAX_REF];
        let Some(filled) = letters.get_mut(..bytes.len()).filter(|_| is_well_formed) else {
            return Err(ProjectRefError);
        };
        filled.copy_from_slice(bytes);
        filled.make_ascii_uppercase();
        Ok(ProjectRef(letters))
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
