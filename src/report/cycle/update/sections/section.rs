//! [`Section`]: one section of the update.

use crate::document::{Block, Table, Text};

/// A heading, the sentences below it, and a table, whose caption names the sheet of a workbook.
pub(super) struct Section {
    pub(super) heading: Text,
    pub(super) sentences: Vec<Text>,
    pub(super) table: Option<Table>,
}

impl Section {
    /// The heading, the sentences, and the table if it has rows.
    pub(super) fn blocks(self) -> impl Iterator<Item = Block> {
        let table = self.table.and_then(Table::filled);
        let table = table.map(|table| Block::Table(table.captioned("")));
        let paragraph = Text::join(self.sentences, " ");
        let sentences = [Block::Heading(self.heading), Block::Paragraph(paragraph)];
        sentences.into_iter().chain(table)
    }
}
