//! [`Block`]: the parts of a paper, in the order they are read.

use crate::document::answer::Answer;
use crate::document::table::Table;
use crate::document::text::Text;

/// One part of a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// What a reader asks first, the most important answer first.
    Answers(Vec<Answer>),
    /// The name of what follows, below the paper's title.
    Heading(Text),
    /// Sentences.
    Paragraph(Text),
    /// Rows under columns, with their caption.
    Table(Table),
    /// Points, one below the other.
    Points(Vec<Text>),
}

impl Block {
    /// Notes one below the other, if there are any.
    pub(crate) fn points(notes: Vec<Text>) -> Option<Block> {
        (!notes.is_empty()).then_some(Block::Points(notes))
    }
}
