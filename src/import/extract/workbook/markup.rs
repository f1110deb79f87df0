//! [`Markup`]: the tags and texts of HTML or XML, one after another. It is as lenient as a browser
//! and keeps nothing.

use std::borrow::Cow;

/// A piece of markup.
pub(crate) enum Piece<'a> {
    /// `<name attributes>` or `<name attributes/>`: its name, what stands behind it, and whether it
    /// is closed at once.
    Open(&'a str, &'a str, bool),
    /// `</name>`.
    Close(&'a str),
    /// Text between tags, its entities still to be decoded.
    Text(&'a str),
    /// Text of a section in which nothing is decoded.
    Verbatim(&'a str),
}

/// Reads markup piece by piece; comments and declarations are passed over.
pub(crate) struct Markup<'a> {
    rest: &'a str,
}

impl<'a> Markup<'a> {
    pub(crate) fn new(text: &'a str) -> Markup<'a> {
        Markup { rest: text }
    }

    /// The text up to a mark, which is passed over; all that is left if there is none.
    fn up_to(&mut self, mark: &str) -> &'a str {
        let (text, rest) = self.rest.split_once(mark).unwrap_or((self.rest, ""));
        self.rest = rest;
        text
    }

    fn tag(&mut self) -> &'a str {
        let mut quote = None;
        let end = self.rest.bytes().position(|byte| match (quote, byte) {
            (None, b'>') => true,
            (None, b'"' | b'\'') => {
                quote = Some(byte);
                false
            }
            (Some(open), byte) if open == byte => {
                quote = None;
                false
            }
            _ => false,
        });
        // A quotation mark left open ends with the tag.
        let Some(end) = end else {
            return self.up_to(">");
        };
        let (tag, rest) = self.rest.split_at(end);
        self.rest = rest.get(1..).unwrap_or_default();
        tag
    }
}

impl<'a> Iterator for Markup<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        loop {
            if self.rest.is_empty() {
                return None;
            }
            if !self.rest.starts_with('<') {
                let end = self.rest.find('<').unwrap_or(self.rest.len());
                let (text, rest) = self.rest.split_at(end);
                self.rest = rest;
                return Some(Piece::Text(text));
            }
            self.rest = &self.rest[1..];
            if let Some(rest) = self.rest.strip_prefix("!--") {
                self.rest = rest;
                self.up_to("-->");
            } else if let Some(rest) = self.rest.strip_prefix("![CDATA[") {
                self.rest = rest;
                return Some(Piece::Verbatim(self.up_to("]]>")));
            } else if self.rest.starts_with(['!', '?']) {
                self.up_to(">");
            } else if let Some(rest) = self.rest.strip_prefix('/') {
                self.rest = rest;
                return Some(Piece::Close(self.up_to(">").trim()));
            } else if self.rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
                let tag = self.tag();
                let is_closed = tag.ends_with('/');
                let tag = tag.strip_suffix('/').unwrap_or(tag);
                let end = tag.find(char::is_whitespace).unwrap_or(tag.len());
                let (name, attributes) = tag.split_at(end);
                return Some(Piece::Open(name, attributes, is_closed));
            } else {
                return Some(Piece::Text("<"));
            }
        }
    }
}

/// The value of an attribute, decoded.
pub(crate) fn attribute<'a>(attributes: &'a str, wanted: &str) -> Option<Cow<'a, str>> {
    let mut rest = attributes.trim_start();
    while !rest.is_empty() {
        let end = rest
            .find(|c: char| c == '=' || c.is_whitespace())
            .unwrap_or(rest.len());
        let (name, behind) = rest.split_at(end);
        let value;
        (value, rest) = match behind.trim_start().strip_prefix('=') {
            None => ("", behind),
            Some(given) => take_value(given.trim_start()),
        };
        if name.eq_ignore_ascii_case(wanted) {
            return Some(decoded(value));
        }
        // A mark that belongs to nothing is passed over.
        rest = rest.trim_start();
        if end == 0 && rest.len() == attributes.len() {
            return None;
        }
    }
    None
}

fn take_value(given: &str) -> (&str, &str) {
    for quote in ['"', '\''] {
        if let Some(quoted) = given.strip_prefix(quote) {
            return quoted.split_once(quote).unwrap_or((quoted, ""));
        }
    }
    let end = given.find(char::is_whitespace).unwrap_or(given.len());
    given.split_at(end)
}

/// The longest name of an entity that is decoded.
const MAX_ENTITY: usize = 10;

/// A text with its entities decoded; an unknown one stays as it is.
pub(crate) fn decoded(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('&') {
        decoded.push_str(before);
        let name = behind
            .find(';')
            .filter(|end| *end <= MAX_ENTITY)
            .and_then(|end| behind.get(..end));
        match name.and_then(|name| entity(name).map(|c| (c, name))) {
            Some((c, name)) => {
                decoded.push(c);
                rest = &behind[name.len() + 1..];
            }
            None => {
                decoded.push('&');
                rest = behind;
            }
        }
    }
    decoded.push_str(rest);
    Cow::Owned(decoded)
}

fn entity(name: &str) -> Option<char> {
    let code = match name {
        "amp" => return Some('&'),
        "lt" => return Some('<'),
        "gt" => return Some('>'),
        "quot" => return Some('"'),
        "apos" => return Some('\''),
        "nbsp" => return Some('\u{a0}'),
        "pound" => return Some('£'),
        "ndash" => return Some('–'),
        "mdash" => return Some('—'),
        "lsquo" => return Some('‘'),
        "rsquo" => return Some('’'),
        "ldquo" => return Some('“'),
        "rdquo" => return Some('”'),
        "euro" => return Some('€'),
        "minus" => return Some('−'),
        "eacute" => return Some('é'),
        name => name.strip_prefix('#')?,
    };
    let number = match code.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16),
        None => code.parse(),
    };
    number.ok().and_then(char::from_u32)
}
