//! Formats: one function each, all made from the same rows.

mod csv;
mod docx;
mod html;
mod journal;
mod json;
mod md;
mod visible;
mod xlsx;
mod xml;

pub use csv::csv;
pub use docx::{PackError, docx};
pub use html::html;
pub use journal::{Reader, journal};
pub use json::json;
pub use md::md;
pub use visible::{is_reordering, visible};
pub use xlsx::{WorkbookError, xlsx};
