//! What a correction records: the entry and whatever depends on it, in which order and under which
//! numbers; and what refuses one.

use crg::Access;
use crg::book::{Book, Commit, Correct};
use crg::model::{Column, Draft, EntryNumber, EntryNumbers, Event, Names};
use crg::rules::{Correction, OnRecord, Untenable};

use crate::corrections::{equals_never_made, tried};
use crate::files::TempFolder;
use crate::histories::{Journal, moment, with_cell};
use crate::rules::draft;

/// An award of £100.00 for P01: entries 1 to 6.
const AWARD: &str = "
    2025-04-01 | allocate  |     | upfront | 100.00 | |
    2025-04-10 | propose   | P01 | upfront | 100.00 | |
    2025-04-10 | recommend | P01 | | | |
    2025-04-10 | endorse   | P01 | | | |
    2025-04-10 | submit    | P01 | | | |
    2025-04-10 | approve   | P01 | | 100.00 | |";

fn rows(scenario: &str) -> impl Iterator<Item = &str> {
    let lines = scenario.lines().map(str::trim);
    lines.filter(|line| !line.is_empty())
}

fn journal(scenarios: &[&str]) -> Journal {
    let mut journal = Journal::default();
    for line in scenarios.iter().flat_map(|scenario| rows(scenario)) {
        let recorded = journal.try_record(draft(line));
        recorded.unwrap_or_else(|refusal| panic!("{line}: {refusal}"));
    }
    journal
}

/// An event in a few words: `spend P01 5.00`, `reverse 7`.
fn said(event: &Event) -> String {
    let named = EntryNumbers(event.entries_named()).to_string();
    let texts = [
        Some(event.kind().to_string()),
        event.project().map(ToString::to_string),
        event.amount().map(|amount| amount.to_string()),
        Some(named).filter(|named| !named.is_empty()),
    ];
    texts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// An entry on record as it should have been.
fn replacement(journal: &Journal, number: EntryNumber, column: Column, text: &str) -> Draft {
    let mut cells = journal.entry(number).expect("on record").cells();
    cells.set(column, text.to_owned());
    Draft::from_cells(&cells).expect("a valid entry")
}

/// What is recorded, or the refusal.
type Outcome = Result<&'static [&'static str], &'static str>;

