//! Readers of other people's files: CSV sheets, and the extracts of a council's ledger with the
//! maps that explain them.

mod amount;
mod day;
pub mod extract;
pub mod sheet;

pub use amount::{AmountError, amount};
pub use day::{DayError, day};
pub use extract::{Candidate, Extract, Map, Progress, WORKBOOK_READER, suggest};
pub(crate) use sheet::is_active;
pub use sheet::{
    Folder, MAX_FAULTS, MAX_ROW_BYTES, MAX_ROWS, Rows, Sheet, SheetError, SheetFault, inert, plain,
    writer,
};
