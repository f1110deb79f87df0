//! [`YearView`]: a year as it is seen through a lens, from which every report is made.

use crate::fold::apply::FoldError;
use crate::fold::journal::{Lens, standing};
use crate::fold::portfolio::Portfolio;
use crate::fold::pot_names::PotNames;
use crate::model::{Date, Entry, FinancialYear, Names};

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
    /// Whose book it is.
    pub names: Names,
    /// What its pots are called, whatever the day.
    pub pots: PotNames,
}

impl YearView {
    /// A year's view from its entries, in the order recorded.
    pub fn new(
        year: FinancialYear,
        entries: Vec<Entry>,
        lens: Lens,
        names: Names,
    ) -> Result<YearView, FoldError> {
        let as_at = Date::MAX;
        let mut standing = standing(entries, Lens { as_at, ..lens });
        let pots = PotNames::of(&standing);
        standing.retain(|entry| lens.shows(entry));
        Ok(YearView {
            lens,
            portfolio: Portfolio::fold(year, &standing)?,
            standing,
            names,
            pots,
        })
    }

    /// The year.
    pub fn year(&self) -> FinancialYear {
        self.portfolio.year
    }
}
