//! A ledger's extract imported at the desk: sent, mapped, decided and recorded.

use super::browser::{Browser, Reply, said};
use crate::files::TempFolder;

const LEDGER: &str = "Date,Net amount,Supplier,Number,Cost code\r\n\
    01/05/2026,120.00,A printer,INV-1,A1\r\n\
    04/05/2026,80.00,Printers Ltd,INV-2,A1\r\n\
    05/05/2026,9.00,Another,X-1,B2\r\n";

/// A book with P01, which has spent £80.00 that the ledger writes differently.
fn desk() -> (TempFolder, Browser) {
    let folder = TempFolder::new();
    said(&folder, &["init", "--partnership", "Example"]);
    for command in [
        "year open 2026/27 --upfront 9,000 --tactical 1,000",
        "project propose P01 --pot upfront --amount 2,000 --title Wardens --lead Police",
        "project recommend P01",
        "project endorse P01",
        "project submit P01",
        "project approve P01",
        "spend add P01 80 --supplier Printers --reference INV-2",
    ] {
        let words: Vec<&str> = command.split(' ').chain(["--on", "2026-05-01"]).collect();
        said(&folder, &words);
    }
    let browser = Browser::open(&folder, &[]);
    (folder, browser)
}

/// Sends a file as a browser does.
fn send(browser: &Browser, name: &str, bytes: &str) -> Reply {
    let body = format!(
        "--xx\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n{bytes}\r\n--xx--\r\n"
    );
    let kind = "multipart/form-data; boundary=xx";
    browser.post_as("/import", kind, &body)
}

/// The form about a file that was sent, with these choices.
fn choices<'a>(file: &'a str, codes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let columns = [
        ("file", file),
        ("date", "Date"),
        ("amount", "Net amount"),
        ("supplier", "Supplier"),
        ("reference", "Number"),
        ("vat", "net"),
        ("code-column", "Cost code"),
        ("unmatched", "refuse"),
        ("code-name-0", "A1"),
        ("code-name-1", "B2"),
    ];
    [&columns, codes].concat()
}

const CODES: [(&str, &str); 2] = [("code-0", "P01"), ("code-1", "outside")];

fn sent(browser: &Browser) -> String {
    let reply = send(browser, "ledger.csv", LEDGER);
    let location = reply.header("location").unwrap();
    location
        .strip_prefix("/import/map?file=")
        .unwrap()
        .to_owned()
}

#[test]
fn a_ledger_is_imported_and_what_waits_is_decided() {
    let (folder, browser) = desk();
    let file = sent(&browser);
    let page = browser.get(&format!("/import/map?file={file}"));
    assert!(page.text().contains("Printers Ltd"), "{}", page.text());
    assert_eq!(
        page.attributes("#field-date option[selected]", "value"),
        ["Date"]
    );
    assert!(
        page.text().contains("Project of code A1"),
        "{}",
        page.text()
    );

    let typed = choices(&file, &CODES);
    let lines = browser.post(
        "/import/lines",
        &[&typed[..], &[("step", "change")]].concat(),
    );
    assert_eq!(lines.status, 200, "{}", lines.text());
    let names = lines.attributes("select[name^='line-']", "name");
    let [waiting] = &names[..] else {
        panic!("{names:?}")
    };
    let before = said(&folder, &["log", "--json"]);

    let entry = lines.attributes("select[name^='line-'] option[value^='same as']", "value");
    let decided = [&typed[..], &[(waiting.as_str(), entry[0].as_str())]].concat();
    let preview = browser.check("/import/lines", &decided);
    assert_eq!(preview.status, 200, "{}", preview.text());
    assert_eq!(said(&folder, &["log", "--json"]), before);
    let decided = preview.texts("main > ul > li").join("\n");
    assert!(
        decided.contains(": It is entry 8: record nothing"),
        "{decided}"
    );
    assert_eq!(browser.press_record("/import/lines", &preview).status, 303);
    let spend = said(&folder, &["spend", "list", "2026/27", "--format", "csv"]);
    assert!(
        spend.contains("INV-1") && spend.matches("INV-2").count() == 1,
        "{spend}"
    );
    assert!(said(&folder, &["log", "--last", "1", "--json"]).contains("\"match\""));

    // The same file again has nothing new.
    let again = browser.check("/import/lines", &choices(&sent(&browser), &CODES));
    assert!(
        again.text().contains("Nothing was recorded"),
        "{}",
        again.text()
    );
}

#[test]
fn a_line_that_nobody_decides_waits() {
    let (folder, browser) = desk();
    let file = sent(&browser);
    let typed = choices(&file, &CODES);
    let lines = browser.post(
        "/import/lines",
        &[&typed[..], &[("step", "change")]].concat(),
    );
    let names = lines.attributes("select[name^='line-']", "name");
    let typed = [&typed[..], &[(names[0].as_str(), "")]].concat();
    browser.record("/import/lines", &typed);
    let spend = said(&folder, &["spend", "list", "2026/27", "--format", "csv"]);
    assert!(
        spend.contains("INV-1") && spend.matches("INV-2").count() == 1,
        "{spend}"
    );
    let log = said(&folder, &["log", "--json"]);
    assert!(!log.contains("\"match\""), "{log}");
}

