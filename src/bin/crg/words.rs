//! How the words of a command line are read where clap alone would ask for `--` or an `=`.

use std::ffi::OsString;

use clap::builder::{StringValueParser, TypedValueParser};
use clap::error::{ContextKind, ErrorKind};
use clap::{Arg, ArgMatches, ColorChoice, Command, CommandFactory, FromArgMatches};
use crg::model::{Column, Kind};

/// Reads the command line. A text may begin with a dash, such as the supplier of
/// `--supplier "-dash Ltd"`, unless it looks like an option.
pub(crate) fn parse<C: CommandFactory + FromArgMatches>(
    color: ColorChoice,
) -> Result<C, clap::Error> {
    let words: Vec<OsString> = std::env::args_os().collect();
    let plain = || C::command().color(color);
    let matches = plain()
        .try_get_matches_from(&words)
        .or_else(|_| parse_whole(plain, &words))
        .map_err(without_escapes)?;
    C::from_arg_matches(&matches).map_err(|error| error.format(&mut plain()))
}

/// Reads what is no plain command line, with every command prepared: a text that begins with a
/// dash, a mistake, or the wish for help.
fn parse_whole(plain: impl Fn() -> Command, words: &[OsString]) -> Result<ArgMatches, clap::Error> {
    match with_dashes(whole(plain())).try_get_matches_from(words) {
        // An option stands where a text was due: the plain command says best what is wrong.
        Err(error) if is_option_for_text(&error) => whole(plain()).try_get_matches_from(words),
        lenient => lenient,
    }
}

/// The command with everything below it. What is read from a command line has only the commands
/// that the line names: to prepare all takes longer than to answer.
pub(crate) fn whole(mut command: Command) -> Command {
    command.build();
    with_reasons(command)
}

/// The command and those below it. If papers print the note of what a command records as the
/// reason, its help says so.
fn with_reasons(command: Command) -> Command {
    let kind: Option<Kind> = command.get_name().parse().ok();
    let is_reason = kind.is_some_and(Kind::note_is_reason);
    let command = command.mut_args(|arg| {
        if is_reason && arg.get_id() == Column::Note.as_str() {
            arg.help("The reason, as papers print it")
        } else {
            arg
        }
    });
    command.mut_subcommands(with_reasons)
}

/// The command and those below it, with options whose texts may begin with a dash.
fn with_dashes(command: Command) -> Command {
    let text = clap::builder::ValueParser::string().type_id();
    let is_text = |arg: &Arg| {
        let takes_text = arg.get_action().takes_values() && !arg.is_positional();
        takes_text && arg.get_value_parser().type_id() == text
    };
    let command = command.mut_args(|arg| {
        if !is_text(&arg) {
            return arg;
        }
        let parser = StringValueParser::new().try_map(no_option);
        arg.allow_hyphen_values(true).value_parser(parser)
    });
    command.mut_subcommands(with_dashes)
}

/// The error for a text that looks like an option.
#[derive(Debug, thiserror::Error)]
#[error("a text, but an option")]
struct LooksLikeOption;

fn is_option_for_text(error: &clap::Error) -> bool {
    std::error::Error::source(error).is_some_and(|source| source.is::<LooksLikeOption>())
}

/// Refuses what is more likely an option whose text was forgotten before it.
fn no_option(text: String) -> Result<String, LooksLikeOption> {
    let is_letter = |text: &str| text.len() == 1 && text.chars().all(char::is_alphabetic);
    match text.strip_prefix('-') {
        Some(rest) if rest.starts_with('-') || is_letter(rest) => Err(LooksLikeOption),
        _ => Ok(text),
    }
}

/// The error without the advice to put `--` before a word: nothing here needs that.
fn without_escapes(mut error: clap::Error) -> clap::Error {
    if error.kind() == ErrorKind::UnknownArgument {
        error.remove(ContextKind::Suggested);
    }
    error
}
