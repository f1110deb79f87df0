//! What another program, or a crash, left beside the book: a log or an unfinished change that SQLite
//! would take in without a word.

use std::fs;
use std::path::Path;

use rusqlite::Connection;

use super::{Said, Target};

const QUESTIONS: [&[&str]; 5] = [
    &["status"],
    &["pot", "2025/26"],
    &["check"],
    &["backup"],
    &["dump", "out"],
];

/// A priority that no load recorded.
const FOREIGN: &str = "INSERT INTO priority VALUES ('Other scheme', 'X', 'x', '2025/26', NULL)";

fn is_refused(said: &Said, name: &str) {
    assert_eq!(said.exit, Some(4), "{said:?}");
    assert!(said.err.contains(&format!("{name} is ")), "{said:?}");
    assert!(
        said.err.contains("next: move it to another folder"),
        "{said:?}"
    );
}

/// Every command refuses the book, and leaves everything as it is.
fn all_refuse(target: &Target, name: &str) {
    let before = target.folder.snapshot();
    for question in QUESTIONS {
        is_refused(&target.crg(question), name);
    }
    is_refused(&target.receive(), name);
    is_refused(&target.crg(&["compare", "crg.db", "copy.db"]), name);
    assert!(target.folder.snapshot() == before);
}

/// Another program changes the book and dies; then the copy from before is put back. `change` leaves
/// the file with this ending.
fn restored_beside(ending: &str, change: &str) -> Target {
    let target = Target::new();
    let (copy, side) = (target.folder.join("copy.db"), format!("crg.db{ending}"));
    assert_eq!(target.receive().exit, Some(0));
    fs::copy(&target.book, &copy).unwrap();
    // The changes that the broken book had and the copy has not.
    assert_eq!(target.spend().exit, Some(0));
    assert_eq!(target.spend_again().exit, Some(0));
    let connection = Connection::open(&target.book).unwrap();
    connection.execute_batch(change).unwrap();
    let left = fs::read(target.folder.join(&side)).unwrap();
    assert!(!left.is_empty());
    drop(connection);
    fs::copy(&copy, &target.book).unwrap();
    fs::write(target.folder.join(&side), left).unwrap();
    target
}

const IN_WAL_MODE: &str = "PRAGMA journal_mode = wal; PRAGMA wal_autocheckpoint = 0; INSERT INTO priority VALUES \
    ('Other scheme', 'X', 'x', '2025/26', NULL)";

#[test]
fn a_log_that_another_program_left_is_not_taken_in() {
    let target = restored_beside("-wal", IN_WAL_MODE);
    all_refuse(&target, "crg.db-wal");
    // Under its own name the copy is good.
    assert_eq!(target.crg(&["check", "copy.db"]).exit, Some(0));
    // What the refusal suggests helps.
    fs::remove_file(target.folder.join("crg.db-wal")).unwrap();
    assert_eq!(target.crg(&["check"]).exit, Some(0));
    assert_eq!(target.receive().exit, Some(1), "the copy has that payment");
}

#[test]
fn an_empty_log_would_turn_the_book_to_wal() {
    let target = Target::new();
    fs::copy(&target.book, target.folder.join("copy.db")).unwrap();
    fs::write(target.folder.join("crg.db-wal"), "").unwrap();
    all_refuse(&target, "crg.db-wal");
}

#[test]
fn a_log_beside_a_copy_is_not_taken_in_either() {
    let target = restored_beside("-wal", IN_WAL_MODE);
    let [wal, other] = ["crg.db-wal", "copy.db-wal"].map(|name| target.folder.join(name));
    fs::rename(wal, other).unwrap();
    is_refused(&target.crg(&["check", "copy.db"]), "copy.db-wal");
    is_refused(
        &target.crg(&["compare", "crg.db", "copy.db"]),
        "copy.db-wal",
    );
}

/// So many rows that SQLite writes pages before it commits, as it does when a crash comes late.
fn unfinished_change() -> String {
    format!(
        "PRAGMA cache_size = 2; BEGIN IMMEDIATE; WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000) \
        {} SELECT 'Scheme ' || i, 'C' || i, 'x', '2025/26', NULL FROM n",
        FOREIGN.split(" VALUES").next().unwrap()
    )
}

#[test]
fn an_unfinished_change_to_another_file_is_not_undone_in_this_one() {
    let target = restored_beside("-journal", &unfinished_change());
    all_refuse(&target, "crg.db-journal");
    assert_eq!(target.crg(&["check", "copy.db"]).exit, Some(0));
}

#[test]
fn an_unfinished_change_that_wrote_nothing_yet_does_not_cut_another_file_short() {
    let target = restored_beside("-journal", &unfinished_change());
    let journal = target.folder.join("crg.db-journal");
    let mut bytes = fs::read(&journal).unwrap();
    // The journal has no record, and the database had one page.
    bytes[8..12].copy_from_slice(&0u32.to_be_bytes());
    bytes[16..20].copy_from_slice(&1u32.to_be_bytes());
    fs::write(&journal, bytes).unwrap();
    all_refuse(&target, "crg.db-journal");
}

#[test]
fn an_unfinished_change_to_this_book_is_undone() {
    let target = Target::new();
    let before = fs::read(&target.book).unwrap();
    let connection = Connection::open(&target.book).unwrap();
    connection.execute_batch(&unfinished_change()).unwrap();
    let crashed = target.folder.join("crashed");
    fs::create_dir(&crashed).unwrap();
    for name in ["crg.db", "crg.db-journal"] {
        fs::copy(target.folder.join(name), crashed.join(name)).unwrap();
    }
    assert!(fs::read(crashed.join("crg.db")).unwrap() != before);
    let said = target.crg(&["--db", "crashed/crg.db", "check"]);
    assert_eq!(said.exit, Some(0), "{said:?}");
    assert!(fs::read(crashed.join("crg.db")).unwrap() == before);
}

#[test]
fn a_memory_of_a_log_alone_changes_nothing() {
    let target = Target::new();
    let before = target.crg(&["pot", "2025/26"]);
    fs::write(target.folder.join("crg.db-shm"), [0xff; 32768]).unwrap();
    assert_eq!(target.crg(&["pot", "2025/26"]).out, before.out);
    assert_eq!(target.receive().exit, Some(0));
    assert_eq!(target.crg(&["check"]).exit, Some(0));
}

#[test]
fn a_conflicted_copy_with_a_log_is_still_named() {
    let target = restored_beside("-wal", IN_WAL_MODE);
    let rename =
        |from: &str, to: &str| fs::rename(target.folder.join(from), target.folder.join(to));
    rename("crg.db-wal", "crg (1).db-wal").unwrap();
    rename("copy.db", "crg (1).db").unwrap();
    assert!(Path::new(&target.folder.join("crg (1).db")).exists());
    let said = target.crg(&["check", "--format", "csv"]);
    assert!(said.out.contains("conflicted copy"), "{said:?}");
}

/// The log of a book that is in WAL mode holds its changes: it must not be moved away.
#[test]
fn a_book_that_was_turned_to_wal_is_told_to_be_turned_back() {
    let target = Target::new();
    let connection = Connection::open(&target.book).unwrap();
    connection.execute_batch(IN_WAL_MODE).unwrap();
    assert!(target.folder.join("crg.db-wal").exists());
    let said = target.crg(&["status"]);
    assert_eq!(said.exit, Some(4), "{said:?}");
    assert!(
        said.err.contains("PRAGMA journal_mode = DELETE"),
        "{said:?}"
    );
}
