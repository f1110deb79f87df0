//! Versions of the file. Upgrades themselves are tested beside their code too, with planted versions.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crg::Error;
use crg::book::{Book, Commit, ReturnAll, load};
use crg::import::Folder;
use crg::model::Fingerprint;
use crg::report::Finding;
use crg::{Access, StoreError};
use rusqlite::Connection;

use crate::files::{TempFolder, small_book};
use crate::kent::book_questions;

/// The schema of today, and its version.
const SCHEMA: &str = include_str!("../../schema.sql");
pub(crate) const VERSION: u32 = 3;

/// The schema of version 2.
const SCHEMA_V2: &str = include_str!("../../src/store/schema_v2.sql");

/// Makes `to` a book of version 1, which no program reads any more, from the entries of `book`.
pub(crate) fn as_version_1(book: &Path, to: &Path) {
    fs::copy(book, to).unwrap();
    let connection = Connection::open(to).unwrap();
    connection.pragma_update(None, "user_version", 1).unwrap();
}

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fixtures")
        .join(name)
}

/// What the file keeps of every account. While its proposal is reversed a project may be kept as
/// nothing, in no pot.
pub(crate) fn balances(path: &Path) -> Vec<(String, String, Option<String>, i64, i64)> {
    let connection = Connection::open(path).unwrap();
    let mut statement = connection
        .prepare(
            "SELECT year, account, pot, pence, spent_pence FROM balance
             WHERE pot IS NOT NULL OR pence OR spent_pence ORDER BY 1, 2",
        )
        .unwrap();
    let rows = statement.query_map([], |row| row.try_into()).unwrap();
    rows.map(Result::unwrap).collect()
}

/// The text of every table, index, view and trigger, as SQLite keeps it in a file.
fn definitions(schema: &str) -> Vec<String> {
    let connection = Connection::open_in_memory().unwrap();
    connection.execute_batch(schema).unwrap();
    let query = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name";
    let mut statement = connection.prepare(query).unwrap();
    let found = statement.query_map([], |row| row.get(0)).unwrap();
    let found: Vec<String> = found.map(Result::unwrap).collect();
    assert!(found.len() > 20);
    found
}

/// The schema of a past version is frozen: books have been made with it.
#[test]
fn the_schema_of_version_2_is_as_it_was_released() {
    let text = definitions(SCHEMA_V2).join("\n");
    assert_eq!(
        Fingerprint::of_file(text.as_bytes()).to_string(),
        "7cadcdb6ab50cb6cdb9a64842be76763247f0b6a36e58e439d25517e7c629bb3"
    );
}

/// Makes `to` a book of version 2 with the names, priorities and entries of `book`.
fn as_version_2(book: &Path, to: &Path) {
    filled_by_triggers(book, to, SCHEMA_V2);
}

/// A book of version 2 with the entries of the Kent fixture, of which some money was returned.
fn version_2(folder: &TempFolder) -> PathBuf {
    let (new, old) = (folder.join("new.db"), folder.join("crg.db"));
    let now = "2026-05-11T09:30:00Z".parse().unwrap();
    // Version 2 has no entry that says what the priorities hold: they are added afterwards.
    let (with, without) = (folder.join("with.db"), folder.join("without"));
    fs::create_dir(&without).unwrap();
    for file in ["entries.csv", "book.csv"] {
        fs::copy(fixture("kent").join(file), without.join(file)).unwrap();
    }
    for (book, from) in [(&with, &fixture("kent")), (&new, &without)] {
        load(book, Folder::At(from), "KCST", now, Commit::Keep).unwrap();
    }
    let returned = ReturnAll {
        year: "2025/26".parse().unwrap(),
        on: "2026-04-30".parse().unwrap(),
        by: "KCST".into(),
        reference: "BACS 5512".into(),
        lapse: false,
        note: None,
        override_reason: None,
    };
    let mut book = Book::open(&new, Access::Write).unwrap();
    let returned = book.return_all(&returned, now, Commit::Keep).unwrap();
    assert_eq!(returned.unwrap().recorded.entries.len(), 2);
    drop(book);
    as_version_2(&new, &old);
    let connection = Connection::open(&old).unwrap();
    let attached = connection.execute("ATTACH ?1 AS loaded", [with.to_str().unwrap()]);
    attached.unwrap();
    let query = "INSERT INTO priority SELECT * FROM loaded.priority";
    assert!(connection.execute(query, []).unwrap() > 10);
    old
}

/// The answer to every question of `tests/questions.txt` that needs no file but the book.
fn answers(folder: &TempFolder) -> Vec<(&'static str, String)> {
    let answer = |question: &'static str| {
        let output = Command::new(env!("CARGO_BIN_EXE_crg"))
            .args(question.split(' ').map(|word| word.replace('_', " ")))
            .args(["--format", "json"])
            .current_dir(folder.path())
            .env_clear()
            .envs([("CRG_NOW", "2026-05-11T09:30:00Z"), ("CRG_BY", "KCST")])
            .output()
            .unwrap();
        (question, String::from_utf8(output.stdout).unwrap())
    };
    // The file of version 2 does not explain itself.
    let questions = book_questions().filter(|(report, _)| !["check", "schema"].contains(report));
    questions.map(|(_, question)| answer(question)).collect()
}

