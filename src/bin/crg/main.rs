//! `crg`: the command line over the library of the same name.
//!
//! It supplies what the library never looks for itself: the moment, today, the person, the path and
//! the terminal. It never adds two amounts and never names a table. Each command has one file in
//! `commands`, with its arguments and what it does.

mod candidates;
mod commands;
mod conflicted;
mod context;
mod errors;
mod failure;
mod hint;
mod invocation;
mod notes;
mod options;
mod output;
mod payment_notes;
mod progress;
mod recording;
mod reported_quarters;
mod text_table;
mod words;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::error::{ContextKind, ErrorKind};
use clap::{CommandFactory, Parser};
use clap_complete::CompleteEnv;
use crg::format::visible;

use crate::commands::Command;
use crate::context::Context;
use crate::failure::{Exit, Failure, Stop};
use crate::invocation::Invocation;
use crate::output::{ErrorFormat, Output, print_error};

/// A Community Safety Partnership's Crime Reduction Grant, to the penny, in one file
#[derive(Debug, Parser)]
#[command(
    name = "crg",
    version,
    disable_help_subcommand = true,
    after_help = "Help on what no single command explains: crg help dates, money, exit-codes or formats.

Examples:
  crg demo                     a book made from Kent's published figures
  crg pot 2025/26              what is left now, and if every pending proposal is approved
  crg reconcile 2025/26        printed figures beside computed ones"
)]
struct Cli {
    /// The book; defaults to $CRG_DB, then to crg.db in this folder
    #[arg(long, global = true, value_name = "PATH", help_heading = "Everywhere")]
    db: Option<PathBuf>,
    /// Who records it; defaults to $CRG_BY, then to the user of this computer
    #[arg(long, global = true, value_name = "NAME", help_heading = "Everywhere")]
    by: Option<String>,
    /// Print only results and errors: no confirmations, notes or next steps
    #[arg(long, short, global = true, help_heading = "Everywhere")]
    quiet: bool,
    /// How to write errors; defaults to json with --format json, else to text
    #[arg(long, global = true, help_heading = "Everywhere")]
    #[arg(value_enum, value_name = "text|json")]
    errors: Option<ErrorFormat>,
    #[command(subcommand)]
    command: Command,
}

fn main() -> ExitCode {
    // A shell that asks for candidates gets them here, and nothing else is done.
    CompleteEnv::with_factory(|| candidates::with_candidates(Cli::command()))
        .var(candidates::COMPLETE)
        .complete();
    std::panic::set_hook(Box::new(print_panic));
    ExitCode::from(run() as u8)
}

fn run() -> Exit {
    let words = std::env::args_os().skip(1);
    let words = words.map(|word| word.to_string_lossy().into_owned());
    let words: Vec<String> = words.collect();
    let errors = errors_asked_for(&words);
    let mut output = Output::new(errors, Invocation::new(words));
    let cli = match words::parse::<Cli>() {
        Ok(cli) => cli,
        Err(error) => return not_parsed(&error, &output),
    };
    output.quiet = cli.quiet;
    output.errors = cli.errors.unwrap_or(errors);
    output.invocation = output.invocation.naming(cli.db.as_deref());
    let context = match Context::look(cli.db, cli.by, output.clone()) {
        Ok(context) => context,
        Err(failure) => return failed(&failure, &output),
    };
    match std::panic::catch_unwind(|| cli.command.run(&context)) {
        Ok(Ok(())) => Exit::Done,
        Ok(Err(Stop::Silent(exit))) => exit,
        Ok(Err(Stop::Failure(failure))) => failed(&failure, &output),
        Ok(Err(Stop::Error(error))) => failed(&errors::failure(&error, &context), &output),
        Err(_) => Exit::Bug,
    }
}

/// How errors are to be written, before the command line is understood: it may itself be the error.
fn errors_asked_for(words: &[String]) -> ErrorFormat {
    let is_json = |name: &str| {
        let mut pairs = words.windows(2);
        words.contains(&format!("{name}=json")) || pairs.any(|pair| pair == [name, "json"])
    };
    let is_short = words.iter().any(|word| word == "--json");
    if is_json("--errors") || is_json("--format") || is_short {
        ErrorFormat::Json
    } else {
        ErrorFormat::Text
    }
}

/// Help and the version are results; anything else is a bad command line.
fn not_parsed(error: &clap::Error, output: &Output) -> Exit {
    if !error.use_stderr() {
        return match error.print() {
            Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
                failed(&output::not_written(&error), output)
            }
            _ => Exit::Done,
        };
    }
    if error.kind() == ErrorKind::UnknownArgument
        && let Some(unknown) = error.get(ContextKind::InvalidArg)
        && let Some(failure) = errors::below_zero(&unknown.to_string(), &output.invocation)
    {
        return failed(&failure, output);
    }
    match (output.errors, invalid_value(error)) {
        (ErrorFormat::Text, Some(message)) => print_error(&message),
        (ErrorFormat::Text, None) => {
            let _ = error.print();
        }
        (ErrorFormat::Json, message) => {
            let message = message.unwrap_or_else(|| error.to_string());
            output.failure(&Failure::command_line(message.trim_end()));
        }
    }
    Exit::BadCommandLine
}

/// The message about a value that is not what its option takes. The library's errors are noun
/// phrases, such as `a date; write it as 2025-07-23`.
fn invalid_value(error: &clap::Error) -> Option<String> {
    let source = std::error::Error::source(error)?;
    if error.kind() != ErrorKind::ValueValidation || source.is::<std::num::ParseIntError>() {
        return None;
    }
    let (argument, value) = (
        error.get(ContextKind::InvalidArg)?,
        error.get(ContextKind::InvalidValue)?,
    );
    Some(format!(
        "error: '{}' for '{argument}' is not {source}\n\nFor more information, try '--help'.",
        visible(&value.to_string())
    ))
}

fn failed(failure: &Failure, output: &Output) -> Exit {
    output.failure(failure);
    failure.exit
}

/// What is printed if the program itself fails.
fn print_panic(info: &std::panic::PanicHookInfo<'_>) {
    use std::io::Write;
    // A panic there means a damaged workbook, which is reported as an error.
    if std::thread::current().name() == Some(crg::import::WORKBOOK_READER) {
        return;
    }
    let place = info
        .location()
        .map(|at| format!(" at {}:{}", at.file(), at.line()));
    let message = info.payload().downcast_ref().copied();
    let message = message.or_else(|| info.payload().downcast_ref().map(String::as_str));
    let _ = writeln!(
        std::io::stderr(),
        "bug: crg failed{}: {}\nPlease report this line. To see what was saved: crg log --last 3",
        place.unwrap_or_default(),
        message.unwrap_or("no message")
    );
}

#[cfg(test)]
#[path = "../../../tests/unit/typed.rs"]
mod tests;
