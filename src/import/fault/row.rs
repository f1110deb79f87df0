//! What is wrong with a row as a row.

/// What is wrong with a row as a row.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RowFault {
    /// The operating system does not let the file be read to its end.
    #[error("cannot be read: {error}")]
    Unreadable {
        /// What the operating system says.
        error: String,
    },
    /// It has too many bytes.
    #[error("has more than {limit} bytes; is a quotation mark left open?")]
    TooLong {
        /// The most bytes.
        limit: usize,
    },
    /// A quotation mark makes one cell of the rows below.
    #[error("a quotation mark is left open, so that the rows below are read as part of its cell")]
    QuoteLeftOpen,
    /// The file has too many rows.
    #[error("more than {limit} rows, the limit")]
    TooManyRows {
        /// The most rows.
        limit: u64,
    },
    /// It has too many columns.
    #[error("more than {limit} columns, the limit")]
    TooManyColumns {
        /// The most columns.
        limit: usize,
    },
    /// It is not as wide as the header.
    #[error(
        "has {found} cells, but the header has {expected}{}",
        if *.spans_lines { "; is a quotation mark left open?" } else { "" }
    )]
    Width {
        /// The cells it has.
        found: usize,
        /// The cells that the header has.
        expected: usize,
        /// Whether one of its cells goes over the end of a line.
        spans_lines: bool,
    },
    /// There should be a row here.
    #[error("there is no row here; expected {expected}")]
    Missing {
        /// What the row would hold.
        expected: String,
    },
    /// There should be no row here.
    #[error("this row is one too many: entries.csv has {entries} entries")]
    OneTooMany {
        /// The rows that there should be.
        entries: u64,
    },
}

impl RowFault {
    /// Returns `true` if nothing behind the row is read.
    #[must_use]
    pub fn ends_reading(&self) -> bool {
        match self {
            RowFault::Unreadable { .. }
            | RowFault::TooLong { .. }
            | RowFault::QuoteLeftOpen
            | RowFault::TooManyRows { .. }
            | RowFault::TooManyColumns { .. } => true,
            RowFault::Width { .. } | RowFault::Missing { .. } | RowFault::OneTooMany { .. } => {
                false
            }
        }
    }
}
