//! [`Date`] and [`Moment`]: the day something takes effect, and the instant it was recorded.

use std::fmt;
use std::str::FromStr;

use crate::model::day::{self, DateError};
use crate::model::keyword::written;

/// A calendar day from 2000-01-01 to 2099-12-31, written `2025-07-23`.
///
/// People write it in other ways too, and all are read: `23/07/2025`, `23.7.25`, `23 July 2025`,
/// `23-Jul-25`, `2025/07/23`, `20250723`. The day comes first unless a year of four digits does.
///
/// ```
/// use crg::model::Date;
///
/// assert!("2025-07-23".parse::<Date>()? < "2025-11-20".parse::<Date>()?);
/// assert_eq!("3/4/25".parse::<Date>()?.to_string(), "2025-04-03");
/// assert!("2026-02-30".parse::<Date>().is_err());
/// assert!("04/13/2026".parse::<Date>().is_err());
/// # Ok::<(), crg::model::DateError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(jiff::civil::Date);

impl Date {
    /// The first day a book can hold.
    pub const MIN: Date = Date(jiff::civil::date(2000, 1, 1));
    /// The last day a book can hold.
    pub const MAX: Date = Date(jiff::civil::date(2099, 12, 31));

    /// The calendar year.
    pub fn calendar_year(self) -> i16 {
        self.0.year()
    }

    /// The month, 1 to 12.
    pub fn month(self) -> i8 {
        self.0.month()
    }

    /// The number of days to a later day; 0 if that day is not later.
    pub fn days_until(self, later: Date) -> u32 {
        u32::try_from((later.0 - self.0).get_days()).unwrap_or(0)
    }

    /// The day after, or `None` after the last day a book can hold.
    pub fn tomorrow(self) -> Option<Date> {
        self.0
            .tomorrow()
            .ok()
            .map(Date)
            .filter(|day| *day <= Date::MAX)
    }

    /// The day before, or `None` before the first day a book can hold.
    pub fn yesterday(self) -> Option<Date> {
        self.0
            .yesterday()
            .ok()
            .map(Date)
            .filter(|day| *day >= Date::MIN)
    }

    /// Returns `true` if the text has the shape in which this program writes a day.
    pub(super) fn is_canonical(text: &str) -> bool {
        has_shape(text, "9999-99-99")
    }

    /// The day as people read it in a sentence: `3 July 2025`.
    pub fn long(self) -> impl fmt::Display {
        self.0.strftime("%-d %B %Y")
    }

    /// The day as people read it in a table: `3 Jul 2025`.
    pub fn short(self) -> impl fmt::Display {
        self.0.strftime("%-d %b %Y")
    }

    /// The day as a chart of one year writes it: `3 Jul`.
    pub(crate) fn in_its_year(self) -> impl fmt::Display {
        self.0.strftime("%-d %b")
    }

    /// A day that is known to exist, in the years a book can hold.
    pub(crate) const fn of(year: i16, month: i8, day: i8) -> Date {
        Date(jiff::civil::date(year, month, day))
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

written!(Date);

impl FromStr for Date {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Date, DateError> {
        let date = if Date::is_canonical(text) {
            // The way the file has it, which is read most often.
            text.parse().map_err(|_| DateError::NoSuchDay)
        } else {
            day::read(text)
        };
        let date = date.map(Date)?;
        if (Date::MIN..=Date::MAX).contains(&date) {
            Ok(date)
        } else {
            Err(DateError::Range)
        }
    }
}

/// How far the clocks of two computers may be apart: a minute.
const MAX_SKEW_MILLIS: i64 = 60_000;

/// An instant in UTC, to the millisecond, written `2026-03-31T09:15:00.000Z`; the written order is
/// the order in time.
///
/// ```
/// use crg::model::Moment;
///
/// let moment: Moment = "2026-03-31T09:15:00.000Z".parse()?;
/// assert_eq!(moment.to_string(), "2026-03-31T09:15:00.000Z");
/// assert_eq!(moment.next().to_string(), "2026-03-31T09:15:00.001Z");
/// assert_eq!("2026-03-31".parse::<Moment>()?.to_string(), "2026-03-31T23:59:59.999Z");
/// # Ok::<(), crg::model::MomentError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(jiff::Timestamp);

impl Moment {
    /// The moment so many milliseconds after 1970-01-01T00:00:00Z, or `None` outside the years 2000
    /// to 2099.
    pub fn from_unix_millis(millis: i64) -> Option<Moment> {
        let moment = jiff::Timestamp::from_millisecond(millis).ok()?;
        let year = jiff::tz::TimeZone::UTC.to_datetime(moment).year();
        (2000..=2099).contains(&year).then_some(Moment(moment))
    }

    /// The next millisecond: two commands never share a moment.
    pub fn next(self) -> Moment {
        Moment::from_unix_millis(self.0.as_millisecond() + 1).unwrap_or(self)
    }

    /// Returns `true` if it is so far after what a clock says that a clock must have run ahead.
    pub fn runs_ahead_of(self, now: Moment) -> bool {
        self > now.latest_elsewhere()
    }

    /// The latest moment that the clock of another computer may say at this one: they are seldom
    /// more than a minute apart.
    pub(crate) fn latest_elsewhere(self) -> Moment {
        Moment::from_unix_millis(self.0.as_millisecond() + MAX_SKEW_MILLIS).unwrap_or(self)
    }

    /// The moment to the second, in characters that a file name may have: `20260331-091500`.
    pub fn compact(self) -> String {
        self.0.strftime("%Y%m%d-%H%M%S").to_string()
    }

    /// The day it falls on in UTC.
    pub fn date(self) -> Date {
        Date(jiff::tz::TimeZone::UTC.to_datetime(self.0).date())
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.3}", self.0)
    }
}

written!(Moment);

/// The error for a text that is not a [`Moment`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a moment in UTC; write it as 2026-03-31T09:15:00Z, or as 31/03/2026 for the end of a day")]
pub struct MomentError;

impl FromStr for Moment {
    type Err = MomentError;

    /// Reads `2026-03-31T09:15:00.000Z`, the same without milliseconds, or a day however it is
    /// written: its last millisecond.
    fn from_str(text: &str) -> Result<Moment, MomentError> {
        let shapes = ["9999-99-99T99:99:99.999Z", "9999-99-99T99:99:99Z"];
        let full = if shapes.iter().any(|shape| has_shape(text, shape)) {
            text.to_owned()
        } else {
            let day: Date = text.parse().map_err(|_| MomentError)?;
            format!("{day}T23:59:59.999Z")
        };
        let moment: jiff::Timestamp = full.parse().map_err(|_| MomentError)?;
        // A leap second would be read as the second before it.
        let same = |read: &Moment| read.to_string().get(..19) == full.get(..19);
        Moment::from_unix_millis(moment.as_millisecond())
            .filter(same)
            .ok_or(MomentError)
    }
}

/// Returns `true` if the text has this shape, in which `9` stands for any digit and everything else
/// for itself.
pub(super) fn has_shape(text: &str, shape: &str) -> bool {
    text.len() == shape.len()
        && text.bytes().zip(shape.bytes()).all(|(t, s)| {
            if s == b'9' {
                t.is_ascii_digit()
            } else {
                t == s
            }
        })
}
