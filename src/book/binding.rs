//! What the table of priorities holds, bound into the chain.

use std::collections::BTreeSet;

use crate::book::handle::Book;
use crate::book::load::columns::{PRIORITIES, PRIORITY_COLUMNS};
use crate::book::record::Clerk;
use crate::error::Error;
use crate::fold::{Lens, standing};
use crate::import::sheet::inert;
use crate::import::writer;
use crate::model::{
    Date, Draft, Entry, EntryNumber, Event, FinancialYear, Fingerprint, Kind, Moment, Priority,
    SchemeChange,
};
use crate::store::Store;

/// The last entry that says what the table holds, and the SHA-256 that it gives.
pub(super) struct Bound {
    pub(super) entry: EntryNumber,
    pub(super) value: Fingerprint,
}

impl Book {
    /// The last entry that says what the table of priorities holds; none in a book whose
    /// priorities were loaded before such entries were made.
    pub(super) fn bound_priorities(&self) -> Result<Option<Bound>, Error> {
        last_bound(&self.store, &self.years()?)
    }
}

/// Records what the table of priorities holds now, unless the last such entry says just that.
pub(super) fn bind(clerk: &mut Clerk<'_, '_>, by: &str, moment: Moment) -> Result<(), Error> {
    let store = clerk.writing.store();
    let known: BTreeSet<FinancialYear> = store.years()?.into_iter().collect();
    let years: Vec<FinancialYear> = known.into_iter().collect();
    let value = fingerprint(&store.priorities()?);
    if last_bound(store, &years)?.is_some_and(|bound| bound.value == value) {
        return Ok(());
    }
    let today = moment.date();
    let containing = FinancialYear::containing(today);
    let year = years.last().copied().unwrap_or(containing);
    let event = Event::Scheme {
        measure: PRIORITIES.to_owned(),
        code: None,
        title: None,
        value: SchemeChange::Holds(value),
    };
    let draft = Draft::builder(year, event, by).on(today.max(year.opens()));
    clerk.record(draft.build().map_err(Error::Invalid)?, moment)?;
    Ok(())
}

fn last_bound(store: &Store, years: &[FinancialYear]) -> Result<Option<Bound>, Error> {
    let mut last: Option<Bound> = None;
    for year in years {
        let changes = standing(store.entries(*year, &[Kind::Scheme])?, Lens::at(Date::MAX));
        for Entry { number, event, .. } in changes {
            let Event::Scheme {
                value: SchemeChange::Holds(value),
                ..
            } = event
            else {
                continue;
            };
            if last.as_ref().is_none_or(|last| last.entry < number) {
                last = Some(Bound {
                    entry: number,
                    value,
                });
            }
        }
    }
    Ok(last)
}

/// SHA-256 over the bytes of `priorities.csv` as `crg dump` writes it.
pub(super) fn fingerprint(priorities: &[Priority]) -> Fingerprint {
    let mut csv = writer(Vec::new());
    // Writing to memory cannot fail.
    let _ = csv.write_record(PRIORITY_COLUMNS);
    for priority in priorities {
        let _ = csv.write_record(cells(priority));
    }
    Fingerprint::of_file(&csv.into_inner().unwrap_or_default())
}

/// The cells of a priority's row in `priorities.csv`.
pub(super) fn cells(priority: &Priority) -> [String; 5] {
    let last = priority.last_year.map(|year| year.to_string());
    [
        inert(&priority.scheme).into_owned(),
        priority.code.clone(),
        inert(&priority.name).into_owned(),
        priority.first_year.to_string(),
        last.unwrap_or_default(),
    ]
}
