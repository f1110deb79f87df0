//! What the screens show.

use super::browser::{Browser, crg, said};
use crate::files::{TempFolder, small_book};

fn kent() -> (TempFolder, Browser) {
    let folder = TempFolder::new();
    said(
        &folder,
        &[
            "load",
            &format!("{}/fixtures/kent", env!("CARGO_MANIFEST_DIR")),
        ],
    );
    let browser = Browser::open(&folder, &[]);
    (folder, browser)
}

#[test]
fn each_screen_answers_with_the_figures_of_the_command_line() {
    let (_folder, browser) = kent();
    let year = "year=2025/26&as-at=23/7/2025";
    for (path, expected) in [
        ("/", "£15,552.80"),
        ("/projects", "Countering the Extreme Right-Wing Training"),
        (
            "/project?project=P05",
            "Responsible Authority Training on the Licensing Act 2003",
        ),
        ("/spend", "Spend of 2025/26"),
        ("/year", "£39,661.00"),
        ("/log", "Hateful Extremism Learning Event"),
    ] {
        let mark = if path.contains('?') { '&' } else { '?' };
        let page = browser.get(&format!("{path}{mark}{year}"));
        assert_eq!(page.status, 200, "{path}: {}", page.text());
        assert!(page.text().contains(expected), "{path}: {}", page.text());
        assert_eq!(page.texts("h1").len(), 1, "{path}");
    }
}

#[test]
fn a_project_offers_the_steps_that_the_rules_allow_and_says_why_not_the_others() {
    let (_folder, browser) = kent();
    let page = browser.get("/project?project=P05&year=2025/26");
    let offered = page.texts("a.button");
    assert!(offered.contains(&"Record spend".to_owned()), "{offered:?}");
    assert!(
        !offered.contains(&"Record an approval".to_owned()),
        "{offered:?}"
    );
    let refused = page.texts(".steps .not").join(" ");
    assert!(
        refused.contains(
            "Record an approval : Project P05 is already approved, with an award of £5,000.00"
        ),
        "{refused}"
    );
}

#[test]
fn the_record_says_when_and_by_whom_and_is_searched_by_both() {
    let folder = TempFolder::new();
    small_book(&folder.join("crg.db"));
    let log = |options: &[&str]| {
        let log = said(&folder, &[&["log", "--format", "csv"], options].concat());
        log.lines().count() - 1
    };
    let before = log(&[]);
    let back_dated = [
        "--by",
        "Finance team",
        "year",
        "receive",
        "2026/27",
        "7",
        "--on",
        "2026-05-01",
    ];
    said(&folder, &back_dated);
    let browser = Browser::open(&folder, &[]);
    let rows = |asked: &str| browser.get(&format!("/log?{asked}")).texts("tbody tr");
    let today = rows("recorded-from=today");
    assert_eq!(today.len(), 1, "{today:?}");
    assert!(today[0].contains(" 1 May 2026 "), "{today:?}");
    assert!(
        today[0].ends_with("11 May 2026 by Finance team"),
        "{today:?}"
    );
    assert_eq!(rows("recorded-by=finance"), today);
    assert_eq!(rows("recorded-to=10/5/2026").len(), before);
    assert_eq!(
        rows("recorded-from=27/4/2026&recorded-to=10/5/2026").len(),
        before
    );
    // It took effect before today.
    assert_eq!(rows("from=today").len(), 0);
    let labels = browser.get("/log").texts("label").join(" ");
    assert!(
        labels.contains("Takes effect from Takes effect to"),
        "{labels}"
    );
    // The command line has the same conditions.
    assert_eq!(log(&["--recorded-from", "today"]), 1);
    assert_eq!(log(&["--recorded-to", "2026-05-10"]), before);
    assert_eq!(log(&["--recorded-by", "finance"]), 1);
}

/// What is tried is never recorded, and no page speaks of it.
#[test]
fn no_reason_speaks_of_the_amount_that_was_tried() {
    let (_folder, browser) = kent();
    let mut reasons = Vec::new();
    for page in ["/year?year=2025/26", "/year?year=2026/27"] {
        reasons.extend(browser.get(page).texts(".steps .not"));
    }
    for project in browser
        .get("/projects?year=2025/26")
        .attributes("tbody a", "href")
    {
        reasons.extend(browser.get(&project).texts(".steps .not"));
    }
    let left = |reason: &&String| reason.contains(" left on ");
    assert!(reasons.iter().any(|reason| left(&reason)), "{reasons:?}");
    for reason in reasons {
        assert!(!reason.contains("£0.01"), "{reason}");
    }
}

