//! [`Numbers`]: the numbers of a paper's sections and paragraphs.

use std::fmt;

use crate::document::block::Block;

/// Counts the sections of a paper, and the paragraphs of each. A word processor counts in the same
/// way.
#[derive(Debug, Clone, Copy, Default)]
pub struct Numbers {
    section: usize,
    paragraph: usize,
}

/// The number of a section, such as `2.0`, or of a paragraph, such as `2.1`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Number {
    section: usize,
    paragraph: usize,
}

impl Numbers {
    /// The number of the next block of a paper, if it has one.
    pub fn next(&mut self, block: &Block) -> Option<Number> {
        match block {
            Block::Section(_) => (self.section, self.paragraph) = (self.section + 1, 0),
            Block::Numbered(_) => self.paragraph += 1,
            _ => return None,
        }
        Some(Number {
            section: self.section,
            paragraph: self.paragraph,
        })
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.section, self.paragraph)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_and_their_paragraphs_are_counted() {
        let blocks = [
            Block::Heading("Summary".into()),
            Block::Section("Allocation".into()),
            Block::Numbered("A sum.".into()),
            Block::Paragraph("An aside.".into()),
            Block::Numbered("Another.".into()),
            Block::Section("Projects".into()),
            Block::Numbered("A project.".into()),
        ];
        let mut numbers = Numbers::default();
        let found = blocks.iter().filter_map(|block| numbers.next(block));
        let found: Vec<String> = found.map(|number| number.to_string()).collect();
        assert_eq!(found, ["1.0", "1.1", "1.2", "2.0", "2.1"]);
    }
}
