//! What of a tracker waits for a person.

use crate::model::{Date, Money, ProjectRef, Stage};

/// A project of which nothing was recorded until someone decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingProject {
    /// The tracker's row.
    pub row: u64,
    /// The project.
    pub project: ProjectRef,
    /// Why it waits.
    pub change: TrackerChange,
}

/// What a tracker has otherwise than the book, and no import may settle.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "the fields are what the sentences show")]
#[non_exhaustive]
pub enum TrackerChange {
    /// The award was varied, which needs the OPCC's agreement as its reference.
    #[error("the tracker has an award of {}, the book {}", tracker.pounds(), book.pounds())]
    Award {
        tracker: Money,
        book: Money,
        /// By how much the two differ.
        difference: Money,
    },
    /// Spend to date fell.
    #[error(
        "the tracker has spend of {} up to {}, the book {}",
        tracker.pounds(), on.long(), book.pounds()
    )]
    Spent {
        tracker: Money,
        book: Money,
        on: Date,
    },
    /// The amount asked was changed before approval.
    #[error("the tracker has {} requested, the book {}", tracker.pounds(), book.pounds())]
    Asked { tracker: Money, book: Money },
    /// The book has come further than the tracker, or another way.
    #[error("the tracker has it {tracker}, the book {book}")]
    Stage { tracker: Stage, book: Stage },
}
