//! Formats: one function each, all made from the same rows.

mod csv;
mod docx;
mod journal;
mod json;
mod md;
mod xlsx;
mod xml;

pub use csv::csv;
pub use docx::{PackError, docx};
pub use journal::{Reader, journal};
pub use json::json;
pub use md::{is_reordering, md};
pub use xlsx::{WorkbookError, xlsx};
