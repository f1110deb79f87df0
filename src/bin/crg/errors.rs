//! What each error of the library means for the person: how the program ends, the code for scripts,
//! and what to do next. Everything is chosen by the type and the facts of the error.

mod ahead;
mod amount;
mod input;
mod late_invoice;
mod missing;
mod refusal;
mod storage;

use std::io::ErrorKind;

use crg::StoreError;
use crg::{Error, FinancialYear};

use crate::context::Context;
use crate::failure::{Exit, Failure};
use crate::hint::{CommandLine, Hint, REASON, command};
use crate::invocation::Invocation;

pub(crate) fn failure(error: &Error, context: &Context) -> Failure {
    of(error, hints(error, context))
}

/// The failure of a command line in which an amount below zero was taken for an unknown option.
pub(crate) fn below_zero(unknown: &str, words: &Invocation) -> Option<Failure> {
    let fault = amount::below_zero(unknown, words.words())?;
    let hints = amount::hints(std::slice::from_ref(&fault), words);
    Some(of(&Error::Invalid(vec![fault]), hints))
}

fn of(error: &Error, hints: Vec<Hint>) -> Failure {
    let (exit, label, code) = class(error);
    let space = if is_list(error) { '\n' } else { ' ' };
    Failure {
        exit,
        code,
        message: format!("{label}:{space}{error}"),
        hints,
    }
}

/// Returns `true` if an error is a list, one line for each thing wrong.
fn is_list(error: &Error) -> bool {
    match error {
        Error::Input(_)
        | Error::Extract(_)
        | Error::Decisions(_)
        | Error::Map(_)
        | Error::Tracker(_)
        | Error::Settings(_)
        | Error::RefusedLines { .. } => true,
        Error::Invalid(faults) => faults.len() > 1,
        _ => false,
    }
}

/// How the program ends, the first words of the message, and the code, which stays the same from
/// version to version.
fn class(error: &Error) -> (Exit, &'static str, &'static str) {
    let refused = |code| (Exit::Refused, "refused", code);
    let not_found = |code| (Exit::Refused, "not found", code);
    let not_understood = |code| (Exit::BadCommandLine, "invalid", code);
    let bad = |label, code| (Exit::BadInput, label, code);
    let storage = |code| (Exit::Storage, "storage", code);
    match error {
        Error::Refused { refusal } | Error::RefusedProject { refusal, .. } => {
            refused(refusal.code())
        }
        Error::RefusedRow { refusal, .. } | Error::RefusedProjectRow { refusal, .. } => {
            refused(refusal.code())
        }
        Error::RefusedLines { refusals, .. } => refused(match refusals.first() {
            Some((_, refusal)) => refusal.code(),
            None => "refused-lines",
        }),
        Error::YearIsOpen { .. } => refused("year-is-open"),
        Error::YearNotOver { .. } => refused("year-not-over"),
        Error::NotDrawn { .. } => refused("not-drawn"),
        Error::QuarterNotOver { .. } => refused("quarter-not-over"),
        Error::ClaimNotOver { .. } => refused("claim-not-over"),
        Error::AlreadyClaimed { .. } => refused("already-claimed"),
        Error::BadCopy { .. } => refused("bad-copy"),
        Error::BrokenChain { .. } => refused("broken-chain"),
        Error::NothingToCorrect { .. } => refused("nothing-to-correct"),
        Error::PriorityExists { .. } => refused("priority-exists"),
        Error::NoGrants { .. } => refused("no-grants"),
        Error::FactsMissing { .. } => refused("facts-missing"),
        Error::NoSuchYear { .. } => not_found("no-such-year"),
        Error::NoSuchPriority { .. } => not_found("no-such-priority"),
        Error::NoSuchScheme { .. } => not_found("no-such-scheme"),
        Error::NoSuchProject { .. } => not_found("no-such-project"),
        Error::NoSuchEntry { .. } => not_found("no-such-entry"),
        Error::NoSuchPayment { .. } => not_found("no-such-payment"),
        Error::Invalid(_) => not_understood("invalid"),
        Error::SinceTooLate { .. } => not_understood("since-too-late"),
        Error::SinceAfterAsAt { .. } => not_understood("since-after-as-at"),
        Error::Input(_) => bad("invalid input; nothing was recorded", "invalid-input"),
        Error::Extract(_) => bad("invalid extract; nothing was recorded", "invalid-extract"),
        Error::Decisions(_) => bad(
            "invalid decisions; nothing was recorded",
            "invalid-decisions",
        ),
        Error::Map(_) => bad("invalid map; nothing was recorded", "invalid-map"),
        Error::Tracker(_) => bad("invalid tracker; nothing was recorded", "invalid-tracker"),
        Error::Settings(_) => bad("invalid settings", "invalid-settings"),
        Error::Document { .. } => bad("invalid", "unreadable-document"),
        Error::Fold(_) => storage("broken-journal"),
        Error::Output { .. } => storage("output"),
        Error::Json(_) => (Exit::Bug, "bug", "json"),
        Error::Store(error) => {
            let code = storage::code(error);
            match error {
                StoreError::Name { .. } => not_understood(code),
                StoreError::Busy { .. } => (Exit::Busy, "busy", code),
                StoreError::OutcomeUnknown { .. } => {
                    (Exit::OutcomeUnknown, "outcome unknown", code)
                }
                _ => storage(code),
            }
        }
        _ => storage("error"),
    }
}

