//! What a report is made of: sentences, tables, drawings and formulas. It knows no report.

mod text;
mod column;
mod formula;
mod cell;
mod drawing;
mod table;
mod declare;
mod lines;
mod answer;
mod block;
mod numbers;
mod origin;
mod report;
mod paper;
mod settings;
pub(crate) mod english;
mod json;
mod schema;

pub use answer::Answer;
pub use block::Block;
pub use cell::{Cell, CellValue};
pub use column::{Align, Column, ColumnId};
pub use drawing::Drawing;
pub use english::counted;
pub use formula::{Formula, Term};
pub use numbers::{Number, Numbers};
pub use origin::Origin;
pub use paper::Paper;
pub use report::{Head, Report};
pub use settings::{
    ContactSettings, FunderSettings, OfficerSettings, PaperSettings, PaymentSettings, SettingList,
    SettingText, Settings,
};
pub use table::{Row, Table};
pub use text::{Part, Span, Text};

pub(crate) use cell::displayed;
pub(crate) use declare::{columns, declare};
pub(crate) use json::to_json;
pub(crate) use lines::{Line, lines};
pub(crate) use report::tables_and_notes;
pub(crate) use text::{capital, text};
