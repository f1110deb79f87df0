//! [`YearView`]: a year as it is seen through a lens, from which every report is made.

use crate::fold::apply::FoldError;
use crate::fold::journal::{Lens, standing};
use crate::fold::portfolio::Portfolio;
use crate::model::{Entry, Event, FinancialYear, NameOf, Names};

/// A year's fold with the lens it was folded through, so that no report can be made with a lens
/// that is not its own.
#[derive(Debug, Clone)]
pub struct YearView {
    /// The day, and the moment of knowledge.
    pub lens: Lens,
    /// The fold of the entries that count through the lens.
    pub portfolio: Portfolio,
    /// Those entries in fold order, of the kinds that were read: a question leaves out the kinds it
    /// does not need.
    pub standing: Vec<Entry>,
    /// Whose book it is, by the names of the year.
    pub names: Names,
    /// What the grant is called in the year.
    pub grant: String,
}

impl YearView {
    /// A year's view from its entries, in the order recorded.
    pub fn new(
        year: FinancialYear,
        entries: Vec<Entry>,
        lens: Lens,
        names: Names,
    ) -> Result<YearView, FoldError> {
        let standing = standing(entries, lens);
        Ok(YearView {
            lens,
            portfolio: Portfolio::fold(year, &standing)?,
            standing,
            names,
            grant: Names::GRANT.to_owned(),
        })
    }

    /// The view with the names that `name` entries give: those of the year and of earlier ones, of
    /// which the latest that count through the lens hold.
    pub fn with_names(mut self, entries: Vec<Entry>) -> YearView {
        let mut named = standing(entries, self.lens);
        named.retain(|entry| entry.year <= self.year());
        named.sort_by_key(|entry| (entry.year, entry.position()));
        for entry in named {
            if let Event::Name { measure, title } = entry.event {
                match measure {
                    NameOf::Partnership => self.names.partnership = title,
                    NameOf::Funder => self.names.funder = title,
                    NameOf::Grant => self.grant = title,
                }
            }
        }
        self
    }

    /// The year.
    pub fn year(&self) -> FinancialYear {
        self.portfolio.year
    }
}
