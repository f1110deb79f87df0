//! Requests that the desk must not answer as its own.

use super::browser::{Browser, Reply, encoded, said};
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
    assert_eq!(status(&own, "same-origin"), 303);
    assert_eq!(status(&own, ""), 303);
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

/// Asks for the page of a form as if its second button had been pressed.
fn get_record(browser: &Browser, path: &str, preview: &Reply) -> Reply {
    let mut pairs = preview.hidden();
    pairs.push(("step".into(), "record".into()));
    let pairs = pairs
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()));
    browser.get(&format!("{path}?{}", encoded(&pairs.collect::<Vec<_>>())))
}

#[test]
fn no_form_records_by_its_address() {
    let folder = TempFolder::new();
    let fixture = format!("{}/fixtures/kent", env!("CARGO_MANIFEST_DIR"));
    said(&folder, &["load", &fixture]);
    let browser = Browser::open(&folder, &[]);
    let newest = || {
        let log = said(&folder, &["log", "--last", "1", "--json"]);
        let log: serde_json::Value = serde_json::from_str(&log).unwrap();
        log["rows"][0]["entry"].to_string()
    };
    let spend = "kind=spend&year=2025/26&on=31/3/2026&project=P05&amount=10&supplier=Acme";
    for (path, typed) in [
        ("/enter", spend),
        ("/correct", "entry=NEWEST&amount=12&why=Misread"),
        ("/enter", &format!("{spend}&reference=2")),
        ("/reverse", "entries=NEWEST&note=Typed twice"),
        (
            "/move",
            "year=2025/26&project=P05&to=P01&amount=100&on=31/3/2026&reference=Mail",
        ),
        (
            "/issue",
            "name=quarter&year=2025/26&period=Q4&reference=Mail",
        ),
        ("/return", "year=2025/26&on=today&reference=BACS 5512"),
        (
            "/open",
            "year=2029/30&upfront=9,000&tactical=1,000&on=today&reference=Letter&override=Early",
        ),
        (
            "/enter",
            "kind=propose&year=2026/27&on=today&project=N01&pot=upfront&amount=5&title=New&lead=Police",
        ),
        (
            "/meeting",
            "year=2026/27&on=today&reference=Group&decision-N01=recommend",
        ),
    ] {
        let typed = typed.replace("NEWEST", &newest());
        let typed: Vec<_> = typed
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .collect();
        let preview = browser.check(path, &typed);
        assert_eq!(preview.status, 200, "{path}: {}", preview.text());
        let before = folder.snapshot();
        assert_eq!(get_record(&browser, path, &preview).status, 200, "{path}");
        assert_eq!(folder.snapshot(), before, "{path}");
        // The button does record it.
        assert_eq!(browser.press_record(path, &preview).status, 303, "{path}");
        assert_ne!(folder.snapshot(), before, "{path}");
    }
    let before = folder.snapshot();
    let health = browser.get("/health");
    assert_eq!(get_record(&browser, "/health", &health).status, 200);
    assert_eq!(browser.get("/import/lines?step=record").status, 422);
    assert_eq!(browser.get("/who?by=Mallory").status, 200);
    assert_eq!(folder.snapshot(), before);
    assert!(!browser.get("/").body.contains("Mallory"));
}

#[test]
fn the_token_and_the_cookie_of_an_earlier_run_admit_nobody() {
    let (folder, earlier) = desk();
    let mut browser = Browser::waiting(&folder, &[]);
    let start = format!("/start?token={}", earlier.token);
    assert_eq!(browser.get(&start).status, 403);
    // Even if it is at the same port.
    let (_, value) = earlier.cookie.split_once('=').unwrap();
    browser.cookie = format!("crg-{}={value}", browser.port);
    assert_eq!(browser.get("/").status, 403);
    assert_eq!(
        browser
            .get(&format!("/start?token={}", browser.token))
            .status,
        303
    );
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
