//! Books of older versions: read as they are, written only when they are upgraded.

use std::fs;
use std::path::{Path, PathBuf};

use crg::book::{Book, Commit, load};
use crg::import::Folder;
use crg::report::{Finding, Kinship};
use crg::store::{Access, StoreError};
use rusqlite::Connection;

use crate::files::{TempFolder, small_book};

/// Makes `to` the book that a program of version 1 would have made of the entries of `book`.
pub(crate) fn as_version_1(book: &Path, to: &Path) {
    let connection = Connection::open(to).unwrap();
    let schema =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/schema_v1.sql"))
            .unwrap();
    connection.execute_batch(&schema).unwrap();
    connection
        .execute("ATTACH ?1 AS now", [book.to_str().unwrap()])
        .unwrap();
    let columns = "number, on_date, recorded, recorded_by, year, kind, project, pot, amount_pence, title, lead, supplier, reference, \
         refers_to, measure, value, priorities, vat, override_reason, note";
    connection
        .execute_batch(&format!(
            "BEGIN;
             INSERT INTO book SELECT * FROM now.book;
             INSERT INTO priority SELECT * FROM now.priority;
             INSERT INTO entry ({columns}, fingerprint) SELECT {columns}, lower(hex(fingerprint)) FROM now.entry ORDER BY number;
             COMMIT;"
        ))
        .unwrap();
}

/// Kent's book, of version 1.
fn old_kent() -> (TempFolder, PathBuf) {
    let folder = TempFolder::new();
    let (new, old) = (folder.join("new.db"), folder.join("crg.db"));
    let kent = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/kent");
    load(
        &new,
        Folder::At(&kent),
        "KCST",
        "2026-05-11T09:30:00Z".parse().unwrap(),
        Commit::Keep,
    )
    .unwrap();
    as_version_1(&new, &old);
    (folder, old)
}

fn dump_of(path: &Path, to: &Path) -> Vec<Vec<u8>> {
    Book::open(path, Access::Read).unwrap().dump(to).unwrap();
    ["entries.csv", "record.csv", "book.csv", "priorities.csv"]
        .map(|name| fs::read(to.join(name)).unwrap())
        .into()
}

/// What the file keeps of every account. While its proposal is reversed a project may be kept as
/// nothing, in no pot.
pub(crate) fn balances(path: &Path) -> Vec<(String, String, Option<String>, i64, i64)> {
    let connection = Connection::open(path).unwrap();
    let mut statement = connection
        .prepare("SELECT year, account, pot, pence, spent_pence FROM balance WHERE pot IS NOT NULL OR pence OR spent_pence ORDER BY 1, 2")
        .unwrap();
    let rows = statement
        .query_map([], |row| {
            Ok((
                row.get(0)?,
                row.get(1)?,
                row.get(2)?,
                row.get(3)?,
                row.get(4)?,
            ))
        })
        .unwrap();
    rows.map(Result::unwrap).collect()
}

#[test]
fn an_older_book_is_read_as_it_is_and_not_written() {
    let (_folder, old) = old_kent();
    let before = fs::read(&old).unwrap();
    let book = Book::open(&old, Access::Read).unwrap();
    assert_eq!(book.store().version(), 1);
    assert_eq!(
        book.check().worst(),
        Finding::Warning,
        "{:?}",
        book.check().rows
    );
    let year = "2025/26".parse().unwrap();
    let pot = book
        .pot(year, crg::fold::Lens::at("2025-07-23".parse().unwrap()))
        .unwrap();
    assert_eq!(pot.tactical.remaining.to_string(), "15552.80");
    assert_eq!(
        book.entry_with(book.head().unwrap())
            .unwrap()
            .map(|entry| entry.0 as usize),
        Some(crate::kent::entries())
    );
    let refused = Book::open(&old, Access::Write).unwrap_err();
    assert!(
        matches!(
            refused,
            crg::error::Error::Store(StoreError::Older { found: 1, .. })
        ),
        "{refused}"
    );
    assert_eq!(fs::read(&old).unwrap(), before);
}

#[test]
fn an_upgrade_keeps_every_entry_and_a_copy_beside_the_book() {
    let (folder, old) = old_kent();
    let (before, entries) = (
        fs::read(&old).unwrap(),
        dump_of(&old, &folder.join("before")),
    );
    let upgraded = Book::upgrade(&old).unwrap().unwrap();
    assert_eq!((upgraded.from, upgraded.to), (1, 2));
    assert_eq!(upgraded.copy, folder.join("crg-version-1.db"));
    // The copy is the book as it was; the book is what it would be had it been made today.
    assert_eq!(dump_of(&upgraded.copy, &folder.join("copy")), entries);
    assert_eq!(dump_of(&old, &folder.join("after")), entries);
    assert_eq!(balances(&old), balances(&folder.join("new.db")));
    let (was, is) = (
        Book::open(&upgraded.copy, Access::Read).unwrap(),
        Book::open(&old, Access::Write).unwrap(),
    );
    assert_eq!((was.store().version(), is.store().version()), (1, 2));
    assert_eq!(was.compare(&is).unwrap().kinship, Kinship::Same);
    assert_eq!(
        is.check().worst(),
        Finding::Warning,
        "{:?}",
        is.check().rows
    );
    assert_eq!(is.head().unwrap(), upgraded.head);
    assert!(fs::read(&old).unwrap() != before);
    drop((was, is));
    // Again: nothing to do, and nothing done.
    let done = fs::read(&old).unwrap();
    assert_eq!(Book::upgrade(&old).unwrap(), None);
    assert_eq!(fs::read(&old).unwrap(), done);
    assert!(!folder.join("crg-version-1-2.db").exists());
}

