//! Formats: one function each, all made from the same rows.

mod csv;
mod json;
mod md;

pub use csv::csv;
pub use json::json;
pub use md::{is_reordering, md};
