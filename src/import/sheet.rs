//! CSV in, with the row of everything that is wrong, and CSV out, with no text that a spreadsheet
//! would run.

mod blank_lines;
mod read;
mod rows;
mod write;

pub(crate) use read::ENTRIES;
pub use read::{Folder, Sheet};
pub use rows::{MAX_ROW_BYTES, MAX_ROWS, Rows};
pub(crate) use write::is_active;
pub use write::{inert, plain, writer};
