//! The book replaced, removed or locked between the check of a form and its record.

use std::fs;

use rusqlite::Connection;

use super::browser::{Browser, Reply, said};
use super::recording::RECEIPT;
use crate::files::{TempFolder, small_book};

/// A desk that has shown what it would record.
fn checked() -> (TempFolder, Browser, Reply) {
    let folder = TempFolder::new();
    small_book(&folder.join("crg.db"));
    let browser = Browser::open(&folder, &[]);
    let preview = browser.check("/enter", &RECEIPT);
    assert_eq!(preview.status, 200, "{}", preview.text());
    (folder, browser, preview)
}

/// Presses the button, which must record nothing, and returns what the page says.
fn refused(folder: &TempFolder, browser: &Browser, preview: &Reply) -> Reply {
    let before = folder.snapshot();
    let reply = browser.press_record("/enter", preview);
    assert_eq!(folder.snapshot(), before, "{}", reply.text());
    assert!(
        [200, 422, 500, 503].contains(&reply.status),
        "{}",
        reply.head
    );
    assert!(!reply.text().contains("panicked"), "{}", reply.text());
    reply
}

#[test]
fn a_book_that_is_replaced_by_another_gets_nothing_that_was_checked_against_the_first() {
    let (folder, browser, preview) = checked();
    let other = TempFolder::new();
    said(&other, &["init", "--partnership", "Other"]);
    said(
        &other,
        &[
            "year",
            "open",
            "2026/27",
            "--upfront",
            "9,000",
            "--on",
            "2026-05-01",
        ],
    );
    fs::copy(other.join("crg.db"), folder.join("crg.db")).unwrap();
    let page = refused(&folder, &browser, &preview);
    assert!(
        page.text()
            .contains("The book has changed since you looked"),
        "{}",
        page.text()
    );
    // What is now shown was checked against the other, and can be recorded in it.
    assert_eq!(browser.press_record("/enter", &page).status, 303);
}

#[test]
fn a_book_that_is_replaced_by_no_book_is_left_alone() {
    let (folder, browser, preview) = checked();
    let book = fs::read(folder.join("crg.db")).unwrap();
    fs::write(folder.join("crg.db"), "Dear Sir,\n".repeat(100)).unwrap();
    let page = refused(&folder, &browser, &preview);
    assert!(page.text().contains("is not a book"), "{}", page.text());
    assert_eq!(browser.get("/").status, page.status);
    fs::write(folder.join("crg.db"), book).unwrap();
    assert_eq!(browser.press_record("/enter", &preview).status, 303);
}

#[test]
fn a_book_that_is_removed_is_missed_and_not_made() {
    let (folder, browser, preview) = checked();
    fs::rename(folder.join("crg.db"), folder.join("away")).unwrap();
    let page = refused(&folder, &browser, &preview);
    assert!(page.text().contains("crg.db"), "{}", page.text());
    assert!(!folder.join("crg.db").exists());
    assert_ne!(browser.get("/").status, 200);
    fs::rename(folder.join("away"), folder.join("crg.db")).unwrap();
    assert_eq!(browser.press_record("/enter", &preview).status, 303);
}

#[test]
fn a_book_that_others_hold_is_waited_for_and_then_said_to_be_busy() {
    let (folder, browser, preview) = checked();
    let holder = Connection::open(folder.join("crg.db")).unwrap();
    holder.execute_batch("BEGIN IMMEDIATE").unwrap();
    let page = browser.press_record("/enter", &preview);
    assert_ne!(page.status, 303);
    let words = page.text();
    assert!(words.contains("is held by another program"), "{words}");
    assert!(words.contains("Nothing was recorded"), "{words}");
    // It can still be read.
    assert_eq!(browser.get("/").status, 200);
    holder.execute_batch("ROLLBACK").unwrap();
    assert_eq!(browser.press_record("/enter", &preview).status, 303);
}
