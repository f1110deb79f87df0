//! Small TOML files that a person writes: maps and settings.

use std::path::Path;

use serde::de::DeserializeOwned;

use crate::import::extract::read_file;
use crate::import::fault::{FileFault, InputError};

/// The text of a file of at most so many bytes.
pub(super) fn read_text(file: &Path, limit: u64) -> Result<String, InputError> {
    let fail = |fault: FileFault| InputError::one(file, None, fault);
    let bytes = read_file(file, limit).map_err(fail)?;
    let text = String::from_utf8(bytes).map_err(|_| fail(FileFault::NotUtf8))?;
    Ok(text.trim_start_matches('\u{feff}').to_owned())
}

/// Reads a text; `file` is its path, for errors. An error suggests the key that was meant, if it is
/// one of these.
pub(super) fn parse<T: DeserializeOwned>(
    file: &Path,
    text: &str,
    keys: impl Iterator<Item = &'static str>,
) -> Result<T, InputError> {
    toml::from_str(text).map_err(|error| {
        let line = error.span().map(|span| line_at(text, span.start));
        let found = error.span().and_then(|span| text.get(span));
        let meant = found.and_then(|found| nearest(found, keys));
        let mut message = error.message().to_owned();
        if let Some(meant) = meant {
            message.push_str(&format!("; did you mean `{meant}`?"));
        }
        InputError::one(file, line, FileFault::Toml { message })
    })
}

/// The line, counted from 1, in which a byte stands.
fn line_at(text: &str, byte: usize) -> u64 {
    let before = text.bytes().take(byte);
    before.fold(1, |line, byte| line + u64::from(byte == b'\n'))
}

/// The key that is meant by one that is none: at most half of its letters were mistyped, and no more
/// than two.
fn nearest(found: &str, keys: impl Iterator<Item = &'static str>) -> Option<&'static str> {
    let near = keys.map(|key| (distance(found, key), key));
    let near = near.filter(|(distance, key)| (1..=2.min(key.len() / 2)).contains(distance));
    near.min().map(|(_, key)| key)
}

/// How many letters must be changed, added or left out to make one text of another.
fn distance(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (index, letter) in from.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], index + 1);
        for (column, other) in to.iter().enumerate() {
            let changed = diagonal + usize::from(letter != *other);
            diagonal = row[column + 1];
            row[column + 1] = changed.min(diagonal + 1).min(row[column] + 1);
        }
    }
    row[to.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_distance_counts_letters_changed_added_and_left_out() {
        for (from, to, expected) in [
            ("summary", "summary", 0),
            ("sumary", "summary", 1),
            ("phome", "phone", 1),
            ("phoen", "phone", 2),
            ("e-mail", "email", 1),
            ("", "to", 2),
            ("by", "subject", 6),
        ] {
            assert_eq!(distance(from, to), expected, "{from} {to}");
        }
    }

    #[test]
    fn the_nearest_key_is_meant() {
        let keys = || ["name", "post", "phone"].into_iter();
        assert_eq!(nearest("phon", keys()), Some("phone"));
        assert_eq!(nearest("names", keys()), Some("name"));
        assert_eq!(nearest("telephone", keys()), None);
        assert_eq!(nearest("3", ["by", "to"].into_iter()), None);
    }
}
