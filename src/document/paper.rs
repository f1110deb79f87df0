//! [`Paper`]: a report with its holder at the head, what lies ahead, and its origin at the foot.

use crate::document::block::Block;
use crate::document::origin::Origin;
use crate::document::report::{Head, Report};
use crate::document::table::Table;
use crate::document::text::Text;

/// A report with its holder, what lies ahead of its day, and its origin.
pub struct Paper<'a> {
    /// The report.
    pub report: &'a dyn Report,
    /// Whose book it was made of; nothing if the book could not be read.
    pub origin: Option<&'a Origin>,
    /// What lies ahead of the day it speaks of.
    pub ahead: Vec<Text>,
}

impl Report for Paper<'_> {
    fn head(&self) -> Head {
        self.report.head()
    }

    fn tables(&self) -> Vec<Table> {
        self.report.tables()
    }

    fn notes(&self) -> Vec<Text> {
        let mut notes = self.report.notes();
        notes.extend(self.ahead.iter().cloned());
        notes
    }

    /// Those of the report; what lies ahead is the last of its points.
    fn blocks(&self) -> Vec<Block> {
        let mut blocks = self.report.blocks();
        match blocks.last_mut() {
            Some(Block::Points(points)) => points.extend(self.ahead.iter().cloned()),
            _ => blocks.extend(Block::points(self.ahead.clone())),
        }
        blocks
    }

    fn data(&self) -> Table {
        self.report.data()
    }

    fn origin(&self) -> Option<&Origin> {
        self.origin
    }

    fn may_be_issued(&self) -> bool {
        self.report.may_be_issued()
    }
}
