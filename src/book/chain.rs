//! The chain of numbers, moments and fingerprints, walked from the book's names to its last entry.

use crate::book::handle::Book;
use crate::error::Error;
use crate::model::{Entry, EntryNumber, Fingerprint, Moment};
use crate::store::StoreError;

#[derive(Debug, Default)]
pub(super) struct Chain {
    pub(super) last: Option<(EntryNumber, Moment)>,
    /// The first break, since everything after it follows from it.
    pub(super) broken: Option<String>,
    /// The position of the wanted fingerprint in the sound part.
    pub(super) found: Option<Position>,
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Position {
    /// Before the first entry: it is that of the book's names.
    Start,
    /// It is that of this entry.
    Entry(EntryNumber),
}

impl Book {
    /// Makes every fingerprint again, and looks for one on the way.
    pub(super) fn chain(&self, wanted: Option<Fingerprint>) -> Chain {
        let mut chain = Chain::default();
        let names = match self.names() {
            Ok(names) => names,
            Err(error) => {
                chain.broken = Some(describe_without_path(&error));
                return chain;
            }
        };
        let mut before = Fingerprint::of_book(&names.partnership, &names.funder);
        chain.found = (wanted == Some(before)).then_some(Position::Start);
        let walked = self.store.for_each_entry(|entry, fingerprint| {
            let made = entry.fingerprint_after(before);
            check_link(chain.last, &entry, made, fingerprint)
                .map_err(|what| Walk::Broken(format!("entry {}: {what}", entry.number)))?;
            if wanted == Some(made) {
                chain.found = Some(Position::Entry(entry.number));
            }
            (before, chain.last) = (made, Some((entry.number, entry.recorded)));
            Ok(())
        });
        chain.broken = match walked {
            Ok(()) => None,
            Err(Walk::Broken(what)) => Some(what),
            Err(Walk::Store(error @ StoreError::Damaged { .. })) => {
                Some(describe_without_path(&error.into()))
            }
            // The entry that could not be read is the one after the last that could.
            Err(Walk::Store(error)) => {
                let next = chain
                    .last
                    .map_or(1, |(number, _)| number.0.saturating_add(1));
                let fault = describe_without_path(&error.into());
                Some(format!("entry {next}: {fault}"))
            }
        };
        chain
    }
}

/// Checks that an entry follows the last, and that the fingerprint kept for it is the one made
/// from it.
fn check_link(
    last: Option<(EntryNumber, Moment)>,
    entry: &Entry,
    made: Fingerprint,
    kept: Fingerprint,
) -> Result<(), String> {
    let number = last.map_or(0, |(number, _)| number.0);
    if entry.number.0 != number + 1 {
        return Err(format!("follows entry {number}: numbers have no gaps"));
    }
    if last.is_some_and(|(_, moment)| entry.recorded < moment) {
        return Err("was recorded before the entry it follows".into());
    }
    if made != kept {
        return Err(format!(
            "has fingerprint {kept}, expected {made}: it or the chain before it was changed"
        ));
    }
    Ok(())
}

/// Why the walk along the chain ended early.
enum Walk {
    Broken(String),
    Store(StoreError),
}

impl From<StoreError> for Walk {
    fn from(error: StoreError) -> Walk {
        Walk::Store(error)
    }
}

/// An error without the path of the file, which is the one being checked.
pub(super) fn describe_without_path(error: &Error) -> String {
    match error {
        Error::Store(StoreError::Sqlite { error, .. }) => error.to_string(),
        error => error.to_string(),
    }
}
