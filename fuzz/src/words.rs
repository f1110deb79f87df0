//! Names and keywords: project refs, entry numbers, fingerprints, quantities, kinds, pots, measures,
//! priorities. Each is read in its spellings only, and reads the same after it is written.

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
    sorted(
        text.split('\n')
            .filter_map(|word| word.parse().ok())
            .collect(),
    );
    for word in text.split('\n') {
        let spelled = |well: bool| well.then(|| word.to_owned());
        let name = word.trim();
        let is_ref = (1..=20).contains(&name.len())
            && !name.starts_with('-')
            && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        let reference = is_ref.then(|| name.to_ascii_uppercase());
        assert_eq!(read::<ProjectRef>(word), reference, "{word:?}");
        let is_fingerprint =
            word.len() == 64 && word.chars().all(|c| matches!(c, '0'..='9' | 'a'..='f'));
        assert_eq!(
            read::<Fingerprint>(word),
            spelled(is_fingerprint),
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

/// The text as which a value is written after it is read; it must read the same again.
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

/// Refs have one order, in which numbers count by their value.
fn sorted(mut refs: Vec<ProjectRef>) {
    refs.sort();
    for pair in refs.windows(2) {
        assert!(pair[0] < pair[1] || pair[0] == pair[1], "{pair:?}");
        assert!(pair[1] > pair[0] || pair[0] == pair[1], "{pair:?}");
        let number = |name: &ProjectRef| name.as_str().strip_prefix('P')?.parse::<u128>().ok();
        if let (Some(one), Some(other)) = (number(&pair[0]), number(&pair[1])) {
            assert!(one <= other, "{pair:?}");
        }
    }
}

/// A number above zero that fits 32 bits, in digits.
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

/// Digits, plain or grouped by thousands, and at most four places; written without needless zeros.
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
