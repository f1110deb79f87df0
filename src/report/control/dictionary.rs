//! The dictionary: what the tables, views and columns of a book's file mean to other programs.

use crate::document::{Head, Report, Table, declare};

declare! {
    /// The dictionary of the file.
    pub struct DictionaryReport {
        /// Each table and view, in the order of the file, followed by its columns.
        pub rows: Vec<DictionaryRow>,
    }

    /// A table, a view, or one of its columns.
    pub row DictionaryRow {
        /// The table or view.
        pub object: String => shown("Table or view"),
        /// The column; none in the row of the table or view itself.
        pub column: Option<String> => shown("Column"),
        /// `table`, `view`, or the type of the column's values: `INTEGER`, `REAL`, `TEXT` or `BLOB`.
        pub value_type: String => shown("Type") named "type",
        /// `pence`, `pounds`, `day`, `moment`, or the numbers that it may be, such as `1 or 0`.
        pub unit: Option<String> => shown("Unit"),
        /// What it means.
        pub meaning: String => shown("Meaning"),
    }
}

impl Report for DictionaryReport {
    fn head(&self) -> Head {
        "Tables and views of the book".into()
    }

    fn data(&self) -> Table {
        Table::of("", &self.rows)
    }
}
