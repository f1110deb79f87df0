//! Objects that another program puts into the schema under names that SQLite keeps for itself.

use crg::{Access, Book, Commit, Draft, Event};
use rusqlite::Connection;

use super::Target;

/// Writes a row of the schema, as nothing but `writable_schema` can.
fn plant(connection: &Connection, kind: &str, name: &str, table: &str, sql: Option<&str>) {
    connection
        .execute_batch("PRAGMA writable_schema = ON")
        .unwrap();
    connection
        .execute(
            "INSERT INTO sqlite_schema VALUES (?1, ?2, ?3, 0, ?4)",
            (kind, name, table, sql),
        )
        .unwrap();
    let version: i64 = connection
        .query_row("PRAGMA schema_version", [], |row| row.get(0))
        .unwrap();
    let next = format!("PRAGMA schema_version = {}", version + 1);
    connection.execute_batch(&next).unwrap();
}

const IGNORES: &str = "CREATE TRIGGER sqlite_evil BEFORE INSERT ON entry \
    WHEN NEW.kind = 'spend' BEGIN SELECT RAISE(IGNORE); END";

#[test]
fn no_name_hides_an_object_from_the_check_of_the_schema() {
    let objects = [
        ("trigger", "sqlite_evil", "entry", IGNORES),
        (
            "trigger",
            "SQLITE_evil",
            "entry",
            "CREATE TRIGGER SQLITE_evil AFTER INSERT ON entry BEGIN DELETE FROM entry; END",
        ),
        (
            "trigger",
            "sqlite_autoindex_kind_1",
            "entry",
            "CREATE TRIGGER sqlite_autoindex_kind_1 BEFORE INSERT ON entry BEGIN SELECT RAISE(IGNORE); END",
        ),
        (
            "view",
            "sqlite_pot",
            "sqlite_pot",
            "CREATE VIEW sqlite_pot AS SELECT 0 AS remaining",
        ),
        (
            "view",
            "sqlite_stat1",
            "sqlite_stat1",
            "CREATE VIEW sqlite_stat1 AS SELECT 'entry' AS tbl, 'entry_question' AS idx, '1 1' AS stat",
        ),
    ];
    for (kind, name, table, sql) in objects {
        let target = Target::new();
        let connection = Connection::open(&target.book).unwrap();
        plant(&connection, kind, name, table, Some(sql));
        drop(connection);
        let expected = format!("crg.db has been modified: the {kind} {name} was changed or added");
        for said in [
            target.spend(),
            target.crg(&["check"]),
            target.crg(&["pot", "2025/26"]),
            target.crg(&["backup"]),
        ] {
            assert_eq!(said.exit, Some(4), "{name}: {said:?}");
            assert!(said.err.contains(&expected), "{name}: {said:?}");
        }
    }
}

#[test]
fn a_definition_cut_short_is_seen() {
    let target = Target::new();
    let connection = Connection::open(&target.book).unwrap();
    connection
        .execute_batch(
            "PRAGMA writable_schema = ON;
            UPDATE sqlite_schema SET sql = substr(sql, 1, instr(sql, ';') - 1) WHERE name = 'entry_delete'",
        )
        .unwrap();
    drop(connection);
    assert_eq!(target.crg(&["status"]).exit, Some(4));
}

#[test]
fn what_sqlite_adds_itself_is_no_change() {
    let target = Target::new();
    target.sql("ANALYZE");
    for said in [target.spend(), target.receive()] {
        assert!(said.out.starts_with("Recorded entry "), "{said:?}");
    }
    assert_eq!(target.crg(&["check"]).exit, Some(0));
}

#[test]
fn a_trigger_added_while_the_book_is_open_is_seen_before_anything_is_recorded() {
    let target = Target::new();
    let mut book = Book::open(&target.book, Access::Write).unwrap();
    target.sql(&IGNORES.replace("sqlite_evil", "evil"));
    let spend = Event::Receive {
        amount: "1.00".parse().unwrap(),
    };
    let draft = Draft::builder("2026/27".parse().unwrap(), spend, "KCST")
        .on("2026-05-11".parse().unwrap())
        .reference("BACS 1")
        .build()
        .unwrap();
    let moment = "2026-05-11T09:30:00Z".parse().unwrap();
    let error = book.record(vec![draft], moment, Commit::Keep).unwrap_err();
    assert!(
        error
            .to_string()
            .contains("the trigger evil was changed or added"),
        "{error}"
    );
}
