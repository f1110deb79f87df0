//! Holding the ledger's lines against the book's entries: what is the same, what is changed, what
//! only one side has.

use std::collections::{HashMap, VecDeque};
use std::hash::Hash;

use crate::model::{Date, EntryNumber, FinancialYear, Money, ProjectRef};
use crate::rules::payment::{Booked, Line, Payment};

/// What the book has of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing.
    New,
    /// This entry, which is the same in project, supplier, reference, day and amount.
    Same(EntryNumber),
    /// This entry of the same supplier and reference, with another amount, day or project.
    Changed(EntryNumber),
    /// This entry, which is the same and was reversed: somebody decided that it should not be in
    /// the book.
    Struck(EntryNumber),
}

/// What holding the one against the other showed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Comparison {
    /// Of each line, in their order.
    pub verdicts: Vec<Verdict>,
    /// The entries that count and that no line answers to, in their order.
    pub in_book_only: Vec<EntryNumber>,
}

/// Holds lines against entries, each of which answers to one line at most: of a line that the
/// ledger has n times and the book m times, n − m are new.
///
/// Capitals and the spaces between words make no difference to a supplier or a reference. A line
/// without a reference, or with one that comes again, is never a changed one, and a credit is never
/// a change of a payment: they are the ledger's way of saying something new. A payment is the same
/// one in whatever grant year it was recorded.
#[must_use]
pub fn compare(lines: &[Line], booked: &[Booked]) -> Comparison {
    let mut pairing = Pairing {
        lines,
        booked,
        verdicts: vec![Verdict::New; lines.len()],
        left: (0..lines.len()).collect(),
        free: (0..booked.len()).collect(),
    };
    let standing = |booked: &Booked| !booked.struck;
    pairing.pair(
        standing,
        |payment| Some((payment.year, identity(payment))),
        Verdict::Same,
    );
    pairing.pair(standing, |payment| Some(identity(payment)), Verdict::Same);
    pairing.pair(
        |booked| booked.struck,
        |payment| Some(identity(payment)),
        Verdict::Struck,
    );
    pairing.left.retain(|line| !lines[*line].recurring);
    // The nearest first: another day, another amount, both, and last another project.
    pairing.pair(
        standing,
        |payment| Some((invoice(payment)?, payment.project.clone(), payment.amount)),
        Verdict::Changed,
    );
    pairing.pair(
        standing,
        |payment| Some((invoice(payment)?, payment.project.clone(), payment.on)),
        Verdict::Changed,
    );
    pairing.pair(
        standing,
        |payment| Some((invoice(payment)?, payment.project.clone())),
        Verdict::Changed,
    );
    pairing.pair(standing, invoice, Verdict::Changed);
    let in_book_only = pairing
        .free
        .iter()
        .map(|place| &booked[*place])
        .filter(|booked| !booked.struck)
        .map(|booked| booked.entry)
        .collect();
    Comparison {
        verdicts: pairing.verdicts,
        in_book_only,
    }
}

