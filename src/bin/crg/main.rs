//! `crg`: the command line over the library of the same name.
//!
//! It supplies what the library never looks for itself: the moment, today, the person, the path and
//! the terminal. It never adds two amounts and never names a table. Each command has one file in
//! `commands`, with its arguments and what it does.

mod candidates;
mod commands;
mod conflicted;
mod context;
mod correction;
#[cfg(feature = "desk")]
mod desk;
mod errors;
mod failure;
mod hint;
mod import_notes;
mod invocation;
mod notes;
mod options;
mod output;
mod pager;
mod payment_notes;
mod progress;
mod recording;
mod reported_quarters;
mod reversal;
mod safety_copy;
mod text_table;
mod version;
mod words;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::error::{ContextKind, ErrorKind};
use clap::{ColorChoice, CommandFactory, Parser, ValueEnum};
use clap_complete::CompleteEnv;
use crg::format::visible;

use crate::commands::Command;
use crate::context::Context;
use crate::failure::{Exit, Failure, Stop};
use crate::invocation::Invocation;
use crate::output::{ErrorFormat, Output, print_error};

/// The allocator of the packages for Linux, which are linked with musl. SQLite uses it too.
#[cfg(target_env = "musl")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// A Community Safety Partnership's Crime Reduction Grant, to the penny, in one file
#[derive(Debug, Parser)]
#[command(
    name = "crg",
    version,
    long_version = version::long_version(),
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
    /// Whether help and errors have colours; auto means on a terminal, unless $NO_COLOR is set
    #[arg(long, global = true, help_heading = "Everywhere", default_value_t)]
    #[arg(
        value_enum,
        value_name = "auto|always|never",
        hide_possible_values = true
    )]
    color: ColorChoice,
    /// Print a long answer at once, not in $PAGER (or less) where a terminal shows it
    #[arg(long, global = true, help_heading = "Everywhere")]
    no_pager: bool,
    #[command(subcommand)]
    command: Command,
}

fn main() -> ExitCode {
    // A shell that asks for candidates gets them here, and nothing else is done.
    CompleteEnv::with_factory(|| candidates::with_candidates(words::whole(Cli::command())))
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
    let color = color_asked_for(&words);
    let pager = context::pager().filter(|_| !words.iter().any(|word| word == "--no-pager"));
    let mut output = Output::new(errors, pager, Invocation::new(words));
    let cli = match words::parse::<Cli>(color) {
        Ok(cli) => cli,
        Err(error) => return not_parsed(&error, color, &output),
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
    let is_json = |name| value_of(words, name) == Some("json");
    let is_short = words.iter().any(|word| word == "--json");
    if is_json("--errors") || is_json("--format") || is_short {
        ErrorFormat::Json
    } else {
        ErrorFormat::Text
    }
}

/// Whether help and errors are to have colours, before the command line is understood.
fn color_asked_for(words: &[String]) -> ColorChoice {
    let asked = value_of(words, "--color").and_then(|word| ColorChoice::from_str(word, false).ok());
    asked.unwrap_or_default()
}

/// The value of an option, as `--name=value` or `--name value`.
fn value_of<'a>(words: &'a [String], name: &str) -> Option<&'a str> {
    let joined = |word: &'a String| word.strip_prefix(name)?.strip_prefix('=');
    let mut pairs = words.windows(2);
    let mut next = || pairs.find(|pair| pair[0] == name).map(|pair| &*pair[1]);
    words.iter().find_map(joined).or_else(&mut next)
}

/// Help and the version are results; anything else is a bad command line.
fn not_parsed(error: &clap::Error, color: ColorChoice, output: &Output) -> Exit {
    if !error.use_stderr() {
        let text = error.render();
        let shown = if context::has_colours(color) {
            output.show(text.ansi().to_string())
        } else {
            output.show(text.to_string())
        };
        return match shown {
            Err(Stop::Failure(failure)) => failed(&failure, output),
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
