//! What forms are filled in with, explain and show before anything is recorded.

use super::browser::{Browser, said};
use crate::files::TempFolder;

/// A year with the proposals of these refs, in this order.
fn desk(refs: &[&str]) -> (TempFolder, Browser) {
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
    for name in refs {
        let typed = [
            "--pot", "upfront", "--amount", "2,000", "--title", "Wardens",
        ];
        let lead = ["--lead", "Police", "--priorities", "ASB"];
        said(
            &folder,
            &[&["project", "propose", name], &typed[..], &lead].concat(),
        );
    }
    let browser = Browser::open(&folder, &[]);
    (folder, browser)
}

#[test]
fn the_next_free_ref_is_suggested_for_a_proposal() {
    for (refs, next) in [
        (&["P01", "P02"][..], "P03"),
        (&["P02", "P01"], "P03"),
        (&["T01", "P099"], "P100"),
        (&["WARDENS"], ""),
        (&[], ""),
    ] {
        let (_folder, browser) = desk(refs);
        let form = browser.get("/enter?kind=propose&year=2026/27");
        assert_eq!(
            form.attributes("#field-project", "value"),
            [next],
            "{refs:?}"
        );
    }
}

#[test]
fn a_check_shows_all_that_would_be_recorded_in_the_words_of_the_form() {
    let (_folder, browser) = desk(&["P01"]);
    let propose = [
        ("kind", "propose"),
        ("year", "2026/27"),
        ("on", "1 May 2026"),
        ("project", "P02"),
        ("pot", "upfront"),
        ("amount", "1,500"),
        ("title", "Lights"),
        ("lead", "Highways"),
        ("priorities", "ASB;VAWG"),
        ("reference", "Form 7"),
        ("note", "For the park"),
    ];
    let preview = browser.check("/enter", &propose);
    let shown = preview.texts("dl > div");
    for line in [
        "Project: P02",
        "Title: Lights",
        "Lead: Highways",
        "Amount: £1,500.00",
        "Priorities: ASB;VAWG",
        "Date: 1 May 2026",
        "Reference: Form 7",
        "Note: For the park",
    ] {
        assert!(shown.contains(&line.to_owned()), "{line} in {shown:?}");
    }
    let meeting = [
        ("year", "2026/27"),
        ("on", "today"),
        ("reference", "Working group"),
        ("decision-P01", "decline"),
        ("note-P01", "The council pays"),
    ];
    browser.record("/enter", &propose);
    let both = [&meeting[..], &[("decision-P02", "recommend")]].concat();
    let lines = browser.check("/meeting", &both).texts("main > ul > li");
    let reason = "Reference: Working group; Note: The council pays";
    assert!(lines.iter().any(|line| line.contains(reason)), "{lines:?}");
}

#[test]
fn entries_are_links_where_they_are_shown() {
    let (folder, browser) = desk(&["P01"]);
    let number = said(&folder, &["log", "--format", "csv"]).lines().count() - 1;
    let link = format!("/entry?entry={number}");
    for page in [
        "/project?project=P01&year=2026/27",
        "/report?name=decisions&year=2026/27",
    ] {
        let links = browser.get(page).attributes("table a", "href");
        assert!(links.contains(&link), "{page}: {links:?}");
    }
    // A file has no desk to link to.
    let file = browser.get("/save?name=decisions&year=2026/27&format=html");
    assert!(file.attributes("a", "href").is_empty());
}

#[test]
fn words_are_explained_where_they_stand() {
    let (folder, browser) = desk(&["P01"]);
    said(&folder, &["project", "recommend", "P01"]);
    for (page, words) in [
        ("/enter?kind=endorse", "The chair agrees."),
        ("/meeting?year=2026/27", "Endorse: The chair agrees."),
        (
            "/year?year=2026/27",
            "what is left upfront passes to the tactical pot",
        ),
        (
            "/enter?kind=spend",
            "Tracker: one total from a tracker, a spreadsheet",
        ),
    ] {
        let text = browser.get(page).text();
        assert!(text.contains(words), "{page}: {text}");
    }
}

#[test]
fn a_choice_that_may_be_left_out_says_what_that_means() {
    let (folder, browser) = desk(&["P01"]);
    for step in ["recommend", "endorse", "submit", "approve"] {
        said(&folder, &["project", step, "P01"]);
    }
    let form = browser.get("/enter?kind=spend&year=2026/27");
    let empty = |name: &str| {
        let option = format!("#field-{name} option[value='']");
        form.texts(&option).remove(0)
    };
    assert_eq!(empty("vat"), "Net (if nothing is chosen)");
    assert_eq!(empty("value"), "Typed from a paper (if nothing is chosen)");
    // The hints say the same.
    let hint = |name: &str| form.texts(&format!("#field-{name}-hint")).remove(0);
    assert!(hint("vat").ends_with("Net if nothing is chosen."));
    assert!(hint("value").ends_with("Typed from a paper if nothing is chosen."));
    // Where it means nothing, it says so.
    let form = browser.get("/enter?kind=return&year=2026/27");
    assert_eq!(form.texts("#field-pot option[value='']"), ["None"]);
    // It is true.
    let spend = [
        ("kind", "spend"),
        ("year", "2026/27"),
        ("on", "today"),
        ("project", "P01"),
        ("amount", "10"),
        ("vat", ""),
        ("value", ""),
    ];
    let preview = browser.check("/enter", &spend);
    let shown = preview.texts("dl > div");
    assert!(shown.contains(&"VAT: net".to_owned()), "{shown:?}");
}

