//! [`Book`]: one partnership's grant in one file.

use std::fs::File;
use std::path::Path;

use crate::error::Error;
use crate::model::{Checkpoint, Entry, EntryNumber, FinancialYear, Fingerprint, Names, Priority};
use crate::store::{Access, Store, VERSIONS, create_new, may_be_database, sqlite_version};

/// One partnership's Crime Reduction Grant, in one file.
///
/// ```
/// use crg::{Access, Book, Commit, Draft, Event, Lens, Names, Pot};
///
/// # let folder = std::env::temp_dir().join(format!("crg-doc-{}", std::process::id()));
/// # std::fs::create_dir_all(&folder)?;
/// let path = folder.join("book.db");
/// # let _ = std::fs::remove_file(&path);
/// let names = Names { partnership: "Kent Community Safety Partnership".into(), ..Names::default() };
/// Book::init(&path, &names)?;
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
    pub(super) store: Store,
}

impl Book {
    /// Makes an empty book.
    pub fn init(path: &Path, names: &Names) -> Result<(), Error> {
        Store::create(path, names, |_| Ok::<_, Error>(((), Vec::new())))
    }

    /// Opens a book.
    pub fn open(path: &Path, access: Access) -> Result<Book, Error> {
        Ok(Book {
            store: Store::open(path, access)?,
        })
    }

    /// The version of the files that this program writes.
    pub fn file_version() -> u32 {
        VERSIONS.present.number
    }

    /// The version of SQLite that reads and writes them.
    pub fn sqlite_version() -> &'static str {
        sqlite_version()
    }

    /// Opens a book to write only if it still ends with this fingerprint, which [`Book::head`] gave
    /// when a person saw what is to be recorded.
    ///
    /// Every function that writes then fails with
    /// [`StoreError::MovedOn`](crate::store::StoreError::MovedOn) if something else was recorded
    /// meanwhile.
    pub fn open_after(path: &Path, end: Fingerprint) -> Result<Book, Error> {
        let mut book = Book::open(path, Access::Write)?;
        book.store.write_only_after(end);
        Ok(book)
    }

    /// Returns `true` unless the file can be read and is no database: only then may something else
    /// be written over it.
    pub fn is_database(path: &Path) -> bool {
        may_be_database(path)
    }

    /// Makes a new file for what a book holds, such as a report: no more people may read it than the
    /// book at this path, if there is one.
    ///
    /// # Errors
    ///
    /// That of the operating system, such as that the file exists.
    pub fn create_file(path: &Path, book: &Path) -> std::io::Result<File> {
        create_new(path, Some(book))
    }

    /// The file's path.
    pub fn path(&self) -> &Path {
        self.store.path()
    }

    /// The names with which the book began: those of `init` and `book.csv`. They do not change.
    pub fn names(&self) -> Result<Names, Error> {
        Ok(self.store.names()?)
    }

    /// The fingerprint of the last entry.
    pub fn head(&self) -> Result<Fingerprint, Error> {
        Ok(self.store.head()?.fingerprint)
    }

    /// The end of the book, as a note for minutes and papers.
    pub fn checkpoint(&self) -> Result<Checkpoint, Error> {
        self.store.read(|| {
            let head = self.store.head()?;
            Ok(Checkpoint {
                partnership: self.names()?.partnership,
                entries: head.last.map_or(0, |(number, _)| number.0),
                fingerprint: head.fingerprint,
            })
        })
    }

    /// The entry with this fingerprint, or `None` if no entry has it.
    pub fn entry_with(&self, fingerprint: Fingerprint) -> Result<Option<EntryNumber>, Error> {
        Ok(self.store.entry_with(fingerprint)?)
    }

    /// Every year that the book has an entry of.
    pub fn years(&self) -> Result<Vec<FinancialYear>, Error> {
        Ok(self.store.years()?)
    }

    /// The priorities that were loaded, by scheme and code, whatever `scheme` entries make of them.
    pub fn known_priorities(&self) -> Result<Vec<Priority>, Error> {
        Ok(self.store.priorities()?)
    }

    /// The number of the last entry, or `None` in a new book.
    pub fn last_entry(&self) -> Result<Option<EntryNumber>, Error> {
        Ok(self.store.head()?.last.map(|(number, _)| number))
    }

    /// Visits every entry in the order recorded, with its fingerprint, holding one at a time.
    pub fn for_each_entry(
        &self,
        visitor: impl FnMut(Entry, Fingerprint) -> Result<(), Error>,
    ) -> Result<(), Error> {
        self.store.for_each_entry(visitor)
    }

    /// Visits the entries recorded after this one, or all after `None`, as
    /// [`Book::for_each_entry`] does.
    pub fn for_each_entry_after(
        &self,
        entry: Option<EntryNumber>,
        visitor: impl FnMut(Entry, Fingerprint) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let number = entry.map_or(0, |entry| entry.0);
        self.store.for_each_entry_after(number, visitor)
    }
}
