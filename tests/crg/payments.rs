//! Whether the book has a payment already: a table of cases, a line each.

use crg::model::{EntryNumber, Money, Source, Vat};
use crg::rules::{
    Action, ActionError, Booked, Decisions, GrandTotal, Incoming, Line, Payment, Place, Suspect,
    Tally, Verdict, lookalikes, merge, occurrences, recognise, suggestion,
};

use crate::histories::moment;
use crate::rules::{APPROVED, MONEY, draft, journal_of};

/// A payment, and words that follow it: `P01 1/6 10.00 Smith/INV-1 typed reversed`. An underscore
/// is a space; a day is of 2025/26 unless it has a year.
struct Case {
    payment: Payment,
    words: Vec<String>,
}

fn case(text: &str) -> Case {
    let mut words = text.split_whitespace().map(|word| word.replace('_', " "));
    let mut word = || words.next().unwrap_or_else(|| panic!("{text}"));
    let (project, day, amount, texts) = (word(), word(), word(), word());
    let (supplier, reference) = texts.split_once('/').unwrap_or_else(|| panic!("{text}"));
    let filled = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let day = match day.matches('/').count() {
        1 => format!("{day}/2025"),
        _ => day,
    };
    let words: Vec<String> = words.collect();
    let year = words.iter().find_map(|word| word.strip_prefix("in:"));
    let year = year.unwrap_or("2025/26").parse();
    Case {
        payment: Payment {
            year: year.unwrap(),
            project: project.parse().unwrap(),
            on: day.parse().unwrap(),
            amount: amount.parse().unwrap(),
            supplier: filled(supplier),
            reference: filled(reference),
        },
        words,
    }
}

fn line(text: &str) -> Line {
    let Case { payment, words } = case(text);
    Line {
        place: 2.into(),
        payment,
        vat: Vat::Net,
        category: None,
        note: None,
        recurring: words.contains(&"recurring".to_owned()),
    }
}

fn booked(number: u32, text: &str) -> Booked {
    let Case { payment, words } = case(text);
    let is = |word: &str| words.iter().any(|other| other == word);
    let sources = [
        ("ledger", Source::Ledger),
        ("tracker", Source::Tracker),
        ("accrued", Source::Accrued),
    ];
    let replaces = words.iter().find_map(|word| word.strip_prefix("was:"));
    Booked {
        entry: EntryNumber(number),
        payment,
        category: None,
        source: sources.iter().find(|(word, _)| is(word)).map(|(_, it)| *it),
        reversed: is("reversed"),
        matched: is("matched"),
        replaces: replaces
            .map(|text| case(&text.replace(' ', "_").replace('|', " ")).payment)
            .into_iter()
            .collect(),
    }
}

/// The verdicts on lines among entries numbered from 1, each with what is suggested.
fn verdicts(book: &[&str], ledger: &[&str]) -> Vec<String> {
    let lines: Vec<Line> = ledger.iter().map(|text| line(text)).collect();
    let entries: Vec<Booked> = (1..)
        .zip(book)
        .map(|(number, text)| booked(number, text))
        .collect();
    let days = || lines.iter().map(|line| line.payment.on);
    let incoming = Incoming {
        lines: &lines,
        days: days().min().zip(days().max()),
        decisions: &Decisions::default(),
    };
    let found = recognise(incoming, &entries);
    let word = |(line, verdict): (&Line, &Verdict)| {
        let numbers = verdict.entries();
        let like: Vec<&Booked> = entries
            .iter()
            .filter(|booked| numbers.contains(&booked.entry))
            .collect();
        let suggested = suggestion(verdict, &line.payment, &like);
        let numbers: Vec<String> = numbers.iter().map(ToString::to_string).collect();
        let mut words = vec![name(verdict).to_owned(), numbers.join(";")];
        words.extend(suggested.map(|action| format!("→ {action}")));
        words.retain(|word| !word.is_empty());
        words.join(" ")
    };
    lines.iter().zip(&found.verdicts).map(word).collect()
}

/// The name of a verdict in the tables below.
fn name(verdict: &Verdict) -> &'static str {
    match verdict {
        Verdict::Decided(_) => "decided",
        Verdict::Same(_) => "same",
        Verdict::Elsewhere(_) => "elsewhere",
        Verdict::Reversed(_) => "struck",
        Verdict::Sum(_) => "sum",
        Verdict::Changed(_) => "changed",
        Verdict::Further(_) => "further",
        Verdict::Likely(_) | Verdict::InLump(_) => "likely",
        Verdict::New => "new",
    }
}

