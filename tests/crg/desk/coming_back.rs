//! Back and Reload: what was typed and what was answered is found again, and nothing is sent again.

use super::browser::{Browser, Reply, encoded, said};
use super::recording::RECEIPT;
use crate::files::{TempFolder, small_book};

fn desk() -> (TempFolder, Browser) {
    let folder = TempFolder::new();
    small_book(&folder.join("crg.db"));
    let browser = Browser::open(&folder, &[]);
    (folder, browser)
}

fn entries(folder: &TempFolder) -> usize {
    said(folder, &["log", "--format", "csv"]).lines().count() - 1
}

/// Asks for a page as a browser does, which goes where it is sent.
fn open(browser: &Browser, address: &str) -> (String, Reply) {
    go(
        browser,
        browser.send("GET", address, &browser.headers(), ""),
    )
}

/// Sends the form of a page, with what is typed into it.
fn send(browser: &Browser, path: &str, page: &Reply, typed: &[(&str, &str)]) -> (String, Reply) {
    let hidden = page.hidden();
    let hidden = hidden
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()));
    let pairs: Vec<(&str, &str)> = hidden
        .filter(|(name, _)| !typed.iter().any(|(known, _)| known == name))
        .chain(typed.iter().copied())
        .collect();
    let mut headers = browser.headers();
    headers.push(("Origin".into(), browser.origin()));
    go(
        browser,
        browser.send("POST", path, &headers, &encoded(&pairs)),
    )
}

/// Where a reply leads to, and what is there.
fn go(browser: &Browser, reply: Reply) -> (String, Reply) {
    let address = reply
        .header("location")
        .expect("it leads somewhere")
        .to_owned();
    let page = browser.send("GET", &address, &browser.headers(), "");
    assert_ne!(
        page.status,
        303,
        "{address} leads to {:?}",
        page.header("location")
    );
    (address, page)
}

const CHECK: (&str, &str) = ("step", "check");
const RECORD: (&str, &str) = ("step", "record");

#[test]
fn back_leads_to_the_filled_form_and_records_nothing_twice() {
    let (folder, browser) = desk();
    let before = entries(&folder);
    let (empty, form) = open(&browser, "/enter?kind=receive&year=2026/27");
    let typed = [&RECEIPT[1..], &[CHECK]].concat();
    let (checked, preview) = send(&browser, "/enter", &form, &typed);
    assert!(preview.text().contains("£1,000.00"), "{}", preview.text());

    let filled = browser.get(&empty);
    assert_eq!(filled.status, 200);
    assert_eq!(filled.attributes("#field-amount", "value"), ["1,000"]);
    assert_eq!(filled.attributes("#field-reference", "value"), ["BACS 1"]);
    // Another form for the same is empty.
    let (_, other) = open(&browser, "/enter?kind=receive&year=2026/27");
    assert_eq!(other.attributes("#field-amount", "value"), [""]);

    let again = browser.get(&checked);
    assert_eq!(
        again.body, preview.body,
        "Forward and Reload show the same page"
    );
    let (recorded, _) = send(&browser, "/enter", &preview, &[RECORD]);
    let (twice, _) = send(&browser, "/enter", &browser.get(&checked), &[RECORD]);
    assert_eq!(recorded, twice);
    assert_eq!(entries(&folder), before + 1);
}

#[test]
fn back_from_a_refusal_and_from_its_correction_keeps_what_was_typed() {
    let (_folder, browser) = desk();
    let (empty, form) = open(&browser, "/enter?kind=receive&year=2026/27");
    let wrong = [
        &RECEIPT[1..3],
        &[("amount", "a lot"), ("note", "Care"), CHECK],
    ]
    .concat();
    let (refused, problem) = send(&browser, "/enter", &form, &wrong);
    assert_eq!(problem.status, 422);
    assert_eq!(browser.get(&refused).body, problem.body);
    let right = [&RECEIPT[1..], &[("note", "Care"), CHECK]].concat();
    let (_, preview) = send(&browser, "/enter", &problem, &right);
    assert_eq!(preview.status, 200, "{}", preview.text());
    for (address, amount) in [(&refused, "1,000"), (&empty, "a lot")] {
        let filled = browser.get(address);
        assert_eq!(filled.status, 200);
        assert_eq!(filled.attributes("#field-amount", "value"), [amount]);
        assert_eq!(filled.texts("#field-note"), ["Care"]);
    }
}

#[test]
fn what_somebody_else_would_record_is_checked_again() {
    let (folder, browser) = desk();
    let before = entries(&folder);
    let preview = browser.check("/enter", &RECEIPT);
    browser.post("/who", &[("by", "Finance team")]);
    let again = browser.press_record("/enter", &preview);
    assert_eq!(entries(&folder), before);
    assert!(
        again.text().contains("recorded by Finance team"),
        "{}",
        again.text()
    );
    let notice = again.texts(".notice[role=alert]").join(" ");
    assert!(
        notice.contains("Who records has changed since you looked: it was KCST"),
        "{notice}"
    );
    assert!(!notice.contains("The book has changed"), "{notice}");
    assert_eq!(browser.press_record("/enter", &again).status, 303);
}

#[test]
fn a_check_names_all_that_has_changed() {
    let (folder, browser) = desk();
    let preview = browser.check("/enter", &RECEIPT);
    browser.post("/who", &[("by", "Finance team")]);
    let receipt = ["year", "receive", "2026/27", "7", "--reference", "BACS 7"];
    said(&folder, &receipt);
    let again = browser.press_record("/enter", &preview);
    let notice = again.texts(".notice[role=alert]").join(" ");
    for words in [
        "Who records has changed since you looked: it was KCST , and is now Finance team .",
        "The book has changed since you looked",
        "was recorded meanwhile",
    ] {
        assert!(notice.contains(words), "{words} in {notice}");
    }
}

#[test]
fn a_change_of_who_records_leads_back_to_the_page() {
    let (folder, browser) = desk();
    let before = entries(&folder);
    let (_, form) = open(&browser, "/enter?kind=receive&year=2026/27");
    let typed = [&RECEIPT[1..], &[CHECK]].concat();
    let (_, preview) = send(&browser, "/enter", &form, &typed);
    let change = |page: &Reply, by: &str| {
        let link = page.attributes(".who a", "href").remove(0);
        let (_, who) = open(&browser, &link);
        send(&browser, "/who", &who, &[("by", by)]).1
    };
    let back = change(&preview, "Finance team");
    assert_eq!(back.text(), preview.text());
    let (_, again) = send(&browser, "/enter", &back, &[RECORD]);
    let (recorded, _) = send(&browser, "/enter", &again, &[RECORD]);
    assert_eq!(entries(&folder), before + 1);
    // What was recorded is not recorded again under another name.
    let back = change(&again, "Audit team");
    let (twice, _) = send(&browser, "/enter", &back, &[RECORD]);
    assert_eq!(recorded, twice);
    assert_eq!(entries(&folder), before + 1);
}

#[test]
fn a_page_that_is_forgotten_says_so() {
    let (_folder, browser) = desk();
    let (checked, _) = send(
        &browser,
        "/enter",
        &browser.get("/enter?kind=receive"),
        &RECEIPT,
    );
    assert_eq!(browser.get(&checked).status, 200);
    let note = "x".repeat(60 * 1024);
    for _ in 0..40 {
        browser.check("/enter", &[&RECEIPT[..], &[("note", &note)]].concat());
    }
    let page = browser.get(&checked);
    assert_eq!(page.status, 422);
    assert!(
        page.text().contains("please begin it again"),
        "{}",
        page.text()
    );
}
