//! What a shell may complete besides commands and options: the years and projects of the book.

use std::path::PathBuf;

use clap::{Arg, Command};
use clap_complete::engine::{ArgValueCandidates, CompletionCandidate};
use crg::model::Date;
use crg::{Access, Book, Lens};

use crate::context::book_path;

/// The variable with which a shell's script asks for candidates.
pub(crate) const COMPLETE: &str = "CRG_COMPLETE";

/// The command, with candidates for every argument that takes a year or a project.
pub(crate) fn with_candidates(command: Command) -> Command {
    let command = command.mut_args(|arg| match value_name(&arg) {
        Some("YEAR") => arg.add(ArgValueCandidates::new(years)),
        Some("PROJECT" | "PROJECT[=AMOUNT]") => arg.add(ArgValueCandidates::new(projects)),
        _ => arg,
    });
    command.mut_subcommands(with_candidates)
}

fn value_name(arg: &Arg) -> Option<&str> {
    arg.get_value_names()?.first().map(|name| name.as_str())
}

/// The book of the line that is being completed. A line is no place for an error, so without a book
/// there are no candidates.
fn book() -> Option<Book> {
    let words: Vec<_> = std::env::args_os().collect();
    let named = words.windows(2).find(|pair| pair[0] == "--db");
    let path = book_path(named.map(|pair| PathBuf::from(&pair[1])));
    Book::open(&path, Access::Read).ok()
}

fn years() -> Vec<CompletionCandidate> {
    let years = book().and_then(|book| book.years().ok());
    let years = years.unwrap_or_default();
    years
        .iter()
        .rev()
        .map(|year| CompletionCandidate::new(year.to_string()))
        .collect()
}

/// The projects of every year, the latest year first, each with its title.
fn projects() -> Vec<CompletionCandidate> {
    let Some(book) = book() else {
        return Vec::new();
    };
    let lens = Lens::at(Date::MAX);
    let years = book.years().unwrap_or_default();
    let reports = years
        .iter()
        .rev()
        .filter_map(|year| book.projects(*year, lens).ok());
    reports
        .flat_map(|report| report.rows)
        .map(|line| {
            CompletionCandidate::new(line.project.to_string()).help(Some(line.title.clone().into()))
        })
        .collect()
}
