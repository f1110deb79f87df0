//! What became of a commit that ended with an error.

use super::*;
use crate::model::Names;
use crate::model::{Draft, Entry, EntryNumber, Event, Fingerprint};

fn names() -> Names {
    Names {
        partnership: "Kent".into(),
        funder: "OPCC".into(),
        ..Names::default()
    }
}

/// A book of one entry, and the end of its chain.
fn book(folder: &std::path::Path) -> (Store, Head) {
    std::fs::create_dir_all(folder).unwrap();
    let path = folder.join("book.db");
    Store::create(&path, &names(), |_| Ok::<_, StoreError>(((), Vec::new()))).unwrap();
    let mut store = Store::open(&path, Access::Write).unwrap();
    let head = store.write(
        "KCST",
        "2026-05-01T09:00:00Z".parse().unwrap(),
        |writing, recorded| {
            let (on, year) = ("2026-05-01".parse().unwrap(), "2026/27".parse().unwrap());
            let amount = "5".parse().unwrap();
            let event = Event::Receive { amount };
            let draft = Draft::builder(year, event, "KCST").on(on).build().unwrap();
            writing.append(&Entry::from_draft(draft, EntryNumber(1), on, recorded))?;
            Ok::<_, StoreError>((writing.head(), true))
        },
    );
    (store, head.unwrap())
}

#[test]
fn a_failed_commit_is_looked_for_in_the_file() {
    let folder = std::env::temp_dir().join(format!("crg-outcome-{}", std::process::id()));
    let (store, head) = book(&folder);
    let failed = || {
        rusqlite::Error::SqliteFailure(
            rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_IOERR_DIR_FSYNC),
            None,
        )
    };
    // It was saved all the same.
    assert!(store.outcome(head, failed()).is_ok());
    // Another entry stands there, or none: it was not saved.
    let other = Head {
        fingerprint: Fingerprint::of_book("Another", "OPCC"),
        ..head
    };
    assert!(matches!(
        store.outcome(other, failed()),
        Err(StoreError::Sqlite { .. })
    ));
    let next = Head {
        last: head.last.map(|(_, moment)| (EntryNumber(2), moment)),
        ..head
    };
    assert!(matches!(
        store.outcome(next, failed()),
        Err(StoreError::Sqlite { .. })
    ));
    // The drive went away.
    std::fs::remove_dir_all(&folder).unwrap();
    assert!(matches!(
        store.outcome(head, failed()),
        Err(StoreError::OutcomeUnknown {
            entry: Some(EntryNumber(1)),
            ..
        })
    ));
}

/// Such a file is removed, so it is known that nothing was saved.
#[test]
fn a_failed_commit_while_a_book_is_made_is_no_unknown_outcome() {
    let folder = std::env::temp_dir().join(format!("crg-unfinished-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let made = Store::create(&folder.join("book.db"), &names(), |store| {
        let last = Some((EntryNumber(1), "2026-05-01T09:00:00Z".parse().unwrap()));
        let head = Head {
            last,
            fingerprint: Fingerprint::of_book("Kent", "OPCC"),
        };
        let full = rusqlite::Error::SqliteFailure(
            rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_FULL),
            None,
        );
        store.outcome(head, full).map(|()| ((), Vec::new()))
    });
    assert!(matches!(made, Err(StoreError::DiskFull { .. })), "{made:?}");
    std::fs::remove_dir_all(&folder).unwrap();
}
