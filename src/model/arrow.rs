//! [`Arrow`]: the way along which a kind of entry moves money.

/// One end of an [`Arrow`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// The funder.
    Opcc,
    /// The entry's pot, or the pot of its project.
    Pot,
    /// The upfront pot.
    Upfront,
    /// The tactical pot.
    Tactical,
    /// The entry's project.
    Project,
    /// The entry's pot or project, whichever it names.
    Holder,
    /// Money spent.
    Spent,
    /// Money returned to the OPCC.
    Returned,
}

impl End {
    /// Its keyword in the file's `kind` table.
    pub fn as_str(self) -> &'static str {
        match self {
            End::Opcc => "opcc",
            End::Pot => "pot",
            End::Upfront => "upfront",
            End::Tactical => "tactical",
            End::Project => "project",
            End::Holder => "holder",
            End::Spent => "spent",
            End::Returned => "returned",
        }
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
