//! What the file itself refuses to other programs, whose connections have SQLite's defaults.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crg::Access;
use crg::book::Book;
use crg::model::{Column, EntryNumber, Kind, Need};
use crg::report::{CheckRow, Finding};
use rusqlite::Connection;

use crate::files::TempFolder;
use crate::views::{kent, rows, sqlite3, sqlite3_reads};

/// The schema of today.
const SCHEMA: &str = include_str!("../../schema.sql");

const FINGERPRINT: &str = "zeroblob(32)";

/// Columns as SQL text.
type Columns<'a> = &'a [(&'a str, &'a str)];

/// An insert of the next entry of 2025/26, its columns as SQL; if a column is given twice, the last
/// counts.
fn insert_by(verb: &str, columns: Columns<'_>) -> String {
    let usual = [
        ("number", "(SELECT coalesce(max(number), 0) + 1 FROM entry)"),
        ("on_date", "'2026-03-31'"),
        (
            "recorded",
            "coalesce((SELECT max(recorded) FROM entry), '2026-04-01T00:00:00.000Z')",
        ),
        ("recorded_by", "'another program'"),
        ("year", "'2025/26'"),
        ("fingerprint", FINGERPRINT),
    ];
    let mut all: Vec<(&str, &str)> = Vec::new();
    for (name, value) in usual.iter().chain(columns) {
        all.retain(|(other, _)| other != name);
        all.push((name, value));
    }
    let (names, values): (Vec<&str>, Vec<&str>) = all.into_iter().unzip();
    format!(
        "{verb} INTO entry ({}) VALUES ({})",
        names.join(", "),
        values.join(", ")
    )
}

fn insert(columns: Columns<'_>) -> String {
    insert_by("INSERT", columns)
}

/// Spend of P05, which has £696.00 of its award left.
fn spend(pence: &'static str) -> [(&'static str, &'static str); 4] {
    [
        ("kind", "'spend'"),
        ("project", "'P05'"),
        ("amount_pence", pence),
        ("vat", "'net'"),
    ]
}

/// Everything in a book's tables, as text.
fn contents(connection: &Connection) -> Vec<String> {
    let ask = |table: &str| rows(connection, &format!("SELECT * FROM {table}"));
    ["book", "priority", "kind", "entry", "balance"]
        .iter()
        .flat_map(|table| ask(table))
        .map(|row| format!("{row:?}"))
        .collect()
}

fn faults(path: &Path) -> Vec<CheckRow> {
    let report = Book::open(path, Access::Read).unwrap().check();
    report
        .rows
        .into_iter()
        .filter(|row| row.finding == Finding::Fault)
        .collect()
}

/// A folder with the `kent` book.
fn kent_book() -> (TempFolder, PathBuf) {
    let folder = TempFolder::new();
    let path = folder.join("book.db");
    kent(&path);
    (folder, path)
}

