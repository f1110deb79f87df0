//! What is recorded with forms of its own: opening a year, returning what is left, putting right,
//! issuing; and the files of reports.

use super::browser::{Browser, said};
use crate::files::TempFolder;

fn kent() -> (TempFolder, Browser) {
    let folder = TempFolder::new();
    let fixture = format!("{}/fixtures/kent", env!("CARGO_MANIFEST_DIR"));
    said(&folder, &["load", &fixture]);
    let browser = Browser::open(&folder, &[]);
    (folder, browser)
}

fn last(folder: &TempFolder, count: &str) -> String {
    said(folder, &["log", "--last", count, "--format", "csv"])
}

#[test]
fn a_priority_begins_as_on_the_command_line() {
    let (folder, browser) = kent();
    let typed = [
        ("measure", "Police and Crime Plan"),
        ("priorities", "CRG-VEHICLE"),
        ("title", "Vehicle crime"),
        ("year", "2026/27"),
        ("on", "today"),
    ];
    let done = browser.record("/priority", &typed);
    assert_eq!(done.status, 303);
    let (other, _) = kent();
    let words = ["priority", "add", "2026/27", "CRG-VEHICLE", "Vehicle crime"];
    let scheme = ["--scheme", "Police and Crime Plan"];
    said(&other, &[&words[..], &scheme].concat());
    assert_eq!(last(&folder, "1"), last(&other, "1"));
    let propose = browser.get("/enter?kind=propose&year=2026/27");
    assert!(propose.text().contains("Vehicle crime (CRG-VEHICLE"));
    // It begins once.
    assert_eq!(browser.check("/priority", &typed).status, 422);
}

#[test]
fn a_year_that_is_not_open_does_not_follow_to_other_screens() {
    let (_folder, browser) = kent();
    let ways = |address: &str| browser.get(address).attributes("nav a", "href");
    assert!(ways("/year?year=2026/27").contains(&"/spend?year=2026%2F27".to_owned()));
    assert!(ways("/open?year=2027/28").contains(&"/spend".to_owned()));
}

#[test]
fn a_year_is_opened_and_its_deadlines_are_suggested() {
    let folder = TempFolder::new();
    said(&folder, &["init", "--partnership", "Example"]);
    let browser = Browser::open(&folder, &[]);
    let typed = [
        ("year", "2026/27"),
        ("upfront", "26,500"),
        ("tactical", "13,100"),
        ("on", "today"),
        ("reference", "OPCC letter"),
    ];
    let done = browser.record("/open", &typed);
    let page = browser.get(done.header("location").unwrap());
    let links = page.attributes("main a", "href");
    let deadlines = links
        .iter()
        .filter(|link| link.starts_with("/enter?kind=due"));
    assert_eq!(deadlines.count(), 4, "{links:?}");
    assert!(
        last(&folder, "2").contains("allocate"),
        "{}",
        last(&folder, "2")
    );
    assert!(
        links.iter().any(|link| link.starts_with("/priority?")),
        "{links:?}"
    );
    // A year is opened once.
    assert_eq!(browser.check("/open", &typed).status, 422);
    assert_eq!(
        browser
            .check("/open", &[("year", "2027/28"), ("on", "today")])
            .status,
        422
    );
}

#[test]
fn what_is_left_is_returned_in_one_payment() {
    let (folder, browser) = kent();
    let typed = [
        ("year", "2025/26"),
        ("on", "today"),
        ("reference", "BACS 5512"),
    ];
    let preview = browser.check("/return", &typed);
    assert!(preview.text().contains("£696.00"), "{}", preview.text());
    assert_eq!(browser.press_record("/return", &preview).status, 303);
    assert!(said(&folder, &["year", "show", "2025/26"]).contains("£726.40"));
    let again = browser.check("/return", &typed);
    assert!(
        again
            .text()
            .contains("nothing of 2025/26 is left to return"),
        "{}",
        again.text()
    );
    let without = [("year", "2025/26"), ("on", "today")];
    assert!(browser.check("/return", &without).status < 500);
}

#[test]
fn an_entry_is_reversed_and_another_corrected() {
    let (folder, browser) = kent();
    let spend = [
        ("kind", "spend"),
        ("year", "2025/26"),
        ("on", "31/3/2026"),
        ("project", "P05"),
        ("amount", "10"),
        ("supplier", "Acme"),
    ];
    let done = browser.record("/enter", &spend);
    let entry = done
        .header("location")
        .unwrap()
        .rsplit_once('=')
        .unwrap()
        .1
        .to_owned();
    let form = browser.get(&format!("/correct?entry={entry}"));
    assert_eq!(form.attributes("#field-amount", "value"), ["10.00"]);
    let same = [("entry", entry.as_str()), ("amount", "10.00")];
    assert_eq!(browser.check("/correct", &same).status, 422);
    let changed = [
        ("entry", entry.as_str()),
        ("amount", "12"),
        ("why", "Misread"),
    ];
    browser.record("/correct", &changed);
    let log = last(&folder, "2");
    assert!(log.contains("reverse") && log.contains("12.00"), "{log}");

    let new = said(&folder, &["log", "--last", "1", "--json"]);
    let new: serde_json::Value = serde_json::from_str(&new).unwrap();
    let new = new["rows"][0]["entry"].to_string();
    let page = browser.get(&format!("/entry?entry={new}"));
    let links = page.attributes("main a", "href");
    assert!(
        links.contains(&format!("/reverse?entries={new}")),
        "{links:?}"
    );
    assert_eq!(browser.check("/reverse", &[("entries", &new)]).status, 422);
    browser.record("/reverse", &[("entries", &new), ("note", "Typed twice")]);
    assert!(last(&folder, "1").contains("reverse"));
}

