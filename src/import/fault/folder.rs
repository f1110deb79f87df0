//! What is wrong with the files of a folder that is loaded, beside each other or beside the book.

use crate::model::Fingerprint;

/// What is wrong with the files of a folder beside each other, or beside the book.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FolderFault {
    /// `record.csv` is loaded into a book that exists.
    #[error(
        "belongs to a whole book; load it to where no book exists, or remove it to add these entries to this one"
    )]
    RecordOfWholeBook,
    /// `book.csv` names another partnership or funder than the book.
    #[error(
        "names {:?} and {:?}, but the book belongs to {:?} and {:?}",
        .found[0], .found[1], .book[0], .book[1]
    )]
    OtherNames {
        /// The partnership and the funder in the file.
        found: [String; 2],
        /// The partnership and the funder of the book.
        book: [String; 2],
    },
    /// `priorities.csv` gives a code of the book another meaning.
    #[error("code {code} is already in the book, with another meaning")]
    OtherPriority {
        /// The code.
        code: String,
    },
    /// `priorities.csv` has a code in more than one row.
    #[error("code {code} appears twice")]
    RepeatedCode {
        /// The code.
        code: String,
    },
    /// An entry does not give the fingerprint that `record.csv` has for it.
    #[error(
        "entry {entry} gives fingerprint {found}, but {expected} was recorded: the entry, one before it or book.csv was changed"
    )]
    Fingerprint {
        /// The entry, counted in the file.
        entry: u64,
        /// The fingerprint it gives.
        found: Fingerprint,
        /// The fingerprint in `record.csv`.
        expected: Fingerprint,
    },
}
