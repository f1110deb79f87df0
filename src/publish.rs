//! Formats: one function each, all made from the same rows.

mod csv;
mod json;
mod md;
mod xlsx;

pub use csv::csv;
pub use json::json;
pub use md::{is_reordering, md};
pub use xlsx::{WorkbookError, xlsx};
