//! What is wrong with a header, and with a row as a row.
#![expect(missing_docs, reason = "the fields are what the sentences show")]

/// What is wrong with a header.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum HeaderFault {
    /// The file has no row at all.
    #[error("there is no header row; expected {}", expected.join(","))]
    Missing { expected: Vec<String> },
    /// A file of the book names a column that it does not have.
    #[error("unknown column {name:?}; the columns are {}", known.join(", "))]
    UnknownColumn { name: String, known: Vec<String> },
    /// Two columns have the same name.
    #[error("column {name:?} appears twice")]
    RepeatedColumn { name: String },
    /// The map names a column that the header lacks.
    #[error(
        "there is no column {}, which the map names; the columns are {}",
        .named.iter().map(|name| format!("{name:?}")).collect::<Vec<_>>().join(" or "),
        .present.join(", ")
    )]
    MissingColumn {
        named: Vec<String>,
        present: Vec<String>,
    },
    /// The map calls amounts net that include VAT.
    #[error(
        "the map says that {name:?} is net, but its amounts include VAT; {}if the lead does not recover VAT, set vat = \"gross\"",
        .net.as_ref().map(|net| format!("name {net:?} instead, or ")).unwrap_or_default()
    )]
    GrossColumn { name: String, net: Option<String> },
    /// The file ends before the row that the map gives.
    #[error("has no row {row}, where the map says the header is")]
    NoSuchRow { row: u64 },
    /// The row that the map gives is blank.
    #[error("row {row}, where the map says the header is, is blank")]
    BlankRow { row: u64 },
}

/// What is wrong with a row as a row.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RowFault {
    /// The operating system does not let the file be read to its end.
    #[error("cannot be read: {error}")]
    Unreadable { error: String },
    /// It has too many bytes.
    #[error("has more than {limit} bytes; is a quotation mark left open?")]
    TooLong { limit: usize },
    /// A quotation mark makes one cell of the rows below.
    #[error("a quotation mark is left open, so that the rows below are read as part of its cell")]
    QuoteLeftOpen,
    /// The file has too many rows.
    #[error("more than {limit} rows, the limit")]
    TooManyRows { limit: u64 },
    /// It has too many columns.
    #[error("more than {limit} columns, the limit")]
    TooManyColumns { limit: usize },
    /// It is not as wide as the header.
    #[error(
        "has {found} cells, but the header has {expected}{}",
        if *.spans_lines { "; is a quotation mark left open?" } else { "" }
    )]
    Width {
        found: usize,
        expected: usize,
        spans_lines: bool,
    },
    /// There should be a row here.
    #[error("there is no row here; expected {expected}")]
    Missing { expected: String },
    /// There should be no row here.
    #[error("this row is one too many: entries.csv has {entries} entries")]
    OneTooMany { entries: u64 },
}

impl RowFault {
    /// Returns `true` if nothing behind the row is read.
    pub fn ends_reading(&self) -> bool {
        use RowFault::{Missing, OneTooMany, Width};
        !matches!(self, Width { .. } | Missing { .. } | OneTooMany { .. })
    }
}
