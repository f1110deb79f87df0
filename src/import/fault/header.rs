//! What is wrong with a header.

/// What is wrong with a header.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum HeaderFault {
    /// The file has no row at all.
    #[error("there is no header row; expected {}", expected.join(","))]
    Missing {
        /// The columns it may name.
        expected: Vec<String>,
    },
    /// A file of the book names a column that it does not have.
    #[error("unknown column {name:?}; the columns are {}", known.join(", "))]
    UnknownColumn {
        /// The name found.
        name: String,
        /// The columns that there are.
        known: Vec<String>,
    },
    /// Two columns have the same name.
    #[error("column {name:?} appears twice")]
    RepeatedColumn {
        /// The name.
        name: String,
    },
    /// The map names a column that the header lacks.
    #[error(
        "there is no column {}, which the map names; the columns are {}",
        .named.iter().map(|name| format!("{name:?}")).collect::<Vec<_>>().join(" or "),
        .present.join(", ")
    )]
    MissingColumn {
        /// The names that the map gives, any of which would do.
        named: Vec<String>,
        /// The columns that there are.
        present: Vec<String>,
    },
    /// The file ends before the row that the map gives.
    #[error("has no row {row}, where the map says the header is")]
    NoSuchRow {
        /// The row.
        row: u64,
    },
    /// The row that the map gives is blank.
    #[error("row {row}, where the map says the header is, is blank")]
    BlankRow {
        /// The row.
        row: u64,
    },
}
