//! [`Extract`]: a council ledger's extract, CSV or XLSX, read line by line as its [`Map`] says.
//!
//! Every line ends up as one of five things: a payment, a line of the grant that is bad, one that
//! is nothing (£0.00), one that is outside the grant, or the grand total in the last row. Reading
//! takes at most about 1 GiB of memory: a file may have 64 MiB (a workbook may unpack to 128 MiB),
//! a million rows and five hundred columns; a map 1 MiB.

mod columns;
mod layout;
mod limits;
mod lines;
mod map;
mod read;
mod refused;
mod source;
mod suggest;
mod text;
mod xlsx;

pub use limits::{MAX_BYTES, MAX_COLUMNS, MAX_LINES};
pub use lines::BadLine;
pub use map::Map;
pub use read::{Extract, Progress};
pub(in crate::import) use source::{is_workbook, read_file};
pub use suggest::{Candidate, suggest};
pub(in crate::import) use xlsx::as_csv;
pub use xlsx::{MAX_UNPACKED, WORKBOOK_READER};
