//! [`Arrow`]: the way along which a kind of entry moves money.

use crate::model::keyword::keywords;

keywords! {
    /// One end of an [`Arrow`]. Its keyword is that of the file's `kind` table.
    End, EndError, "an end of an arrow such as pot or project" {
        /// The funder.
        Opcc = "opcc",
        /// The entry's pot, or the pot of its project.
        Pot = "pot",
        /// The upfront pot.
        Upfront = "upfront",
        /// The tactical pot.
        Tactical = "tactical",
        /// The entry's project.
        Project = "project",
        /// The entry's pot or project, whichever it names.
        Holder = "holder",
        /// Money spent.
        Spent = "spent",
        /// Money returned to the OPCC, by the entry's pot or project.
        Returned = "returned",
        /// Money that the OPCC had not paid out and keeps.
        Lapsed = "lapsed",
    }
}

/// The way along which money moves, from one end to the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Arrow {
    /// The end the money leaves.
    pub from: End,
    /// The end at which it arrives.
    pub to: End,
}
