//! A year's history, read from the file.

use crate::error::Error;
use crate::model::{FinancialYear, Kind};
use crate::rules::History;
use crate::store::Store;

/// A year's history. Its postings are read one at a time: they are most of a journal, and only
/// sums of them are kept.
pub(super) fn history(store: &Store, year: FinancialYear) -> Result<History, Error> {
    let (postings, steps): (Vec<Kind>, Vec<Kind>) =
        Kind::ALL.iter().partition(|kind| kind.is_posting());
    let mut history = History::from_steps(year, store.entries(year, &steps)?);
    store.for_each_of_kind(year, &postings, None, |entry| {
        history.post(&entry);
        Ok::<(), Error>(())
    })?;
    Ok(history)
}