/// Statements that the file must refuse, each with the constraint that it names.
fn attacks() -> Vec<(String, &'static str)> {
    let mut all = Vec::new();
    let mut refuse = |sql: String, constraint: &'static str| all.push((sql, constraint));
    // The tactical pot holds £30.40, P05 £696.00 of an award of £5,000.00. P06 is withdrawn; its
    // pot was released.
    for verb in [
        "INSERT",
        "INSERT OR REPLACE",
        "INSERT OR IGNORE",
        "INSERT OR FAIL",
        "INSERT OR ROLLBACK",
        "REPLACE",
    ] {
        let mut refuse =
            |columns: Columns<'_>, constraint| refuse(insert_by(verb, columns), constraint);
        refuse(
            &[
                ("kind", "'cut'"),
                ("pot", "'tactical'"),
                ("amount_pence", "3041"),
            ],
            "no_overdraft",
        );
        refuse(
            &[
                ("kind", "'cut'"),
                ("pot", "'upfront'"),
                ("amount_pence", "3041"),
            ],
            "no_overdraft",
        );
        refuse(
            &[
                ("kind", "'return'"),
                ("pot", "'tactical'"),
                ("amount_pence", "3041"),
            ],
            "no_overdraft",
        );
        refuse(
            &[
                ("kind", "'return'"),
                ("pot", "'upfront'"),
                ("amount_pence", "1"),
            ],
            "no_overdraft",
        );
        refuse(
            &[
                ("kind", "'approve'"),
                ("project", "'P06'"),
                ("amount_pence", "3041"),
            ],
            "no_overdraft",
        );
        refuse(
            &[
                ("kind", "'increase'"),
                ("project", "'P11'"),
                ("amount_pence", "3041"),
            ],
            "no_overdraft",
        );
        refuse(&spend("69601"), "no_overdraft");
        refuse(
            &[
                ("kind", "'reduce'"),
                ("project", "'P05'"),
                ("amount_pence", "69601"),
            ],
            "no_overdraft",
        );
        refuse(
            &[
                ("kind", "'return'"),
                ("project", "'P05'"),
                ("amount_pence", "69601"),
            ],
            "no_overdraft",
        );
        refuse(
            &[
                ("kind", "'reverse'"),
                (
                    "refers_to",
                    "(SELECT min(number) FROM entry WHERE kind = 'allocate')",
                ),
                (
                    "on_date",
                    "(SELECT on_date FROM entry WHERE number = (SELECT min(number) FROM entry WHERE kind = 'allocate'))",
                ),
                ("note", "'undo'"),
            ],
            "no_overdraft",
        );
        refuse(
            &[
                ("kind", "'refund'"),
                ("project", "'P05'"),
                ("amount_pence", "430401"),
                ("vat", "'net'"),
            ],
            "refund_within_spend",
        );
        refuse(
            &[&spend("1")[..], &[("number", "1")]].concat(),
            "number_is_next",
        );
        refuse(
            &[&spend("1")[..], &[("number", "1000")]].concat(),
            "number_is_next",
        );
        refuse(
            &[&spend("1")[..], &[("number", "NULL")]].concat(),
            "number_is_next",
        );
        refuse(
            &[
                &spend("1")[..],
                &[("number", "(SELECT max(number) FROM entry)")],
            ]
            .concat(),
            "number_is_next",
        );
        refuse(
            &[
                &spend("1")[..],
                &[("recorded", "'2026-04-01T00:00:00.000Z'")],
            ]
            .concat(),
            "recorded_in_order",
        );
        refuse(
            &[&spend("1")[..], &[("project", "'P99'")]].concat(),
            "project_is_proposed",
        );
        refuse(
            &[&spend("1")[..], &[("year", "'2026/27'")]].concat(),
            "project_is_proposed",
        );
        // £696.00 of P05 is left, and nothing was returned yet.
        for (kind, pence, constraint) in [
            ("'repay'", "1", "repay_within_return"),
            ("'lapse'", "69601", "no_overdraft"),
        ] {
            let money = [
                ("kind", kind),
                ("project", "'P05'"),
                ("amount_pence", pence),
            ];
            refuse(&money, constraint);
        }
        refuse(&[("kind", "'bribe'")], "kind_is_known");
        refuse(
            &[
                ("kind", "'propose'"),
                ("project", "'P05'"),
                ("pot", "'tactical'"),
                ("amount_pence", "1"),
                ("title", "'Again'"),
                ("lead", "'A lead'"),
            ],
            "project_is_new",
        );
    }
    let mut refuse_reverse = |of: &str, constraint| {
        let named = format!("(SELECT min(number) FROM entry WHERE {of})");
        let on =
            format!("coalesce((SELECT on_date FROM entry WHERE number = {named}), '2026-03-31')");
        refuse(
            insert(&[
                ("kind", "'reverse'"),
                ("refers_to", &named),
                ("on_date", &on),
                ("note", "'undo'"),
            ]),
            constraint,
        );
    };
    refuse_reverse("kind = 'propose'", "proposal_in_use");
    refuse_reverse("year = '2026/27'", "refers_to_earlier");
    refuse(
        insert(&[
            ("kind", "'reverse'"),
            ("refers_to", "100000"),
            ("note", "'undo'"),
        ]),
        "refers_to_earlier",
    );
    refuse(
        insert(&[
            ("kind", "'reverse'"),
            ("refers_to", "1"),
            ("on_date", "'2025-12-31'"),
            ("note", "'undo'"),
        ]),
        "reversed_from_its_date",
    );
    refuse(
        insert(&[
            ("kind", "'explain'"),
            ("refers_to", "1"),
            ("note", "'because'"),
        ]),
        "explains_published",
    );
    refuse(
        insert(&[("kind", "'met'"), ("refers_to", "1")]),
        "meets_due",
    );
    for (table, constraint) in [
        ("entry", "entry_is_append_only"),
        ("book", "book_is_append_only"),
        ("priority", "priority_is_append_only"),
        ("kind", "kind_is_fixed"),
    ] {
        refuse(format!("DELETE FROM {table}"), constraint);
        for verb in ["UPDATE", "UPDATE OR REPLACE", "UPDATE OR IGNORE"] {
            let column =
                &["note", "partnership", "name", "target"][["entry", "book", "priority", "kind"]
                    .iter()
                    .position(|t| t == &table)
                    .unwrap()];
            refuse(
                format!("{verb} {table} SET {column} = 'changed'"),
                constraint,
            );
        }
        refuse(
            format!("INSERT OR REPLACE INTO {table} SELECT * FROM {table} LIMIT 1"),
            if table == "entry" {
                "number_is_next"
            } else {
                constraint
            },
        );
    }
    refuse(
        "UPDATE entry SET amount_pence = 1 WHERE kind = 'spend'".into(),
        "entry_is_append_only",
    );
    refuse(
        "UPDATE entry SET number = number + 1000".into(),
        "entry_is_append_only",
    );
    refuse(
        "INSERT INTO entry SELECT * FROM entry WHERE number = 1 ON CONFLICT (number) DO UPDATE SET note = 'changed'".into(),
        "number_is_next",
    );
    refuse(
        "INSERT INTO book VALUES (2, 'Another', 'Another')".into(),
        "book_is_append_only",
    );
    refuse(
        "INSERT INTO kind VALUES ('gift', 'opcc', 'project')".into(),
        "kind_is_fixed",
    );
    for sql in [
        "DELETE FROM balance",
        "DELETE FROM balance WHERE account = 'P05'",
        "UPDATE balance SET pence = pence + 1",
        "UPDATE OR IGNORE balance SET pence = 100000000 WHERE account = 'tactical'",
        "UPDATE balance SET account = 'P99' WHERE account = 'P05'",
        "UPDATE balance SET entry = 0",
        "INSERT INTO balance VALUES ('2025/26', 'P99', 'upfront', 100, 0, 0, 0)",
        "INSERT INTO balance VALUES ('2030/31', 'upfront', 'upfront', 0, 0, 0, 0)",
        "INSERT OR REPLACE INTO balance VALUES ('2025/26', 'tactical', 'tactical', 100000000, 0, 0, 0)",
        "INSERT OR REPLACE INTO balance SELECT * FROM balance WHERE account = 'P05'",
        "INSERT INTO balance SELECT * FROM balance WHERE account = 'P05' ON CONFLICT DO UPDATE SET pence = 100000000",
    ] {
        refuse(sql.into(), "balance_follows_entry");
    }
    all
}

