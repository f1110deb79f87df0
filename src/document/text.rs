//! [`Text`]: a sentence whose amounts and days are known to be such.

use std::fmt;

use crate::fold::{Lens, PotName};
use crate::model::{
    Date, EntryNumber, FinancialYear, Kind, Moment, Money, ProjectRef, Quarter, Stage,
};

/// One part of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Span {
    /// Words.
    Words(String),
    /// An amount, written £15,552.80.
    Money(Money),
    /// A day, written 31 March 2026.
    Day(Date),
}

/// A sentence, or several: words, amounts and days, each of its type, so that a format can keep an
/// amount on one line without searching for it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Text(Vec<Span>);

/// Something that can stand in a [`Text`].
pub trait Part {
    /// Adds it at the end.
    fn add_to(self, text: &mut Text);
}

/// Joins parts to a [`Text`]: `text!["Left on ", day, ": ", amount, "."]`.
macro_rules! text {
    ($($part:expr),* $(,)?) => {{
        let mut text = $crate::document::Text::default();
        $($crate::document::Part::add_to($part, &mut text);)*
        text
    }};
}
pub(crate) use text;

impl Text {
    /// Its parts.
    pub fn spans(&self) -> &[Span] {
        &self.0
    }

    /// Returns `true` if there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds a part at the end.
    pub fn push(&mut self, part: impl Part) {
        part.add_to(self);
    }

    /// The same with a capital as its first letter and a full stop at its end.
    #[must_use]
    pub fn sentence(mut self) -> Text {
        if let Some(Span::Words(words)) = self.0.first_mut() {
            *words = capital(words);
        }
        self.push(".");
        self
    }

    /// Several parts with words between them.
    pub fn join<P: Part>(parts: impl IntoIterator<Item = P>, between: &str) -> Text {
        let mut joined = Text::default();
        for part in parts {
            if !joined.is_empty() {
                joined.push(between);
            }
            joined.push(part);
        }
        joined
    }

    fn words(&mut self, words: &str) {
        match self.0.last_mut() {
            _ if words.is_empty() => {}
            Some(Span::Words(last)) => last.push_str(words),
            _ => self.0.push(Span::Words(words.to_owned())),
        }
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|span| write!(f, "{span}"))
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Span::Words(words) => f.write_str(words),
            Span::Money(amount) => write!(f, "{}", amount.pounds()),
            Span::Day(day) => write!(f, "{}", day.long()),
        }
    }
}

/// The same words with a capital as their first letter.
pub(crate) fn capital(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}

/// A text of one part.
macro_rules! from_part {
    ($($type:ty),* $(,)?) => {$(
        impl From<$type> for Text {
            fn from(part: $type) -> Text {
                text![part]
            }
        }
    )*};
}

from_part! { &str, String, Money, Date }

impl Part for Text {
    fn add_to(self, text: &mut Text) {
        (&self).add_to(text);
    }
}

impl Part for Money {
    fn add_to(self, text: &mut Text) {
        text.0.push(Span::Money(self));
    }
}

impl Part for Date {
    fn add_to(self, text: &mut Text) {
        text.0.push(Span::Day(self));
    }
}

impl Part for Lens {
    fn add_to(self, text: &mut Text) {
        text.push("as at ");
        text.push(self.as_at);
        if let Some(moment) = self.known_at {
            text.push(", as known at ");
            text.push(moment);
        }
    }
}

impl<P: Part> Part for Option<P> {
    fn add_to(self, text: &mut Text) {
        if let Some(part) = self {
            part.add_to(text);
        }
    }
}

impl Part for &Text {
    fn add_to(self, text: &mut Text) {
        for span in &self.0 {
            match span {
                Span::Words(words) => text.words(words),
                span => text.0.push(span.clone()),
            }
        }
    }
}

impl Part for &str {
    fn add_to(self, text: &mut Text) {
        text.words(self);
    }
}

impl Part for PotName {
    fn add_to(self, text: &mut Text) {
        text.words(self.in_sentence());
    }
}

/// Parts that are words as they are displayed.
macro_rules! words {
    ($($type:ty),* $(,)?) => {$(
        impl Part for $type {
            fn add_to(self, text: &mut Text) {
                text.words(&self.to_string());
            }
        }
    )*};
}

words! {
    String, &String, FinancialYear, Quarter, Moment, EntryNumber, Kind, Stage, ProjectRef,
    &ProjectRef, usize, u32, u64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_and_days_keep_their_type_and_read_as_people_write_them() {
        let (amount, day): (Money, Date) = ("1250".parse().unwrap(), "2026-03-31".parse().unwrap());
        let text = text!["left of ", &String::from("P01"), " on ", day, ": ", amount].sentence();
        assert_eq!(text.to_string(), "Left of P01 on 31 March 2026: £1,250.00.");
        assert_eq!(
            text.spans()[1..4],
            [
                Span::Day(day),
                Span::Words(": ".into()),
                Span::Money(amount)
            ]
        );
    }
}
