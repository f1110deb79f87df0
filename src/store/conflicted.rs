//! Conflicted copies: what a program that keeps folders alike on several computers leaves beside a
//! book, if two of them wrote it at the same time.

use std::fs;
use std::path::{Path, PathBuf};

use crate::store::handle::{OpenRegistry, Store};
use crate::store::header;

impl Store {
    /// The books beside this one whose names are those of conflicted copies of it, by name.
    pub(crate) fn conflicted_copies(&self) -> Vec<PathBuf> {
        let Some(folder) = self.path.parent() else {
            return Vec::new();
        };
        let registry = OpenRegistry::lock();
        let mut found: Vec<PathBuf> = fs::read_dir(folder)
            .into_iter()
            .flatten()
            .flatten()
            .map(|item| item.path())
            .filter(|path| is_conflicted_name(&self.path, path))
            // What is open here is not opened again without SQLite.
            .filter(|path| !registry.contains(path) && header::is_book(path))
            .collect();
        found.sort();
        found
    }
}

/// Returns `true` if a name is one that is given to a conflicted copy of the book:
/// `crg (conflicted copy 2026-05-01).db`, `crg-DESKTOP-AB12.db`, `crg (1).db`, `crg - Copy.db`,
/// `crg.sync-conflict-20260501-101500-ABCDEFG.db`, `crg_conflict-20260501.db`.
fn is_conflicted_name(book: &Path, other: &Path) -> bool {
    let parts = |path: &Path| {
        let part = |part: Option<&std::ffi::OsStr>| {
            part.map_or(String::new(), |part| part.to_string_lossy().into_owned())
        };
        (part(path.file_stem()), part(path.extension()))
    };
    let ((stem, ending), (other_stem, other_ending)) = (parts(book), parts(other));
    let Some((start, added)) = other_stem.split_at_checked(stem.len()) else {
        return false;
    };
    let is_beside = start.eq_ignore_ascii_case(&stem) && other_ending.eq_ignore_ascii_case(&ending);
    is_beside && is_conflict(added)
}

/// Returns `true` if this is what is added to the name of a file in conflict.
fn is_conflict(added: &str) -> bool {
    let lower = added.to_lowercase();
    let is_named_so = lower.starts_with([' ', '.', '_', '-']) && lower.contains("conflict");
    is_named_so || is_numbered(&lower) || is_copy(&lower) || is_machine(added)
}

/// ` (1)`: Google Drive, and browsers.
fn is_numbered(added: &str) -> bool {
    let number = added.trim_start().strip_prefix('(');
    let number = number.and_then(|rest| rest.strip_suffix(')'));
    number.is_some_and(is_number)
}

/// ` - Copy`, ` - Copy (2)`: Windows.
fn is_copy(added: &str) -> bool {
    let rest = added.strip_prefix(" - copy");
    rest.is_some_and(|rest| rest.is_empty() || is_numbered(rest))
}

/// `-DESKTOP-AB12`, `-DESKTOP-AB12-2`: OneDrive adds the name of the computer, which has capitals
/// and at most 15 characters. A word alone, such as `-OLD`, is a person's.
fn is_machine(added: &str) -> bool {
    const MAX_CHARS: usize = 15;
    let Some(name) = added.strip_prefix('-') else {
        return false;
    };
    let name = match name.rsplit_once('-') {
        Some((name, number)) if number.len() <= 2 && is_number(number) => name,
        _ => name,
    };
    let is_of_a_name = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '-';
    name.len() <= MAX_CHARS
        && name.starts_with(|c: char| c.is_ascii_uppercase())
        && name.chars().all(is_of_a_name)
        && name.contains(|c: char| c.is_ascii_digit() || c == '-')
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
#[path = "../../tests/unit/conflicted.rs"]
mod tests;