#[test]
fn a_book_of_version_2_is_read_as_it_is_and_the_same_after_its_upgrade() {
    let folder = TempFolder::new();
    let old = version_2(&folder);
    let before = answers(&folder);
    assert!(before.iter().filter(|(_, answer)| answer.len() > 2).count() > 20);
    let dump = |to: &str| {
        let book = Book::open(&old, Access::Read).unwrap();
        let checked = book.check();
        assert_eq!(checked.worst(), Finding::Warning, "{checked:?}");
        book.dump(&folder.join(to)).unwrap();
        let files = ["entries.csv", "record.csv", "book.csv", "priorities.csv"];
        files.map(|name| fs::read(folder.join(to).join(name)).unwrap())
    };
    let (bytes, dumped) = (fs::read(&old).unwrap(), dump("before"));
    let refused = Book::open(&old, Access::Write).unwrap_err();
    assert!(
        matches!(refused, Error::Store(StoreError::Older { found: 2, .. })),
        "{refused}"
    );
    assert!(fs::read(&old).unwrap() == bytes);
    let upgraded = Book::upgrade(&old).unwrap().unwrap();
    assert_eq!((upgraded.from, upgraded.to), (2, VERSION));
    let copy = Connection::open(upgraded.copy).unwrap();
    let version = copy.pragma_query_value(None, "user_version", |row| row.get(0));
    assert_eq!(version, Ok(2));
    assert_eq!(dump("after"), dumped);
    assert_eq!(answers(&folder), before);
    // What was returned before the upgrade can be repaid after it, and no penny more.
    let repay = |pence: u32| {
        let connection = Connection::open(&old).unwrap();
        connection.execute_batch(&format!(
            "INSERT INTO entry (number, on_date, recorded, recorded_by, year, fingerprint, kind, project, amount_pence)
             SELECT max(number) + 1, '2026-05-01', max(recorded), 'KCST', '2025/26', zeroblob(32), 'repay', 'P05', {pence}
             FROM entry"
        ))
    };
    let refused = repay(69_601).unwrap_err().to_string();
    assert!(refused.contains("repay_within_return"), "{refused}");
    repay(69_600).unwrap();
}

#[test]
fn a_book_of_version_1_is_refused_and_left_as_it_is() {
    let folder = TempFolder::new();
    let (book, old) = (folder.join("crg.db"), folder.join("old.db"));
    small_book(&book);
    as_version_1(&book, &old);
    let before = fs::read(&old).unwrap();
    for refused in [
        Book::open(&old, Access::Read).unwrap_err(),
        Book::open(&old, Access::Write).unwrap_err(),
        Book::upgrade(&old).unwrap_err(),
    ] {
        assert!(
            matches!(
                refused,
                Error::Store(StoreError::TooOld {
                    found: 1,
                    oldest: 2,
                    ..
                })
            ),
            "{refused}"
        );
        let expected = "old.db is a book of version 1, made by a program that was never released; \
            this program reads version 2 and later";
        assert!(refused.to_string().ends_with(expected), "{refused}");
    }
    assert_eq!(fs::read(&old).unwrap(), before);
}

#[test]
fn a_book_of_the_present_version_needs_no_upgrade() {
    let folder = TempFolder::new();
    let path = folder.join("crg.db");
    small_book(&path);
    let before = folder.snapshot();
    assert_eq!(Book::upgrade(&path).unwrap(), None);
    assert_eq!(folder.snapshot(), before);
}

/// A new book begins with the balances that the fold gives. The triggers, which take each entry in
/// turn, come to the same.
#[test]
fn a_book_made_of_a_file_has_the_balances_that_the_triggers_give() {
    let folder = TempFolder::new();
    let (kent, small) = (folder.join("kent.db"), folder.join("small.db"));
    load(
        &kent,
        Folder::At(&fixture("kent")),
        "KCST",
        "2026-05-11T09:30:00Z".parse().unwrap(),
        Commit::Keep,
    )
    .unwrap();
    small_book(&small);
    for (number, book) in [kent, small].iter().enumerate() {
        let by_triggers = folder.join(&format!("triggers-{number}.db"));
        filled_by_triggers(book, &by_triggers, SCHEMA);
        assert!(!balances(book).is_empty());
        assert_eq!(balances(book), balances(&by_triggers));
    }
}

/// Makes `to` a book of a schema with the entries of `book`, added to the finished file one by one.
fn filled_by_triggers(book: &Path, to: &Path, schema: &str) {
    let connection = Connection::open(to).unwrap();
    connection.execute_batch(schema).unwrap();
    connection
        .execute("ATTACH ?1 AS filled", [book.to_str().unwrap()])
        .unwrap();
    connection
        .execute_batch(
            "BEGIN;
             INSERT INTO book SELECT * FROM filled.book;
             INSERT INTO priority SELECT * FROM filled.priority;
             INSERT INTO entry SELECT * FROM filled.entry ORDER BY number;
             COMMIT;",
        )
        .unwrap();
}
