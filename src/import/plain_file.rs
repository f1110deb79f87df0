//! Opening a file that a person names.

use std::fs::{self, File};
use std::io;
use std::path::Path;

/// Opens a file to read it.
///
/// # Errors
///
/// That of the operating system; one of its own for a pipe or a device, which could keep the reader
/// waiting for ever.
pub fn open_plain(path: &Path) -> io::Result<File> {
    let kind = fs::metadata(path)?.file_type();
    if kind.is_file() || kind.is_dir() {
        // What reading a folder gives says so.
        return File::open(path);
    }
    let message = "it is a pipe or a device, not a file";
    Err(io::Error::new(io::ErrorKind::InvalidInput, message))
}