/// What a case is about, the book, the file, and the verdicts with what is suggested.
type Row = (
    &'static str,
    &'static [&'static str],
    &'static [&'static str],
    &'static [&'static str],
);

const A: &str = "P01 1/6 10.00 Smith/INV-1";

#[rustfmt::skip]
const CASES: &[Row] = &[
    // Same: n − m, and rows of one file never compared.
    ("nothing in the book", &[], &[A, A], &["new", "new"]),
    ("as often as the book has it", &[A], &[A, A, A], &["new", "new", "same 1"]),
    ("each entry answers once", &[A, A], &[A, A], &["same 2", "same 1"]),
    ("capitals, spaces, quotes, dashes", &["P01 1/6 10.00 O’Brien__&_Sons/INV–1"], &["P01 1/6 10.00 o'brien_&_SONS/inv-1"], &["same 1"]),
    ("soft hyphens and what nobody sees", &["P01 1/6 10.00 Smi\u{ad}th/INV\u{200b}-1"], &[A], &["same 1"]),
    ("without a reference", &["P01 1/6 10.00 Smith/"], &["P01 1/6 10.00 Smith/"], &["same 1"]),
    ("what a correction replaced answers", &["P02 1/6 10.00 Smith/INV-1 ledger was:P01|1/6|10.00|Smith/INV-1", "P01 1/6 10.00 Smith/INV-1 ledger reversed"], &[A], &["same 1"]),
    // Elsewhere.
    ("in another year", &["P01 1/6 10.00 Smith/INV-1 in:2024/25"], &[A], &["elsewhere 1"]),
    ("in another year without a reference", &["P01 1/6 10.00 Smith/ in:2026/27"], &["P01 1/6 10.00 Smith/"], &["elsewhere 1"]),
    // Struck.
    ("reversed", &["P01 1/6 10.00 Smith/INV-1 reversed"], &[A], &["struck 1 → ignore"]),
    ("reversed and recorded again", &["P01 1/6 10.00 Smith/INV-1 reversed", A], &[A], &["same 2"]),
    ("reversed, and another amount instead", &["P01 1/6 10.00 Smith/INV-1 reversed", "P01 1/6 12.00 Smith/INV-1"], &[A], &["struck 1 → ignore"]),
    // Sum.
    ("split in the book over two projects", &["P01 1/9 40.00 Print/INV-5", "P02 1/9 60.00 Print/INV-5"], &["P01 1/9 100.00 Print/INV-5"], &["sum 1;2 → same as 1;2"]),
    ("split into six", &["P01 1/9 1 Print/X", "P01 2/9 2 Print/X", "P01 3/9 4 Print/X", "P01 4/9 8 Print/X", "P01 5/9 16 Print/X", "P01 6/9 32 Print/X"], &["P01 7/9 63 Print/X"], &["sum 1;2;3;4;5;6 → same as 1;2;3;4;5;6"]),
    ("split in the ledger", &["P01 1/9 100.00 Print/INV-5"], &["P01 1/9 40.00 Print/INV-5", "P02 1/9 60.00 Print/INV-5"], &["sum 1 → same as 1", "sum 1 → same as 1"]),
    ("split, and written otherwise", &["P01 1/9 40.00 Print_Ltd/INV-5", "P02 1/9 60.00 Print_Ltd/INV-5"], &["P01 1/9 100.00 PRINT_LIMITED/INV5"], &["sum 1;2 → same as 1;2"]),
    ("parts of another invoice are none", &["P01 1/9 40.00 Print/INV-5 ledger", "P02 1/9 60.00 Print/INV-6 ledger"], &["P01 1/9 100.00 Print/INV-7"], &["new"]),
    ("typed as one without a reference", &["P01 1/9 100.00 Print_Ltd/"], &["P01 4/9 40.00 PRINT_LIMITED/77", "P01 4/9 60.00 PRINT_LIMITED/77"], &["sum 1 → same as 1", "sum 1 → same as 1"]),
    ("typed as one with another reference", &["P01 1/9 100.00 Print/INV-5"], &["P01 4/9 40.00 Print/77", "P01 4/9 60.00 Print/77", "P01 4/9 7.00 Print/78"], &["sum 1 → same as 1", "sum 1 → same as 1", "new"]),
    ("parts under one reference, the supplier otherwise", &["P01 1/9 40.00 Smyth/INV-5", "P01 1/9 60.00 Smyth/INV-5"], &["P01 9/9 100.00 Print/INV-5"], &["sum 1;2 → same as 1;2"]),
    ("no part counts twice", &["P01 1/9 50.00 Print/INV-5", "P01 1/9 10.00 Print/INV-5"], &["P01 1/9 100.00 Print/INV-5"], &["changed 1 → replace 1"]),
    ("two lines in parts", &["P01 1/9 40.00 Print/INV-5", "P01 1/9 60.00 Print/INV-5", "P01 1/9 10.00 Print/INV-5", "P01 1/9 20.00 Print/INV-5"], &["P01 9/9 100.00 Print/INV-5", "P01 9/9 30.00 Print/INV-5"], &["sum 1;2 → same as 1;2", "sum 3;4 → same as 3;4"]),
    ("two entries in parts", &["P01 1/9 100.00 Print/INV-5", "P01 1/9 50.00 Print/INV-5"], &["P01 9/9 40.00 Print/INV-5", "P01 9/9 60.00 Print/INV-5", "P01 9/9 20.00 Print/INV-5", "P01 9/9 30.00 Print/INV-5"], &["sum 1 → same as 1", "sum 1 → same as 1", "sum 2 → same as 2", "sum 2 → same as 2"]),
    ("a line in parts, and an entry in parts", &["P01 1/9 40.00 Print/INV-5", "P01 1/9 60.00 Print/INV-5", "P01 1/9 50.00 Print/INV-5"], &["P01 9/9 100.00 Print/INV-5", "P01 9/9 20.00 Print/INV-5", "P01 9/9 30.00 Print/INV-5"], &["sum 1;2 → same as 1;2", "sum 3 → same as 3", "sum 3 → same as 3"]),
    ("a standing order, typed in parts", &["P01 1/9 40.00 Rooms/SO", "P01 1/9 60.00 Rooms/SO"], &["P01 9/9 100.00 Rooms/SO recurring"], &["sum 1;2 → same as 1;2"]),
    ("a standing order, imported in parts", &["P01 1/9 40.00 Rooms/SO ledger", "P01 1/9 60.00 Rooms/SO ledger"], &["P01 9/9 100.00 Rooms/SO recurring"], &["new"]),
    ("a standing order, typed as one", &["P01 1/9 100.00 Rooms/SO"], &["P01 9/9 40.00 Rooms/SO recurring", "P01 9/9 60.00 Rooms/SO recurring"], &["sum 1 → same as 1", "sum 1 → same as 1"]),
    ("a standing order, imported as one", &["P01 1/9 100.00 Rooms/SO ledger"], &["P01 9/9 40.00 Rooms/SO recurring", "P01 9/9 60.00 Rooms/SO recurring"], &["new", "new"]),
    ("typed in parts without references", &["P01 1/9 40.00 Print/", "P01 3/9 60.00 Print/"], &["P01 4/9 100.00 Print/77"], &["sum 1;2 → same as 1;2"]),
    ("typed in parts, eight days away", &["P01 1/9 40.00 Print/", "P01 1/9 60.00 Print/"], &["P01 9/9 100.00 Print/77"], &["new"]),
    ("typed as one, and the parts eight days away", &["P01 1/9 100.00 Print/"], &["P01 9/9 40.00 Print/77", "P01 9/9 60.00 Print/77"], &["new", "new"]),
    ("typed as one for another project", &["P02 1/9 100.00 Print/"], &["P01 4/9 40.00 Print/77", "P01 4/9 60.00 Print/77"], &["new", "new"]),
    ("imported as one from the supplier", &["P01 1/9 100.00 Print/70 ledger"], &["P01 4/9 40.00 Print/77", "P01 4/9 60.00 Print/77"], &["new", "new"]),
    // Changed.
    ("another amount", &[A], &["P01 1/6 11.00 Smith/INV-1"], &["changed 1 → replace 1"]),
    ("another day that the file covers", &[A], &["P01 12/6 10.00 Smith/INV-1", "P01 1/6 5.00 Jones/J-1"], &["changed 1 → replace 1", "new"]),
    ("another day that the file does not cover", &[A], &["P01 12/6 10.00 Smith/INV-1"], &["further 1 → add"]),
    ("another project", &[A], &["P02 1/6 10.00 Smith/INV-1"], &["changed 1 → replace 1"]),
    ("the nearest day first", &["P01 1/6 10.00 Smith/INV-1", "P01 20/6 10.00 Smith/INV-1"], &["P01 19/6 10.00 Smith/INV-1", "P01 1/6 5.00 Jones/J-1", "P01 30/6 5.00 Jones/J-2"], &["changed 2 → replace 2", "new", "new"]),
    ("reversed, and another amount in the file", &["P01 1/6 10.00 Smith/INV-1 reversed"], &["P01 1/6 11.00 Smith/INV-1"], &["new"]),
    // Further.
    ("another day and amount", &[A], &["P01 2/6 12.00 Smith/INV-1"], &["further 1 → add"]),
    ("an instalment that follows", &["P01 1/6 10.00 Smith/PO-7 ledger"], &["P01 1/7 10.00 Smith/PO-7"], &["further 1 → add"]),
    ("a line more of an invoice", &["P01 1/6 1.00 Smith/INV-1 ledger", "P01 5/6 9.00 Smith/INV-1 ledger"], &["P01 1/6 1.00 Smith/INV-1", "P01 5/6 9.00 Smith/INV-1", "P01 5/6 3.00 Smith/INV-1"], &["same 1", "same 2", "further 2 → add"]),
    ("a part payment, written otherwise", &["P01 1/6 40.00 Smith_Ltd/INV-01"], &["P01 1/8 60.00 SMITH_LIMITED/INV1"], &["further 1 → add"]),
    ("of the entry whose day is nearest", &["P01 1/6 1.00 S/I", "P01 10/6 2.00 S/I", "P01 20/6 3.00 S/I", "P01 30/6 4.00 S/I"], &["P02 2/6 50.00 S/I", "P02 11/6 50.00 S/I", "P02 29/6 50.00 S/I"], &["further 1 → add", "further 2 → add", "further 4 → add"]),
    ("of two entries of its day, the first", &["P01 1/6 1.00 S/I", "P01 1/6 2.00 S/I"], &["P02 1/6 50.00 S/I"], &["further 1 → add"]),
    ("a reference that comes again", &["P01 1/6 10.00 Rooms/SO ledger"], &["P01 8/6 10.00 Rooms/SO recurring"], &["new"]),
    // Credits.
    ("a credit is no change of a payment", &[A], &["P01 9/6 -10.00 Smith/INV-1"], &["new"]),
    ("a credit beside its payment", &[A], &[A, "P01 1/6 -10.00 Smith/INV-1"], &["same 1", "new"]),
    ("a credit of another amount", &["P01 9/6 -10.00 Smith/INV-1"], &["P01 9/6 -9.00 Smith/INV-1"], &["changed 1 → replace 1"]),
    // Likely.
    ("Ltd and Limited", &["P01 5/6 75.00 Hall_Hire_Ltd/A1"], &["P01 5/6 75.00 HALL_HIRE_LIMITED/A1"], &["likely 1 → same as 1"]),
    ("zeros and punctuation", &["P01 5/6 75.00 Hall_Hire/INV-0012 ledger"], &["P01 8/6 75.00 Hall_Hire./INV_12"], &["likely 1 → same as 1"]),
    ("accents", &["P01 5/6 75.00 Café_Zoë/A1 ledger"], &["P01 5/6 75.00 CAFE_ZOE/A1"], &["likely 1 → same as 1"]),
    ("a typed entry without texts", &["P01 5/6 75.00 /"], &["P01 12/6 75.00 Hall_Hire/A1"], &["likely 1 → replace 1"]),
    ("eight days are too many", &["P01 5/6 75.00 /"], &["P01 13/6 75.00 Hall_Hire/A1"], &["new"]),
    ("typed with another reference", &["P01 5/6 75.00 Hall/4711"], &["P01 6/6 75.00 Hall_Hire_Co/INV-9"], &["likely 1 → same as 1"]),
    ("imported, and only the supplier agrees", &["P01 5/6 75.00 Hall/A1 ledger"], &["P01 12/6 75.00 Hall/A2"], &["new"]),
    ("the same reference before another", &["P01 6/6 75.00 Hall/B1", "P01 5/6 75.00 Rooms/INV-9"], &["P01 6/6 75.00 Print/INV-9"], &["likely 2 → same as 2"]),
    ("a reference of punctuation agrees with none", &["P01 5/6 75.00 Hall/-- ledger"], &["P01 8/6 75.00 Hall/..."], &["new"]),
    ("a zero within a number", &["P01 5/6 75.00 Hall/INV-101 ledger"], &["P01 8/6 75.00 Hall/INV-11"], &["new"]),
    ("imported, without references", &["P01 5/6 75.00 Hall/ ledger"], &["P01 12/6 75.00 Hall/"], &["new"]),
    ("matched before", &["P01 5/6 75.00 Hall/ matched"], &["P01 12/6 75.00 Hall/A2"], &["new"]),
    ("each entry is likely once, the nearest", &["P01 5/6 75.00 Hall/"], &["P01 12/6 75.00 Hall/A2", "P01 6/6 75.00 Hall/A1"], &["new", "likely 1 → replace 1"]),
    ("three trainers at one price", &["P01 5/6 300.00 Ann/T1"], &["P01 5/6 300.00 Ann/T1", "P01 5/6 300.00 Ben/T2", "P01 6/6 300.00 Cat/T3"], &["same 1", "new", "new"]),
    ("typed late, of another year", &["P01 20/4/2026 480.00 Print_Ltd/INV9"], &["P01 20/4/2026 480.00 PRINT_LIMITED/INV9 in:2026/27"], &["likely 1 → same as 1"]),
    // Accrued.
    ("an invoice that was to come", &["P01 31/3/2026 500.00 Builder_Ltd/ accrued"], &["P01 20/5/2026 480.00 BUILDER_LIMITED/B-7"], &["likely 1 → replace 1"]),
    ("sixty days at most", &["P01 31/3/2026 500.00 Builder/ accrued"], &["P01 31/5/2026 480.00 BUILDER/B-7"], &["new"]),
    ("accrued under the same reference", &["P01 31/3/2026 500.00 Builder/PO-1 accrued"], &["P01 20/4/2026 480.00 BUILDER/PO-1"], &["likely 1 → replace 1"]),
    // Lumps.
    ("within a tracker's lump", &["P01 30/6 900.00 / tracker"], &["P01 3/6 75.00 Hall/A1", "P01 1/7 75.00 Hall/A2", "P02 3/6 75.00 Hall/A3"], &["likely 1", "new", "new"]),
    ("of a lump that was reversed", &["P01 30/6 900.00 / tracker reversed"], &["P01 3/6 75.00 Hall/A1"], &["new"]),
    ("a further part within a lump", &["P01 30/6 900.00 / tracker", "P01 1/5 20.00 Hall/A1 ledger"], &["P01 3/6 75.00 Hall/A1"], &["likely 1"]),
    // An empty reference agrees with nothing.
    ("without references, another amount", &["P01 1/6 10.00 Smith/ ledger"], &["P01 1/6 11.00 Smith/"], &["new"]),
    ("another supplier of the same reference", &["P01 1/6 10.00 Smith/1 ledger"], &["P01 1/6 11.00 Jones/1"], &["new"]),
];

