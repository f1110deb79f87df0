//! What README.md and SECURITY.md promise of SQL in other programs, and where it ends.

use rusqlite::Connection;

use super::Target;

/// The next entry, by another program that makes up its fingerprint.
fn entry(on: &str, kind: &str, account: &str, pence: i64) -> String {
    let (project, pot) = match account {
        "upfront" | "tactical" => ("NULL".to_owned(), format!("'{account}'")),
        project => (format!("'{project}'"), "NULL".to_owned()),
    };
    let vat = if kind == "spend" { "'net'" } else { "NULL" };
    format!(
        "INSERT INTO entry (number, on_date, recorded, recorded_by, year, kind, project, pot, amount_pence, vat, fingerprint) \
        SELECT max(number) + 1, '{on}', max(recorded), 'x', '2025/26', '{kind}', {project}, {pot}, {pence}, {vat}, zeroblob(32) \
        FROM entry"
    )
}

/// What no program may do, whatever settings its connection has: edit, delete, replace.
const EDITS: [&str; 6] = [
    "UPDATE entry SET note = 'x' WHERE number = 1",
    "DELETE FROM entry WHERE number = 1",
    "INSERT OR REPLACE INTO entry SELECT * FROM entry WHERE number = 1",
    "REPLACE INTO entry SELECT * FROM entry WHERE number = 140",
    "UPDATE balance SET pence = 0",
    "INSERT OR REPLACE INTO balance SELECT * FROM balance",
];

/// Settings that a connection can choose without touching the file.
const SETTINGS: [&str; 6] = [
    "",
    "PRAGMA foreign_keys = OFF",
    "PRAGMA recursive_triggers = OFF",
    "PRAGMA ignore_check_constraints = ON",
    "PRAGMA defer_foreign_keys = ON",
    "PRAGMA trusted_schema = OFF",
];

#[test]
fn no_setting_lets_a_program_edit_delete_or_replace() {
    for setting in SETTINGS {
        let target = Target::new();
        let connection = Connection::open(&target.book).unwrap();
        connection.execute_batch(setting).unwrap();
        for sql in EDITS {
            assert!(connection.execute(sql, []).is_err(), "{setting}: {sql}");
        }
    }
}

#[test]
fn constraints_in_force_let_no_program_overdraw() {
    for setting in SETTINGS
        .iter()
        .filter(|setting| !setting.contains("ignore_check"))
    {
        let target = Target::new();
        let connection = Connection::open(&target.book).unwrap();
        connection.execute_batch(setting).unwrap();
        for sql in [
            entry("2026-03-31", "spend", "P05", 69_601),
            entry("2026-03-31", "spend", "P05", -400_000),
            entry("2026-03-31", "return", "P05", 469_600),
            entry("2026-03-31", "allocate", "tactical", -3_041),
        ] {
            assert!(connection.execute(&sql, []).is_err(), "{setting}: {sql}");
        }
    }
}

/// Where the promise ends: constraints are switched off, or an entry is dated before its money.
#[test]
fn what_gets_past_the_file_is_found_and_not_built_upon() {
    let cases: [(&str, &[String]); 3] = [
        (
            "PRAGMA ignore_check_constraints = ON",
            &[
                entry("2026-03-31", "spend", "P05", -400_000),
                entry("2026-03-31", "return", "P05", 469_600),
            ],
        ),
        (
            "PRAGMA ignore_check_constraints = ON",
            &[entry("2026-03-31", "allocate", "tactical", -3_040)],
        ),
        ("", &[entry("2025-04-01", "spend", "P05", 100)]),
    ];
    for (setting, entries) in cases {
        let target = Target::new();
        let connection = Connection::open(&target.book).unwrap();
        connection.execute_batch(setting).unwrap();
        for sql in entries {
            connection.execute(sql, []).unwrap();
        }
        drop(connection);
        assert_eq!(target.crg(&["check"]).exit, Some(1), "{entries:?}");
        assert_eq!(target.receive().exit, Some(4), "{entries:?}");
        assert_eq!(target.crg(&["backup"]).exit, Some(1), "{entries:?}");
    }
}

/// With its fingerprint computed as well, the chain is sound: the rules find it.
#[test]
fn a_chain_made_again_does_not_hide_an_overdraft() {
    for (setting, sql, check) in [
        ("", entry("2025-04-01", "spend", "P05", 100), "days"),
        (
            "PRAGMA ignore_check_constraints = ON",
            entry("2026-03-31", "spend", "P05", -400_000),
            "constraints",
        ),
    ] {
        let target = Target::new();
        let connection = Connection::open(&target.book).unwrap();
        connection.execute_batch(setting).unwrap();
        connection.execute(&sql, []).unwrap();
        drop(connection);
        if check == "days" {
            crate::tamper::chained_again(&target.book);
        }
        let said = target.crg(&["check", "--format", "csv"]);
        assert_eq!(said.exit, Some(1), "{sql}");
        assert!(said.out.contains(&format!("{check},fault,")), "{said:?}");
    }
}

/// Removing what guards the file is seen by the next command.
#[test]
fn a_file_without_its_guards_is_not_opened() {
    for sql in [
        "DROP TRIGGER entry_delete",
        "DROP INDEX entry_reversal",
        "PRAGMA writable_schema = ON; DELETE FROM sqlite_schema WHERE name = 'entry_insert'",
        "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, 'pence >= 0', 'pence >= -9') WHERE name = 'balance'",
    ] {
        let target = Target::new();
        target.sql(sql);
        assert_eq!(target.crg(&["pot", "2025/26"]).exit, Some(4), "{sql}");
    }
}
