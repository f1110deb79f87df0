//! Days and moments, compared with a calendar written out by hand; and days as extracts of a ledger
//! write them.

use crg::import;
use crg::model::{Date, DateError, Moment};

pub(crate) fn run(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    text.split('\n').for_each(|line| {
        a_day(line);
        a_moment(line);
        of_an_extract(line);
    });
}

/// The year, month and day of `2025-07-23`, if the text has that shape and the calendar that day.
fn ymd(text: &str) -> Option<(u32, u32, u32)> {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts[..] else {
        return None;
    };
    let number = |text: &str, length: usize| {
        let digits = text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
        if digits {
            text.parse::<u32>().ok()
        } else {
            None
        }
    };
    let (year, month, day) = (number(year, 4)?, number(month, 2)?, number(day, 2)?);
    ((1..=days_of(year, month)).contains(&day)).then_some((year, month, day))
}

fn days_of(year: u32, month: u32) -> u32 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    }
}

fn a_day(text: &str) {
    let read = text.parse::<Date>();
    let written = read.map(|day| day.to_string());
    match ymd(text) {
        Some((2000..=2099, ..)) => assert_eq!(written, Ok(text.to_owned())),
        Some(_) => assert_eq!(written, Err(DateError::Range), "{text:?}"),
        None => {}
    }
    if let Ok(day) = read {
        assert_eq!(import::day(text), Ok(day), "{text:?}");
        assert_eq!(day.long().to_string().parse(), Ok(day));
    }
    if let (Ok(day), Some((year, month, number))) = (read, ymd(text)) {
        let after = match (number == days_of(year, month), month == 12) {
            (false, _) => (year, month, number + 1),
            (true, false) => (year, month + 1, 1),
            (true, true) => (year + 1, 1, 1),
        };
        let after =
            (after.0 < 2100).then(|| format!("{:04}-{:02}-{:02}", after.0, after.1, after.2));
        assert_eq!(
            day.tomorrow().map(|day| day.to_string()),
            after,
            "after {text}"
        );
        assert_eq!(
            day.tomorrow()
                .map(|after| day.days_until(after))
                .unwrap_or(1),
            1
        );
        assert_eq!(
            day.long().to_string().split(' ').next(),
            Some(number.to_string().as_str())
        );
        assert!(Date::MIN <= day && day <= Date::MAX);
    }
}

/// A moment is a day, which means its end, or a day and a time to the second or the millisecond.
fn a_moment(text: &str) {
    let read = text.parse::<Moment>().ok().map(|moment| moment.to_string());
    let day = text.parse::<Date>().ok();
    let end = day.map(|day| format!("{day}T23:59:59.999Z"));
    assert_eq!(read, moment(text).or(end), "{text:?}");
    if let Ok(moment) = text.parse::<Moment>() {
        assert_eq!(moment.to_string().parse(), Ok(moment));
        assert_eq!(moment.date().to_string(), moment.to_string()[..10]);
        assert!(moment <= moment.next() && moment.to_string() <= moment.next().to_string());
        assert_eq!(
            moment.compact().replace('-', ""),
            moment.to_string()[..19].replace(['-', 'T', ':'], "")
        );
    }
}

fn moment(text: &str) -> Option<String> {
    ymd(text.get(..10)?).filter(|(year, ..)| (2000..=2099).contains(year))?;
    let (day, time) = text.split_at(10);
    let time = time.strip_prefix('T')?.strip_suffix('Z')?;
    let (clock, milliseconds) = time.split_once('.').unwrap_or((time, "000"));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if milliseconds.len() != 3 || !digits(milliseconds) || clock.len() != 8 {
        return None;
    }
    let parts: Vec<&str> = clock.split(':').collect();
    let [hour, minute, second] = parts[..] else {
        return None;
    };
    let below = |text: &str, bound: u32| {
        text.len() == 2 && digits(text) && text.parse::<u32>().is_ok_and(|number| number < bound)
    };
    (below(hour, 24) && below(minute, 60) && below(second, 60))
        .then(|| format!("{day}T{clock}.{milliseconds}Z"))
}

/// The day read has the numbers that are written. The year is third, or first with four digits.
fn of_an_extract(text: &str) {
    let read = import::day(text);
    if let Some((2000..=2099, ..)) = ymd(text) {
        assert_eq!(read.map(|day| day.to_string()), Ok(text.to_owned()));
    }
    let Ok(day) = read else { return };
    if let Some(number) = serial(text) {
        return assert_eq!(
            number,
            days_since_1900(&day.to_string()),
            "{text:?} is read as {day}"
        );
    }
    let written: Vec<&str> = text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|run| !run.is_empty())
        .collect();
    let named = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    let lower = text.to_lowercase();
    let name = named.iter().position(|name| lower.contains(name));
    let day = day.to_string();
    let (year, month, number) = (&day[..4], &day[5..7], &day[8..]);
    let same = |run: Option<&&str>, part: &str| {
        run.is_some_and(|run| run.trim_start_matches('0') == part.trim_start_matches('0'))
    };
    let same_year = |run: Option<&&str>| run.is_some_and(|run| *run == year || *run == &year[2..]);
    if let Some(compact) = written.first().filter(|run| run.len() == 8) {
        return assert_eq!(**compact, day.replace('-', ""), "{text:?}");
    }
    let is_read = match (written.first().is_some_and(|run| run.len() == 4), name) {
        (true, None) => {
            same(written.first(), year)
                && same(written.get(1), month)
                && same(written.get(2), number)
        }
        (false, None) => {
            same(written.first(), number)
                && same(written.get(1), month)
                && same_year(written.get(2))
        }
        (_, Some(name)) => {
            same(written.first(), number)
                && same(Some(&(name + 1).to_string().as_str()), month)
                && same_year(written.get(1))
        }
    };
    assert!(is_read, "{text:?} is read as {day}");
}

/// The number of a day, as spreadsheets write it: five digits, perhaps with a part of a day.
fn serial(text: &str) -> Option<u32> {
    let text = text.trim();
    let (days, part) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    (days.len() == 5 && digits(days) && digits(part)).then(|| days.parse().expect("five digits"))
}

/// How many days a spreadsheet counts up to a day of this century: 36,526 on 1 January 2000.
fn days_since_1900(day: &str) -> u32 {
    let (year, month, number) = ymd(day).expect("a day");
    let leap = |year: u32| year.is_multiple_of(4);
    let years: u32 = (2000..year)
        .map(|year| if leap(year) { 366 } else { 365 })
        .sum();
    let february = if leap(year) { 29 } else { 28 };
    let months = [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let before: u32 = (1..month).map(|month| months[month as usize - 1]).sum();
    36_526 + years + before + number - 1
}
