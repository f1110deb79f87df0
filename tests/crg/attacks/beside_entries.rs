//! What the file keeps beside its entries: every column of every other table, and its header.

use rusqlite::Connection;

use super::{Said, Target};
use crate::tamper::loose;

/// Runs a change with every guard of the file out of the way, and puts the guards back.
fn changed(sql: &str) -> (Target, usize) {
    let target = Target::new();
    let connection = loose(&target.book);
    let rows = connection.execute(sql, []).unwrap();
    (target, rows)
}

fn is_found(said: &Said, check: &str) -> bool {
    let fault = format!("\r\n{check},fault,");
    said.exit == Some(4) || said.exit == Some(1) && said.out.contains(&fault)
}

#[test]
fn a_changed_column_of_any_other_table_is_found() {
    let changes = [
        ("UPDATE book SET id = 2", "constraints"),
        ("UPDATE book SET partnership = partnership || '.'", "chain"),
        ("UPDATE book SET funder = upper(funder)", "chain"),
        ("DELETE FROM book", "chain"),
        (
            "UPDATE priority SET scheme = scheme || '.' WHERE code = 'CRG-VAWG'",
            "schemes",
        ),
        (
            "UPDATE priority SET code = 'X' WHERE code = 'CRG-VAWG'",
            "schemes",
        ),
        (
            "UPDATE priority SET name = 'X' WHERE code = 'CRG-VAWG'",
            "schemes",
        ),
        (
            "UPDATE priority SET first_year = '2024/25' WHERE code = 'CRG-VAWG'",
            "schemes",
        ),
        (
            "UPDATE priority SET last_year = '2030/31' WHERE code = 'CRG-VAWG'",
            "schemes",
        ),
        ("DELETE FROM priority WHERE code = 'CRG-VAWG'", "schemes"),
        (
            "UPDATE kind SET source = 'pot' WHERE kind = 'spend'",
            "kinds",
        ),
        (
            "UPDATE kind SET target = 'returned' WHERE kind = 'spend'",
            "kinds",
        ),
        (
            "UPDATE kind SET kind = 'spent' WHERE kind = 'spend'",
            "kinds",
        ),
        (
            "UPDATE balance SET year = '2024/25' WHERE account = 'P05'",
            "balances",
        ),
        (
            "UPDATE balance SET account = 'P99' WHERE account = 'P05'",
            "balances",
        ),
        (
            "UPDATE balance SET pot = 'tactical' WHERE account = 'P05'",
            "balances",
        ),
        (
            "UPDATE balance SET pence = pence + 1 WHERE account = 'P05'",
            "balances",
        ),
        (
            "UPDATE balance SET spent_pence = spent_pence + 1 WHERE account = 'P05'",
            "balances",
        ),
        (
            "UPDATE balance SET returned_pence = 1 WHERE account = 'P05'",
            "balances",
        ),
        (
            "UPDATE balance SET entry = 100000 WHERE account = 'P05'",
            "balances",
        ),
        (
            "UPDATE balance SET entry = -1 WHERE account = 'P05'",
            "balances",
        ),
        (
            "UPDATE balance SET entry = 0 WHERE account = 'P05'",
            "balances",
        ),
        (
            "UPDATE balance SET entry = 3 WHERE account = 'tactical'",
            "balances",
        ),
        (
            "INSERT INTO balance VALUES ('2025/26', 'P77', NULL, 0, 0, 0, 0)",
            "balances",
        ),
        (
            "INSERT INTO balance VALUES ('2031/32', 'upfront', 'upfront', 0, 0, 0, 0)",
            "balances",
        ),
        ("DELETE FROM balance WHERE account = 'P05'", "balances"),
    ];
    let mut missed = Vec::new();
    for (sql, check) in changes {
        let (target, rows) = changed(sql);
        assert!(rows > 0, "{sql}");
        let said = target.crg(&["check", "--format", "csv"]);
        if !is_found(&said, check) {
            missed.push(format!("{sql}: {said:?}"));
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

/// A balance that says it includes the next entry would not follow it, and let it overdraw.
#[test]
fn a_balance_that_runs_ahead_is_found_before_it_hides_an_overdraft() {
    let (target, _) = changed("UPDATE balance SET entry = 100000 WHERE year = '2025/26'");
    assert_eq!(target.crg(&["check"]).exit, Some(1));
    assert_eq!(target.crg(&["backup"]).exit, Some(1));
}

#[test]
fn what_the_header_says_is_found() {
    for (pragma, value) in [
        ("user_version", 2),
        ("user_version", 4),
        ("user_version", 0),
        ("application_id", 1),
    ] {
        let target = Target::new();
        let connection = Connection::open(&target.book).unwrap();
        connection.pragma_update(None, pragma, value).unwrap();
        drop(connection);
        assert_eq!(target.crg(&["check"]).exit, Some(4), "{pragma} = {value}");
    }
}

/// Priorities that cannot be read hide no finding about the entries.
#[test]
fn what_is_found_beside_unreadable_priorities_is_shown() {
    let (target, _) = changed("UPDATE priority SET first_year = 'x' WHERE code = 'CRG-VAWG'");
    let check = target.crg(&["check", "--format", "csv"]);
    assert!(is_found(&check, "schemes"), "{check:?}");
    for shown in ["views", "overrides", "closed", "lookalikes"] {
        assert!(
            check.out.contains(&format!("\r\n{shown},")),
            "{shown}: {check:?}"
        );
    }
}

/// Priorities that no entry vouches for: a warning, for a book of an older version may have them.
#[test]
fn priorities_that_no_entry_vouches_for_are_a_warning() {
    let folder = crate::files::TempFolder::new();
    assert!(super::crg_in(folder.path(), &["init"]).status.success());
    let connection = Connection::open(folder.join("crg.db")).unwrap();
    connection
        .execute(
            "INSERT INTO priority VALUES ('Plan', 'A', 'n', '2025/26', NULL)",
            [],
        )
        .unwrap();
    drop(connection);
    let check: Said = super::crg_in(folder.path(), &["check", "--format", "csv"]).into();
    assert_eq!(check.exit, Some(0), "{check:?}");
    assert!(
        check.out.contains("schemes,warning,1 priority,"),
        "{check:?}"
    );
    let strict = super::crg_in(folder.path(), &["check", "--strict"]);
    assert_eq!(strict.status.code(), Some(1));
}

/// Many commands, reversals among them, leave no balance out of step.
#[test]
fn no_command_leaves_a_balance_out_of_step() {
    let target = Target::new();
    for said in [
        target.spend(),
        target.receive(),
        target.spend_again(),
        target.crg(&[
            "reverse",
            "141",
            "143",
            "--note",
            "Both were made by mistake",
        ]),
    ] {
        assert_eq!(said.exit, Some(0), "{said:?}");
    }
    let said = target.crg(&["check"]);
    assert_eq!(said.exit, Some(0), "{said:?}");
}
