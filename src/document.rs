//! What a report is made of: sentences, tables, drawings and formulas. It knows no report.

mod text;
mod column;
mod formula;
mod cell;
mod drawing;
mod table;
mod rows;
mod lines;
mod block;
mod origin;
mod report;
mod paper;
pub(crate) mod english;
mod json;
mod schema;

pub use block::Block;
pub use cell::{Cell, CellValue};
pub use column::{Align, Column, ColumnId};
pub use drawing::Drawing;
pub use english::counted;
pub use formula::{Formula, Term};
pub use origin::Origin;
pub use paper::Paper;
pub use report::Report;
pub use table::{Row, Table};
pub use text::{Part, Span, Text};

pub(crate) use json::to_json;
pub(crate) use lines::{Line, line};
pub(crate) use report::table_and_notes;
pub(crate) use rows::rows;
pub(crate) use text::text;