#[test]
fn the_file_refuses_what_must_not_happen() {
    let (_folder, path) = kent_book();
    let (bytes, connection) = (fs::read(&path).unwrap(), Connection::open(&path).unwrap());
    for (sql, constraint) in attacks() {
        let message = connection
            .execute_batch(&sql)
            .err()
            .map(|error| error.to_string())
            .unwrap_or_default();
        assert!(
            message.contains(constraint),
            "{sql}\n  gives {message:?}, expected {constraint}"
        );
    }
    drop(connection);
    assert!(fs::read(&path).unwrap() == bytes, "the file was changed");
    assert_eq!(faults(&path), []);
}

/// Settings that other programs may choose do not get round the constraints.
#[test]
fn no_setting_of_a_connection_lets_anything_through() {
    let (_folder, path) = kent_book();
    let connection = Connection::open(&path).unwrap();
    connection
        .execute_batch("PRAGMA foreign_keys = OFF; PRAGMA recursive_triggers = ON; PRAGMA defer_foreign_keys = ON; PRAGMA reverse_unordered_selects = ON;")
        .unwrap();
    for (sql, constraint) in attacks() {
        let message = connection
            .execute_batch(&sql)
            .err()
            .map(|error| error.to_string())
            .unwrap_or_default();
        assert!(
            message.contains(constraint),
            "{sql}\n  gives {message:?}, expected {constraint}"
        );
    }
    assert_eq!(faults(&path), []);
}

#[test]
fn the_sqlite3_program_is_refused_the_same() {
    let (_folder, path) = kent_book();
    let bytes = fs::read(&path).unwrap();
    // One line for each attack; `sqlite3` goes on after an error, and reports the line of each.
    let attacks = attacks();
    let lines: Vec<String> = attacks
        .iter()
        .map(|(sql, _)| format!("{};", sql.replace('\n', " ")))
        .collect();
    let Some(message) = sqlite3_reads(&path, &lines.join("\n")) else {
        return;
    };
    for (index, (sql, constraint)) in attacks.iter().enumerate() {
        let line = format!("near line {}: ", index + 1);
        let reported = message
            .lines()
            .find_map(|reported| reported.split_once(&line))
            .map_or("nothing", |(_, reported)| reported);
        assert!(
            reported.contains(constraint),
            "{sql}\n  gives {reported:?}, expected {constraint}"
        );
    }
    assert!(fs::read(&path).unwrap() == bytes, "the file was changed");
    assert_eq!(faults(&path), []);
}

#[test]
fn a_closed_year_is_closed_to_all() {
    let (_folder, path) = kent_book();
    let connection = Connection::open(&path).unwrap();
    connection
        .execute_batch(&insert(&[("kind", "'close'")]))
        .unwrap();
    let refused = |columns: Columns<'_>| {
        connection
            .execute_batch(&insert(columns))
            .unwrap_err()
            .to_string()
    };
    for columns in [
        &spend("1")[..],
        &[
            ("kind", "'lapse'"),
            ("project", "'P05'"),
            ("amount_pence", "1"),
        ],
        &[
            ("kind", "'repay'"),
            ("project", "'P05'"),
            ("amount_pence", "1"),
        ],
        &[
            ("kind", "'forecast'"),
            ("project", "'P05'"),
            ("amount_pence", "1"),
        ],
        &[("kind", "'close'")],
    ] {
        assert_eq!(
            refused(columns),
            "year_is_closed: a closed year takes nothing that moves the money of the grant"
        );
    }
    let taken = |columns: Columns<'_>| connection.execute_batch(&insert(columns)).unwrap();
    taken(&[("kind", "'receive'"), ("amount_pence", "1")]);
    taken(&[
        ("kind", "'detail'"),
        ("measure", "'place'"),
        ("note", "'Kent'"),
    ]);
    taken(&[
        ("kind", "'issue'"),
        ("title", "'A report'"),
        ("value", "'abc'"),
    ]);
    taken(&[("kind", "'reopen'"), ("note", "'a late invoice'")]);
    taken(&spend("1"));
}