#[test]
fn every_case_has_its_verdict() {
    for (about, book, ledger, expected) in CASES {
        assert_eq!(verdicts(book, ledger), *expected, "{about}");
    }
}

#[test]
fn what_no_line_answers_to_is_in_the_book_only() {
    let entries = [
        booked(1, A),
        booked(2, A),
        booked(3, "P01 1/6 9 Smith/X reversed"),
    ];
    let only = |lines: &[Line]| {
        let decisions = Decisions::default();
        let incoming = Incoming {
            decisions: &decisions,
            lines,
            days: None,
        };
        recognise(incoming, &entries).in_book_only
    };
    assert_eq!(only(&[line(A)]), [EntryNumber(2)]);
    assert_eq!(only(&[]), [EntryNumber(1), EntryNumber(2)]);
}

/// A decision is about one line, whatever its row and however often it comes; it falls when the
/// entry that answers for the line is reversed.
#[test]
fn a_decision_stands_until_its_entry_is_reversed() {
    let lines = [
        line("P01 1/6 10.00 SMITH/INV-1"),
        line(A),
        line("P01 2/6 5.00 Jones/J"),
    ];
    let fingerprints = occurrences(&lines);
    assert_ne!(
        fingerprints[0], fingerprints[1],
        "the second of the same is another"
    );
    let again = occurrences(&[line("P01 2/6 5.00 jones/j"), line(A)]);
    assert_eq!(again, [fingerprints[2], fingerprints[0]]);
    let mut decisions = Decisions::default();
    assert!(decisions.is_empty());
    decisions.add(fingerprints[0], vec![EntryNumber(1)]);
    assert!(!decisions.is_empty());
    decisions.add(fingerprints[2], Vec::new());
    let verdicts = |entry: &str| {
        let incoming = Incoming {
            lines: &lines,
            days: None,
            decisions: &decisions,
        };
        recognise(incoming, &[booked(1, entry)]).verdicts
    };
    let ignored = Verdict::Decided(Vec::new());
    assert_eq!(
        verdicts("P01 9/6 11.00 Smyth/I1"),
        [
            Verdict::Decided(vec![EntryNumber(1)]),
            Verdict::New,
            ignored.clone()
        ]
    );
    assert_eq!(
        verdicts("P01 9/6 11.00 Smyth/I1 reversed"),
        [
            Verdict::Reversed(EntryNumber(1)),
            Verdict::New,
            ignored.clone()
        ]
    );
    // The decided entry may be the very same payment, unless it is of another year.
    assert_eq!(
        verdicts(A),
        [Verdict::Same(EntryNumber(1)), Verdict::New, ignored.clone()]
    );
    assert_eq!(
        verdicts("P01 1/6 10.00 Smith/INV-1 in:2024/25"),
        [
            Verdict::Decided(vec![EntryNumber(1)]),
            Verdict::New,
            ignored
        ]
    );
}

