//! [`Browser`]: a desk that runs, and what a browser that has its cookie sends and gets.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

use scraper::{Html, Selector};

use crate::files::TempFolder;

pub(super) const NOW: &str = "2026-05-11T09:30:00Z";

/// A desk with its browser. It ends when it is dropped.
pub(super) struct Browser {
    pub(super) child: Child,
    pub(super) port: u16,
    pub(super) token: String,
    pub(super) cookie: String,
}

/// What the desk answers.
#[derive(Debug)]
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) head: String,
    pub(super) body: String,
}

/// A command on the book of a folder.
pub(super) fn crg(folder: &TempFolder, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_crg"));
    command
        .args(["--db", "crg.db"])
        .args(arguments)
        .current_dir(folder.path())
        .env_clear()
        .envs([("CRG_NOW", NOW), ("CRG_BY", "KCST")]);
    command
}

/// What a command that succeeds prints.
pub(super) fn said(folder: &TempFolder, arguments: &[&str]) -> String {
    let output = crg(folder, arguments).output().unwrap();
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {error}");
    String::from_utf8(output.stdout).unwrap()
}

impl Browser {
    /// Opens a desk on the book of a folder, and exchanges the token for the cookie.
    pub(super) fn open(folder: &TempFolder, options: &[&str]) -> Browser {
        Browser::open_at(folder, NOW, options)
    }

    /// The same at another moment.
    pub(super) fn open_at(folder: &TempFolder, now: &str, options: &[&str]) -> Browser {
        let mut browser = Browser::waiting_at(folder, now, options);
        let start = format!("/start?token={}", browser.token);
        let reply = browser.get(&start);
        let cookie = reply.header("set-cookie").unwrap();
        browser.cookie = cookie.split(';').next().unwrap().to_owned();
        browser
    }

    /// Opens a desk whose token nobody has used.
    pub(super) fn waiting(folder: &TempFolder, options: &[&str]) -> Browser {
        Browser::waiting_at(folder, NOW, options)
    }

    fn waiting_at(folder: &TempFolder, now: &str, options: &[&str]) -> Browser {
        let mut child = crg(folder, &[&["serve"], options].concat())
            .env("CRG_NOW", now)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let address = lines
            .map(Result::unwrap)
            .find(|line| line.starts_with("http://"));
        let address = address.expect("it prints its address");
        let (host, token) = address.split_once("/start?token=").unwrap();
        let port = host.rsplit_once(':').unwrap().1.parse().unwrap();
        Browser {
            child,
            port,
            token: token.to_owned(),
            cookie: String::new(),
        }
    }

