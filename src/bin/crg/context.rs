//! The one place that looks at the clock, the environment and the terminal.

use std::path::PathBuf;

use crg::model::{Date, Moment};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::args::Cli;
use crate::failure::{BAD_COMMAND_LINE, Failure, STORAGE};

/// What a command needs to know of where it runs.
#[derive(Debug)]
pub(crate) struct Context {
    /// The book.
    pub(crate) book: PathBuf,
    /// How the person calls this program for this book.
    pub(crate) program: String,
    /// The person.
    pub(crate) by: String,
    /// The moment, in UTC.
    pub(crate) now: Moment,
    /// The day, where the person is.
    pub(crate) today: Date,
    /// How many columns a table may take.
    pub(crate) width: u16,
}

/// Columns where there is no terminal to ask: the same output in a file everywhere.
const WIDTH: u16 = 80;

impl Context {
    #[expect(
        clippy::disallowed_methods,
        reason = "the binary's one look at the environment"
    )]
    pub(crate) fn look(cli: &Cli) -> Result<Context, Failure> {
        let variable = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
        let book = cli
            .db
            .clone()
            .or(variable("CRG_DB").map(PathBuf::from))
            .unwrap_or_else(|| "crg.db".into());
        let named = cli
            .by
            .clone()
            .map(Into::into)
            .or(variable("CRG_BY"))
            .or(variable("USER"))
            .or(variable("USERNAME"))
            .or(variable("LOGNAME"));
        let by = named
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_else(|| "unknown".into());
        let (now, today) = match variable("CRG_NOW") {
            Some(set) => {
                let now: Moment = set.to_string_lossy().parse().map_err(|error| {
                    Failure::new(
                        BAD_COMMAND_LINE,
                        format!("CRG_NOW: found {set:?}, expected {error}"),
                    )
                })?;
                (now, now.date())
            }
            None => clock().ok_or_else(|| {
                Failure::new(
                    STORAGE,
                    "the clock of this computer is outside the years 2000 to 2099",
                )
            })?,
        };
        let program = cli.db.as_ref().map_or("crg".into(), |book| {
            format!("crg --db {}", quoted(&book.display().to_string()))
        });
        let width = terminal_size::terminal_size()
            .map_or(WIDTH, |(width, _)| width.0)
            .max(60);
        Ok(Context {
            book,
            program,
            by,
            now,
            today,
            width,
        })
    }
}

/// A word of a command line, as it is typed.
pub(crate) fn quoted(word: &str) -> String {
    if word.contains(' ') {
        format!("\"{word}\"")
    } else {
        word.to_owned()
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the binary's one look at the clock"
)]
fn clock() -> Option<(Moment, Date)> {
    let now = Timestamp::now();
    let here = now.to_zoned_datetime(own_zone().unwrap_or_else(TimeZone::system));
    Some((
        Moment::from_unix_millis(now.as_millisecond())?,
        here.date().to_string().parse().ok()?,
    ))
}

/// The zone of this computer, from the file that holds it, where there is one and `TZ` names no
/// other. To find a zone by its name every folder of zones is read, which takes longer than the
/// shortest question.
#[expect(
    clippy::disallowed_methods,
    reason = "the binary's one look at the environment"
)]
fn own_zone() -> Option<TimeZone> {
    match std::env::var_os("TZ") {
        Some(_) => None,
        None => TimeZone::tzif("here", &std::fs::read("/etc/localtime").ok()?).ok(),
    }
}
