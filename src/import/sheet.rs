//! CSV in, with the row of everything that is wrong, and CSV out, with no text that a spreadsheet
//! would run.

mod blank_lines;
mod folder;
mod inert;
mod read;
mod rows;
mod write;

pub use folder::Folder;
pub(crate) use inert::is_active;
pub use inert::{inert, plain};
pub use read::Sheet;
pub use rows::{MAX_ROW_BYTES, MAX_ROWS, Rows};
pub use write::writer;
