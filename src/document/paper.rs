//! [`Paper`]: a report with its origin at the foot.

use crate::document::block::Block;
use crate::document::origin::Origin;
use crate::document::report::{Head, Report};
use crate::document::table::Table;
use crate::document::text::Text;

/// A report with its origin at its foot, where a format has room for words.
///
/// JSON and CSV are made of the report alone: an issued report's fingerprint is over its JSON and
/// stands in the `issue` entry, so the JSON cannot hold a fingerprint that speaks for that entry.
pub struct Paper<'a> {
    /// The report.
    pub report: &'a dyn Report,
    /// What it rests on; a report that does not rest on one book alone has none.
    pub origin: Option<Origin>,
}

impl Report for Paper<'_> {
    fn head(&self) -> Head {
        self.report.head()
    }

    fn tables(&self) -> Vec<Table> {
        self.report.tables()
    }

    fn notes(&self) -> Vec<Text> {
        self.report.notes()
    }

    fn blocks(&self) -> Vec<Block> {
        self.report.blocks()
    }

    fn data(&self) -> Table {
        self.report.data()
    }

    fn origin(&self) -> Option<Origin> {
        self.origin
    }
}
