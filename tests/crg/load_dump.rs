//! A dump is the whole book, a load of it the same book; and a file with a fault is told of it and
//! nothing is recorded.

use std::fs;
use std::path::{MAIN_SEPARATOR, Path, PathBuf};

use crg::Access;
use crg::Error;
use crg::book::{Book, Commit, Loaded, load};
use crg::fold::Lens;
use crg::import::Folder;
use crg::model::Names;
use crg::model::{CellFault, Column, Date, Draft, Event, Moment, Pot};
use crg::report::Finding;
use proptest::prelude::*;

use crate::files::{TempFolder, small_book};
use crate::histories::{scripts, with_cell};
use crate::upgrade::balances;
use crate::views::{book_of, kent};

const FILES: [&str; 5] = [
    "entries.csv",
    "record.csv",
    "book.csv",
    "priorities.csv",
    "datapackage.json",
];
const HEADER: &str = "on,year,kind,project,pot,amount,title,lead,supplier,reference,measure,value,priorities,vat,override,note,by\r\n";

fn now() -> Moment {
    "2026-05-01T09:00:00Z".parse().unwrap()
}

fn load_at(path: &Path, folder: &Path) -> Result<Loaded, Error> {
    load(path, Folder::At(folder), "KCST", now(), Commit::Keep)
}

/// Loads a text as `entries.csv`, into a new book or one that is there.
fn load_text(path: &Path, text: impl AsRef<[u8]>) -> Result<Loaded, Error> {
    let folder = TempFolder::new();
    fs::write(folder.join("entries.csv"), text).unwrap();
    load_at(path, folder.path())
}

fn head(path: &Path) -> String {
    Book::open(path, Access::Read)
        .unwrap()
        .head()
        .unwrap()
        .to_string()
}

/// The rows of `entries.csv` in a dump of the book, its header left out.
fn dumped(path: &Path) -> String {
    let folder = TempFolder::new();
    Book::open(path, Access::Read)
        .unwrap()
        .dump(folder.path())
        .unwrap();
    fs::read_to_string(folder.join("entries.csv"))
        .unwrap()
        .strip_prefix(HEADER)
        .unwrap()
        .to_owned()
}

/// Dumps a book, loads the dump as another, dumps that, and holds the two against each other. Gives
/// the other's path.
fn there_and_back(book: &Book, folder: &TempFolder) -> PathBuf {
    let (first, second, copy) = (
        folder.join("first"),
        folder.join("second"),
        folder.join("copy.db"),
    );
    let count = book.dump(&first).unwrap();
    let loaded = load_at(&copy, &first).unwrap();
    assert_eq!(
        loaded,
        Loaded {
            entries: count,
            created: true,
            verified: true,
            contacts: Vec::new(),
        }
    );
    let other = Book::open(&copy, Access::Read).unwrap();
    assert_eq!(other.dump(&second).unwrap(), count);
    for file in FILES {
        assert_eq!(
            fs::read_to_string(first.join(file)).unwrap(),
            fs::read_to_string(second.join(file)).unwrap(),
            "{file}"
        );
    }
    assert_eq!(other.head().unwrap(), book.head().unwrap());
    assert_eq!(other.names().unwrap(), book.names().unwrap());
    copy
}

// == There and back ==

