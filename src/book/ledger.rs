//! The book's spend compared with a ledger's extract.

use std::collections::BTreeSet;

use crate::book::handle::Book;
use crate::book::payments::OnRecord;
use crate::book::view::must_know;
use crate::error::Error;
use crate::fold::{Lens, PotNames, standing};
use crate::import::{Candidate, Extract, InputError};
use crate::model::{Date, Event, FinancialYear, Kind};
use crate::report::{LedgerFile, LedgerReport, YearHead};

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
            let years: BTreeSet<_> = year.and_neighbours().into_iter().collect();
            let on_record = OnRecord::read(&self.store, years, lens)?;
            let file = |extract: &Extract| LedgerFile {
                file: extract.name(),
                outside: extract.outside,
                grand_total: extract.grand_total.clone(),
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
            Ok(LedgerReport::new(
                head,
                &on_record.booked,
                &on_record.decisions,
                extracts,
            ))
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
