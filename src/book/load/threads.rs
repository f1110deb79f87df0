//! Two threads: one takes rows through the rules, and the caller's writes what they allow, in the
//! order of the rows. Only the second touches the book.

use std::mem;
use std::panic::resume_unwind;
use std::path::Path;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread;

use crate::error::Error;
use crate::store::StoreError;

/// How many entries are handed over at once: one by one, the threads would wake each other for
/// every entry.
const BATCH: usize = 256;

/// How many batches may wait to be written.
const WAITING: usize = 16;

/// The way from the thread of the rules to the one that writes.
pub(super) struct Outbox<T> {
    batch: Vec<T>,
    sender: SyncSender<Vec<T>>,
}

impl<T> Outbox<T> {
    /// Hands an entry over to be written. Returns `false` if nothing is written any more, because
    /// that has failed.
    pub(super) fn write(&mut self, entry: T) -> bool {
        self.batch.push(entry);
        self.batch.len() < BATCH || self.flush()
    }

    fn flush(&mut self) -> bool {
        let batch = mem::replace(&mut self.batch, Vec::with_capacity(BATCH));
        self.sender.send(batch).is_ok()
    }
}

/// Runs `admit` on another thread, and `write` on this one for each entry that it hands over.
/// Returns what `admit` does, unless an entry that it handed over could not be written to the book
/// at `path`.
pub(super) fn admit_and_write<T: Send, R: Send>(
    path: &Path,
    admit: impl FnOnce(&mut Outbox<T>) -> Result<R, Error> + Send,
    mut write: impl FnMut(T) -> Result<(), Error>,
) -> Result<R, Error> {
    let (sender, receiver) = sync_channel(WAITING);
    let mut outbox = Outbox {
        batch: Vec::with_capacity(BATCH),
        sender,
    };
    thread::scope(|scope| {
        let admit = move || {
            let admitted = admit(&mut outbox);
            outbox.flush();
            admitted
        };
        let admitting = thread::Builder::new().spawn_scoped(scope, admit);
        let admitting = admitting.map_err(|error| StoreError::Io {
            path: path.to_owned(),
            error,
        })?;
        for entry in receiver.into_iter().flatten() {
            write(entry)?;
        }
        admitting
            .join()
            .unwrap_or_else(|panic| resume_unwind(panic))
    })
}

#[cfg(test)]
#[path = "../../../tests/unit/load_threads.rs"]
mod tests;
