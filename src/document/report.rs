//! [`Report`]: what every report can show of itself.

use crate::document::block::Block;
use crate::document::origin::Origin;
use crate::document::table::Table;
use crate::document::text::Text;
use crate::model::{Date, FinancialYear};

/// What a report is, and the day and year it speaks of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// What it is, with its year and day.
    pub title: Text,
    /// The day, if it speaks of one.
    pub as_at: Option<Date>,
    /// The grant year, if it speaks of one.
    pub year: Option<FinancialYear>,
}

impl<T: Into<Text>> From<T> for Head {
    /// The head of a report that speaks of no day.
    fn from(title: T) -> Head {
        Head {
            title: title.into(),
            as_at: None,
            year: None,
        }
    }
}

/// What every report can show of itself. The formats are made from it.
pub trait Report {
    /// What it is, and the day it speaks of.
    fn head(&self) -> Head;

    /// What it is, with its year and day.
    fn title(&self) -> Text {
        self.head().title
    }

    /// The day it speaks of, if it speaks of one.
    fn as_at(&self) -> Option<Date> {
        self.head().as_at
    }

    /// The whole of it in the order it is read.
    fn blocks(&self) -> Vec<Block> {
        vec![Block::Table(self.data())]
    }

    /// The rows that CSV holds.
    fn data(&self) -> Table;

    /// The tables, each a sheet of a workbook.
    fn tables(&self) -> Vec<Table> {
        let table = |block| match block {
            Block::Table(table) => Some(table),
            _ => None,
        };
        self.blocks().into_iter().filter_map(table).collect()
    }

    /// What a reader must know beside the figures.
    fn notes(&self) -> Vec<Text> {
        let blocks = self.blocks().into_iter();
        blocks.flat_map(Block::sentences).collect()
    }

    /// Whose book it was made of, and the entry its figures rest on, which a
    /// [`Paper`](crate::document::Paper) knows.
    fn origin(&self) -> Option<&Origin> {
        None
    }

    /// Whose grant it is about, and of which year, if it was made of a book.
    fn holder(&self) -> Option<Text> {
        Some(self.origin()?.holder(self.head().year))
    }

    /// Returns `true` if it may be issued or certified: the entry that records that is no part of
    /// it.
    fn may_be_issued(&self) -> bool {
        false
    }
}

/// Tables, and notes below them.
pub(crate) fn tables_and_notes(
    tables: impl IntoIterator<Item = Table>,
    notes: impl IntoIterator<Item = Text>,
) -> Vec<Block> {
    let points = Block::points(notes.into_iter().collect());
    let tables = tables.into_iter().map(Block::Table);
    tables.chain(points).collect()
}
