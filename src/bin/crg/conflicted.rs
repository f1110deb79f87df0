//! Conflicted copies beside the book, and how to compare them with it.

use std::path::{Path, PathBuf};

use crg::Book;
use crg::format::visible;

use crate::context::Context;
use crate::hint::{Hint, command};

/// Names the conflicted copies of a book, and what to do.
pub(crate) fn note(book: &Book, named: &Path, context: &Context) {
    for copy in copies(book, named) {
        context.output.note(&format!(
            "{} looks like a conflicted copy of the book: it may hold entries that the book does not",
            visible(&copy.display().to_string())
        ));
    }
    print_next(book, named, context);
}

/// Prints the commands that compare a book with its conflicted copies.
pub(crate) fn print_next(book: &Book, named: &Path, context: &Context) {
    for copy in copies(book, named) {
        context.output.next(&comparison(named, &copy));
    }
}

/// The conflicted copies, each with its path as the person writes that of the book.
fn copies(book: &Book, named: &Path) -> Vec<PathBuf> {
    let copies = book.conflicted_copies();
    let names = copies.iter().filter_map(|copy| copy.file_name());
    names.map(|name| named.with_file_name(name)).collect()
}

fn comparison(book: &Path, copy: &Path) -> Hint {
    command!("compare {} {}", book.display(), copy.display())
        .because("see what each of the two has that the other has not")
}