/// The trigger lists the kinds that a closed year takes, as the table of kinds does.
#[test]
fn a_closed_year_takes_the_same_kinds_from_all() {
    let (_folder, path) = kent_book();
    let connection = Connection::open(&path).unwrap();
    connection
        .execute_batch(&insert(&[("kind", "'close'")]))
        .unwrap();
    for kind in Kind::ALL {
        let entry = insert(&[("kind", &format!("'{kind}'"))]);
        let tried = connection.execute_batch(&format!("BEGIN; {entry};"));
        let error = tried.err().map_or(String::new(), |error| error.to_string());
        if !connection.is_autocommit() {
            connection.execute_batch("ROLLBACK").unwrap();
        }
        let is_taken = !error.starts_with("year_is_closed");
        assert_eq!(is_taken, kind.is_allowed_when_closed(), "{kind}: {error}");
    }
}

#[test]
fn an_entry_is_reversed_once() {
    let (_folder, path) = kent_book();
    let connection = Connection::open(&path).unwrap();
    let spent = "(SELECT max(number) FROM entry WHERE kind = 'spend')";
    let reverse = insert(&[
        ("kind", "'reverse'"),
        ("refers_to", spent),
        ("note", "'not ours'"),
    ]);
    connection.execute_batch(&reverse).unwrap();
    let message = connection.execute_batch(&reverse).unwrap_err().to_string();
    assert_eq!(message, "reversed_once: that entry is already reversed");
    let again = insert(&[
        ("kind", "'reverse'"),
        ("refers_to", "(SELECT max(number) FROM entry)"),
        ("note", "'was ours'"),
    ]);
    let message = connection.execute_batch(&again).unwrap_err().to_string();
    assert_eq!(
        message,
        "reversible_kind: a reverse, close or reopen is not reversed"
    );
}

/// An entry that another program adds by the rules of the file counts in the views, and the chain
/// shows that it was not recorded by this program.
#[test]
fn what_another_program_adds_is_seen() {
    let (_folder, path) = kent_book();
    let connection = Connection::open(&path).unwrap();
    let number: u32 = connection
        .query_row("SELECT max(number) + 1 FROM entry", [], |row| row.get(0))
        .unwrap();
    connection.execute_batch(&insert(&spend("69600"))).unwrap();
    let unspent = rows(
        &connection,
        "SELECT unspent FROM project WHERE year = '2025/26' AND project = 'P05'",
    );
    assert_eq!(unspent[0]["unspent"], "0.00");
    let found = faults(&path);
    assert!(found.len() == 1 && found[0].check == "chain", "{found:?}");
    assert!(
        found[0]
            .detail
            .starts_with(&format!("entry {number}: has fingerprint 0000")),
        "{}",
        found[0].detail
    );
}

#[test]
fn what_is_left_in_the_tactical_pot() {
    let (_folder, path) = kent_book();
    // The line that docs/data.md shows.
    let query =
        "SELECT printf('%.2f', remaining) FROM pot WHERE year = '2025/26' AND pot = 'tactical'";
    assert!(include_str!("../../docs/data.md").contains(query));
    let connection = Connection::open(&path).unwrap();
    let left: String = connection.query_row(query, [], |row| row.get(0)).unwrap();
    assert_eq!(left, "30.40");
    let kind = query.replace("printf('%.2f', remaining)", "typeof(remaining)");
    let kind: String = connection.query_row(&kind, [], |row| row.get(0)).unwrap();
    assert_eq!(kind, "real");
    if let Some(message) = sqlite3(&path, query) {
        assert_eq!(message, Ok("30.40".into()));
    }
}

// == The constraints, by name ==

/// An empty book in memory.
fn scratch() -> Connection {
    let connection = Connection::open_in_memory().unwrap();
    connection.execute_batch(SCHEMA).unwrap();
    connection
}

/// The constraints that a trigger checks first, so that no row reaches them.
const BEHIND_TRIGGERS: [&str; 6] = [
    "number_above_zero",
    "arrow_has_two_ends",
    "balance_pot_name",
    "no_overdraft",
    "refund_within_spend",
    "repay_within_return",
];

