//! What a safety copy of a book is called: the book's name and the moment.

use std::path::Path;

use crg::model::Moment;

/// The name of a safety copy that is made now.
pub(crate) fn name(book: &Path, now: Moment) -> String {
    format!("{}{}.db", start(book), now.compact())
}

/// What the names of all safety copies of a book begin with.
pub(crate) fn start(book: &Path) -> String {
    let name = book.file_stem().unwrap_or_default();
    format!("{}-", name.to_string_lossy())
}
