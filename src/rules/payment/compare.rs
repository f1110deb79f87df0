//! Comparing the ledger's lines with the book's entries: what is the same, what is changed, what
//! only one side has.

use std::collections::{HashMap, VecDeque};
use std::hash::Hash;

use crate::model::{Date, EntryNumber, FinancialYear, Money, ProjectRef};
use crate::rules::normalised::normalised;
use crate::rules::payment::line::{Booked, Line, Payment};

/// What the book has of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing.
    New,
    /// This entry, which agrees in project, supplier, reference, day and amount.
    Same(EntryNumber),
    /// This entry with the same supplier and reference, and another amount, day or project.
    Changed(EntryNumber),
    /// This entry, which is the same and was reversed: somebody decided that it should not be in
    /// the book.
    Reversed(EntryNumber),
}

/// How lines compare with entries.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Comparison {
    /// The verdict on each line, in their order.
    pub verdicts: Vec<Verdict>,
    /// The entries that count and that no line answers to, in their order.
    pub in_book_only: Vec<EntryNumber>,
}

/// Compares lines with entries, each of which answers to one line at most: of a line that the
/// ledger has n times and the book m times, n − m are new.
///
/// Suppliers and references are compared as [`normalised`] has them. A line
/// without a reference, or with one that comes again, is never a changed one, and a credit is never
/// a change of a payment: they are the ledger's way of adding something new. A payment is the same
/// in whatever grant year it was recorded.
pub fn compare(lines: &[Line], booked: &[Booked]) -> Comparison {
    let mut pairing = Pairing::new(lines, booked);
    pairing.pair_counting(
        |payment| Some((payment.year, identity(payment))),
        Verdict::Same,
    );
    pairing.pair_counting(|payment| Some(identity(payment)), Verdict::Same);
    pairing.pair(
        |booked| booked.reversed,
        |payment| Some(identity(payment)),
        Verdict::Reversed,
    );
    pairing.unpaired.retain(|line| !lines[*line].recurring);
    // The nearest first: another day, another amount, both, and last another project.
    pairing.pair_counting(
        |payment| Some((invoice(payment)?, payment.project.clone(), payment.amount)),
        Verdict::Changed,
    );
    pairing.pair_counting(
        |payment| Some((invoice(payment)?, payment.project.clone(), payment.on)),
        Verdict::Changed,
    );
    pairing.pair_counting(
        |payment| Some((invoice(payment)?, payment.project.clone())),
        Verdict::Changed,
    );
    pairing.pair_counting(invoice, Verdict::Changed);
    pairing.end()
}

/// Lines and entries, and the indices of those that are not paired yet.
struct Pairing<'a> {
    lines: &'a [Line],
    booked: &'a [Booked],
    verdicts: Vec<Verdict>,
    unpaired: Vec<usize>,
    free: Vec<usize>,
}

impl<'a> Pairing<'a> {
    fn new(lines: &'a [Line], booked: &'a [Booked]) -> Pairing<'a> {
        Pairing {
            lines,
            booked,
            verdicts: vec![Verdict::New; lines.len()],
            unpaired: (0..lines.len()).collect(),
            free: (0..booked.len()).collect(),
        }
    }

    /// Pairs lines with entries that were not reversed.
    fn pair_counting<K: Hash + Eq>(
        &mut self,
        key: impl Fn(&Payment) -> Option<K>,
        verdict: fn(EntryNumber) -> Verdict,
    ) {
        self.pair(|booked| !booked.reversed, key, verdict);
    }

    /// Pairs each line with the first free entry that `is_meant` and has the same key; what has no
    /// key stays free.
    fn pair<K: Hash + Eq>(
        &mut self,
        is_meant: impl Fn(&Booked) -> bool,
        key: impl Fn(&Payment) -> Option<K>,
        verdict: fn(EntryNumber) -> Verdict,
    ) {
        let mut by_key: HashMap<K, VecDeque<usize>> = HashMap::new();
        for index in &self.free {
            let booked = &self.booked[*index];
            if let Some(key) = key(&booked.payment).filter(|_| is_meant(booked)) {
                by_key.entry(key).or_default().push_back(*index);
            }
        }
        let mut taken = vec![false; self.booked.len()];
        self.unpaired.retain(|line| {
            let key = key(&self.lines[*line].payment);
            let found = key.and_then(|key| by_key.get_mut(&key)?.pop_front());
            if let Some(index) = found {
                taken[index] = true;
                self.verdicts[*line] = verdict(self.booked[index].entry);
            }
            found.is_none()
        });
        self.free.retain(|index| !taken[*index]);
    }

    fn end(self) -> Comparison {
        let free = self.free.iter().map(|index| &self.booked[*index]);
        Comparison {
            in_book_only: free
                .filter_map(|booked| (!booked.reversed).then_some(booked.entry))
                .collect(),
            verdicts: self.verdicts,
        }
    }
}

/// A text as it is compared.
fn folded(text: Option<&str>) -> String {
    normalised(text.unwrap_or_default())
}

/// What makes two payments the same, beside the grant year.
fn identity(payment: &Payment) -> (ProjectRef, String, String, Date, Money) {
    (
        payment.project.clone(),
        folded(payment.supplier.as_deref()),
        folded(payment.reference.as_deref()),
        payment.on,
        payment.amount,
    )
}

/// What makes two payments the same invoice, or the same credit note.
fn invoice(payment: &Payment) -> Option<(FinancialYear, String, String, bool)> {
    let reference = folded(payment.reference.as_deref());
    if reference.is_empty() {
        return None;
    }
    let supplier = folded(payment.supplier.as_deref());
    let is_credit = payment.amount.is_negative();
    Some((payment.year, supplier, reference, is_credit))
}
