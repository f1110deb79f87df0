//! Errors as people need them: the facts from the library, then the next command, and the exit code
//! for scripts.

use clap::CommandFactory;
use crg::error::Error;
use crg::fold::Account;
use crg::import::InputError;
use crg::model::{FinancialYear, Kind};
use crg::rules::Refusal;
use crg::store::StoreError;

use crate::args::Cli;

pub(crate) const DONE: u8 = 0;
pub(crate) const REFUSED: u8 = 1;
pub(crate) const BAD_COMMAND_LINE: u8 = 2;
pub(crate) const BAD_INPUT: u8 = 3;
pub(crate) const STORAGE: u8 = 4;
pub(crate) const BUSY: u8 = 5;
pub(crate) const OUTCOME_UNKNOWN: u8 = 6;
pub(crate) const OUR_BUG: u8 = 70;

/// A command that did not do what it was asked.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) code: u8,
    pub(crate) message: String,
}

impl Failure {
    pub(crate) fn new(code: u8, message: impl Into<String>) -> Failure {
        Failure {
            code,
            message: message.into(),
        }
    }

    /// Puts the program as the person calls it into the commands that help.
    pub(crate) fn naming(mut self, program: &str) -> Failure {
        if let Some((said, next)) = self.message.split_once("\nnext: ") {
            self.message = format!("{said}\nnext: {}", calling(next, program));
        }
        self
    }

    /// What was done is recorded, and its answer could not be written: an error that no quiet
    /// hides, and no reason to do it again.
    pub(crate) fn after_recording(self, again: &str) -> Failure {
        if self.message.is_empty() {
            return self;
        }
        let said = self.message.lines().next().unwrap_or_default();
        Failure::new(
            STORAGE,
            format!("{said}\nit is recorded all the same\nnext: {again}"),
        )
    }

    /// Nothing to say: a reader that closed the pipe has seen what it wanted.
    pub(crate) fn quiet() -> Failure {
        Failure::new(DONE, "")
    }
}

