use crg::book;
use crg::import::extract::suggest;
use crg::import::{DecisionFile, Extract, Map};
use crg::report::ImportReport;

use crate::commands::spend::reserved::Reserved;
use crate::commands::spend::{also_in, refused_lines, waiting_lines};
use crate::context::Context;
use crate::failure::{Exit, Failure, Stop};
use crate::hint::{CommandLine, Unwanted, command};
use crate::import_notes::{earlier_years, import_notes};
use crate::notes::print_clock;
use crate::options::answer::{AnswerOptions, Showing};
use crate::options::write::commit;
use crate::progress::Bar;
use crate::reported_quarters;
use clap::Args;
use crg::document::counted;
use crg::{Book, Error, FinancialYear};
use std::path::{Path, PathBuf};

/// Record what a council ledger's extract has and the book does not
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  crg spend import --suggest ledger-2026-05.csv --output ledger.toml
  crg spend import ledger-2026-05.csv --map ledger.toml --dry-run
  crg spend import ledger-2026-05.csv --map ledger.toml
  crg spend import invoices.xlsx       a filled-in template, from crg template invoices.xlsx

The contents decide what a file is, not its name: CSV, .xlsx, .xlsm, .xls, .ods, or a web page with
tables, which some ledgers save as .xls.

A map says which columns are what, and how a line finds its project:
  vat = \"net\"
  unmatched = \"refuse\"              # or \"outside\" the grant, or a ref such as \"P01\"
  fill_down = [\"Cost code\"]         # columns whose blank cells hold what stands above them
  recurring = [\"STANDING ORDER\"]    # references that come again and belong to no one invoice
  year = \"2025/26\"                  # the grant year of all lines
  from = \"2025-04-01\"               # leave out lines of other days; to: the last day
  [columns]
  date = \"Date\"
  amount = [\"Net amount\", \"Amount\"] # or: debit and credit; sign: a column of C/D or CR/DR
  supplier = \"Supplier name\"
  reference = \"Transaction number\"
  category = \"Expense type\"         # what the money was spent on
  [[project]]
  ref = \"P08\"
  column = \"Cost code\"
  is = [\"A45015\"]                   # or: contains = [\"vape\"]
  [[outside]]                       # lines that are known to be outside the grant
  column = \"Cost code\"
  is = [\"9000\"]
Also: sheet, header and separator, for files in which they are not found. docs/maps.md has every key.

The same file, or the next that overlaps it, adds only what is new. A line that may be in the book
already is not recorded: it waits in EXTRACT.waiting.csv. Fill in the column action there with add,
replace 20, same as 20;21 or ignore, and give the file back:
  crg spend import ledger-2026-05.csv --map ledger.toml --decisions ledger-2026-05.csv.waiting.csv")]
pub(crate) struct Import {
    /// The extract: CSV, a workbook (.xlsx, .xlsm, .xls, .ods) or a web page with tables
    file: PathBuf,
    /// How to read it; a template from crg template invoices.xlsx needs none
    #[arg(long, value_name = "MAP", conflicts_with = "suggest")]
    map: Option<PathBuf>,
    /// Write a first map for it, to be completed, and import nothing
    #[arg(long, conflicts_with_all = ["year", "decisions", "waiting", "wait_ok", "skip_bad", "also_in", "dry_run", "format", "json", "for_excel"])]
    suggest: bool,
    /// The grant year of all lines; defaults to the year containing each line's date
    #[arg(long, value_name = "YEAR")]
    year: Option<FinancialYear>,
    /// Carry out the decisions on lines that wait: a file of waiting lines with its column action
    /// filled in
    #[arg(long, value_name = "FILE")]
    decisions: Option<PathBuf>,
    /// Where to write the lines that wait; defaults to EXTRACT.waiting.csv
    #[arg(long, value_name = "FILE")]
    waiting: Option<PathBuf>,
    /// Exit with 0 even if lines wait for a decision
    #[arg(long)]
    wait_ok: bool,
    /// Leave bad lines out, and write them with the reasons to EXTRACT-refused.csv, to be fixed and
    /// imported
    #[arg(long)]
    skip_bad: bool,
    /// Another grant on the same ledger, by its book or its map: lines that it has are no loose ends,
    /// and lines that no grant has are listed; may be repeated
    #[arg(long, value_name = "OTHER")]
    also_in: Vec<PathBuf>,
    /// Show what would be recorded, and record nothing
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    answer: AnswerOptions,
}

impl Import {
    pub(crate) fn run(&self, context: &Context) -> Result<(), Stop> {
        if self.suggest {
            return self.first_map(context);
        }
        let map = match &self.map {
            Some(map) => Map::read(map),
            None => Map::of_template(),
        };
        self.import(map.map_err(Error::Map)?, context)
    }

    fn import(&self, map: Map, context: &Context) -> Result<(), Stop> {
        self.answer.validate()?;
        let mut bar = Bar::new();
        let map = if self.also_in.is_empty() {
            map
        } else {
            map.of_shared_ledger()
        };
        let extract =
            Extract::read(&self.file, &map, self.year, &mut bar).map_err(Error::Extract)?;
        let also_in = also_in::compare(&extract, &self.also_in)?;
        let mut book = context.open_to_write()?;
        let last = book.last_entry()?;
        let decisions = self.decisions.as_deref().map(DecisionFile::read);
        let decisions = decisions.transpose().map_err(Error::Decisions)?;
        let leaves_out = self.skip_bad && !self.dry_run;
        let refused = leaves_out.then(|| refused_lines::reserve(&self.file, &context.book));
        let refused = refused.transpose()?;
        let waiting = self.reserve_waiting(&extract, &context.book)?;
        let import = book::Import {
            extract: &extract,
            by: &context.by,
            decisions: decisions.as_ref(),
            skip_bad: self.skip_bad,
        };
        let mut report = book.import(import, context.now, commit(self.dry_run), &mut bar)?;
        report.also_in = also_in;
        bar.clear();
        let explained = |stop: Stop| {
            if report.recorded {
                stop.after_recording(again())
            } else {
                stop
            }
        };
        // Everything is reported, whichever part of it cannot be written.
        let refused = refused.map(|file| refused_lines::write(file, &extract, &report));
        let refused = refused.transpose().map_err(explained);
        let waiting = waiting.map(|file| waiting_lines::write(file, &report));
        let waiting = waiting.transpose().map_err(explained);
        let origin = book.origin(&report, None).ok();
        let shown = self
            .answer
            .show(Showing::Answer, &report, origin, context)
            .map_err(explained);
        reported_quarters::print_changes_since(&book, last, context);
        for note in import_notes(&report, context.today) {
            context.output.note(&note);
        }
        note_earlier_years(&report, &book, context);
        print_clock(&book, context);
        if let Some(path) = refused?.flatten() {
            let path = path.display();
            context.output.note(&format!(
                "the refused lines are in {path}: fix them there and import that file with the same map"
            ));
        }
        let waiting = waiting?.flatten();
        shown?;
        self.end(&report, waiting.as_deref(), decisions.as_ref(), context)
    }

    /// Makes the file for the lines that wait. Decisions that are given back leave the others where
    /// they are.
    fn reserve_waiting(&self, extract: &Extract, book: &Path) -> Result<Option<Reserved>, Stop> {
        let is_elsewhere = self.decisions.is_some() && self.waiting.is_none();
        if self.dry_run || is_elsewhere || self.file == Path::new("-") {
            return Ok(None);
        }
        waiting_lines::reserve(extract, self.waiting.as_deref(), book).map(Some)
    }

    /// Says what comes next, and fails while lines wait.
    fn end(
        &self,
        report: &ImportReport,
        waiting: Option<&Path>,
        decisions: Option<&DecisionFile>,
        context: &Context,
    ) -> Result<(), Stop> {
        let is_left_to_do = report.new.lines + report.decided.lines > 0;
        let record = (!report.recorded && is_left_to_do).then(again);
        if report.waiting.lines == 0 {
            if let Some(record) = record {
                context.output.next(&record.into());
            }
            return Ok(());
        }
        let lines = counted(report.waiting.lines, "line");
        let wait = if report.waiting.lines == 1 {
            "waits"
        } else {
            "wait"
        };
        let amount = report.waiting.amount.pounds();
        let message = format!("{lines} of {amount} {wait} for a decision");
        let file = waiting.or(decisions.and_then(|decisions| listing(decisions, report)));
        let mut failure = Failure::new(Exit::Refused, "lines-waiting", message.clone());
        if let Some(record) = record {
            let record = record.without(Unwanted::Flag("--wait-ok"));
            failure = failure.with(record.because("record the lines that do not wait"));
        }
        if let Some(file) = file.filter(|_| report.recorded) {
            let decide = again().option("--decisions", file.display());
            let decide = decide.without(Unwanted::Option("--waiting"));
            let why = format!("fill in the column action of {}, then", file.display());
            failure = failure.with(decide.because(why));
        } else if report.recorded && decisions.is_some() {
            let list = again().without(Unwanted::Option("--decisions"));
            failure = failure.with(list.because("have the lines listed that wait now"));
        }
        if !self.wait_ok {
            return Err(failure.into());
        }
        context.output.note(&message);
        for hint in &failure.hints {
            context.output.next(hint);
        }
        Ok(())
    }

    /// Suggests a map.
    fn first_map(&self, context: &Context) -> Result<(), Stop> {
        // Without a book there are no projects to name, but the map is still useful.
        let candidates = if context.book.exists() {
            context.open()?.candidates()?
        } else {
            Vec::new()
        };
        let map = suggest(&self.file, &candidates).map_err(Error::Extract)?;
        self.answer.write(map.as_bytes(), context)
    }
}

/// The file of decisions, if it lists every line that waits: what waits may be new since.
fn listing<'a>(decisions: &'a DecisionFile, report: &ImportReport) -> Option<&'a Path> {
    let mut waiting = report.rows.iter().filter(|row| row.waits);
    let is_listed = waiting.all(|row| row.line.is_some_and(|line| decisions.lines.contains(&line)));
    is_listed.then_some(decisions.file.as_path())
}

/// The same import once more, recorded and shown on the terminal.
fn again() -> CommandLine {
    CommandLine::again()
        .without(Unwanted::Flag("--dry-run"))
        .without(Unwanted::Flag("--open"))
        .without(Unwanted::Option("--output"))
}

/// Notes lines that may belong to an earlier year, with what would put them there.
fn note_earlier_years(report: &ImportReport, book: &Book, context: &Context) {
    for lines in earlier_years(report, book) {
        let fix = match lines.entry {
            Some(entry) if report.recorded => command!("correct {} --year {}", entry, lines.before),
            _ => again().option("--year", lines.before),
        };
        let fix = context.output.invocation.command(&fix);
        context.output.note(&lines.note(&fix));
    }
}
