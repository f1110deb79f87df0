//! What should be on record and is not: papers behind decisions, and deadlines that were met.

use std::collections::HashSet;

use crate::book::handle::Book;
use crate::book::view::entries;
use crate::error::Error;
use crate::fold::{Lens, standing};
use crate::model::{Date, Event, FinancialYear, Kind};
use crate::report::DueRow;

/// The kinds that rest on a paper: an approval, a variation, a return.
const ON_PAPER: [Kind; 4] = [Kind::Approve, Kind::Increase, Kind::Reduce, Kind::Return];

impl Book {
    /// How many approvals, variations and returns of a year have neither a reference nor a document,
    /// if any.
    pub(super) fn without_paper(&self, year: FinancialYear) -> Result<Option<String>, Error> {
        let is_needed =
            |kind| matches!(kind, Kind::Document | Kind::Reverse) || ON_PAPER.contains(&kind);
        let always = Lens::at(Date::MAX);
        let standing = standing(entries(&self.store, year, is_needed)?, always);
        let evidenced: HashSet<_> = standing
            .iter()
            .filter_map(|entry| match entry.event {
                Event::Document { entry, .. } => entry,
                _ => None,
            })
            .collect();
        let on_paper = standing.iter();
        let on_paper = on_paper.filter(|entry| ON_PAPER.contains(&entry.event.kind()));
        let (mut all, mut without) = (0_usize, 0_usize);
        for entry in on_paper {
            all += 1;
            without += usize::from(entry.reference.is_none() && !evidenced.contains(&entry.number));
        }
        let which = match (without, all) {
            (0, _) => return Ok(None),
            (1, 1) => format!("the only approval, variation or return of {year} has"),
            (1, _) => format!("1 of {all} approvals, variations and returns of {year} has"),
            _ if without == all => {
                format!("all {all} approvals, variations and returns of {year} have")
            }
            _ => format!("{without} of {all} approvals, variations and returns of {year} have"),
        };
        Ok(Some(format!("{which} neither a reference nor a document")))
    }

    /// The deadlines of a year that passed unmet by a day.
    pub(super) fn late(&self, year: FinancialYear, today: Date) -> Result<Vec<String>, Error> {
        let due = self.due(year, Lens::at(today))?;
        let late = due.rows.iter().filter(|row| row.is_late());
        let describe = |row: &DueRow| format!("entry {} of {year}: {}", row.entry, row.sentence());
        Ok(late.map(describe).collect())
    }
}
