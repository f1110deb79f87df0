//! The path of a book.

use std::fs::Metadata;
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

/// What a path leads to, if that is not one plain file with at most so many names.
pub(super) fn not_plain(metadata: &Metadata, max_names: u64) -> Option<&'static str> {
    if metadata.is_symlink() {
        Some("a link to another file")
    } else if metadata.is_dir() {
        Some("a folder")
    } else if !metadata.is_file() {
        Some("a device")
    } else if names(metadata) > max_names {
        Some("one of several names of the same file")
    } else {
        None
    }
}

#[cfg(unix)]
fn names(metadata: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::nlink(metadata)
}

/// Windows does not tell without opening the file.
#[cfg(not(unix))]
fn names(_: &Metadata) -> u64 {
    1
}
