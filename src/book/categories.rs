//! The cost categories of a year.

use std::collections::BTreeMap;

use crate::book::handle::Book;
use crate::book::view::each_payment;
use crate::error::Error;
use crate::fold::Lens;
use crate::model::{Date, FinancialYear};
use crate::rules::normalised;

impl Book {
    /// The category of a year's payments that differs from this one only in capitals, spaces and
    /// the like, if there is one: of several, the one that most payments have.
    pub fn category_like(
        &self,
        year: FinancialYear,
        category: &str,
    ) -> Result<Option<String>, Error> {
        let wanted = normalised(category);
        let mut found: BTreeMap<String, u64> = BTreeMap::new();
        self.store.read(|| {
            each_payment(&self.store, year, None, Lens::at(Date::MAX), |payment| {
                let other = payment.event.category().unwrap_or_default();
                if other != category && normalised(other) == wanted {
                    *found.entry(other.to_owned()).or_default() += 1;
                }
                Ok(())
            })
        })?;
        let found = found.into_iter().max_by_key(|(_, payments)| *payments);
        Ok(found.map(|(other, _)| other))
    }
}
