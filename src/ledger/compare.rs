//! Holding the ledger's lines against the book's entries: what is the same, what is changed, what only one side has.

use std::collections::{HashMap, VecDeque};
use std::hash::Hash;

use crate::date::Date;
use crate::id::{EntryNumber, ProjectRef};
use crate::ledger::{Booked, Line, Payment};
use crate::money::Money;
use crate::year::FinancialYear;

/// What the book has of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing.
    New,
    /// This entry, which is the same in project, supplier, reference, day and amount.
    Same(EntryNumber),
    /// This entry of the same supplier and reference, with another amount, day or project.
    Changed(EntryNumber),
}

/// What holding the one against the other showed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Comparison {
    /// Of each line, in their order.
    pub verdicts: Vec<Verdict>,
    /// The entries that no line answers to, in their order.
    pub in_book_only: Vec<EntryNumber>,
}

/// Holds lines against entries, each of which answers to one line at most: of a line that the ledger has n times and the
/// book m times, n − m are new.
///
/// Capitals and the spaces between words make no difference to a supplier or a reference. A line without a reference is
/// never a changed one, and a credit is never a change of a payment: both are the ledger's way of saying something new.
#[must_use]
pub fn compare(lines: &[Line], booked: &[Booked]) -> Comparison {
    let mut pairing = Pairing {
        lines,
        booked,
        verdicts: vec![Verdict::New; lines.len()],
        left: (0..lines.len()).collect(),
        free: (0..booked.len()).collect(),
    };
    pairing.pair(|payment| Some(identity(payment)), Verdict::Same);
    // The nearest first: another day, another amount, both, and last another project.
    pairing.pair(|payment| Some((invoice(payment)?, payment.project.clone(), payment.amount)), Verdict::Changed);
    pairing.pair(|payment| Some((invoice(payment)?, payment.project.clone(), payment.on)), Verdict::Changed);
    pairing.pair(|payment| Some((invoice(payment)?, payment.project.clone())), Verdict::Changed);
    pairing.pair(invoice, Verdict::Changed);
    let in_book_only = pairing.free.iter().map(|place| booked[*place].entry).collect();
    Comparison { verdicts: pairing.verdicts, in_book_only }
}

/// The lines of several extracts as one ledger, each by its extract and its place in it. What an earlier extract has, a later
/// one only repeats; where the later has it otherwise, it is right.
#[must_use]
pub fn merge(extracts: &[&[Line]]) -> Vec<(usize, usize)> {
    let mut merged: Vec<(usize, usize)> = Vec::new();
    for (extract, lines) in extracts.iter().enumerate() {
        // Held against what there is so far as against a book, its entries numbered by their places.
        let there = |(number, (extract, line)): (u32, &(usize, usize))| Booked {
            entry: EntryNumber(number),
            payment: extracts[*extract][*line].payment.clone(),
        };
        let booked: Vec<Booked> = (0..).zip(&merged).map(there).collect();
        for (line, verdict) in compare(lines, &booked).verdicts.into_iter().enumerate() {
            match verdict {
                Verdict::New => merged.push((extract, line)),
                Verdict::Same(_) => {}
                Verdict::Changed(EntryNumber(number)) => {
                    let place = usize::try_from(number).unwrap_or(usize::MAX);
                    merged[place] = (extract, line);
                }
            }
        }
    }
    merged
}

/// Lines and entries, and those of both that are not paired yet.
struct Pairing<'a> {
    lines: &'a [Line],
    booked: &'a [Booked],
    verdicts: Vec<Verdict>,
    left: Vec<usize>,
    free: Vec<usize>,
}

impl Pairing<'_> {
    /// Pairs each line with the first free entry of the same key; what has no key stays free.
    fn pair<K: Hash + Eq>(&mut self, key: impl Fn(&Payment) -> Option<K>, verdict: fn(EntryNumber) -> Verdict) {
        let mut by_key: HashMap<K, VecDeque<usize>> = HashMap::new();
        for place in &self.free {
            if let Some(key) = key(&self.booked[*place].payment) {
                by_key.entry(key).or_default().push_back(*place);
            }
        }
        let mut taken = vec![false; self.booked.len()];
        self.left.retain(|line| {
            let found = key(&self.lines[*line].payment).and_then(|key| by_key.get_mut(&key)?.pop_front());
            if let Some(place) = found {
                taken[place] = true;
                self.verdicts[*line] = verdict(self.booked[place].entry);
            }
            found.is_none()
        });
        self.free.retain(|place| !taken[*place]);
    }
}

