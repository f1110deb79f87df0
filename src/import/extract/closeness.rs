//! How near a code is to one that a rule looks for.

/// How a code differs from another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Closeness {
    /// By zeros at its beginning, as a spreadsheet leaves them out, perhaps with its last letter.
    Zeros,
    /// By one letter, or a letter where the other has the digit that looks like it.
    Letter,
    /// By what else the cell says, such as the code's name.
    Within,
}

/// How a code differs from another, both folded, if it is near it.
pub(super) fn closeness(found: &str, wanted: &str) -> Option<Closeness> {
    if found == wanted || found.is_empty() || wanted.is_empty() {
        return None;
    }
    let (found, wanted) = (whole(found), whole(wanted));
    let has_digit = |text: &str| text.bytes().any(|byte| byte.is_ascii_digit());
    if !has_digit(found) || !has_digit(wanted) {
        return None;
    }
    let [short_found, short_wanted] = [found, wanted].map(|text| text.trim_start_matches('0'));
    let lost_zeros = wanted.len() > short_wanted.len() && found.len() == short_found.len();
    if short_found == short_wanted || (lost_zeros && letters_apart(short_found, short_wanted)) {
        return Some(Closeness::Zeros);
    }
    if letters_apart(found, wanted) || is_letter_changed(found, wanted) {
        return Some(Closeness::Letter);
    }
    let mut words = found.split(|c: char| !c.is_alphanumeric());
    words
        .any(|word| word == wanted)
        .then_some(Closeness::Within)
}

/// A number without the point that a spreadsheet gave it.
fn whole(text: &str) -> &str {
    let (number, places) = text.split_once('.').unwrap_or((text, ""));
    let is_zeros = !places.is_empty() && places.bytes().all(|byte| byte == b'0');
    if is_zeros { number } else { text }
}

/// Returns `true` if one text is the other with one letter more at its end.
fn letters_apart(found: &str, wanted: &str) -> bool {
    let one_more = |long: &str, short: &str| {
        let rest = long.strip_prefix(short);
        !short.is_empty() && rest.is_some_and(|rest| rest.len() == 1 && is_letters(rest))
    };
    one_more(found, wanted) || one_more(wanted, found)
}

/// Returns `true` if the texts differ in one letter alone.
fn is_letter_changed(found: &str, wanted: &str) -> bool {
    if found.chars().count() != wanted.chars().count() {
        return false;
    }
    let mut differing = found.chars().zip(wanted.chars()).filter(|(a, b)| a != b);
    let first = differing.next();
    let may_be_meant = |(a, b): (char, char)| {
        (a.is_alphabetic() && b.is_alphabetic()) || look_alike(a, b) || look_alike(b, a)
    };
    first.is_some_and(may_be_meant) && differing.next().is_none()
}

/// Returns `true` if a letter is taken for a digit.
fn look_alike(letter: char, digit: char) -> bool {
    matches!(
        (letter, digit),
        ('o', '0') | ('i' | 'l', '1') | ('s', '5') | ('z', '2') | ('b', '8')
    )
}

fn is_letters(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphabetic())
}
