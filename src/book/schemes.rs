//! The priorities of a year, and the one that a code names.

use crate::book::handle::Book;
use crate::error::Error;
use crate::fold::{self, Lens};
use crate::model::{Date, FinancialYear, Kind, Priority};

impl Book {
    /// The priorities as a year knows them, by scheme and code: those that were loaded, and what
    /// `scheme` entries of that year and earlier ones make of them.
    pub fn priorities_in(&self, year: FinancialYear, lens: Lens) -> Result<Vec<Priority>, Error> {
        let changes = self.store.entries_up_to(year, Kind::Scheme)?;
        Ok(fold::priorities(self.known_priorities()?, changes, lens))
    }

    /// The priority with a code in a year.
    ///
    /// # Errors
    ///
    /// [`Error::NoSuchPriority`].
    pub fn priority(&self, year: FinancialYear, code: &str) -> Result<Priority, Error> {
        let mut in_force = self.in_force(year)?.into_iter();
        let found = in_force.find(|one| one.code == code);
        let code = code.to_owned();
        found.ok_or(Error::NoSuchPriority { year, code })
    }

    /// Checks that no priority in force in a year has a code.
    ///
    /// # Errors
    ///
    /// [`Error::PriorityExists`].
    pub fn has_no_priority(&self, year: FinancialYear, code: &str) -> Result<(), Error> {
        match self.priority(year, code) {
            Ok(Priority { scheme, code, .. }) => Err(Error::PriorityExists { year, code, scheme }),
            Err(Error::NoSuchPriority { .. }) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// Checks that a scheme has a priority in force in a year.
    ///
    /// # Errors
    ///
    /// [`Error::NoSuchScheme`].
    pub fn has_scheme(&self, year: FinancialYear, scheme: &str) -> Result<(), Error> {
        let mut in_force = self.in_force(year)?.into_iter();
        if in_force.any(|one| one.scheme == scheme) {
            return Ok(());
        }
        let scheme = scheme.to_owned();
        Err(Error::NoSuchScheme { year, scheme })
    }

    fn in_force(&self, year: FinancialYear) -> Result<Vec<Priority>, Error> {
        let mut known = self.priorities_in(year, Lens::at(Date::MAX))?;
        known.retain(|one| one.is_in_force(year));
        Ok(known)
    }
}
