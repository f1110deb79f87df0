//! The files beside a book, and one of them: a note that names the writer, so that whoever waits can
//! be told.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::model::Moment;
use crate::store::private::create_new;

/// How long a program waits for another that writes.
pub(super) const MAX_WAIT: Duration = Duration::from_secs(5);

/// The most bytes of a note that are read.
const MAX_BYTES: u64 = 1000;

/// The note; it is removed when this is dropped.
pub(super) struct WriterNote(Option<PathBuf>);

impl WriterNote {
    /// Leaves a note. It is a help, not a lock: if it cannot be written, writing the book goes on.
    /// It is always a new file: what else has its name, such as a link to another file, is neither
    /// followed nor removed.
    pub(super) fn leave(book: &Path, by: &str, since: Moment) -> WriterNote {
        let note = beside(book, ".writer");
        if is_plain_file(&note) {
            // One that a writer left who was killed.
            let _ = fs::remove_file(&note);
        }
        let text = format!("{by} ({}), writing since {since}\n", this_process());
        let written = create_new(&note, Some(book)).map(|mut file| file.write_all(text.as_bytes()));
        WriterNote(written.is_ok().then_some(note))
    }
}

impl Drop for WriterNote {
    fn drop(&mut self) {
        if let Some(note) = &self.0 {
            let _ = fs::remove_file(note);
        }
    }
}

/// Returns `true` for a file that is no link, pipe or folder.
pub(super) fn is_plain_file(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_file())
}

fn this_process() -> String {
    format!("process {}", std::process::id())
}

/// What the note beside a book says of who holds it. A note of this process does not say who keeps
/// it waiting.
pub(super) fn holder(book: &Path) -> Option<String> {
    let path = Some(beside(book, ".writer")).filter(|path| is_plain_file(path))?;
    let mut note = String::new();
    let file = File::open(path).ok()?;
    file.take(MAX_BYTES).read_to_string(&mut note).ok()?;
    if !note.ends_with('\n') || note.contains(&format!("({})", this_process())) {
        return None;
    }
    let plain = note.trim().chars().filter(|c| !c.is_control());
    Some(plain.take(200).collect())
}

/// The path of the file that stands beside the book with this ending.
pub(super) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}