/// A text as it is compared.
fn folded(text: &Option<String>) -> String {
    text.as_deref().unwrap_or_default().split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

/// What makes two payments the same.
fn identity(payment: &Payment) -> (FinancialYear, ProjectRef, String, String, Date, Money) {
    let Payment { year, project, on, amount, supplier, reference } = payment;
    (*year, project.clone(), folded(supplier), folded(reference), *on, *amount)
}

/// What makes two payments the same invoice, or the same credit note.
fn invoice(payment: &Payment) -> Option<(FinancialYear, String, String, bool)> {
    let reference = folded(&payment.reference);
    (!reference.is_empty()).then(|| (payment.year, folded(&payment.supplier), reference, payment.amount.is_negative()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kind::Vat;

    fn payment(text: &str) -> Payment {
        let mut cells = text.split('|').map(str::trim);
        let mut cell = || cells.next().unwrap();
        let (project, on, amount, supplier, reference) = (cell(), cell(), cell(), cell(), cell());
        let filled = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Payment {
            year: "2025/26".parse().unwrap(),
            project: project.parse().unwrap(),
            on: on.parse().unwrap(),
            amount: amount.parse().unwrap(),
            supplier: filled(supplier),
            reference: filled(reference),
        }
    }

    /// Entries are numbered from 1; a verdict is `new`, `same 1` or `changed 1`.
    fn check(book: &[&str], ledger: &[&str], verdicts: &[&str], in_book_only: &[u32]) {
        let line = |(row, text): (u64, &&str)| Line { row, payment: payment(text), vat: Vat::Net, note: None };
        let booked = |(number, text): (u32, &&str)| Booked { entry: EntryNumber(number), payment: payment(text) };
        let lines: Vec<Line> = (2..).zip(ledger).map(line).collect();
        let entries: Vec<Booked> = (1..).zip(book).map(booked).collect();
        let found = compare(&lines, &entries);
        let word = |verdict: &Verdict| match verdict {
            Verdict::New => "new".to_owned(),
            Verdict::Same(entry) => format!("same {entry}"),
            Verdict::Changed(entry) => format!("changed {entry}"),
        };
        assert_eq!(found.verdicts.iter().map(word).collect::<Vec<_>>(), verdicts, "{ledger:?}");
        assert_eq!(found.in_book_only.iter().map(|number| number.0).collect::<Vec<_>>(), in_book_only, "{ledger:?}");
    }

    const A: &str = "P01 | 2025-06-01 | 10.00 | Smith & Sons | INV-1";

    #[test]
    fn a_line_is_taken_once_for_each_time_the_book_has_it() {
        check(&[], &[A, A], &["new", "new"], &[]);
        check(&[A], &[A, A, A], &["same 1", "new", "new"], &[]);
        check(&[A, A], &[A, A], &["same 1", "same 2"], &[]);
        check(&[A, A], &[A], &["same 1"], &[2]);
        check(&[A], &[], &[], &[1]);
    }

    #[test]
    fn extracts_that_overlap_are_one_ledger() {
        let line = |text: &&str| Line { row: 2, payment: payment(text), vat: Vat::Net, note: None };
        let (b, c) = ("P01 | 2025-06-02 | 20.00 | Smith & Sons | INV-2", "P01 | 2025-06-02 | 25.00 | Smith & Sons | INV-2");
        let april: Vec<Line> = [A, A, b].iter().map(line).collect();
        let may: Vec<Line> = [A, c, "P01 | 2025-06-03 | 1.00 | Smith & Sons | INV-3"].iter().map(line).collect();
        assert_eq!(merge(&[&april, &may]), [(0, 0), (0, 1), (1, 1), (1, 2)]);
        assert_eq!(merge(&[&april, &april]), [(0, 0), (0, 1), (0, 2)]);
        assert_eq!(merge(&[]), []);
    }

    #[test]
    fn capitals_and_spaces_make_no_difference() {
        check(&[A], &["P01 | 2025-06-01 | 10.00 | SMITH  &  sons | inv-1"], &["same 1"], &[]);
        check(&[A], &["P01 | 2025-06-01 | 10.00 | Smithson | INV-1"], &["new"], &[1]);
    }

    #[test]
    fn another_amount_day_or_project_is_a_change() {
        check(&[A], &["P01 | 2025-06-01 | 11.00 | Smith & Sons | INV-1"], &["changed 1"], &[]);
        check(&[A], &["P01 | 2025-06-02 | 10.00 | Smith & Sons | INV-1"], &["changed 1"], &[]);
        check(&[A], &["P01 | 2025-07-02 | 12.00 | Smith & Sons | INV-1"], &["changed 1"], &[]);
        check(&[A], &["P02 | 2025-06-01 | 10.00 | Smith & Sons | INV-1"], &["changed 1"], &[]);
    }

    #[test]
    fn a_line_without_a_reference_is_never_a_change() {
        let bare = "P01 | 2025-06-01 | 10.00 | Smith & Sons |";
        check(&[bare], &[bare], &["same 1"], &[]);
        check(&[bare], &["P01 | 2025-06-01 | 11.00 | Smith & Sons |"], &["new"], &[1]);
    }

    #[test]
    fn a_credit_is_no_change_of_the_payment_it_undoes() {
        let credit = "P01 | 2025-06-09 | -10.00 | Smith & Sons | INV-1";
        check(&[A], &[A, credit], &["same 1", "new"], &[]);
        check(&[A], &[credit], &["new"], &[1]);
        check(&[A, credit], &["P01 | 2025-06-09 | -9.00 | Smith & Sons | INV-1"], &["changed 2"], &[1]);
    }

    #[test]
    fn the_nearest_is_taken_where_an_invoice_has_several_lines() {
        let (small, large) = ("P01 | 2025-06-01 | 1.00 | Smith | INV-1", "P01 | 2025-06-05 | 9.00 | Smith | INV-1");
        // The amount speaks louder than the day, the day louder than the order.
        check(
            &[small, large],
            &["P01 | 2025-06-09 | 9.00 | Smith | INV-1", "P01 | 2025-06-01 | 2.00 | Smith | INV-1"],
            &["changed 2", "changed 1"],
            &[],
        );
        // A further line of an invoice whose others are there is new.
        check(&[small, large], &[small, large, "P01 | 2025-06-05 | 3.00 | Smith | INV-1"], &["same 1", "same 2", "new"], &[]);
    }
}
