//! [`Book`]: the journal, the rules and the reports, joined over one file.

mod view;
mod log;
mod project;
mod query;
mod chain;
mod check;
mod copies;
mod dump;
mod import;
mod issue;
mod ledger;
mod load;
mod record;
mod returns;
mod upgrade;
mod views;

use std::path::Path;

use crate::document::Origin;
use crate::error::Error;
use crate::model::Names;
use crate::model::{EntryNumber, FinancialYear, Fingerprint, Moment};
use crate::store::{Access, Store};

pub use import::Import;
pub use issue::{IssueQuarter, IssuedQuarter};
pub use load::{Loaded, load};
pub use log::LogFilter;
pub use record::{Commit, Recorded};
pub use upgrade::Upgraded;

pub use crate::report::Changes;
pub use returns::{Remitted, ReturnAll};

/// One partnership's Crime Reduction Grant, in one file.
///
/// ```
/// use crg::book::{Book, Commit};
/// use crg::model::{Draft, Event, Pot};
/// use crg::fold::Lens;
/// use crg::model::Names;
/// use crg::store::Access;
///
/// # let folder = std::env::temp_dir().join(format!("crg-doc-{}", std::process::id()));
/// # std::fs::create_dir_all(&folder)?;
/// let path = folder.join("book.db");
/// # let _ = std::fs::remove_file(&path);
/// Book::init(&path, &Names { partnership: "Kent Community Safety Partnership".into(), funder: "OPCC".into() })?;
/// let mut book = Book::open(&path, Access::Write)?;
/// let allocate = Event::Allocate { pot: Pot::Tactical, amount: "13,100".parse()? };
/// let draft = Draft::builder("2026/27".parse()?, allocate, "KCST").on("2026-04-01".parse()?);
/// book.record(vec![draft.build().unwrap()], "2026-04-01T09:00:00Z".parse()?, Commit::Keep)?;
/// let pot = book.pot("2026/27".parse()?, Lens::at("2026-04-30".parse()?))?;
/// assert_eq!(pot.tactical.remaining.to_string(), "13100.00");
/// # std::fs::remove_dir_all(&folder)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Book {
    store: Store,
}

impl Book {
    /// Makes an empty book where there is no file.
    ///
    /// # Errors
    ///
    /// [`Error::Store`] where there is a file, or it cannot be made.
    pub fn init(path: &Path, names: &Names) -> Result<(), Error> {
        Store::create(path, names, |_| Ok::<_, Error>(((), Vec::new())))
    }

    /// Opens a book.
    ///
    /// # Errors
    ///
    /// [`Error::Store`] with what the path leads to instead.
    pub fn open(path: &Path, access: Access) -> Result<Book, Error> {
        Ok(Book {
            store: Store::open(path, access)?,
        })
    }

    /// The file.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.store.path()
    }

    /// Whose book it is.
    ///
    /// # Errors
    ///
    /// [`Error::Store`] where the file cannot be read.
    pub fn names(&self) -> Result<Names, Error> {
        Ok(self.store.names()?)
    }

    /// The fingerprint of the last entry.
    ///
    /// # Errors
    ///
    /// [`Error::Store`] where the file cannot be read.
    pub fn head(&self) -> Result<Fingerprint, Error> {
        Ok(self.store.head()?.fingerprint)
    }

    /// How far the book goes, or went as known at a moment.
    ///
    /// # Errors
    ///
    /// [`Error::Store`] where the file cannot be read.
    pub fn origin(&self, known_at: Option<Moment>) -> Result<Origin, Error> {
        let head = known_at.map_or_else(
            || self.store.head(),
            |moment| self.store.head_known_at(moment),
        )?;
        Ok(Origin {
            entry: head.last.map(|(number, _)| number),
            fingerprint: head.fingerprint,
        })
    }

    /// Asks a question, and how far the book goes, of one state of the file, whatever others write
    /// meanwhile.
    ///
    /// # Errors
    ///
    /// What the question says, or [`Error::Store`] where the file cannot be read.
    pub fn with_origin<T>(
        &self,
        known_at: Option<Moment>,
        question: impl FnOnce(&Book) -> Result<T, Error>,
    ) -> Result<(T, Origin), Error> {
        self.store
            .read(|| Ok((question(self)?, self.origin(known_at)?)))
    }

    /// The entry with this fingerprint, or `None` where no entry has it.
    ///
    /// # Errors
    ///
    /// [`Error::Store`] where the file cannot be read.
    pub fn entry_with(&self, fingerprint: Fingerprint) -> Result<Option<EntryNumber>, Error> {
        Ok(self.store.entry_with(fingerprint)?)
    }

    /// Every year the book has an entry of.
    ///
    /// # Errors
    ///
    /// [`Error::Store`] where the file cannot be read.
    pub fn years(&self) -> Result<Vec<FinancialYear>, Error> {
        Ok(self.store.years()?)
    }

    /// The file itself, for what only it can tell.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.store
    }
}
