//! Formats: one function each, all made from the same rows.

mod csv;
mod docx;
mod html;
mod journal;
mod json;
mod md;
mod bidi;
mod xlsx;
mod xml;

pub use bidi::{is_reordering, visible};
pub use csv::csv;
pub use docx::{PackError, docx};
pub use html::html;
pub use journal::{Reader, journal};
pub use json::json;
pub use md::md;
pub use xlsx::{WorkbookError, xlsx};
