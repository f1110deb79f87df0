//! Requests that the desk must not answer as its own.

use super::browser::{Browser, encoded};
use crate::files::{TempFolder, small_book};

const RECEIPT: [(&str, &str); 5] = [
    ("kind", "receive"),
    ("year", "2026/27"),
    ("on", "today"),
    ("amount", "1,000"),
    ("step", "check"),
];

fn desk() -> (TempFolder, Browser) {
    let folder = TempFolder::new();
    small_book(&folder.join("crg.db"));
    let browser = Browser::open(&folder, &[]);
    (folder, browser)
}

fn with(mut headers: Vec<(String, String)>, name: &str, value: &str) -> Vec<(String, String)> {
    headers.retain(|(known, _)| known != name);
    if !value.is_empty() {
        headers.push((name.to_owned(), value.to_owned()));
    }
    headers
}

#[test]
fn another_host_is_refused() {
    let (_folder, browser) = desk();
    let port = browser.port;
    let status = |host: &str| {
        let headers = with(browser.headers(), "Host", host);
        browser.send("GET", "/", &headers, "").status
    };
    assert_eq!(status(&format!("127.0.0.1:{port}")), 200);
    assert_eq!(status(&format!("localhost:{port}")), 200);
    for host in [
        "evil.example",
        &format!("evil.example:{port}"),
        "127.0.0.1",
        "127.0.0.1:1",
        &format!("127.0.0.1:{port}.evil.example"),
        &format!("0.0.0.0:{port}"),
    ] {
        assert_eq!(status(host), 421, "{host}");
    }
    let twice = [browser.headers(), browser.headers()].concat();
    assert_ne!(browser.send("GET", "/", &twice, "").status, 200);
}

#[test]
fn another_origin_is_refused() {
    let (_folder, browser) = desk();
    let status = |origin: &str, site: &str| {
        let headers = with(browser.headers(), "Origin", origin);
        let headers = with(headers, "Sec-Fetch-Site", site);
        browser
            .send("POST", "/enter", &headers, &encoded(&RECEIPT))
            .status
    };
    let own = browser.origin();
    assert_eq!(status(&own, "same-origin"), 200);
    assert_eq!(status(&own, ""), 200);
    let other_port = format!("http://127.0.0.1:{}", browser.port - 1);
    for (origin, site) in [
        ("", ""),
        ("", "same-origin"),
        ("null", "same-origin"),
        ("http://evil.example", "same-origin"),
        (other_port.as_str(), "same-origin"),
        (own.as_str(), "same-site"),
        (own.as_str(), "cross-site"),
        (own.as_str(), "none"),
    ] {
        assert_eq!(status(origin, site), 403, "{origin:?} {site:?}");
    }
    let link = |site: &str| {
        let headers = with(browser.headers(), "Sec-Fetch-Site", site);
        browser.send("GET", "/", &headers, "").status
    };
    assert_eq!(link("none"), 200);
    assert_eq!(link("same-site"), 403);
    assert_eq!(link("cross-site"), 403);
}

#[test]
fn the_token_of_the_address_works_once() {
    let folder = TempFolder::new();
    small_book(&folder.join("crg.db"));
    let mut browser = Browser::waiting(&folder, &[]);
    let start = format!("/start?token={}", browser.token);
    assert_eq!(browser.get("/").status, 403);
    assert_eq!(browser.get("/start").status, 403);
    assert_eq!(browser.get("/start?token=").status, 403);
    assert_eq!(browser.get(&format!("{start}0")).status, 403);
    let first = browser.get(&start);
    assert_eq!(first.status, 303);
    let cookie = first.header("set-cookie").unwrap().to_owned();
    assert!(
        cookie.starts_with(&format!("crg-{}=", browser.port)),
        "{cookie}"
    );
    assert!(
        cookie.contains("; HttpOnly; SameSite=Strict; Path=/"),
        "{cookie}"
    );
    let again = browser.get(&start);
    assert_eq!(again.status, 403);
    assert!(again.header("set-cookie").is_none());
    assert!(
        again.text().contains("run crg serve again"),
        "{}",
        again.text()
    );
    browser.cookie = cookie.split(';').next().unwrap().to_owned();
    assert_eq!(browser.get(&start).header("location"), Some("/"));
    assert_eq!(browser.get("/").status, 200);
    browser.cookie.push('0');
    assert_eq!(browser.get("/").status, 403);
}

#[test]
fn only_a_form_writes() {
    let (folder, browser) = desk();
    let before = folder.snapshot();
    let preview = browser.post("/enter", &RECEIPT);
    let mut pairs = preview.hidden();
    pairs.push(("step".into(), "record".into()));
    let pairs = pairs
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()));
    let address = format!("/enter?{}", encoded(&pairs.collect::<Vec<_>>()));
    assert_eq!(browser.get(&address).status, 200);
    for method in ["HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"] {
        let headers = browser.headers();
        let reply = browser.send(method, &address, &headers, "");
        assert!(
            reply.status == 405 || method == "HEAD",
            "{method}: {}",
            reply.status
        );
    }
    assert_eq!(folder.snapshot(), before);
}

#[test]
fn every_answer_forbids_scripts_frames_and_copies() {
    let (_folder, browser) = desk();
    for path in ["/", "/nowhere", "/enter?kind=nothing", "/start"] {
        let reply = browser.get(path);
        let policy = reply.header("content-security-policy").unwrap();
        assert!(
            policy.starts_with("default-src 'none'; style-src 'sha256-"),
            "{policy}"
        );
        assert!(policy.contains("frame-ancestors 'none'"), "{policy}");
        assert!(!policy.contains("unsafe"), "{policy}");
        assert_eq!(reply.header("cache-control"), Some("no-store"), "{path}");
        assert_eq!(
            reply.header("x-content-type-options"),
            Some("nosniff"),
            "{path}"
        );
        assert!(
            reply
                .attributes("[style], [onclick], script, link", "style")
                .is_empty()
        );
    }
}
