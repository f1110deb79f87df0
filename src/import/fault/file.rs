//! What is wrong with a file as a whole.

/// What is wrong with a file as a whole.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FileFault {
    /// The operating system does not let it be read.
    #[error("cannot be read: {error}")]
    Unreadable {
        /// What the operating system says.
        error: String,
    },
    /// It has too many bytes.
    #[error("is larger than {} MiB, the limit", limit >> 20)]
    TooLarge {
        /// The most bytes it may have.
        limit: u64,
    },
    /// It has nothing but blank rows.
    #[error("is empty")]
    Empty,
    /// It is neither a workbook nor text in a known encoding.
    #[error("is not text that can be read; save it as CSV UTF-8")]
    NotText,
    /// It is a map in another encoding.
    #[error("is not UTF-8 text; save it as UTF-8")]
    NotUtf8,
    /// It is CSV with another separator.
    #[error("is separated by {mark}; save it as CSV UTF-8 (comma delimited)")]
    Separated {
        /// The separator's name.
        mark: &'static str,
    },
    /// No row looks like the header of an extract.
    #[error(
        "has no row that names a date and an amount; write the map by hand, from the example in the help"
    )]
    NoHeaderFound,
    /// It is no longer what it was when its cells were checked.
    #[error("was changed while it was being loaded")]
    Changed,
}

impl FileFault {
    /// The fault of a file that the operating system does not let be read.
    pub(crate) fn unreadable(error: impl std::fmt::Display) -> FileFault {
        FileFault::Unreadable {
            error: error.to_string(),
        }
    }
}
