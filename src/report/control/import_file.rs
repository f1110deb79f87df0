//! What an import says of the file: the lines outside the grant, and the rows that are no payments.

use crate::document::declare;
use crate::model::Money;

declare! {
    /// The lines outside the grant that have one code.
    pub row OutsideCode {
        /// The code.
        pub code: String => shown("Outside"),
        /// How many lines have it.
        pub lines: u64 => shown("Lines"),
        /// Their sum, as far as their amounts can be read.
        pub amount: Money => shown("Amount"),
        /// How many of their amounts cannot be read.
        pub unread: u64 => detail("Unreadable"),
        /// The code of a rule that it is near, and the project.
        pub resembles: Option<String> => shown("Looks like"),
    }

    /// How many rows were passed over that are no payments.
    #[derive(Default)]
    pub struct PassedOver {
        /// Totals that agree with the rows that they sum up, without the grand total.
        pub totals: u64,
        /// Balances, such as those brought forward.
        pub balances: u64,
        /// Rows that repeat the header.
        pub headers: u64,
        /// Rows without a date, amount, supplier or reference.
        pub headings: u64,
        /// Rows that show how to fill in a template.
        pub examples: u64,
    }

    /// The sheets of a workbook, and its hidden rows.
    #[derive(Default)]
    pub struct SheetsRead {
        /// The sheet that was read, if there are several.
        pub read: Option<String>,
        /// The sheets that were read as one, if several were.
        pub together: Vec<String>,
        /// The others that hold something and are not hidden.
        pub unused: Vec<String>,
        /// The others that are hidden.
        pub hidden: Vec<String>,
        /// How many rows of the sheet are hidden. They are read like all others.
        pub hidden_rows: u64,
    }
}
