//! [`Block`]: the parts of a paper, in the order they are read.

use crate::document::table::Table;

/// One part of a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// The name of what follows, below the paper's title.
    Heading(String),
    /// Sentences.
    Paragraph(String),
    /// Rows under columns, with their caption.
    Table(Table),
    /// Points, one below the other.
    Points(Vec<String>),
}
