//! [`Action`]: what is done with a line that waited, and what is suggested.

use std::fmt;
use std::str::FromStr;

use crate::model::{EntryNumber, EntryNumbers, Source};
use crate::rules::payment::line::{Booked, Payment};
use crate::rules::payment::verdict::Verdict;

/// What is done with a line that waited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// It is recorded: another payment.
    Add,
    /// It is recorded in place of these entries, which are reversed.
    Replace(Vec<EntryNumber>),
    /// It is these entries: nothing is recorded.
    SameAs(Vec<EntryNumber>),
    /// It is none of the grant's: nothing is recorded.
    Ignore,
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Action::Add => f.write_str("add"),
            Action::Replace(entries) => write!(f, "replace {}", EntryNumbers(entries.clone())),
            Action::SameAs(entries) => write!(f, "same as {}", EntryNumbers(entries.clone())),
            Action::Ignore => f.write_str("ignore"),
        }
    }
}

/// The error for a text that is not an [`Action`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an action: add, replace 20, same as 20;21, or ignore")]
pub struct ActionError;

impl FromStr for Action {
    type Err = ActionError;

    /// Reads it in any case, with any spaces.
    fn from_str(text: &str) -> Result<Action, ActionError> {
        let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
        let text = words.join(" ");
        let entries = |numbers: &str| {
            let numbers: EntryNumbers = numbers.parse().map_err(|_| ActionError)?;
            Ok(numbers.0)
        };
        if let Some(numbers) = text.strip_prefix("replace ") {
            entries(numbers).map(Action::Replace)
        } else if let Some(numbers) = text.strip_prefix("same as ") {
            entries(numbers).map(Action::SameAs)
        } else {
            match text.as_str() {
                "add" => Ok(Action::Add),
                "ignore" => Ok(Action::Ignore),
                _ => Err(ActionError),
            }
        }
    }
}

/// What is suggested for a line that waits, beside the entries that it resembles; `None` if only a
/// person can say.
pub fn suggestion(verdict: &Verdict, payment: &Payment, like: &[&Booked]) -> Option<Action> {
    match verdict {
        Verdict::Reversed(_) => Some(Action::Ignore),
        Verdict::Sum(entries) => Some(Action::SameAs(entries.clone())),
        Verdict::Changed(entry) => Some(Action::Replace(vec![*entry])),
        Verdict::Further(_) => Some(Action::Add),
        Verdict::Likely(entry) if like.iter().any(|booked| says_less(booked, payment)) => {
            Some(Action::Replace(vec![*entry]))
        }
        Verdict::Likely(entry) => Some(Action::SameAs(vec![*entry])),
        Verdict::New
        | Verdict::Decided(_)
        | Verdict::Same(_)
        | Verdict::Elsewhere(_)
        | Verdict::InLump(_) => None,
    }
}

/// Returns `true` if an entry lacks what the ledger's line says, or stands for an invoice to come.
fn says_less(booked: &Booked, payment: &Payment) -> bool {
    let lacks = |has: &Option<String>, line: &Option<String>| has.is_none() && line.is_some();
    let is_provisional = matches!(booked.source, Some(Source::Accrued | Source::Tracker));
    is_provisional
        || lacks(&booked.payment.supplier, &payment.supplier)
        || lacks(&booked.payment.reference, &payment.reference)
}
