//! Making a new file: whole, or not at all.

use std::fs::{self, File};
use std::path::Path;

use rusqlite::OpenFlags;

use crate::model::Names;
use crate::store::integrity::Balance;
use crate::store::open::{beside, connect, plain_path};
use crate::store::open_guard::OpenRegistry;
use crate::store::schema::PRESENT;
use crate::store::{Store, StoreError, unfinished};

impl Store {
    /// Makes a new book, lets `fill` write into it, and puts it at `path` when all of it succeeded.
    /// Until then it stands beside that under another name; a failure leaves nothing.
    ///
    /// `fill` says what the entries it wrote come to: the triggers that keep the balances from then
    /// on are made last, as are the indexes, which makes a book of a million entries in half the
    /// time.
    ///
    /// # Errors
    ///
    /// [`StoreError::Exists`] where there is a file, or what `fill` says.
    pub fn create<T, E: From<StoreError>>(
        path: &Path,
        names: &Names,
        fill: impl FnOnce(&mut Store) -> Result<(T, Vec<Balance>), E>,
    ) -> Result<T, E> {
        let path = plain_path(path)?;
        finish(&path, |draft| {
            let mut store = make(
                draft,
                &names
                    .checked()
                    .map_err(|error| StoreError::Name { name: error.name })?,
            )?;
            let (value, balances) = fill(&mut store)?;
            store.install_balances(&balances)?;
            Ok(value)
        })
    }

    /// Puts the balances and the guards into a new file.
    fn install_balances(&self, balances: &[Balance]) -> Result<(), StoreError> {
        let fail = StoreError::sqlite(&self.path);
        let last = self.head()?.last.map_or(0, |(number, _)| number.0);
        self.connection
            .execute_batch("BEGIN IMMEDIATE")
            .map_err(&fail)?;
        let mut statement = self
            .connection
            .prepare("INSERT INTO balance (year, account, pot, pence, spent_pence, entry) VALUES (?1, ?2, ?3, ?4, ?5, ?6)")
            .map_err(&fail)?;
        for Balance {
            year,
            account,
            pot,
            balance,
            spent,
        } in balances
        {
            statement
                .execute((year, account, pot, balance.pence(), spent.pence(), last))
                .map_err(&fail)?;
        }
        self.connection
            .execute_batch(PRESENT.guards())
            .map_err(&fail)?;
        self.connection.execute_batch("COMMIT").map_err(&fail)
    }
}

/// Lets `make` make a file beside `path` under another name, and gives it that name when it is
/// whole. A failure leaves nothing.
pub(super) fn finish<T, E: From<StoreError>>(
    path: &Path,
    make: impl FnOnce(&Path) -> Result<T, E>,
) -> Result<T, E> {
    if fs::symlink_metadata(path).is_ok() {
        return Err(StoreError::Exists {
            path: path.to_owned(),
        }
        .into());
    }
    if let Some(folder) = path.parent().filter(|folder| !folder.is_dir()) {
        return Err(StoreError::NoFolder {
            path: folder.to_owned(),
        }
        .into());
    }
    let draft = unfinished::reserve(path)?;
    let made = make(&draft).and_then(|value| place(&draft, path).map(|()| value).map_err(E::from));
    let error = match made {
        Ok(value) => {
            unfinished::remove_stale(path);
            return Ok(value);
        }
        Err(error) => error,
    };
    // What could not be finished is taken away; the journal goes with it.
    let _ = fs::remove_file(&draft);
    let _ = fs::remove_file(beside(&draft, "-journal"));
    match fs::symlink_metadata(path) {
        // Another made it meanwhile, and may have taken this one's away.
        Ok(_) => Err(StoreError::Exists {
            path: path.to_owned(),
        }
        .into()),
        Err(_) => Err(error),
    }
}

fn make(draft: &Path, names: &Names) -> Result<Store, StoreError> {
    let fail = StoreError::sqlite(draft);
    let open_books = OpenRegistry::hold();
    let connection = connect(
        draft,
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE,
    )?;
    let open = open_books.note(draft);
    // Nobody else can see the file yet: it is synced once, when it is whole.
    connection
        .execute_batch("PRAGMA synchronous = OFF; BEGIN IMMEDIATE;")
        .map_err(&fail)?;
    connection.execute_batch(PRESENT.tables()).map_err(&fail)?;
    connection
        .execute(
            "INSERT INTO book (id, partnership, funder) VALUES (1, ?1, ?2)",
            (&names.partnership, &names.funder),
        )
        .map_err(&fail)?;
    connection.execute_batch("COMMIT").map_err(&fail)?;
    Ok(Store {
        path: draft.to_owned(),
        connection,
        schema: &PRESENT,
        unfinished: true,
        _open: open,
    })
}

/// Syncs a whole file and gives it its name, never over another file.
fn place(draft: &Path, path: &Path) -> Result<(), StoreError> {
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
            return Err(StoreError::Exists {
                path: path.to_owned(),
            });
        }
    }
    // From here on it is there, and no failure says otherwise. Where its first name stays, it does
    // no harm: see `unfinished`.
    let _ = fs::remove_file(draft);
    sync_folder(path);
    Ok(())
}

/// Makes a new name in a folder last through a power cut, where the system can: shared drives often
/// cannot.
fn sync_folder(path: &Path) {
    if let Some(folder) = path.parent().filter(|_| cfg!(unix)) {
        let _ = File::open(folder).and_then(|folder| folder.sync_all());
    }
}
