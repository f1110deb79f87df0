//! [`Date`] and [`Moment`]: the day something takes effect, and the instant it was recorded.

use std::fmt;
use std::str::FromStr;

use crate::model::keyword::written;

/// A calendar day from 2000-01-01 to 2099-12-31, written `2025-07-23`.
///
/// ```
/// use crg::model::Date;
///
/// assert!("2025-07-23".parse::<Date>()? < "2025-11-20".parse::<Date>()?);
/// assert!("2026-02-30".parse::<Date>().is_err());
/// assert!("23/07/2025".parse::<Date>().is_err());
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

    /// The day as people read it in a sentence: `3 July 2025`.
    pub fn long(self) -> impl fmt::Display {
        self.0.strftime("%-d %B %Y")
    }

    /// The day as people read it in a table: `3 Jul 2025`.
    pub fn short(self) -> impl fmt::Display {
        self.0.strftime("%-d %b %Y")
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

/// The error for a text that is not a [`Date`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DateError {
    /// Not written `YYYY-MM-DD`, or no day of the calendar.
    #[error("a date; write it as 2025-07-23")]
    Grammar,
    /// Outside the years a book can hold.
    #[error("a date from 1 January 2000 to 31 December 2099")]
    Range,
}

impl FromStr for Date {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Date, DateError> {
        if !has_shape(text, "9999-99-99") {
            return Err(DateError::Grammar);
        }
        let date = text.parse().map(Date).map_err(|_| DateError::Grammar)?;
        if (Date::MIN..=Date::MAX).contains(&date) {
            Ok(date)
        } else {
            Err(DateError::Range)
        }
    }
}

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
#[error("a moment in UTC; write it as 2026-03-31T09:15:00Z, or as 2026-03-31 for the end of a day")]
pub struct MomentError;

impl FromStr for Moment {
    type Err = MomentError;

    /// Reads `2026-03-31T09:15:00.000Z`, the same without milliseconds, or a day: its last
    /// millisecond.
    fn from_str(text: &str) -> Result<Moment, MomentError> {
        let full = if has_shape(text, "9999-99-99") {
            format!("{text}T23:59:59.999Z")
        } else if has_shape(text, "9999-99-99T99:99:99Z")
            || has_shape(text, "9999-99-99T99:99:99.999Z")
        {
            text.to_owned()
        } else {
            return Err(MomentError);
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
fn has_shape(text: &str, shape: &str) -> bool {
    text.len() == shape.len()
        && text.bytes().zip(shape.bytes()).all(|(t, s)| {
            if s == b'9' {
                t.is_ascii_digit()
            } else {
                t == s
            }
        })
}