/// What follows the award; an entry with a column as it should have been; and the outcome.
const CORRECTED: &[(&str, u32, (Column, &str), Outcome)] = &[
    // P03 was proposed later on the same day: what is said of it comes after that.
    (
        "2025-04-10 | progress | P01 | | | |
         2025-04-10 | propose  | P03 | upfront | 5.00 | |",
        7,
        (Column::Project, "P03"),
        Ok(&["reverse 7", "progress P03"]),
    ),
    // What was left is worked out anew, although nothing refuses the amount on record.
    (
        "2025-05-01 | spend    | P01 | | 40.00 | |
         2025-06-01 | withdraw | P01 | | | |",
        7,
        (Column::Amount, "30"),
        Ok(&["reverse 8", "reverse 7", "spend P01 30.00", "withdraw P01"]),
    ),
    // A proposal takes its project along, and leaves others as they are.
    (
        "2025-05-01 | propose | P03 | upfront | 5.00 | |",
        2,
        (Column::Project, "P07"),
        Ok(&[
            "reverse 6",
            "reverse 5",
            "reverse 4",
            "reverse 3",
            "reverse 2",
            "propose P07 100.00",
            "recommend P07",
            "endorse P07",
            "submit P07",
            "approve P07 100.00",
        ]),
    ),
    // The project of that number in another year is another project.
    (
        "2025-05-01 | progress | P01 | | | |
         2026-04-01 | allocate |     | upfront | 50.00 | year=2026/27 |
         2026-04-10 | propose  | P01 | upfront | 5.00 | year=2026/27 |
         2026-04-11 | progress | P01 | | | year=2026/27 |",
        2,
        (Column::Project, "P07"),
        Ok(&[
            "reverse 7",
            "reverse 6",
            "reverse 5",
            "reverse 4",
            "reverse 3",
            "reverse 2",
            "propose P07 100.00",
            "recommend P07",
            "endorse P07",
            "submit P07",
            "approve P07 100.00",
            "progress P07",
        ]),
    ),
    // Both cannot be on record together, so that what used the money is recorded again too.
    (
        "2025-05-01 | spend | P01 | | 40.00 | |",
        6,
        (Column::Amount, "90"),
        Ok(&[
            "reverse 7",
            "reverse 6",
            "approve P01 90.00",
            "spend P01 40.00",
        ]),
    ),
    // The last of two forecasts of a day still is the last.
    (
        "2025-05-01 | forecast | P01 | | 40.00 | |
         2025-05-01 | forecast | P01 | | 50.00 | |
         2025-05-01 | progress | P01 | | | |",
        7,
        (Column::Amount, "45"),
        Ok(&[
            "reverse 8",
            "reverse 7",
            "forecast P01 45.00",
            "forecast P01 50.00",
        ]),
    ),
    // A withdrawal left nothing of the money that is now needed.
    (
        "2025-05-01 | spend    | P01 | | 40.00 | |
         2025-06-01 | withdraw | P01 | | | |",
        7,
        (Column::Amount, "50"),
        Ok(&["reverse 8", "reverse 7", "spend P01 50.00", "withdraw P01"]),
    ),
    // What was left is worked out before what came later used it, in that order again.
    (
        "2025-05-01 | spend    | P01 | | 40.00 | |
         2025-06-01 | withdraw | P01 | | | |
         2025-05-15 | refund   | P01 | | 10.00 | |",
        7,
        (Column::Amount, "30"),
        Ok(&[
            "reverse 9",
            "reverse 8",
            "reverse 7",
            "spend P01 30.00",
            "withdraw P01",
            "refund P01 10.00",
        ]),
    ),
    // An increase that was recorded later was not left either.
    (
        "2025-04-20 | allocate |     | upfront | 50.00 | |
         2025-05-01 | spend    | P01 | | 40.00 | |
         2025-06-01 | withdraw | P01 | | | |
         2025-05-15 | increase | P01 | | 10.00 | |",
        8,
        (Column::Amount, "30"),
        Ok(&[
            "reverse 10",
            "reverse 9",
            "reverse 8",
            "spend P01 30.00",
            "withdraw P01",
            "increase P01 10.00",
        ]),
    ),
    // Two receipts of a day add up in any order.
    (
        "2025-05-01 | receive | | | 40.00 | |
         2025-05-01 | receive | | | 50.00 | |",
        7,
        (Column::Amount, "45"),
        Ok(&["reverse 7", "receive 45.00"]),
    ),
    // Spend and a completion of one day keep their order; two payments need not.
    (
        "2025-05-01 | spend    | P01 | | 40.00 | |
         2025-05-01 | spend    | P01 | | 20.00 | |
         2025-05-01 | complete | P01 | | | |",
        7,
        (Column::Amount, "45"),
        Ok(&["reverse 9", "reverse 7", "spend P01 45.00", "complete P01"]),
    ),
    // The OPCC has repaid some of the return.
    (
        "2025-06-01 | return | P01 | | 100.00 | |
         2025-06-30 | repay  | P01 | | 60.00 | |",
        7,
        (Column::Amount, "80"),
        Ok(&[
            "reverse 8",
            "reverse 7",
            "return P01 80.00",
            "repay P01 60.00",
        ]),
    ),
    (
        "2025-06-01 | return | P01 | | 40.00 | |
         2025-06-30 | repay  | P01 | | 30.00 | |",
        7,
        (Column::Amount, "35"),
        Ok(&["return P01 35.00", "reverse 7"]),
    ),
    // A release moves what the pots have, and spend changes no pot.
    (
        "2025-05-01 | spend   | P01 | | 40.00 | |
         2025-05-01 | release |     | | | |",
        7,
        (Column::Amount, "30"),
        Ok(&["reverse 7", "spend P01 30.00"]),
    ),
    (
        "2025-05-01 | allocate | | tactical | 10.00 | |
         2025-05-01 | release  | | | | |",
        7,
        (Column::Amount, "12"),
        Ok(&["reverse 8", "reverse 7", "allocate 12.00", "release"]),
    ),
    // What is of no project has no order with anything else of its day.
    (
        "2025-05-01 | allocate | | tactical | 10.00 | |
         2025-05-01 | confirm  | | | | |",
        7,
        (Column::Amount, "12"),
        Ok(&["reverse 7", "allocate 12.00"]),
    ),
    // What names the entry names it again, and is of the same project as before.
    (
        "2025-05-01 | propose  | P03 | upfront | 5.00 | |
         2025-05-02 | progress | P01 | | | |
         2025-05-03 | document | P01 | | | reference=8 |",
        8,
        (Column::Project, "P03"),
        Ok(&["reverse 9", "reverse 8", "progress P03", "document P01 12"]),
    ),
    // What came back after the withdrawal was not left when it was worked out.
    (
        "2025-05-01 | spend    | P01 | | 40.00 | |
         2025-06-10 | refund   | P01 | | 10.00 | |
         2025-06-01 | withdraw | P01 | | | |",
        8,
        (Column::Amount, "12"),
        Ok(&["reverse 8", "refund P01 12.00"]),
    ),
    // As much is left as before.
    (
        "2025-05-01 | spend    | P01 | | 40.00 | |
         2025-06-01 | withdraw | P01 | | | |",
        7,
        (Column::Supplier, "Printers Ltd"),
        Ok(&["reverse 7", "spend P01 40.00"]),
    ),
    // Only the withdrawal left nothing of this project's money.
    (
        "2025-05-01 | spend    | P01 | | 40.00 | |
         2025-05-20 | release  |     | | | |
         2025-06-01 | withdraw | P01 | | | |",
        7,
        (Column::Amount, "50"),
        Ok(&["reverse 9", "reverse 7", "spend P01 50.00", "withdraw P01"]),
    ),
    // What follows it on its day has been used: its users are recorded again, and all is reversed
    // before anything is.
    (
        "2025-05-01 | reduce | P01 |         | 5.00 | |
         2025-05-01 | reduce | P01 |         | 20.00 | |
         2025-05-02 | cut    |     | upfront | 20.00 | |",
        7,
        (Column::Amount, "6"),
        Ok(&[
            "reverse 9",
            "reverse 8",
            "reverse 7",
            "reduce P01 6.00",
            "reduce P01 20.00",
            "cut 20.00",
        ]),
    ),
    // The release has passed the money on, so that the replacement comes first; what it passed on
    // has been used, so that its user is recorded again after it.
    (
        "2025-04-20 | allocate  |     | upfront  | 50.00 | |
         2025-05-01 | release   |     |          | | |
         2025-05-02 | propose   | P03 | tactical | 20.00 | |
         2025-05-02 | recommend | P03 |          | | |
         2025-05-02 | endorse   | P03 |          | | |
         2025-05-02 | submit    | P03 |          | | |
         2025-05-02 | approve   | P03 |          | 20.00 | |",
        7,
        (Column::Amount, "55"),
        Ok(&[
            "allocate 55.00",
            "reverse 13",
            "reverse 8",
            "reverse 7",
            "release",
            "approve P03 20.00",
        ]),
    ),
    (
        "2025-05-01 | spend | P01 | | 40.00 | |",
        7,
        (Column::Amount, "101"),
        Err("£101.00 is £1.00 more than project P01 has left on 1 May 2025 (£100.00)"),
    ),
    // Neither the entry nor what depends on it can be recorded again.
    (
        "2025-05-01 | spend    | P01 | | 40.00 | |
         2025-06-01 | complete | P01 | | | |",
        8,
        (Column::On, "2025-04-20"),
        Err(
            "entry 7 would no longer be allowed: project P01 is complete on 1 May 2025; for spend \
             it must be approved",
        ),
    ),
    (
        "2025-06-01 | return | P01 | | 100.00 | |
         2025-06-30 | repay  | P01 | | 60.00 | |",
        7,
        (Column::Amount, "50"),
        Err(
            "entry 8 would no longer be allowed: £60.00 is £10.00 more than project P01 has \
             returned and not had back by 30 June 2025 (£50.00)",
        ),
    ),
];

