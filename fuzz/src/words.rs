//! Values with a short written form: project refs, entry numbers, fingerprints, quantities, kinds,
//! pots, measures and priorities. Each is read in exactly the spellings it has, and is read the
//! same when written again.

use std::fmt::{Debug, Display};
use std::str::FromStr;

use crg::import::plain;
use crg::import::sheet::inert;
use crg::model::{
    EntryNumber, Fingerprint, Kind, Measure, Pot, Priorities, ProjectRef, Quantity, Vat,
};

pub(crate) fn run(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    assert_eq!(plain(&inert(text)), text, "{text:?}");
    assert!(
        !inert(text).starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']),
        "{text:?}"
    );
    for word in text.split('\n') {
        let word_if = |is_valid: bool| is_valid.then(|| word.to_owned());
        let is_ref = (1..=20).contains(&word.len())
            && !word.starts_with('-')
            && word
                .chars()
                .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '-');
        assert_eq!(read::<ProjectRef>(word), word_if(is_ref), "{word:?}");
        let is_fingerprint =
            word.len() == 64 && word.chars().all(|c| matches!(c, '0'..='9' | 'a'..='f'));
        assert_eq!(
            read::<Fingerprint>(word),
            word_if(is_fingerprint),
            "{word:?}"
        );
        assert_eq!(read::<EntryNumber>(word), number(word), "{word:?}");
        assert_eq!(read::<Quantity>(word), quantity(word), "{word:?}");
        let same = [
            read::<Kind>(word),
            read::<Pot>(word),
            read::<Vat>(word),
            read::<Measure>(word),
        ];
        assert!(
            same.into_iter().flatten().all(|read| read == word),
            "{word:?}"
        );
        if let Some(read) = read::<Priorities>(word) {
            let codes = |text: &str| {
                text.split(';')
                    .map(|code| code.trim().to_owned())
                    .filter(|code| !code.is_empty())
                    .collect::<Vec<_>>()
            };
            assert_eq!(codes(&read), codes(word), "{word:?}");
        }
    }
}

/// Reads a word and returns how it is written. Read again, it must give the same value.
fn read<T: FromStr + Display + PartialEq + Debug>(word: &str) -> Option<String> {
    let value: T = word.parse().ok()?;
    let written = value.to_string();
    assert_eq!(
        written.parse::<T>().ok().as_ref(),
        Some(&value),
        "{word:?} is written as {written:?}"
    );
    Some(written)
}

/// An entry number: digits, above zero, in 32 bits.
fn number(word: &str) -> Option<String> {
    let digits = word.trim_start_matches('0');
    let plain = !digits.is_empty()
        && digits.len() <= 10
        && digits.bytes().all(|byte| byte.is_ascii_digit());
    let number: u64 = if plain {
        digits.parse().ok()?
    } else {
        return None;
    };
    (number <= u64::from(u32::MAX)).then(|| number.to_string())
}

/// A quantity: digits with or without commas and at most four places; written without extra zeros.
fn quantity(word: &str) -> Option<String> {
    let (whole, places) = match word.split_once('.') {
        Some((_, "")) => return None,
        parts => parts.unwrap_or((word, "")),
    };
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let grouped =
        !whole.contains(',') || (first.len() <= 3 && groups.all(|group| group.len() == 3));
    let digits: String = whole.chars().filter(|c| *c != ',').collect();
    let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if first.is_empty()
        || !grouped
        || !all_digits(&digits)
        || digits.len() > 12
        || !all_digits(places)
        || places.len() > 4
    {
        return None;
    }
    let whole = match digits.trim_start_matches('0') {
        "" => "0",
        whole => whole,
    };
    let places = places.trim_end_matches('0');
    Some(if places.is_empty() {
        whole.to_owned()
    } else {
        format!("{whole}.{places}")
    })
}
