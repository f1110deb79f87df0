//! `cargo bench`: the time of one question within a process, on ten years of one partnership and on
//! a hundred times as much.
//!
//! `benches/compare` measures whole commands beside other programs.
#![expect(clippy::unwrap_used, reason = "a benchmark fails loudly")]

mod books;

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use crg::Access;
use crg::book::{Book, Commit, load};
use crg::fold::{Lens, Portfolio, standing};
use crg::import::{Folder, Sheet};
use crg::model::{Cells, Column, Draft, Entry, FinancialYear, Quarter};
use divan::Bencher;

/// The number of entries in each of ten years: a partnership's, and a hundred times as many.
const ENTRIES: [usize; 2] = [130, 13_000];

static FOLDER: LazyLock<PathBuf> =
    LazyLock::new(|| std::env::temp_dir().join(format!("crg-bench-{}", std::process::id())));

fn main() {
    divan::main();
    let _ = std::fs::remove_dir_all(&*FOLDER);
}

/// The folder with a book's `entries.csv`.
fn source(entries: usize) -> PathBuf {
    let folder = FOLDER.join(entries.to_string());
    if !folder.is_dir() {
        std::fs::create_dir_all(&folder).unwrap();
        let size = books::Size {
            first: 2016,
            years: 10,
            projects: entries / 11,
            entries,
        };
        std::fs::write(folder.join("entries.csv"), books::entries(size)).unwrap();
    }
    folder
}

fn load_into(path: &Path, entries: usize) {
    let moment = "2026-06-30T09:00:00Z".parse().unwrap();
    load(
        path,
        Folder::At(&source(entries)),
        "KCST",
        moment,
        Commit::Keep,
    )
    .unwrap();
}

/// An open book of that size.
fn book(entries: usize) -> Book {
    let path = FOLDER.join(format!("{entries}.db"));
    if !path.is_file() {
        load_into(&path, entries);
    }
    Book::open(&path, Access::Read).unwrap()
}

/// The year asked about, and its last day.
fn asked() -> (FinancialYear, Lens) {
    (
        "2020/21".parse().unwrap(),
        Lens::at("2021-03-31".parse().unwrap()),
    )
}

/// Reads every row of `entries.csv` and checks every cell.
#[divan::bench(args = ENTRIES)]
fn parse(bencher: Bencher<'_, '_>, entries: usize) {
    let folder = source(entries);
    let columns: Vec<&str> = Column::ALL.iter().map(|column| column.as_str()).collect();
    bencher.bench(|| {
        let mut sheet = Sheet::open(Folder::At(&folder), "entries.csv", &columns).unwrap();
        while sheet.read().unwrap() {
            let mut cells = Cells::default();
            Column::ALL
                .iter()
                .for_each(|column| cells.set(*column, sheet.get(*column as usize).unwrap()));
            divan::black_box(Draft::from_cells(&cells).unwrap());
        }
    });
}

/// Folds all entries of a year, held in memory.
#[divan::bench(args = ENTRIES)]
fn fold(bencher: Bencher<'_, '_>, entries: usize) {
    let ((year, lens), mut all) = (asked(), Vec::<Entry>::new());
    let keep = |entry: Entry, _| {
        all.extend(Some(entry).filter(|entry| entry.year == year));
        Ok(())
    };
    book(entries).for_each_entry(keep).unwrap();
    let entries = standing(all, lens);
    bencher.bench(|| Portfolio::fold(year, &entries).unwrap());
}

/// Makes a book from its `entries.csv`, with every rule.
#[divan::bench(args = ENTRIES, sample_count = 3, sample_size = 1)]
fn load_book(bencher: Bencher<'_, '_>, entries: usize) {
    let path = FOLDER.join("loaded.db");
    let clear = || drop(std::fs::remove_file(&path));
    bencher
        .with_inputs(clear)
        .bench_local_values(|()| load_into(&path, entries));
}

/// Opens a book and answers `crg pot`.
#[divan::bench(args = ENTRIES)]
fn pot(bencher: Bencher<'_, '_>, entries: usize) {
    let (year, lens) = asked();
    bencher.bench_local(|| book(entries).pot(year, lens).unwrap());
}

/// Opens a book and answers `crg report quarter`.
#[divan::bench(args = ENTRIES)]
fn quarter(bencher: Bencher<'_, '_>, entries: usize) {
    let (year, lens) = asked();
    bencher.bench_local(|| book(entries).quarter(year, Quarter::Q3, lens).unwrap());
}

/// Opens a book and answers `crg report year-end`.
#[divan::bench(args = ENTRIES)]
fn year_end(bencher: Bencher<'_, '_>, entries: usize) {
    let (year, lens) = asked();
    bencher.bench_local(|| book(entries).year_end(year, lens).unwrap());
}