/// What a person decided, what the book has and what it lacks needs no decision; all else does.
#[test]
fn what_resembles_an_entry_waits_for_a_person() {
    let one = EntryNumber(1);
    for verdict in [
        Verdict::New,
        Verdict::Same(one),
        Verdict::Decided(vec![one]),
    ] {
        assert!(!verdict.waits(), "{verdict:?}");
    }
    for verdict in [
        Verdict::Elsewhere(one),
        Verdict::Reversed(one),
        Verdict::Sum(vec![one]),
        Verdict::Changed(one),
        Verdict::Further(one),
        Verdict::Likely(one),
        Verdict::InLump(one),
    ] {
        assert!(verdict.waits(), "{verdict:?}");
    }
}

#[test]
fn an_action_is_read_as_it_is_written() {
    let numbers = vec![EntryNumber(20), EntryNumber(21)];
    for (text, action) in [
        ("add", Action::Add),
        ("ignore", Action::Ignore),
        ("replace 20;21", Action::Replace(numbers.clone())),
        ("same as 20;21", Action::SameAs(numbers)),
    ] {
        assert_eq!(action.to_string(), text);
        assert_eq!(text.parse(), Ok(action.clone()));
        let typed = text.to_uppercase().replace(' ', "  ");
        assert_eq!(typed.parse(), Ok(action), "{typed}");
    }
    for text in ["", "delete", "replace", "same as", "replace x", "add 20"] {
        assert_eq!(text.parse::<Action>(), Err(ActionError), "{text}");
    }
}

