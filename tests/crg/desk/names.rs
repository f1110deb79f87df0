//! Names in addresses that lead elsewhere, and texts that would become headers.

use super::browser::{Browser, Reply, encoded, said};
use crate::files::{TempFolder, small_book};

/// What stands in the files beside the book, which no page may show.
const SECRET: &str = "Nobody at the desk may read this";

/// Every address, with values that it answers.
const ADDRESSES: [(&str, &str); 19] = [
    ("/", "year=2026/27&as-at=today"),
    ("/projects", "year=2026/27&as-at=today"),
    ("/project", "project=P01&year=2026/27"),
    ("/enter", "kind=receive&year=2026/27&project=P01"),
    ("/recorded", "entry=1"),
    ("/who", "by=KCST&back=/year"),
    ("/meeting", "year=2026/27"),
    ("/spend", "year=2026/27"),
    ("/year", "year=2026/27"),
    ("/open", "year=2027/28"),
    ("/return", "year=2026/27"),
    ("/move", "year=2026/27&project=P01"),
    (
        "/log",
        "text=Event&from=2026-04-01&project=P01&kind=propose&from-entry=1",
    ),
    ("/entry", "entry=1"),
    ("/reverse", "entries=1&command-of=1"),
    ("/correct", "entry=1"),
    ("/report", "name=quarter&year=2026/27&period=Q1&as-at=today"),
    (
        "/save",
        "name=quarter&year=2026/27&period=Q1&as-at=today&format=csv",
    ),
    ("/health", "made=x"),
];

fn desk() -> (TempFolder, Browser) {
    let folder = TempFolder::new();
    small_book(&folder.join("crg.db"));
    for name in [
        "secret",
        "secret.db",
        "secret.csv",
        "secret.json",
        "secret.toml",
    ] {
        std::fs::write(folder.join(name), SECRET).unwrap();
    }
    let browser = Browser::open(&folder, &[]);
    (folder, browser)
}

/// Each address with one of its values replaced, as a browser would ask for it.
fn with_each(trick: &str, mut see: impl FnMut(&str)) {
    for (path, values) in ADDRESSES {
        let values: Vec<(&str, &str)> = values
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .collect();
        for (name, _) in &values {
            let replaced = values.iter().map(|(known, value)| {
                let value = if known == name { trick } else { value };
                (*known, value)
            });
            see(&format!(
                "{path}?{}",
                encoded(&replaced.collect::<Vec<_>>())
            ));
        }
    }
}

fn keeps_the_secret(reply: &Reply, address: &str) {
    assert!(!reply.body.contains(SECRET), "{address}");
    assert!(
        [200, 303, 400, 404, 405, 422].contains(&reply.status),
        "{address}: {} {}",
        reply.head,
        reply.text()
    );
    let disposition = reply.header("content-disposition").unwrap_or_default();
    for part in ["secret", "..", "/", "\\"] {
        assert!(!disposition.contains(part), "{address}: {disposition}");
    }
}

#[test]
fn no_value_is_a_path() {
    let (folder, browser) = desk();
    let before = folder.snapshot();
    let absolute = folder.join("secret.csv").display().to_string();
    for trick in ["../secret", &absolute, "%2e%2e%2fsecret", "secret\0.csv"] {
        with_each(trick, |address| {
            keeps_the_secret(&browser.get(address), address);
        });
    }
    let gone = browser.get("/import/map?file=secret.csv");
    assert_eq!(gone.status, 422, "{}", gone.text());
    keeps_the_secret(&gone, "/import/map");
    assert_eq!(folder.snapshot(), before);
}

#[test]
fn no_address_is_a_path() {
    let (_folder, browser) = desk();
    for address in [
        "/secret.csv",
        "/../secret.csv",
        "/save/../secret.csv",
        "/save/..%2fsecret.csv",
        "/%2e%2e/secret.csv",
        "//secret.csv",
        "/.\\secret.csv",
        "/crg.db",
        "/save/%00",
        "file:///etc/passwd",
        "/etc/passwd",
        "*",
    ] {
        let reply = browser.get(address);
        assert!(
            [400, 404].contains(&reply.status),
            "{address}: {}",
            reply.head
        );
    }
}

#[test]
fn no_text_of_an_address_becomes_a_header() {
    let (_folder, browser) = desk();
    for trick in [
        "x\r\nInjected: yes",
        "x\"; filename=\"y.exe",
        "x\nInjected: yes",
    ] {
        with_each(trick, |address| {
            let reply = browser.get(address);
            assert!(
                reply.header("injected").is_none(),
                "{address}: {}",
                reply.head
            );
            let name = reply.header("content-disposition").unwrap_or_default();
            assert!(!name.contains(".exe"), "{address}: {name}");
        });
    }
}

#[test]
fn no_text_of_the_book_becomes_a_header() {
    let (folder, browser) = desk();
    for (project, title) in [
        ("P02", "Wardens\r\nInjected: yes\r\n\r\n<b>"),
        ("P03", "Wardens\"; filename=\"x.exe"),
    ] {
        let typed = [
            ("kind", "propose"),
            ("year", "2026/27"),
            ("on", "today"),
            ("project", project),
            ("pot", "upfront"),
            ("amount", "5"),
            ("title", title),
            ("lead", title),
        ];
        let done = browser.record("/enter", &typed);
        assert_eq!(done.status, 303, "{}", done.text());
        assert!(done.header("injected").is_none(), "{}", done.head);
    }
    assert!(said(&folder, &["log", "--last", "1", "--json"]).contains("x.exe"));
    for path in [
        "/save?name=projects&format=csv",
        "/save?name=page&format=html",
        "/project?project=P02",
        "/",
    ] {
        let reply = browser.get(path);
        assert_eq!(reply.status, 200, "{path}: {}", reply.head);
        assert!(reply.header("injected").is_none(), "{}", reply.head);
        assert!(!reply.head.contains(".exe"), "{}", reply.head);
        assert!(!reply.body.contains("yes\r\n\r\n<b>"), "{path}");
    }
}

#[test]
fn a_change_of_who_records_leads_to_no_other_site() {
    let (_folder, browser) = desk();
    let leads = |back: &str| {
        let reply = browser.post("/who", &[("by", "KCST"), ("back", back)]);
        reply.header("location").unwrap_or_default().to_owned()
    };
    assert_eq!(leads("/year?year=2026%2F27"), "/year?year=2026%2F27");
    let long = format!("/{}", "x".repeat(3000));
    for back in [
        "//example.org",
        "/\\example.org",
        "/\t/example.org",
        "https://example.org",
        "example.org",
        "",
        &long,
    ] {
        assert_eq!(leads(back), "/", "{back}");
    }
}

#[test]
fn who_records_is_one_line() {
    let (_folder, browser) = desk();
    for by in ["Mallory\r\nInjected: yes", "Mallory\nx", "Mallory\0"] {
        let reply = browser.post("/who", &[("by", by)]);
        assert_eq!(reply.status, 200, "{}", reply.head);
        assert!(reply.header("injected").is_none(), "{}", reply.head);
    }
    assert!(!browser.get("/").body.contains("Mallory"));
}
