//! The steps of an upgrade, in order.

use super::*;
use crate::store::planted::PLANTED;
use crate::store::schema::VERSIONS;

/// A database of a version, whose `book` has these values.
fn database(version: Version, book: &str) -> Connection {
    let connection = Connection::open_in_memory().unwrap();
    connection.execute_batch(version.schema).unwrap();
    connection
        .execute_batch(&format!("INSERT INTO book VALUES (1, 'CSP', 'OPCC'{book})"))
        .unwrap();
    connection
}

/// What `motto` and `era` are after the steps from a version.
fn after(from: Version, book: &str) -> (String, String) {
    let connection = database(from, book);
    run(&connection, *PLANTED, from).unwrap();
    PLANTED
        .present
        .verify(&connection, "memory".as_ref())
        .unwrap();
    let query = "SELECT motto, era FROM book";
    connection
        .query_row(query, [], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap()
}

#[test]
fn steps_run_in_order_and_only_from_their_version() {
    let [present, next] = [PLANTED.past[0].from, PLANTED.past[1].from];
    let text = str::to_owned;
    assert_eq!(after(present, ""), (text("by step 1"), text("by step 2")));
    assert_eq!(after(next, ", 'kept'"), (text("kept"), text("by step 2")));
    assert_eq!(
        after(PLANTED.present, ", 'kept', 'kept too'"),
        (text("kept"), text("kept too"))
    );
}

/// A step that was not written yet, or one in the wrong place, would leave books behind.
#[test]
fn every_past_version_has_a_step_in_its_place() {
    for versions in [VERSIONS, *PLANTED] {
        let past = versions.past.iter().map(|step| step.from);
        let numbers: Vec<u32> = past
            .chain([versions.present])
            .map(|version| version.number)
            .collect();
        let last = versions.present.number;
        let expected: Vec<u32> = (numbers[0]..=last).collect();
        assert_eq!(numbers, expected);
        for version in versions.past.iter().map(|step| step.from) {
            let states = format!("PRAGMA user_version = {};", version.number);
            assert!(version.schema.contains(&states));
        }
    }
}