#[test]
fn wrong_choices_are_shown_with_what_was_chosen() {
    let (_folder, browser) = desk();
    let file = sent(&browser);
    let typed = choices(&file, &[("code-0", "P01"), ("date", "Supplier")]);
    let page = browser.check("/import/lines", &typed);
    assert!(
        page.text().contains("There is a problem"),
        "{}",
        page.text()
    );
    assert_eq!(
        page.attributes("#field-code-0 option[selected]", "value"),
        ["P01"]
    );
}

#[test]
fn a_file_that_is_none_is_asked_for_again() {
    let (folder, browser) = desk();
    let before = folder.snapshot();
    for reply in [
        send(&browser, "", ""),
        browser.post_as("/import", "text/plain", "x"),
        browser.post_as("/import", "multipart/form-data; boundary=xx", "--xx"),
    ] {
        assert_eq!(reply.header("location"), Some("/import?missing=yes"));
    }
    assert!(
        browser
            .get("/import?missing=yes")
            .text()
            .contains("Please choose a file")
    );
    let gone = browser.check("/import/lines", &choices("0123", &CODES));
    assert!(
        gone.text().contains("please send it again"),
        "{}",
        gone.text()
    );
    assert_eq!(folder.snapshot(), before);
}

/// A file's name is only shown: it is never a path.
#[test]
fn a_file_that_was_sent_stays_in_memory() {
    let (folder, browser) = desk();
    let before = folder.snapshot();
    let reply = send(&browser, "../<b>crg.db", LEDGER);
    let page = browser.get(reply.header("location").unwrap());
    assert!(page.body.contains("&lt;b&gt;crg.db"), "{}", page.text());
    assert!(!page.body.contains(".."), "{}", page.text());
    assert_eq!(folder.snapshot(), before);
    // The desk keeps the last three.
    for _ in 0..3 {
        sent(&browser);
    }
    assert_eq!(browser.get(reply.header("location").unwrap()).status, 422);
}

#[test]
fn a_file_that_is_too_large_is_not_taken() {
    let (_folder, browser) = desk();
    let reply = send(&browser, "ledger.csv", &"x".repeat(17 * 1024 * 1024));
    assert!([0, 303].contains(&reply.status), "{}", reply.status);
    assert_ne!(
        reply
            .header("location")
            .unwrap_or("/import?missing=yes")
            .get(..12),
        Some("/import/map?")
    );
}

#[test]
fn a_line_that_may_belong_to_the_year_before_is_pointed_out() {
    let (folder, browser) = desk();
    said(
        &folder,
        &[
            "year",
            "open",
            "2025/26",
            "--upfront",
            "5,000",
            "--on",
            "2025-04-01",
        ],
    );
    let file = sent(&browser);
    let earlier = "2025/26 has a project P01 too";
    let preview = browser.check("/import/lines", &choices(&file, &CODES));
    assert!(!preview.text().contains(earlier), "{}", preview.text());
    let proposed = "project propose P01 --year 2025/26 --on 2025-05-01 --pot upfront --amount 2,000 \
         --title Wardens --lead Police";
    said(&folder, &proposed.split_whitespace().collect::<Vec<_>>());
    let preview = browser.check("/import/lines", &choices(&file, &CODES));
    assert!(preview.text().contains(earlier), "{}", preview.text());
}

#[test]
fn what_was_imported_is_found_in_the_record() {
    let (folder, browser) = desk();
    let next = said(&folder, &["log", "--format", "csv"]).lines().count();
    let file = sent(&browser);
    let typed = choices(&file, &CODES);
    let asked = [&typed[..], &[("step", "change")]].concat();
    let lines = browser.post("/import/lines", &asked);
    let names = lines.attributes("select[name^='line-']", "name");
    let decided = [&typed[..], &[(names[0].as_str(), "add")]].concat();
    let done = browser.record("/import/lines", &decided);
    let links = browser
        .get(done.header("location").unwrap())
        .attributes("main a", "href");
    assert!(
        links.contains(&format!("/log?from-entry={next}"))
            && links.contains(&format!("/reverse?command-of={next}")),
        "{links:?}"
    );
    assert!(
        !links.iter().any(|link| link.starts_with("/correct")),
        "{links:?}"
    );
}

#[test]
fn the_lines_lead_back_to_the_columns_and_codes_and_nothing_is_lost() {
    let (_folder, browser) = desk();
    let file = sent(&browser);
    let typed = choices(&file, &CODES);
    let asked = [&typed[..], &[("step", "change")]].concat();
    let lines = browser.post("/import/lines", &asked);
    assert_eq!(
        lines.attributes("button[formaction]", "formaction"),
        ["/import/map"]
    );
    let names = lines.attributes("select[name^='line-']", "name");
    let hidden = lines.hidden();
    let hidden = hidden
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()));
    let decided = [(names[0].as_str(), "add")];
    let back: Vec<(&str, &str)> = hidden.chain(decided).collect();
    let map = browser.post("/import/map", &back);
    assert_eq!(map.status, 200, "{}", map.text());
    let chosen = |name: &str| map.attributes(&format!("#field-{name} option[selected]"), "value");
    assert_eq!(chosen("code-0"), ["P01"]);
    assert_eq!(chosen("date"), ["Date"]);
    // The decision goes with it.
    assert!(map.hidden().contains(&(names[0].clone(), "add".to_owned())));
}