/// The lines of several extracts as one ledger, each by its extract and its place in it, whatever
/// the order in which the extracts are given. A line that several have counts as often as the one
/// that has it most often. Where a later extract has a line otherwise, and reaches back to the day
/// of the earlier, the later is right; where it does not, both count.
#[must_use]
pub fn merge(extracts: &[&[Line]]) -> Vec<(usize, usize)> {
    let days = |lines: &[Line]| {
        let days = || lines.iter().map(|line| line.payment.on);
        (days().max(), days().min())
    };
    let mut in_order: Vec<usize> = (0..extracts.len()).collect();
    in_order.sort_by_key(|extract| days(extracts[*extract]));
    let mut merged: Vec<(usize, usize)> = Vec::new();
    for extract in in_order {
        let lines = extracts[extract];
        let (last, first) = days(lines);
        // Held against what there is so far as against a book, its entries numbered by their
        // places.
        let there = |(number, (extract, line)): (u32, &(usize, usize))| Booked {
            entry: EntryNumber(number),
            payment: extracts[*extract][*line].payment.clone(),
            struck: false,
        };
        let booked: Vec<Booked> = (0..).zip(&merged).map(there).collect();
        for (line, verdict) in compare(lines, &booked).verdicts.into_iter().enumerate() {
            match verdict {
                Verdict::Same(_) => {}
                Verdict::Changed(EntryNumber(number)) => {
                    let place = usize::try_from(number).unwrap_or(usize::MAX);
                    let before = extracts[merged[place].0][merged[place].1].payment.on;
                    match first <= Some(before) && Some(before) <= last {
                        true => merged[place] = (extract, line),
                        false => merged.push((extract, line)),
                    }
                }
                Verdict::New | Verdict::Struck(_) => merged.push((extract, line)),
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
    /// Pairs each line with the first free entry of those meant that has the same key; what has no
    /// key stays free.
    fn pair<K: Hash + Eq>(
        &mut self,
        meant: impl Fn(&Booked) -> bool,
        key: impl Fn(&Payment) -> Option<K>,
        verdict: fn(EntryNumber) -> Verdict,
    ) {
        let mut by_key: HashMap<K, VecDeque<usize>> = HashMap::new();
        for place in self
            .free
            .iter()
            .filter(|place| meant(&self.booked[**place]))
        {
            if let Some(key) = key(&self.booked[*place].payment) {
                by_key.entry(key).or_default().push_back(*place);
            }
        }
        let mut taken = vec![false; self.booked.len()];
        self.left.retain(|line| {
            let found =
                key(&self.lines[*line].payment).and_then(|key| by_key.get_mut(&key)?.pop_front());
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
    text.as_deref()
        .unwrap_or_default()
        .split_whitespace()
        .map(str::to_lowercase)
        .collect::<Vec<_>>()
        .join(" ")
}

/// What makes two payments the same, beside the grant year.
fn identity(payment: &Payment) -> (ProjectRef, String, String, Date, Money) {
    let Payment {
        project,
        on,
        amount,
        supplier,
        reference,
        ..
    } = payment;
    (
        project.clone(),
        folded(supplier),
        folded(reference),
        *on,
        *amount,
    )
}

/// What makes two payments the same invoice, or the same credit note.
fn invoice(payment: &Payment) -> Option<(FinancialYear, String, String, bool)> {
    let reference = folded(&payment.reference);
    (!reference.is_empty()).then(|| {
        (
            payment.year,
            folded(&payment.supplier),
            reference,
            payment.amount.is_negative(),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Vat;

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
        let line = |(row, text): (u64, &&str)| Line {
            row,
            payment: payment(text),
            vat: Vat::Net,
            note: None,
            recurring: false,
        };
        let booked = |(number, text): (u32, &&str)| Booked {
            entry: EntryNumber(number),
            payment: payment(text),
            struck: false,
        };
        let lines: Vec<Line> = (2..).zip(ledger).map(line).collect();
        let entries: Vec<Booked> = (1..).zip(book).map(booked).collect();
        let found = compare(&lines, &entries);
        let word = |verdict: &Verdict| match verdict {
            Verdict::New => "new".to_owned(),
            Verdict::Same(entry) => format!("same {entry}"),
            Verdict::Changed(entry) => format!("changed {entry}"),
            Verdict::Struck(entry) => format!("struck {entry}"),
        };
        assert_eq!(
            found.verdicts.iter().map(word).collect::<Vec<_>>(),
            verdicts,
            "{ledger:?}"
        );
        assert_eq!(
            found
                .in_book_only
                .iter()
                .map(|number| number.0)
                .collect::<Vec<_>>(),
            in_book_only,
            "{ledger:?}"
        );
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
        let line = |text: &&str| Line {
            row: 2,
            payment: payment(text),
            vat: Vat::Net,
            note: None,
            recurring: false,
        };
        let (b, c) = (
            "P01 | 2025-06-02 | 20.00 | Smith & Sons | INV-2",
            "P01 | 2025-06-02 | 25.00 | Smith & Sons | INV-2",
        );
        let april: Vec<Line> = [A, A, b].iter().map(line).collect();
        let may: Vec<Line> = [A, c, "P01 | 2025-06-03 | 1.00 | Smith & Sons | INV-3"]
            .iter()
            .map(line)
            .collect();
        assert_eq!(merge(&[&april, &may]), [(0, 0), (0, 1), (1, 1), (1, 2)]);
        assert_eq!(merge(&[&april, &april]), [(0, 0), (0, 1), (0, 2)]);
        assert_eq!(merge(&[]), []);
        // In whatever order they are given.
        assert_eq!(merge(&[&may, &april]), [(1, 0), (1, 1), (0, 1), (0, 2)]);
        // A reference that comes again in a month that the other does not reach is a payment of its
        // own.
        let june: Vec<Line> = ["P01 | 2025-07-01 | 10.00 | Smith & Sons | INV-1"]
            .iter()
            .map(line)
            .collect();
        assert_eq!(merge(&[&april, &june]), [(0, 0), (0, 1), (0, 2), (1, 0)]);
    }

    #[test]
    fn what_was_struck_does_not_come_back_as_new() {
        let line = Line {
            row: 2,
            payment: payment(A),
            vat: Vat::Net,
            note: None,
            recurring: false,
        };
        let booked = |number, text, struck| Booked {
            entry: EntryNumber(number),
            payment: payment(text),
            struck,
        };
        let of = |booked: &[Booked]| compare(std::slice::from_ref(&line), booked);
        assert_eq!(
            of(&[booked(1, A, true)]).verdicts,
            [Verdict::Struck(EntryNumber(1))]
        );
        assert_eq!(of(&[booked(1, A, true)]).in_book_only, []);
        // What stands counts first; what took the place of a struck entry does not change back.
        let now = "P01 | 2025-06-01 | 12.00 | Smith & Sons | INV-1";
        assert_eq!(
            of(&[booked(1, A, true), booked(2, A, false)]).verdicts,
            [Verdict::Same(EntryNumber(2))]
        );
        assert_eq!(
            of(&[booked(1, A, true), booked(2, now, false)]).verdicts,
            [Verdict::Struck(EntryNumber(1))]
        );
    }

    #[test]
    fn a_payment_is_the_same_in_whatever_year_it_was_recorded() {
        let line = Line {
            row: 2,
            payment: payment(A),
            vat: Vat::Net,
            note: None,
            recurring: false,
        };
        let payment = Payment {
            year: "2024/25".parse().unwrap(),
            ..payment(A)
        };
        let elsewhere = [Booked {
            entry: EntryNumber(1),
            payment,
            struck: false,
        }];
        assert_eq!(
            compare(&[line], &elsewhere).verdicts,
            [Verdict::Same(EntryNumber(1))]
        );
    }

    #[test]
    fn a_reference_that_comes_again_is_no_invoice() {
        let may = "P01 | 2025-07-01 | 10.00 | Smith & Sons | INV-1";
        let line = |recurring| Line {
            row: 2,
            payment: payment(may),
            vat: Vat::Net,
            note: None,
            recurring,
        };
        let april = [Booked {
            entry: EntryNumber(1),
            payment: payment(A),
            struck: false,
        }];
        assert_eq!(
            compare(&[line(false)], &april).verdicts,
            [Verdict::Changed(EntryNumber(1))]
        );
        assert_eq!(compare(&[line(true)], &april).verdicts, [Verdict::New]);
    }

    #[test]
    fn capitals_and_spaces_make_no_difference() {
        check(
            &[A],
            &["P01 | 2025-06-01 | 10.00 | SMITH  &  sons | inv-1"],
            &["same 1"],
            &[],
        );
        check(
            &[A],
            &["P01 | 2025-06-01 | 10.00 | Smithson | INV-1"],
            &["new"],
            &[1],
        );
    }

    #[test]
    fn another_amount_day_or_project_is_a_change() {
        check(
            &[A],
            &["P01 | 2025-06-01 | 11.00 | Smith & Sons | INV-1"],
            &["changed 1"],
            &[],
        );
        check(
            &[A],
            &["P01 | 2025-06-02 | 10.00 | Smith & Sons | INV-1"],
            &["changed 1"],
            &[],
        );
        check(
            &[A],
            &["P01 | 2025-07-02 | 12.00 | Smith & Sons | INV-1"],
            &["changed 1"],
            &[],
        );
        check(
            &[A],
            &["P02 | 2025-06-01 | 10.00 | Smith & Sons | INV-1"],
            &["changed 1"],
            &[],
        );
    }

    #[test]
    fn a_line_without_a_reference_is_never_a_change() {
        let bare = "P01 | 2025-06-01 | 10.00 | Smith & Sons |";
        check(&[bare], &[bare], &["same 1"], &[]);
        check(
            &[bare],
            &["P01 | 2025-06-01 | 11.00 | Smith & Sons |"],
            &["new"],
            &[1],
        );
    }

    #[test]
    fn a_credit_is_no_change_of_the_payment_it_undoes() {
        let credit = "P01 | 2025-06-09 | -10.00 | Smith & Sons | INV-1";
        check(&[A], &[A, credit], &["same 1", "new"], &[]);
        check(&[A], &[credit], &["new"], &[1]);
        check(
            &[A, credit],
            &["P01 | 2025-06-09 | -9.00 | Smith & Sons | INV-1"],
            &["changed 2"],
            &[1],
        );
    }

    #[test]
    fn the_nearest_is_taken_where_an_invoice_has_several_lines() {
        let (small, large) = (
            "P01 | 2025-06-01 | 1.00 | Smith | INV-1",
            "P01 | 2025-06-05 | 9.00 | Smith | INV-1",
        );
        // The amount speaks louder than the day, the day louder than the order.
        check(
            &[small, large],
            &[
                "P01 | 2025-06-09 | 9.00 | Smith | INV-1",
                "P01 | 2025-06-01 | 2.00 | Smith | INV-1",
            ],
            &["changed 2", "changed 1"],
            &[],
        );
        // A further line of an invoice whose others are there is new.
        check(
            &[small, large],
            &[small, large, "P01 | 2025-06-05 | 3.00 | Smith | INV-1"],
            &["same 1", "same 2", "new"],
            &[],
        );
    }
}
