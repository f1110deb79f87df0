//! Loading a folder of CSV files: every cell is checked before any rule is tried, and everything is
//! recorded or nothing.

mod admit;
pub(super) mod columns;
mod files;
mod record;
mod small_files;
mod threads;

use std::path::Path;

use crate::book::binding::bind;
use crate::book::handle::Book;
use crate::book::load::admit::admit_rows;
use crate::book::load::files::Files;
use crate::book::record::{Clerk, Commit};
use crate::error::Error;
use crate::import::Folder;
use crate::model::Moment;
use crate::model::Names;
use crate::report::LoadReport;
use crate::store::{Access, Balance, Store, StoreError};

/// What was loaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loaded {
    /// How many entries were loaded.
    pub entries: u64,
    /// True if there was no book before.
    pub created: bool,
    /// True if the recorded moments and fingerprints were taken from `record.csv`, and the
    /// fingerprints match.
    pub verified: bool,
    /// The rows of `entries.csv` whose texts look as if they hold a person's contact details.
    pub contacts: Vec<u64>,
}

impl Loaded {
    /// What was loaded, with notes in words.
    #[must_use]
    pub fn report(&self, commit: Commit, file: &Path, notes: Vec<String>) -> LoadReport {
        LoadReport {
            dry_run: commit == Commit::DryRun,
            file: file.display().to_string(),
            created: self.created,
            entries: self.entries,
            verified: self.verified,
            notes,
        }
    }
}

/// Loads `folder/entries.csv`, with the `book.csv`, `priorities.csv` and `record.csv` that may
/// stand beside it, into the book at `path`, which is made if it does not exist.
///
/// `by` recorded the rows that do not say who did.
///
/// # Errors
///
/// [`Error::Input`] with everything that the cells show to be wrong, [`Error::RefusedRow`] with the
/// first row that a rule refuses. No book is made then.
pub fn load(
    path: &Path,
    folder: Folder<'_>,
    by: &str,
    now: Moment,
    commit: Commit,
) -> Result<Loaded, Error> {
    let (files, rows) = Files::check(folder, by)?;
    let exists = std::fs::symlink_metadata(path).is_ok();
    let fill = |store: &mut Store| {
        store.write(by, now, |writing, moment| {
            for priority in &files.priorities {
                if !writing.store().priorities()?.contains(priority) {
                    writing.add_priority(priority)?;
                }
            }
            let mut clerk = Clerk::new(writing);
            let contacts = admit_rows(&files, &mut clerk, by, moment, &rows)?;
            if !files.priorities.is_empty() && !files.has_record() {
                bind(&mut clerk, by, moment)?;
            }
            let loaded = Loaded {
                entries: rows.count,
                created: !exists,
                verified: files.has_record(),
                contacts,
            };
            Ok(((loaded, clerk.balances()), commit == Commit::Keep))
        })
    };
    if exists {
        let mut book = Book::open(path, Access::Write)?;
        files.check_fit(&book)?;
        return fill(&mut book.store).map(|(loaded, _)| loaded);
    }
    let names = files.names.clone().unwrap_or_default();
    if commit == Commit::Keep {
        return Store::create(path, &names, fill);
    }
    dry_run(path, &names, fill)
}

/// Tries to make a book: it is made under a temporary name, and does not get its own.
fn dry_run(
    path: &Path,
    names: &Names,
    fill: impl FnOnce(&mut Store) -> Result<(Loaded, Vec<Balance>), Error>,
) -> Result<Loaded, Error> {
    let not_made = || StoreError::NotFound {
        path: path.to_owned(),
    };
    let mut loaded = None;
    let made: Result<(), Error> = Store::create(path, names, |store| {
        loaded = Some(fill(store)?.0);
        Err(not_made().into())
    });
    match (loaded, made) {
        (Some(loaded), _) => Ok(loaded),
        (None, Err(error)) => Err(error),
        (None, Ok(())) => Err(not_made().into()),
    }
}