#[test]
fn a_correction_takes_along_what_depends_on_the_entry() {
    for (rows, number, (column, text), expected) in CORRECTED {
        let journal = journal(&[AWARD, rows]);
        let number = EntryNumber(*number);
        let replacement = replacement(&journal, number, *column, text);
        let tried = tried(&journal, number, &replacement);
        let is = tried.as_ref().map(|drafts| {
            drafts
                .iter()
                .map(|draft| said(draft.event()))
                .collect::<Vec<_>>()
        });
        match (is, expected) {
            (Ok(is), Ok(expected)) => assert_eq!(is, *expected, "{rows}"),
            (Err(refusal), Err(expected)) => assert_eq!(refusal.to_string(), *expected, "{rows}"),
            (is, _) => panic!("{rows}: {is:?}, not {expected:?}"),
        }
        if let Ok(drafts) = tried {
            equals_never_made(&journal, number, &replacement, drafts).expect(rows);
        }
    }
}

#[test]
fn a_decision_on_a_line_names_the_new_numbers_of_its_entries() {
    let mut journal = journal(&[
        AWARD,
        "2025-05-01 | spend | P01 | | 40.00 | |
         2025-05-02 | spend | P01 | | 20.00 | |",
    ]);
    let decided = draft("2025-05-03 | match | | | | |");
    let decided = with_cell(&decided, Column::Reference, "7;8");
    journal.try_record(decided).expect("allowed");
    let replacement = replacement(&journal, EntryNumber(7), Column::Amount, "41");
    let drafts = tried(&journal, EntryNumber(7), &replacement).expect("allowed");
    assert_eq!(
        drafts
            .iter()
            .map(|draft| said(draft.event()))
            .collect::<Vec<_>>(),
        ["reverse 9", "reverse 7", "spend P01 41.00", "match 12;8"]
    );
    equals_never_made(&journal, EntryNumber(7), &replacement, drafts).expect("the same book");
}