#[test]
fn the_year_leads_to_its_reports() {
    let (_folder, browser) = kent();
    let page = browser.get("/year?year=2025/26");
    let links = page.attributes("main a", "href");
    let reports = "/reports?year=2025%2F26".to_owned();
    assert!(links.contains(&reports), "{links:?}");
}

#[test]
fn an_empty_book_says_how_to_begin() {
    let folder = TempFolder::new();
    said(&folder, &["init", "--partnership", "Example"]);
    let page = Browser::open(&folder, &[]).get("/");
    assert_eq!(page.status, 200);
    assert!(
        page.text().contains("No grant year is open yet"),
        "{}",
        page.text()
    );
}

#[test]
fn what_is_not_there_is_said_with_what_to_do() {
    let (_folder, browser) = kent();
    let page = browser.get("/project?project=P99&year=2025/26");
    assert_eq!(page.status, 422);
    assert!(page.text().contains("P99"), "{}", page.text());
    assert!(
        page.attributes("main a", "href")
            .iter()
            .any(|link| link.starts_with("/project"))
    );
}

#[test]
fn who_records_is_shown_and_can_be_changed() {
    let (folder, browser) = kent();
    assert!(
        browser
            .get("/")
            .texts(".who")
            .join(" ")
            .contains("Recorded by KCST")
    );
    assert_eq!(browser.post("/who", &[("by", " ")]).status, 200);
    assert_eq!(browser.post("/who", &[("by", "Finance team")]).status, 303);
    assert!(
        browser
            .get("/")
            .texts(".who")
            .join(" ")
            .contains("Recorded by Finance team")
    );
    let receipt = [
        ("kind", "receive"),
        ("year", "2026/27"),
        ("on", "today"),
        ("amount", "1"),
    ];
    browser.record("/enter", &receipt);
    assert!(said(&folder, &["log", "--last", "1", "--json"]).contains("Finance team"));
}

#[test]
fn a_desk_that_nobody_gave_a_name_asks_for_one() {
    let folder = TempFolder::new();
    small_book(&folder.join("crg.db"));
    for user in [None, Some("user7")] {
        let mut command = crg(&folder, &["serve"]);
        command.env_remove("CRG_BY");
        command.envs(user.map(|user| ("USER", user)));
        let mut browser = Browser::open_with(command).unwrap();
        browser.admit();
        let who = |page: &str| browser.get(page).texts(".who").join(" ");
        let nobody = format!(
            "Recorded by {} · Say who you are",
            user.unwrap_or("unknown")
        );
        assert!(who("/").contains(&nobody), "{}", who("/"));
        browser.post("/who", &[("by", "Finance team")]);
        let named = "Recorded by Finance team · Change who records";
        assert!(who("/").contains(named), "{}", who("/"));
    }
}

#[test]
fn a_text_of_the_book_is_never_markup() {
    let folder = TempFolder::new();
    small_book(&folder.join("crg.db"));
    let hostile = "<script>alert(1)</script>\"><img src=x onerror=alert(1)>";
    let by = "Eve\u{202e}<b>";
    let amend = [
        "project", "amend", "P01", "--year", "2026/27", "--title", hostile, "--lead", hostile,
    ];
    assert!(crg(&folder, &amend).status().unwrap().success());
    let note = [
        "project", "progress", "P01", "--year", "2026/27", "--note", hostile,
    ];
    said(&folder, &note);
    let browser = Browser::open(&folder, &["--by", by]);
    for path in [
        "/",
        "/projects",
        "/project?project=P01",
        "/log",
        "/enter?kind=spend",
        "/enter?kind=spend&note=%3Cscript%3E&project=%22%3E%3Cscript%3E",
    ] {
        let page = browser.get(path);
        assert_eq!(page.status, 200, "{path}");
        assert!(
            page.texts("script, img, b").is_empty(),
            "{path}: {}",
            page.body
        );
        assert!(!page.body.contains('\u{202e}'), "{path}");
    }
}

#[test]
fn it_ends_when_nobody_uses_it_and_says_so() {
    let folder = TempFolder::new();
    small_book(&folder.join("crg.db"));
    let output = crg(&folder, &["serve", "--for", "1s"]).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success());
    assert!(text.contains("ends after 1 second without use"), "{text}");
    assert!(
        text.ends_with("The desk ended: nobody had used it for 1 second.\n"),
        "{text}"
    );
}
