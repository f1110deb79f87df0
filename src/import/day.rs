//! Days as extracts write them.

use crate::model::{Date, DateError};

/// Why a text is not a day as extracts write them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DayError {
    /// It is not written as a day, or there is no such day.
    #[error("a date such as 23/07/2025 or 2025-07-23")]
    Grammar,
    /// It is outside the years that a book can hold.
    #[error("{}", DateError::Range)]
    Range,
}

/// The shapes of a day; the day comes before the month except after a year.
const DAYS: [&str; 5] = ["%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y", "%d-%b-%Y"];
/// The shapes of a time of day.
const TIMES: [&str; 2] = ["%H:%M:%S", "%H:%M"];

/// Reads a day as an extract writes it; a time of day behind it is dropped.
///
/// ```
/// use crg::import::{DayError, day};
///
/// assert_eq!(day("03/04/2017")?.to_string(), "2017-04-03");
/// assert_eq!(day("2017-04-03 00:00:00")?.to_string(), "2017-04-03");
/// assert_eq!(day("09/0772020"), Err(DayError::Grammar));
/// # Ok::<(), DayError>(())
/// ```
pub fn day(text: &str) -> Result<Date, DayError> {
    let text = text.trim();
    if !text.starts_with(|first: char| first.is_ascii_digit()) {
        return Err(DayError::Grammar);
    }
    let (text, time) = parted(text);
    if time.is_some_and(|time| !is_time(time)) {
        return Err(DayError::Grammar);
    }
    let read = DAYS
        .iter()
        .find_map(|shape| jiff::civil::Date::strptime(shape, text).ok());
    let read = read.ok_or(DayError::Grammar)?;
    read.to_string().parse().map_err(|error| match error {
        DateError::Range => DayError::Range,
        DateError::Grammar => DayError::Grammar,
    })
}

/// The day, and the time behind a space or a `T`. They are parted here, since a space in a shape
/// stands for none as well.
fn parted(text: &str) -> (&str, Option<&str>) {
    let by_mark = || {
        text.split_once('T')
            .filter(|(day, _)| day.ends_with(|last: char| last.is_ascii_digit()))
    };
    match text.split_once(char::is_whitespace).or_else(by_mark) {
        Some((day, time)) => (day, Some(time.trim_start())),
        None => (text, None),
    }
}

fn is_time(text: &str) -> bool {
    let whole = text.chars().all(|c| c.is_ascii_digit() || c == ':');
    whole
        && TIMES
            .iter()
            .any(|shape| jiff::civil::Time::strptime(shape, text).is_ok())
}
