//! The council's ledger: maps suggested, extracts imported, spend held against them.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crg::book::{Book, Commit, Import};
use crg::document::counted;
use crg::error::Error;
use crg::import::extract::suggest;
use crg::import::{Candidate, Extract, Map};
use crg::model::FinancialYear;
use crg::report::{Changes, ImportReport, ImportRow, LineOutcome};
use crg::store::Access;

use crate::args::ImportArgs;
use crate::context::{Context, quoted};
use crate::failure::{BAD_COMMAND_LINE, DONE, Failure, REFUSED};
use crate::progress::Bar;
use crate::query::{Ask, open};
use crate::{issued, render};

/// `crg spend import`.
pub(crate) fn import(args: &ImportArgs, context: &Context) -> Result<(), Failure> {
    let Some(map) = &args.map else {
        return first_map(args, context);
    };
    args.show.validate()?;
    let mut bar = Bar::new();
    let map = Map::read(map).map_err(Error::Map)?;
    let extract = Extract::read(&args.file, &map, args.year, &mut bar).map_err(Error::Extract)?;
    let mut book = Book::open(&context.book, Access::Write)?;
    let last = issued::last(&book)?;
    let refused = Refused::reserve(args)?;
    let import = Import {
        extract: &extract,
        by: &context.by,
        changes: args.changes(),
        skip_bad: args.skip_bad,
    };
    let commit = if args.dry_run {
        Commit::DryRun
    } else {
        Commit::Keep
    };
    let report = book.import(import, context.now, commit, &mut bar)?;
    bar.clear();
    let told = |failure: Failure| match report.recorded {
        true => failure.after_recording(&again(args, args.changes())),
        false => failure,
    };
    // All that is to be said is said, whichever part of it cannot be written.
    let written = refused
        .map(|refused| refused.write(&extract, &report))
        .transpose()
        .map_err(told);
    let shown = args.show.show(&report, context).map_err(told);
    issued::note_changes_since(&book, last);
    next(&report, args, context);
    if let Some(path) = written?.flatten() {
        let path = path.display();
        render::note(&format!(
            "the refused lines are in {path}: mend them and import that file with the same map"
        ));
    }
    shown
}

/// The same import once more, with its lines that the book has otherwise treated so.
fn again(args: &ImportArgs, changes: Changes) -> String {
    let path = |path: &Path| quoted(&path.display().to_string());
    let map = args.map.as_deref().unwrap_or(Path::new("MAP"));
    let mut command = format!("crg spend import {} --map {}", path(&args.file), path(map));
    command.extend(args.year.map(|year| format!(" --year {year}")));
    command.push_str(if args.skip_bad { " --skip-bad" } else { "" });
    command.push_str(match changes {
        Changes::Show => "",
        Changes::Accept => " --accept-changes",
        Changes::KeepBoth => " --keep-both",
    });
    command
}

/// What remains to be done.
fn next(report: &ImportReport, args: &ImportArgs, context: &Context) {
    let program = |command: String| command.replacen("crg", &context.program, 1);
    if report.struck.lines > 0 && report.changes != Changes::KeepBoth {
        render::note(
            "lines whose entries were reversed are not recorded again; --keep-both records them",
        );
    }
    if report.changed.lines > 0 && report.changes == Changes::Show {
        render::note(
            "the book has the changed lines otherwise, and they were not recorded; where they are further payments: --keep-both",
        );
        render::hint(&program(again(args, Changes::Accept)));
    } else if !report.recorded && report.new.lines + report.changed.lines > 0 {
        render::hint(&program(again(args, report.changes)));
    }
    let today = context.today;
    let late: Vec<&ImportRow> = report
        .rows
        .iter()
        .filter(|row| row.entry.is_some() && row.on.is_some_and(|on| on > today))
        .collect();
    if let Some(on) = late.first().and_then(|row| row.on) {
        let lines = counted(late.len(), "line");
        render::note(&format!(
            "{lines} dated after today, the first {on} in row {}: is that so?",
            late[0].row
        ));
    }
}

