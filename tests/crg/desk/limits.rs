//! Requests that are too large, too slow or too many: each is refused or closed, and the desk goes on.

use std::io::{ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

use super::browser::Browser;
use crate::files::{TempFolder, small_book};

/// How long a browser may take to say what it asks, and a little more.
const HEADER_TIME: Duration = Duration::from_secs(12);
/// How long it may take to send a form, and a little more.
const FORM_TIME: Duration = Duration::from_secs(24);
const FORM: &str = "application/x-www-form-urlencoded";
const FILE: &str = "multipart/form-data; boundary=xx";

fn desk() -> (TempFolder, Browser) {
    let folder = TempFolder::new();
    small_book(&folder.join("crg.db"));
    let browser = Browser::open(&folder, &[]);
    (folder, browser)
}

/// The lines before a body that a form of the desk would have.
fn head(browser: &Browser, path: &str, kind: &str, length: &str) -> String {
    let mut lines = format!("POST {path} HTTP/1.1\r\n");
    for (name, value) in browser.headers() {
        lines += &format!("{name}: {value}\r\n");
    }
    let origin = browser.origin();
    format!("{lines}Origin: {origin}\r\nContent-Type: {kind}\r\n{length}\r\n\r\n")
}

fn connect(browser: &Browser) -> std::io::Result<TcpStream> {
    let address = SocketAddr::from(([127, 0, 0, 1], browser.port));
    // If many come at once, the computer tries some of them again after a second.
    TcpStream::connect_timeout(&address, Duration::from_secs(4))
}

/// Sends `first`, then `again` after each `pause` until the desk answers or closes the connection.
/// Returns how many bytes it took, what it answered, and after how long.
fn send(
    browser: &Browser,
    first: &str,
    again: &[u8],
    pause: Duration,
    most: Duration,
) -> (usize, String, Duration) {
    let (mut stream, start) = (connect(browser).unwrap(), Instant::now());
    stream.write_all(first.as_bytes()).unwrap();
    stream.set_nonblocking(true).unwrap();
    let (mut sent, mut reply, mut bytes) = (0, Vec::new(), [0; 4096]);
    loop {
        assert!(start.elapsed() < most, "still open after {sent} bytes");
        match stream.read(&mut bytes) {
            Ok(0) => break,
            Ok(length) => {
                reply.extend_from_slice(&bytes[..length]);
                continue;
            }
            Err(error) if error.kind() == ErrorKind::WouldBlock => {}
            Err(_) => break,
        }
        match stream.write(again) {
            Ok(length) => sent += length,
            Err(error) if error.kind() == ErrorKind::WouldBlock => {}
            // What it answered may still be there to read.
            Err(_) => thread::sleep(Duration::from_millis(1)),
        }
        thread::sleep(pause);
    }
    let reply = String::from_utf8_lossy(&reply).into_owned();
    (sent, reply, start.elapsed())
}

#[test]
fn a_form_that_is_too_large_is_refused() {
    let (folder, browser) = desk();
    let before = folder.snapshot();
    let note = "x".repeat(64 * 1024);
    let reply = browser.post("/enter", &[("kind", "receive"), ("note", &note)]);
    assert_eq!(reply.status, 400, "{}", reply.head);
    assert!(reply.body.contains("It is too large"), "{}", reply.body);
    // As long as it may be, it is read.
    let note = "x".repeat(60 * 1024);
    let reply = browser.post("/enter", &[("kind", "receive"), ("note", &note)]);
    assert_ne!(reply.status, 400, "{}", reply.head);
    assert_eq!(folder.snapshot(), before);
}

#[test]
fn what_has_no_end_is_cut_short() {
    let (folder, browser) = desk();
    let before = folder.snapshot();
    let chunk = [b"1000\r\n".as_slice(), &[b'x'; 0x1000], b"\r\n"].concat();
    let chunked = "Transfer-Encoding: chunked";
    let start = format!("GET / HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nX: ", browser.port);
    for (first, again, limit) in [
        (
            head(&browser, "/enter", FORM, chunked),
            &chunk[..],
            64 << 10,
        ),
        (
            head(&browser, "/import", FILE, chunked),
            &chunk[..],
            16 << 20,
        ),
        (start, &[b'x'; 1024][..], 16 << 10),
    ] {
        let now = Duration::ZERO;
        let (sent, reply, _) = send(&browser, &first, again, now, HEADER_TIME);
        // What the computer holds between the two counts as sent.
        assert!(sent < limit + (8 << 20), "{sent} of {limit}: {reply}");
        assert!(!reply.starts_with("HTTP/1.1 200"), "{reply}");
    }
    assert_eq!(browser.get("/").status, 200);
    assert_eq!(folder.snapshot(), before);
}

#[test]
fn what_comes_in_drops_is_closed() {
    let (folder, browser) = desk();
    let before = folder.snapshot();
    let drop = Duration::from_millis(250);
    let lines = format!("GET / HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n", browser.port);
    let length = "Content-Length: 60000";
    let form = head(&browser, "/enter", FORM, length);
    thread::scope(|scope| {
        let header = scope.spawn(|| send(&browser, &lines, b"X: y\r\n", drop, HEADER_TIME));
        let body = scope.spawn(|| send(&browser, &form, b"x", drop, FORM_TIME));
        // Nobody waits meanwhile.
        let start = Instant::now();
        assert_eq!(browser.get("/").status, 200);
        assert!(start.elapsed() < Duration::from_secs(5));
        let (_, reply, _) = header.join().unwrap();
        assert!(!reply.contains(" 200 "), "{reply}");
        let (_, reply, _) = body.join().unwrap();
        assert!(reply.starts_with("HTTP/1.1 400 "), "{reply}");
        assert!(reply.contains("came too slowly"), "{reply}");
    });
    assert_eq!(folder.snapshot(), before);
}

/// Ten thousand connections, in waves that any computer allows one program to hold, and in bursts
/// that none makes wait.
const WAVES: usize = 20;
const BURSTS: usize = 5;
const BURST: usize = 100;

#[test]
fn ten_thousand_connections_that_ask_nothing_keep_nobody_waiting() {
    let (_folder, browser) = desk();
    let answers_soon = |path: &str, status: u16| {
        let start = Instant::now();
        assert_eq!(browser.get(path).status, status);
        let waited = start.elapsed();
        assert!(waited < Duration::from_secs(5), "{waited:?}");
    };
    answers_soon("/", 200);
    let (before, mut made) = (kilobytes(&browser), 0);
    for _ in 0..WAVES {
        let mut silent: Vec<TcpStream> = Vec::new();
        for _ in 0..BURSTS {
            silent.extend((0..BURST).map_while(|_| connect(&browser).ok()));
            answers_soon("/start", 303);
        }
        answers_soon("/", 200);
        made += silent.len();
        #[cfg(target_os = "linux")]
        {
            let descriptors = format!("/proc/{}/fd", browser.child.id());
            let open = std::fs::read_dir(descriptors).unwrap().count();
            assert!(open < 64 + 32, "{open} files are open");
        }
    }
    assert_eq!(made, WAVES * BURSTS * BURST);
    let grown = kilobytes(&browser).saturating_sub(before);
    assert!(grown < 4 * 1024, "{grown} kB more");
}

/// The most memory that the desk has had, if the computer tells.
fn kilobytes(browser: &Browser) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", browser.child.id()));
    let status = status.unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let number = line.and_then(|line| line.split_whitespace().next());
    number.map_or(0, |number| number.parse().unwrap())
}
