//! Recording: what is shown first, once, and nothing lost.

use std::thread;

use super::browser::{Browser, said};
use crate::files::{TempFolder, small_book};

/// A receipt, as it is typed.
pub(super) const RECEIPT: [(&str, &str); 5] = [
    ("kind", "receive"),
    ("year", "2026/27"),
    ("on", "today"),
    ("amount", "1,000"),
    ("reference", "BACS 1"),
];

fn book() -> TempFolder {
    let folder = TempFolder::new();
    small_book(&folder.join("crg.db"));
    folder
}

fn entries(folder: &TempFolder) -> usize {
    said(folder, &["log", "--format", "csv"]).lines().count() - 1
}

#[test]
fn a_check_shows_what_would_be_recorded_and_records_nothing() {
    let folder = book();
    let (before, browser) = (folder.snapshot(), Browser::open(&folder, &[]));
    let preview = browser.check("/enter", &RECEIPT);
    let text = preview.text();
    assert!(
        text.contains("receive £1,000.00, 2026/27, on 11 May 2026"),
        "{text}"
    );
    assert!(text.contains("Would record entry"), "{text}");
    assert_eq!(folder.snapshot(), before);
    // What was typed goes with the page, to be changed.
    let hidden = preview.hidden();
    for (name, value) in RECEIPT {
        assert!(
            hidden.contains(&(name.into(), value.into())),
            "{name} in {hidden:?}"
        );
    }
}

#[test]
fn a_form_records_once_however_often_it_is_sent() {
    let folder = book();
    let before = entries(&folder);
    let browser = Browser::open(&folder, &[]);
    let preview = browser.check("/enter", &RECEIPT);
    let replies: Vec<Option<String>> = thread::scope(|scope| {
        let send = || {
            let reply = browser.press_record("/enter", &preview);
            assert_eq!(reply.status, 303, "{}", reply.text());
            reply.header("location").map(str::to_owned)
        };
        let sent: Vec<_> = (0..8).map(|_| scope.spawn(send)).collect();
        sent.into_iter().map(|sent| sent.join().unwrap()).collect()
    });
    assert!(
        replies.iter().all(|reply| *reply == replies[0]),
        "{replies:?}"
    );
    assert_eq!(entries(&folder), before + 1);
}

#[test]
fn what_others_recorded_meanwhile_is_shown_before_anything_is_recorded() {
    let folder = book();
    let browser = Browser::open(&folder, &[]);
    let preview = browser.check("/enter", &RECEIPT);
    said(
        &folder,
        &["year", "receive", "2026/27", "7", "--reference", "BACS 7"],
    );
    let before = entries(&folder);
    let again = browser.press_record("/enter", &preview);
    assert_eq!(again.status, 200);
    assert!(
        again
            .text()
            .contains("The book has changed since you looked"),
        "{}",
        again.text()
    );
    assert_eq!(entries(&folder), before);
    assert_eq!(browser.press_record("/enter", &again).status, 303);
    assert_eq!(entries(&folder), before + 1);
}

#[test]
fn what_others_record_during_a_check_is_no_problem() {
    let folder = book();
    let browser = Browser::open(&folder, &[]);
    thread::scope(|scope| {
        let others = scope.spawn(|| {
            for number in 2..40 {
                let reference = format!("BACS {number}");
                said(
                    &folder,
                    &["year", "receive", "2026/27", "7", "--reference", &reference],
                );
            }
        });
        while !others.is_finished() {
            let preview = browser.check("/enter", &RECEIPT);
            assert_eq!(preview.status, 200, "{}", preview.text());
        }
    });
}

#[test]
fn a_desk_killed_after_the_check_leaves_the_book_and_its_form_is_checked_again() {
    let folder = book();
    let before = folder.snapshot();
    let preview = Browser::open(&folder, &[]).check("/enter", &RECEIPT);
    assert_eq!(preview.status, 200);
    assert_eq!(folder.snapshot(), before);
    let browser = Browser::open(&folder, &[]);
    let again = browser.press_record("/enter", &preview);
    assert_eq!(
        again.status, 200,
        "a form of another run is checked, not recorded"
    );
    assert!(
        again
            .text()
            .contains("The desk was started again since you looked"),
        "{}",
        again.text()
    );
    assert_eq!(folder.snapshot(), before);
    assert_eq!(browser.press_record("/enter", &again).status, 303);
}

#[test]
fn a_refusal_stands_at_its_field_with_the_figures_and_nothing_typed_is_lost() {
    let folder = book();
    let browser = Browser::open(&folder, &[]);
    let typed = [
        ("kind", "approve"),
        ("year", "2026/27"),
        ("on", "today"),
        ("project", "P01"),
        ("amount", "99,999,999"),
        ("note", "Typed with care"),
    ];
    let page = browser.check("/enter", &typed);
    assert_eq!(page.status, 422);
    let (summary, links) = (
        page.texts(".summary"),
        page.attributes(".summary a", "href"),
    );
    assert_eq!(summary.len(), 1, "{summary:?}");
    let field = links.first().expect("the summary leads to the field");
    assert_eq!(
        page.texts(&format!("{field}-error")).len(),
        1,
        "{}",
        page.body
    );
    assert_eq!(page.attributes(field, "aria-invalid"), ["true"]);
    assert_eq!(page.attributes("#field-amount", "value"), ["99,999,999"]);
    assert_eq!(page.texts("#field-note"), ["Typed with care"]);
    // The command line says the same.
    let amount = [
        "project",
        "approve",
        "P01",
        "99,999,999",
        "--year",
        "2026/27",
    ];
    let error = super::browser::crg(&folder, &amount)
        .output()
        .unwrap()
        .stderr;
    let error = String::from_utf8(error).unwrap();
    let first = error
        .lines()
        .next()
        .unwrap()
        .strip_prefix("refused: ")
        .unwrap();
    assert!(
        summary[0].to_lowercase().contains(&first.to_lowercase()),
        "{summary:?}, {first}"
    );
}

#[test]
fn a_rule_of_process_is_set_aside_with_a_reason() {
    let folder = book();
    let browser = Browser::open(&folder, &[]);
    let late = [
        &RECEIPT[..2],
        &[("on", "1 August 2026"), ("amount", "5"), ("reference", "B")],
    ]
    .concat();
    let page = browser.check("/enter", &late);
    assert_eq!(page.status, 422);
    assert_eq!(
        page.attributes("#field-override", "name"),
        ["override"],
        "{}",
        page.text()
    );
    let excused = [&late[..], &[("override", "Known early")]].concat();
    assert_eq!(browser.record("/enter", &excused).status, 303);
    assert!(said(&folder, &["log", "--last", "1", "--json"]).contains("Known early"));
}

#[test]
fn a_desk_to_read_only_records_nothing_whatever_is_sent() {
    let folder = book();
    let before = folder.snapshot();
    let browser = Browser::open(&folder, &["--read-only"]);
    assert_eq!(browser.get("/enter?kind=receive").status, 200);
    assert!(
        browser
            .get("/projects?year=2026/27")
            .texts("a.button")
            .is_empty()
    );
    for step in ["check", "record", "change", ""] {
        let reply = browser.post("/enter", &[&RECEIPT[..], &[("step", step)]].concat());
        assert_eq!(reply.status, 403);
    }
    assert_eq!(folder.snapshot(), before);
}
