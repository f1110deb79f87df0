//! The files beside a book, and one of them: a note that names the writer, so that whoever waits can
//! be told.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::model::Moment;

/// How long a program waits for another that writes.
pub(super) const MAX_WAIT: Duration = Duration::from_secs(5);

/// The note; it is removed when this is dropped.
pub(super) struct WriterNote(PathBuf);

impl WriterNote {
    /// Leaves a note. It is a help, not a lock: if it cannot be written, writing the book goes on.
    pub(super) fn leave(book: &Path, by: &str, since: Moment) -> WriterNote {
        let note = beside(book, ".writer");
        let _ = fs::write(
            &note,
            format!("{by} ({}), writing since {since}\n", this_process()),
        );
        WriterNote(note)
    }
}

impl Drop for WriterNote {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

fn this_process() -> String {
    format!("process {}", std::process::id())
}

/// What the note beside a book says of who holds it. A note of this process does not say who keeps
/// it waiting.
pub(super) fn holder(book: &Path) -> Option<String> {
    let note = fs::read_to_string(beside(book, ".writer")).ok()?;
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
