//! Texts of the file that would move a terminal's cursor, colour it, or turn the order of what it
//! shows.

use std::fs;

use rusqlite::Connection;

use super::{Said, Target, crg_in};
use crate::files::TempFolder;

const ESCAPES: &str = "CRG\u{1b}[2J\u{1b}]0;owned\u{7}";

/// Nothing that a terminal obeys, or that changes the order in which it shows text.
fn is_plain(said: &Said) {
    for text in [&said.out, &said.err] {
        let acts = |c: char| c.is_control() && !"\r\n".contains(c);
        assert!(!text.chars().any(acts), "{text:?}");
        assert!(!text.contains(crg::model::is_invisible), "{text:?}");
    }
}

/// An empty book whose table of priorities has these rows.
fn book_with(priorities: &[[&str; 5]]) -> TempFolder {
    let folder = TempFolder::new();
    assert!(crg_in(folder.path(), &["init"]).status.success());
    let connection = Connection::open(folder.join("crg.db")).unwrap();
    for row in priorities {
        let sql = "INSERT INTO priority VALUES (?1, ?2, ?3, ?4, nullif(?5, ''))";
        connection.execute(sql, row).unwrap();
    }
    folder
}

#[test]
fn a_priority_does_nothing_to_a_terminal() {
    let hostile = [
        [ESCAPES, "C", "n", "2025/26", ""],
        ["Plan", "C\u{1b}[31m", "n", "2025/26", ""],
        ["Plan", "C", "n\u{1b}[8m\n=1", "2025/26", ""],
        ["Plan", "C", "a\u{9b}2Jb", "2025/26", ""],
        ["Plan", "\u{202e}C", "n", "2025/26", ""],
    ];
    for row in hostile {
        let folder = book_with(&[row]);
        for format in ["table", "csv", "json", "md", "html"] {
            let said: Said = crg_in(folder.path(), &["check", "--format", format]).into();
            assert_eq!(said.exit, Some(1), "{row:?}: {said:?}");
            is_plain(&said);
        }
        for arguments in [
            &["priority", "list", "2025/26"][..],
            &["report", "priorities", "2025/26"],
            &["dump", "out"],
            &["backup"],
        ] {
            is_plain(&crg_in(folder.path(), arguments).into());
        }
    }
}

#[test]
fn a_name_of_the_book_does_nothing_to_a_terminal() {
    for name in [ESCAPES, " Kent", "\u{9b}31mKent", ""] {
        let target = Target::new();
        let connection = crate::tamper::loose(&target.book);
        let sql = "UPDATE book SET partnership = ?1";
        connection.execute(sql, [name]).unwrap();
        drop(connection);
        for arguments in [&["check"][..], &["status"], &["dump", "out"], &["backup"]] {
            let said = target.crg(arguments);
            assert!(matches!(said.exit, Some(1 | 4)), "{name:?}: {said:?}");
            is_plain(&said);
        }
    }
}

#[test]
fn a_name_of_an_object_does_nothing_to_a_terminal() {
    for name in [ESCAPES, "v\u{202e}w", "v\u{9b}2J"] {
        let target = Target::new();
        target.sql(&format!("CREATE VIEW \"{name}\" AS SELECT 1"));
        for errors in ["text", "json"] {
            let said = target.crg(&["status", "--errors", errors]);
            assert_eq!(said.exit, Some(4), "{said:?}");
            assert!(said.err.contains("U+"), "{said:?}");
            is_plain(&said);
        }
    }
}

#[test]
fn the_note_of_a_writer_does_nothing_to_a_terminal() {
    let target = Target::new();
    let note = format!("{ESCAPES} \u{202e}nobody (process 1), writing since today\n");
    fs::write(target.folder.join("crg.db.writer"), note).unwrap();
    let holder = Connection::open(&target.book).unwrap();
    holder.execute_batch("BEGIN IMMEDIATE").unwrap();
    let said = target.receive();
    assert_eq!(said.exit, Some(5), "{said:?}");
    assert!(said.err.contains("nobody"), "{said:?}");
    is_plain(&said);
}

/// Rows that the file takes and that no folder may have: if `check` passes, the dump can be loaded.
#[test]
fn a_book_on_which_check_passes_can_be_dumped_and_loaded() {
    let rows: [&[[&str; 5]]; 9] = [
        &[],
        &[
            ["Plan", "A", "n", "2025/26", ""],
            ["Other", "A", "n", "2025/26", ""],
        ],
        &[["Plan", "a", "n", "2025/26", ""]],
        &[["Plan", "-A", "n", "2025/26", ""]],
        &[["Plan", "A", "n ", "2025/26", ""]],
        &[[" ", "A", "n", "2025/26", ""]],
        &[["Plan", "A", "n", "2025/27", ""]],
        &[["Plan", "A", "n\0", "2025/26", ""]],
        &[["'=Plan", "A", "=1+1", "2025/26", "2026/27"]],
    ];
    let mut refused = 0;
    for priorities in rows {
        let folder = book_with(priorities);
        let check = crg_in(folder.path(), &["check"]);
        if !check.status.success() {
            refused += 1;
            continue;
        }
        let dump = crg_in(folder.path(), &["dump", "out"]);
        let load = crg_in(folder.path(), &["--db", "new.db", "load", "out"]);
        let both = dump.status.success() && load.status.success();
        assert!(both, "{priorities:?}: {load:?}");
    }
    assert_eq!(refused, 7, "the first and the last are good");
}