/// A bad row for each constraint that a row can reach.
fn bad_rows() -> Vec<(&'static str, String)> {
    let mut all: Vec<(&'static str, String)> = Vec::new();
    let mut bad = |constraint: &'static str, base: Columns<'_>, change: Columns<'_>| {
        all.push((constraint, insert(&[base, change].concat())))
    };
    let receive = [("kind", "'receive'"), ("amount_pence", "100")];
    let propose = [
        ("kind", "'propose'"),
        ("project", "'P02'"),
        ("pot", "'upfront'"),
        ("amount_pence", "100"),
        ("title", "'T'"),
        ("lead", "'L'"),
    ];
    let spend = [
        ("kind", "'spend'"),
        ("project", "'P01'"),
        ("amount_pence", "1"),
        ("vat", "'net'"),
    ];
    let target = [
        ("kind", "'target'"),
        ("project", "'P01'"),
        ("measure", "'people'"),
        ("value", "'5'"),
    ];
    let progress = [
        ("kind", "'progress'"),
        ("project", "'P01'"),
        ("note", "'done'"),
    ];
    let allocate = [
        ("kind", "'allocate'"),
        ("pot", "'upfront'"),
        ("amount_pence", "1"),
    ];
    for on in [
        "'2025-02-29'",
        "'2100-01-01'",
        "'2460827.5'",
        "'2025-06-01T00:00'",
        "'20250601'",
        "'1999-06-01'",
        "'2025-06-01 '",
        "'2025-13-01'",
        "'01/06/2025'",
        "''",
    ] {
        bad("on_date_form", &receive, &[("on_date", on)]);
    }
    for moment in [
        "'2099-02-29T00:00:00.000Z'",
        "'2099-01-01T24:00:00.000Z'",
        "'2099-01-01T00:60:00.000Z'",
        "'2099-01-01T00:00:60.000Z'",
        "'2099-01-01T00:00:00Z'",
        "'2099-01-01 00:00:00.000Z'",
        "'2099-01-01T00:00:00.000'",
        "'2099-01-01T00:00:00.0000Z'",
        "'2099-01-01T00:00:00.000+00:00'",
        "'2100-01-01T00:00:00.000Z'",
        "'2488069.5'",
        "'2099-01-01'",
    ] {
        bad("recorded_form", &receive, &[("recorded", moment)]);
    }
    for year in ["'2025/27'", "'2025-26'", "'1999/00'", "'2025/2026'"] {
        bad("year_form", &receive, &[("year", year)]);
    }
    for project in [
        "'p02'",
        "'-P2'",
        "'P 2'",
        "'P_2'",
        "''",
        "'ABCDEFGHIJ01234567890'",
        "'É1'",
    ] {
        bad("project_form", &propose, &[("project", project)]);
    }
    for (constraint, base, column, limit) in [
        ("recorded_by_length", &receive[..], "recorded_by", 100),
        ("title_length", &propose[..], "title", 200),
        ("lead_length", &propose[..], "lead", 200),
        ("supplier_length", &spend[..], "supplier", 200),
        ("reference_length", &receive[..], "reference", 500),
        ("measure_length", &target[..], "measure", 100),
        ("value_length", &target[..], "value", 100),
        ("priorities_length", &propose[..], "priorities", 400),
        ("override_length", &receive[..], "override_reason", 1000),
        ("note_length", &receive[..], "note", 2000),
    ] {
        bad(constraint, base, &[(column, "''")]);
        bad(
            constraint,
            base,
            &[(column, &format!("printf('%.{}c', 'x')", limit + 1))],
        );
    }
    bad("pot_name", &allocate, &[("pot", "'both'")]);
    bad("amount_range", &receive, &[("amount_pence", "-1")]);
    bad(
        "amount_range",
        &receive,
        &[("amount_pence", "1000000000000")],
    );
    bad("vat_name", &spend, &[("vat", "'none'")]);
    for fingerprint in ["x''", "zeroblob(31)", "zeroblob(33)"] {
        bad(
            "fingerprint_form",
            &receive,
            &[("fingerprint", fingerprint)],
        );
    }
    bad("project_fits_kind", &receive, &[("project", "'P01'")]);
    bad("project_fits_kind", &progress, &[("project", "NULL")]);
    bad("project_fits_kind", &spend, &[("project", "NULL")]);
    bad("pot_fits_kind", &receive, &[("pot", "'upfront'")]);
    bad("pot_fits_kind", &allocate, &[("pot", "NULL")]);
    bad(
        "pot_fits_kind",
        &[("kind", "'return'"), ("amount_pence", "1")],
        &[],
    );
    bad(
        "pot_fits_kind",
        &[("kind", "'return'"), ("amount_pence", "1")],
        &[("pot", "'upfront'"), ("project", "'P01'")],
    );
    bad("amount_fits_kind", &receive, &[("amount_pence", "NULL")]);
    bad("amount_fits_kind", &progress, &[("amount_pence", "1")]);
    bad("amount_above_zero", &receive, &[("amount_pence", "0")]);
    bad("title_fits_kind", &receive, &[("title", "'T'")]);
    bad("title_fits_kind", &propose, &[("title", "NULL")]);
    bad("lead_fits_kind", &propose, &[("lead", "NULL")]);
    bad("supplier_fits_kind", &receive, &[("supplier", "'S'")]);
    bad(
        "reference_fits_kind",
        &[("kind", "'reverse'"), ("refers_to", "1"), ("note", "'N'")],
        &[("reference", "'1'")],
    );
    bad("refers_to_fits_kind", &receive, &[("refers_to", "1")]);
    bad("measure_fits_kind", &target, &[("measure", "NULL")]);
    bad("value_fits_kind", &target, &[("value", "NULL")]);
    bad("value_fits_kind", &spend, &[("value", "'typed'")]);
    bad("priorities_fit_kind", &receive, &[("priorities", "'PCP'")]);
    bad("vat_fits_kind", &spend, &[("vat", "NULL")]);
    bad("note_fits_kind", &progress, &[("note", "NULL")]);
    for (constraint, row) in [
        ("one_book", "2, 'P', 'F'"),
        ("partnership_length", "1, '', 'F'"),
        ("partnership_length", "1, printf('%.201c', 'x'), 'F'"),
        ("funder_length", "1, 'P', ''"),
    ] {
        all.push((constraint, format!("INSERT INTO book VALUES ({row})")));
    }
    for (constraint, row) in [
        ("scheme_length", "'', 'A', 'N', '2025/26', NULL"),
        ("code_form", "'S', 'A;B', 'N', '2025/26', NULL"),
        ("code_form", "'S', '', 'N', '2025/26', NULL"),
        ("name_length", "'S', 'A', '', '2025/26', NULL"),
        ("first_year_form", "'S', 'A', 'N', '2025', NULL"),
        ("last_year_form", "'S', 'A', 'N', '2025/26', '2026'"),
        ("years_in_order", "'S', 'A', 'N', '2025/26', '2024/25'"),
    ] {
        all.push((constraint, format!("INSERT INTO priority VALUES ({row})")));
    }
    all
}

