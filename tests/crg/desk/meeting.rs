//! A meeting at the desk: all that is pending, decided at once.

use std::fs;

use super::browser::{Browser, Reply, said};
use crate::files::TempFolder;

/// Three proposals of 2026/27: P01 of £2,000, P02 of £3,000 and P03 of £4,000.
fn desk() -> (TempFolder, Browser) {
    let folder = TempFolder::new();
    said(&folder, &["init", "--partnership", "Example"]);
    let opened = [
        "year",
        "open",
        "2026/27",
        "--upfront",
        "9,000",
        "--tactical",
        "1,000",
    ];
    said(&folder, &opened);
    for (project, amount) in [("P01", "2,000"), ("P02", "3,000"), ("P03", "4,000")] {
        let typed = [
            "--pot", "upfront", "--amount", amount, "--title", "Wardens", "--lead", "Police",
        ];
        said(
            &folder,
            &[&["project", "propose", project], &typed[..]].concat(),
        );
    }
    let browser = Browser::open(&folder, &[]);
    (folder, browser)
}

fn meeting<'a>(decided: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let all = [
        ("year", "2026/27"),
        ("on", "today"),
        ("reference", "Working group"),
    ];
    [&all, decided].concat()
}

fn problems(page: &Reply) -> Vec<String> {
    page.attributes(".summary a[href^='#']", "href")
}

#[test]
fn a_meeting_decides_all_that_waits_as_the_command_line_does() {
    let (folder, browser) = desk();
    let decided = [
        ("decision-P01", "recommend"),
        ("amount-P01", ""),
        ("decision-P02", "recommend"),
        ("amount-P02", "2,500"),
        ("decision-P03", "decline"),
        ("note-P03", "The council pays for it"),
    ];
    let preview = browser.check("/meeting", &meeting(&decided));
    assert!(
        preview.text().contains("Would record 3 entries"),
        "{}",
        preview.text()
    );
    let log = said(&folder, &["log", "--last", "1", "--json"]);
    assert!(log.contains("\"propose\""), "{log}");
    assert_eq!(browser.press_record("/meeting", &preview).status, 303);
    let (typed, _) = desk();
    let reference = ["--reference", "Working group"];
    let recommended = ["project", "recommend", "P01", "P02=2,500"];
    said(&typed, &[&recommended[..], &reference].concat());
    let declined = [
        "project",
        "decline",
        "P03",
        "--note",
        "The council pays for it",
    ];
    said(&typed, &[&declined[..], &reference].concat());
    let entries = |folder: &TempFolder| {
        said(folder, &["dump", "dumped"]);
        fs::read_to_string(folder.join("dumped/entries.csv")).unwrap()
    };
    assert_eq!(entries(&folder), entries(&typed));

    // What waits now waits for something else.
    let page = browser.get("/meeting?year=2026/27&all=endorse");
    let chosen = page.attributes("tbody option[selected]", "value");
    assert_eq!(chosen, ["endorse", "endorse"]);
}

#[test]
fn a_meeting_is_recorded_whole_or_not_at_all() {
    let (folder, browser) = desk();
    let before = folder.snapshot();
    let decided = [
        ("decision-P01", "recommend"),
        ("decision-P02", "approve"),
        ("amount-P02", "9,500"),
        ("override", "Agreed by e-mail"),
    ];
    let page = browser.check("/meeting", &meeting(&decided));
    assert_eq!(page.status, 422);
    assert!(
        page.text()
            .contains("£500.00 more than the upfront pot has left"),
        "{}",
        page.text()
    );
    assert_eq!(problems(&page), ["#field-amount-P02"]);
    // Nothing typed is lost.
    let amounts = page.attributes("#field-amount-P02", "value");
    assert_eq!(amounts, ["9,500"]);
    assert_eq!(folder.snapshot(), before);
}

#[test]
fn an_amount_that_is_none_is_named_at_its_project() {
    let (_folder, browser) = desk();
    let decided = [
        ("decision-P01", "recommend"),
        ("decision-P02", "recommend"),
        ("amount-P02", "a lot"),
    ];
    assert_eq!(
        problems(&browser.check("/meeting", &meeting(&decided))),
        ["#field-amount-P02"]
    );
    let decided = [("decision-P03", "decline"), ("amount-P03", "10")];
    assert_eq!(
        problems(&browser.check("/meeting", &meeting(&decided))),
        ["#field-amount-P03"]
    );
}

#[test]
fn a_meeting_that_decides_nothing_says_so() {
    let (_folder, browser) = desk();
    let page = browser.check("/meeting", &meeting(&[("decision-P01", "")]));
    assert_eq!(problems(&page), ["#field-decision-P01"]);
    assert!(
        page.text()
            .contains("Please give a decision on at least one project"),
        "{}",
        page.text()
    );
}

/// Another person decided in the meantime: the rules say so, and the decision is not forgotten.
#[test]
fn a_decision_on_a_project_that_no_longer_waits_is_refused() {
    let (folder, browser) = desk();
    said(&folder, &["project", "withdraw", "P02"]);
    let decided = [("decision-P01", "recommend"), ("decision-P02", "recommend")];
    let page = browser.check("/meeting", &meeting(&decided));
    assert_eq!(page.status, 422);
    assert!(page.text().contains("P02"), "{}", page.text());
}

#[test]
fn a_project_that_was_not_there_yet_is_marked_and_can_be_left_out() {
    let (folder, browser) = desk();
    let before = folder.snapshot();
    let decided = [("decision-P02", "recommend"), ("decision-P03", "")];
    let early = [&meeting(&decided)[..], &[("on", "4 May 2026")]].concat();
    let early: Vec<_> = early
        .into_iter()
        .filter(|pair| *pair != ("on", "today"))
        .collect();
    let page = browser.check("/meeting", &early);
    assert_eq!(page.status, 422);
    let summary = page.texts(".summary").join(" ");
    assert!(
        summary.contains("it is proposed on 11 May 2026"),
        "{summary}"
    );
    assert!(
        summary.contains("To leave P02 out of this meeting, choose “Leave it”"),
        "{summary}"
    );
    assert_eq!(problems(&page), ["#field-decision-P02"]);
    assert_eq!(folder.snapshot(), before);
}

#[test]
fn a_year_in_which_nothing_waits_says_so() {
    let (folder, browser) = desk();
    said(&folder, &["project", "withdraw", "P01", "P02", "P03"]);
    let page = browser.get("/meeting?year=2026/27");
    assert!(page.text().contains("No proposal waits"), "{}", page.text());
}
