//! What each error of the library means for the person: how the program ends, the code for scripts,
//! and what to do next. Everything is chosen by the type and the facts of the error.

mod input;
mod refusal;
mod storage;

use std::io::ErrorKind;

use crg::Error;
use crg::StoreError;

use crate::context::Context;
use crate::failure::{Exit, Failure};
use crate::hint::{CommandLine, Hint};

/// The failure of a command that the library answered with an error.
pub(crate) fn failure(error: &Error, context: &Context) -> Failure {
    let (exit, label, code) = class(error);
    let space = if is_list(error) { '\n' } else { ' ' };
    Failure {
        exit,
        code,
        message: format!("{label}:{space}{error}"),
        hints: hints(error, context),
    }
}

/// Returns `true` if an error is a list, one line for each thing wrong.
fn is_list(error: &Error) -> bool {
    match error {
        Error::Input(_) | Error::Extract(_) | Error::Map(_) | Error::RefusedLines { .. } => true,
        Error::Invalid(faults) => faults.len() > 1,
        _ => false,
    }
}

/// How the program ends, the first words of the message, and the code, which stays the same from
/// version to version.
fn class(error: &Error) -> (Exit, &'static str, &'static str) {
    let refused = |code| (Exit::Refused, "refused", code);
    let not_found = |code| (Exit::Refused, "not found", code);
    let not_understood = |code| (Exit::BadCommandLine, "not understood", code);
    let bad = |label, code| (Exit::BadInput, label, code);
    let storage = |code| (Exit::Storage, "storage", code);
    match error {
        Error::Refused { refusal } | Error::RefusedRow { refusal, .. } => refused(refusal.code()),
        Error::RefusedLines { refusals, .. } => refused(match refusals.first() {
            Some((_, refusal)) => refusal.code(),
            None => "refused-lines",
        }),
        Error::YearIsOpen { .. } => refused("year-is-open"),
        Error::YearNotOver { .. } => refused("year-not-over"),
        Error::QuarterNotOver { .. } => refused("quarter-not-over"),
        Error::BadCopy { .. } => refused("bad-copy"),
        Error::BrokenChain { .. } => refused("broken-chain"),
        Error::NoSuchYear { .. } => not_found("no-such-year"),
        Error::NoSuchProject { .. } => not_found("no-such-project"),
        Error::NoSuchEntry { .. } => not_found("no-such-entry"),
        Error::NoSuchPayment { .. } => not_found("no-such-payment"),
        Error::Invalid(_) => not_understood("invalid"),
        Error::SinceTooLate { .. } => not_understood("since-too-late"),
        Error::SinceAfterAsAt { .. } => not_understood("since-after-as-at"),
        Error::Input(_) => bad("invalid input; nothing was recorded", "invalid-input"),
        Error::Extract(_) => bad("invalid extract; nothing was recorded", "invalid-extract"),
        Error::Map(_) => bad("invalid map; nothing was recorded", "invalid-map"),
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

/// What to do about an error.
fn hints(error: &Error, context: &Context) -> Vec<Hint> {
    let today = context.today;
    match error {
        Error::Refused { refusal } => refusal::of_command(refusal, context),
        Error::RefusedRow { refusal, .. } => refusal::of_row(refusal, context),
        Error::RefusedLines { refusals, .. } => refusal::of_lines(refusals, context),
        Error::NoSuchYear { year, known } if known.is_empty() => {
            vec![CommandLine::opening(*year, today).into()]
        }
        Error::NoSuchYear { year, .. } => refusal::of_missing_year(*year, context),
        Error::NoSuchProject {
            year,
            project,
            proposed_on: Some(on),
            ..
        } => vec![
            CommandLine::about("project show", project, *year)
                .option("--as-at", on)
                .because("see it on the day it was proposed"),
        ],
        Error::NoSuchProject {
            year,
            project,
            elsewhere,
            ..
        } => vec![match elsewhere.last() {
            Some(other) => CommandLine::about("project show", project, *other)
                .because(format!("see the one in {other}")),
            None => CommandLine::new("project list").word(year).into(),
        }],
        Error::NoSuchEntry { .. } => vec![CommandLine::new("log").option("--last", 20).into()],
        Error::YearIsOpen { year, .. } => vec![
            CommandLine::new("year allocate")
                .word(year)
                .word("AMOUNT")
                .option("--pot", "tactical")
                .decided(*year, today)
                .because("to record a further allocation"),
        ],
        Error::YearNotOver { year, .. } => vec![
            CommandLine::new("year return")
                .word(year)
                .word("AMOUNT")
                .option("--pot", "tactical")
                .option("--reference", "PAYMENT")
                .because("to return one amount"),
            Hint::overriding(),
        ],
        Error::QuarterNotOver { year, quarter, .. } => vec![
            CommandLine::new("report quarter")
                .word(year)
                .word(quarter)
                .because("see the figures so far"),
            Hint::overriding(),
        ],
        Error::SinceTooLate { .. } => vec![
            CommandLine::again()
                .option("--since", "MOMENT")
                .because("give an earlier moment; a day means its end"),
        ],
        Error::SinceAfterAsAt { since, .. } => vec![
            CommandLine::again()
                .option("--since", "DATE")
                .because("give an earlier day"),
            CommandLine::again()
                .option("--as-at", since)
                .because("or ask about a later day"),
        ],
        Error::NoSuchPayment { year, .. } => {
            vec![CommandLine::new("report remittance").word(year).into()]
        }
        Error::Input(error) => input::of_folder(error),
        Error::Extract(error) => input::of_extract(error),
        Error::Map(error) => input::of_map(error),
        Error::Store(error) => storage::hints(error, context),
        Error::Fold(_) | Error::BadCopy { .. } => vec![CommandLine::new("check").into()],
        Error::BrokenChain { path, .. } => {
            vec![CommandLine::new("check").word(path.display()).into()]
        }
        Error::Output { error, .. } => match error.kind() {
            ErrorKind::AlreadyExists => vec![Hint::advice(
                "nothing was overwritten; give the name of a new file",
            )],
            ErrorKind::NotFound => vec![Hint::advice(
                "create the folder first, or give the name of another",
            )],
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crg::model::EntryNumber;

    use super::*;
    use crate::invocation::Invocation;
    use crate::output::{ErrorFormat, Output};

    /// The one exit code that no transcript can bring about.
    #[test]
    fn an_unknown_outcome_says_how_to_find_out() {
        let invocation = Invocation::default().naming(Some(Path::new("my book.db")));
        let context = Context {
            book: "my book.db".into(),
            by: "KCST".into(),
            now: "2026-05-11T09:30:00Z".parse().unwrap(),
            today: "2026-05-11".parse().unwrap(),
            output: Output::new(ErrorFormat::Text, invocation),
        };
        let next = |entry| {
            let error = StoreError::OutcomeUnknown {
                path: "my book.db".into(),
                entry,
                error: "disk I/O error".into(),
            };
            let failure = failure(&Error::from(error), &context);
            assert_eq!(failure.exit, Exit::OutcomeUnknown);
            assert!(failure.message.starts_with("outcome unknown: "));
            context.output.invocation.hint(&failure.hints[0])
        };
        assert_eq!(
            next(Some(EntryNumber(12))),
            "see whether entry 12 was saved: crg --db \"my book.db\" log --last 5"
        );
        assert_eq!(
            next(None),
            "see which version it is, and finish the upgrade: crg --db \"my book.db\" upgrade"
        );
    }
}