/// The commands in a hint, as the person calls the program: `crg` before one of its commands, and
/// nowhere else.
fn calling(next: &str, program: &str) -> String {
    let parts: Vec<&str> = next.split("crg ").collect();
    let is_command = |rest: &str| {
        let word = rest
            .split(|c: char| !(c.is_ascii_lowercase() || c == '-'))
            .next()
            .unwrap_or_default();
        Cli::command()
            .get_subcommands()
            .any(|command| command.get_name() == word)
    };
    let mut text = String::from(parts[0]);
    for rest in &parts[1..] {
        text.push_str(if is_command(rest) { program } else { "crg" });
        text.push(' ');
        text.push_str(rest);
    }
    text
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Failure {
        Error::from(error).into()
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Failure {
        let (code, label) = match &error {
            Error::Refused { .. }
            | Error::RefusedRow { .. }
            | Error::RefusedLines { .. }
            | Error::YearIsOpen { .. }
            | Error::YearNotOver { .. }
            | Error::QuarterNotOver { .. } => (REFUSED, "refused"),
            Error::NoSuchYear { .. }
            | Error::NoSuchProject { .. }
            | Error::NoSuchEntry { .. }
            | Error::NoSuchPayment { .. } => (REFUSED, "not found"),
            Error::Invalid(_)
            | Error::SinceTooLate { .. }
            | Error::SinceAfterAsAt { .. }
            | Error::Store(StoreError::Name { .. }) => (BAD_COMMAND_LINE, "not understood"),
            Error::Input(_) => (BAD_INPUT, "wrong in the input; nothing was recorded"),
            Error::Extract(_) => (BAD_INPUT, "wrong in the extract; nothing was recorded"),
            Error::Map(_) => (BAD_INPUT, "wrong in the map; nothing was recorded"),
            Error::Store(StoreError::Busy { .. }) => (BUSY, "busy"),
            Error::Store(StoreError::OutcomeUnknown { .. }) => (OUTCOME_UNKNOWN, "outcome unknown"),
            Error::BadCopy { .. } | Error::BrokenChain { .. } => (REFUSED, "refused"),
            Error::Json(_) => (OUR_BUG, "bug"),
            _ => (STORAGE, "storage"),
        };
        let is_list = matches!(
            error,
            Error::Input(_) | Error::Extract(_) | Error::Map(_) | Error::RefusedLines { .. }
        ) || matches!(&error, Error::Invalid(faults) if faults.len() > 1);
        let mut message = format!("{label}:{}{error}", if is_list { "\n" } else { " " });
        if let Some(next) = next(&error) {
            message.push_str(&format!("\nnext: {next}"));
        }
        Failure { code, message }
    }
}

/// The command that helps.
fn next(error: &Error) -> Option<String> {
    Some(match error {
        Error::Refused { refusal } => return after_refusal(refusal),
        Error::RefusedRow {
            refusal: Refusal::NoSuchEntry { .. },
            ..
        } => "reference names an earlier row of the file: 1 is the first after the header".into(),
        Error::RefusedRow { refusal, .. } => {
            return after_refusal(refusal)
                .map(|hint| hint.replace("--override \"why\"", "give the row an override"));
        }
        Error::NoSuchYear { year, known } => match known.last() {
            Some(last) => {
                format!(
                    "name a year it has, such as {last}, or begin this one: crg year open {year} --upfront AMOUNT --tactical AMOUNT"
                )
            }
            None => format!("crg year open {year} --upfront AMOUNT --tactical AMOUNT"),
        },
        Error::NoSuchProject {
            proposed_on: Some(on),
            ..
        } => format!("name a day from then on: --on {on} (or, to ask, --as-at {on})"),
        Error::NoSuchProject {
            year, elsewhere, ..
        } => match elsewhere.last() {
            Some(other) => format!("name the year it is in: --year {other}"),
            None => format!("crg project list {year}"),
        },
        Error::NoSuchEntry { .. } => "crg log --last 20".into(),
        Error::YearIsOpen { year, .. } => {
            format!("a further allocation: crg year allocate {year} AMOUNT --pot tactical")
        }
        Error::YearNotOver { year, .. } => format!(
            "return one amount: crg year return {year} AMOUNT --project P (or --pot); to return all of it now, with the reason: --override \"why\""
        ),
        Error::QuarterNotOver { year, quarter, .. } => {
            format!(
                "see how it stands: crg report quarter {year} {quarter}; to issue it all the same, with the reason: --override \"why\""
            )
        }
        Error::SinceTooLate { .. } => {
            "name an earlier moment; a day alone means its end: --since 2026-04-30T17:00:00Z".into()
        }
        Error::SinceAfterAsAt { since, .. } => {
            format!("name an earlier day with --since, or a later one with --as-at {since}")
        }
        Error::NoSuchPayment { year, .. } => format!("crg report remittance {year}"),
        Error::Input(input) if input.is_unreadable_file() => {
            "name a folder that holds entries.csv, such as one that dump wrote".into()
        }
        Error::Input(_) => "mend it and load the folder again".into(),
        Error::Extract(extract) => return after_extract(extract),
        Error::Map(map) if map.is_unreadable_file() => {
            "have a first map written: crg spend import --suggest FILE --output MAP".into()
        }
        Error::Map(_) => "mend the map; for an example: crg spend import --help".into(),
        Error::RefusedLines { refusals, .. } => {
            let skip =
                "record the others with --skip-bad, which writes these to a file of their own";
            match refusals.first().and_then(|(_, refusal)| hint(refusal)) {
                Some(hint) => format!("{hint}; or {skip}"),
                None => skip.into(),
            }
        }
        Error::Store(store) => return after_storage(store),
        Error::Fold(_) | Error::BadCopy { .. } => "crg check".into(),
        Error::BrokenChain { path, .. } => format!("crg check {}", path.display()),
        Error::Output { error, .. } if error.kind() == std::io::ErrorKind::AlreadyExists => {
            "name a new one; nothing was overwritten".into()
        }
        Error::Output { error, .. } if error.kind() == std::io::ErrorKind::NotFound => {
            "make the folder first, or name another".into()
        }
        _ => return None,
    })
}

/// What to do about a ledger's extract: its file, its header, or single lines.
fn after_extract(extract: &InputError) -> Option<String> {
    let first = extract.faults.first()?;
    Some(match first.row {
        None => return None,
        Some(_) if first.kind.names_missing_column() => "name the columns in the map as the header does".into(),
        Some(_) if first.kind.ends_reading() => {
            "mend it there first: as it is, the file cannot be read to its end".into()
        }
        Some(_) => {
            "mend them there or in the map; an import leaves them out with --skip-bad, and writes them to a file of their own".into()
        }
    })
}

/// What to do about a refusal. What an override sets aside may be recorded all the same.
fn after_refusal(refusal: &Refusal) -> Option<String> {
    let hint = hint(refusal);
    let overriding = "to record it all the same, with the reason: --override \"why\"";
    match (hint, refusal.can_be_overridden()) {
        (hint, false) => hint,
        (None, true) => Some(overriding.into()),
        (Some(hint), true) => Some(format!("{hint}; {overriding}")),
    }
}

fn hint(refusal: &Refusal) -> Option<String> {
    Some(match refusal {
        Refusal::YearClosed { year, .. } => format!("crg year reopen {year} --note \"why\""),
        Refusal::NotClosed { year } => format!("crg year show {year}"),
        Refusal::NoSuchEntry { .. }
        | Refusal::NotReversible { .. }
        | Refusal::AlreadyReversed { .. }
        | Refusal::NotPublished { .. } => "crg log --last 20".into(),
        Refusal::OnAnotherDay { .. } => {
            "leave the date out: a reversal takes that of the entry".into()
        }
        Refusal::BeforeLastClose { last, .. } | Refusal::DatedAfterClose { last, .. } => {
            format!("date it {last} or later: --on {last}")
        }
        Refusal::UnknownProject { year, .. } => format!("crg project list {year}"),
        Refusal::ProjectExists { project, year } => {
            format!("crg project show {project} --year {year}")
        }
        Refusal::AlreadyApproved { project, .. } | Refusal::AmountIsApproved { project } => {
            format!(
                "crg project increase {project} AMOUNT, or: crg project reduce {project} AMOUNT"
            )
        }
        Refusal::TooLarge { .. } => {
            "move it in parts: cut, return or reduce some of it first".into()
        }
        Refusal::AmountDiffers { .. } => "leave the amount out: it is worked out".into(),
        Refusal::Undecided { projects, .. } => {
            let project = projects
                .first()
                .map(ToString::to_string)
                .unwrap_or_default();
            format!("have the OPCC decide them, or end one: crg project withdraw {project}")
        }
        Refusal::PotNotOpen { year, .. } => format!("crg year release {year}"),
        Refusal::NothingToRelease { year, .. } => format!("crg pot {year}"),
        Refusal::Unaccounted { year, .. } => {
            format!("pay it back and record it all: crg year return {year} --reference PAYMENT")
        }
        Refusal::Overdrawn {
            kind,
            account,
            year,
            ..
        } => return Some(after_overdraft(*kind, account, *year)),
        Refusal::BreaksLater { entry, .. } => {
            format!(
                "date it after entry {entry}; or, where that entry should not have been: crg reverse {entry} --note \"why\""
            )
        }
        Refusal::OutsideWindow { .. } => {
            "where it happened on another day, say when: --on DATE".into()
        }
        Refusal::OutOfOrder { project, .. } => {
            format!("see how it came there: crg project show {project}")
        }
        Refusal::AlreadyConfirmed { year } => format!("crg year show {year}"),
        Refusal::MoreThanSubmitted {
            project, submitted, ..
        } => {
            format!(
                "crg project approve {project} {submitted}, and vary the award later: crg project increase {project} AMOUNT"
            )
        }
        Refusal::Duplicate { .. } => {
            "where it is another invoice, give its own: --reference TEXT".into()
        }
    })
}

/// What to do where there is not so much: it depends on what was tried.
fn after_overdraft(kind: Kind, account: &Account, year: FinancialYear) -> String {
    match (kind, account) {
        (Kind::Spend, Account::Project(project)) => {
            format!(
                "vary the award, with the OPCC's agreement: crg project increase {project} AMOUNT --year {year}"
            )
        }
        (Kind::Reverse, Account::Project(project)) => {
            format!("reverse what used the money first: crg log --year {year} --project {project}")
        }
        (Kind::Reverse, _) => format!("reverse what used the money first: crg log --year {year}"),
        (_, Account::Project(project)) => {
            format!("see what it holds: crg project show {project} --year {year}")
        }
        (_, Account::Spent(project)) => {
            format!("see what it spent: crg spend list {year} --project {project}")
        }
        _ => format!("crg pot {year}"),
    }
}

fn after_storage(error: &StoreError) -> Option<String> {
    Some(match error {
        StoreError::NotFound { .. } => {
            "make one with: crg init, or load one with: crg load FOLDER; or name another with --db"
                .into()
        }
        StoreError::Exists { .. } => {
            "nothing was overwritten: name another file, or try again in a moment".into()
        }
        StoreError::NoFolder { .. } => "make the folder first, or name another".into(),
        StoreError::Path { .. } | StoreError::NotPlain { .. } => {
            "name the file itself with --db".into()
        }
        StoreError::NotABook { .. } => {
            "name the book with --db; it may be crg.db in another folder".into()
        }
        StoreError::Wal { .. } => {
            "change it back in the program that changed it: PRAGMA journal_mode = DELETE".into()
        }
        StoreError::CutShort { .. } => "use a safety copy, such as a folder that dump wrote".into(),
        StoreError::Older { .. } => {
            "bring it to that version, after a safety copy beside it: crg upgrade".into()
        }
        StoreError::TooOld { .. } => {
            "dump it with the program that made it, and load that folder into a new book: crg load FOLDER".into()
        }
        StoreError::Newer { .. } => "use the newer version that made it".into(),
        StoreError::Altered { .. } => {
            "use a safety copy, or undo what the other program did to the file".into()
        }
        StoreError::DiskFull { .. } => "free some space and try again".into(),
        StoreError::Io { error, .. } if error.kind() != std::io::ErrorKind::PermissionDenied => {
            return None;
        }
        StoreError::Io { .. }
        | StoreError::ReadOnly { .. }
        | StoreError::NeedsRecovery { .. }
        | StoreError::CannotOpen { .. } => {
            "ask for permission to write there, or run the command as someone who has it".into()
        }
        StoreError::Busy { .. } => {
            "close the other program, or try again in a moment; nothing was recorded".into()
        }
        StoreError::OutcomeUnknown { entry: None, .. } => {
            "see which version it is, and go on where it is not done: crg upgrade".into()
        }
        StoreError::OutcomeUnknown {
            entry: Some(entry), ..
        } => format!("see whether entry {entry} is there: crg log --last 5"),
        StoreError::Damaged { .. } | StoreError::Sqlite { .. } => {
            "crg check, and use a safety copy where it finds a fault".into()
        }
        // Names are explained in the message; so is whatever the library adds later.
        _ => return None,
    })
}

/// What is said when the program itself fails.
pub(crate) fn panicked(info: &std::panic::PanicHookInfo<'_>) {
    use std::io::Write;
    // There it is the file that is damaged, and the error says so.
    if std::thread::current().name() == Some(crg::import::WORKBOOK_READER) {
        return;
    }
    let place = info
        .location()
        .map(|at| format!(" at {}:{}", at.file(), at.line()))
        .unwrap_or_default();
    let _ = writeln!(
        std::io::stderr(),
        "bug: crg failed{place}: {}\nSee what was saved with: crg log --last 3. Please report this line.",
        info.payload_as_str().unwrap_or("no message")
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crg::model::EntryNumber;

    /// The one code that no transcript can bring about.
    #[test]
    fn an_unknown_outcome_says_how_to_find_out() {
        let unknown = |entry| {
            let error = StoreError::OutcomeUnknown {
                path: "crg.db".into(),
                entry,
                error: "disk I/O error".into(),
            };
            let failure = Failure::from(error).naming("crg --db crg.db");
            assert_eq!(failure.code, OUTCOME_UNKNOWN);
            failure.message
        };
        let said = "outcome unknown: saving to crg.db ended with an error (disk I/O error), and the book cannot be read to see whether";
        let next = "next: see whether entry 12 is there: crg --db crg.db log --last 5";
        assert_eq!(
            unknown(Some(EntryNumber(12))),
            format!("{said} entry 12 was saved\n{next}")
        );
        let next = "next: see which version it is, and go on where it is not done: crg --db crg.db upgrade";
        assert_eq!(
            unknown(None),
            format!("{said} the upgrade was saved\n{next}")
        );
    }
}
