//! Formats: one function each, all made from the same rows.

mod csv;
mod html;
mod json;
mod md;
mod visible;
mod xlsx;

pub use csv::csv;
pub use html::html;
pub use json::json;
pub use md::md;
pub use visible::{is_reordering, visible};
pub use xlsx::{WorkbookError, xlsx};