/// What a person types is compared with the ledger's entries too, and changes none.
#[test]
fn a_typed_payment_may_repeat_an_imported_one() {
    let decisions = Decisions::default();
    let verdict = |typed: &str| {
        let incoming = Incoming {
            lines: &[line(typed)],
            days: None,
            decisions: &decisions,
        };
        recognise(incoming, &[booked(1, "P01 5/6 75.00 HALL_HIRE/A1 ledger")]).verdicts
    };
    assert_eq!(
        verdict("P01 6/6 75.00 Hall_Hire/"),
        [Verdict::Likely(EntryNumber(1))]
    );
    assert_eq!(
        verdict("P01 5/6 80.00 Hall_Hire/A1"),
        [Verdict::Further(EntryNumber(1))]
    );
    assert_eq!(verdict("P01 6/6 75.00 Print/B9"), [Verdict::New]);
}

#[test]
fn extracts_that_overlap_are_one_ledger() {
    let lines = |texts: &[&str]| texts.iter().map(|text| line(text)).collect::<Vec<Line>>();
    let (b, c) = ("P01 2/6 20.00 Smith/INV-2", "P01 2/6 25.00 Smith/INV-2");
    let april = lines(&[A, A, b]);
    let may = lines(&[A, c, "P01 3/6 1.00 Smith/INV-3"]);
    assert_eq!(merge(&[&april, &may]), [(0, 0), (0, 1), (1, 1), (1, 2)]);
    assert_eq!(merge(&[&april, &april]), [(0, 0), (0, 1), (0, 2)]);
    assert_eq!(merge(&[]), []);
    // In whatever order they are given.
    assert_eq!(merge(&[&may, &april]), [(1, 0), (1, 1), (0, 1), (0, 2)]);
    // A reference that comes again in a month that the other does not reach is a payment of its
    // own.
    let june = lines(&["P01 1/7 10.00 Smith/INV-1"]);
    assert_eq!(merge(&[&april, &june]), [(0, 0), (0, 1), (0, 2), (1, 0)]);
}

