//! Making a new file, a book or a copy of one: whole, or not at all.

use std::fs::{self, File};
use std::path::Path;

use rusqlite::backup::{Backup, StepResult};

use crate::model::Names;
use crate::store::error::StoreError;
use crate::store::handle::OpenRegistry;
use crate::store::handle::{Access, Store};
use crate::store::integrity::Balance;
use crate::store::open::connect_new;
use crate::store::path::plain_path;
use crate::store::schema::VERSIONS;
use crate::store::unfinished;
use crate::store::writer_note::beside;

impl Store {
    /// Makes a new book, lets `fill` write into it, and puts it at `path` once all of it succeeded.
    /// Until then it stands beside that under a temporary name; a failure leaves nothing.
    ///
    /// `fill` returns the balances that its entries give: the triggers that keep them from then on
    /// are made last, as are the indexes, which makes a book of a million entries in half the time.
    pub(crate) fn create<T, E: From<StoreError>>(
        path: &Path,
        names: &Names,
        fill: impl FnOnce(&mut Store) -> Result<(T, Vec<Balance>), E>,
    ) -> Result<T, E> {
        let path = plain_path(path)?;
        finish(&path, None, |draft| {
            let names = names.checked();
            let names = names.map_err(|error| StoreError::Name { name: error.name })?;
            let mut store = Store::begin(draft, &names)?;
            let (value, balances) = fill(&mut store)?;
            store.install_balances_and_guards(&balances)?;
            Ok(value)
        })
    }

    fn begin(draft: &Path, names: &Names) -> Result<Store, StoreError> {
        let registry = OpenRegistry::lock();
        let store = Store {
            connection: connect_new(draft)?,
            path: draft.to_owned(),
            version: VERSIONS.present,
            versions: VERSIONS,
            unfinished: true,
            only_after: None,
            _open: registry.register(draft),
        };
        store.ask(|connection| {
            // Nobody else can see the file yet: it is synced once, when it is whole.
            connection.execute_batch("PRAGMA synchronous = OFF; BEGIN IMMEDIATE;")?;
            connection.execute_batch(VERSIONS.present.tables())?;
            connection.execute(
                "INSERT INTO book (id, partnership, funder) VALUES (1, ?1, ?2)",
                (&names.partnership, &names.funder),
            )?;
            connection.execute_batch("COMMIT")
        })?;
        Ok(store)
    }

    fn install_balances_and_guards(&self, balances: &[Balance]) -> Result<(), StoreError> {
        let last = self.head()?.last.map_or(0, |(number, _)| number.0);
        self.ask(|connection| {
            connection.execute_batch("BEGIN IMMEDIATE")?;
            let mut statement = connection.prepare(
                "INSERT INTO balance \
                (year, account, pot, pence, spent_pence, returned_pence, entry) \
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )?;
            for kept in balances {
                let [pence, spent, returned] =
                    [kept.balance, kept.spent, kept.returned].map(|amount| amount.pence());
                let Balance {
                    year, account, pot, ..
                } = kept;
                statement.execute((year, account, pot, pence, spent, returned, last))?;
            }
            connection.execute_batch(VERSIONS.present.guards())?;
            connection.execute_batch("COMMIT")
        })
    }
}

/// Lets `make` make a file beside `path` under a temporary name, and gives it its own when it is
/// whole. A failure leaves nothing. A copy is made of a `book`.
pub(super) fn finish<T, E: From<StoreError>>(
    path: &Path,
    book: Option<&Path>,
    make: impl FnOnce(&Path) -> Result<T, E>,
) -> Result<T, E> {
    let exists = || StoreError::Exists {
        path: path.to_owned(),
    };
    if fs::symlink_metadata(path).is_ok() {
        return Err(exists().into());
    }
    if let Some(folder) = path.parent().filter(|folder| !folder.is_dir()) {
        let path = folder.to_owned();
        return Err(StoreError::NoFolder { path }.into());
    }
    let draft = unfinished::reserve(path, book)?;
    let made = make(&draft).and_then(|value| rename(&draft, path).map(|()| value).map_err(E::from));
    let error = match made {
        Ok(value) => {
            unfinished::remove_stale(path);
            return Ok(value);
        }
        Err(error) => error,
    };
    // What could not be finished is removed, and its journal.
    let _ = fs::remove_file(&draft);
    let _ = fs::remove_file(beside(&draft, "-journal"));
    match fs::symlink_metadata(path) {
        // Another made it meanwhile, and may have removed this one's.
        Ok(_) => Err(exists().into()),
        Err(_) => Err(error),
    }
}

/// Syncs a whole file and gives it its name, never over another file.
fn rename(draft: &Path, path: &Path) -> Result<(), StoreError> {
    let fail = StoreError::io(path);
    File::options()
        .write(true)
        .open(draft)
        .and_then(|file| file.sync_all())
        .map_err(&fail)?;
    match fs::hard_link(draft, path) {
        Ok(()) => {}
        // Some shared drives have no hard links.
        Err(_) if fs::symlink_metadata(path).is_err() => fs::rename(draft, path).map_err(&fail)?,
        Err(_) => {
            let path = path.to_owned();
            return Err(StoreError::Exists { path });
        }
    }
    // From here on the file exists, and no failure says otherwise. If its temporary name stays, it
    // does no harm: see `unfinished`.
    let _ = fs::remove_file(draft);
    sync_folder(path);
    Ok(())
}

/// Makes a new name in a folder survive a power cut, if the system can: shared drives often
/// cannot.
fn sync_folder(path: &Path) {
    if let Some(folder) = path.parent().filter(|_| cfg!(unix)) {
        let _ = File::open(folder).and_then(|folder| folder.sync_all());
    }
}

impl Store {
    /// Copies the book to a new file at `to`, as it is at one moment, whatever others do meanwhile.
    /// The copy has a temporary name until `verify` finds it good; a failure leaves nothing.
    pub(crate) fn copy_to<T, E: From<StoreError>>(
        &self,
        to: &Path,
        verify: impl FnOnce(Store) -> Result<T, E>,
    ) -> Result<T, E> {
        let to = plain_path(to)?;
        finish(&to, Some(&self.path), |draft| {
            self.copy(draft).map_err(E::from)?;
            // What is verified is what stands in the file, not what this connection remembers.
            verify(Store::open_current(draft, Access::Read, self.versions)?)
        })
    }

    /// Copies the book over an earlier copy of it, which stays until the new one is verified.
    pub(crate) fn copy_over<E: From<StoreError>>(
        &self,
        to: &Path,
        verify: impl FnOnce(Store) -> Result<(), E>,
    ) -> Result<(), E> {
        let to = plain_path(to)?;
        let new = beside(&to, "-new");
        self.copy_to(&new, verify)?;
        fs::rename(&new, &to).map_err(|error| {
            let _ = fs::remove_file(&new);
            E::from(StoreError::io(&to)(error))
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
