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
    /// The name of what follows, below a heading.
    Subheading(Text),
    /// A heading with a number, such as `2.0`.
    Section(Text),
    /// Sentences.
    Paragraph(Text),
    /// Sentences with a number, such as `2.1`: the first below section 2.0.
    Numbered(Text),
    /// Labels, each with what it stands for, such as `To: The working group`.
    Fields(Vec<(&'static str, Text)>),
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

    /// Its sentences.
    pub(crate) fn sentences(self) -> Vec<Text> {
        match self {
            Block::Paragraph(paragraph) | Block::Numbered(paragraph) => vec![paragraph],
            Block::Points(points) => points,
            _ => Vec::new(),
        }
    }
}