// == Payments on record ==

/// The groups of entries, numbered from 1, that may be one payment. Each was recorded by a command
/// of its own, unless its words say `with` and the number of another entry.
fn groups(book: &[&str]) -> Vec<Vec<u32>> {
    let entries = (1..).zip(book).map(|(number, text)| {
        let words = case(text).words;
        let with = words.iter().find_map(|word| word.strip_prefix("with:"));
        let command = with.map_or(number, |number| number.parse().unwrap());
        (booked(number, text), moment(EntryNumber(command)))
    });
    let entries: Vec<_> = entries.collect();
    let suspects = entries.iter().map(|(booked, recorded)| Suspect {
        booked,
        recorded: *recorded,
    });
    let found = lookalikes(&suspects.collect::<Vec<_>>());
    let numbers = |group: Vec<EntryNumber>| group.iter().map(|entry| entry.0).collect();
    found.into_iter().map(numbers).collect()
}

#[test]
fn payments_that_may_be_on_record_twice() {
    type Row = (
        &'static str,
        &'static [&'static str],
        &'static [&'static [u32]],
    );
    #[rustfmt::skip]
    let cases: &[Row] = &[
        ("one invoice, typed twice", &[A, "P01 2/7 11.00 SMITH/INV_1"], &[&[1, 2]]),
        ("one invoice, three times", &["P01 3/6 1.00 S/I", "P01 1/6 2.00 S/I", "P01 2/6 4.00 S/I"], &[&[1, 2, 3]]),
        ("the lines of one invoice, by one command", &[A, "P01 1/6 11.00 Smith/INV-1 with:1"], &[]),
        ("the lines of one invoice, and one more later", &[A, "P01 1/6 11.00 Smith/INV-1 with:1", "P01 1/6 12.00 Smith/INV-1"], &[&[1, 2, 3]]),
        ("another invoice", &[A, "P01 1/6 10.00 Smith/INV-2"], &[]),
        ("an invoice and its credit note", &[A, "P01 1/6 -10.00 Smith/INV-1"], &[]),
        ("typed, and imported a week later", &["P01 5/6 75.00 Hall/", "P01 12/6 75.00 Rooms/A1 ledger"], &[&[1, 2]]),
        ("imported, and typed with another reference", &["P01 5/6 75.00 Hall/A1 ledger", "P01 5/6 75.00 Rooms/A2"], &[&[1, 2]]),
        ("in the order of the entries", &["P01 12/6 75.00 Hall/", "P01 5/6 75.00 Rooms/A1 ledger"], &[&[1, 2]]),
        ("eight days are too many", &["P01 5/6 75.00 Hall/", "P01 13/6 75.00 Rooms/A1 ledger"], &[]),
        ("another project", &["P01 5/6 75.00 Hall/", "P02 5/6 75.00 Hall/ ledger"], &[]),
        ("both imported", &["P01 5/6 75.00 Hall/ ledger", "P01 5/6 75.00 Hall/ ledger"], &[]),
        ("both typed, one without a reference", &["P01 5/6 75.00 Hall/", "P01 5/6 75.00 Hall_Ltd/A1"], &[&[1, 2]]),
        ("both typed, with two references", &["P01 5/6 75.00 Hall/A1", "P01 5/6 75.00 Hall/A2"], &[]),
        ("both typed, for two suppliers", &["P01 5/6 75.00 Hall/", "P01 5/6 75.00 Rooms/"], &[]),
        ("both typed, by one command", &["P01 5/6 75.00 Hall/", "P01 5/6 75.00 Hall/ with:1"], &[]),
        ("three in a row", &["P01 5/6 75.00 Hall/", "P01 10/6 75.00 Hall/", "P01 15/6 75.00 Hall/"], &[&[1, 2], &[2, 3]]),
        ("a pair of one invoice is listed once", &["P01 5/6 75.00 Hall/A1", "P01 5/6 75.00 Hall/A1 ledger"], &[&[1, 2]]),
        ("a pair of two invoices", &["P01 5/6 75.00 S/I", "P02 5/6 1.00 S/I", "P01 5/6 75.00 T/J ledger", "P02 5/6 2.00 T/J"], &[&[1, 2], &[1, 3], &[3, 4]]),
        ("a pair of which one is of an invoice", &["P01 5/6 75.00 S/I", "P02 5/6 1.00 S/I", "P01 5/6 75.00 T/ ledger"], &[&[1, 2], &[1, 3]]),
    ];
    for (about, book, expected) in cases {
        assert_eq!(groups(book), *expected, "{about}");
    }
}