/// An approval cannot be reversed alone: the desk offers to reverse what depends on it too.
#[test]
fn what_depends_on_an_entry_is_offered_to_be_reversed_with_it() {
    let (folder, browser) = kent();
    let log = said(
        &folder,
        &["log", "--project", "P08", "--kind", "approve", "--json"],
    );
    let log: serde_json::Value = serde_json::from_str(&log).unwrap();
    let entry = log["rows"][0]["entry"].to_string();
    let typed = [("entries", entry.as_str()), ("note", "Wrong")];
    let page = browser.check("/reverse", &typed);
    assert_eq!(page.status, 422);
    let links = page.attributes(".summary a", "href");
    let all = links
        .iter()
        .find(|link| link.starts_with("/reverse?entries="));
    assert_eq!(browser.get(all.expect("a link")).status, 200, "{links:?}");
}

#[test]
fn every_report_is_shown_and_saved_in_every_format() {
    let (_folder, browser) = kent();
    let list = browser.get("/reports?year=2025/26");
    let links = list.attributes("main li a", "href");
    assert_eq!(links.len(), 16, "{links:?}");
    for link in &links {
        let page = browser.get(link);
        assert_eq!(page.status, 200, "{link}: {}", page.text());
        assert_eq!(page.texts("h1").len(), 1, "{link}");
        let files = page.attributes("a[href^='/save']", "href");
        assert_eq!(files.len(), 6, "{link}");
        for file in files {
            let saved = browser.get(&file);
            assert_eq!(saved.status, 200, "{file}");
            let disposition = saved.header("content-disposition").unwrap();
            assert!(
                disposition.starts_with("attachment; filename=\""),
                "{disposition}"
            );
            assert!(!disposition.contains('/'), "{disposition}");
            assert!(!saved.body.is_empty(), "{file}");
        }
    }
}

#[test]
fn a_file_of_a_report_is_that_of_the_command_line() {
    let (folder, browser) = kent();
    let saved = browser.get("/save?name=pot&year=2025/26&as-at=23/7/2025&format=json");
    let asked = [
        "report",
        "pot",
        "2025/26",
        "--as-at",
        "2025-07-23",
        "--json",
    ];
    assert_eq!(saved.body, said(&folder, &asked));
}

#[test]
fn a_report_of_no_such_name_or_format_is_not_made() {
    let (_folder, browser) = kent();
    for path in [
        "/report?name=../../etc/passwd",
        "/report?name=",
        "/save?name=pot&format=exe",
        "/save?name=pot&format=../json",
        "/save?name=..%2F..%2Fcrg.db&format=json",
        "/issue?name=pot",
    ] {
        assert_eq!(browser.get(path).status, 422, "{path}");
    }
}

#[test]
fn a_quarter_is_issued_once() {
    let (folder, browser) = kent();
    let typed = [
        ("name", "quarter"),
        ("year", "2025/26"),
        ("period", "Q4"),
        ("reference", "E-mail"),
    ];
    assert_eq!(browser.record("/issue", &typed).status, 303);
    assert!(last(&folder, "1").contains("issue"));
    let again = browser.check("/issue", &typed);
    assert!(
        again.text().contains("nothing in it has changed since"),
        "{}",
        again.text()
    );
}

#[test]
fn the_record_is_searched() {
    let (_folder, browser) = kent();
    let rows = |path: &str| browser.get(path).texts("tbody tr").len();
    let all = rows("/log?year=2025/26");
    let some = rows("/log?year=2025/26&project=P05");
    assert!(0 < some && some < all, "{some} of {all}");
    assert_eq!(rows("/log?text=nothing+of+the+kind"), 0);
    assert_eq!(browser.get("/log?from=31/31/2026").status, 422);
}

#[test]
fn money_moves_from_one_award_to_another() {
    let (folder, browser) = kent();
    let typed = [
        ("year", "2025/26"),
        ("project", "P05"),
        ("to", "P01"),
        ("amount", "100"),
        ("on", "31/3/2026"),
        ("reference", "OPCC e-mail"),
    ];
    assert_eq!(browser.record("/move", &typed).status, 303);
    let log = last(&folder, "2");
    assert!(log.contains("reduce") && log.contains("increase"), "{log}");
}

#[test]
fn the_year_says_what_it_still_needs() {
    let (_folder, browser) = kent();
    let items = browser
        .get("/year?year=2025/26")
        .texts(".steps li")
        .join("\n");
    assert!(
        items.contains("Done : The OPCC has confirmed the year"),
        "{items}"
    );
    assert!(
        items.contains("To do : What is left is returned (£726.40 is not; £0.00 was not paid out)"),
        "{items}"
    );
    let links = browser
        .get("/year?year=2025/26")
        .attributes(".steps li a", "href");
    assert!(
        links.iter().any(|link| link.starts_with("/return?year=")),
        "{links:?}"
    );
}
