//! Files that are being made: each stands beside its place under a temporary name until it is
//! whole.
//!
//! A process that is killed leaves such a file. Nobody can tell whether a process still works on
//! it, for it may run on another computer of a shared drive. But once the file itself exists,
//! nothing unfinished can become it, since it is never written over: then what is left is removed.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::store::error::StoreError;
use crate::store::journal::{JOURNAL, WAL};
use crate::store::private::create_new;
use crate::store::writer_note::beside;

/// Stands between the name of the file and a number.
const UNFINISHED: &str = ".unfinished-";

/// Makes an empty file beside `path`, under a name that is free, as are those that SQLite uses with
/// it: another may have been left, and a process of another computer may have the same number. No
/// more people may read a copy than the `book`.
pub(super) fn reserve(path: &Path, book: Option<&Path>) -> Result<PathBuf, StoreError> {
    let mut number = std::process::id();
    loop {
        let draft = beside(path, &format!("{UNFINISHED}{number}"));
        let is_taken = |ending| fs::symlink_metadata(beside(&draft, ending)).is_ok();
        if [JOURNAL, WAL].into_iter().any(is_taken) {
            number = number.wrapping_add(1);
            continue;
        }
        match create_new(&draft, book) {
            Ok(_) => return Ok(draft),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                number = number.wrapping_add(1)
            }
            Err(error) => return Err(StoreError::io(path)(error)),
        }
    }
}

pub(super) fn all(path: &Path) -> Vec<PathBuf> {
    let start = beside(path, UNFINISHED);
    let (Some(folder), Some(start)) = (path.parent(), start.file_name()) else {
        return Vec::new();
    };
    let is_one = |item: &fs::DirEntry| {
        item.file_name()
            .as_encoded_bytes()
            .strip_prefix(start.as_encoded_bytes())
            .is_some_and(is_ours)
    };
    fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .filter(is_one)
        .map(|item| item.path())
        .collect()
}

/// Returns `true` if the ending is a number, followed by nothing or by what SQLite and a writer add
/// to a name. A file with another ending belongs to a person.
fn is_ours(ending: &[u8]) -> bool {
    let number = ending
        .iter()
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    number > 0 && matches!(&ending[number..], b"" | b"-journal" | b".writer")
}

/// Removes what is unfinished beside `path`, which exists.
pub(super) fn remove_stale(path: &Path) {
    for draft in all(path) {
        let _ = fs::remove_file(draft);
    }
}
