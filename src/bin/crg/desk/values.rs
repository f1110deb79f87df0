//! [`Values`]: what was typed into a form, or stands in an address.

use std::collections::BTreeMap;
use std::fmt::Write;

/// The values by their names. Several of one name are joined by `;`, as the codes of priorities are.
#[derive(Debug, Clone, Default)]
pub(crate) struct Values(BTreeMap<String, String>);

impl Values {
    pub(crate) fn new(pairs: Vec<(String, String)>) -> Values {
        let mut values = Values::default();
        for (name, text) in pairs {
            match values.0.get_mut(&name) {
                Some(known) if known.is_empty() => *known = text,
                Some(known) => {
                    known.push(';');
                    known.push_str(&text);
                }
                None => values.set(&name, text),
            }
        }
        values
    }

    /// A value without the space around it; empty if there is none.
    pub(crate) fn get(&self, name: &str) -> &str {
        self.0.get(name).map(|text| text.trim()).unwrap_or_default()
    }

    /// A value, if it is given and not empty.
    pub(crate) fn given(&self, name: &str) -> Option<&str> {
        Some(self.get(name)).filter(|text| !text.is_empty())
    }

    /// Returns `true` if the form was sent with the value, even an empty one.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    pub(crate) fn set(&mut self, name: &str, text: impl Into<String>) {
        self.0.insert(name.to_owned(), text.into());
    }

    /// Sets a value that is not given.
    pub(crate) fn default_to(&mut self, name: &str, text: impl Into<String>) {
        if !self.has(name) {
            self.set(name, text);
        }
    }

    /// All of them.
    pub(crate) fn all(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(name, text)| (name.as_str(), text.as_str()))
    }
}

/// An address with values: `address("/enter", &[("kind", "spend")])`.
pub(crate) fn address(path: &str, values: &[(&str, &str)]) -> String {
    let mut address = path.to_owned();
    for (index, (name, text)) in values.iter().enumerate() {
        let mark = if index == 0 { '?' } else { '&' };
        let _ = write!(address, "{mark}{}={}", encoded(name), encoded(text));
    }
    address
}

fn encoded(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}
