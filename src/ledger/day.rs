//! Days as extracts write them.

use crate::date::{Date, DateError};

/// Why a text is no day of an extract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DayError {
    /// Not written as a day, or no such day.
    #[error("a day of the calendar such as 23/07/2025, 2025-07-23 or 2025-07-23 00:00:00")]
    Grammar,
    /// Outside the years a book can hold.
    #[error("{}", DateError::Range)]
    Range,
}

/// The shapes, the day before the month in each that has them so.
const SHAPES: [&str; 9] = [
    "%d/%m/%Y",
    "%Y-%m-%d",
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%dT%H:%M:%S",
    "%d/%m/%Y %H:%M:%S",
    "%d/%m/%Y %H:%M",
    "%d-%m-%Y",
    "%d.%m.%Y",
    "%d-%b-%Y",
];

/// Reads a day as an extract writes it; a time of day behind it is dropped.
///
/// ```
/// use crg::ledger::{DayError, day};
///
/// assert_eq!(day("03/04/2017")?.to_string(), "2017-04-03");
/// assert_eq!(day("2017-04-03 00:00:00")?.to_string(), "2017-04-03");
/// assert_eq!(day("09/0772020"), Err(DayError::Grammar));
/// # Ok::<(), DayError>(())
/// ```
///
/// # Errors
///
/// [`DayError`] with what would be right.
pub fn day(text: &str) -> Result<Date, DayError> {
    let text = text.trim();
    if !text.starts_with(|first: char| first.is_ascii_digit()) {
        return Err(DayError::Grammar);
    }
    let read = SHAPES.iter().find_map(|shape| jiff::civil::Date::strptime(shape, text).ok());
    let read = read.ok_or(DayError::Grammar)?;
    read.to_string().parse().map_err(|error| match error {
        DateError::Range => DayError::Range,
        DateError::Grammar => DayError::Grammar,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: Result<&str, DayError>) {
        assert_eq!(day(text).map(|day| day.to_string()), expect.map(str::to_owned), "{text:?}");
    }

    #[test]
    fn every_shape_that_extracts_have() {
        for text in [
            "03/04/2017",
            " 3/4/2017 ",
            "2017-04-03",
            "2017-04-03 00:00:00",
            "2017-04-03T09:30:00",
            "03/04/2017 00:00:00",
            "03/04/2017 09:30",
            "03-04-2017",
            "03.04.2017",
            "03-Apr-2017",
        ] {
            check(text, Ok("2017-04-03"));
        }
    }

    #[test]
    fn what_is_no_day() {
        for text in [
            "",
            "09/0772020",
            "31/02/2020",
            "04/23/2017",
            "2017-02-29",
            "45017",
            "3 April",
            "2017",
            "tomorrow",
            "03/04/2017 x",
            "-1/4/2017",
            "2017/04/03/1",
        ] {
            check(text, Err(DayError::Grammar));
        }
        for text in ["03/04/1999", "01/01/2100", "03/04/0017"] {
            check(text, Err(DayError::Range));
        }
    }

    /// A year of two digits would be the year 17: which century was meant is not guessed.
    #[test]
    fn a_short_year_is_not_guessed() {
        assert!(day("03/04/17").is_err());
    }
}