    pub(super) fn origin(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    pub(super) fn get(&self, path: &str) -> Reply {
        let reply = self.send("GET", path, &self.headers(), "");
        self.followed(reply)
    }

    /// A reply, or the page that it leads to if that is a form or the answer to one.
    fn followed(&self, reply: Reply) -> Reply {
        let location = reply.header("location").unwrap_or_default();
        if location.contains("form=") || location.contains("page=") {
            self.send("GET", location, &self.headers(), "")
        } else {
            reply
        }
    }

    /// Sends a form.
    pub(super) fn post(&self, path: &str, pairs: &[(&str, &str)]) -> Reply {
        self.post_as(path, "application/x-www-form-urlencoded", &encoded(pairs))
    }

    /// Sends a body of this type.
    pub(super) fn post_as(&self, path: &str, kind: &str, body: &str) -> Reply {
        let mut headers = self.headers();
        headers.extend([
            ("Origin".into(), self.origin()),
            ("Sec-Fetch-Site".into(), "same-origin".into()),
            ("Content-Type".into(), kind.into()),
        ]);
        let reply = self.send("POST", path, &headers, body);
        self.followed(reply)
    }

    /// What a browser that has the cookie always sends.
    pub(super) fn headers(&self) -> Vec<(String, String)> {
        vec![
            ("Host".into(), format!("127.0.0.1:{}", self.port)),
            ("Cookie".into(), self.cookie.clone()),
        ]
    }

    pub(super) fn send(
        &self,
        method: &str,
        path: &str,
        headers: &[(String, String)],
        body: &str,
    ) -> Reply {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        let mut request = format!("{method} {path} HTTP/1.1\r\n");
        for (name, value) in headers {
            request += &format!("{name}: {value}\r\n");
        }
        if method == "POST" {
            if !headers.iter().any(|(name, _)| name == "Content-Type") {
                request += "Content-Type: application/x-www-form-urlencoded\r\n";
            }
            request += &format!("Content-Length: {}\r\n", body.len());
        }
        // A desk that has enough of a request may close it before all is sent.
        let _ = stream.write_all(format!("{request}\r\n{body}").as_bytes());
        let mut reply = Vec::new();
        let _ = stream.read_to_end(&mut reply);
        Reply::new(&String::from_utf8_lossy(&reply))
    }

    /// Checks a form, and records what is then shown.
    pub(super) fn record(&self, path: &str, pairs: &[(&str, &str)]) -> Reply {
        let preview = self.check(path, pairs);
        assert_eq!(preview.status, 200, "{pairs:?}: {}", preview.text());
        self.press_record(path, &preview)
    }

    pub(super) fn check(&self, path: &str, pairs: &[(&str, &str)]) -> Reply {
        self.post(path, &[pairs, &[("step", "check")]].concat())
    }

    /// Presses the button that records what a page shows.
    pub(super) fn press_record(&self, path: &str, preview: &Reply) -> Reply {
        let hidden = preview.hidden();
        let pairs = hidden
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()));
        let pairs: Vec<(&str, &str)> = pairs.chain([("step", "record")]).collect();
        self.post(path, &pairs)
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Reply {
    fn new(reply: &str) -> Reply {
        let (head, body) = reply.split_once("\r\n\r\n").unwrap_or((reply, ""));
        let status = head.split(' ').nth(1).and_then(|code| code.parse().ok());
        Reply {
            status: status.unwrap_or(0),
            head: head.to_owned(),
            body: body.to_owned(),
        }
    }

    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(": "));
        let found = lines.find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value)
    }

    /// The words of the main part, with one space between them.
    pub(super) fn text(&self) -> String {
        self.texts("main").join(" ")
    }

    /// The words of each element that a selector finds.
    pub(super) fn texts(&self, selector: &str) -> Vec<String> {
        let (page, selector) = (
            Html::parse_document(&self.body),
            Selector::parse(selector).unwrap(),
        );
        let words = page.select(&selector).map(|element| {
            let text: String = element.text().collect::<Vec<_>>().join(" ");
            text.split_whitespace().collect::<Vec<_>>().join(" ")
        });
        words.collect()
    }

    /// An attribute of each element that a selector finds.
    pub(super) fn attributes(&self, selector: &str, name: &str) -> Vec<String> {
        let (page, selector) = (
            Html::parse_document(&self.body),
            Selector::parse(selector).unwrap(),
        );
        let found = page
            .select(&selector)
            .filter_map(|element| element.attr(name).map(str::to_owned));
        found.collect()
    }

    pub(super) fn hidden(&self) -> Vec<(String, String)> {
        let names = self.attributes("input[type=hidden]", "name").into_iter();
        names
            .zip(self.attributes("input[type=hidden]", "value"))
            .collect()
    }
}

/// A form as a browser sends it.
pub(super) fn encoded(pairs: &[(&str, &str)]) -> String {
    let encode = |text: &str| -> String {
        text.bytes()
            .map(|byte| match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => char::from(byte).to_string(),
                byte => format!("%{byte:02X}"),
            })
            .collect()
    };
    let pairs = pairs
        .iter()
        .map(|(name, value)| format!("{}={}", encode(name), encode(value)));
    pairs.collect::<Vec<_>>().join("&")
}
