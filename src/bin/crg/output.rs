//! [`Output`]: results to standard output, everything else to standard error.

use std::collections::BTreeMap;
use std::io::{ErrorKind, Write};
use std::path::Path;

use clap::ValueEnum;
use crg::format::printable;
use crg::{Book, Error};
use serde::Serialize;

use crate::failure::{Exit, Failure, Stop};
use crate::hint::Hint;
use crate::invocation::Invocation;
use crate::pager::Pager;

/// How errors are written: for people, or for scripts, on one line with a code that stays the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ErrorFormat {
    Text,
    Json,
}

/// Columns if there is no terminal to ask: the same output in a file everywhere.
const WIDTH: u16 = 80;
/// The fewest columns that a table is drawn for.
const MIN_WIDTH: u16 = 60;

/// Where results, notes, hints and errors go.
#[derive(Debug, Clone)]
pub(crate) struct Output {
    pub(crate) quiet: bool,
    /// How many columns a table may take.
    pub(crate) width: u16,
    pub(crate) errors: ErrorFormat,
    /// What shows answers that are longer than the terminal.
    pub(crate) pager: Option<Pager>,
    pub(crate) invocation: Invocation,
}

impl Output {
    pub(crate) fn new(errors: ErrorFormat, pager: Option<Pager>, invocation: Invocation) -> Output {
        let width = terminal_size::terminal_size().map_or(WIDTH, |(width, _)| width.0);
        Output {
            quiet: false,
            width: width.max(MIN_WIDTH),
            errors,
            pager,
            invocation,
        }
    }

    /// Shows an answer, a page at a time if it is long.
    pub(crate) fn show(&self, answer: impl AsRef<[u8]>) -> Result<(), Stop> {
        let answer = answer.as_ref();
        match &self.pager {
            Some(pager) if pager.show(answer) => Ok(()),
            _ => print(answer),
        }
    }

    /// Confirms what was done. It was done even if that cannot be printed, so this never fails.
    pub(crate) fn confirm(&self, text: &str) {
        let text = printable(text);
        if !self.quiet && matches!(print(&text), Err(Stop::Failure(_))) {
            self.note(&format!(
                "standard output could not be written, but this was done; do not repeat it:\n{text}"
            ));
        }
    }

    /// Prints what a script asked for, even if it asked for quiet too. What it tells of was done, so
    /// this never fails either.
    pub(crate) fn answer(&self, json: &str) {
        if matches!(print(json), Err(Stop::Failure(_))) {
            print_error(&format!(
                "note: standard output could not be written, but this was done; do not repeat it:\n{json}"
            ));
        }
    }

    pub(crate) fn note(&self, text: &str) {
        if !self.quiet {
            print_error(&printable(&format!("note: {text}")));
        }
    }

    pub(crate) fn next(&self, hint: &Hint) {
        self.lead("next", hint);
    }

    /// What comes after the next step, which it needs.
    pub(crate) fn then(&self, hint: &Hint) {
        self.lead("then", hint);
    }

    fn lead(&self, when: &str, hint: &Hint) {
        if !self.quiet {
            let hint = self.invocation.hint(hint);
            print_error(&printable(&format!("{when}: {hint}")));
        }
    }

    pub(crate) fn failure(&self, failure: &Failure) {
        match self.errors {
            ErrorFormat::Json => print_error(&self.json(failure)),
            ErrorFormat::Text => {
                print_error(&printable(&failure.message));
                for hint in failure.hints.iter().map(|hint| self.invocation.hint(hint)) {
                    print_error(&printable(&format!("next: {hint}")));
                }
            }
        }
    }

    fn json(&self, failure: &Failure) -> String {
        let hints = failure.hints.iter();
        let commands = hints.clone().filter_map(|hint| hint.command.as_ref());
        let advice = hints.filter(|hint| hint.command.is_none());
        let error = JsonError {
            code: failure.code,
            exit: failure.exit as u8,
            message: &printable(&failure.message),
            next: commands
                .map(|command| self.invocation.command(command))
                .collect(),
            advice: advice.filter_map(|hint| hint.reason.as_deref()).collect(),
        };
        serde_json::to_string(&BTreeMap::from([("error", error)])).unwrap_or_default()
    }
}

/// An error as `--errors json` prints it.
#[derive(Serialize)]
struct JsonError<'a> {
    code: &'a str,
    exit: u8,
    message: &'a str,
    next: Vec<String>,
    advice: Vec<&'a str>,
}

/// Prints a result. A closed pipe ends the command without a word: its reader has seen enough.
pub(crate) fn print(result: impl AsRef<[u8]>) -> Result<(), Stop> {
    let mut stdout = std::io::stdout().lock();
    let written = stdout.write_all(result.as_ref());
    match written.and_then(|()| stdout.flush()) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Err(Stop::Silent(Exit::Done)),
        Err(error) => Err(not_written(&error).into()),
    }
}

/// The failure of a result that could not be printed.
fn not_written(error: &std::io::Error) -> Failure {
    let message = format!("storage: standard output could not be written: {error}");
    Failure::new(Exit::Storage, "output", message)
}

/// Writes a line to standard error; if that is closed there is nobody to tell.
pub(crate) fn print_error(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// Refuses a file that could not be written, before anything is recorded that is to be written to
/// it: one that exists and may not be replaced, or whose folder does not exist.
pub(crate) fn must_be_writable(path: &Path, replace: bool) -> Result<(), Error> {
    let has_no_folder = |folder: &Path| !folder.as_os_str().is_empty() && !folder.is_dir();
    let error = if path.exists() && !(replace && may_be_replaced(path)) {
        ErrorKind::AlreadyExists.into()
    } else if path.parent().is_some_and(has_no_folder) {
        ErrorKind::NotFound.into()
    } else {
        return Ok(());
    };
    Err(Error::Output {
        path: path.to_owned(),
        error,
    })
}

/// Returns `true` for a plain file that is no book.
fn may_be_replaced(path: &Path) -> bool {
    let is_plain = std::fs::symlink_metadata(path).is_ok_and(|file| file.is_file());
    is_plain && !Book::is_database(path)
}

/// Writes a result in place of a file, whole: until the last moment the old one is there.
pub(crate) fn replace(path: &Path, bytes: &[u8], book: &Path) -> Result<(), Error> {
    must_be_writable(path, true)?;
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".unfinished");
    let unfinished = path.with_file_name(name);
    to_file(&unfinished, bytes, book)?;
    std::fs::rename(&unfinished, path).map_err(|error| {
        let _ = std::fs::remove_file(&unfinished);
        let path = path.to_owned();
        Error::Output { path, error }
    })
}

/// Writes a result to a new file: all of it, or no file at all. No more people may read it than the
/// book.
pub(crate) fn to_file(path: &Path, bytes: &[u8], book: &Path) -> Result<(), Error> {
    let written = Book::create_file(path, book).and_then(|mut file| {
        let written = file.write_all(bytes).and_then(|()| file.sync_all());
        written.inspect_err(|_| {
            let _ = std::fs::remove_file(path);
        })
    });
    let path = path.to_owned();
    written.map_err(|error| Error::Output { path, error })
}
