//! Safety copies: SQLite's own online backup, under another name until it is whole.

use std::path::Path;

use rusqlite::OpenFlags;
use rusqlite::backup::{Backup, StepResult};

use crate::store::create::finish;
use crate::store::open::{connect, plain_path};
use crate::store::open_guard::OpenRegistry;
use crate::store::writer_note::holder;
use crate::store::{Access, Store, StoreError};

impl Store {
    /// Copies the book to a new file at `to`, as it is at one moment, whatever others do meanwhile.
    /// The copy stands there under another name until `verify` finds it good; a failure leaves
    /// nothing.
    ///
    /// # Errors
    ///
    /// [`StoreError::Exists`] where there is a file, or what `verify` says.
    pub fn copy_to<T, E: From<StoreError>>(
        &self,
        to: &Path,
        verify: impl FnOnce(Store) -> Result<T, E>,
    ) -> Result<T, E> {
        let to = plain_path(to)?;
        finish(&to, |draft| {
            self.copy(draft).map_err(E::from)?;
            // What is verified is what stands in the file, not what this connection remembers.
            verify(Store::open(draft, Access::Read)?)
        })
    }

    fn copy(&self, draft: &Path) -> Result<(), StoreError> {
        let fail = StoreError::sqlite(draft);
        let open_books = OpenRegistry::hold();
        let mut connection = connect(
            draft,
            OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE,
        )?;
        let _open = open_books.note(draft);
        let backup = Backup::new(&self.connection, &mut connection).map_err(&fail)?;
        // All pages in one step: the book is held for reading meanwhile, and the copy is of one
        // moment.
        let done = backup.step(-1).map_err(&fail)?;
        drop(backup);
        match done {
            StepResult::Done => Ok(()),
            _ => Err(StoreError::Busy {
                path: self.path.clone(),
                holder: holder(&self.path),
            }),
        }
    }
}