fn hints(error: &Error, context: &Context) -> Vec<Hint> {
    let today = context.today;
    let hint: Hint = match error {
        Error::Refused { refusal } | Error::RefusedProject { refusal, .. } => {
            return refusal::of_command(refusal, context);
        }
        Error::RefusedRow { refusal, .. } => return refusal::of_row(refusal, context),
        Error::RefusedProjectRow { refusal, .. } => return refusal::in_file(refusal, context),
        Error::RefusedLines { refusals, .. } => return refusal::of_lines(refusals, context),
        Error::Invalid(faults) => {
            let opposite = amount::hints(faults, &context.output.invocation);
            return opposite.into_iter().chain(missing::hints(faults)).collect();
        }
        Error::NoSuchYear { known, .. } if known.is_empty() => {
            CommandLine::opening(FinancialYear::containing(today), today).into()
        }
        Error::NoSuchYear { year, .. } => return refusal::of_missing_year(*year, context),
        Error::NoSuchProject {
            year,
            project,
            proposed_on: Some(on),
            ..
        } => command!("project show {} --year {} --as-at {}", project, year, on)
            .because("see it on the day it was proposed"),
        Error::NoSuchProject {
            year,
            project,
            elsewhere,
            ..
        } => match elsewhere.last() {
            Some(other) => command!("project show {} --year {}", project, other)
                .because(format!("see the one in {other}")),
            None => command!("project list {}", year).into(),
        },
        Error::NoSuchEntry { .. } | Error::NothingToCorrect { .. } => {
            command!("log --last 20").into()
        }
        Error::NoSuchPriority { year, .. }
        | Error::NoSuchScheme { year, .. }
        | Error::PriorityExists { year, .. } => {
            command!("priority list {}", year).because("see the priorities in force")
        }
        Error::YearIsOpen { year, pot, .. } => {
            command!("year allocate {} AMOUNT --pot {}", year, pot)
                .decided(*year, today)
                .because("to record a further allocation")
        }
        Error::YearNotOver { year, pot, .. } => {
            let one = command!("year return {} AMOUNT --pot {}", year, pot);
            let one = one.option("--reference", "PAYMENT");
            return vec![one.because("to return one amount"), Hint::overriding()];
        }
        Error::NotDrawn { year, left } => {
            let receive = command!("year receive {} AMOUNT --reference PAYMENT", year);
            let rest = match left.to_return {
                none if none.is_zero() => "record all of it as lapsed".to_owned(),
                cash => format!("return {}, and record the rest as lapsed", cash.pounds()),
            };
            return vec![
                receive.because("if the OPCC has paid more, record the receipt"),
                CommandLine::again().flag("--lapse").because(rest),
            ];
        }
        Error::QuarterNotOver { year, quarter, .. } => {
            let show = command!("report quarter {} {}", year, quarter);
            return vec![show.because("see the figures so far"), Hint::overriding()];
        }
        Error::ClaimNotOver { year, period, .. } => {
            let show = command!("report claim {} --period {}", year, period);
            return vec![show.because("see the figures so far"), Hint::overriding()];
        }
        Error::AlreadyClaimed { entry, .. } => {
            let reverse = command!("reverse {}", entry).option("--note", REASON);
            return vec![
                Hint::advice("spend recorded since then is in the claim for the next period"),
                reverse.because("or, if that claim was withdrawn, take it off the record"),
            ];
        }
        Error::SinceTooLate { .. } => CommandLine::again()
            .option("--since", "MOMENT")
            .because("give an earlier moment; a day means its end"),
        Error::SinceAfterAsAt { since, .. } => {
            let earlier = CommandLine::again().option("--since", "DATE");
            let later = CommandLine::again().option("--as-at", since);
            return vec![
                earlier.because("give an earlier day"),
                later.because("or ask about a later day"),
            ];
        }
        Error::NoGrants { year } => {
            command!("project list {}", year).because("see how far the projects are")
        }
        Error::FactsMissing { year, duty, .. } => command!("check --for {} {}", duty, year)
            .because("see what is missing, and how to record it"),
        Error::NoSuchPayment { year, .. } => command!("report remittance {}", year).into(),
        Error::Input(error) => input::of_folder(error),
        Error::Extract(error) => return input::of_extract(error),
        Error::Decisions(error) => input::of_decisions(error),
        Error::Map(error) => input::of_map(error),
        Error::Tracker(error) => input::of_tracker(error),
        Error::Settings(error) => input::of_settings(error),
        Error::Document { .. } => Hint::advice("name a file or folder that you can open"),
        Error::Store(error) => return storage::hints(error, context),
        Error::Fold(_) | Error::BadCopy { .. } => command!("check").into(),
        Error::BrokenChain { path, .. } => command!("check {}", path.display()).into(),
        Error::Output { error, .. } if error.kind() == ErrorKind::AlreadyExists => {
            let words = context.output.invocation.words();
            let has = |name: &str| {
                words
                    .iter()
                    .any(|word| word.split('=').next() == Some(name))
            };
            Hint::advice(if has("--replace") {
                "nothing was overwritten; --replace is for files that are not books or folders"
            } else if has("--output") || has("-o") || has("dump") {
                "nothing was overwritten; give the name of a new file, or add --replace"
            } else {
                "nothing was overwritten; give the name of a new file"
            })
        }
        Error::Output { error, .. } if error.kind() == ErrorKind::NotFound => {
            Hint::advice("create the folder first, or give the name of another")
        }
        _ => return Vec::new(),
    };
    vec![hint]
}

#[cfg(test)]
#[path = "../../../tests/unit/errors.rs"]
mod tests;
