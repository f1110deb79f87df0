//! [`Extract`]: a council ledger's extract, CSV or a workbook, read line by line as its [`Map`] says.
//!
//! Every row ends up as one of these: a payment, a line of the grant that is bad, one that is
//! nothing (£0.00), one that is outside the grant, a total, a balance, the header once more, or a
//! heading without day and amount. Reading
//! takes at most about 1 GiB of memory: a file may have 64 MiB (a workbook may unpack to 128 MiB),
//! a million rows and five hundred columns; a map 1 MiB.

mod amounts;
mod closeness;
mod columns;
mod fill;
mod gross;
mod heading;
mod joined;
mod kind;
mod label;
mod layout;
mod limits;
mod lines;
mod lookalikes;
mod map;
mod opened;
mod outside;
mod read;
mod refused;
mod source;
mod suggest;
mod template;
mod text;
mod text_file;
mod totals;
mod tracker;
mod workbook;

pub use limits::{MAX_BYTES, MAX_COLUMNS, MAX_LINES, MAX_UNPACKED};
pub use lines::{BadLine, OutsideLine};
pub use map::Map;
pub use read::{Extract, Progress};
pub(in crate::import) use source::{is_workbook, read_file};
pub use suggest::{COLUMN_KEYS, Candidate, Choices, Sketch, suggest};
pub use template::{Choice, Example, INVOICES, TRACKER, Template, TemplateColumn};
pub use tracker::{Tracker, TrackerMap, TrackerRow, suggest_tracker};
pub use workbook::fenced::WORKBOOK_READER;
pub(in crate::import) use workbook::xlsx::as_csv;
