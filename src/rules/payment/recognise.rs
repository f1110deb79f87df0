//! [`recognise`]: which payments the book has already, whoever wrote them down and however.

use std::collections::{HashMap, HashSet};

use crate::model::{Date, EntryNumber};
use crate::rules::payment::decision::{Decisions, occurrences};
use crate::rules::payment::keyed::{Identity, Invoice, Keyed, Numbering};
use crate::rules::payment::line::{Booked, Line};
use crate::rules::payment::pairing::Pairing;
use crate::rules::payment::verdict::Verdict;

/// Payments to be recognised, and what is known of where they come from.
#[derive(Debug, Clone, Copy)]
pub struct Incoming<'a> {
    /// The payments.
    pub lines: &'a [Line],
    /// The first and last day that their file covers; `None` for what a person types.
    pub days: Option<(Date, Date)>,
    /// What was decided of lines before.
    pub decisions: &'a Decisions,
}

/// Which payments are in the book.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Recognition {
    /// The verdict on each line, in their order.
    pub verdicts: Vec<Verdict>,
    /// The entries that count and that no line answers to, in their order.
    pub in_book_only: Vec<EntryNumber>,
}

/// Recognises payments among the entries on record.
///
/// Each entry answers to one line at most: of a line that the ledger has n times and the book m
/// times, n − m are new. Lines are never compared with each other. An empty reference equals an
/// empty one in what is the same, and agrees with nothing otherwise; neither does one that comes
/// again, such as a standing order's. A credit is compared with credits only.
pub fn recognise(incoming: Incoming<'_>, booked: &[Booked]) -> Recognition {
    if booked.is_empty() && incoming.decisions.is_empty() {
        return Recognition {
            verdicts: vec![Verdict::New; incoming.lines.len()],
            in_book_only: Vec::new(),
        };
    }
    let mut numbering = Numbering::default();
    let mut pairing = Pairing::new(incoming.lines, booked, &mut numbering);
    pairing.pair_decided(incoming.decisions);
    pairing.pair_same(&mut numbering);
    pairing.pair_replaced(&mut numbering, Keyed::loose_identity, Verdict::Likely);
    pairing.pair_sums(Keyed::invoice);
    if let Some(days) = incoming.days {
        pairing.pair_changed(days);
    }
    pairing.find_further(Keyed::invoice);
    pairing.pair_likely(incoming.days.is_none());
    // What is written otherwise is still never recorded in silence.
    pairing.pair_sums(Keyed::loose_invoice);
    pairing.find_further(Keyed::loose_invoice);
    pairing.pair_sums(Keyed::loose_reference);
    pairing.pair_supplier_sums(incoming.days.is_none());
    pairing.find_lumps();
    pairing.end()
}

