//! Committing, and finding out what became of a commit that ended with an error.

use rusqlite::TransactionState;

use crate::store::error::StoreError;
use crate::store::handle::{Access, Store};
use crate::store::head::Head;

impl Store {
    /// Commits a transaction after which the chain ends so.
    pub(super) fn commit(&self, head: Head) -> Result<(), StoreError> {
        let Err(error) = self.connection.execute_batch("COMMIT") else {
            return Ok(());
        };
        if matches!(
            self.connection.transaction_state(None::<&str>),
            Ok(TransactionState::Write)
        ) {
            self.roll_back();
            return Err(StoreError::sqlite(&self.path)(error));
        }
        self.outcome(head, error)
    }

    pub(super) fn roll_back(&self) {
        // If SQLite rolled back already there is nothing to do, and closing the file rolls back
        // too.
        let _ = self.connection.execute_batch("ROLLBACK");
    }

    /// What became of a commit that ended with an error: that does not mean "not saved". The last
    /// entry is looked for with a fresh connection.
    fn outcome(&self, head: Head, error: rusqlite::Error) -> Result<(), StoreError> {
        let Some((entry, _)) = head.last.filter(|_| !self.unfinished) else {
            return Err(StoreError::sqlite(&self.path)(error));
        };
        let saved = Store::open_current(&self.path, Access::Read, self.versions)
            .and_then(|store| store.fingerprint_at(entry));
        match saved {
            Ok(Some(saved)) if saved == head.fingerprint => Ok(()),
            Ok(_) => Err(StoreError::sqlite(&self.path)(error)),
            Err(_) => Err(StoreError::OutcomeUnknown {
                path: self.path.clone(),
                entry: Some(entry),
                error: error.to_string(),
            }),
        }
    }
}

#[cfg(test)]
#[path = "../../tests/unit/store_commit.rs"]
mod tests;
