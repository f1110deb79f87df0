//! [`Answer`]: what a reader asks first, answered in one line.

use crate::document::text::{Part, Text, text};

/// A figure and what it is: `£8,052.80` `left in the tactical pot`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The figure, or words in its place; a format may write it large.
    pub figure: Text,
    /// What it is: the rest of the sentence.
    pub meaning: Text,
    /// `true` if it calls for action. The words say so too: a format only makes it stand out.
    pub warns: bool,
}

impl Answer {
    pub(crate) fn new(figure: impl Part, meaning: impl Part) -> Answer {
        Answer {
            figure: text![figure],
            meaning: text![meaning],
            warns: false,
        }
    }

    /// An answer that calls for action.
    pub(crate) fn warning(figure: impl Part, meaning: impl Part) -> Answer {
        Answer {
            warns: true,
            ..Answer::new(figure, meaning)
        }
    }

    /// Both together.
    pub fn text(&self) -> Text {
        text![&self.figure, " ", &self.meaning]
    }
}
