//! Every option that takes a day, a moment, a year or a ref, found in clap's own tree of commands,
//! reads every form of it; a new option cannot be forgotten.

use std::any::TypeId;

use clap::{Arg, Command, CommandFactory, Parser};
use crg::model::{Date, FinancialYear, Moment};

use crate::Cli;
use crate::words::whole;
use forms::{DAYS, NO_DAYS, NO_YEARS, YEARS};

#[path = "../crg/forms.rs"]
#[expect(
    dead_code,
    reason = "the forms of refs are tried where an entry is read"
)]
mod forms;

/// What stands for the value of an argument, by the name that the help gives it.
fn sample(name: &str) -> Option<&'static str> {
    Some(match name {
        "DATE" | "MOMENT" => "2026-03-31",
        "YEAR" => "2025/26",
        "PROJECT" => "P01",
        "QUARTER" => "Q1",
        "ENTRY" | "COUNT" => "1",
        "mid-year|year-end" => "mid-year",
        "REPORT" => "year-end",
        "DETAIL" => "purpose",
        "TEMPLATE" => "tracker",
        "PERIOD" => "Q1",
        "SHELL" => "bash",
        "PROGRAM" => "ledger",
        "FORMAT" | "text|json" => "json",
        _ => return None,
    })
}

/// The forms of what an argument takes, each with the usual one, and what is none.
struct Forms {
    forms: Vec<(&'static str, &'static str)>,
    wrong: Vec<&'static str>,
}

impl Forms {
    fn of(name: &str) -> Option<Forms> {
        fn texts<E>(table: &[(&'static str, E)]) -> Vec<&'static str> {
            table.iter().map(|(text, _)| *text).collect()
        }
        let (forms, wrong) = match name {
            "DATE" | "MOMENT" => (DAYS.to_vec(), texts(&NO_DAYS)),
            "YEAR" => (YEARS.to_vec(), texts(&NO_YEARS)),
            // A ref that an entry takes is read, and refused, with the entry's other cells.
            "PROJECT" => (vec![("P01", "P01"), ("p01", "P01")], Vec::new()),
            _ => return None,
        };
        Some(Forms { forms, wrong })
    }
}

/// Each command that does something, with the words that call it.
fn leaves(command: &Command, path: &[String]) -> Vec<(Vec<String>, Command)> {
    let within: Vec<_> = command.get_subcommands().collect();
    if within.is_empty() {
        return vec![(path.to_vec(), command.clone())];
    }
    let named = |below: &&Command| below.get_name() != "help";
    let within = within.into_iter().filter(named);
    let leaf = |below: &Command| leaves(below, &[path, &[below.get_name().to_owned()]].concat());
    // A command may do something of its own besides those below it.
    let own = command.get_positionals().next();
    let own = own.map(|_| (path.to_vec(), command.clone()));
    own.into_iter().chain(within.flat_map(leaf)).collect()
}

fn value_name(arg: &Arg) -> String {
    let names = arg.get_value_names().unwrap_or_default();
    let name = names.first().map(ToString::to_string);
    name.unwrap_or_else(|| arg.get_id().to_string().to_uppercase())
}

/// The command with all that it needs, or with all words that have a place, and one argument with a
/// value of the test's.
fn line(path: &[String], command: &Command, of: &Arg, value: &str, full: bool) -> Vec<String> {
    let mut words = vec!["crg".to_owned()];
    words.extend(path.iter().cloned());
    for arg in command.get_arguments() {
        let is_it = arg.get_id() == of.get_id();
        let text = if is_it {
            value
        } else {
            sample(&value_name(arg)).unwrap_or("1")
        };
        match arg.get_long() {
            _ if !(is_it || arg.is_required_set() || full && goes_along(arg, of)) => {}
            Some(long) => words.push(format!("--{long}={text}")),
            None => words.push(text.to_owned()),
        }
    }
    words
}

/// Returns `true` for a word that has a place, and for an option without which none goes: a map, a
/// name, a share, or the pot that holds an amount, unless it is held by the project that is tried.
fn goes_along(arg: &Arg, of: &Arg) -> bool {
    let holds = arg.get_id() == "pot" && of.get_id() != "project";
    let shares = arg.get_id() == "upfront";
    arg.is_positional() || arg.get_id() == "map" || arg.get_id() == "partnership" || holds || shares
}

/// Returns `true` for an argument that is read as a day, a moment or a year, whatever its name.
fn is_of_time(arg: &Arg) -> bool {
    let takes = arg.get_value_parser().type_id();
    takes == TypeId::of::<Date>()
        || takes == TypeId::of::<Moment>()
        || takes == TypeId::of::<FinancialYear>()
}

/// What was understood, if anything was.
fn read(words: &[String]) -> Result<String, String> {
    let read = Cli::try_parse_from(words);
    read.map(|read| format!("{:?}", read.command))
        .map_err(|error| error.to_string())
}

#[test]
fn every_option_reads_every_form() {
    let mut tried = std::collections::BTreeMap::<String, usize>::new();
    for (path, command) in leaves(&whole(Cli::command()), &[]) {
        for arg in command
            .get_arguments()
            .filter(|arg| arg.get_action().takes_values())
        {
            let name = value_name(arg);
            assert!(
                !is_of_time(arg) || matches!(name.as_str(), "DATE" | "MOMENT" | "YEAR"),
                "{path:?}: {name} is not tried"
            );
            let Some(Forms { forms, wrong }) = Forms::of(&name) else {
                continue;
            };
            *tried.entry(name.clone()).or_default() += 1;
            let usual = forms[0].1;
            let full = read(&line(&path, &command, arg, usual, false)).is_err();
            let words = |value: &str| line(&path, &command, arg, value, full);
            read(&words(usual)).unwrap_or_else(|error| {
                panic!("{:?} is no line for the test: {error}", words(usual))
            });
            for (form, canonical) in forms {
                let understood = read(&words(form)).map(|read| read.replace("p01", "P01"));
                assert_eq!(understood, read(&words(canonical)), "{:?}", words(form));
            }
            for text in wrong {
                assert!(read(&words(text)).is_err(), "{:?}", words(text));
            }
            if matches!(name.as_str(), "DATE" | "MOMENT") {
                let (today, day_before) = (read(&words("today")), read(&words("yesterday")));
                assert!(
                    today.is_ok() && day_before.is_ok() && today != day_before,
                    "{path:?}"
                );
            }
        }
    }
    let many = |name: &str, least: usize| tried.get(name).is_some_and(|count| *count >= least);
    assert!(
        many("DATE", 40) && many("MOMENT", 15) && many("YEAR", 40),
        "{tried:?}"
    );
    assert!(many("PROJECT", 15), "{tried:?}");
}
