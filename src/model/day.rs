//! How people write a day: the one grammar, wherever a day is read.
//!
//! The day comes first, unless a year of four digits does: no text ever means two days. A year of
//! two digits is in this century.

use jiff::civil;

/// The error for a text that is not a [`Date`](crate::model::Date).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DateError {
    /// Not written as a day.
    #[error("a date such as 23/07/2025 or 2025-07-23")]
    Grammar,
    /// Written with the month before the day.
    #[error("a date: the day comes first, then the month; write 23/07/2025 or 23 July 2025")]
    MonthFirst,
    /// No day of the calendar.
    #[error("a day of the calendar")]
    NoSuchDay,
    /// Outside the years a book can hold.
    #[error("a date from 1 January 2000 to 31 December 2099")]
    Range,
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Reads `31/03/2026`, `31-3-2026`, `31.3.26`, `31 March 2026`, `31-Mar-26`, `2026-03-31`,
/// `2026/03/31` or `20260331`.
pub(super) fn read(text: &str) -> Result<civil::Date, DateError> {
    let text = text.trim();
    if let (8, Some(all)) = (text.len(), number(text)) {
        let (year, month_and_day) = (all / 10_000, all % 10_000);
        return on_calendar(year, month_and_day / 100, month_and_day % 100);
    }
    let [first, month, last] = parts(text).ok_or(DateError::Grammar)?;
    let is_short = |text: &str| matches!(text.len(), 1 | 2);
    let numbered = number(month).filter(|_| is_short(month));
    let (year, day) = if first.len() == 4 {
        (number(first), number(last).filter(|_| is_short(last)))
    } else {
        (of_year(last), number(first).filter(|_| is_short(first)))
    };
    let (year, day) = year.zip(day).ok_or(DateError::Grammar)?;
    match numbered {
        Some(month) if first.len() != 4 && month > 12 && (1..=12).contains(&day) => {
            Err(DateError::MonthFirst)
        }
        Some(month) => on_calendar(year, month, day),
        None if first.len() == 4 => Err(DateError::Grammar),
        None => on_calendar(year, named(month).ok_or(DateError::Grammar)?, day),
    }
}

/// Three parts with the same mark between them. Spaces stand only around the name of a month.
fn parts(text: &str) -> Option<[&str; 3]> {
    let parts: Vec<&str> = match text.find(['/', '-', '.']) {
        Some(at) => text.split(char::from(text.as_bytes()[at])).collect(),
        None => text.split_whitespace().collect(),
    };
    let parts: [&str; 3] = parts.try_into().ok()?;
    let is_spaced = text.contains(char::is_whitespace);
    (!is_spaced || named(parts[1]).is_some()).then_some(parts)
}

/// The year, of four digits or of two.
fn of_year(text: &str) -> Option<i32> {
    match text.len() {
        4 => number(text),
        2 => number(text).map(|year| 2000 + year),
        _ => None,
    }
}

/// The month of a name, in full or in its first three letters, in any case.
fn named(text: &str) -> Option<i32> {
    let name = text.to_ascii_lowercase();
    let is_named = |month: &str| month == name || month.get(..3) == Some(&name);
    let index = MONTHS.iter().position(|month| is_named(month));
    let index = index.or_else(|| (name == "sept").then_some(8))?;
    i32::try_from(index + 1).ok()
}

fn number(text: &str) -> Option<i32> {
    let is_digits = text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| is_digits)
}

fn on_calendar(year: i32, month: i32, day: i32) -> Result<civil::Date, DateError> {
    let year = i16::try_from(year).map_err(|_| DateError::NoSuchDay)?;
    let part = |number: i32| i8::try_from(number).map_err(|_| DateError::NoSuchDay);
    civil::Date::new(year, part(month)?, part(day)?).map_err(|_| DateError::NoSuchDay)
}