#[test]
fn every_constraint_refuses_by_name() {
    let connection = scratch();
    for columns in [
        &[
            ("kind", "'allocate'"),
            ("pot", "'upfront'"),
            ("amount_pence", "1000"),
        ][..],
        &[
            ("kind", "'propose'"),
            ("project", "'P01'"),
            ("pot", "'upfront'"),
            ("amount_pence", "100"),
            ("title", "'T'"),
            ("lead", "'L'"),
        ],
        &[
            ("kind", "'approve'"),
            ("project", "'P01'"),
            ("amount_pence", "100"),
        ],
    ] {
        connection.execute_batch(&insert(columns)).unwrap();
    }
    let before = contents(&connection);
    let mut met = BTreeSet::new();
    for (constraint, sql) in bad_rows() {
        let message = connection
            .execute_batch(&sql)
            .err()
            .map(|error| error.to_string())
            .unwrap_or_default();
        assert_eq!(
            message,
            format!("CHECK constraint failed: {constraint}"),
            "{sql}"
        );
        met.insert(constraint);
    }
    assert_eq!(contents(&connection), before);
    let named: BTreeSet<&str> = SCHEMA
        .split("CONSTRAINT ")
        .skip(1)
        .filter_map(|rest| rest.split_whitespace().next())
        .collect();
    let expected: BTreeSet<&str> = named.difference(&BEHIND_TRIGGERS.into()).copied().collect();
    assert_eq!(met, expected);
}

/// Columns accept only values of their own type.
#[test]
fn no_column_takes_another_type() {
    let connection = scratch();
    for (column, value) in [
        ("amount_pence", "1.5"),
        ("amount_pence", "'ten'"),
        ("amount_pence", "x'00'"),
        ("note", "x'00'"),
        ("refers_to", "'first'"),
    ] {
        let sql = insert(&[
            ("kind", "'receive'"),
            ("amount_pence", "1"),
            (column, value),
        ]);
        let message = connection
            .execute_batch(&sql)
            .err()
            .map(|error| error.to_string())
            .unwrap_or_default();
        assert!(
            message.starts_with("cannot store "),
            "{column} = {value}: {message:?}"
        );
    }
}

// == The tables of Rust and of the file ==

#[test]
fn the_money_model_is_the_same_in_both() {
    let kept: BTreeSet<(String, String, String)> =
        rows(&scratch(), "SELECT kind, source, target FROM kind")
            .into_iter()
            .map(|row| {
                (
                    row["kind"].clone(),
                    row["source"].clone(),
                    row["target"].clone(),
                )
            })
            .collect();
    let end = |end: Option<crg::model::End>| end.map_or("NULL", crg::model::End::as_str).to_owned();
    let built = Kind::ALL.iter().map(|kind| {
        let arrow = kind.arrow();
        (
            kind.as_str().to_owned(),
            end(arrow.map(|arrow| arrow.from)),
            end(arrow.map(|arrow| arrow.to)),
        )
    });
    assert_eq!(kept, built.collect());
}

/// A column of the file that only some kinds have, and a value for it.
fn column_and_value(kind: Kind, column: Column) -> Option<(&'static str, &'static str)> {
    Some(match column {
        Column::On | Column::Year | Column::Kind | Column::By => return None,
        Column::Project => ("project", "'P01'"),
        Column::Pot => ("pot", "'upfront'"),
        Column::Amount => ("amount_pence", "100"),
        Column::Title => ("title", "'T'"),
        Column::Lead => ("lead", "'L'"),
        Column::Supplier => ("supplier", "'S'"),
        Column::Reference if is_entry(kind) => ("refers_to", "1"),
        Column::Reference => ("reference", "'R'"),
        Column::Measure => ("measure", "'awards'"),
        Column::Value if matches!(kind, Kind::Spend | Kind::Refund) => ("value", "'ledger'"),
        Column::Value => ("value", "'5'"),
        Column::Priorities => ("priorities", "'PCP'"),
        Column::Vat => ("vat", "'net'"),
        Column::Override => ("override_reason", "'O'"),
        Column::Note => ("note", "'N'"),
    })
}

/// Returns `true` if the reference of the kind is the number of one entry.
fn is_entry(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Explain | Kind::Reverse | Kind::Met | Kind::Document
    )
}

/// Returns `true` if the kind names either a pot or a project.
fn has_holder(kind: Kind) -> bool {
    matches!(kind, Kind::Return | Kind::Repay | Kind::Lapse)
}

/// Whether the file needs a column: as the kind does, except that an amount that a row may leave out
/// to be worked out is always in the file.
fn need_of_the_file(kind: Kind, column: Column) -> Need {
    match (kind, column) {
        (Kind::Withdraw | Kind::Release, Column::Amount)
        | (Kind::Spend | Kind::Refund, Column::Vat) => Need::Required,
        _ => kind.need(column),
    }
}

