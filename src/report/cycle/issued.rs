//! [`Issued`]: a quarter report that went out.

use serde::Serialize;

use crate::fold::Lens;
use crate::model::{Date, Entry, EntryNumber, Event, FinancialYear, Kind, Quarter};

/// A quarter report that went out: asked for again through the same lens, it is the same to the
/// byte.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Issued {
    /// The year.
    #[serde(skip)]
    pub year: FinancialYear,
    /// The quarter.
    pub quarter: Quarter,
    /// The `issue` entry.
    pub entry: EntryNumber,
    /// The day the report speaks of, which is that of the entry, and what was known: the moment of
    /// the entry.
    #[serde(flatten)]
    pub lens: Lens,
    /// SHA-256 over the report's JSON, as that of the file.
    pub fingerprint: String,
}

impl Issued {
    /// What an `issue` entry calls the report of a quarter: `Quarter report 2025/26 Q3`.
    ///
    /// ```
    /// use crg::report::Issued;
    /// use crg::model::Quarter;
    ///
    /// assert_eq!(Issued::title("2025/26".parse()?, Quarter::Q3), "Quarter report 2025/26 Q3");
    /// # Ok::<(), crg::model::YearError>(())
    /// ```
    #[must_use]
    pub fn title(year: FinancialYear, quarter: Quarter) -> String {
        format!("Quarter report {year} {quarter}")
    }

    /// Of each quarter of a year the report that went out last, among entries that count.
    #[must_use]
    pub fn latest(year: FinancialYear, standing: &[Entry]) -> Vec<Issued> {
        let of = |quarter: &Quarter| {
            let name = Issued::title(year, *quarter);
            let issues = standing.iter().filter_map(|entry| match &entry.event {
                Event::Issue { title, value } if *title == name => Some((entry, value)),
                _ => None,
            });
            issues
                .max_by_key(|(entry, _)| entry.number)
                .map(|(entry, value)| Issued {
                    year,
                    quarter: *quarter,
                    entry: entry.number,
                    lens: Lens {
                        as_at: entry.on,
                        known_at: Some(entry.recorded),
                    },
                    fingerprint: value.clone(),
                })
        };
        Quarter::ALL.iter().filter_map(of).collect()
    }

    /// Would the report be another, had this entry been on record? It is of a day that the report
    /// holds or carries forward. `named` is the entry that a `reverse` or `explain` names.
    #[must_use]
    pub fn is_changed_by(&self, entry: &Entry, named: Option<&Entry>) -> bool {
        let is_of_its_days =
            day_changed(entry, named).is_some_and(|on| self.year.quarter_of(on) <= self.quarter);
        entry.year == self.year && entry.number > self.entry && is_of_its_days
    }
}

/// The day of which an entry changes what is reported: an explanation changes that of the printed
/// figure. That some report went out, or that this was struck, is part of no report.
pub(crate) fn day_changed(entry: &Entry, named: Option<&Entry>) -> Option<Date> {
    let subject = if entry.event.refers_to().is_some() {
        named.unwrap_or(entry)
    } else {
        entry
    };
    (subject.event.kind() != Kind::Issue).then_some(subject.on)
}
