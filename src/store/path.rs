//! Paths: of a book, and of the files that stand beside it.

use std::path::{Path, PathBuf};

use crate::store::error::StoreError;

/// The absolute path of a plain file: SQLite must never see one it would take for a URI or for
/// memory.
pub(super) fn plain_path(path: &Path) -> Result<PathBuf, StoreError> {
    let text = path.to_string_lossy();
    if text.is_empty() || text == ":memory:" || text.starts_with("file:") {
        return Err(StoreError::Path {
            path: path.to_owned(),
        });
    }
    std::path::absolute(path).map_err(StoreError::io(path))
}

/// The path of the file that stands beside the book with this ending.
pub(super) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}
