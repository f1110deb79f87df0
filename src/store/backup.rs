//! Safety copies: SQLite's own online backup, under a temporary name until it is whole.

use std::path::Path;

use rusqlite::backup::{Backup, StepResult};

use crate::store::connect::connect_new;
use crate::store::create::finish;
use crate::store::error::StoreError;
use crate::store::handle::{Access, Store};
use crate::store::open_guard::OpenRegistry;
use crate::store::path::plain_path;

impl Store {
    /// Copies the book to a new file at `to`, as it is at one moment, whatever others do meanwhile.
    /// The copy has a temporary name until `verify` finds it good; a failure leaves nothing.
    ///
    /// # Errors
    ///
    /// Those of `verify`, or [`StoreError::Exists`] if there is a file.
    pub fn copy_to<T, E: From<StoreError>>(
        &self,
        to: &Path,
        verify: impl FnOnce(Store) -> Result<T, E>,
    ) -> Result<T, E> {
        let to = plain_path(to)?;
        finish(&to, |draft| {
            self.copy(draft).map_err(E::from)?;
            // What is verified is what stands in the file, not what this connection remembers.
            verify(Store::open_current(draft, Access::Read, self.versions)?)
        })
    }

    fn copy(&self, draft: &Path) -> Result<(), StoreError> {
        let fail = StoreError::sqlite(draft);
        let registry = OpenRegistry::lock();
        let mut connection = connect_new(draft)?;
        let _open = registry.register(draft);
        let backup = Backup::new(&self.connection, &mut connection).map_err(&fail)?;
        // All pages in one step: the book is locked for reading meanwhile, and the copy is of one
        // moment.
        let done = backup.step(-1).map_err(&fail)?;
        drop(backup);
        match done {
            StepResult::Done => Ok(()),
            _ => Err(StoreError::busy(self.path.clone())),
        }
    }
}
