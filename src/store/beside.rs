//! The files that stand beside a book.

use std::path::{Path, PathBuf};

/// The path of the file that stands beside the book with this ending.
pub(super) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}