#[test]
fn each_kind_needs_the_same_columns_in_both() {
    let connection = scratch();
    // The triggers look at other rows; here a row is checked against its kind alone.
    for trigger in [
        "entry_insert",
        "entry_refers",
        "entry_spends",
        "entry_moves",
    ] {
        connection
            .execute_batch(&format!("DROP TRIGGER {trigger}"))
            .unwrap();
    }
    let mut tried = 0;
    for kind in Kind::ALL.iter().copied() {
        let columns: Vec<Column> = Column::ALL
            .iter()
            .copied()
            .filter(|column| column_and_value(kind, *column).is_some())
            .collect();
        let required: Vec<Column> = columns
            .iter()
            .copied()
            .filter(|column| need_of_the_file(kind, *column) == Need::Required)
            .collect();
        // Starting from the columns it needs, each column and each pair is added or left out.
        let mut choices: Vec<Vec<Column>> = vec![Vec::new()];
        choices.extend(columns.iter().map(|column| vec![*column]));
        choices.extend(columns.iter().flat_map(|one| {
            columns
                .iter()
                .filter(move |other| *other > one)
                .map(|other| vec![*one, *other])
        }));
        for toggled in choices {
            let filled: Vec<Column> = columns
                .iter()
                .copied()
                .filter(|column| required.contains(column) != toggled.contains(column))
                .collect();
            let mut fits = columns
                .iter()
                .all(|column| match need_of_the_file(kind, *column) {
                    Need::Required => filled.contains(column),
                    Need::Optional => true,
                    Need::Never => !filled.contains(column),
                });
            if has_holder(kind) {
                // One of the two.
                fits = fits && filled.contains(&Column::Pot) != filled.contains(&Column::Project);
            }
            let word = format!("'{kind}'");
            let values: Vec<_> = filled
                .iter()
                .filter_map(|column| column_and_value(kind, *column))
                .collect();
            let taken = connection
                .execute_batch(&insert(&[&[("kind", word.as_str())][..], &values].concat()));
            assert_eq!(taken.is_ok(), fits, "{kind} with {filled:?}: {taken:?}");
            tried += 1;
        }
        // The amount of nothing.
        if kind.need(Column::Amount) != Need::Never {
            let mut values: Vec<_> = required
                .iter()
                .filter_map(|column| column_and_value(kind, *column))
                .collect();
            let word = format!("'{kind}'");
            values.extend([("kind", word.as_str()), ("amount_pence", "0")]);
            if has_holder(kind) {
                values.push(("pot", "'upfront'"));
            }
            assert_eq!(
                connection.execute_batch(&insert(&values)).is_ok(),
                kind.may_be_zero(),
                "{kind} of £0.00"
            );
        }
    }
    assert_eq!(tried, Kind::ALL.len() * (1 + 13 + 78));
}

/// The file and the program have the same limits on lengths.
#[test]
fn each_column_has_the_same_limit_in_both() {
    for column in Column::ALL {
        let name = match column {
            Column::By => "recorded_by",
            Column::Override => "override",
            other => other.as_str(),
        };
        let message = SCHEMA
            .split(&format!("CONSTRAINT {name}_length CHECK"))
            .nth(1)
            .and_then(|rest| rest.split("BETWEEN 1 AND ").nth(1));
        let Some(message) = message else { continue };
        let limit: usize = message
            .chars()
            .take_while(char::is_ascii_digit)
            .collect::<String>()
            .parse()
            .unwrap();
        assert_eq!(limit, column.max_chars(), "{column}");
    }
}

// == Changes behind the file's back ==

/// Changes a book with its triggers removed, and puts them back as they were.
fn tamper(path: &Path, sql: &str) {
    let connection = Connection::open(path).unwrap();
    connection
        .execute_batch("PRAGMA synchronous = OFF; BEGIN")
        .unwrap();
    let triggers: Vec<_> = rows(
        &connection,
        "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'",
    );
    for trigger in &triggers {
        connection
            .execute_batch(&format!("DROP TRIGGER {}", trigger["name"]))
            .unwrap();
    }
    connection
        .execute_batch(sql)
        .unwrap_or_else(|error| panic!("{sql}: {error}"));
    for trigger in &triggers {
        connection.execute_batch(&trigger["sql"]).unwrap();
    }
    connection.execute_batch("COMMIT").unwrap();
}

/// Returns `true` if the row names the entry.
fn is_of(row: &CheckRow, entry: EntryNumber) -> bool {
    row.detail.starts_with(&format!("entry {entry}: "))
        || row
            .detail
            .starts_with(&format!("entry {entry} cannot be read: "))
}

