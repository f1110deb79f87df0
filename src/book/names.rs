//! What the partnership, the funder and the grant are called.

use crate::book::handle::Book;
use crate::error::Error;
use crate::fold::{self, Lens};
use crate::model::{FinancialYear, Kind, Names};
use crate::store::{Store, StoreError};

impl Book {
    /// The names in a year, as seen through a lens.
    pub fn names_in(&self, year: FinancialYear, lens: Lens) -> Result<Names, Error> {
        Ok(names(&self.store, year, lens)?)
    }

    /// The names in the latest year that the book has, as seen through a lens.
    pub fn latest_names(&self, lens: Lens) -> Result<Names, Error> {
        match self.years()?.last() {
            Some(latest) => self.names_in(*latest, lens),
            None => self.names(),
        }
    }
}

/// The names in a year.
pub(super) fn names(store: &Store, year: FinancialYear, lens: Lens) -> Result<Names, StoreError> {
    Ok(fold::names(
        store.names()?,
        store.entries_up_to(year, Kind::Name)?,
        lens,
    ))
}
