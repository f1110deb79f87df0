//! [`Section`]: a question of the chair's, answered.

use crate::document::{Block, Table, Text};

/// An answer, which stands as a heading, and the figures behind it.
pub(super) struct Section {
    pub(super) answer: Text,
    /// Its caption names the sheet of a workbook.
    pub(super) table: Table,
    pub(super) notes: Vec<Text>,
}

impl Section {
    /// The table under its answer, then the notes. A table without rows leaves the answer alone.
    pub(super) fn blocks(self) -> impl Iterator<Item = Block> {
        let answer = if self.table.rows.is_empty() {
            Block::Heading(self.answer)
        } else {
            Block::Table(self.table.captioned(self.answer))
        };
        [answer].into_iter().chain(Block::points(self.notes))
    }
}
