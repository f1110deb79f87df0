//! What is written must be in the file.

use super::*;
use crate::model::{Draft, Event, Names};
use crate::store::handle::Access;

/// A trigger of the connection alone, which the file's schema does not show.
const IGNORES: [&str; 2] = [
    "CREATE TEMP TRIGGER ignores BEFORE INSERT ON main.entry BEGIN SELECT RAISE(IGNORE); END",
    "CREATE TEMP TRIGGER loses BEFORE INSERT ON main.priority BEGIN SELECT RAISE(IGNORE); END",
];

#[test]
fn what_was_not_inserted_is_not_said_to_be_recorded() {
    let folder = std::env::temp_dir().join(format!("crg-write-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("book.db");
    Store::create(&path, &Names::default(), |_| {
        Ok::<_, StoreError>(((), Vec::new()))
    })
    .unwrap();
    let mut store = Store::open(&path, Access::Write).unwrap();
    for trigger in IGNORES {
        store.connection.execute_batch(trigger).unwrap();
    }
    let now = "2026-05-01T09:00:00Z".parse().unwrap();
    let year = "2026/27".parse().unwrap();
    let entry = |recorded| {
        let event = Event::Receive {
            amount: "5".parse().unwrap(),
        };
        let draft = Draft::builder(year, event, "KCST").on("2026-05-01".parse().unwrap());
        Entry::from_draft(
            draft.build().unwrap(),
            EntryNumber(1),
            "2026-05-01".parse().unwrap(),
            recorded,
        )
    };
    let lost = store.write("KCST", now, |writing, recorded| {
        writing.append(&entry(recorded))?;
        Ok::<_, StoreError>(((), true))
    });
    let lost = lost.unwrap_err().to_string();
    assert!(
        lost.contains("entry 1 was not kept when it was recorded"),
        "{lost}"
    );
    let priority = Priority {
        scheme: "Plan".into(),
        code: "A".into(),
        name: "A".into(),
        first_year: year,
        last_year: None,
    };
    let lost = store.write("KCST", now, |writing, _| {
        writing.add_priority(&priority)?;
        Ok::<_, StoreError>(((), true))
    });
    let lost = lost.unwrap_err().to_string();
    assert!(
        lost.contains("the priority A was not kept when it was loaded"),
        "{lost}"
    );
    std::fs::remove_dir_all(&folder).unwrap();
}
