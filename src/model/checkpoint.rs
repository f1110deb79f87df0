//! [`Checkpoint`]: the end of a book as it is written into minutes and papers.

use std::fmt;
use std::str::FromStr;

use crate::model::fingerprint::Fingerprint;

/// How the first line begins.
const ORIGIN: &str = "crg: ";
/// The most characters of a note.
const MAX_CHARS: usize = 1000;

/// How many entries a partnership's book had, and the fingerprint of the last: three lines that
/// prove later that nothing up to there was changed.
///
/// ```
/// use crg::model::{Checkpoint, Fingerprint};
///
/// let note = Checkpoint {
///     partnership: "Kent Community Safety Partnership".into(),
///     entries: 14,
///     fingerprint: Fingerprint::of_file(b""),
/// };
/// assert_eq!(note.to_string().lines().next(), Some("crg: Kent Community Safety Partnership"));
/// assert_eq!(note.to_string().parse(), Ok(note));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// The name with which the book began.
    pub partnership: String,
    /// How many entries it had.
    pub entries: u32,
    /// The fingerprint of the last of them.
    pub fingerprint: Fingerprint,
}

impl fmt::Display for Checkpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Checkpoint {
            partnership,
            entries,
            fingerprint,
        } = self;
        write!(f, "{ORIGIN}{partnership}\n{entries}\n{fingerprint}\n")
    }
}

/// The error for a text that is not a [`Checkpoint`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "a checkpoint note: three lines, which are crg: and the partnership, the number of entries, and the fingerprint"
)]
pub struct CheckpointError;

impl FromStr for Checkpoint {
    type Err = CheckpointError;

    /// Reads the three lines. Space around them, and how the fingerprint is spaced, do not matter.
    fn from_str(text: &str) -> Result<Checkpoint, CheckpointError> {
        if text.chars().nth(MAX_CHARS).is_some() {
            return Err(CheckpointError);
        }
        let text = text.trim_start_matches('\u{feff}').trim();
        let (origin, rest) = text.split_once('\n').ok_or(CheckpointError)?;
        let (entries, fingerprint) = rest.trim_start().split_once('\n').ok_or(CheckpointError)?;
        let partnership = origin.trim().strip_prefix(ORIGIN).ok_or(CheckpointError)?;
        let is_digit = |c: char| c.is_ascii_digit();
        let entries = entries.trim();
        if !entries.chars().all(is_digit) {
            return Err(CheckpointError);
        }
        Ok(Checkpoint {
            partnership: partnership.trim().to_owned(),
            entries: entries.parse().map_err(|_| CheckpointError)?,
            fingerprint: Fingerprint::copied(fingerprint).map_err(|_| CheckpointError)?,
        })
    }
}
