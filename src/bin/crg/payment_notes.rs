//! What deserves a second look after a payment is recorded, and the command that puts it right: an
//! accrual whose invoice it may be, and a cost category that is spelled otherwise.

use crg::book::{Book, Likeness, Recorded};
use crg::format::visible;
use crg::model::EntryNumber;

use crate::hint::{Hint, command};

/// A note, and what to do if it is right.
pub(crate) struct PaymentNote {
    pub(crate) text: String,
    pub(crate) next: Hint,
}

/// The notes on payments that were recorded. `described` says what entries hold.
pub(crate) fn payment_notes(
    book: &Book,
    recorded: &Recorded,
    described: impl Fn(&[EntryNumber]) -> Option<String>,
) -> Vec<PaymentNote> {
    let settled = recorded.likenesses.iter();
    let settled = settled.filter_map(|likeness| settles(likeness, &described));
    settled.chain(other_spellings(book, recorded)).collect()
}

/// The note on a payment that may be the invoice of an accrual.
fn settles(
    likeness: &Likeness,
    described: impl Fn(&[EntryNumber]) -> Option<String>,
) -> Option<PaymentNote> {
    let (entry, numbers) = (likeness.entry, likeness.verdict.entries());
    let (difference, accrual) = (likeness.beyond_accrual?, *numbers.first()?);
    let differs = match difference {
        none if none.is_zero() => "the same amount".to_owned(),
        less if less.is_negative() => format!("{} less", less.abs().pounds()),
        more => format!("{} more", more.pounds()),
    };
    let accrued = described(numbers)?;
    let reason = format!("Entry {entry} is its invoice.");
    let reverse = command!("reverse {} --note {}", accrual, reason);
    Some(PaymentNote {
        text: format!(
            "entry {entry} may be the invoice of what was accrued as {accrued}, {differs}; until the accrual \
             is reversed, both count"
        ),
        next: reverse.because("if it is, reverse the accrual"),
    })
}

/// Notes on categories that the year has in another spelling.
fn other_spellings(book: &Book, recorded: &Recorded) -> impl Iterator<Item = PaymentNote> {
    recorded.entries.iter().filter_map(move |entry| {
        let category = entry.event.category()?;
        // It is recorded: if the book cannot be read again, there is nothing to note.
        let other = book.category_like(entry.year, category).ok()??;
        let (number, year) = (entry.number, entry.year);
        let (own, known) = (visible(category), visible(&other));
        let correct = command!("correct {} --category {}", number, other);
        Some(PaymentNote {
            text: format!(
                "the category \"{own}\" of entry {number} differs only in capitals, spaces or the like from \
                 \"{known}\", which {year} has too: the year-end workbook adds them up apart"
            ),
            next: correct.because("if it is the same, spell it the same"),
        })
    })
}