impl Pairing<'_> {
    /// What was decided of a line stands, unless an entry that answers for it was reversed since.
    fn pair_decided(&mut self, decisions: &Decisions) {
        if decisions.is_empty() {
            return;
        }
        let entries = self.booked.iter().enumerate();
        let index: HashMap<EntryNumber, usize> = entries
            .map(|(index, booked)| (booked.entry, index))
            .collect();
        for (line, fingerprint) in occurrences(self.lines).into_iter().enumerate() {
            let Some(entries) = decisions.get(&fingerprint) else {
                continue;
            };
            let known: Vec<usize> = entries
                .iter()
                .filter_map(|entry| index.get(entry).copied())
                .collect();
            for entry in &known {
                self.free[*entry] = false;
            }
            let reversed = known.iter().find(|entry| self.booked[**entry].reversed);
            let verdict = match (reversed, &known[..]) {
                (Some(entry), _) => Verdict::Reversed(self.booked[*entry].entry),
                (None, [only]) if self.is_same(line, *only) => {
                    Verdict::Same(self.booked[*only].entry)
                }
                _ => Verdict::Decided(entries.to_vec()),
            };
            self.decide(line, verdict);
        }
        self.settle();
    }

    fn is_same(&self, line: usize, entry: usize) -> bool {
        let is_of_year = self.lines[line].payment.year == self.booked[entry].payment.year;
        is_of_year && self.keyed_lines[line].identity() == self.keyed_booked[entry].identity()
    }

    /// The same payment: in the year, by what a correction replaced, in another year, reversed.
    fn pair_same(&mut self, numbering: &mut Numbering) {
        let counts = |booked: &Booked| !booked.reversed;
        // The last of equal lines first: if one of them waits, the others were recorded, and the
        // first of them still waits.
        self.unpaired.reverse();
        self.pair(
            counts,
            |line, keyed| Some((line.payment.year, keyed.identity())),
            |booked, keyed| Some((booked.payment.year, keyed.identity())),
            Verdict::Same,
        );
        self.unpaired.reverse();
        self.pair_replaced(numbering, Keyed::identity, Verdict::Same);
        self.pair(
            counts,
            |_, keyed| Some(keyed.identity()),
            |_, keyed| Some(keyed.identity()),
            Verdict::Elsewhere,
        );
        self.pair(
            |booked| booked.reversed,
            |_, keyed| Some(keyed.identity()),
            |_, keyed| Some(keyed.identity()),
            Verdict::Reversed,
        );
    }

    /// What a correction recorded in place of an imported line answers for that line.
    fn pair_replaced(
        &mut self,
        numbering: &mut Numbering,
        identity: fn(&Keyed) -> Identity,
        verdict: fn(EntryNumber) -> Verdict,
    ) {
        let mut replaced = HashMap::new();
        for (index, booked) in self.booked.iter().enumerate() {
            for payment in &booked.replaces {
                let key = (payment.year, identity(&numbering.keyed(payment)));
                replaced.insert(key, index);
            }
        }
        if replaced.is_empty() {
            return;
        }
        for line in self.unpaired.clone() {
            let key = (
                self.lines[line].payment.year,
                identity(&self.keyed_lines[line]),
            );
            let index = replaced.get(&key).copied();
            if let Some(index) = index.filter(|index| self.free[*index]) {
                self.free[index] = false;
                self.decide(line, verdict(self.booked[index].entry));
            }
        }
        self.settle();
    }

    /// An entry of the same invoice that the file lacks although it covers its day, and of which
    /// one thing differs: the day, the amount or the project.
    fn pair_changed(&mut self, (first, last): (Date, Date)) {
        let (first, last) = (Date::MIN.days_until(first), Date::MIN.days_until(last));
        let is_meant = |booked: &Booked| {
            let day = Date::MIN.days_until(booked.payment.on);
            !booked.reversed && (first..=last).contains(&day)
        };
        let invoice = |line: &Line, keyed: &Keyed| keyed.invoice().filter(|_| !line.recurring);
        self.pair_near(
            last - first,
            is_meant,
            |line, keyed| Some((invoice(line, keyed)?, keyed.project, keyed.amount)),
            |keyed| Some((keyed.invoice()?, keyed.project, keyed.amount)),
            Verdict::Changed,
        );
        self.pair(
            is_meant,
            |line, keyed| Some((invoice(line, keyed)?, keyed.project, keyed.day)),
            |_, keyed| Some((keyed.invoice()?, keyed.project, keyed.day)),
            Verdict::Changed,
        );
        self.pair(
            is_meant,
            |line, keyed| Some((invoice(line, keyed)?, keyed.amount, keyed.day)),
            |_, keyed| Some((keyed.invoice()?, keyed.amount, keyed.day)),
            Verdict::Changed,
        );
    }

    /// A further line of an invoice that the book has: of that entry whose day is nearest. It
    /// answers to none. One that the ledger has more often than the book is new.
    fn find_further(&mut self, invoice: impl Fn(&Keyed) -> Option<Invoice>) {
        let mut by_invoice: HashMap<Invoice, Vec<(u32, usize)>> = HashMap::new();
        let mut identities = HashSet::new();
        for (index, keyed) in self.keyed_booked.iter().enumerate() {
            let booked = &self.booked[index];
            let awaits = booked.is_accrued() && self.free[index];
            if let Some(invoice) = invoice(keyed).filter(|_| !booked.reversed && !awaits) {
                let entries = by_invoice.entry(invoice).or_default();
                entries.push((keyed.day, index));
                identities.insert(keyed.identity());
            }
        }
        by_invoice
            .values_mut()
            .for_each(|entries| entries.sort_unstable());
        for line in self.unpaired.clone() {
            let keyed = &self.keyed_lines[line];
            let entries = invoice(keyed).and_then(|invoice| by_invoice.get(&invoice));
            if let Some(entries) = entries.filter(|_| !self.lines[line].recurring)
                && !identities.contains(&keyed.identity())
                && !self.is_in_lump(line)
                && let Some(nearest) = nearest(entries, keyed.day)
            {
                self.decide(line, Verdict::Further(self.booked[nearest].entry));
            }
        }
        self.settle();
    }

    pub(super) fn end(self) -> Recognition {
        let only = self.booked.iter().zip(&self.free);
        let only = only.filter(|(booked, free)| **free && !booked.reversed);
        Recognition {
            in_book_only: only.map(|(booked, _)| booked.entry).collect(),
            verdicts: self.verdicts,
        }
    }
}

/// The entry whose day is nearest, of some in the order of their days.
fn nearest(entries: &[(u32, usize)], day: u32) -> Option<usize> {
    let after = entries.partition_point(|(other, _)| *other < day);
    let around = entries.iter().skip(after.saturating_sub(1)).take(2);
    let nearest = around.min_by_key(|(other, _)| other.abs_diff(day));
    nearest.map(|(_, index)| *index)
}
