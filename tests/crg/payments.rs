//! How the lines of a ledger compare with entries: each test pairs a few with a few.

use crg::model::{EntryNumber, Vat};
use crg::rules::{Booked, Line, Payment, Verdict, compare, merge};

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

fn line(text: &str) -> Line {
    Line {
        row: 2,
        payment: payment(text),
        vat: Vat::Net,
        note: None,
        recurring: false,
    }
}

fn booked(number: u32, text: &str, reversed: bool) -> Booked {
    Booked {
        entry: EntryNumber(number),
        payment: payment(text),
        reversed,
    }
}

/// Entries are numbered from 1; a verdict is `new`, `same 1` or `changed 1`.
fn check(book: &[&str], ledger: &[&str], verdicts: &[&str], in_book_only: &[u32]) {
    let booked = |(number, text): (u32, &&str)| booked(number, text, false);
    let lines: Vec<Line> = ledger.iter().map(|text| line(text)).collect();
    let entries: Vec<Booked> = (1..).zip(book).map(booked).collect();
    let found = compare(&lines, &entries);
    let word = |verdict: &Verdict| match verdict {
        Verdict::New => "new".to_owned(),
        Verdict::Same(entry) => format!("same {entry}"),
        Verdict::Changed(entry) => format!("changed {entry}"),
        Verdict::Reversed(entry) => format!("reversed {entry}"),
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
    let line = |text: &&str| line(text);
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
fn what_was_reversed_does_not_come_back_as_new() {
    let of = |booked: &[Booked]| compare(&[line(A)], booked);
    assert_eq!(
        of(&[booked(1, A, true)]).verdicts,
        [Verdict::Reversed(EntryNumber(1))]
    );
    assert_eq!(of(&[booked(1, A, true)]).in_book_only, []);
    // What stands counts first; what was recorded instead of a reversed entry does not change back.
    let now = "P01 | 2025-06-01 | 12.00 | Smith & Sons | INV-1";
    assert_eq!(
        of(&[booked(1, A, true), booked(2, A, false)]).verdicts,
        [Verdict::Same(EntryNumber(2))]
    );
    assert_eq!(
        of(&[booked(1, A, true), booked(2, now, false)]).verdicts,
        [Verdict::Reversed(EntryNumber(1))]
    );
}

#[test]
fn a_payment_is_the_same_in_whatever_year_it_was_recorded() {
    let mut elsewhere = booked(1, A, false);
    elsewhere.payment.year = "2024/25".parse().unwrap();
    assert_eq!(
        compare(&[line(A)], &[elsewhere]).verdicts,
        [Verdict::Same(EntryNumber(1))]
    );
}

#[test]
fn a_reference_that_comes_again_is_no_invoice() {
    let may = "P01 | 2025-07-01 | 10.00 | Smith & Sons | INV-1";
    let line = |recurring| Line {
        recurring,
        ..line(may)
    };
    let april = [booked(1, A, false)];
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
