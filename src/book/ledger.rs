//! The book's spend compared with a ledger's extract.

use std::collections::BTreeSet;

use crate::book::handle::Book;
use crate::book::view::{SPENDING, each_payment, must_know};
use crate::error::Error;
use crate::fold::{Lens, PotNames, standing};
use crate::import::{Candidate, Extract, InputError};
use crate::model::{Date, Event, FinancialYear, Kind};
use crate::report::{LedgerFile, LedgerReport, YearHead};
use crate::rules::Booked;
use crate::store::Store;

impl Book {
    /// Compares a year's spend with an extract, or with several extracts of one ledger.
    pub fn ledger(
        &self,
        year: FinancialYear,
        extracts: &[Extract],
        lens: Lens,
    ) -> Result<LedgerReport, Error> {
        let mut faults = InputError::default();
        for extract in extracts {
            let _ = faults.keep(extract.check_lines());
        }
        faults.into_result().map_err(Error::Extract)?;
        self.store.read(|| {
            must_know(&self.store, year)?;
            let confirmed = standing(self.store.entries(year, &[Kind::Confirm])?, lens)
                .iter()
                .any(|entry| entry.event == Event::Confirm);
            let mut known = Vec::new();
            for year in year.and_neighbours().into_iter().collect::<BTreeSet<_>>() {
                known.extend(booked(&self.store, year, lens)?);
            }
            let file = |extract: &Extract| LedgerFile {
                file: extract.name(),
                outside: extract.outside,
                grand_total: extract.grand_total,
            };
            let extracts = extracts
                .iter()
                .map(|extract| (file(extract), extract.lines.as_slice()))
                .collect();
            let head = YearHead {
                year,
                lens,
                confirmed,
                pots: PotNames::default(),
            };
            Ok(LedgerReport::new(head, &known, extracts))
        })
    }

    /// The projects that hold an award, to which the lines of an extract may belong.
    pub fn candidates(&self) -> Result<Vec<Candidate>, Error> {
        let mut candidates = Vec::new();
        for year in self.years()? {
            let projects = self.projects(year, Lens::at(Date::MAX))?;
            let held = projects.rows.into_iter().filter(|row| !row.award.is_zero());
            candidates.extend(held.map(|row| Candidate {
                year,
                project: row.project,
                title: row.title,
            }));
        }
        Ok(candidates)
    }
}

/// A year's payments that count through the lens, by the day they take effect.
pub(super) fn booked(store: &Store, year: FinancialYear, lens: Lens) -> Result<Vec<Booked>, Error> {
    let mut booked = Vec::new();
    each_payment(store, year, None, lens, |entry| {
        booked.extend(Booked::from_entry(&entry));
        Ok(())
    })?;
    booked.sort_by_key(|booked| (booked.payment.on, booked.entry));
    Ok(booked)
}

/// A year's payments that were reversed, in the order recorded.
pub(super) fn reversed_payments(store: &Store, year: FinancialYear) -> Result<Vec<Booked>, Error> {
    let reversed = store.reversals(None)?;
    let mut found = Vec::new();
    store.for_each_of_kind(year, &SPENDING, None, |entry| {
        if reversed.contains_key(&entry.number) {
            found.extend(Booked::from_entry(&entry));
        }
        Ok::<(), Error>(())
    })?;
    for booked in &mut found {
        booked.reversed = true;
    }
    Ok(found)
}
