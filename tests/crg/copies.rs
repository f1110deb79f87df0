//! Safety copies: they are the book, they are never made over a file, and two copies tell where
//! they part.

use crg::Access;
use crg::book::{Book, Commit};
use crg::model::Names;
use crg::model::{Cells, Column, Draft};
use crg::report::{Finding, Kinship};

use crate::files::TempFolder;

/// Adds receipts of so many pounds to a book, one entry each.
fn receive(path: &std::path::Path, pounds: &[u32]) {
    let mut book = Book::open(path, Access::Write).unwrap();
    for amount in pounds {
        let mut cells = Cells::default();
        let amount = amount.to_string();
        for (column, text) in [
            (Column::On, "2026-05-01"),
            (Column::Year, "2026/27"),
            (Column::Kind, "receive"),
            (Column::Amount, amount.as_str()),
            (Column::Override, "The same amount came again"),
            (Column::By, "KCST"),
        ] {
            cells.set(column, text);
        }
        let draft = Draft::from_cells(&cells).unwrap();
        book.record(
            vec![draft],
            "2026-05-01T09:00:00Z".parse().unwrap(),
            Commit::Keep,
        )
        .unwrap();
    }
}

fn book(folder: &TempFolder, name: &str, pounds: &[u32]) -> std::path::PathBuf {
    let path = folder.path().join(name);
    Book::init(
        &path,
        &Names {
            partnership: "Kent".into(),
            funder: "OPCC".into(),
            ..Names::default()
        },
    )
    .unwrap();
    receive(&path, pounds);
    path
}

fn open(path: &std::path::Path) -> Book {
    Book::open(path, Access::Read).unwrap()
}

#[test]
fn a_copy_is_the_book_and_is_never_made_over_a_file() {
    let folder = TempFolder::new();
    let path = book(&folder, "book.db", &[1, 2, 3]);
    let copy = folder.path().join("copy.db");
    open(&path).back_up(&copy).unwrap();
    assert_eq!(
        open(&path).compare(&open(&copy)).unwrap().kinship,
        Kinship::Same
    );
    assert_eq!(
        open(&copy).check().worst(),
        Finding::Warning,
        "2026/27 is not confirmed, and nothing else is wrong"
    );
    let before = std::fs::read(&copy).unwrap();
    receive(&path, &[4]);
    let said = open(&path).back_up(&copy).unwrap_err().to_string();
    assert!(
        said.ends_with("already exists, and is left as it is"),
        "{said}"
    );
    assert_eq!(std::fs::read(&copy).unwrap(), before);
    let files = std::fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(files, 2, "nothing is left over");
}

#[test]
fn a_book_with_a_fault_is_not_copied() {
    let folder = TempFolder::new();
    let path = book(&folder, "book.db", &[1, 2, 3]);
    let trigger = "CREATE TRIGGER entry_update BEFORE UPDATE ON entry\nBEGIN\n  SELECT RAISE(ABORT, 'entry_is_append_only: record a reverse instead');\nEND";
    let connection = rusqlite::Connection::open(&path).unwrap();
    connection
        .execute_batch(&format!("DROP TRIGGER entry_update; UPDATE entry SET amount_pence = 201 WHERE number = 2; {trigger}"))
        .unwrap();
    drop(connection);
    let said = open(&path)
        .back_up(&folder.path().join("copy.db"))
        .unwrap_err()
        .to_string();
    assert!(said.contains("chain: entry 2"), "{said}");
    assert_eq!(
        std::fs::read_dir(folder.path()).unwrap().count(),
        1,
        "nothing is left over"
    );
}

/// Copies with `shared` entries in common and some of their own: every combination of a few.
#[test]
fn two_copies_tell_where_they_part() {
    let folder = TempFolder::new();
    for shared in 0..5_u32 {
        for more_a in 0..3_u32 {
            for more_b in 0..3_u32 {
                let name = format!("{shared}-{more_a}-{more_b}");
                let a = book(
                    &folder,
                    &format!("a-{name}.db"),
                    &(1..=shared).collect::<Vec<_>>(),
                );
                let b = folder.path().join(format!("b-{name}.db"));
                std::fs::copy(&a, &b).unwrap();
                receive(&a, &vec![1000; usize::try_from(more_a).unwrap()]);
                receive(&b, &vec![2000; usize::try_from(more_b).unwrap()]);
                let found = open(&a).compare(&open(&b)).unwrap();
                let expected = match (more_a, more_b) {
                    (0, 0) => Kinship::Same,
                    (_, 0) => Kinship::Ahead,
                    (0, _) => Kinship::Behind,
                    _ => Kinship::Forked,
                };
                assert_eq!((found.kinship, found.common), (expected, shared), "{name}");
                assert_eq!(
                    found.fork.map(|fork| fork.entry.0),
                    (expected == Kinship::Forked).then_some(shared + 1),
                    "{name}"
                );
            }
        }
    }
}

