//! [`Issued`]: a quarter report that went out.

use serde::Serialize;

use crate::entry::{Entry, Event};
use crate::id::EntryNumber;
use crate::journal::Lens;
use crate::kind::Kind;
use crate::year::{FinancialYear, Quarter};

/// A quarter report that went out: asked for again through the same lens, it is the same to the byte.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Issued {
    /// The year.
    #[serde(skip)]
    pub year: FinancialYear,
    /// The quarter.
    pub quarter: Quarter,
    /// The `issue` entry.
    pub entry: EntryNumber,
    /// The day the report speaks of, which is that of the entry, and what was known: the moment of the entry.
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
    /// use crg::year::Quarter;
    ///
    /// assert_eq!(Issued::title("2025/26".parse()?, Quarter::Q3), "Quarter report 2025/26 Q3");
    /// # Ok::<(), crg::year::YearError>(())
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
            issues.max_by_key(|(entry, _)| entry.number).map(|(entry, value)| Issued {
                year,
                quarter: *quarter,
                entry: entry.number,
                lens: Lens { as_at: entry.on, known_at: Some(entry.recorded) },
                fingerprint: value.clone(),
            })
        };
        Quarter::ALL.iter().filter_map(of).collect()
    }

    /// Would the report be another, had this entry been on record? It is of a day that the report holds or carries
    /// forward; that some report went out is not part of any.
    #[must_use]
    pub fn is_changed_by(&self, entry: &Entry) -> bool {
        let counts = entry.year == self.year && self.year.quarter_of(entry.on) <= self.quarter;
        counts && entry.number > self.entry && entry.event.kind() != Kind::Issue
    }
}