/// `crg spend import --suggest`.
fn first_map(args: &ImportArgs, context: &Context) -> Result<(), Failure> {
    // Without a book there is no project to name, and the map is of use all the same.
    let candidates: Vec<Candidate> = match context.book.exists() {
        true => open(context)?.candidates()?,
        false => Vec::new(),
    };
    let map = suggest(&args.file, &candidates).map_err(Error::Extract)?;
    args.show.text(&map)
}

/// `crg reconcile --extract`.
pub(crate) fn reconcile(
    year: FinancialYear,
    files: &[PathBuf],
    map_file: &Path,
    ask: &Ask,
    context: &Context,
) -> Result<u8, Failure> {
    let mut bar = Bar::new();
    let map = Map::read(map_file).map_err(Error::Map)?;
    let read =
        |file: &PathBuf| Extract::read(file, &map, Some(year), &mut bar).map_err(Error::Extract);
    let extracts = files
        .iter()
        .map(read)
        .collect::<Result<Vec<Extract>, Error>>()?;
    bar.clear();
    let report = ask.answer(context, |book| {
        book.ledger(year, &extracts, ask.lens(context))
    })?;
    if report.agrees() {
        return Ok(DONE);
    }
    let lines = counted(report.rows.len(), "payment");
    let message = format!(
        "not reconciled: {lines} unmatched, {} apart in all",
        report.difference.pounds()
    );
    let file = if let [file] = files {
        quoted(&file.display().to_string())
    } else {
        "FILE".into()
    };
    let next = format!(
        "record what the book has not: crg spend import {file} --map {}",
        quoted(&map_file.display().to_string())
    );
    Err(Failure::new(REFUSED, format!("{message}\nnext: {next}")))
}

/// How many files of refused lines an extract may have beside it.
const MAX_REFUSED: u32 = 99;

/// The file for refused lines, made before anything is recorded, so that it cannot fail for its
/// name afterwards. It is taken away again where nothing is written to it.
struct Refused {
    path: PathBuf,
    file: File,
    written: bool,
}

impl Refused {
    fn reserve(args: &ImportArgs) -> Result<Option<Refused>, Failure> {
        if !args.skip_bad || args.dry_run {
            return Ok(None);
        }
        let mut number = 1;
        loop {
            let path = Refused::path(&args.file, number)?;
            match File::create_new(&path) {
                Ok(file) => {
                    return Ok(Some(Refused {
                        path,
                        file,
                        written: false,
                    }));
                }
                Err(error) if error.kind() == ErrorKind::AlreadyExists && number < MAX_REFUSED => {
                    number += 1
                }
                Err(error) => return Err(Error::Output { path, error }.into()),
            }
        }
    }

    /// `EXTRACT-refused.csv`, then `EXTRACT-refused-2.csv`: none is written over.
    fn path(extract: &Path, number: u32) -> Result<PathBuf, Failure> {
        let stem = extract
            .file_stem()
            .ok_or_else(|| Failure::new(BAD_COMMAND_LINE, "name the extract's file"))?;
        let mut name = stem.to_owned();
        name.push(if number == 1 {
            "-refused.csv".to_owned()
        } else {
            format!("-refused-{number}.csv")
        });
        Ok(extract.with_file_name(name))
    }

    /// Writes the refused lines, where there are any; says where.
    fn write(
        mut self,
        extract: &Extract,
        report: &ImportReport,
    ) -> Result<Option<PathBuf>, Failure> {
        let refused = report
            .rows
            .iter()
            .filter(|row| row.outcome == LineOutcome::Refused);
        let reasons: BTreeMap<u64, String> = refused
            .map(|row| (row.row, row.why.clone().unwrap_or_default()))
            .collect();
        if reasons.is_empty() {
            return Ok(None);
        }
        let written = extract
            .write_refused(&reasons, &self.file)
            .map_err(std::io::Error::from)
            .and_then(|()| self.file.sync_all());
        written.map_err(|error| Error::Output {
            path: self.path.clone(),
            error,
        })?;
        self.written = true;
        Ok(Some(self.path.clone()))
    }
}

impl Drop for Refused {
    fn drop(&mut self) {
        if !self.written {
            let _ = std::fs::remove_file(&self.path);
        }
    }
}
