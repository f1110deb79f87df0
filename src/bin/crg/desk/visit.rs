//! [`Desk`], what all requests share, and [`Visit`]: one request.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use crg::{Book, Error, FinancialYear, Lens};
use tokio::time::{Duration, Instant};

use crate::context::{Context, day};
use crate::desk::form_tokens::FormTokens;
use crate::desk::memory::Memory;
use crate::desk::session::{Recorder, Session};
use crate::desk::uploads::Uploads;
use crate::desk::values::{Values, address};
use crate::failure::{Failure, Stop};
use crate::output::Output;

/// What all requests share.
#[derive(Debug)]
pub(crate) struct Desk {
    pub(crate) book: PathBuf,
    pub(crate) output: Output,
    pub(crate) is_read_only: bool,
    pub(crate) port: u16,
    pub(crate) session: Session,
    pub(crate) forms: FormTokens,
    pub(crate) memory: Memory,
    pub(crate) uploads: Uploads,
    last_used: Mutex<Instant>,
}

impl Desk {
    pub(crate) fn new(
        context: &Context,
        port: u16,
        is_read_only: bool,
    ) -> Result<Desk, getrandom::Error> {
        let recorder = Recorder {
            name: context.by.clone(),
            is_given: context.is_by_given,
        };
        Ok(Desk {
            book: context.book.clone(),
            output: context.output.clone(),
            is_read_only,
            port,
            session: Session::new(port, recorder)?,
            forms: FormTokens::new()?,
            memory: Memory::default(),
            uploads: Uploads::default(),
            last_used: Mutex::new(Instant::now()),
        })
    }

    /// Notes that someone uses it.
    pub(crate) fn note_use(&self) {
        *self
            .last_used
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = Instant::now();
    }

    /// How long nobody has used it.
    pub(crate) fn idle_for(&self) -> Duration {
        let last = self
            .last_used
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        last.elapsed()
    }
}

/// One request: the moment, the person, and what was asked.
#[derive(Debug)]
pub(crate) struct Visit {
    pub(crate) desk: Arc<Desk>,
    pub(crate) context: Context,
    /// The address without its values.
    pub(crate) path: String,
    pub(crate) values: Values,
}

impl Visit {
    pub(crate) fn new(desk: Arc<Desk>, path: String, values: Values) -> Result<Visit, Failure> {
        let (book, recorder) = (desk.book.clone(), desk.session.recorder());
        let context = Context::look(Some(book), Some(recorder.name), desk.output.clone())?;
        let context = Context {
            is_by_given: recorder.is_given,
            ..context
        };
        Ok(Visit {
            desk,
            context,
            path,
            values,
        })
    }

    /// The same visit, whose values a screen may fill in.
    pub(crate) fn again(visit: &Visit) -> Visit {
        Visit {
            desk: Arc::clone(&visit.desk),
            context: visit.context.clone(),
            path: visit.path.clone(),
            values: visit.values.clone(),
        }
    }

    /// The address of the page.
    pub(crate) fn address(&self) -> String {
        let values: Vec<(&str, &str)> = self.values.all().collect();
        address(&self.path, &values)
    }

    pub(crate) fn open(&self) -> Result<Book, Error> {
        self.context.open()
    }

    /// Returns `true` if the book has the year.
    pub(crate) fn has_year(&self, given: &str) -> bool {
        let years = self.open().and_then(|book| book.years());
        let year = given.parse::<FinancialYear>();
        year.is_ok_and(|year| years.is_ok_and(|years| years.contains(&year)))
    }

    /// The year asked about, or else the one of today, or the latest that the book has.
    pub(crate) fn year(&self, book: &Book) -> Result<FinancialYear, Stop> {
        if let Some(given) = self.values.given("year") {
            let year = given.parse::<FinancialYear>();
            return year.map_err(|error| unreadable(given, error));
        }
        let (today, years) = (FinancialYear::containing(self.context.today), book.years()?);
        let latest = years.last().copied().unwrap_or(today);
        Ok(if years.contains(&today) {
            today
        } else {
            latest
        })
    }

    /// The day asked about, or today.
    pub(crate) fn lens(&self) -> Result<Lens, Stop> {
        let Some(given) = self.values.given("as-at") else {
            return Ok(Lens::at(self.context.today));
        };
        let day = day(given).map_err(|error| unreadable(given, error))?;
        Ok(Lens::at(day))
    }
}

/// The failure of something in an address that is not what it should be: a noun phrase.
pub(crate) fn unreadable(given: &str, expected: impl std::fmt::Display) -> Stop {
    Failure::command_line(format!("\"{given}\" is not {expected}")).into()
}
