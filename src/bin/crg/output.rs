//! [`Output`]: results to standard output, everything else to standard error.

use std::fs::File;
use std::io::{ErrorKind, Write};
use std::path::Path;

use clap::ValueEnum;
use crg::Error;
use serde::Serialize;

use crate::failure::{Exit, Failure, Stop};
use crate::hint::Hint;
use crate::invocation::Invocation;

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
    /// Whether only results and errors are printed.
    pub(crate) quiet: bool,
    /// How many columns a table may take.
    pub(crate) width: u16,
    pub(crate) errors: ErrorFormat,
    pub(crate) invocation: Invocation,
}

impl Output {
    pub(crate) fn new(errors: ErrorFormat, invocation: Invocation) -> Output {
        let width = terminal_size::terminal_size().map_or(WIDTH, |(width, _)| width.0);
        Output {
            quiet: false,
            width: width.max(MIN_WIDTH),
            errors,
            invocation,
        }
    }

    /// Confirms what was done. It was done even if that cannot be printed, so this never fails.
    pub(crate) fn confirm(&self, text: &str) {
        if !self.quiet && matches!(print(text), Err(Stop::Failure(_))) {
            self.note(&format!(
                "standard output could not be written, but this was done; do not repeat it:\n{text}"
            ));
        }
    }

    /// Prints something worth knowing besides the result.
    pub(crate) fn note(&self, text: &str) {
        if !self.quiet {
            complain(&format!("note: {text}"));
        }
    }

    /// Prints what to do next.
    pub(crate) fn next(&self, hint: &Hint) {
        if !self.quiet {
            complain(&format!("next: {}", self.invocation.hint(hint)));
        }
    }

    /// Prints why the command failed, and what to do about it.
    pub(crate) fn failure(&self, failure: &Failure) {
        match self.errors {
            ErrorFormat::Json => complain(&self.json(failure)),
            ErrorFormat::Text => {
                complain(&printable(&failure.message));
                for hint in &failure.hints {
                    complain(&printable(&format!("next: {}", self.invocation.hint(hint))));
                }
            }
        }
    }

    fn json(&self, failure: &Failure) -> String {
        let commands = failure
            .hints
            .iter()
            .filter_map(|hint| hint.command.as_ref());
        let advice = failure.hints.iter().filter(|hint| hint.command.is_none());
        let document = Document {
            error: JsonError {
                code: failure.code,
                exit: failure.exit as u8,
                message: &failure.message,
                next: commands
                    .map(|command| self.invocation.command(command))
                    .collect(),
                advice: advice.filter_map(|hint| hint.reason.as_deref()).collect(),
            },
        };
        serde_json::to_string(&document).unwrap_or_default()
    }
}

/// An error as `--errors json` prints it.
#[derive(Serialize)]
struct Document<'a> {
    error: JsonError<'a>,
}

#[derive(Serialize)]
struct JsonError<'a> {
    code: &'a str,
    exit: u8,
    message: &'a str,
    /// Commands to run next.
    next: Vec<String>,
    /// What to do if no command helps.
    advice: Vec<&'a str>,
}

/// Prints a result. A closed pipe ends the command without a word: its reader has seen enough.
pub(crate) fn print(result: impl AsRef<[u8]>) -> Result<(), Stop> {
    let mut stdout = std::io::stdout().lock();
    let written = stdout.write_all(result.as_ref());
    match written.and_then(|()| stdout.flush()) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Err(Stop::Silent(Exit::Done)),
        Err(error) => {
            let message = format!("storage: standard output could not be written: {error}");
            Err(Failure::new(Exit::Storage, "output", message).into())
        }
    }
}

/// Writes a line to standard error; if that is closed there is nobody to tell.
fn complain(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// A text without what would move the cursor or colour the terminal: a damaged file may make SQLite
/// say anything.
fn printable(text: &str) -> String {
    let shown = |c: char| match c {
        '\n' => c,
        c if c.is_control() => char::REPLACEMENT_CHARACTER,
        c => c,
    };
    text.chars().map(shown).collect()
}

/// Refuses a file that exists, or whose folder does not, before anything is recorded that is to be
/// written to it.
pub(crate) fn must_be_new(path: &Path) -> Result<(), Error> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let kind = if path.exists() {
        ErrorKind::AlreadyExists
    } else if folder.is_some_and(|folder| !folder.is_dir()) {
        ErrorKind::NotFound
    } else {
        return Ok(());
    };
    Err(Error::Output {
        path: path.to_owned(),
        error: kind.into(),
    })
}

/// Writes a result to a new file: all of it, or no file at all.
pub(crate) fn to_file(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let fail = |error| Error::Output {
        path: path.to_owned(),
        error,
    };
    let mut file = File::create_new(path).map_err(fail)?;
    let written = file.write_all(bytes).and_then(|()| file.sync_all());
    written.map_err(|error| {
        let _ = std::fs::remove_file(path);
        fail(error)
    })
}
