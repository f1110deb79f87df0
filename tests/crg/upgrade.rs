//! Versions of the file. Upgrades themselves are tested beside their code, with planted versions.

use std::fs;
use std::path::{Path, PathBuf};

use crg::Error;
use crg::book::{Book, Commit, load};
use crg::import::Folder;
use crg::{Access, StoreError};
use rusqlite::Connection;

use crate::files::{TempFolder, small_book};

/// The schema of today.
const SCHEMA: &str = include_str!("../../schema.sql");

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

/// Once the version rises, the frozen schema stays as it is, and books of version 2 are upgraded.
#[test]
fn the_frozen_schema_of_version_2_is_today_s() {
    let frozen = fs::read_to_string(fixture("schema_v2.sql")).unwrap();
    let states = |schema: &str| schema.contains("PRAGMA user_version = 2;");
    assert!(states(&frozen));
    if states(SCHEMA) {
        assert_eq!(definitions(&frozen), definitions(SCHEMA));
    }
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
        filled_by_triggers(book, &by_triggers);
        assert!(!balances(book).is_empty());
        assert_eq!(balances(book), balances(&by_triggers));
    }
}

/// Makes `to` a book with the entries of `book`, added to the finished file one by one.
fn filled_by_triggers(book: &Path, to: &Path) {
    let connection = Connection::open(to).unwrap();
    connection.execute_batch(SCHEMA).unwrap();
    connection
        .execute("ATTACH ?1 AS filled", [book.to_str().unwrap()])
        .unwrap();
    connection
        .execute_batch(
            "BEGIN;
             INSERT INTO book SELECT * FROM filled.book;
             INSERT INTO entry SELECT * FROM filled.entry ORDER BY number;
             COMMIT;",
        )
        .unwrap();
}
