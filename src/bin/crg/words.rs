//! How the words of a command line are read where clap alone would ask for `--` or an `=`.

use std::ffi::OsString;
use std::mem::ManuallyDrop;

use clap::builder::{StringValueParser, TypedValueParser};
use clap::error::{ContextKind, ErrorKind};
use clap::{Arg, ColorChoice, Command, CommandFactory, FromArgMatches};

/// Reads the command line. A text may begin with a dash, such as the supplier of
/// `--supplier "-dash Ltd"`, unless it looks like an option.
pub(crate) fn parse<C: CommandFactory + FromArgMatches>(
    color: ColorChoice,
) -> Result<C, clap::Error> {
    let plain = || C::command().color(color);
    let words: Vec<OsString> = std::env::args_os().collect();
    // Never freed: to take hundreds of arguments apart is a tenth of the time of the shortest question.
    let mut lenient = ManuallyDrop::new(with_dashes(plain(), &words));
    let matches = match lenient.try_get_matches_from_mut(&words) {
        // An option stands where a text was due: the plain command says best what is wrong.
        Err(error) if is_option_for_text(&error) => plain().try_get_matches_from(&words),
        lenient => lenient,
    };
    let matches = matches.map_err(without_escapes)?;
    C::from_arg_matches(&matches).map_err(|error| error.format(&mut plain()))
}

/// The command, and those below it that the words may name, with options whose texts may begin with
/// a dash.
fn with_dashes(command: Command, words: &[OsString]) -> Command {
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
    command.mut_subcommands(|below| {
        if words.iter().any(|word| word == below.get_name()) {
            with_dashes(below, words)
        } else {
            below
        }
    })
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
