//! [`Trial`]: reversals and entries tried one after another, before any of them is recorded.

use std::collections::{BTreeMap, BTreeSet};

use crate::fold::{Account, Flow, Portfolio};
use crate::model::{CellFault, Draft, Entry, EntryNumber, Event, FinancialYear, Moment, Money};
use crate::rules::history::History;
use crate::rules::refusal::Refusal;

/// Everything on record of some years, for working out what depends on what.
#[derive(Debug)]
pub struct OnRecord {
    pub(super) histories: BTreeMap<FinancialYear, History>,
    /// All entries, including those that were reversed.
    pub(super) entries: BTreeMap<EntryNumber, Entry>,
    /// The entries that count, with the flows of money that each caused.
    pub(super) flows: BTreeMap<EntryNumber, Vec<Flow>>,
    pub(super) moment: Moment,
    next: EntryNumber,
}

/// Why a trial failed.
#[derive(Debug)]
pub enum Untenable {
    /// A rule refuses it.
    Refused(Refusal),
    /// It makes no valid entry.
    Invalid(Vec<CellFault>),
}

impl From<Refusal> for Untenable {
    fn from(refusal: Refusal) -> Untenable {
        Untenable::Refused(refusal)
    }
}

impl OnRecord {
    /// The entries of whole years. The next entry has the number `next`, and is recorded at a
    /// moment.
    pub fn new(entries: Vec<Entry>, next: EntryNumber, moment: Moment) -> OnRecord {
        let mut years: BTreeMap<FinancialYear, Vec<Entry>> = BTreeMap::new();
        for entry in &entries {
            years.entry(entry.year).or_default().push(entry.clone());
        }
        let histories = years
            .into_iter()
            .map(|(year, entries)| (year, History::from_entries(year, entries)))
            .collect();
        let mut record = OnRecord {
            histories,
            entries: BTreeMap::new(),
            flows: BTreeMap::new(),
            moment,
            next,
        };
        record.entries = entries
            .into_iter()
            .map(|entry| (entry.number, entry))
            .collect();
        let counting = record.entries.values().filter(|entry| record.counts(entry));
        record.flows = flows(counting);
        record
    }

    /// Returns `true` if an entry counts: it is no reversal, and was not reversed.
    fn counts(&self, entry: &Entry) -> bool {
        let history = self.histories.get(&entry.year);
        let is_reversed = history.is_some_and(|it| it.reversed.contains_key(&entry.number));
        !is_reversed && !matches!(entry.event, Event::Reverse { .. })
    }

    /// The entries that count, except some, in the order recorded.
    pub(super) fn others<'a>(
        &'a self,
        except: &'a BTreeSet<EntryNumber>,
    ) -> impl DoubleEndedIterator<Item = &'a Entry> {
        let numbers = self.flows.keys().filter(|number| !except.contains(number));
        numbers.filter_map(|number| self.entries.get(number))
    }

    /// What an entry changes an account by.
    pub(super) fn change(&self, number: EntryNumber, account: &Account) -> Money {
        net(self.flows.get(&number), account)
    }

    pub(super) fn trial(&self) -> Trial<'_> {
        Trial {
            record: self,
            histories: self.histories.clone(),
            entries: BTreeMap::new(),
            drafts: Vec::new(),
        }
    }
}

/// Drafts that are tried in order, each with the number it will get.
#[derive(Debug)]
pub(super) struct Trial<'a> {
    record: &'a OnRecord,
    histories: BTreeMap<FinancialYear, History>,
    /// What they make.
    pub(super) entries: BTreeMap<EntryNumber, Entry>,
    /// What was accepted so far.
    pub(super) drafts: Vec<Draft>,
}

impl Trial<'_> {
    pub(super) fn record(&mut self, draft: Draft) -> Result<EntryNumber, Refusal> {
        let tried = u32::try_from(self.drafts.len()).unwrap_or(u32::MAX);
        let number = EntryNumber(self.record.next.0.saturating_add(tried));
        let named = draft.event().refers_to();
        let named = named.and_then(|named| {
            let known = self.record.entries.get(&named);
            known.or_else(|| self.entries.get(&named))
        });
        let year = draft.year();
        let history = self
            .histories
            .entry(year)
            .or_insert_with(|| History::new(year));
        let entry = history.record(draft.clone(), number, self.record.moment, named)?;
        self.entries.insert(number, entry);
        self.drafts.push(draft);
        Ok(number)
    }
}

/// The flows of money that entries cause when they are folded, each year for itself.
pub(super) fn flows<'a>(
    counting: impl IntoIterator<Item = &'a Entry>,
) -> BTreeMap<EntryNumber, Vec<Flow>> {
    let mut sorted: Vec<&Entry> = counting.into_iter().collect();
    sorted.sort_by_key(|entry| entry.position());
    let mut portfolios: BTreeMap<FinancialYear, Portfolio> = BTreeMap::new();
    let mut flows = BTreeMap::new();
    for entry in sorted {
        let portfolio = portfolios
            .entry(entry.year)
            .or_insert_with(|| Portfolio::new(entry.year));
        flows.insert(entry.number, portfolio.apply(entry).unwrap_or_default());
    }
    flows
}

/// What flows change an account by.
pub(super) fn net(flows: Option<&Vec<Flow>>, account: &Account) -> Money {
    let mut change = Money::ZERO;
    for flow in flows.into_iter().flatten() {
        if flow.to == *account {
            change += flow.amount;
        }
        if flow.from == *account {
            change -= flow.amount;
        }
    }
    change
}
