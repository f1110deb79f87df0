//! [`Fingerprint`]: SHA-256 over an entry and all before it.

use std::fmt;
use std::str::FromStr;

use sha2::{Digest, Sha256};

use crate::model::cells::Cells;
use crate::model::column::Column;
use crate::model::date::Moment;
use crate::model::id::EntryNumber;
use crate::model::keyword::written;

/// One link of the chain: a change to any entry changes every fingerprint from there on.
///
/// Written somewhere outside the file (minutes, a report), the last one proves that nothing before
/// it changed.
///
/// ```
/// use crg::model::Fingerprint;
///
/// let start = Fingerprint::of_book("Kent Community Safety Partnership", "OPCC");
/// assert_eq!(start.to_string().len(), 64);
/// assert_eq!(start.to_string().parse(), Ok(start));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fingerprint([u8; 32]);

impl Fingerprint {
    /// The start of a book's chain: its names.
    pub fn of_book(partnership: &str, funder: &str) -> Fingerprint {
        let mut hash = Hash::new("crg book 1");
        hash.field(Some(partnership));
        hash.field(Some(funder));
        hash.finish()
    }

    /// SHA-256 over the bytes of a file, as other programs give it (`sha256sum`, `certutil`).
    pub fn of_file(bytes: &[u8]) -> Fingerprint {
        Fingerprint(Sha256::digest(bytes).into())
    }

    /// A fingerprint as the file keeps it: 32 bytes.
    pub fn from_bytes(bytes: [u8; 32]) -> Fingerprint {
        Fingerprint(bytes)
    }

    /// Its 32 bytes.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The fingerprint of the entry that follows this one: SHA-256 over its number, the moment it
    /// was recorded, every cell of its row in the order of the columns, and this fingerprint.
    pub(crate) fn after_row(
        self,
        number: EntryNumber,
        recorded: Moment,
        cells: &Cells<'_>,
    ) -> Fingerprint {
        let mut hash = Hash::new("crg entry 1");
        hash.field(Some(&number.to_string()));
        hash.field(Some(&recorded.to_string()));
        for column in Column::ALL {
            hash.field(cells.get(*column));
        }
        hash.0.update(self.0);
        hash.finish()
    }

    /// Reads a fingerprint as people copy it: capitals, spaces and line ends do not matter. All of
    /// its letters must be there, because a beginning would prove less than it seems to.
    pub fn copied(text: &str) -> Result<Fingerprint, CopyError> {
        let letters: String = text
            .chars()
            .filter(|letter| !letter.is_whitespace())
            .map(|letter| letter.to_ascii_lowercase())
            .collect();
        if let Some((position, found)) = (1..)
            .zip(letters.chars())
            .find(|(_, letter)| !letter.is_ascii_hexdigit())
        {
            return Err(CopyError::Letter { position, found });
        }
        letters
            .parse()
            .map_err(|FingerprintError| CopyError::Length {
                found: letters.len(),
            })
    }
}

/// A text that someone copied is no whole fingerprint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CopyError {
    /// A letter that no fingerprint has, often an `o` for a `0` or an `l` for a `1`.
    #[error("a fingerprint: letter {position} is {found:?}, not one of 0-9 and a-f")]
    Letter {
        /// The letter's position, from 1, not counting spaces.
        position: usize,
        /// The letter.
        found: char,
    },
    /// Too few letters, or too many.
    #[error("a fingerprint: it has {found} letters, not 64")]
    Length {
        /// The number of letters.
        found: usize,
    },
}

struct Hash(Sha256);

impl Hash {
    fn new(domain: &str) -> Hash {
        let mut hash = Hash(Sha256::new());
        hash.field(Some(domain));
        hash
    }

    /// Takes in a field, with its length before it so that no two rows give the same bytes; an
    /// empty field has a length that no text has.
    fn field(&mut self, text: Option<&str>) {
        let length = text.map_or(u64::MAX, |text| {
            u64::try_from(text.len()).unwrap_or(u64::MAX - 1)
        });
        self.0.update(length.to_le_bytes());
        self.0.update(text.unwrap_or_default());
    }

    fn finish(self) -> Fingerprint {
        Fingerprint(self.0.finalize().into())
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digit = |half: u8| char::from_digit(half.into(), 16).unwrap_or('0');
        let text: String = self
            .0
            .iter()
            .flat_map(|byte| [digit(byte >> 4), digit(byte & 15)])
            .collect();
        f.pad(&text)
    }
}

written!(Fingerprint);

/// The error for a text that is not a [`Fingerprint`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a fingerprint; write its 64 characters, 0-9 and a-f")]
pub struct FingerprintError;

impl FromStr for Fingerprint {
    type Err = FingerprintError;

    fn from_str(text: &str) -> Result<Fingerprint, FingerprintError> {
        let digit = |character: u8| match character {
            b'0'..=b'9' => Ok(character - b'0'),
            b'a'..=b'f' => Ok(character - b'a' + 10),
            _ => Err(FingerprintError),
        };
        let (pairs, rest) = text.as_bytes().as_chunks();
        let pairs: &[[u8; 2]; 32] = pairs.try_into().map_err(|_| FingerprintError)?;
        let mut bytes = [0; 32];
        for (byte, [high, low]) in bytes.iter_mut().zip(*pairs) {
            *byte = digit(high)? << 4 | digit(low)?;
        }
        if rest.is_empty() {
            Ok(Fingerprint(bytes))
        } else {
            Err(FingerprintError)
        }
    }
}
