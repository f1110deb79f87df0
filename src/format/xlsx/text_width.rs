//! How much room a text takes: one estimate for the width of a column and the height of a row,
//! rather too much than too little.

/// Room beside a text, in digits.
pub(super) const GAP: usize = 2;
/// What a spreadsheet counts a column's width in: a digit as it is drawn on a screen, in
/// thousandths of the size of the letters.
const DIGIT: usize = 525;

/// How many digits wide a column must be for each of the texts to stand on one line.
pub(super) fn widest<'a>(texts: impl IntoIterator<Item = &'a str>) -> usize {
    texts
        .into_iter()
        .map(breadth)
        .max()
        .unwrap_or(0)
        .div_ceil(DIGIT)
}

/// How many lines a text takes in a column as wide as so many digits.
pub(super) fn lines(text: &str, width: usize) -> usize {
    let room = width.saturating_sub(GAP).max(1) * DIGIT;
    text.split('\n').map(|line| wrapped(line, room)).sum()
}

/// Lines end after a word; in a word that no line can hold, after its marks; and where it has none,
/// anywhere.
fn wrapped(line: &str, room: usize) -> usize {
    let (mut lines, mut used) = (1, 0);
    for word in line.split_inclusive(' ') {
        let marks: &[char] = if breadth(word.trim_end()) > room {
            &['-', '/']
        } else {
            &[]
        };
        for part in word.split_inclusive(marks) {
            if used > 0 && used + breadth(part.trim_end()) > room {
                (lines, used) = (lines + 1, 0);
            }
            used += breadth(part.trim_end());
            (lines, used) = (lines + used / (room + 1), used % (room + 1));
        }
        used += breadth(" ");
    }
    lines
}

fn breadth(text: &str) -> usize {
    text.chars().map(letter).sum()
}

/// The width of a letter: of the widest like it in plain Arial, which makes room for words in the
/// bold one too.
fn letter(letter: char) -> usize {
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
