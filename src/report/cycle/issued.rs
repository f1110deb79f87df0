//! [`Issued`]: a quarter report that went out.

use std::collections::BTreeMap;

use crate::document::declare;
use crate::fold::Lens;
use crate::model::{Date, Entry, EntryNumber, Event, FinancialYear, Fingerprint, Kind, Quarter};
use crate::report::cycle::claim_period::ClaimPeriod;

declare! {
    /// A quarter report that went out. Made again through the same lens, it is the same to the
    /// byte.
    pub struct Issued {
        /// The year.
        #[serde(skip)]
        pub year: FinancialYear,
        /// The quarter.
        pub quarter: Quarter,
        /// The `issue` entry.
        pub entry: EntryNumber,
        /// The day of the report and of the entry, and what was known: the moment of the entry.
        #[serde(flatten)]
        pub lens: Lens,
        /// SHA-256 of the file that holds the report's JSON.
        #[schemars(with = "Fingerprint")]
        pub fingerprint: String,
    }
}

impl Issued {
    /// The title of a quarter's report in its `issue` entry: `Quarter report 2025/26 Q3`.
    ///
    /// ```
    /// use crg::report::Issued;
    /// use crg::model::Quarter;
    ///
    /// assert_eq!(Issued::title("2025/26".parse()?, Quarter::Q3), "Quarter report 2025/26 Q3");
    /// # Ok::<(), crg::model::YearError>(())
    /// ```
    pub fn title(year: FinancialYear, quarter: Quarter) -> String {
        format!("Quarter report {year} {quarter}")
    }

    /// The report of each quarter of a year that went out last, among entries that count.
    pub fn latest(year: FinancialYear, standing: &[Entry]) -> Vec<Issued> {
        let all = Issued::all(year, standing);
        let latest = |quarter: &Quarter| {
            let issues = all.iter().filter(|issued| issued.quarter == *quarter);
            issues.max_by_key(|issued| issued.entry).cloned()
        };
        Quarter::ALL.iter().filter_map(latest).collect()
    }

    /// Every report of a quarter of a year that went out, among entries that count.
    pub fn all(year: FinancialYear, standing: &[Entry]) -> Vec<Issued> {
        let issued = |entry: &Entry| {
            let Event::Issue { title, value } = &entry.event else {
                return None;
            };
            let mut quarters = Quarter::ALL.iter().copied();
            Some(Issued {
                year,
                quarter: quarters.find(|quarter| Issued::title(year, *quarter) == *title)?,
                entry: entry.number,
                lens: Lens {
                    as_at: entry.on,
                    known_at: Some(entry.recorded),
                },
                fingerprint: value.clone(),
            })
        };
        standing.iter().filter_map(issued).collect()
    }

    /// Returns `true` if the report would differ, had this entry been on record: it changes a day
    /// that the report holds or carries forward. `named` is the entry that a `reverse` or `explain`
    /// names.
    pub fn is_changed_by(&self, entry: &Entry, named: Option<&Entry>) -> bool {
        let is_of_its_days =
            day_changed(entry, named).is_some_and(|on| self.year.quarter_of(on) <= self.quarter);
        entry.year == self.year && entry.number > self.entry && is_of_its_days
    }
}

/// Returns `true` if a report with this title goes to the funder: a quarter's, or a claim.
pub(crate) fn goes_to_funder(year: FinancialYear, title: &str) -> bool {
    let mut quarters = Quarter::ALL.iter();
    quarters.any(|quarter| Issued::title(year, *quarter) == title)
        || ClaimPeriod::of_title(year, title).is_some()
}

/// A report that went out under a title that no quarter has, such as a Working Group Update.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssuedPaper {
    /// The year.
    pub year: FinancialYear,
    /// Its title.
    pub title: String,
    /// The `issue` entry.
    pub entry: EntryNumber,
    /// The day it speaks of.
    pub as_at: Date,
}

impl IssuedPaper {
    /// The papers of a year, each as it went out last, among entries that count.
    pub fn latest(year: FinancialYear, standing: &[Entry]) -> Vec<IssuedPaper> {
        let is_quarter = |title: &str| {
            let mut quarters = Quarter::ALL.iter();
            quarters.any(|quarter| Issued::title(year, *quarter) == title)
        };
        let mut papers: BTreeMap<&str, &Entry> = BTreeMap::new();
        for entry in standing {
            if let Event::Issue { title, .. } = &entry.event
                && !is_quarter(title)
            {
                let last = papers.entry(title).or_insert(entry);
                if entry.number > last.number {
                    *last = entry;
                }
            }
        }
        let paper = |(title, entry): (&str, &Entry)| IssuedPaper {
            year,
            title: title.to_owned(),
            entry: entry.number,
            as_at: entry.on,
        };
        papers.into_iter().map(paper).collect()
    }

    /// Returns `true` if the paper would differ, had this entry been on record. `named` is the entry
    /// that a `reverse` or `explain` names.
    pub fn is_changed_by(&self, entry: &Entry, named: Option<&Entry>) -> bool {
        let is_of_its_days = day_changed(entry, named).is_some_and(|on| on <= self.as_at);
        entry.year == self.year && entry.number > self.entry && is_of_its_days
    }
}

/// The day whose figures or words an entry changes: for an explanation, that of the printed figure.
/// An `issue` entry and its reversal are part of no report.
pub(crate) fn day_changed(entry: &Entry, named: Option<&Entry>) -> Option<Date> {
    let subject = if entry.event.refers_to().is_some() {
        named.unwrap_or(entry)
    } else {
        entry
    };
    (subject.event.kind() != Kind::Issue).then_some(subject.on)
}
