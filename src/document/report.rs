//! [`Report`]: what every report can show of itself.

use crate::document::block::Block;
use crate::document::origin::Origin;
use crate::document::table::Table;
use crate::document::text::Text;
use crate::model::Date;

/// What every report can show of itself. The formats are made from it.
pub trait Report {
    /// What it is, with its year and day.
    fn title(&self) -> Text;

    /// The day it speaks of, if it speaks of one.
    fn as_at(&self) -> Option<Date> {
        None
    }

    /// The whole of it in the order it is read.
    fn blocks(&self) -> Vec<Block>;

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
        let sentences = |block| match block {
            Block::Paragraph(paragraph) => vec![paragraph],
            Block::Points(points) => points,
            Block::Heading(_) | Block::Table(_) => Vec::new(),
        };
        self.blocks().into_iter().flat_map(sentences).collect()
    }

    /// The entry its figures rest on, printed at the foot of a
    /// [`Paper`](crate::document::Paper).
    fn origin(&self) -> Option<Origin> {
        None
    }
}

/// A report of one table, and notes below it.
pub(crate) fn table_and_notes(table: Table, notes: Vec<Text>) -> Vec<Block> {
    let points = (!notes.is_empty()).then_some(Block::Points(notes));
    [Block::Table(table)].into_iter().chain(points).collect()
}