#[test]
fn a_payment_is_read_from_its_draft() {
    let payment = |text: &str| Payment::from_draft(&draft(text));
    let spent = "2025-06-01 | spend | P01 | | 10.00 | supplier=Smith; reference=INV-1 | ok";
    assert_eq!(payment(spent), Some(case(A).payment));
    let refunded = "2025-06-01 | refund | P01 | | 10.00 | supplier=Smith; reference=INV-1 | ok";
    let credit = case("P01 1/6 -10.00 Smith/INV-1").payment;
    assert_eq!(payment(refunded), Some(credit));
    let awarded = "2025-06-01 | approve | P01 | | 10.00 | | ok";
    assert_eq!(payment(awarded), None);
}

#[test]
fn a_payment_is_read_from_its_entry() {
    let spend = "2025-06-01 | spend | P01 | | 10.00 | supplier=Smith; reference=INV-1; measure=Venue; value=ledger | ok 8";
    let journal = journal_of(&[MONEY, APPROVED, spend]);
    let mut expected = booked(8, &format!("{A} ledger"));
    expected.category = Some("Venue".to_owned());
    assert_eq!(Booked::from_entry(&journal.entries[7]), Some(expected));
    assert_eq!(Booked::from_entry(&journal.entries[6]), None, "an approval");
}

