//! Dumping the whole book as CSV files that [`load`](crate::book::load) reads back.

use std::fs::{self, File};
use std::io::{BufWriter, ErrorKind};
use std::path::Path;

use crate::book::binding::cells;
use crate::book::handle::Book;
use crate::book::load::columns::{
    BOOK, BOOK_COLUMNS, ENTRIES, PRIORITIES, PRIORITY_COLUMNS, RECORD, RECORD_COLUMNS,
};
use crate::error::Error;
use crate::import::sheet::inert;
use crate::import::writer;
use crate::model::Column;
use crate::store::{create_folder, create_new};

impl Book {
    /// Writes `entries.csv`, `record.csv`, `book.csv` and `priorities.csv` into a folder, which is
    /// made if it does not exist, and never over a file. No more people may read them than the book.
    /// Returns how many entries there are.
    pub fn dump(&self, folder: &Path) -> Result<u64, Error> {
        create_folder(folder, self.path()).map_err(|error| failed(folder, error))?;
        for name in [ENTRIES, RECORD, BOOK, PRIORITIES] {
            let path = folder.join(name);
            if fs::symlink_metadata(&path).is_ok() {
                return Err(failed(&path, ErrorKind::AlreadyExists));
            }
        }
        let dumped = self.store.read(|| self.write_files(folder));
        if dumped.is_err() {
            // None of these existed before.
            for name in [ENTRIES, RECORD, BOOK, PRIORITIES] {
                let _ = fs::remove_file(folder.join(name));
            }
        }
        dumped
    }

    fn write_files(&self, folder: &Path) -> Result<u64, Error> {
        let output = |name| Output::new(folder, name, self.path());
        let [mut entries, mut record] = [output(ENTRIES)?, output(RECORD)?];
        let [mut book, mut priorities] = [output(BOOK)?, output(PRIORITIES)?];
        entries.row(Column::ALL.iter().map(|column| column.as_str()))?;
        record.row(RECORD_COLUMNS)?;
        let mut count = 0;
        self.store.for_each_entry(|entry, fingerprint| {
            let cells = entry.cells();
            let text = |column: &Column| match (cells.get(*column).unwrap_or_default(), column) {
                (amount, Column::Amount) => amount.into(),
                (text, _) => inert(text),
            };
            entries.row(Column::ALL.iter().map(text).map(|text| text.into_owned()))?;
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
        Ok(count)
    }
}

struct Output {
    path: std::path::PathBuf,
    csv: csv::Writer<BufWriter<File>>,
}

impl Output {
    fn new(folder: &Path, name: &str, book: &Path) -> Result<Output, Error> {
        let path = folder.join(name);
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
