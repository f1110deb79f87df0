//! Days and amounts in a text, marked so that no line ends within one.

use maud::{Markup, html as markup};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A text with each `2026-03-31`, `31 March 2026` and `-£1,250.00` in it kept whole.
pub(super) fn whole(text: &str) -> Markup {
    markup! {
        @for (part, is_whole) in parts(text) {
            @if is_whole { span class="whole" { (part) } } @else { (part) }
        }
    }
}

/// The text in its parts, each with whether it is a day or an amount.
fn parts(text: &str) -> Vec<(&str, bool)> {
    let mut found = Vec::new();
    let (mut from, mut before) = (0, ' ');
    for (place, letter) in text.char_indices() {
        let long = if place < from || before.is_alphanumeric() {
            0
        } else {
            length(&text[place..])
        };
        if long > 0 {
            found.extend([
                (&text[from..place], false),
                (&text[place..place + long], true),
            ]);
            from = place + long;
        }
        before = letter;
    }
    found.push((&text[from..], false));
    found.retain(|(part, _)| !part.is_empty());
    found
}

/// How many bytes of a text's beginning are a day or an amount.
fn length(text: &str) -> usize {
    let rest = amount(text).or_else(|| iso(text)).or_else(|| written(text));
    rest.filter(|rest| !rest.starts_with(char::is_alphanumeric))
        .map_or(0, |rest| text.len() - rest.len())
}

/// What stands after an amount.
fn amount(text: &str) -> Option<&str> {
    let figure = text
        .strip_prefix('-')
        .unwrap_or(text)
        .strip_prefix('£')
        .filter(|figure| figure.starts_with(is_digit))?;
    let rest =
        figure.trim_start_matches(|letter| is_digit(letter) || letter == ',' || letter == '.');
    // A stop or a comma behind it is the sentence's.
    Some(
        &figure[figure[..figure.len() - rest.len()]
            .trim_end_matches([',', '.'])
            .len()..],
    )
}

/// What stands after a day of figures.
fn iso(text: &str) -> Option<&str> {
    digits(
        digits(digits(text, 4..=4)?.strip_prefix('-')?, 2..=2)?.strip_prefix('-')?,
        2..=2,
    )
}

/// What stands after a day with the name of its month.
fn written(text: &str) -> Option<&str> {
    let named = digits(text, 1..=2)?.strip_prefix(' ')?;
    digits(
        MONTHS
            .iter()
            .find_map(|month| named.strip_prefix(month))?
            .strip_prefix(' ')?,
        4..=4,
    )
}

/// What stands after so many digits.
fn digits(text: &str, count: std::ops::RangeInclusive<usize>) -> Option<&str> {
    let rest = text.trim_start_matches(is_digit);
    count.contains(&(text.len() - rest.len())).then_some(rest)
}

fn is_digit(letter: char) -> bool {
    letter.is_ascii_digit()
}