#[test]
fn the_published_years_come_back() {
    let folder = TempFolder::new();
    let path = folder.join("book.db");
    kent(&path);
    let book = Book::open(&path, Access::Read).unwrap();
    let copy = Book::open(&there_and_back(&book, &folder), Access::Read).unwrap();
    assert_eq!(copy.check(), book.check());
    assert_eq!(
        copy.known_priorities().unwrap(),
        book.known_priorities().unwrap()
    );
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/kent");
    // One entry more than the file has says what its priorities hold.
    for (file, more) in [("entries.csv", 1), ("book.csv", 0)] {
        let lines = |folder: &Path| {
            fs::read_to_string(folder.join(file))
                .unwrap()
                .replace("\r\n", "\n")
        };
        assert!(
            lines(&folder.join("first")).lines().count() == lines(&fixture).lines().count() + more,
            "{file}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    /// A loaded book begins with the balances that the fold gives; the other's were kept by the
    /// triggers, entry by entry.
    #[test]
    fn any_history_comes_back(script in scripts(40)) {
        let folder = TempFolder::new();
        let book = book_of(&folder.join("book.db"), &script.play().journal);
        let copy = Book::open(&there_and_back(&book, &folder), Access::Read).unwrap();
        prop_assert_eq!(copy.years().unwrap(), book.years().unwrap());
        prop_assert_eq!(balances(copy.path()), balances(book.path()));
        let lens = Lens::at(Date::MAX);
        for year in book.years().unwrap() {
            prop_assert_eq!(copy.pot(year, lens).unwrap(), book.pot(year, lens).unwrap());
            prop_assert_eq!(copy.year_end(year, lens).unwrap(), book.year_end(year, lens).unwrap());
            prop_assert_eq!(copy.projects(year, lens).unwrap(), book.projects(year, lens).unwrap());
        }
    }

    /// Whatever text is taken comes back as it was kept.
    #[test]
    fn any_text_comes_back(texts in prop::collection::vec("[ '=+@＝\\-a-z,;\"\u{a0}\n\r\té😀]{1,12}", 4)) {
        let folder = TempFolder::new();
        let path = folder.join("book.db");
        let mut book = Book::init(&path, &usual_names()).and_then(|()| Book::open(&path, Access::Write)).unwrap();
        if let Ok(draft) = proposal(&texts[0], &texts[1], &texts[2], &texts[3]) {
            book.record(vec![draft], now(), Commit::Keep).unwrap();
            there_and_back(&book, &folder);
        }
    }
}

fn usual_names() -> Names {
    Names {
        partnership: "A partnership".into(),
        funder: "A funder".into(),
        ..Names::default()
    }
}

fn proposal(title: &str, lead: &str, note: &str, by: &str) -> Result<Draft, Vec<CellFault>> {
    let event = Event::Propose {
        project: "P01".parse().unwrap(),
        pot: Pot::Upfront,
        amount: "1".parse().unwrap(),
        title: title.into(),
        lead: lead.into(),
        priorities: "PCP-1;CSA-2".parse().unwrap(),
    };
    Draft::builder("2026/27".parse().unwrap(), event, by)
        .on("2026-04-08".parse().unwrap())
        .reference(title.chars().take(100).collect::<String>())
        .note(note)
        .override_reason(lead)
        .build()
}

#[test]
fn hostile_texts_come_back_and_no_spreadsheet_runs_them() {
    let long = "é".repeat(200);
    let texts = [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "'=1+1",
        "''=1+1",
        "'quoted'",
        "O'Brien",
        "＝1+1",
        "' =1",
        "\"",
        "a \"b\" c",
        "a,b",
        "one\ntwo",
        "one\r\ntwo",
        "one\n\ntwo",
        ";",
        "=",
        "'",
        "''",
        "😀 тест",
        "=cmd|' /C calc'!A0",
        "NULL",
        "£5 – ½",
        "a\u{2028}b",
        "\u{feff}x",
        &long,
    ];
    let folder = TempFolder::new();
    let path = folder.join("book.db");
    let mut book = Book::init(&path, &usual_names())
        .and_then(|()| Book::open(&path, Access::Write))
        .unwrap();
    for (place, text) in texts.iter().enumerate() {
        let draft = proposal(text, text, text, "KCST").unwrap();
        let draft = with_cell(&draft, Column::Project, &format!("P{place}"));
        book.record(vec![draft], now(), Commit::Keep).unwrap();
    }
    let copy = Book::open(&there_and_back(&book, &folder), Access::Read).unwrap();
    let projects = copy
        .projects("2026/27".parse().unwrap(), Lens::at(Date::MAX))
        .unwrap();
    let mut titles: Vec<&str> = projects.rows.iter().map(|row| row.title.as_str()).collect();
    let mut expected: Vec<String> = texts
        .iter()
        .map(|text| text.replace("\r\n", "\n"))
        .collect();
    titles.sort_unstable();
    expected.sort_unstable();
    assert_eq!(titles, expected);
    let written = fs::read_to_string(folder.join("first").join("entries.csv")).unwrap();
    for start in ["=", "+", "-", "@", "＝"] {
        assert!(
            !written.contains(&format!(",{start}")) && !written.contains(&format!(",\"{start}")),
            "a cell begins with {start}"
        );
    }
}

#[test]
fn hostile_names_come_back() {
    for name in [
        "=Kent",
        "'Kent'",
        "Kent, \"Medway\"",
        "-",
        "Caerffili – 😀",
        &"é".repeat(200),
    ] {
        assert_eq!(name_comes_back(name), Some(true), "{name:?}");
    }
    // A name that a file would not give back is refused, or tidied when the book is made.
    for name in [
        " Kent ",
        "\tKent",
        "Kent\u{a0}",
        "Kent\nMedway",
        "Kent\r\nMedway",
        "Kent\u{7}",
    ] {
        assert_ne!(name_comes_back(name), Some(false), "{name:?}");
    }
}

/// Does a book of that name come back from its dump? `None` where no such book is made.
fn name_comes_back(name: &str) -> Option<bool> {
    let folder = TempFolder::new();
    let path = folder.join("book.db");
    Book::init(
        &path,
        &Names {
            partnership: name.into(),
            funder: name.into(),
            ..Names::default()
        },
    )
    .ok()?;
    let mut book = Book::open(&path, Access::Write).unwrap();
    book.record(
        vec![proposal("T", "L", "N", "KCST").unwrap()],
        now(),
        Commit::Keep,
    )
    .unwrap();
    let (first, copy) = (folder.join("first"), folder.join("copy.db"));
    book.dump(&first).unwrap();
    Some(
        load_at(&copy, &first).is_ok()
            && Book::open(&copy, Access::Read).unwrap().names().unwrap() == book.names().unwrap(),
    )
}

/// What a book is called is held to limits in a sentence, not in SQL.
#[test]
fn a_name_that_is_none_is_refused_in_a_sentence() {
    let long = "x".repeat(201);
    for name in ["", &long] {
        let folder = TempFolder::new();
        let names = Names {
            partnership: name.into(),
            funder: "OPCC".into(),
            ..Names::default()
        };
        let said = Book::init(&folder.join("book.db"), &names)
            .unwrap_err()
            .to_string();
        assert!(
            said.contains("1 to 200 characters") && !said.contains("CHECK"),
            "{said}"
        );
        assert!(folder.snapshot().is_empty());
    }
}

#[test]
fn an_empty_book_comes_back() {
    let folder = TempFolder::new();
    let path = folder.join("book.db");
    Book::init(&path, &usual_names()).unwrap();
    let book = Book::open(&path, Access::Read).unwrap();
    there_and_back(&book, &folder);
}

#[test]
fn a_dump_is_never_written_over_a_file() {
    let folder = TempFolder::new();
    let (path, out) = (folder.join("book.db"), TempFolder::new());
    small_book(&path);
    for file in FILES {
        fs::write(out.join(file), "precious").unwrap();
        let before = out.snapshot();
        let refused = Book::open(&path, Access::Read)
            .unwrap()
            .dump(out.path())
            .unwrap_err();
        assert!(
            matches!(&refused, Error::Output { path, .. } if path.ends_with(file)),
            "{refused}"
        );
        assert_eq!(
            out.snapshot(),
            before,
            "{file} was there, and something was written all the same"
        );
        fs::remove_file(out.join(file)).unwrap();
    }
}

// == What a file may look like ==

#[test]
fn columns_come_in_any_order_and_may_be_left_out() {
    let folder = TempFolder::new();
    let (one, other) = (folder.join("one.db"), folder.join("other.db"));
    let rows = "2026-04-01,2026/27,allocate,,upfront,1.00,,,,,,,,,,Said,KCST\n,2026/27,reverse,,,,,,,1,,,,,,Undone,KCST\n";
    load_text(&one, format!("{HEADER}{rows}")).unwrap();
    let short = "note,kind,amount,reference,pot,year,on\nSaid,allocate,1.00,,upfront,2026/27,2026-04-01\nUndone,reverse,,1,,2026/27,\n";
    load_text(&other, short).unwrap();
    assert_eq!(head(&one), head(&other));
    assert_eq!(
        dumped(&other).lines().nth(1),
        Some("2026-04-01,2026/27,reverse,,,,,,,1,,,,,,Undone,KCST")
    );
}

/// The same rows, as other programs and systems save them. A quotation mark within an unquoted cell
/// is only a mark, and a blank line within a quoted one is part of the text.
#[test]
fn marks_and_blank_lines_in_cells_are_text() {
    let folder = TempFolder::new();
    let text = "on,year,kind,pot,amount,reference,note\n\
        2025-04-01,2025/26,allocate,upfront,1000,5\" pipe,\n\
        2025-04-01,2025/26,allocate,tactical,500,\"say \"\"six\"\"\",\"line one\n\nline three\"\n";
    load_text(&folder.join("book.db"), text).unwrap();
    let entries = dumped(&folder.join("book.db"));
    assert!(entries.contains("\"5\"\" pipe\""), "{entries}");
    assert!(
        entries.contains("\"say \"\"six\"\"\"") && entries.contains("\"line one\n\nline three\""),
        "{entries}"
    );
}

/// A quote left open swallows the rest of a file: it is told before the file fills the memory.
#[test]
fn a_row_without_end_is_told() {
    let folder = TempFolder::new();
    let text = format!(
        "on,year,kind,note\n2025-04-01,2025/26,confirm,\"{}",
        "n\n".repeat(2_000_000)
    );
    let told = load_text(&folder.join("book.db"), text)
        .unwrap_err()
        .to_string();
    assert!(
        told.ends_with("row 2: has more than 1048576 bytes; is a quotation mark left open?"),
        "{told}"
    );
    assert!(!folder.join("book.db").exists());
}

#[test]
fn a_file_may_be_saved_in_many_ways() {
    let plain = "on,year,kind,pot,amount,note\n2026-04-01,2026/27,allocate,upfront,26500.00,\"one\ntwo\"\n2026-04-02,2026/27,allocate,tactical,13100.00,three\n";
    let folder = TempFolder::new();
    let expected = folder.join("plain.db");
    load_text(&expected, plain).unwrap();
    let quoted = "\"on\",\"year\",\"kind\",\"pot\",\"amount\",\"note\"\n\"2026-04-01\",\"2026/27\",\"allocate\",\"upfront\",\"£26,500\",\"one\ntwo\"\n\"2026-04-02\",\"2026-27\",\"allocate\",\"tactical\",\"13,100.0\",\"three\"\n";
    let ways = [
        ("bom", format!("\u{feff}{plain}")),
        ("bom and quotes", format!("\u{feff}{quoted}")),
        ("crlf", plain.replace('\n', "\r\n")),
        (
            "bom and crlf",
            format!("\u{feff}{plain}").replace('\n', "\r\n"),
        ),
        ("no last line end", plain.trim_end().to_owned()),
        (
            "blank rows",
            plain.replace("\"\n", "\"\n\n\r\n,,,,,\n , ,,,,\n") + "\n\n,,,,,\n",
        ),
        (
            "comma-only rows of another width",
            plain.to_owned() + ",,,,,,,,,,\n,\n",
        ),
        (
            "many comma-only rows",
            plain.to_owned() + &",,,,,\r\n".repeat(5729),
        ),
        ("quotes everywhere", quoted.to_owned()),
        (
            "padded",
            plain
                .replace(
                    "allocate,upfront,26500.00",
                    " allocate , upfront , 26500.00 ",
                )
                .replace("on,year", " on , year "),
        ),
    ];
    for (way, text) in ways {
        let path = folder.join("book.db");
        let loaded = load_text(&path, text).unwrap_or_else(|error| panic!("{way}: {error}"));
        assert_eq!(
            loaded,
            Loaded {
                entries: 2,
                created: true,
                verified: false,
                contacts: Vec::new(),
            },
            "{way}"
        );
        assert_eq!(head(&path), head(&expected), "{way}");
        fs::remove_file(path).unwrap();
    }
}

#[test]
fn who_recorded_a_row_is_the_row_s_or_the_loader_s() {
    let folder = TempFolder::new();
    let path = folder.join("book.db");
    load_text(
        &path,
        "on,year,kind,by\n2025-04-01,2025/26,confirm,A. Person\n2026-04-01,2026/27,confirm,\n",
    )
    .unwrap();
    let found = dumped(&path);
    let who: Vec<&str> = found
        .lines()
        .map(|line| line.rsplit(',').next().unwrap())
        .collect();
    assert_eq!(who, ["A. Person", "KCST"]);
}

// == Adding to a book ==

#[test]
fn rows_are_added_to_a_book_and_name_each_other() {
    let folder = TempFolder::new();
    let path = folder.join("book.db");
    small_book(&path);
    let before = dumped(&path);
    let file = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    let text = format!(
        "on,year,kind,amount,measure,title,reference,note,value\n\
        2026-05-01,2026/27,receive,5.00,,,,,\n\
        2026-05-01,2026/27,published,5.01,allocation,Paper,,,\n\
        ,2026/27,reverse,,,,1,mistaken,\n\
        2026-05-01,2026/27,explain,,,,2,rounded,\n\
        2026-05-01,2026/27,document,,,Letter,2,,{file}\n\
        2026-05-01,2026/27,match,,,A line,2;4,the same,{file}\n"
    );
    assert_eq!(
        load_text(&path, text).unwrap(),
        Loaded {
            entries: 6,
            created: false,
            verified: false,
            contacts: Vec::new(),
        }
    );
    let after = dumped(&path);
    let added: Vec<&str> = after.strip_prefix(&before).unwrap().lines().collect();
    assert_eq!(
        added[2],
        "2026-05-01,2026/27,reverse,,,,,,,5,,,,,,mistaken,KCST"
    );
    assert_eq!(
        added[3],
        "2026-05-01,2026/27,explain,,,,,,,6,,,,,,rounded,KCST"
    );
    assert_eq!(
        added[4],
        format!("2026-05-01,2026/27,document,,,,Letter,,,6,,{file},,,,,KCST")
    );
    assert_eq!(
        added[5],
        format!("2026-05-01,2026/27,match,,,,A line,,,6;8,,{file},,,,the same,KCST")
    );
    assert_eq!(
        Book::open(&path, Access::Read).unwrap().check().worst(),
        Finding::Warning
    );
}

/// The person reads the file, so a refusal names the rows of the file.
#[test]
fn a_refusal_names_entries_as_the_file_does() {
    let row = |kind: &str, reference: &str| format!(",2026/27,{kind},,{reference},why\n");
    let receive = "2026-05-01,2026/27,receive,5.00,,\n";
    let header = "on,year,kind,amount,reference,note\n";
    for (rows, said) in [
        (row("reverse", "4"), "2026/27 has no entry 4"),
        (
            row("reverse", "1") + &row("reverse", "1"),
            "entry 1 has already been reversed, by entry 2",
        ),
        (
            row("reverse", "1") + &row("reverse", "2"),
            "entry 2 is a reversal, which cannot be reversed",
        ),
        (
            format!("2026-05-01{}", row("explain", "1")),
            "entry 1 is a receipt; only a published figure can be explained",
        ),
        (
            format!("2026-05-02{}", row("reverse", "1")),
            "entry 1 takes effect on 1 May 2026; its reversal cannot be dated 2 May 2026",
        ),
    ] {
        let folder = TempFolder::new();
        let path = folder.join("book.db");
        small_book(&path);
        match load_text(&path, format!("{header}{receive}{rows}")) {
            Err(Error::RefusedRow { refusal, .. }) => assert_eq!(refusal.to_string(), said),
            other => panic!("{rows}: {other:?}"),
        }
    }
}

#[test]
fn a_refusal_leaves_the_book_as_it_was() {
    let folder = TempFolder::new();
    let path = folder.join("book.db");
    small_book(&path);
    let before = folder.snapshot();
    let text = "on,year,kind,project,amount,override\n".to_owned()
        + &"2026-05-01,2026/27,receive,,1.00,Again\n".repeat(3)
        + "2026-05-01,2026/27,spend,P01,1.00,\n"
        + &"2026-05-01,2026/27,receive,,1.00,Again\n".repeat(2);
    match load_text(&path, text) {
        Err(Error::RefusedRow {
            row: 5,
            entry: 4,
            not_reached: 2,
            ..
        }) => {}
        other => panic!("{other:?}"),
    }
    assert_eq!(folder.snapshot(), before);
}

#[test]
fn a_trial_keeps_nothing() {
    let folder = TempFolder::new();
    let (path, fixture) = (
        folder.join("book.db"),
        Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/kent"),
    );
    let trial = || load(&path, Folder::At(&fixture), "KCST", now(), Commit::DryRun).unwrap();
    let tried = trial();
    assert!(tried.created && tried.entries > 100);
    assert!(folder.snapshot().is_empty(), "a trial made something");
    small_book(&path);
    let before = folder.snapshot();
    let rows = TempFolder::new();
    fs::write(
        rows.join("entries.csv"),
        "on,year,kind,amount\n2026-05-01,2026/27,receive,5.00\n",
    )
    .unwrap();
    let tried = load(
        &path,
        Folder::At(rows.path()),
        "KCST",
        now(),
        Commit::DryRun,
    )
    .unwrap();
    assert_eq!(
        tried,
        Loaded {
            entries: 1,
            created: false,
            verified: false,
            contacts: Vec::new(),
        }
    );
    assert_eq!(folder.snapshot(), before);
}

#[test]
fn a_record_goes_only_with_a_new_book() {
    let folder = TempFolder::new();
    let (path, dump) = (folder.join("book.db"), folder.join("dump"));
    small_book(&path);
    Book::open(&path, Access::Read)
        .unwrap()
        .dump(&dump)
        .unwrap();
    let before = fs::read(&path).unwrap();
    let said = load_at(&path, &dump).unwrap_err();
    assert!(matches!(said, Error::Input(_)), "{said:?}");
    let expected = "belongs to a whole book; load it to where no book exists, or remove it to add these entries to this one";
    assert_eq!(
        said.to_string(),
        format!("{}: {expected}", dump.join("record.csv").display())
    );
    assert!(fs::read(&path).unwrap() == before);
}

#[test]
fn the_other_files_must_fit_the_book() {
    let (path, folder) = (TempFolder::new(), TempFolder::new());
    let book = path.join("book.db");
    kent(&book);
    let before = fs::read(&book).unwrap();
    fs::write(
        folder.join("entries.csv"),
        "on,year,kind,amount\n2026-05-01,2026/27,receive,5.00\n",
    )
    .unwrap();
    let said = || {
        load_at(&book, folder.path())
            .unwrap_err()
            .to_string()
            .replace(&format!("{}{MAIN_SEPARATOR}", folder.path().display()), "")
    };
    fs::write(
        folder.join("book.csv"),
        "partnership,funder\nAnother,OPCC\n",
    )
    .unwrap();
    let names = "\"Kent Community Safety Partnership\" and \"Office of the Kent Police and Crime Commissioner\"";
    assert_eq!(
        said(),
        format!("book.csv, row 2: names \"Another\" and \"OPCC\", but the book belongs to {names}")
    );
    fs::remove_file(folder.join("book.csv")).unwrap();
    fs::write(
        folder.join("priorities.csv"),
        "scheme,code,name,first_year,last_year\nPlan,PCP-PEOPLE,Other,2025/26,\n",
    )
    .unwrap();
    assert_eq!(
        said(),
        "priorities.csv: code PCP-PEOPLE is already in the book, with another meaning"
    );
    assert!(fs::read(&book).unwrap() == before);
    fs::write(
        folder.join("priorities.csv"),
        "scheme,code,name,first_year,last_year\nPlan,NEW,New,2025/26,\n",
    )
    .unwrap();
    load_at(&book, folder.path()).unwrap();
    let known = Book::open(&book, Access::Read)
        .unwrap()
        .known_priorities()
        .unwrap();
    assert!(
        known
            .iter()
            .any(|priority| priority.code == "NEW" && priority.last_year.is_none())
    );
}

#[test]
fn a_priority_is_checked_cell_by_cell() {
    let folder = TempFolder::new();
    let path = folder.join("book.db");
    let read = |row: &str| {
        fs::write(folder.join("entries.csv"), "on,year,kind\n").unwrap();
        let header = "scheme,code,name,first_year,last_year";
        fs::write(folder.join("priorities.csv"), format!("{header}\n{row}\n")).unwrap();
        let read = load(
            &path,
            Folder::At(folder.path()),
            "KCST",
            now(),
            Commit::DryRun,
        );
        let error = read
            .err()
            .map(|error| error.to_string())
            .unwrap_or_default();
        error
            .rsplit_once("priorities.csv, row 2: ")
            .map(|(_, fault)| fault.to_owned())
    };
    let (scheme, name) = ("é".repeat(100), "é".repeat(200));
    for row in [
        "Plan,PCP-1,People,2024/25,2026/27",
        "Plan,PCP-1,People,2024/25,2024/25",
        "Plan,PCP-1,People,2024/25,",
        &format!("{scheme},PCP-1,{name},2024/25,"),
    ] {
        assert_eq!(read(row), None, "{row}");
    }
    for (row, fault) in [
        (
            "Plan,PCP-1,People,2024/25,2023/24",
            "last_year: \"2023/24\" is not 2024/25 or later",
        ),
        (
            "Plan,PCP-1,People,2024/25,soon",
            "last_year: \"soon\" is not a financial year; write it as 2025/26",
        ),
        (
            "Plan,PCP-1,People,,",
            "first_year: please give a financial year; write it as 2025/26",
        ),
        (
            "Plan,pcp-1,People,2024/25,",
            "code: \"pcp-1\" is not a code of capital letters, digits and hyphens",
        ),
        (
            ",PCP-1,People,2024/25,",
            "scheme: please give a text of 1 to 100 characters",
        ),
        (
            "Plan,PCP-1,,2024/25,",
            "name: please give a text of 1 to 200 characters",
        ),
        (
            "Plan,PCP-1,Peo\u{7}ple,2024/25,",
            "name: \"Peo\\u{7}ple\" is not a text without control characters",
        ),
    ] {
        assert_eq!(read(row).as_deref(), Some(fault), "{row}");
    }
    for row in [
        format!("{scheme}é,PCP-1,People,2024/25,"),
        format!("Plan,PCP-1,{name}é,2024/25,"),
    ] {
        assert!(
            read(&row).is_some_and(|fault| fault.contains("is not a text of 1 to")),
            "{row}"
        );
    }
}

#[test]
fn a_folder_without_entries_is_told() {
    let folder = TempFolder::new();
    let path = folder.join("book.db");
    let said = load_at(&path, &folder.join("nowhere")).unwrap_err();
    let file = folder.join("nowhere").join("entries.csv");
    assert!(
        matches!(said, Error::Input(_))
            && said
                .to_string()
                .starts_with(&format!("{}: cannot be read: ", file.display())),
        "{said}"
    );
    assert!(folder.snapshot().is_empty());
}

/// Any one byte of a dump that is changed is told, or changes nothing that is kept.
#[test]
fn a_changed_byte_of_a_dump_is_never_recorded_unseen() {
    let folder = TempFolder::new();
    let (path, dump, copy) = (
        folder.join("book.db"),
        folder.join("dump"),
        folder.join("copy.db"),
    );
    small_book(&path);
    Book::open(&path, Access::Read)
        .unwrap()
        .dump(&dump)
        .unwrap();
    let right = head(&path);
    let mut told = 0;
    for file in ["entries.csv", "record.csv", "book.csv"] {
        let whole = fs::read(dump.join(file)).unwrap();
        for place in (0..whole.len()).step_by(7) {
            let mut bytes = whole.clone();
            bytes[place] ^= 1;
            fs::write(dump.join(file), &bytes).unwrap();
            match load_at(&copy, &dump) {
                Ok(_) => {
                    assert_eq!(head(&copy), right, "{file}, byte {place}");
                    fs::remove_file(&copy).unwrap();
                }
                Err(Error::Input(_) | Error::RefusedRow { .. }) => told += 1,
                Err(other) => panic!("{file}, byte {place}: {other:?}"),
            }
            assert!(!copy.exists());
        }
        fs::write(dump.join(file), whole).unwrap();
    }
    assert!(told > 50, "{told} told");
}

// == Files with a fault ==

/// The class of an error, as the exit codes have them, and its text, with files named as they are
/// in the folder.
fn told(error: &Error, folder: &Path) -> String {
    let class = match error {
        Error::Input(_) => "input",
        Error::RefusedRow { .. } => "refused",
        _ => "other",
    };
    format!("{class}\n{error}\n").replace(&format!("{}{MAIN_SEPARATOR}", folder.display()), "")
}

#[test]
fn every_broken_folder_is_told_as_expected_and_nothing_is_recorded() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/broken");
    let mut folders: Vec<PathBuf> = fs::read_dir(root)
        .unwrap()
        .map(|item| item.unwrap().path())
        .collect();
    // Those of `crg spend import` have a folder and a test of their own.
    folders.retain(|folder| !folder.ends_with("extracts"));
    folders.sort();
    assert!(folders.len() > 50, "{} folders", folders.len());
    let mut wrong = Vec::new();
    for folder in folders {
        let at = TempFolder::new();
        let path = at.join("book.db");
        let loaded = load_at(&path, &folder);
        if let (Err(error), true) = (&loaded, std::env::var_os("UPDATE_TRANSCRIPTS").is_some()) {
            fs::write(folder.join("expected.txt"), told(error, &folder)).unwrap();
        }
        let expected = fs::read_to_string(folder.join("expected.txt"))
            .unwrap()
            .replace("\r\n", "\n");
        match loaded {
            Ok(loaded) => wrong.push(format!("{}: {loaded:?}", folder.display())),
            Err(error) if told(&error, &folder) != expected => {
                wrong.push(format!(
                    "{}: told\n{}expected\n{expected}",
                    folder.display(),
                    told(&error, &folder)
                ));
            }
            Err(_) => {}
        }
        assert!(
            at.snapshot().is_empty(),
            "{}: a book was made",
            folder.display()
        );
        // The same where there is a book, but for what goes only with a new one.
        if ["record.csv", "book.csv"]
            .iter()
            .any(|file| folder.join(file).exists())
        {
            continue;
        }
        Book::init(&path, &usual_names()).unwrap();
        let before = at.snapshot();
        match load_at(&path, &folder) {
            Err(error) if told(&error, &folder) == expected => {}
            other if wrong.is_empty() => {
                wrong.push(format!("{}, into a book: {other:?}", folder.display()))
            }
            _ => {}
        }
        assert_eq!(at.snapshot(), before, "{}", folder.display());
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The header that a dump writes is the one that a load reads.
#[test]
fn the_columns_are_those_of_the_contract() {
    let columns: Vec<&str> = Column::ALL.iter().map(|column| column.as_str()).collect();
    assert_eq!(columns.join(","), HEADER.trim_end());
}

const TWO_ROWS: &str = "on,year,kind,pot,amount,note\n\
    1/4/2026,26/27,allocate,upfront,100.00,\"two\nlines\"\n\n\
    01-Apr-26,2026,allocate,tactical,50.00,\n";

/// The same rows in a workbook: a day as Excel has it, an amount as a number, and a blank row.
fn two_rows_in_a_workbook(path: &Path, amount: &str) {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    let day = rust_xlsxwriter::Format::new().set_num_format("dd/mm/yyyy");
    let names = ["on", "year", "kind", "pot", "amount", "note"];
    sheet.write_row(0, 0, names).unwrap();
    let first = rust_xlsxwriter::ExcelDateTime::from_ymd(2026, 4, 1).unwrap();
    sheet.write_with_format(1, 0, &first, &day).unwrap();
    sheet
        .write_row(
            1,
            1,
            ["26/27", "allocate", "upfront", "100.00", "two\nlines"],
        )
        .unwrap();
    sheet
        .write_row(3, 0, ["01-Apr-26", "2026", "allocate", "tactical", amount])
        .unwrap();
    workbook.save(path).unwrap();
}

#[test]
fn a_file_a_workbook_or_standard_input_is_loaded_as_a_folder_is() {
    use crate::kent::crg;
    let folder = TempFolder::new();
    fs::create_dir(folder.join("folder")).unwrap();
    fs::write(folder.join("folder/entries.csv"), TWO_ROWS).unwrap();
    fs::write(folder.join("rows.csv"), TWO_ROWS).unwrap();
    two_rows_in_a_workbook(&folder.join("rows.xlsx"), "50.00");
    for (book, from) in [
        ("a.db", "folder"),
        ("b.db", "rows.csv"),
        ("c.db", "rows.xlsx"),
    ] {
        let loaded = crg(&folder, &["--db", book, "load", from]);
        assert_eq!(loaded.status.code(), Some(0), "{loaded:?}");
    }
    let [a, b, c] = ["a.db", "b.db", "c.db"].map(|book| head(&folder.join(book)));
    assert_eq!((&a, &a), (&b, &c));
    let read = crg::import::Entries::from_reader("standard input".as_ref(), TWO_ROWS.as_bytes());
    let read = read.unwrap();
    let path = folder.join("d.db");
    let loaded = load(
        &path,
        read.folder(),
        "KCST",
        "2026-05-11T09:30:00Z".parse().unwrap(),
        Commit::Keep,
    );
    assert_eq!(loaded.map(|loaded| loaded.entries).unwrap(), 2);
    assert_eq!(head(&path), a);
}

#[test]
fn an_error_names_the_file_and_row_of_a_workbook() {
    let folder = TempFolder::new();
    two_rows_in_a_workbook(&folder.join("rows.xlsx"), "fifty");
    let said = crate::kent::crg(&folder, &["--db", "a.db", "load", "rows.xlsx"]);
    let said = (said.status.code(), String::from_utf8(said.stderr).unwrap());
    assert!(
        said.0 == Some(3) && said.1.contains("rows.xlsx, row 4: amount: \"fifty\""),
        "{said:?}"
    );
    assert!(!folder.join("a.db").exists());
}

#[test]
fn new_text_has_no_invisible_characters_and_is_not_too_long() {
    let folder = TempFolder::new();
    let path = folder.join("a.db");
    let row = |note: &str, reference: &str| {
        let header = "on,year,kind,pot,amount,note,reference";
        load_text(
            &path,
            format!("{header}\n2026-04-01,2026/27,allocate,upfront,1.00,{note},{reference}\n"),
        )
    };
    for c in [
        '\u{202a}', '\u{202e}', '\u{2066}', '\u{2069}', '\u{200b}', '\u{200f}', '\u{feff}',
    ] {
        let said = row(&format!("to {c} pay"), "").unwrap_err().to_string();
        let code = format!(
            "note: \"to \\u{{{:x}}} pay\" has the invisible character U+{:04X}; remove it",
            u32::from(c),
            u32::from(c)
        );
        assert!(said.contains(&code), "{said}");
    }
    for c in ['\u{1}', '\u{1b}', '\u{7f}', '\u{85}'] {
        let said = row(&format!("to {c} pay"), "").unwrap_err().to_string();
        assert!(said.contains("has control characters"), "{said}");
    }
    let said = row(&"n".repeat(501), "").unwrap_err().to_string();
    assert!(
        said.contains("note: ") && said.contains("use at most 500 characters"),
        "{said}"
    );
    assert!(row(&"n".repeat(500), &"r".repeat(100)).is_ok());
}

/// What an older version recorded is shown with its invisible characters named, and dumped as it is.
#[test]
fn old_text_with_invisible_characters_is_kept() {
    let folder = TempFolder::new();
    let path = folder.join("a.db");
    load_text(
        &path,
        "on,year,kind,pot,amount\n2026-04-01,2026/27,allocate,upfront,1.00\n",
    )
    .unwrap();
    let note = format!("to pay \u{202e}00.1 {}", "n".repeat(600));
    let event = Event::Allocate {
        pot: Pot::Tactical,
        amount: "1".parse().unwrap(),
    };
    let draft = Draft::builder("2026/27".parse().unwrap(), event, "KCST");
    let draft = draft
        .on("2026-04-02".parse().unwrap())
        .note(&*note)
        .build()
        .unwrap();
    let mut book = Book::open(&path, Access::Write).unwrap();
    book.record(vec![draft], now(), Commit::Keep).unwrap();
    drop(book);
    let shown = crate::kent::crg(&folder, &["--db", "a.db", "log"]);
    let shown = String::from_utf8(shown.stdout).unwrap();
    assert!(
        shown.contains("U+202E00.1") && !shown.contains('\u{202e}'),
        "{shown}"
    );
    let dump = folder.join("dump");
    Book::open(&path, Access::Read)
        .unwrap()
        .dump(&dump)
        .unwrap();
    assert!(
        fs::read_to_string(dump.join("entries.csv"))
            .unwrap()
            .contains(&note)
    );
    let again = folder.join("b.db");
    load_at(&again, &dump).unwrap();
    assert_eq!(head(&again), head(&path));
}
