//! Which safety copies there are beside the book.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use crate::safety_copy::start;

/// The digits of a day and of a time: `20260331-091500`.
const DIGITS: (usize, usize) = (8, 6);

/// The safety copies in the folder of a book, the newest first. A folder that cannot be read shows
/// none.
pub(crate) fn beside(book: &Path) -> Vec<PathBuf> {
    let folder = book.parent().filter(|folder| *folder != Path::new(""));
    let files = std::fs::read_dir(folder.unwrap_or(Path::new(".")));
    let names = files
        .into_iter()
        .flatten()
        .flatten()
        .map(|file| file.file_name());
    let mut names: Vec<_> = names.filter(|name| is_copy(book, name)).collect();
    names.sort();
    let newest_first = names.into_iter().rev();
    newest_first.map(|name| book.with_file_name(name)).collect()
}

fn is_copy(book: &Path, name: &OsStr) -> bool {
    let name = name.to_string_lossy();
    let moment = name.strip_prefix(&start(book));
    let moment = moment.and_then(|rest| rest.strip_suffix(".db"));
    let parts = moment.and_then(|moment| moment.split_once('-'));
    parts.is_some_and(|(day, time)| {
        let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        (day.len(), time.len()) == DIGITS && is_digits(day) && is_digits(time)
    })
}
