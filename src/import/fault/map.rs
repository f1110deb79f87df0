//! What is wrong with a map.

use crate::model::ProjectRef;

/// What is wrong with a map.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MapFault {
    /// It is not TOML, or a key or value of it is unknown.
    #[error("{message}")]
    Toml {
        /// What the reader says.
        message: String,
    },
    /// It has too many rules.
    #[error("more than {limit} [[project]] rules, the limit")]
    TooManyRules {
        /// The most rules.
        limit: usize,
    },
    /// Its rules look for too many texts.
    #[error("its [[project]] rules look for more than {limit} texts, the limit")]
    TooManyWords {
        /// The most texts.
        limit: usize,
    },
    /// A rule has both `is` and `contains`, or neither.
    #[error("[[project]] {project}: give it one of `is` and `contains`")]
    IsOrContains {
        /// The rule's project.
        project: ProjectRef,
    },
    /// Nothing in it finds a project.
    #[error(
        "no line would find its project; add [[project]] rules, a `project` column, or unmatched = \"P01\""
    )]
    NoProject,
}
