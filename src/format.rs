//! Formats: one function for each, all made from the same blocks and tables.

mod xml;
mod text_width;
mod sheets;
mod json;
mod csv;
mod md;
mod html;
mod docx;
mod xlsx;
mod journal;
mod giving;

pub use crate::model::{printable, visible};
pub use csv::csv;
pub use docx::{PackError, docx};
pub use giving::giving_json;
pub use html::{EntryLink, STYLE, html, html_blocks, style_source};
pub use journal::{Reader, journal};
pub use json::json;
pub use md::md;
pub use xlsx::{WorkbookError, template, xlsx};
