//! The path of a book.

use std::path::{Path, PathBuf};

use crate::store::error::StoreError;

/// The absolute path of a plain file: SQLite must never see one it would take for a URI or for
/// memory.
pub(super) fn plain_path(path: &Path) -> Result<PathBuf, StoreError> {
    let text = path.to_string_lossy();
    if text.is_empty() || text == ":memory:" || text.starts_with("file:") {
        let path = path.to_owned();
        return Err(StoreError::Path { path });
    }
    std::path::absolute(path).map_err(StoreError::io(path))
}
