//! Dumping the whole book as CSV files that [`load`](crate::book::load) reads back.

use std::fs::{self, File};
use std::io::{BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};

use crate::book::binding::cells;
use crate::book::data_package::data_package;
use crate::book::handle::Book;
use crate::book::load::columns::{
    BOOK, BOOK_COLUMNS, ENTRIES, PRIORITIES, PRIORITY_COLUMNS, RECORD, RECORD_COLUMNS,
};
use crate::error::Error;
use crate::import::sheet::inert;
use crate::import::writer;
use crate::model::{Column, Entry, Names};
use crate::store::{create_folder, create_new, present_dictionary};

/// Follows the name of a file until it is written whole and takes the place of another.
const UNFINISHED: &str = ".unfinished";

/// The description of the others. A load does not read it.
const PACKAGE: &str = "datapackage.json";

const FILES: [&str; 5] = [ENTRIES, RECORD, BOOK, PRIORITIES, PACKAGE];

impl Book {
    /// Writes `entries.csv`, `record.csv`, `book.csv` and `priorities.csv` into a folder, which is
    /// made if it does not exist, and never over a file, and `datapackage.json`, which describes
    /// them. No more people may read them than the book.
    /// Returns how many entries there are.
    pub fn dump(&self, folder: &Path) -> Result<u64, Error> {
        create_folder(folder, self.path()).map_err(|error| failed(folder, error))?;
        for name in FILES {
            let path = folder.join(name);
            if fs::symlink_metadata(&path).is_ok() {
                return Err(failed(&path, ErrorKind::AlreadyExists));
            }
        }
        self.write_all(folder, "")
    }

    /// Does what [`dump`](Book::dump) does, over the files of an earlier dump: they are replaced once
    /// the new ones are whole. Anything but a plain file is left as it is.
    pub fn dump_again(&self, folder: &Path) -> Result<u64, Error> {
        fs::create_dir_all(folder).map_err(|error| failed(folder, error))?;
        for name in FILES {
            let path = folder.join(name);
            if fs::symlink_metadata(&path).is_ok_and(|found| !found.is_file()) {
                return Err(failed(&path, ErrorKind::AlreadyExists));
            }
        }
        let count = self.write_all(folder, UNFINISHED)?;
        for name in FILES {
            let path = folder.join(name);
            fs::rename(unfinished(&path, UNFINISHED), &path)
                .map_err(|error| failed(&path, error))?;
        }
        Ok(count)
    }

    /// The text of `entries.csv`, which a load from standard input reads.
    pub fn dump_entries(&self) -> Result<Vec<u8>, Error> {
        let path = Path::new(ENTRIES);
        let fail = |error: csv::Error| failed(path, error);
        let mut csv = writer(Vec::new());
        csv.write_record(columns()).map_err(fail)?;
        self.store.read(|| {
            self.store
                .for_each_entry(|entry, _| csv.write_record(row(&entry)).map_err(fail))
        })?;
        csv.into_inner()
            .map_err(|error| failed(path, error.into_error()))
    }

    /// Writes all files, or none.
    fn write_all(&self, folder: &Path, ending: &str) -> Result<u64, Error> {
        let dumped = self.store.read(|| self.write_files(folder, ending));
        if dumped.is_err() {
            for name in FILES {
                let _ = fs::remove_file(unfinished(&folder.join(name), ending));
            }
        }
        dumped
    }

    fn write_files(&self, folder: &Path, ending: &str) -> Result<u64, Error> {
        let new = |name| Output::new(unfinished(&folder.join(name), ending), self.path());
        let mut entries = new(ENTRIES)?;
        let mut record = new(RECORD)?;
        let mut book = new(BOOK)?;
        let mut priorities = new(PRIORITIES)?;
        entries.row(columns())?;
        record.row(RECORD_COLUMNS)?;
        let mut count = 0;
        self.store.for_each_entry(|entry, fingerprint| {
            entries.row(row(&entry))?;
            record.row([
                entry.number.to_string(),
                entry.recorded.to_string(),
                fingerprint.to_string(),
            ])?;
            count += 1;
            Ok::<(), Error>(())
        })?;
        let names = self.names()?;
        book.row(BOOK_COLUMNS)?;
        book.row([
            inert(&names.partnership).into_owned(),
            inert(&names.funder).into_owned(),
        ])?;
        priorities.row(PRIORITY_COLUMNS)?;
        for priority in self.store.priorities()? {
            priorities.row(cells(&priority))?;
        }
        [entries, record, book, priorities]
            .into_iter()
            .try_for_each(Output::finish)?;
        self.describe(&names, |file| unfinished(&folder.join(file), ending))?;
        Ok(count)
    }
}

impl Book {
    /// Writes the description of the files, once they are whole.
    fn describe(&self, names: &Names, place: impl Fn(&str) -> PathBuf) -> Result<(), Error> {
        let path = place(PACKAGE);
        let package = data_package(names, &present_dictionary()?, place);
        package
            .and_then(|package| {
                let mut file = create_new(&path, Some(self.path()))?;
                file.write_all(format!("{package:#}\n").as_bytes())?;
                file.sync_all()
            })
            .map_err(|error| failed(&path, error))
    }
}

/// The header of `entries.csv`.
fn columns() -> impl Iterator<Item = &'static str> {
    Column::ALL.iter().map(|column| column.as_str())
}

/// An entry as a row of `entries.csv`.
fn row(entry: &Entry) -> impl Iterator<Item = String> {
    let cells = entry.cells();
    Column::ALL.iter().map(move |column| {
        let text = cells.get(*column).unwrap_or_default();
        match column {
            Column::Amount => text.to_owned(),
            _ => inert(text).into_owned(),
        }
    })
}

/// The name that a file has until it is whole.
fn unfinished(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

struct Output {
    path: PathBuf,
    csv: csv::Writer<BufWriter<File>>,
}

impl Output {
    fn new(path: PathBuf, book: &Path) -> Result<Output, Error> {
        let file = create_new(&path, Some(book)).map_err(|error| failed(&path, error))?;
        let csv = writer(BufWriter::new(file));
        Ok(Output { path, csv })
    }

    fn row<T: AsRef<[u8]>>(&mut self, cells: impl IntoIterator<Item = T>) -> Result<(), Error> {
        let written = self.csv.write_record(cells);
        written.map_err(|error| failed(&self.path, error))
    }

    fn finish(mut self) -> Result<(), Error> {
        let done = self
            .csv
            .flush()
            .and_then(|()| self.csv.get_ref().get_ref().sync_all());
        done.map_err(|error| failed(&self.path, error))
    }
}

fn failed(path: &Path, error: impl Into<std::io::Error>) -> Error {
    Error::Output {
        path: path.to_owned(),
        error: error.into(),
    }
}