#[test]
fn books_of_other_names_have_nothing_in_common() {
    let folder = TempFolder::new();
    let a = book(&folder, "a.db", &[1, 2]);
    let b = folder.path().join("b.db");
    Book::init(
        &b,
        &Names {
            partnership: "Essex".into(),
            funder: "OPCC".into(),
            ..Names::default()
        },
    )
    .unwrap();
    receive(&b, &[1, 2]);
    let found = open(&a).compare(&open(&b)).unwrap();
    assert_eq!((found.kinship, found.common), (Kinship::Unrelated, 0));
}

#[test]
fn a_fingerprint_from_the_minutes_is_found_again_and_another_is_not() {
    let folder = TempFolder::new();
    let path = book(&folder, "book.db", &[]);
    let mut minutes = vec![open(&path).head().unwrap()];
    for pounds in 1..=3 {
        receive(&path, &[pounds]);
        minutes.push(open(&path).head().unwrap());
    }
    for head in &minutes {
        assert_eq!(
            open(&path).check_since(Some(*head)).worst(),
            Finding::Warning,
            "{head}"
        );
    }
    let other = book(&folder, "other.db", &[1, 2, 4]);
    let found = open(&other).check_since(minutes.last().copied());
    assert_eq!(
        found.rows.first().map(|row| (row.check, row.finding)),
        Some(("head", Finding::Fault))
    );
}

/// Changes an entry behind the book's back: its fingerprint stays, and its triggers too.
fn change(path: &std::path::Path, sql: &str) {
    let connection = rusqlite::Connection::open(path).unwrap();
    let guards: Vec<(String, String)> = connection
        .prepare(
            "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'entry'",
        )
        .unwrap()
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    guards.iter().for_each(|(name, _)| {
        connection
            .execute_batch(&format!("DROP TRIGGER {name}"))
            .unwrap()
    });
    connection.execute_batch(sql).unwrap();
    guards
        .iter()
        .for_each(|(_, text)| connection.execute_batch(text).unwrap());
}

#[test]
fn a_changed_copy_is_not_said_to_be_the_same() {
    let folder = TempFolder::new();
    let path = book(&folder, "book.db", &[1, 2, 3]);
    let copy = folder.path().join("copy.db");
    for sql in [
        "UPDATE entry SET amount_pence = 201 WHERE number = 2",
        "DELETE FROM entry WHERE number = 2",
    ] {
        open(&path).back_up(&copy).unwrap();
        change(&copy, sql);
        for (a, b) in [(&path, &copy), (&copy, &path)] {
            let said = open(a).compare(&open(b)).unwrap_err().to_string();
            assert!(
                said.contains("copy.db cannot be compared: its chain breaks: entry "),
                "{said}"
            );
        }
        std::fs::remove_file(&copy).unwrap();
    }
}

/// A fingerprint is proof only of a chain that holds up to it.
#[test]
fn a_fingerprint_behind_a_changed_entry_proves_nothing() {
    let folder = TempFolder::new();
    let path = book(&folder, "book.db", &[1, 2, 3]);
    let head = open(&path).head().unwrap();
    let row = |path: &std::path::Path| open(path).check_since(Some(head)).rows.remove(0);
    assert_eq!(
        (row(&path).finding, row(&path).looked_at.as_str()),
        (Finding::Ok, "1 fingerprint, entry 3")
    );
    change(
        &path,
        "UPDATE entry SET amount_pence = 201 WHERE number = 2",
    );
    let found = row(&path);
    assert_eq!((found.check, found.finding), ("head", Finding::Fault));
    assert!(
        found.detail.starts_with(
            "entry 3 has it, but the chain breaks before that: entry 2: has fingerprint "
        ),
        "{}",
        found.detail
    );
}

/// Nothing is recorded upon an entry that this program did not record.
#[test]
fn an_entry_of_another_program_is_not_built_upon() {
    let folder = TempFolder::new();
    let path = book(&folder, "book.db", &[1, 2]);
    rusqlite::Connection::open(&path)
        .unwrap()
        .execute_batch(
            "INSERT INTO entry (number, on_date, recorded, recorded_by, year, kind, amount_pence, fingerprint)
             SELECT 3, on_date, recorded, 'another program', year, kind, 1, zeroblob(32) FROM entry WHERE number = 2",
        )
        .unwrap();
    let before = std::fs::read(&path).unwrap();
    let mut cells = Cells::default();
    for (column, text) in [
        (Column::On, "2026-05-01"),
        (Column::Year, "2026/27"),
        (Column::Kind, "receive"),
        (Column::Amount, "5"),
        (Column::By, "KCST"),
    ] {
        cells.set(column, text);
    }
    let draft = Draft::from_cells(&cells).unwrap();
    let refused = Book::open(&path, Access::Write).unwrap().record(
        vec![draft],
        "2026-05-01T09:00:00Z".parse().unwrap(),
        Commit::Keep,
    );
    let said = refused.unwrap_err().to_string();
    assert!(said.ends_with("entry 3, the last, was changed or added by another program: its fingerprint does not match it"), "{said}");
    assert_eq!(std::fs::read(&path).unwrap(), before);
}
