//! The council's ledger: whether the book has a payment already, whoever wrote it down and however.

mod verdict;
mod texts;
mod line;
mod keyed;
mod decision;
mod pairing;
mod sums;
mod likely;
mod recognise;
mod suggestion;
mod lookalikes;
mod merge;

pub(crate) use likely::MAX_DAYS_ACCRUED;

pub use decision::{Decisions, occurrences};
pub use line::{Booked, GrandTotal, Line, Payment, Place, Tally};
pub use lookalikes::{Suspect, lookalikes};
pub use merge::merge;
pub use recognise::{Incoming, Recognition, recognise};
pub use suggestion::{Action, ActionError, suggestion};
pub use verdict::Verdict;
