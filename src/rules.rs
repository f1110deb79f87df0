//! The rules: whether an entry may be recorded. A [`History`] answers, with the
//! [`Entry`](crate::model::Entry) or a [`Refusal`].
//!
//! Money rules are absolute: no pot, no project and no spend is below zero at the end of any day.
//! Process rules (the order of decisions, the tactical gate, the date windows, duplicates, what a
//! year needs before it is closed) can be set aside on record, with a reason.

mod days;
mod remedy;
mod refusals;
mod refusal;
mod folded;
mod normalised;
mod movement;
mod process;
mod order;
mod span;
mod history;
mod record;
mod checks;
mod reverse;
mod trial;
mod dependants;
mod correction;
mod correct;
mod payment;

pub(crate) use payment::MAX_DAYS_ACCRUED;

pub use correction::Correction;
pub use days::Days;
pub use history::{Breach, History};
pub use normalised::normalised;
pub use payment::{
    Action, ActionError, Booked, Decisions, GrandTotal, Incoming, Line, Payment, Place,
    Recognition, Suspect, Tally, Verdict, lookalikes, merge, occurrences, recognise, suggestion,
};
pub use process::MAX_DAYS_AHEAD;
pub use refusal::{Refusal, Rule};
pub use remedy::Remedy;
pub use trial::{OnRecord, Untenable};
