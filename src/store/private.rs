//! New files that hold what a book holds: no more people may read them than the book.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io;
use std::path::Path;

/// Makes a new file, never over another and never through a link. Its permissions are those of the
/// book, within what the system allows for new files. Without a book, and on a system where the
/// folder decides, the system's defaults apply.
pub(crate) fn create_new(path: &Path, book: Option<&Path>) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    if let Some(book) = book.and_then(|book| std::fs::metadata(book).ok()) {
        return unix::create_like(path, options, &book);
    }
    let _ = book;
    options.open(path)
}

/// Makes a folder, and those that lead to it, as [`create_new`] makes files. One that exists stays as
/// it is.
pub(crate) fn create_folder(path: &Path, book: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    if let Ok(book) = std::fs::metadata(book) {
        unix::set_mode(&mut builder, &book);
    }
    let _ = book;
    builder.create(path)
}

#[cfg(unix)]
mod unix {
    use std::fs::{DirBuilder, File, Metadata, OpenOptions, Permissions};
    use std::io;
    use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
    use std::path::Path;

    pub(super) fn create_like(
        path: &Path,
        mut options: OpenOptions,
        book: &Metadata,
    ) -> io::Result<File> {
        let file = options.mode(book.mode() & 0o666).open(path)?;
        let made = file.metadata()?;
        let (group, others) = (made.mode() & 0o070, made.mode() & 0o007);
        // Another group may read no more than anybody may.
        if made.gid() != book.gid() && group & !(others << 3) != 0 {
            let mode = made.mode() & !0o070 | group & (others << 3);
            file.set_permissions(Permissions::from_mode(mode))?;
        }
        Ok(file)
    }

    /// Whoever may read the book may open the folder; whoever may not, may not list it.
    pub(super) fn set_mode(builder: &mut DirBuilder, book: &Metadata) {
        let may_read = book.mode() & 0o444;
        builder.mode(0o700 | book.mode() & 0o066 | may_read >> 2);
    }
}
