//! What a report is made of: tables, blocks, drawings and formulas. It knows no report.

pub(crate) mod table;
pub(crate) mod block;
pub(crate) mod drawing;
pub(crate) mod formula;
pub(crate) mod origin;
pub(crate) mod english;
pub(crate) mod json;

pub use block::Block;
pub use drawing::Drawing;
pub(crate) use english::{listed, number, sentence, spelled};
pub use formula::{Term, Working};
pub use json::json;
pub use origin::{Origin, Paper};
pub use table::{Align, Cell, Field, Report, Table, counted};
pub(crate) use table::{overrides, unless_confirmed};
