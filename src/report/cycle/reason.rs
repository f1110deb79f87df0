//! Why a project will not spend its award, in the words of whoever recorded it.

use crate::model::{Entry, Kind};

/// Why a project will not spend its award, from its entries: the note of its latest forecast, else
/// of its end.
pub(crate) fn reason(entries: &[&Entry]) -> Option<String> {
    note_of_latest(entries, &[Kind::Forecast]).or_else(|| {
        let noted = entries.iter().copied();
        let noted: Vec<&Entry> = noted.filter(|entry| entry.note.is_some()).collect();
        note_of_latest(&noted, &[Kind::Complete, Kind::Reduce, Kind::Withdraw])
    })
}

/// The note of the latest entry of some kinds, if it has one.
pub(crate) fn note_of_latest(entries: &[&Entry], kinds: &[Kind]) -> Option<String> {
    let mut entries = entries.iter();
    let latest = entries.rfind(|entry| kinds.contains(&entry.event.kind()))?;
    latest.note.clone()
}
