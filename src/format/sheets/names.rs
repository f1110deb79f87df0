//! The names of sheets and the headings of columns.

use std::collections::BTreeSet;

use crate::document::Column;

/// The most characters of a sheet's name.
const MAX_NAME_CHARS: usize = 31;

/// A name that every spreadsheet accepts: letters, digits and spaces, not too long, and different
/// from every other by more than capitals.
pub(super) fn sheet_name<'a>(caption: &str, taken: impl Iterator<Item = &'a str>) -> String {
    let taken: BTreeSet<String> = taken.map(str::to_lowercase).collect();
    let plain: String = caption
        .chars()
        .filter(|c| c.is_alphanumeric() || *c == ' ')
        .collect();
    let plain = match plain.trim() {
        "" => format!("Sheet {}", taken.len() + 1),
        plain => plain.to_owned(),
    };
    let mut name = cut(&plain, MAX_NAME_CHARS);
    let mut number = 2;
    while taken.contains(&name.to_lowercase()) {
        let end = format!(" {number}");
        name = cut(&plain, MAX_NAME_CHARS - end.len()) + &end;
        number += 1;
    }
    name
}

/// As many whole words as fit; of a word that alone is too long, its beginning.
fn cut(text: &str, most: usize) -> String {
    let beginning: String = text.chars().take(most + 1).collect();
    if beginning.chars().count() <= most {
        return beginning;
    }
    match beginning.rsplit_once(' ') {
        Some((words, _)) => words.trim_end().to_owned(),
        None => beginning.chars().take(most).collect(),
    }
}

/// What stands above a column: its heading, or for a detail without one its name in words.
pub(in crate::format) fn heading(column: &Column) -> String {
    if !column.heading().is_empty() {
        return column.heading().to_owned();
    }
    let words = column.name().replace('_', " ");
    let mut letters = words.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}
