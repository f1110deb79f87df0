//! [`Browser`]: a desk that runs, and what a browser that has its cookie sends and gets.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Output, Stdio};

use scraper::{Html, Selector};

/// A desk with its browser. It ends when it is dropped.
#[derive(Debug)]
pub(crate) struct Browser {
    pub(crate) child: Child,
    pub(crate) port: u16,
    pub(crate) token: String,
    pub(crate) cookie: String,
}

/// What the desk answers. The status is 0 if it answers nothing.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Browser {
    /// Opens a desk with a command, or returns what the command printed if it ended instead. Nobody
    /// has used the desk's token yet.
    pub(crate) fn open_with(mut command: Command) -> Result<Browser, Output> {
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let mut lines = stdout.by_ref().lines().map_while(Result::ok);
        let address = lines.find(|line| line.starts_with("http://"));
        // It stays open for what the desk prints when it ends.
        child.stdout = Some(stdout.into_inner());
        let Some(address) = address else {
            return Err(child.wait_with_output().unwrap());
        };
        let (host, token) = address.split_once("/start?token=").unwrap();
        let port = host.rsplit_once(':').unwrap().1.parse().unwrap();
        Ok(Browser {
            child,
            port,
            token: token.to_owned(),
            cookie: String::new(),
        })
    }

    /// Exchanges the token for the cookie.
    pub(crate) fn admit(&mut self) {
        let reply = self.get(&format!("/start?token={}", self.token));
        let cookie = reply.header("set-cookie").unwrap_or_default();
        self.cookie = cookie.split(';').next().unwrap().to_owned();
    }

    pub(crate) fn origin(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    pub(crate) fn get(&self, path: &str) -> Reply {
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
    pub(crate) fn post(&self, path: &str, pairs: &[(&str, &str)]) -> Reply {
        self.post_as(path, "application/x-www-form-urlencoded", &encoded(pairs))
    }

    /// Sends a body of this type.
    pub(crate) fn post_as(&self, path: &str, kind: &str, body: &str) -> Reply {
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
    pub(crate) fn headers(&self) -> Vec<(String, String)> {
        vec![
            ("Host".into(), format!("127.0.0.1:{}", self.port)),
            ("Cookie".into(), self.cookie.clone()),
        ]
    }

    pub(crate) fn send(
        &self,
        method: &str,
        path: &str,
        headers: &[(String, String)],
        body: &str,
    ) -> Reply {
        let Ok(mut stream) = TcpStream::connect(("127.0.0.1", self.port)) else {
            return Reply::new("");
        };
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
    pub(crate) fn record(&self, path: &str, pairs: &[(&str, &str)]) -> Reply {
        let preview = self.check(path, pairs);
        assert_eq!(preview.status, 200, "{pairs:?}: {}", preview.text());
        self.press_record(path, &preview)
    }

    pub(crate) fn check(&self, path: &str, pairs: &[(&str, &str)]) -> Reply {
        self.post(path, &[pairs, &[("step", "check")]].concat())
    }

    /// Presses the button that records what a page shows.
    pub(crate) fn press_record(&self, path: &str, preview: &Reply) -> Reply {
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

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(": "));
        let found = lines.find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value)
    }

    /// The words of the main part, with one space between them.
    pub(crate) fn text(&self) -> String {
        self.texts("main").join(" ")
    }

    /// The words of each element that a selector finds.
    pub(crate) fn texts(&self, selector: &str) -> Vec<String> {
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
    pub(crate) fn attributes(&self, selector: &str, name: &str) -> Vec<String> {
        let (page, selector) = (
            Html::parse_document(&self.body),
            Selector::parse(selector).unwrap(),
        );
        let found = page
            .select(&selector)
            .filter_map(|element| element.attr(name).map(str::to_owned));
        found.collect()
    }

    pub(crate) fn hidden(&self) -> Vec<(String, String)> {
        let names = self.attributes("input[type=hidden]", "name").into_iter();
        names
            .zip(self.attributes("input[type=hidden]", "value"))
            .collect()
    }
}

/// A form as a browser sends it.
pub(crate) fn encoded(pairs: &[(&str, &str)]) -> String {
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
