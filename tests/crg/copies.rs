//! Safety copies: they are the book, they are never made over a file, and two copies tell where they part.

use crg::book::{Book, Keep};
use crg::cells::Cells;
use crg::entry::Draft;
use crg::kind::Column;
use crg::report::{Finding, Kinship};
use crg::store::{Access, Names};

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
            (Column::By, "KCST"),
        ] {
            cells.set(column, text);
        }
        let draft = Draft::from_cells(&cells).unwrap();
        book.record(vec![draft], "2026-05-01T09:00:00Z".parse().unwrap(), Keep::Yes).unwrap();
    }
}

fn book(folder: &TempFolder, name: &str, pounds: &[u32]) -> std::path::PathBuf {
    let path = folder.path().join(name);
    Book::init(&path, &Names { partnership: "Kent".into(), funder: "OPCC".into() }).unwrap();
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
    assert_eq!(open(&path).compare(&open(&copy)).unwrap().kinship, Kinship::Same);
    assert_eq!(open(&copy).check().worst(), Finding::Warning, "2026/27 is not confirmed, and nothing else is wrong");
    let before = std::fs::read(&copy).unwrap();
    receive(&path, &[4]);
    let said = open(&path).back_up(&copy).unwrap_err().to_string();
    assert!(said.ends_with("is already there, and is left as it is"), "{said}");
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
    let said = open(&path).back_up(&folder.path().join("copy.db")).unwrap_err().to_string();
    assert!(said.contains("chain: entry 2"), "{said}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left over");
}

/// Copies with `shared` entries in common and some of their own: every combination of a few.
#[test]
fn two_copies_tell_where_they_part() {
    let folder = TempFolder::new();
    for shared in 0..5_u32 {
        for more_a in 0..3_u32 {
            for more_b in 0..3_u32 {
                let name = format!("{shared}-{more_a}-{more_b}");
                let a = book(&folder, &format!("a-{name}.db"), &(1..=shared).collect::<Vec<_>>());
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
                assert_eq!(found.fork.map(|fork| fork.entry.0), (expected == Kinship::Forked).then_some(shared + 1), "{name}");
            }
        }
    }
}

#[test]
fn books_of_other_names_have_nothing_in_common() {
    let folder = TempFolder::new();
    let a = book(&folder, "a.db", &[1, 2]);
    let b = folder.path().join("b.db");
    Book::init(&b, &Names { partnership: "Essex".into(), funder: "OPCC".into() }).unwrap();
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
        assert_eq!(open(&path).check_since(Some(*head)).worst(), Finding::Warning, "{head}");
    }
    let other = book(&folder, "other.db", &[1, 2, 4]);
    let found = open(&other).check_since(minutes.last().copied());
    assert_eq!(found.rows.first().map(|row| (row.check, row.finding)), Some(("head", Finding::Fault)));
}
