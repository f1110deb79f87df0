//! What deserves a second look after something is recorded: it is often a slip of the keyboard.

use crg::book::{Book, Likeness, Recorded};
use crg::document::counted;
use crg::format::visible;
use crg::model::{Contact, Entry, EntryNumber, FinancialYear, ProjectRef, Quarter};
use crg::rules::{Booked, Verdict};

use crate::context::Context;
use crate::payment_notes::{PaymentNote, payment_notes};
use crate::reported_quarters;

/// The most rows that are named one by one.
const MAX_NAMED: usize = 5;
/// The most characters of a payment that a note describes.
const MAX_DESCRIBED: usize = 120;

/// The notes on what was recorded.
pub(crate) fn notes(book: &Book, recorded: &Recorded, context: &Context) -> Vec<String> {
    let mut notes = Vec::new();
    notes.extend(clock(book, context));
    for entry in &recorded.entries {
        let (number, on, year) = (entry.number, entry.on.long(), entry.year);
        if entry.on > context.today {
            notes.push(format!(
                "entry {number} is dated in the future: not in figures before {on}"
            ));
        }
        if let Some((before, project)) = same_project_in_year_before(book, entry) {
            notes.push(format!(
                "{before} has a project {project} too; this was recorded in {year}"
            ));
        }
    }
    for likeness in &recorded.likenesses {
        notes.extend(resembles(book, likeness));
    }
    let of_payments = of_payments(book, recorded).into_iter();
    notes.extend(of_payments.map(|note| note.text));
    for entry in &recorded.entries {
        notes.extend(personal(entry));
    }
    notes.extend(reported_quarters::changed_by(book, &recorded.entries));
    for pots in &recorded.pots {
        if pots.allocation.is_zero() {
            notes.push(format!("{} has no allocation on record", pots.year));
        }
    }
    notes
}

/// The note on a clock that ran ahead: moments never go back, so what is recorded follows the last
/// one.
pub(crate) fn clock(book: &Book, context: &Context) -> Option<String> {
    // It is recorded: if the book cannot be read again, there is nothing to note.
    let last = book.last_entry().ok()??;
    let (last, now) = (book.entry(last).ok()??, context.now);
    last.recorded.runs_ahead_of(now).then(|| {
        format!(
            "a clock ran ahead: entry {} was recorded at {}, but the clock of this computer says {now}; \
             --known-at with an earlier moment leaves it out (crg check names the first such entry)",
            last.number, last.recorded
        )
    })
}

/// Prints that note after a command that names no other.
pub(crate) fn print_clock(book: &Book, context: &Context) {
    if let Some(note) = clock(book, context) {
        context.output.note(&note);
    }
}

/// The note on rows of a file that look as if they hold a person's contact details: how many, and
/// the first.
pub(crate) fn personal_rows(rows: &[u64]) -> Option<String> {
    let first = rows.first()?;
    let listed: Vec<String> = rows.iter().take(MAX_NAMED).map(u64::to_string).collect();
    let which = match rows.len() {
        1 => format!("the text of row {first} looks"),
        few if few <= MAX_NAMED => format!("the text of rows {} looks", listed.join(", ")),
        many => format!(
            "the text of {}, the first {}, looks",
            counted(many, "row"),
            listed.join(", ")
        ),
    };
    Some(format!(
        "{which} as if it holds an e-mail address or a telephone number; what is recorded cannot be \
         edited or erased: see docs/personal-data.md"
    ))
}

/// The notes on payments, each with what to do if it is right.
pub(crate) fn of_payments(book: &Book, recorded: &Recorded) -> Vec<PaymentNote> {
    payment_notes(book, recorded, |entries| described(book, entries))
}

/// What entries of payments hold.
fn described(book: &Book, numbers: &[EntryNumber]) -> Option<String> {
    // It is recorded: if the book cannot be read again, there is nothing to note.
    let entries = numbers
        .iter()
        .map(|number| book.entry(*number).ok().flatten());
    let entries: Vec<Entry> = entries.collect::<Option<_>>()?;
    let payments = entries.iter().filter_map(Booked::from_entry);
    let described: Vec<String> = payments
        .map(|booked| {
            let payment = booked.payment;
            let words = visible(&payment.in_words(MAX_DESCRIBED));
            format!("entry {} ({words}, in {})", booked.entry, payment.year)
        })
        .collect();
    Some(described.join(" and "))
}

/// The note on a payment that the book may have already, with what that is.
fn resembles(book: &Book, likeness: &Likeness) -> Option<String> {
    if likeness.beyond_accrual.is_some() {
        return None;
    }
    let number = likeness.entry;
    let others = described(book, likeness.verdict.entries())?;
    let check = "please check that it is not there twice";
    Some(match likeness.verdict {
        Verdict::New | Verdict::Decided(_) => return None,
        Verdict::Same(_) => format!("entry {number} repeats {others}"),
        Verdict::Elsewhere(_) => {
            format!("entry {number} is the same payment as {others}, of another year: {check}")
        }
        Verdict::Reversed(_) => {
            format!("entry {number} is the same payment as {others}, which was reversed: {check}")
        }
        Verdict::Sum(_) => format!("entry {number} is the sum of {others}: {check}"),
        Verdict::Further(_) | Verdict::Changed(_) => {
            format!("entry {number} has the supplier and reference of {others}: {check}")
        }
        Verdict::Likely(_) => {
            format!("entry {number} may be the same payment as {others}: {check}")
        }
        Verdict::InLump(_) => {
            format!("entry {number} may be included in the lump of {others}: {check}")
        }
    })
}

/// Notes on texts that look as if they hold a person's contact details.
fn personal(entry: &Entry) -> impl Iterator<Item = String> {
    let number = entry.number;
    let found = Contact::of_entry(entry).into_iter();
    found.map(move |(column, contact)| {
        format!(
            "the {column} of entry {number} looks as if it holds {}; what is recorded cannot be edited, \
             and a reversal does not erase it: name a role or an agency instead, and see \
             docs/personal-data.md",
            contact.noun()
        )
    })
}

/// The year before, if it has a project of the same ref: in the first quarter a late invoice may be
/// meant for that one.
fn same_project_in_year_before<'a>(
    book: &Book,
    entry: &'a Entry,
) -> Option<(FinancialYear, &'a ProjectRef)> {
    let first_quarter = entry.year.quarter_of(entry.on) == Quarter::Q1;
    if !(entry.event.kind().is_spending() && first_quarter) {
        return None;
    }
    let project = entry.event.project()?;
    let years = book.proposals(project).ok()?;
    let mut years = years.iter().map(|(year, _)| *year);
    let before = years.find(|year| year.next() == entry.year)?;
    Some((before, project))
}