#[test]
fn a_payment_in_words_is_cut_before_its_amount() {
    let payment = case("P09 5/6 75.00 Hall_Hire/A1").payment;
    let words = "P09, 5 June 2025, Hall Hire, A1, £75.00";
    let chars = words.chars().count();
    assert_eq!(payment.in_words(chars + 1), words);
    assert_eq!(payment.in_words(chars), words);
    assert_eq!(
        payment.in_words(chars - 1),
        "P09, 5 June 2025, Hall Hire, …, £75.00"
    );
}

// == Lines of an extract ==

#[test]
fn a_place_names_its_row_and_sheet() {
    let place = Place::from(7);
    assert_eq!(place.to_string(), "row 7");
    let total = GrandTotal {
        sheet: Some("April".to_owned()),
        row: 9,
        printed: "30.00".parse().unwrap(),
        computed: "32.50".parse().unwrap(),
        unread: 0,
    };
    assert_eq!(total.place().to_string(), "sheet April, row 9");
    assert_eq!(total.difference().to_string(), "-2.50");
}

#[test]
fn lines_are_counted_and_added_up() {
    let mut tally = Tally::default();
    tally.add("10.00".parse().unwrap());
    tally.add("2.50".parse().unwrap());
    let expected = Tally {
        lines: 2,
        amount: Money::from_pence(12_50),
    };
    assert_eq!(tally, expected);
    let sum: Tally = [tally, tally].into_iter().sum();
    assert_eq!((sum.lines, sum.amount), (4, Money::from_pence(25_00)));
}
