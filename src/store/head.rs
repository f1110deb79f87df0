//! [`Head`]: the end of the chain.

use rusqlite::OptionalExtension;

use crate::model::{EntryNumber, Fingerprint, Moment};
use crate::store::error::{Change, StoreError};
use crate::store::handle::Store;
use crate::store::row::COLUMNS;

/// The end of the chain: the last entry's number, moment and fingerprint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Head {
    /// The last entry, or `None` in a new book.
    pub last: Option<(EntryNumber, Moment)>,
    /// Its fingerprint, or that of the book's names.
    pub fingerprint: Fingerprint,
}

impl Store {
    /// The end of the chain.
    pub(crate) fn head(&self) -> Result<Head, StoreError> {
        self.last_entry(
            &format!("SELECT {COLUMNS} FROM entry ORDER BY number DESC LIMIT 1"),
            [],
        )
    }

    /// The end of the chain as it was known at a moment.
    pub(crate) fn head_known_at(&self, moment: Moment) -> Result<Head, StoreError> {
        // Moments are in the order of the numbers: the walk ends at the first entry from the end
        // that was recorded by then.
        let query = format!(
            "SELECT {COLUMNS} FROM entry WHERE recorded <= ?1 ORDER BY number DESC LIMIT 1"
        );
        self.last_entry(&query, [moment.to_string()])
    }

    /// The end of the chain as it was before an entry.
    pub(crate) fn head_before(&self, number: EntryNumber) -> Result<Head, StoreError> {
        let query =
            format!("SELECT {COLUMNS} FROM entry WHERE number < ?1 ORDER BY number DESC LIMIT 1");
        self.last_entry(&query, [number.0])
    }

    fn last_entry(
        &self,
        query: &str,
        parameters: impl rusqlite::Params,
    ) -> Result<Head, StoreError> {
        let last = self.ask(|connection| {
            let mut statement = connection.prepare_cached(query)?;
            let last = statement.query_row(parameters, |row| Ok(self.decode(row)));
            last.optional()
        })?;
        match last.transpose()? {
            Some((entry, fingerprint)) => Ok(Head {
                last: Some((entry.number, entry.recorded)),
                fingerprint,
            }),
            None => self.start(),
        }
    }

    /// The start of the chain, which is the end of an empty book's.
    pub(super) fn start(&self) -> Result<Head, StoreError> {
        let names = self.names()?;
        Ok(Head {
            last: None,
            fingerprint: Fingerprint::of_book(&names.partnership, &names.funder),
        })
    }

    /// The end of the chain, its last fingerprint made again: nothing is added after an entry that
    /// another program added.
    pub(super) fn verified_head(&self) -> Result<Head, StoreError> {
        let head = self.head()?;
        let Some((last, _)) = head.last else {
            return Ok(head);
        };
        let before = match last.0 - 1 {
            0 => Some(self.start()?.fingerprint),
            number => self.fingerprint_at(EntryNumber(number))?,
        };
        let made = before
            .zip(self.entry_at(last)?)
            .map(|(before, entry)| entry.fingerprint_after(before));
        if made == Some(head.fingerprint) {
            return Ok(head);
        }
        let (path, change) = (self.path.clone(), Change::LastEntry(last));
        Err(StoreError::Altered { path, change })
    }
}