/// A copy is never made over a file, and the next free name is taken.
#[test]
fn the_copy_of_an_earlier_upgrade_is_left_alone() {
    let (folder, old) = old_kent();
    fs::write(folder.join("crg-version-1.db"), "someone's").unwrap();
    assert_eq!(
        Book::upgrade(&old).unwrap().unwrap().copy,
        folder.join("crg-version-1-2.db")
    );
    assert_eq!(
        fs::read(folder.join("crg-version-1.db")).unwrap(),
        b"someone's"
    );
}

#[test]
fn a_faulty_book_is_not_upgraded() {
    let (folder, old) = old_kent();
    let connection = Connection::open(&old).unwrap();
    let guard: String = connection
        .query_row(
            "SELECT sql FROM sqlite_schema WHERE name = 'entry_update'",
            [],
            |row| row.get(0),
        )
        .unwrap();
    connection
        .execute_batch(&format!(
            "DROP TRIGGER entry_update; UPDATE entry SET note = 'x' WHERE number = 7; {guard}"
        ))
        .unwrap();
    drop(connection);
    let before = fs::read(&old).unwrap();
    let said = Book::upgrade(&old).unwrap_err().to_string();
    assert!(said.contains("entry 7"), "{said}");
    assert_eq!(fs::read(&old).unwrap(), before);
    assert!(!folder.join("crg-version-1.db").exists());
}

/// A reader that does not let go keeps the upgrade from being saved: then nothing is left beside
/// the book.
#[test]
fn a_copy_of_an_upgrade_that_failed_is_taken_away() {
    let (folder, old) = old_kent();
    let before = fs::read(&old).unwrap();
    let other = Connection::open(&old).unwrap();
    other.execute_batch("BEGIN").unwrap();
    let _: u32 = other
        .query_row("SELECT count(*) FROM entry", [], |row| row.get(0))
        .unwrap();
    let refused = Book::upgrade(&old).unwrap_err();
    assert!(
        matches!(refused, crg::error::Error::Store(StoreError::Busy { .. })),
        "{refused}"
    );
    drop(other);
    assert!(fs::read(&old).unwrap() == before);
    assert!(!folder.join("crg-version-1.db").exists());
    assert_eq!(
        Book::upgrade(&old).unwrap().unwrap().copy,
        folder.join("crg-version-1.db")
    );
}

/// While another program writes, nothing is upgraded.
#[test]
fn an_upgrade_waits_for_its_turn() {
    let (folder, old) = old_kent();
    let before = fs::read(&old).unwrap();
    let other = Connection::open(&old).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let refused = Book::upgrade(&old).unwrap_err();
    assert!(
        matches!(refused, crg::error::Error::Store(StoreError::Busy { .. })),
        "{refused}"
    );
    drop(other);
    assert_eq!(fs::read(&old).unwrap(), before);
    assert!(!folder.join("crg-version-1.db").exists());
}

/// The one who waited for the other finds nothing left to do, and leaves no copy.
#[test]
fn of_two_who_upgrade_at_once_one_does() {
    let (folder, old) = old_kent();
    let both = std::thread::scope(|scope| {
        [(), ()]
            .map(|()| scope.spawn(|| Book::upgrade(&old)))
            .map(|one| one.join().unwrap().unwrap().map(|upgraded| upgraded.from))
    });
    assert!(both.contains(&Some(1)) && both.contains(&None), "{both:?}");
    assert!(folder.join("crg-version-1.db").exists());
    assert!(!folder.join("crg-version-1-2.db").exists());
}

/// A book of nothing but its names.
#[test]
fn an_empty_book_is_upgraded() {
    let folder = TempFolder::new();
    let (new, old) = (folder.join("new.db"), folder.join("old.db"));
    Book::init(&new, &crg::model::Names::default()).unwrap();
    as_version_1(&new, &old);
    Book::upgrade(&old).unwrap().unwrap();
    assert_eq!(
        Book::open(&old, Access::Write).unwrap().check().worst(),
        Finding::Ok
    );
}

/// A new book begins with the balances that the fold gives. The triggers, which take each entry in
/// turn, come to the same.
#[test]
fn a_book_made_of_a_file_has_the_balances_that_the_triggers_give() {
    let (folder, old) = old_kent();
    assert_eq!(
        balances(&folder.join("new.db")),
        balances(&old),
        "version 1 was filled by its triggers"
    );
    let small = folder.join("small.db");
    small_book(&small);
    let by_triggers = folder.join("triggers.db");
    as_version_1(&small, &by_triggers);
    assert!(!balances(&small).is_empty());
    assert_eq!(balances(&small), balances(&by_triggers));
}
