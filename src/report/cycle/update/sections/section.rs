//! [`Section`]: one numbered section of the update.

use crate::document::{Block, Table, Text};

/// What is written for the officer to fill in: only the team knows it.
pub(super) const TO_BE_ADDED: &str = "[to be added]";

/// A heading, what stands below it, and the rows it is about, whose caption names the sheet of a
/// workbook.
pub(super) struct Section {
    heading: Text,
    parts: Vec<Block>,
    pub(super) sheet: Option<Table>,
}

impl Section {
    pub(super) fn new(heading: impl Into<Text>) -> Section {
        Section {
            heading: heading.into(),
            parts: Vec::new(),
            sheet: None,
        }
    }

    /// Adds a numbered paragraph of these sentences, if there are any.
    pub(super) fn says(mut self, sentences: impl IntoIterator<Item = Text>) -> Section {
        let paragraph = Text::join(sentences, " ");
        if !paragraph.is_empty() {
            self.parts.push(Block::Numbered(paragraph));
        }
        self
    }

    /// Adds other parts.
    pub(super) fn with(mut self, parts: impl IntoIterator<Item = Block>) -> Section {
        self.parts.extend(parts);
        self
    }

    /// Adds rows that the paper does not show.
    pub(super) fn sheet(self, table: Table) -> Section {
        Section {
            sheet: Some(table),
            ..self
        }
    }

    /// Adds rows, which the paper shows if there are any.
    pub(super) fn table(self, table: Table) -> Section {
        let shown = table.clone().filled();
        let shown = shown.map(|table| Block::Table(table.captioned("")));
        self.with(shown).sheet(table)
    }

    /// The heading and what stands below it.
    pub(super) fn blocks(self) -> impl Iterator<Item = Block> {
        std::iter::once(Block::Section(self.heading)).chain(self.parts)
    }
}