/// A line of the next year may be the same as a payment of this one.
#[test]
fn a_decision_in_another_year_names_the_new_number_too() {
    let folder = TempFolder::new();
    let path = folder.join("book.db");
    Book::init(&path, &Names::default()).expect("a new book");
    let mut book = Book::open(&path, Access::Write).expect("the book");
    let now = "2026-06-11T09:30:00Z".parse().expect("a moment");
    let decided = with_cell(
        &draft("2026-04-30 | match | | | | |"),
        Column::Year,
        "2026/27",
    );
    let decided = with_cell(&decided, Column::Reference, "7");
    let spend = draft("2026-03-31 | spend | P01 | | 40.00 | |");
    let award = rows(AWARD).map(draft);
    for draft in award.chain([spend, decided]) {
        book.record([draft], now, Commit::Keep).expect("allowed");
    }
    let asked = Correct {
        entry: EntryNumber(7),
        changes: vec![(Column::Amount, "41".into())],
        by: "KCST".into(),
        note: None,
        override_reason: None,
    };
    let recorded = book.correct(&asked, now, Commit::Keep).expect("allowed");
    let entries = recorded.entries.iter();
    let is: Vec<String> = entries.map(|entry| said(&entry.event)).collect();
    assert_eq!(
        is,
        ["reverse 8", "reverse 7", "spend P01 41.00", "match 11"]
    );
}

// == Reversing with dependants ==

fn on_record(journal: &Journal) -> OnRecord {
    let next = EntryNumber(u32::try_from(journal.entries.len()).expect("few") + 1);
    OnRecord::new(journal.entries.clone(), next, moment(next))
}

