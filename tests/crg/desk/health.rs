//! The health of the book at the desk: it is checked, and safety copies are made and listed.

use std::fs;

use super::browser::{Browser, said};
use crate::files::{TempFolder, small_book};
use crate::tamper::tampered;

fn desk() -> (TempFolder, Browser) {
    let folder = TempFolder::new();
    small_book(&folder.join("crg.db"));
    let browser = Browser::open(&folder, &[]);
    (folder, browser)
}

fn press(browser: &Browser, page: &super::browser::Reply) -> super::browser::Reply {
    let hidden = page.hidden();
    let pairs = hidden
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()));
    browser.post("/health", &pairs.collect::<Vec<_>>())
}

#[test]
fn a_safety_copy_is_made_beside_the_book_and_listed() {
    let (folder, browser) = desk();
    let page = browser.get("/health");
    assert!(page.text().contains("There is none."), "{}", page.text());
    let name = "crg-20260511-093000.db";
    let made = press(&browser, &page);
    let address = format!("/health?made={name}");
    assert_eq!(made.header("location"), Some(address.as_str()));
    let page = browser.get(&address);
    assert!(
        page.text()
            .contains(&format!("The safety copy {name} is made")),
        "{}",
        page.text()
    );
    let row = &page.texts("tbody tr").pop().unwrap();
    assert!(row.starts_with(&format!("{name} All ")), "{row}");
    said(&folder, &["check", name]);
    // The book has gone on.
    said(&folder, &["year", "receive", "2026/27", "1,000"]);
    let row = browser.get("/health").texts("tbody tr").pop().unwrap();
    assert!(row.starts_with(&format!("{name} Entries 1 to ")), "{row}");
}

#[test]
fn no_name_of_a_copy_is_taken_from_a_request() {
    let (folder, browser) = desk();
    let before = folder.snapshot();
    // A form without its token makes nothing.
    let reply = browser.post("/health", &[("name", "../x.db"), ("made", "x")]);
    assert!(
        reply.text().contains("No copy was made"),
        "{}",
        reply.text()
    );
    assert_eq!(folder.snapshot(), before);
    let page = browser.get("/health?made=../../x.db");
    assert!(!page.text().contains("x.db"), "{}", page.text());
}

#[test]
fn a_book_beside_that_is_no_copy_is_not_called_one() {
    let (folder, browser) = desk();
    fs::write(folder.join("crg-notes.db"), "x").unwrap();
    fs::write(folder.join("crg-20260101-000000.db"), "x").unwrap();
    let rows = browser.get("/health").texts("tbody tr").join("\n");
    assert!(!rows.contains("crg-notes.db"), "{rows}");
    assert!(
        rows.contains("crg-20260101-000000.db It cannot be read"),
        "{rows}"
    );
}

#[test]
fn a_desk_that_is_read_only_makes_no_copy() {
    let folder = TempFolder::new();
    small_book(&folder.join("crg.db"));
    let browser = Browser::open(&folder, &["--read-only"]);
    let page = browser.get("/health");
    assert!(
        page.attributes("form[action='/health']", "method")
            .is_empty()
    );
    assert_eq!(press(&browser, &page).status, 403);
}

#[test]
fn what_was_found_stands_first_and_the_rest_is_folded() {
    let (folder, browser) = desk();
    said(&folder, &["year", "confirm", "2026/27"]);
    let checks = |page: &super::browser::Reply| page.texts("main details li");
    let page = browser.get("/health");
    let words = page.text();
    let in_order = "The book is in order: no faults and no warnings.";
    assert!(words.contains(in_order), "{words}");
    let sound = checks(&page);
    assert!(sound.len() > 20, "{sound:?}");
    // A deadline passes.
    let due = [
        "due",
        "add",
        "2026/27",
        "2026-05-01",
        "Return",
        "--on",
        "2026-04-20",
    ];
    said(&folder, &due);
    let page = browser.get("/health");
    let words = page.text();
    let in_order = "The book is in order: no faults. Please look at the warnings.";
    assert!(words.contains(in_order), "{words}");
    let found = page.texts("main .scroller tbody tr").join("\n");
    assert!(found.contains("due warning"), "{found}");
    assert!(!found.contains(" ok "), "{found}");
    let passed = checks(&page);
    assert_eq!(passed.len() + 1, sound.len(), "{passed:?}");
    let summary = page.texts("main summary").join("");
    assert!(summary.contains(&passed.len().to_string()), "{summary}");
}

#[test]
fn a_book_with_a_fault_is_not_in_order() {
    let (folder, browser) = desk();
    tampered(
        &folder.join("crg.db"),
        "UPDATE balance SET pence = pence + 1 WHERE account = 'upfront'",
    );
    let words = browser.get("/health").text();
    let wrong = "The book is not in order. Please look at the faults.";
    assert!(words.contains(wrong), "{words}");
}
