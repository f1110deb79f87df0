use crg::import::{Extract, Map};
use crg::report::LedgerReport;

use crate::commands::reverse::record_about;
use crate::context::Context;
use crate::failure::{Exit, Failure, Stop};
use crate::hint::{REASON, command};
use crate::options::QueryOptions;
use crate::options::answer::Showing;
use crate::options::write::{EntryOptions, WriteOptions};
use crate::progress::Bar;
use clap::Args;
use crg::document::counted;
use crg::{EntryNumber, Error, FinancialYear, Kind};
use std::path::PathBuf;

/// Printed figures beside computed ones, or spend beside the ledger's; fails if they differ
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  crg reconcile 2025/26
  crg reconcile 2025/26 --extract april.csv may.csv june.csv --map ledger.toml
  crg reconcile 2025/26 --explain 45 --note \"The paper's table adds a rounded figure\"")]
pub(crate) struct Reconcile {
    /// The grant year; defaults to the year containing the date
    year: Option<FinancialYear>,
    /// Record why the printed figure in this entry differs (with --note)
    #[arg(long, value_name = "ENTRY", requires = "note", conflicts_with_all = ["as_at", "known_at", "for_excel", "output", "open"])]
    explain: Option<EntryNumber>,
    /// Compare the book's spend with these extracts of the council's ledger, in any format that
    /// spend import reads; they may overlap
    #[arg(long, value_name = "FILE", num_args = 1.., conflicts_with = "explain")]
    extract: Vec<PathBuf>,
    /// How to read the extracts (see: crg spend import --help); templates from crg template
    /// invoices.xlsx need none
    #[arg(long, value_name = "MAP", requires = "extract")]
    map: Option<PathBuf>,
    #[command(flatten)]
    query: QueryOptions,
    #[command(flatten)]
    entry: EntryOptions,
}

impl Reconcile {
    pub(crate) fn run(&self, context: &Context) -> Result<(), Stop> {
        if let Some(entry) = self.explain {
            let write = WriteOptions {
                entry: self.entry.clone(),
                confirm: self.query.answer.confirmation()?.into(),
            };
            return record_about(Kind::Explain, entry, &write, context);
        }
        if self.entry.is_used() {
            let message = "--on, --reference, --note, --override and --dry-run need --explain";
            return Err(Failure::command_line(message).into());
        }
        let year = self.query.year(self.year, context);
        if self.extract.is_empty() {
            self.papers(year, context)
        } else {
            self.ledger(year, context)
        }
    }

    /// Compares what papers printed.
    fn papers(&self, year: FinancialYear, context: &Context) -> Result<(), Stop> {
        let report = self.query.show(Showing::Answer, context, |book, lens| {
            book.reconcile(year, lens)
        })?;
        let Some(row) = report.rows.iter().find(|row| row.is_unexplained()) else {
            return Ok(());
        };
        let entry = row.entry;
        let explain = command!("reconcile {} --explain {} --note {}", year, entry, REASON);
        let differences = counted(report.unexplained, "difference");
        let message = format!("not reconciled: {differences} without an explanation");
        let failure = Failure::new(Exit::Refused, "not-reconciled", message);
        Err(failure.with(explain).into())
    }

    /// Compares what the council's ledger has.
    fn ledger(&self, year: FinancialYear, context: &Context) -> Result<(), Stop> {
        let mut bar = Bar::new();
        let map = match &self.map {
            Some(map) => Map::read(map),
            None => Map::of_template(),
        };
        let map = map.map_err(Error::Map)?;
        let mut extracts = Vec::new();
        for file in &self.extract {
            let extract = Extract::read(file, &map, Some(year), &mut bar);
            extracts.push(extract.map_err(Error::Extract)?);
        }
        bar.clear();
        let report = self.query.show(Showing::Answer, context, |book, lens| {
            book.ledger(year, &extracts, lens)
        })?;
        if report.agrees() {
            return Ok(());
        }
        Err(self.not_the_same(&report).into())
    }

    fn not_the_same(&self, report: &LedgerReport) -> Failure {
        let message = format!(
            "not reconciled: {} unmatched, {} apart in total",
            counted(report.rows.len(), "payment"),
            report.difference.pounds()
        );
        let failure = Failure::new(Exit::Refused, "not-reconciled", message);
        let has_more = |file: &&PathBuf| {
            let name = file.file_name().map(|name| name.to_string_lossy());
            let mut files = report.rows.iter().filter_map(|row| row.file.as_deref());
            files.any(|file| Some(file) == name.as_deref())
        };
        let mut files = self.extract.iter().filter(has_more).peekable();
        if files.peek().is_none() {
            let list = command!("spend list {}", report.head.year);
            return failure.with(list.because("see what the book has"));
        }
        files.fold(failure, |failure, file| {
            let import = command!("spend import {}", file.display());
            let import = match &self.map {
                Some(map) => import.option("--map", map.display()),
                None => import,
            };
            failure.with(import.because("record what the book does not have"))
        })
    }
}
