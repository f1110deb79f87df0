//! How wide a text is: one estimate for the width of a column and the height of a row, rather too
//! much than too little.

/// The space beside a text, in digits.
pub(super) const GAP: usize = 2;
/// The unit of a column's width: a digit as it is drawn on a screen, in thousandths of the size of
/// the letters.
const DIGIT: usize = 525;

/// The width, in digits, in which each of the texts stands on one line.
pub(super) fn widest<'a>(texts: impl IntoIterator<Item = &'a str>) -> usize {
    texts
        .into_iter()
        .map(width)
        .max()
        .unwrap_or(0)
        .div_ceil(DIGIT)
}

/// How many lines a text takes in a column of some width in digits.
pub(super) fn lines(text: &str, column_width: usize) -> usize {
    let available = column_width.saturating_sub(GAP).max(1) * DIGIT;
    text.split('\n').map(|line| wrapped(line, available)).sum()
}

/// How many lines one line takes when it is wrapped. Lines end after a word; in a word that is
/// wider than a line, after its hyphens and slashes; and if it has none, anywhere.
fn wrapped(line: &str, available: usize) -> usize {
    let (mut lines, mut used) = (1, 0);
    for word in line.split_inclusive(' ') {
        let breaks: &[char] = if width(word.trim_end()) > available {
            &['-', '/']
        } else {
            &[]
        };
        for part in word.split_inclusive(breaks) {
            let width = width(part.trim_end());
            if used > 0 && used + width > available {
                lines += 1;
                used = 0;
            }
            used += width;
            lines += used / (available + 1);
            used %= available + 1;
        }
        used += width(" ");
    }
    lines
}

fn width(text: &str) -> usize {
    text.chars().map(letter_width).sum()
}

/// The width of a letter: that of the widest one like it in plain Arial, which leaves space for
/// words in bold too.
fn letter_width(letter: char) -> usize {
    match letter {
        ' ' | '\'' | '’' | ',' | '.' | '/' | '|' | 'I' | 'i' | 'j' | 'l' => 280,
        '-' | '!' | '(' | ')' | ':' | ';' | 'f' | 'r' | 't' => 390,
        'M' | 'W' | 'm' | 'w' | '%' | '&' | '@' => 980,
        '£' | '–' | '0'..='9' => 560,
        _ if letter.is_uppercase() => 780,
        _ if letter.is_lowercase() || letter.is_ascii() => 590,
        _ => 1300,
    }
}