#[test]
fn a_changed_value_is_found_and_its_entry_named() {
    let (folder, path) = kent_book();
    let connection = Connection::open(&path).unwrap();
    let first = |filter: &str| -> EntryNumber {
        EntryNumber(
            connection
                .query_row(
                    &format!("SELECT min(number) FROM entry WHERE {filter}"),
                    [],
                    |row| row.get(0),
                )
                .unwrap(),
        )
    };
    let changes = [
        ("kind = 'spend'", "amount_pence = amount_pence - 1"),
        ("kind = 'spend'", "vat = 'gross'"),
        ("kind = 'spend'", "supplier = 'A friend'"),
        ("kind = 'spend'", "reference = 'INV-1'"),
        ("kind = 'spend'", "on_date = '2026-03-30'"),
        ("kind = 'spend'", "recorded_by = 'Nobody'"),
        ("kind = 'spend'", "override_reason = 'Agreed'"),
        ("kind = 'propose'", "title = title || '!'"),
        ("kind = 'propose'", "lead = 'Another'"),
        ("kind = 'propose'", "priorities = NULL"),
        ("kind = 'outcome'", "value = '146'"),
        ("kind = 'outcome'", "measure = 'tickets'"),
        ("kind = 'published'", "amount_pence = amount_pence + 46"),
        ("kind = 'explain'", "refers_to = refers_to - 1"),
        ("kind = 'progress'", "note = note || ' '"),
        ("kind = 'progress'", "note = char(10) || note"),
        (
            "kind = 'progress'",
            "note = replace(note, ' ', char(13) || char(10))",
        ),
        (
            "kind = 'propose'",
            "priorities = replace(priorities, ';', '; ')",
        ),
        ("kind = 'outcome'", "value = value || '.0'"),
        ("kind = 'outcome'", "value = '0' || value"),
        ("kind = 'progress'", "note = replace(note, 'The', 'the')"),
        ("kind = 'confirm'", "kind = 'close'"),
        (
            "kind = 'receive' OR number = 5",
            "fingerprint = zeroblob(32)",
        ),
        ("number = 7", "recorded = '2026-04-01T00:00:00.000Z'"),
        ("number = 1", "recorded = '2026-04-01T00:00:00.000Z'"),
    ];
    let mut missed = Vec::new();
    for (index, (filter, change)) in changes.into_iter().enumerate() {
        let entry = first(filter);
        let copy = folder.join(&format!("{index}.db"));
        fs::copy(&path, &copy).unwrap();
        tamper(
            &copy,
            &format!("UPDATE entry SET {change} WHERE number = {entry}"),
        );
        let found = faults(&copy);
        let named = found
            .iter()
            .any(|row| row.check == "chain" && is_of(row, entry));
        if !named {
            missed.push(format!("{change} of entry {entry}: {found:?}"));
        }
    }
    assert!(missed.is_empty(), "not found:\n{}", missed.join("\n"));
}

#[test]
fn a_changed_byte_of_the_file_is_found_and_its_entry_named() {
    let (_folder, path) = kent_book();
    let text = b"The whole programme of five sessions";
    let entry: u32 = Connection::open(&path)
        .unwrap()
        .query_row(
            "SELECT number FROM entry WHERE instr(note, ?1) > 0",
            [std::str::from_utf8(text).unwrap()],
            |row| row.get(0),
        )
        .unwrap();
    let mut bytes = fs::read(&path).unwrap();
    let at = bytes
        .windows(text.len())
        .position(|window| window == text)
        .unwrap();
    bytes[at + 4] ^= 0x20;
    fs::write(&path, bytes).unwrap();
    let found = faults(&path);
    assert!(
        found.len() == 1
            && found[0].check == "chain"
            && found[0].detail.starts_with(&format!("entry {entry}: ")),
        "{found:?}"
    );
}

#[test]
fn removed_and_invented_entries_are_found() {
    let mut missed = Vec::new();
    for (sql, check, detail) in [
        (
            "DELETE FROM entry WHERE number = 10",
            "chain",
            "entry 11: follows entry 9: numbers have no gaps",
        ),
        (
            "UPDATE entry SET number = 1000 WHERE number = (SELECT max(number) FROM entry)",
            "chain",
            "entry 1000: follows entry ",
        ),
        (
            "UPDATE book SET partnership = 'Another'",
            "chain",
            "entry 1: has fingerprint ",
        ),
        (
            "UPDATE balance SET pence = pence + 1 WHERE year = '2025/26' AND account = 'P05'",
            "balances",
            "project P05 of 2025/26: the file keeps £696.01",
        ),
        (
            "UPDATE balance SET spent_pence = 0 WHERE year = '2025/26' AND account = 'P05'",
            "balances",
            "project P05 of 2025/26: the file keeps £696.00",
        ),
        (
            "DELETE FROM balance WHERE year = '2025/26' AND account = 'P05'",
            "balances",
            "project P05 of 2025/26",
        ),
        (
            "DELETE FROM balance WHERE year = '2026/27'",
            "balances",
            "the upfront pot of 2026/27",
        ),
        (
            "INSERT INTO balance VALUES ('2025/26', 'P99', 'upfront', 5, 0, 0, 0)",
            "balances",
            "project P99 of 2025/26: the file keeps £0.05",
        ),
        (
            "INSERT INTO balance VALUES ('2031/32', 'upfront', 'upfront', 5, 0, 0, 0)",
            "balances",
            "the upfront pot of 2031/32",
        ),
        (
            "UPDATE balance SET pot = 'upfront' WHERE year = '2025/26' AND account = 'P09'",
            "balances",
            "project P09 of 2025/26",
        ),
        (
            "UPDATE kind SET target = 'pot' WHERE kind = 'return'",
            "kinds",
            "return does not move money as it should",
        ),
    ] {
        let (_folder, path) = kent_book();
        tamper(&path, sql);
        let found = faults(&path);
        if !found
            .iter()
            .any(|row| row.check == check && row.detail.starts_with(detail))
        {
            missed.push(format!("{sql}: {found:?}"));
        }
    }
    assert!(missed.is_empty(), "not found:\n{}", missed.join("\n"));
}
