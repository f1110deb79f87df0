//! Days as extracts write them.

use crate::model::{Date, DateError};

/// The last day that a spreadsheet counts to: 31 December 9999.
pub(in crate::import) const LAST_SERIAL: u32 = 2_958_465;

/// The shapes of a time of day.
const TIMES: [&str; 3] = ["%H:%M:%S", "%H:%M", "%H:%M:%S%.f"];

/// Reads a day as an extract writes it: as people do, or with a time of day behind it, which is
/// dropped; or as the number that a spreadsheet has for it.
///
/// ```
/// use crg::import::day;
/// use crg::model::DateError;
///
/// assert_eq!(day("03/04/2017")?.to_string(), "2017-04-03");
/// assert_eq!(day("2017-04-03 00:00:00")?.to_string(), "2017-04-03");
/// assert_eq!(day("2017-04-03 00:00:00.000")?.to_string(), "2017-04-03");
/// assert_eq!(day("45761")?.to_string(), "2025-04-14");
/// assert_eq!(day("09/0772020"), Err(DateError::Grammar));
/// # Ok::<(), DateError>(())
/// ```
pub fn day(text: &str) -> Result<Date, DateError> {
    let text = text.trim();
    if let Some(day) = serial(text) {
        return Ok(day);
    }
    let day = match text.rsplit_once(|c: char| c.is_whitespace() || c == 'T') {
        Some((day, time)) if is_time(time) => day,
        _ => text,
    };
    day.parse()
}

fn is_time(text: &str) -> bool {
    let whole = text
        .chars()
        .all(|c| c.is_ascii_digit() || matches!(c, ':' | '.'));
    whole
        && TIMES
            .iter()
            .any(|shape| jiff::civil::Time::strptime(shape, text).is_ok())
}

/// The day of a number of five digits, whatever part of a day is behind its point.
fn serial(text: &str) -> Option<Date> {
    let (days, part) = text.split_once('.').unwrap_or((text, "0"));
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if days.len() != 5 || part.is_empty() || !is_number(days) || !is_number(part) {
        return None;
    }
    let day = on_calendar(days.parse().ok()?, false)?;
    day.to_string().parse().ok()
}

/// The day that a spreadsheet counts so many days from 1900, or from 1904. A spreadsheet takes 1900
/// for a leap year.
pub(in crate::import) fn on_calendar(days: u32, is_1904: bool) -> Option<jiff::civil::Date> {
    let first = match (is_1904, days) {
        (true, _) => jiff::civil::date(1904, 1, 1),
        (false, ..60) => jiff::civil::date(1899, 12, 31),
        (false, _) => jiff::civil::date(1899, 12, 30),
    };
    first
        .checked_add(jiff::Span::new().try_days(days).ok()?)
        .ok()
}