#[test]
fn a_note_that_papers_print_as_the_reason_says_so() {
    let (folder, browser) = desk(&["P01", "P02", "P03"]);
    let at = |arguments: &[&str]| said(&folder, arguments);
    for step in ["recommend", "endorse", "submit", "approve"] {
        at(&["project", step, "P01", "P02"]);
    }
    let hint = |page: &str| browser.get(page).texts("#field-note-hint").remove(0);
    let reasons = [
        ("forecast", &["P01", "1,500"][..], "Costs fell in June"),
        ("withdraw", &["P02"], "The lead left in May"),
        ("decline", &["P03"], "The council pays for it"),
    ];
    for (kind, words, note) in reasons {
        let page = format!("/enter?kind={kind}&year=2026/27");
        assert!(
            hint(&page).starts_with("Papers print it as the reason."),
            "{kind}"
        );
        at(&[&["project", kind], words, &["--note", note]].concat());
    }
    // They do.
    let monitoring = ["report", "monitoring", "2026/27", "--period", "mid-year"];
    let monitoring = at(&monitoring);
    assert!(monitoring.contains("Costs fell in June"), "{monitoring}");
    let update = at(&["report", "update", "2026/27", "--format", "md"]);
    for note in ["The lead left in May", "The council pays for it"] {
        assert!(update.contains(note), "{update}");
    }
    for kind in ["receive", "spend", "propose"] {
        let page = format!("/enter?kind={kind}&year=2026/27");
        assert!(
            hint(&page).starts_with("Anything a reader should know."),
            "{kind}"
        );
    }
    let moved = hint("/move?year=2026/27");
    assert!(
        moved.starts_with("Papers print it as the reason."),
        "{moved}"
    );
}

#[test]
fn a_list_in_which_nothing_is_chosen_asks_to_choose() {
    let (_folder, browser) = desk(&["P01", "P02"]);
    let today = [("year", "2026/27"), ("on", "today"), ("amount", "10")];
    let wrong = |path: &str, typed: &[(&str, &str)]| {
        let page = browser.check(path, &[&today[..], typed].concat());
        assert_eq!(page.status, 422);
        let links = page.attributes(".summary a[href^='#']", "href");
        (links, page.texts(".summary a[href^='#']"))
    };
    let from = "Project: please choose one of the list";
    assert_eq!(
        wrong("/enter", &[("kind", "spend"), ("project", "")]),
        (vec!["#field-project".to_owned()], vec![from.to_owned()])
    );
    let reference = ("reference", "OPCC e-mail");
    let to = "To: please choose one of the list";
    assert_eq!(
        wrong("/move", &[("project", "P01"), ("to", ""), reference]),
        (vec!["#field-to".to_owned()], vec![to.to_owned()])
    );
    let words = wrong("/enter", &[("kind", "cut"), ("pot", "")]).1;
    assert_eq!(words, ["Pot: please choose one of the list"]);
    // What is typed is asked for in the words of the command line.
    let words = wrong(
        "/enter",
        &[("kind", "due"), ("value", ""), ("title", "Return")],
    )
    .1;
    assert!(words[0].starts_with("Please give"), "{words:?}");
}

#[test]
fn a_correction_empties_what_is_emptied_and_keeps_what_the_form_does_not_offer() {
    let (folder, browser) = desk(&["P01"]);
    said(
        &folder,
        &[
            "priority",
            "add",
            "2026/27",
            "VAWG",
            "Safer nights",
            "--scheme",
            "Plan",
        ],
    );
    let log = said(&folder, &["log", "--kind", "propose", "--json"]);
    let log: serde_json::Value = serde_json::from_str(&log).unwrap();
    let entry = log["rows"][0]["entry"].to_string();
    let form = browser.get(&format!("/correct?entry={entry}"));
    // The book does not know the priority that the proposal names.
    let boxes = form.attributes("input[type=checkbox][checked]", "value");
    assert_eq!(boxes, ["ASB"]);
    let sent: Vec<(String, String)> = form.hidden();
    assert!(
        sent.contains(&("priorities".to_owned(), String::new())),
        "{sent:?}"
    );
    let emptied = [
        ("entry", entry.as_str()),
        ("priorities", ""),
        ("reference", ""),
    ];
    browser.record("/correct", &emptied);
    let project = said(&folder, &["project", "show", "P01", "--json"]);
    let project: serde_json::Value = serde_json::from_str(&project).unwrap();
    assert_eq!(
        project["priorities"].as_array().map(Vec::len).unwrap_or(0),
        0,
        "{project}"
    );
}

#[test]
fn a_check_of_a_priority_has_the_words_of_its_form() {
    let (_folder, browser) = desk(&[]);
    let typed = [
        ("measure", "Plan"),
        ("priorities", "VAWG"),
        ("title", "Safer nights"),
        ("year", "2026/27"),
        ("on", "today"),
    ];
    let shown = browser.check("/priority", &typed).texts("dl > div");
    for line in ["Scheme: Plan", "Code: VAWG", "Name: Safer nights"] {
        assert!(shown.contains(&line.to_owned()), "{line} in {shown:?}");
    }
}

#[test]
fn what_cannot_be_reversed_is_not_offered_to_be() {
    let (folder, browser) = desk(&["P01"]);
    let entry = (said(&folder, &["log", "--format", "csv"]).lines().count() - 1).to_string();
    let done = browser.record("/reverse", &[("entries", &entry), ("note", "Typed twice")]);
    let page = browser.get(done.header("location").unwrap());
    let links = page.attributes("main a", "href");
    let puts_right = |link: &&String| link.starts_with("/reverse") || link.starts_with("/correct");
    assert_eq!(links.iter().find(puts_right), None);
    assert!(
        links.iter().any(|link| link.starts_with("/log?")),
        "{links:?}"
    );
}
