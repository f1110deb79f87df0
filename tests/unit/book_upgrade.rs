//! Upgrades, tested with versions that never were: today's books are the old ones.

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use super::*;
use crate::book::load::load;
use crate::book::record::Commit;
use crate::fold::Lens;
use crate::import::Folder;
use crate::model::Names;
use crate::report::{Finding, Kinship};
use crate::store::{NUMBERS, PLANTED, planted};

/// The present version, and the two that are planted after it.
const PRESENT: u32 = NUMBERS[0];
const NEXT: u32 = NUMBERS[1];
const LAST: u32 = NUMBERS[2];

/// A folder that is removed when it is dropped.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str) -> Scratch {
        let folder = format!("crg-upgrade-{name}-{}", std::process::id());
        let folder = std::env::temp_dir().join(folder);
        fs::create_dir_all(&folder).unwrap();
        Scratch(folder)
    }

    fn join(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// The name of a safety copy of the book: the first, or the second.
    fn copy(&self, number: u32) -> PathBuf {
        let more = if number > 1 {
            format!("-{number}")
        } else {
            String::new()
        };
        self.join(&format!("crg-version-{PRESENT}{more}.db"))
    }

    /// A book of the present version with Kent's entries.
    fn kent(&self) -> PathBuf {
        let path = self.join("crg.db");
        let kent = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/kent");
        let now = "2026-05-11T09:30:00Z".parse().unwrap();
        load(&path, Folder::At(&kent), "KCST", now, Commit::Keep).unwrap();
        path
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Opens a book as a program of the last planted version does.
fn open(path: &Path, access: Access) -> Result<Book, StoreError> {
    let store = Store::open_current(path, access, *PLANTED)?;
    Ok(Book { store })
}

fn upgrade(path: &Path) -> Result<Option<Upgraded>, Error> {
    Book::upgrade_to(*PLANTED, path)
}

fn dump(path: &Path, to: &Path) -> Vec<Vec<u8>> {
    open(path, Access::Read).unwrap().dump(to).unwrap();
    ["entries.csv", "record.csv", "book.csv", "priorities.csv"]
        .map(|name| fs::read(to.join(name)).unwrap())
        .into()
}

/// The columns that the two planted steps fill.
fn filled(path: &Path) -> (String, String) {
    let connection = Connection::open(path).unwrap();
    let query = "SELECT motto, era FROM book";
    connection
        .query_row(query, [], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap()
}

fn texts(motto: &str, era: &str) -> (String, String) {
    (motto.to_owned(), era.to_owned())
}

#[test]
fn an_older_book_is_read_as_it_is_and_not_written() {
    let folder = Scratch::new("read");
    let old = folder.kent();
    let before = fs::read(&old).unwrap();
    let book = open(&old, Access::Read).unwrap();
    assert_eq!(book.store.version(), PRESENT);
    assert_eq!(book.check().worst(), Finding::Warning);
    let year = "2025/26".parse().unwrap();
    let lens = Lens::at("2025-07-23".parse().unwrap());
    let pot = book.pot(year, lens).unwrap();
    assert_eq!(pot.tactical.remaining.to_string(), "15552.80");
    let last = book.entry_with(book.head().unwrap()).unwrap();
    assert_eq!(last.map(|entry| entry.0), Some(140));
    let refused = open(&old, Access::Write).unwrap_err();
    assert!(
        matches!(
            refused,
            StoreError::Older {
                found: PRESENT,
                present: LAST,
                ..
            }
        ),
        "{refused}"
    );
    assert!(fs::read(&old).unwrap() == before);
}

#[test]
fn an_upgrade_keeps_every_entry_and_a_copy_beside_the_book() {
    let folder = Scratch::new("keeps");
    let old = folder.kent();
    let (bytes, entries) = (fs::read(&old).unwrap(), dump(&old, &folder.join("before")));
    let balances = open(&old, Access::Read).unwrap().store.balances().unwrap();
    let upgraded = upgrade(&old).unwrap().unwrap();
    assert_eq!((upgraded.from, upgraded.to), (PRESENT, LAST));
    assert_eq!(upgraded.copy, folder.copy(1));
    assert_eq!(filled(&old), texts("by step 1", "by step 2"));
    // The copy is the book as it was, and the book has the same entries and balances.
    assert_eq!(dump(&upgraded.copy, &folder.join("copy")), entries);
    assert_eq!(dump(&old, &folder.join("after")), entries);
    let was = open(&upgraded.copy, Access::Read).unwrap();
    let is = open(&old, Access::Write).unwrap();
    assert_eq!((was.store.version(), is.store.version()), (PRESENT, LAST));
    assert_eq!(is.store.balances().unwrap(), balances);
    assert_eq!(was.compare(&is).unwrap().kinship, Kinship::Same);
    assert_eq!(is.check().worst(), Finding::Warning);
    assert_eq!(is.head().unwrap(), upgraded.head);
    drop((was, is));
    // The program of the present version leaves it alone.
    let newer = Book::open(&old, Access::Read).unwrap_err();
    assert!(
        matches!(newer, Error::Store(StoreError::Newer { found: LAST, .. })),
        "{newer}"
    );
    // Again: there is nothing to do, and nothing is done.
    let done = fs::read(&old).unwrap();
    assert!(done != bytes);
    assert_eq!(upgrade(&old).unwrap(), None);
    assert!(fs::read(&old).unwrap() == done);
    assert!(!folder.copy(2).exists());
}

#[test]
fn a_book_of_a_middle_version_starts_in_the_middle() {
    let folder = Scratch::new("middle");
    let old = folder.kent();
    // The program of the next version knew the first step only.
    let earlier = planted(["INSERT INTO book SELECT *, 'earlier' FROM old_book;", ""]);
    let earlier = Versions {
        past: &earlier.past[..1],
        present: earlier.past[1].from,
    };
    let upgraded = Book::upgrade_to(earlier, &old).unwrap().unwrap();
    assert_eq!((upgraded.from, upgraded.to), (PRESENT, NEXT));
    let upgraded = upgrade(&old).unwrap().unwrap();
    assert_eq!((upgraded.from, upgraded.to), (NEXT, LAST));
    assert_eq!(filled(&old), texts("earlier", "by step 2"));
}

#[test]
fn a_step_that_fails_leaves_the_book_and_no_copy() {
    let folder = Scratch::new("fails");
    let old = folder.kent();
    let before = fs::read(&old).unwrap();
    let names = "INSERT INTO book SELECT *, 'from' FROM old_book;";
    for copies in [
        ["INSERT INTO book SELECT * FROM nowhere;", names],
        [names, "INSERT INTO book SELECT * FROM nowhere;"],
    ] {
        let error = Book::upgrade_to(planted(copies), &old).unwrap_err();
        assert!(error.to_string().contains("nowhere"), "{error}");
        assert!(fs::read(&old).unwrap() == before);
        assert!(!folder.copy(1).exists());
    }
    // A step that changes an entry, or loses one, would break the chain.
    for change in [
        "UPDATE old_entry SET note = 'x' WHERE number = 140;",
        "DELETE FROM old_entry WHERE number = 140;",
    ] {
        let copies = [&format!("{change}{names}"), names];
        let error = Book::upgrade_to(planted(copies), &old).unwrap_err();
        let is_found = matches!(
            error,
            Error::Store(StoreError::Altered { .. } | StoreError::Damaged { .. })
        );
        assert!(is_found, "{error}");
        assert!(fs::read(&old).unwrap() == before);
    }
}

/// A copy is never made over a file, and the next free name is taken.
#[test]
fn the_copy_of_an_earlier_upgrade_is_left_alone() {
    let folder = Scratch::new("free");
    let old = folder.kent();
    fs::write(folder.copy(1), "someone's").unwrap();
    let upgraded = upgrade(&old).unwrap().unwrap();
    assert_eq!(upgraded.copy, folder.copy(2));
    let kept = fs::read(folder.copy(1)).unwrap();
    assert_eq!(kept, b"someone's");
}

#[test]
fn a_faulty_book_is_not_upgraded() {
    let folder = Scratch::new("faulty");
    let old = folder.kent();
    let connection = Connection::open(&old).unwrap();
    let query = "SELECT sql FROM sqlite_schema WHERE name = 'entry_update'";
    let guard: String = connection.query_row(query, [], |row| row.get(0)).unwrap();
    connection
        .execute_batch(&format!(
            "DROP TRIGGER entry_update; UPDATE entry SET note = 'x' WHERE number = 7; {guard}"
        ))
        .unwrap();
    drop(connection);
    let before = fs::read(&old).unwrap();
    let error = upgrade(&old).unwrap_err().to_string();
    assert!(error.contains("entry 7"), "{error}");
    assert!(fs::read(&old).unwrap() == before);
    assert!(!folder.copy(1).exists());
}

/// A reader that does not let go keeps the upgrade from being saved: then nothing is left beside
/// the book.
#[test]
fn the_copy_of_a_failed_upgrade_is_removed() {
    let folder = Scratch::new("removed");
    let old = folder.kent();
    let before = fs::read(&old).unwrap();
    let other = Connection::open(&old).unwrap();
    other.execute_batch("BEGIN").unwrap();
    let count = "SELECT count(*) FROM entry";
    let _: u32 = other.query_row(count, [], |row| row.get(0)).unwrap();
    let refused = upgrade(&old).unwrap_err();
    assert!(
        matches!(refused, Error::Store(StoreError::Busy { .. })),
        "{refused}"
    );
    drop(other);
    assert!(fs::read(&old).unwrap() == before);
    assert!(!folder.copy(1).exists());
    let upgraded = upgrade(&old).unwrap().unwrap();
    assert_eq!(upgraded.copy, folder.copy(1));
}

#[test]
fn nothing_is_upgraded_while_another_program_writes() {
    let folder = Scratch::new("waits");
    let old = folder.kent();
    let before = fs::read(&old).unwrap();
    let other = Connection::open(&old).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let refused = upgrade(&old).unwrap_err();
    assert!(
        matches!(refused, Error::Store(StoreError::Busy { .. })),
        "{refused}"
    );
    drop(other);
    assert!(fs::read(&old).unwrap() == before);
    assert!(!folder.copy(1).exists());
}

/// The one that waited for the other finds nothing left to do, and leaves no copy.
#[test]
fn of_two_upgrades_at_once_one_is_done() {
    let folder = Scratch::new("two");
    let old = folder.kent();
    let both = std::thread::scope(|scope| {
        [(), ()]
            .map(|()| scope.spawn(|| upgrade(&old)))
            .map(|one| one.join().unwrap().unwrap().map(|upgraded| upgraded.from))
    });
    assert!(
        both.contains(&Some(PRESENT)) && both.contains(&None),
        "{both:?}"
    );
    assert!(folder.copy(1).exists());
    assert!(!folder.copy(2).exists());
}

#[test]
fn an_empty_book_is_upgraded() {
    let folder = Scratch::new("empty");
    let path = folder.join("empty.db");
    Book::init(&path, &Names::default()).unwrap();
    upgrade(&path).unwrap().unwrap();
    let book = open(&path, Access::Write).unwrap();
    assert_eq!(book.check().worst(), Finding::Ok);
}
