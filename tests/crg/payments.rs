//! Whether the book has a payment already: a table of cases, a line each.

use crg::model::{EntryNumber, Source, Vat};
use crg::rules::{
    Booked, Decisions, Incoming, Line, Payment, Verdict, merge, occurrences, recognise, suggestion,
};

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
    ("typed in parts without references", &["P01 1/9 40.00 Print/", "P01 3/9 60.00 Print/"], &["P01 4/9 100.00 Print/77"], &["sum 1;2 → same as 1;2"]),
    ("typed as one, and the parts eight days away", &["P01 1/9 100.00 Print/"], &["P01 9/9 40.00 Print/77", "P01 9/9 60.00 Print/77"], &["new", "new"]),
    ("typed as one for another project", &["P02 1/9 100.00 Print/"], &["P01 4/9 40.00 Print/77", "P01 4/9 60.00 Print/77"], &["new", "new"]),
    ("imported as one from the supplier", &["P01 1/9 100.00 Print/70 ledger"], &["P01 4/9 40.00 Print/77", "P01 4/9 60.00 Print/77"], &["new", "new"]),
    // Changed.
    ("another amount", &[A], &["P01 1/6 11.00 Smith/INV-1"], &["changed 1 → replace 1"]),
    ("another day that the file covers", &[A], &["P01 12/6 10.00 Smith/INV-1", "P01 1/6 5.00 Jones/J-1"], &["changed 1 → replace 1", "new"]),
    ("another project", &[A], &["P02 1/6 10.00 Smith/INV-1"], &["changed 1 → replace 1"]),
    ("the nearest day first", &["P01 1/6 10.00 Smith/INV-1", "P01 20/6 10.00 Smith/INV-1"], &["P01 19/6 10.00 Smith/INV-1", "P01 1/6 5.00 Jones/J-1", "P01 30/6 5.00 Jones/J-2"], &["changed 2 → replace 2", "new", "new"]),
    // Further.
    ("another day and amount", &[A], &["P01 2/6 12.00 Smith/INV-1"], &["further 1 → add"]),
    ("an instalment that follows", &["P01 1/6 10.00 Smith/PO-7 ledger"], &["P01 1/7 10.00 Smith/PO-7"], &["further 1 → add"]),
    ("a line more of an invoice", &["P01 1/6 1.00 Smith/INV-1 ledger", "P01 5/6 9.00 Smith/INV-1 ledger"], &["P01 1/6 1.00 Smith/INV-1", "P01 5/6 9.00 Smith/INV-1", "P01 5/6 3.00 Smith/INV-1"], &["same 1", "same 2", "further 2 → add"]),
    ("a part payment, written otherwise", &["P01 1/6 40.00 Smith_Ltd/INV-01"], &["P01 1/8 60.00 SMITH_LIMITED/INV1"], &["further 1 → add"]),
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
    decisions.add(fingerprints[0], vec![EntryNumber(1)]);
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
        [Verdict::Reversed(EntryNumber(1)), Verdict::New, ignored]
    );
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
