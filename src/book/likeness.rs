//! What a payment that a person types resembles.

use crate::book::payments::{OnRecord, years_around};
use crate::error::Error;
use crate::fold::Lens;
use crate::model::{Date, Draft, EntryNumber, Vat};
use crate::rules::{Incoming, Line, Payment, Place, Verdict, recognise};
use crate::store::Store;

/// An entry that was recorded although the book has others like it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Likeness {
    /// The entry.
    pub entry: EntryNumber,
    /// What the book had of it.
    pub verdict: Verdict,
}

/// What the book has of a payment that is about to be recorded; `None` if it is no payment, or if
/// the book has nothing like it.
pub(super) fn likeness(store: &Store, draft: &Draft) -> Result<Option<Verdict>, Error> {
    let Some(payment) = Payment::from_draft(draft) else {
        return Ok(None);
    };
    let lines = [Line {
        place: Place::default(),
        payment,
        vat: Vat::Net,
        note: None,
        recurring: false,
    }];
    let known = OnRecord::read(store, years_around(&lines), Lens::at(Date::MAX))?;
    let incoming = Incoming {
        lines: &lines,
        days: None,
        decisions: &known.decisions,
    };
    let verdict = recognise(incoming, &known.booked).verdicts.pop();
    Ok(verdict.filter(|verdict| !matches!(verdict, Verdict::New | Verdict::Decided(_))))
}