/// What follows the award; the entry to reverse; and all that must be reversed, newest first.
#[rustfmt::skip]
const REVERSED: &[(&str, &str, u32, &[u32])] = &[
    ("a proposal: all that its project has become, and nothing of another", "
        2025-05-01 | progress | P01 | | | |
        2025-05-01 | propose  | P03 | upfront | 5.00 | |
        2025-05-01 | progress | P03 | | | |
    ", 2, &[7, 6, 5, 4, 3, 2]),
    ("an award: the spend that used it, day by day", "
        2025-05-01 | spend    | P01 | | 40.00 | |
        2025-05-01 | progress | P01 | | | |
        2025-05-02 | spend    | P01 | | 20.00 | |
    ", 6, &[9, 7, 6]),
    ("an increase: the latest spend that used it by then", "
        2025-05-01 | allocate |     | upfront | 10.00 | reference=A |
        2025-05-01 | increase | P01 | | 10.00 | |
        2025-05-02 | spend    | P01 | | 90.00 | |
        2025-05-02 | spend    | P01 | | 12.00 | |
        2025-05-03 | spend    | P01 | | 0.50 | |
    ", 8, &[10, 8]),
    ("an award: spend that a refund cancelled, and its refund", "
        2025-05-01 | spend    | P01 | | 10.00 | |
        2025-05-01 | refund   | P01 | | 10.00 | |
        2025-05-01 | spend    | P01 | | 5.00 | |
        2025-05-01 | refund   | P01 | | 5.00 | |
        2025-05-01 | progress | P01 | | | |
    ", 6, &[10, 9, 8, 7, 6]),
    ("a return of a project: the repayment that gave it back", "
        2025-05-01 | return   | P01 | | 30.00 | |
        2025-05-02 | repay    | P01 | | 20.00 | |
    ", 7, &[8, 7]),
    ("a return of a pot: the repayment that gave it back", "
        2025-05-01 | allocate |     | upfront | 50.00 | reference=A |
        2025-05-01 | return   |     | upfront | 30.00 | |
        2025-05-02 | repay    |     | upfront | 20.00 | |
    ", 8, &[9, 8]),
    ("an award: spend of its project and of no other", "
        2025-04-20 | allocate  |     | upfront | 50.00 | |
        2025-04-20 | propose   | P03 | upfront | 50.00 | |
        2025-04-20 | recommend | P03 | | | |
        2025-04-20 | endorse   | P03 | | | |
        2025-04-20 | submit    | P03 | | | |
        2025-04-20 | approve   | P03 | | 50.00 | |
        2025-05-01 | spend     | P01 | | 5.00 | |
        2025-05-02 | spend     | P03 | | 5.00 | |
        2025-05-03 | refund    | P01 | | 5.00 | |
    ", 6, &[15, 13, 6]),
    ("an award: spend of its year and of no other", "
        2026-04-01 | allocate  |     | upfront | 100.00 | year=2026/27 |
        2026-04-10 | propose   | P01 | upfront | 100.00 | year=2026/27 |
        2026-04-10 | recommend | P01 | | | year=2026/27 |
        2026-04-10 | endorse   | P01 | | | year=2026/27 |
        2026-04-10 | submit    | P01 | | | year=2026/27 |
        2026-04-10 | approve   | P01 | | 100.00 | year=2026/27 |
        2026-05-01 | spend     | P01 | | 5.00 | year=2026/27 |
        2025-05-01 | spend     | P01 | | 40.00 | |
        2025-05-02 | refund    | P01 | | 40.00 | |
    ", 6, &[15, 14, 6]),
    ("an award: spend that counts", "
        2025-05-01 | spend    | P01 | | 30.00 | |
        2025-05-01 | refund   | P01 | | 30.00 | |
        2025-05-02 | spend    | P01 | | 40.00 | |
                   | reverse  |     | | | reference=9 |
    ", 6, &[8, 7, 6]),
    ("an increase: what used it, and nothing that came back", "
        2025-05-01 | allocate |     | upfront | 10.00 | reference=A |
        2025-05-01 | increase | P01 | | 10.00 | |
        2025-05-02 | spend    | P01 | | 90.00 | |
        2025-05-02 | spend    | P01 | | 14.00 | |
        2025-05-02 | refund   | P01 | | 3.00 | |
    ", 8, &[10, 8]),
    ("a submission: the approval, and no statement", "
        2025-05-01 | progress | P01 | | | |
    ", 5, &[6, 5]),
    ("a statement: nothing else", "
        2025-05-01 | forecast | P01 | | 5.00 | |
        2025-05-02 | forecast | P01 | | 6.00 | |
    ", 7, &[7]),
];

#[test]
fn an_entry_is_reversed_with_what_depends_on_it() {
    for (about, rows, number, expected) in REVERSED {
        let journal = journal(&[AWARD, rows]);
        let found = on_record(&journal).with_dependants(&[EntryNumber(*number)]);
        let found = found.unwrap_or_else(|refused| panic!("{about}: {refused:?}"));
        let found: Vec<u32> = found.iter().map(|number| number.0).collect();
        assert_eq!(found, *expected, "{about}");
    }
}

/// Cash is of no project, and is not taken along with what is of one.
#[test]
fn cash_that_came_first_stays() {
    let receipts = |day: &str| format!("{day} | receive | | | 5.00 | |");
    let (first, second) = (receipts("2025-04-01"), receipts("2025-04-20"));
    let cancelled = "2025-05-01 | spend  | P01 | | 40.00 | |
                     2025-05-01 | refund | P01 | | 40.00 | |";
    let journal = journal(&[&first, AWARD, &second, cancelled]);
    let found = on_record(&journal).with_dependants(&[EntryNumber(7)]);
    assert_eq!(found.expect("allowed"), [10, 9, 7].map(EntryNumber));
}

/// What corrects an entry with a reason: each draft in a few words, and its own reason.
fn corrected_entry(
    journal: &Journal,
    number: u32,
    (column, text): (Column, &str),
    reason: Option<&str>,
) -> Result<Vec<String>, Untenable> {
    let number = EntryNumber(number);
    let correction = Correction {
        entry: number,
        replacement: replacement(journal, number, column, text),
        note: "a mistake".to_owned(),
        override_reason: reason.map(str::to_owned),
    };
    let drafts = on_record(journal).correct(&correction)?;
    let reasons = drafts.iter().map(|draft| {
        let reason = draft.override_reason().unwrap_or("none");
        format!("{}: {reason}", said(draft.event()))
    });
    Ok(reasons.collect())
}

/// A correction that breaks the order of decisions needs a reason, which stands with the entry that
/// breaks it and with no other.
#[test]
fn a_reason_sets_the_order_aside_for_the_corrected_entry() {
    let journal = journal(&[
        AWARD,
        "2025-05-01 | spend    | P01 | | 40.00 | |
         2025-06-01 | complete | P01 | | | |",
    ]);
    let corrected = |column: Column, text: &str, reason: Option<&str>| {
        corrected_entry(&journal, 7, (column, text), reason)
    };
    let (day, reason) = ((Column::On, "2025-06-15"), Some("invoiced late"));
    assert!(corrected(day.0, day.1, None).is_err());
    assert_eq!(
        corrected(day.0, day.1, reason).expect("allowed"),
        ["reverse 7: none", "spend P01 40.00: invoiced late"]
    );
    // The reason stands with what breaks the order, whichever of the two was recorded first.
    let (day, reason) = ("2025-04-20", Some("completed early"));
    let early = corrected_entry(&journal, 8, (Column::On, day), reason);
    assert_eq!(
        early.expect("allowed"),
        ["reverse 8: none", "complete P01: completed early"]
    );
    let journal_of_late_spend = self::journal(&[
        AWARD,
        "2025-06-01 | complete | P01 | | | |
         2025-05-20 | spend    | P01 | | 40.00 | |",
    ]);
    let early = corrected_entry(&journal_of_late_spend, 7, (Column::On, day), reason);
    assert_eq!(
        early.expect("allowed"),
        ["reverse 7: none", "complete P01: completed early"]
    );
    // Nothing else is recorded with a reason that it does not need.
    let reason = Some("invoiced late");
    assert_eq!(
        corrected(Column::Amount, "30", reason).expect("allowed"),
        ["reverse 7: none", "spend P01 30.00: none"]
    );
    // No reason makes money.
    assert!(corrected(Column::Amount, "101", reason).is_err());
}
