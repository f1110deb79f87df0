//! Dumping the whole book as CSV files that [`load`](crate::book::load) reads back.

use std::fs::{self, File};
use std::io::BufWriter;
use std::path::Path;

use crate::book::handle::Book;
use crate::book::load::columns::{
    BOOK, BOOK_COLUMNS, ENTRIES, PRIORITIES, PRIORITY_COLUMNS, RECORD, RECORD_COLUMNS,
};
use crate::error::Error;
use crate::import::sheet::inert;
use crate::import::writer;
use crate::model::Column;

impl Book {
    /// Writes `entries.csv`, `record.csv`, `book.csv` and `priorities.csv` into a folder, which is
    /// made if it does not exist, and never over a file. Returns how many entries there are.
    pub fn dump(&self, folder: &Path) -> Result<u64, Error> {
        fs::create_dir_all(folder).map_err(|error| Error::Output {
            path: folder.to_owned(),
            error,
        })?;
        for name in [ENTRIES, RECORD, BOOK, PRIORITIES] {
            let path = folder.join(name);
            if fs::symlink_metadata(&path).is_ok() {
                return Err(Error::Output {
                    path,
                    error: std::io::ErrorKind::AlreadyExists.into(),
                });
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
        let (mut entries, mut record) =
            (Output::new(folder, ENTRIES)?, Output::new(folder, RECORD)?);
        let (mut book, mut priorities) =
            (Output::new(folder, BOOK)?, Output::new(folder, PRIORITIES)?);
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
            let last = priority
                .last_year
                .map(|year| year.to_string())
                .unwrap_or_default();
            let name = inert(&priority.name).into_owned();
            priorities.row([
                inert(&priority.scheme).into_owned(),
                priority.code,
                name,
                priority.first_year.to_string(),
                last,
            ])?;
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
    fn new(folder: &Path, name: &str) -> Result<Output, Error> {
        let path = folder.join(name);
        match File::create_new(&path) {
            Ok(file) => Ok(Output {
                path,
                csv: writer(BufWriter::new(file)),
            }),
            Err(error) => Err(Error::Output { path, error }),
        }
    }

    fn row<T: AsRef<[u8]>>(&mut self, cells: impl IntoIterator<Item = T>) -> Result<(), Error> {
        self.csv.write_record(cells).map_err(|error| Error::Output {
            path: self.path.clone(),
            error: error.into(),
        })
    }

    fn finish(mut self) -> Result<(), Error> {
        let done = self
            .csv
            .flush()
            .and_then(|()| self.csv.get_ref().get_ref().sync_all());
        done.map_err(|error| Error::Output {
            path: self.path,
            error,
        })
    }
}
