//! What a file must be before SQLite sees it.

use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

use crate::store::error::{NotABook, StoreError};
use crate::store::journal;
use crate::store::path::not_plain;
use crate::store::schema::Versions;

/// How every database of SQLite begins.
const DATABASE: &[u8] = b"SQLite format 3\0";

/// Returns `true` unless the file can be read and is no database, so that it may be written over.
pub(crate) fn may_be_database(path: &Path) -> bool {
    let mut start = Vec::new();
    let limit = u64::try_from(DATABASE.len()).unwrap_or(u64::MAX);
    let read = File::open(path).and_then(|file| file.take(limit).read_to_end(&mut start));
    read.is_err() || start == DATABASE
}

/// Returns `true` if the file begins as a book does, of whatever version.
pub(super) fn is_book(path: &Path) -> bool {
    let metadata = plain_file(path).map(|metadata| metadata.len());
    let header = metadata.and_then(|length| Header::read(path, length));
    header.is_ok_and(|header| header.0.starts_with(DATABASE) && header.number(68) == APPLICATION_ID)
}

/// `CRG1` in the file's header: `application_id`.
const APPLICATION_ID: u32 = 0x4352_4731;
const HEADER_BYTES: usize = 100;

/// Checks a file without SQLite; its bytes only if this process does not have it open. Returns
/// `true` if a journal stands beside it, which a crash may have left.
pub(super) fn examine(
    path: &Path,
    is_open_here: bool,
    versions: Versions,
) -> Result<bool, StoreError> {
    let metadata = plain_file(path)?;
    if is_open_here {
        return journal::is_left(path);
    }
    let read = || Header::read(path, metadata.len());
    let header = read()?;
    // A book that was turned to WAL has its log beside it; the advice for that is another.
    header.check(path, versions)?;
    let crashed = journal::is_left(path)?;
    if crashed {
        journal::must_be_of_this(path, || Ok(read()?.state()))?;
    } else {
        // The length is read after the header, because another program may have recorded between the
        // two. If it made the file shorter, by undoing an unfinished change, the header is read again.
        let check = |header: &Header| header.check_length(path, plain_file(path)?.len());
        check(&header).or_else(|_| check(&read()?))?;
    }
    Ok(crashed)
}

fn plain_file(path: &Path) -> Result<fs::Metadata, StoreError> {
    let metadata = match fs::symlink_metadata(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            let path = path.to_owned();
            return Err(StoreError::NotFound { path });
        }
        metadata => metadata.map_err(StoreError::io(path))?,
    };
    match not_plain(&metadata, 1 + names_while_made(path, &metadata)) {
        None => Ok(metadata),
        Some(what) => {
            let path = path.to_owned();
            Err(StoreError::NotPlain { path, what })
        }
    }
}

/// The names under which the file was made, which a crash may leave: they are no other names.
#[cfg(unix)]
fn names_while_made(path: &Path, metadata: &fs::Metadata) -> u64 {
    use crate::store::unfinished;
    use std::os::unix::fs::MetadataExt;
    if metadata.nlink() < 2 {
        return 0;
    }
    let same = |other: fs::Metadata| (other.dev(), other.ino()) == (metadata.dev(), metadata.ino());
    let made_as = unfinished::all(path)
        .iter()
        .filter(|draft| fs::symlink_metadata(draft).is_ok_and(same))
        .count();
    u64::try_from(made_as).unwrap_or(0)
}

#[cfg(not(unix))]
fn names_while_made(_: &Path, _: &fs::Metadata) -> u64 {
    0
}

/// The first bytes of a database. Positions are those of <https://sqlite.org/fileformat.html>.
struct Header([u8; HEADER_BYTES]);

impl Header {
    fn read(path: &Path, length: u64) -> Result<Header, StoreError> {
        let mut bytes = [0; HEADER_BYTES];
        let read = File::open(path).and_then(|mut file| file.read_exact(&mut bytes));
        read.map_err(|error| match error.kind() {
            std::io::ErrorKind::UnexpectedEof => StoreError::NotABook {
                path: path.to_owned(),
                why: NotABook::TooShort { bytes: length },
            },
            _ => StoreError::io(path)(error),
        })?;
        Ok(Header(bytes))
    }

    fn number(&self, at: usize) -> u32 {
        let bytes = &self.0;
        u32::from_be_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
    }

    fn check(&self, path: &Path, versions: Versions) -> Result<(), StoreError> {
        let path = path.to_owned();
        if !self.0.starts_with(DATABASE) {
            let why = NotABook::NotSqlite;
            return Err(StoreError::NotABook { path, why });
        }
        if self.number(68) != APPLICATION_ID {
            let why = NotABook::OtherProgram;
            return Err(StoreError::NotABook { path, why });
        }
        if self.0[18] != 1 || self.0[19] != 1 {
            return Err(StoreError::Wal { path });
        }
        versions.check(self.number(60), &path)
    }

    fn page_size(&self) -> u64 {
        match u16::from_be_bytes([self.0[16], self.0[17]]) {
            1 => 65_536,
            size => u64::from(size),
        }
    }

    /// How often the file was changed, and how many pages it has; `None` if the last writer kept no
    /// count of the pages.
    fn state(&self) -> Option<(u32, u32)> {
        let changes = self.number(24);
        (changes == self.number(92)).then_some((changes, self.number(28)))
    }

    fn check_length(&self, path: &Path, found: u64) -> Result<(), StoreError> {
        let pages = self.state().map_or(0, |(_, pages)| pages);
        let expected = self.page_size() * u64::from(pages);
        if found < expected {
            let path = path.to_owned();
            return Err(StoreError::CutShort {
                path,
                found,
                expected,
            });
        }
        Ok(())
    }
}

#[cfg(test)]
#[path = "../../tests/unit/store_header.rs"]
mod tests;
