//! [`Texts`]: suppliers or references as they are compared, each with a number.

use std::borrow::Cow;
use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::rules::normalised::normalised;

/// Words that say what kind of company a supplier is, and are often left out.
const COMPANY_FORMS: [&str; 4] = ["limited", "ltd", "plc", "llp"];

/// The number of an empty text.
pub(super) const EMPTY: usize = 0;

/// A text by its number, as it is written and as it is loosely. Equal numbers are equal texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TextId {
    /// As [`normalised`] has it.
    pub(super) exact: usize,
    /// As [`loose`] has it.
    pub(super) loose: usize,
}

/// Texts of one kind, numbered as they come.
#[derive(Debug, Default)]
pub(super) struct Texts {
    exact: HashMap<String, TextId>,
    loose: HashMap<String, usize>,
}

impl Texts {
    pub(super) fn id(&mut self, text: Option<&str>) -> TextId {
        let text = normalised(text.unwrap_or_default());
        if text.is_empty() {
            return TextId {
                exact: EMPTY,
                loose: EMPTY,
            };
        }
        if let Some(known) = self.exact.get(&text) {
            return *known;
        }
        let loose = loose(&text);
        let next = self.loose.len() + 1;
        let id = TextId {
            exact: self.exact.len() + 1,
            loose: match loose.as_str() {
                "" => EMPTY,
                _ => *self.loose.entry(loose).or_insert(next),
            },
        };
        self.exact.insert(text, id);
        id
    }
}

/// A normalised text without what people and programs add and leave out: punctuation, spaces,
/// accents, leading zeros, and what kind of company it is.
pub(super) fn loose(text: &str) -> String {
    let spelled = if text.is_ascii() && !text.contains('&') {
        Cow::Borrowed(text)
    } else {
        let unaccented = text.nfkd().filter(|c| !is_combining_mark(*c));
        Cow::Owned(unaccented.collect::<String>().replace('&', " and "))
    };
    let words = spelled.split(|c: char| !c.is_alphanumeric());
    let mut loose = String::with_capacity(text.len());
    for word in words.filter(|word| !COMPANY_FORMS.contains(word)) {
        let mut follows_digit = loose.ends_with(|c: char| c.is_numeric());
        for c in word.chars() {
            if c != '0' || follows_digit {
                loose.push(c);
            }
            follows_digit = c.is_numeric() && (c != '0' || follows_digit);
        }
    }
    loose
}

#[cfg(test)]
#[path = "../../../tests/unit/loose.rs"]
mod tests;
