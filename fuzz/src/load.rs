//! Loads bytes as `entries.csv` into a new book. A refused file leaves no book. A loaded one gives
//! a book that passes every check, holds what the file said, and keeps its fingerprints when it is
//! dumped and loaded again.

use std::collections::BTreeMap;
use std::fs;
use std::io::Cursor;
use std::path::Path;

use crg::Access;
use crg::Error;
use crg::book::{Book, Commit, load};
use crg::import::{Folder, Rows};
use crg::model::{Date, Money};
use crg::report::Finding;

use crate::scratch::Scratch;

pub(crate) fn run(bytes: &[u8]) {
    let folder = Scratch::new();
    folder.put("entries.csv", bytes);
    let book = folder.join("book.db");
    let tried = loaded(folder.path(), &book, Commit::DryRun);
    assert_eq!(folder.names(), ["entries.csv"], "a dry run leaves no file");
    let found = loaded(folder.path(), &book, Commit::Keep);
    assert_eq!(tried, found, "a dry run and a load give the same answer");
    match found {
        Err(why) => {
            assert!(!why.is_empty());
            assert_eq!(
                folder.names(),
                ["entries.csv"],
                "a refused file leaves no book"
            );
        }
        Ok(entries) => check_loaded(&folder, bytes, entries),
    }
}

/// The number of entries loaded, or the reason for the refusal.
fn loaded(folder: &Path, book: &Path, commit: Commit) -> Result<u64, String> {
    let now = "2026-05-11T09:30:00Z".parse().expect("a moment");
    let describe = |error: Error| {
        assert!(
            matches!(error, Error::Input(_) | Error::RefusedRow { .. }),
            "{error:?}"
        );
        error.to_string()
    };
    load(book, Folder::At(folder), "KCST", now, commit)
        .map(|loaded| loaded.entries)
        .map_err(describe)
}

fn check_loaded(folder: &Scratch, bytes: &[u8], entries: u64) {
    let book = Book::open(&folder.join("book.db"), Access::Read).expect("a book just loaded");
    let check = book.check();
    assert!(check.worst() < Finding::Fault, "{:?}", check.rows);
    let dump = folder.join("dump");
    assert_eq!(book.dump(&dump).expect("a dump"), entries);
    let (given, dumped) = (
        rows(bytes),
        rows(&fs::read(dump.join("entries.csv")).expect("a dump has entries")),
    );
    assert_eq!(
        (u64::try_from(given.len()), given.len()),
        (Ok(entries), dumped.len())
    );
    for (given, dumped) in given.iter().zip(&dumped) {
        keeps_every_cell(given, dumped);
    }
    let copy = folder.join("copy.db");
    assert_eq!(loaded(&dump, &copy, Commit::Keep), Ok(entries));
    let copy = Book::open(&copy, Access::Read).expect("a book just loaded");
    assert_eq!(copy.head().expect("a head"), book.head().expect("a head"));
    let again = folder.join("again");
    copy.dump(&again).expect("a dump");
    for name in ["entries.csv", "record.csv", "book.csv", "priorities.csv"] {
        assert!(
            fs::read(dump.join(name)).ok() == fs::read(again.join(name)).ok(),
            "{name} of the second dump differs"
        );
    }
}

/// The rows of a file below its header, by column name.
fn rows(bytes: &[u8]) -> Vec<BTreeMap<String, String>> {
    let mut rows = Rows::new(Box::new(Cursor::new(bytes.to_vec())));
    let mut header = Vec::new();
    let mut found = Vec::new();
    while rows.read().expect("the file was loaded") {
        let cells: Vec<String> = rows
            .cells()
            .iter()
            .map(|cell| String::from_utf8_lossy(cell).trim().to_owned())
            .collect();
        match header.is_empty() {
            true => {
                header = cells
                    .iter()
                    .map(|name| name.trim_start_matches('\u{feff}').trim().to_owned())
                    .collect()
            }
            false => found.push(header.iter().cloned().zip(cells).collect()),
        }
    }
    found
}

/// No text of a row is lost. A value with a grammar may be spelled differently, and an empty cell
/// may be filled in.
fn keeps_every_cell(given: &BTreeMap<String, String>, dumped: &BTreeMap<String, String>) {
    for (column, text) in given.iter().filter(|(_, text)| !text.is_empty()) {
        let kept = &dumped[column];
        let same = match column.as_str() {
            "amount" => {
                text.trim_start_matches('\'').parse::<Money>().ok() == kept.parse::<Money>().ok()
            }
            "on" => text.parse::<Date>().map(|day| day.to_string()).as_ref() == Ok(kept),
            "project" => text.to_ascii_uppercase() == *kept,
            "kind" | "pot" | "vat" => text == kept,
            "title" | "lead" | "supplier" | "note" | "override" | "by" => {
                letters(text) == letters(kept)
            }
            _ => !kept.is_empty(),
        };
        assert!(same, "{column}: {text:?} became {kept:?}");
    }
}

/// A text without the spaces, line ends and quotes that a file may add.
fn letters(text: &str) -> String {
    text.trim_start_matches('\'')
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect()
}
