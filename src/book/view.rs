//! [`Book::view`]: what a question reads of a year.

use crate::book::handle::Book;
use crate::book::names::names;
use crate::error::Error;
use crate::fold::{Lens, YearView};
use crate::model::{Entry, FinancialYear, Kind, ProjectRef};
use crate::store::Store;

/// What projects spend and get back.
pub(super) const SPENDING: [Kind; 2] = [Kind::Spend, Kind::Refund];

impl Book {
    /// A year as it is seen through a lens, from its entries of the kinds that are needed.
    ///
    /// Spend and refunds are most of a journal and change no stage. They are read one at a time:
    /// they count in every figure of the view, but are not among its entries.
    pub fn view(
        &self,
        year: FinancialYear,
        is_needed: impl Fn(Kind) -> bool,
        lens: Lens,
    ) -> Result<YearView, Error> {
        self.store.read(|| {
            let is_kept = |kind: Kind| is_needed(kind) && !kind.is_spending();
            let entries = entries(&self.store, year, is_kept)?;
            let mut view = YearView::new(year, entries, lens, names(&self.store, year, lens)?)?;
            if SPENDING.into_iter().any(&is_needed) {
                each_payment(&self.store, year, None, lens, |payment| {
                    view.portfolio.apply(&payment)?;
                    Ok(())
                })?;
            }
            Ok(view)
        })
    }

    /// A year as it is seen through a lens, with every entry, spend and refunds among them.
    pub fn full_view(&self, year: FinancialYear, lens: Lens) -> Result<YearView, Error> {
        self.store.read(|| full_view(&self.store, year, lens))
    }
}

pub(super) fn every_kind(_: Kind) -> bool {
    true
}

/// Returns `true` if no pot can be worked out without entries of the kind.
pub(super) fn moves_pots(kind: Kind) -> bool {
    !kind.is_posting()
}

/// A year with every entry, spend and refunds among them.
pub(super) fn full_view(store: &Store, year: FinancialYear, lens: Lens) -> Result<YearView, Error> {
    let entries = entries(store, year, every_kind)?;
    Ok(YearView::new(
        year,
        entries,
        lens,
        names(store, year, lens)?,
    )?)
}

pub(super) fn entries(
    store: &Store,
    year: FinancialYear,
    is_needed: impl Fn(Kind) -> bool,
) -> Result<Vec<Entry>, Error> {
    let kinds = Kind::ALL.iter().copied();
    let kinds: Vec<Kind> = kinds.filter(|kind| is_needed(*kind)).collect();
    let entries = store.entries(year, &kinds)?;
    if entries.is_empty() {
        must_know(store, year)?;
    }
    Ok(entries)
}

/// Reads the spend and refunds that count through the lens, of one project or of all, one at a time
/// and in no order.
pub(super) fn each_payment(
    store: &Store,
    year: FinancialYear,
    project: Option<&ProjectRef>,
    lens: Lens,
    mut visitor: impl FnMut(Entry) -> Result<(), Error>,
) -> Result<(), Error> {
    let reversed = store.reversals(lens.known_at)?;
    store.for_each_of_kind(year, &SPENDING, project, |entry| {
        if lens.shows(&entry) && !reversed.contains_key(&entry.number) {
            visitor(entry)?;
        }
        Ok(())
    })
}

/// Refuses a year of which the book has no entry.
pub(super) fn must_know(store: &Store, year: FinancialYear) -> Result<(), Error> {
    let known = store.years()?;
    if known.contains(&year) {
        Ok(())
    } else {
        Err(Error::NoSuchYear { year, known })
    }
}
