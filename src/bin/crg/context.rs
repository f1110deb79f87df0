//! [`Context`]: the one place that looks at the clock and the environment.

use std::ffi::OsString;
use std::io::IsTerminal;
use std::path::PathBuf;

use clap::ColorChoice;
use crg::Access;
use crg::Error;
use crg::book::Book;
use crg::model::{Date, DateError, Moment, MomentError};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::failure::{Exit, Failure};
use crate::output::Output;
use crate::pager::Pager;

/// What a command needs to know about where it runs.
#[derive(Debug, Clone)]
pub(crate) struct Context {
    pub(crate) book: PathBuf,
    pub(crate) by: String,
    /// `false` if nobody gave a name: it is the user of the computer, or unknown.
    #[cfg_attr(
        not(feature = "desk"),
        expect(dead_code, reason = "only the desk asks")
    )]
    pub(crate) is_by_given: bool,
    /// The moment, in UTC.
    pub(crate) now: Moment,
    /// The day, where the person is.
    pub(crate) today: Date,
    pub(crate) output: Output,
}

impl Context {
    /// Reads the clock and the environment. The command line takes precedence.
    pub(crate) fn look(
        book: Option<PathBuf>,
        by: Option<String>,
        output: Output,
    ) -> Result<Context, Failure> {
        let book = book_path(book);
        let given = by.map(OsString::from).or_else(|| variable("CRG_BY"));
        let is_by_given = given.is_some();
        let mut names = ["USER", "USERNAME", "LOGNAME"].into_iter();
        let by = given.or_else(|| names.find_map(variable));
        let by = by.map_or("unknown".into(), |name| name.to_string_lossy().into_owned());
        let (now, today) = moment()?;
        Ok(Context {
            book,
            by,
            is_by_given,
            now,
            today,
            output,
        })
    }

    pub(crate) fn open(&self) -> Result<Book, Error> {
        Book::open(&self.book, Access::Read)
    }

    pub(crate) fn open_to_write(&self) -> Result<Book, Error> {
        Book::open(&self.book, Access::Write)
    }
}

/// The book: the one that is named, or else that of `$CRG_DB`, or else `crg.db` in this folder.
pub(crate) fn book_path(named: Option<PathBuf>) -> PathBuf {
    named
        .or_else(|| variable("CRG_DB").map(PathBuf::from))
        .unwrap_or_else(|| "crg.db".into())
}

/// The pager of long answers: that of `$PAGER`, which may be empty for none, or else the usual one.
#[expect(clippy::disallowed_methods, reason = "the binary's one look around")]
pub(crate) fn pager() -> Option<Pager> {
    match std::env::var_os("PAGER") {
        None => Some(Pager::default()),
        Some(command) => Some(command.to_string_lossy().trim())
            .filter(|command| !command.is_empty())
            .map(Pager::new),
    }
}

/// Returns `true` if what standard output shows has colours.
pub(crate) fn has_colours(choice: ColorChoice) -> bool {
    match choice {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto => {
            let is_dumb = variable("TERM").is_some_and(|name| name == "dumb");
            std::io::stdout().is_terminal() && variable("NO_COLOR").is_none() && !is_dumb
        }
    }
}

/// The moment and the day where the person is, from the clock or from `$CRG_NOW`.
fn moment() -> Result<(Moment, Date), Failure> {
    match variable("CRG_NOW") {
        Some(set) => {
            let now: Moment = set.to_string_lossy().parse().map_err(|error| {
                Failure::command_line(format!("CRG_NOW: {set:?} is not {error}"))
            })?;
            Ok((now, now.date()))
        }
        None => clock().ok_or_else(|| {
            let message = "the clock of this computer is outside the years 2000 to 2099";
            Failure::new(Exit::Storage, "clock", message)
        }),
    }
}

/// Reads a day of the command line, where `today` and `yesterday` are days too.
pub(crate) fn day(text: &str) -> Result<Date, DateError> {
    // `Context::look` reports a clock that cannot be read.
    let today = || moment().map_or(Date::MIN, |(_, today)| today);
    match text.trim().to_ascii_lowercase().as_str() {
        "today" => Ok(today()),
        "yesterday" => Ok(today().yesterday().unwrap_or(Date::MIN)),
        _ => text.parse(),
    }
}

/// Reads a moment of the command line, where a day means its end.
pub(crate) fn moment_or_day(text: &str) -> Result<Moment, MomentError> {
    match day(text) {
        Ok(day) => day.to_string().parse(),
        Err(_) => text.parse(),
    }
}

/// A variable of the environment, if it is set to something.
#[expect(clippy::disallowed_methods, reason = "the binary's one look around")]
fn variable(name: &str) -> Option<OsString> {
    std::env::var_os(name).filter(|value| !value.is_empty())
}

#[expect(clippy::disallowed_methods, reason = "the binary's one look around")]
fn clock() -> Option<(Moment, Date)> {
    let now = Timestamp::now();
    let here = now.to_zoned_datetime(own_zone().unwrap_or_else(TimeZone::system));
    let today = here.date().to_string().parse().ok()?;
    Some((Moment::from_unix_millis(now.as_millisecond())?, today))
}

/// The time zone of this computer, from the file that holds it, if there is one and `TZ` names no
/// other. To find a zone by its name every folder of zones is read, which takes longer than the
/// shortest question.
#[expect(clippy::disallowed_methods, reason = "the binary's one look around")]
fn own_zone() -> Option<TimeZone> {
    match std::env::var_os("TZ") {
        Some(_) => None,
        None => TimeZone::tzif("here", &std::fs::read("/etc/localtime").ok()?).ok(),
    }
}
