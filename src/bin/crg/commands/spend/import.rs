use crg::book;
use crg::import::extract::suggest;
use crg::import::{Extract, Map};
use crg::model::Contact;
use crg::report::{Changes, ImportReport, ImportRow};

use crate::commands::spend::refused_lines::RefusedLines;
use crate::context::Context;
use crate::failure::Stop;
use crate::hint::{CommandLine, Hint, Unwanted};
use crate::notes::{personal_rows, print_clock};
use crate::options::answer::{AnswerOptions, Showing};
use crate::options::write::commit;
use crate::progress::Bar;
use crate::reported_quarters;
use clap::Args;
use crg::document::counted;
use crg::{Error, FinancialYear};
use std::path::{Path, PathBuf};

/// Record what a council ledger's extract has and the book does not
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  crg spend import --suggest ledger-2026-05.csv --output ledger.toml
  crg spend import ledger-2026-05.csv --map ledger.toml --dry-run
  crg spend import ledger-2026-05.csv --map ledger.toml

A map says which columns are what, and how a line finds its project:
  vat = \"net\"
  unmatched = \"refuse\"              # or \"outside\" the grant, or a ref such as \"P01\"
  recurring = [\"STANDING ORDER\"]    # references that come again and belong to no one invoice
  [columns]
  date = \"Date\"
  amount = [\"Net amount\", \"Amount\"]
  supplier = \"Supplier name\"
  reference = \"Transaction number\"
  [[project]]
  ref = \"P08\"
  column = \"Cost code\"
  is = [\"A45015\"]                   # or: contains = [\"vape\"]

The same file, or the next that overlaps it, adds only what is new.")]
pub(crate) struct Import {
    /// The extract, CSV or XLSX
    file: PathBuf,
    /// How to read it
    #[arg(long, value_name = "MAP", conflicts_with = "suggest")]
    #[arg(required_unless_present = "suggest")]
    map: Option<PathBuf>,
    /// Write a first map for it, to be completed, and import nothing
    #[arg(long, conflicts_with_all = ["year", "accept_changes", "keep_both", "skip_bad", "dry_run", "format", "json", "for_excel"])]
    suggest: bool,
    /// The grant year of all lines; defaults to the year containing each line's date
    #[arg(long, value_name = "YEAR")]
    year: Option<FinancialYear>,
    /// If the book has a line with another amount, date or project, reverse the old entry and record
    /// the line
    #[arg(long, conflicts_with = "keep_both")]
    accept_changes: bool,
    /// Record such lines, and those whose entries were reversed, as further payments beside what the
    /// book has
    #[arg(long)]
    keep_both: bool,
    /// Leave bad lines out, and write them with the reasons to EXTRACT-refused.csv, to be fixed and
    /// imported
    #[arg(long)]
    skip_bad: bool,
    /// Show what would be recorded, and record nothing
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    answer: AnswerOptions,
}

impl Import {
    pub(crate) fn run(&self, context: &Context) -> Result<(), Stop> {
        match &self.map {
            Some(map) => self.import(map, context),
            None => self.first_map(context),
        }
    }

    fn import(&self, map: &Path, context: &Context) -> Result<(), Stop> {
        self.answer.validate()?;
        let mut bar = Bar::new();
        let map = Map::read(map).map_err(Error::Map)?;
        let extract =
            Extract::read(&self.file, &map, self.year, &mut bar).map_err(Error::Extract)?;
        let mut book = context.open_to_write()?;
        let last = book.last_entry()?;
        let leaves_out = self.skip_bad && !self.dry_run;
        let refused = leaves_out.then(|| RefusedLines::reserve(&self.file, &context.book));
        let refused = refused.transpose()?;
        let import = book::Import {
            extract: &extract,
            by: &context.by,
            changes: self.changes(),
            skip_bad: self.skip_bad,
        };
        let report = book.import(import, context.now, commit(self.dry_run), &mut bar)?;
        bar.clear();
        let explained = |stop: Stop| {
            if report.recorded {
                stop.after_recording(again())
            } else {
                stop
            }
        };
        // Everything is reported, whichever part of it cannot be written.
        let written = refused.map(|refused| refused.write(&extract, &report));
        let written = written.transpose().map_err(explained);
        let origin = book.origin(&report, None).ok();
        let shown = self
            .answer
            .show(Showing::Answer, &report, origin, context)
            .map_err(explained);
        reported_quarters::print_changes_since(&book, last, context);
        note_contacts(&report, context);
        self.print_next(&report, context);
        note_future(&report, context);
        print_clock(&book, context);
        if let Some(path) = written?.flatten() {
            let path = path.display();
            context.output.note(&format!(
                "the refused lines are in {path}: fix them there and import that file with the same map"
            ));
        }
        shown
    }

    fn changes(&self) -> Changes {
        match (self.accept_changes, self.keep_both) {
            (true, _) => Changes::Accept,
            (_, true) => Changes::KeepBoth,
            _ => Changes::Show,
        }
    }

    fn print_next(&self, report: &ImportReport, context: &Context) {
        let output = &context.output;
        if report.reversed.lines > 0 && report.changes != Changes::KeepBoth {
            output.note(
                "lines whose entries were reversed are not recorded again; --keep-both records them",
            );
        }
        let next: Hint = if report.changed.lines > 0 && report.changes == Changes::Show {
            output.note(
                "the book has other details for the changed lines, so they were not recorded; if they are further payments, use --keep-both",
            );
            let again = again().flag("--accept-changes");
            again.because("replace the book's entries with the changed lines")
        } else if !report.recorded && report.new.lines + report.changed.lines > 0 {
            again().into()
        } else {
            return;
        };
        output.next(&next);
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

/// The same import once more, recorded and shown on the terminal.
fn again() -> CommandLine {
    CommandLine::again()
        .without(Unwanted::Flag("--dry-run"))
        .without(Unwanted::Flag("--open"))
        .without(Unwanted::Option("--output"))
}

/// Notes suppliers that look as if they hold a person's contact details.
fn note_contacts(report: &ImportReport, context: &Context) {
    let has_contact = |row: &&ImportRow| {
        let supplier = row.supplier.as_deref().unwrap_or_default();
        row.entry.is_some() && Contact::find(supplier).is_some()
    };
    let rows: Vec<u64> = report
        .rows
        .iter()
        .filter(has_contact)
        .map(|row| row.row)
        .collect();
    if let Some(note) = personal_rows(&rows) {
        context.output.note(&note);
    }
}

/// Notes lines that were recorded with a date in the future.
fn note_future(report: &ImportReport, context: &Context) {
    let future =
        |row: &&ImportRow| row.entry.is_some() && row.on.is_some_and(|on| on > context.today);
    let rows: Vec<&ImportRow> = report.rows.iter().filter(future).collect();
    if let [first, ..] = rows[..]
        && let Some(on) = first.on
    {
        context.output.note(&format!(
            "{} dated in the future, the first on {} in row {}: please check",
            counted(rows.len(), "line"),
            on.long(),
            first.row
        ));
    }
}
