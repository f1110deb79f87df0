//! What a payment that a person types resembles.

use crate::book::payments::{OnRecord, years_around};
use crate::error::Error;
use crate::fold::Lens;
use crate::model::{Date, Draft, EntryNumber, Money, Vat};
use crate::rules::{Booked, Incoming, Line, Payment, Place, Verdict, recognise};
use crate::store::Store;

/// An entry that was recorded although the book has others like it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Likeness {
    /// The entry.
    pub entry: EntryNumber,
    /// What the book had of it.
    pub verdict: Verdict,
    /// By how much it differs from what was accrued for it, if it is likely the invoice of an
    /// accrual.
    pub beyond_accrual: Option<Money>,
}

/// What the book has of a payment that is about to be recorded.
pub(super) struct Found {
    verdict: Verdict,
    beyond_accrual: Option<Money>,
}

impl Found {
    /// The same of the entry that records the payment.
    pub(super) fn of(self, entry: EntryNumber) -> Likeness {
        let (verdict, beyond_accrual) = (self.verdict, self.beyond_accrual);
        Likeness {
            entry,
            verdict,
            beyond_accrual,
        }
    }
}

/// What the book has of a payment that is about to be recorded; `None` if it is no payment, or if
/// the book has nothing like it.
pub(super) fn likeness(store: &Store, draft: &Draft) -> Result<Option<Found>, Error> {
    let Some(payment) = Payment::from_draft(draft) else {
        return Ok(None);
    };
    let lines = [Line {
        place: Place::default(),
        payment,
        vat: Vat::Net,
        category: None,
        note: None,
        recurring: false,
    }];
    let (amount, is_accrued) = (draft.event().cost(), draft.event().is_accrued());
    let mut known = OnRecord::read(store, years_around(&lines), Lens::at(Date::MAX))?;
    // One accrual does not settle another.
    let settles = |booked: &Booked| booked.is_accrued() && !is_accrued;
    let is_meant = |booked: &Booked| {
        settles(booked) || !booked.is_accrued() || booked.payment.amount == amount
    };
    known.booked.retain(is_meant);
    let incoming = Incoming {
        lines: &lines,
        days: None,
        decisions: &known.decisions,
    };
    let verdict = recognise(incoming, &known.booked).verdicts.pop();
    let verdict = verdict.filter(|it| !matches!(it, Verdict::New | Verdict::Decided(_)));
    Ok(verdict.map(|verdict| {
        let likely = match verdict {
            Verdict::Likely(entry) => Some(entry),
            _ => None,
        };
        let mut accruals = known.booked.iter().filter(|booked| settles(booked));
        let accrual = accruals.find(|booked| likely == Some(booked.entry));
        Found {
            beyond_accrual: accrual.map(|booked| amount - booked.payment.amount),
            verdict,
        }
    }))
}
