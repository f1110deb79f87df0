//! Days as extracts write them.

use crate::model::{Date, DateError};

/// The shapes of a time of day.
const TIMES: [&str; 2] = ["%H:%M:%S", "%H:%M"];

/// Reads a day as an extract writes it: as people do, or with a time of day behind it, which is
/// dropped.
///
/// ```
/// use crg::import::day;
/// use crg::model::DateError;
///
/// assert_eq!(day("03/04/2017")?.to_string(), "2017-04-03");
/// assert_eq!(day("2017-04-03 00:00:00")?.to_string(), "2017-04-03");
/// assert_eq!(day("09/0772020"), Err(DateError::Grammar));
/// # Ok::<(), DateError>(())
/// ```
pub fn day(text: &str) -> Result<Date, DateError> {
    let text = text.trim();
    let day = match text.rsplit_once(|c: char| c.is_whitespace() || c == 'T') {
        Some((day, time)) if is_time(time) => day,
        _ => text,
    };
    day.parse()
}

fn is_time(text: &str) -> bool {
    let whole = text.chars().all(|c| c.is_ascii_digit() || c == ':');
    whole
        && TIMES
            .iter()
            .any(|shape| jiff::civil::Time::strptime(shape, text).is_ok())
}
