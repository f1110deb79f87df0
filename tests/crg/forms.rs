//! The tables of what people type: every form of a day, a year and a ref, and every kind of text that
//! is none.

use crg::model::{DateError, YearError};

/// Each way to write a day, with the day.
pub(crate) const DAYS: [(&str, &str); 21] = [
    ("31/03/2026", "2026-03-31"),
    ("31-3-2026", "2026-03-31"),
    ("31.3.26", "2026-03-31"),
    ("31/3/26", "2026-03-31"),
    ("31 March 2026", "2026-03-31"),
    ("31 mar 26", "2026-03-31"),
    ("31-Mar-26", "2026-03-31"),
    ("31-MARCH-2026", "2026-03-31"),
    ("31/Mar/2026", "2026-03-31"),
    ("2026-03-31", "2026-03-31"),
    ("2026/03/31", "2026-03-31"),
    ("2026-3-31", "2026-03-31"),
    ("20260331", "2026-03-31"),
    (" 31/03/2026 ", "2026-03-31"),
    ("04/03/2026", "2026-03-04"),
    ("3/4/2026", "2026-04-03"),
    ("12-11-10", "2010-11-12"),
    ("1 May 2025", "2025-05-01"),
    ("7 Sept 2025", "2025-09-07"),
    ("29/02/2024", "2024-02-29"),
    ("1.1.00", "2000-01-01"),
];

/// Each kind of text that is not a day, and why.
pub(crate) const NO_DAYS: [(&str, DateError); 44] = [
    ("04/13/2026", DateError::MonthFirst),
    ("4-13-26", DateError::MonthFirst),
    ("12.31.2026", DateError::MonthFirst),
    ("30/02/2026", DateError::NoSuchDay),
    ("29/02/2025", DateError::NoSuchDay),
    ("32/01/2026", DateError::NoSuchDay),
    ("13/13/2026", DateError::NoSuchDay),
    ("00/01/2026", DateError::NoSuchDay),
    ("01/00/2026", DateError::NoSuchDay),
    ("31 June 2026", DateError::NoSuchDay),
    ("2026-13-01", DateError::NoSuchDay),
    ("2026-31-03", DateError::NoSuchDay),
    ("20261301", DateError::NoSuchDay),
    ("20122026", DateError::NoSuchDay),
    ("31/12/1999", DateError::Range),
    ("2100-01-01", DateError::Range),
    ("", DateError::Grammar),
    ("31/03", DateError::Grammar),
    ("31/03/026", DateError::Grammar),
    ("31/03/20260", DateError::Grammar),
    ("031/03/2026", DateError::Grammar),
    ("31/003/2026", DateError::Grammar),
    ("31/03-2026", DateError::Grammar),
    ("31-03/2026", DateError::Grammar),
    ("31 03 2026", DateError::Grammar),
    ("31 / 03 / 2026", DateError::Grammar),
    ("31//2026", DateError::Grammar),
    ("310326", DateError::Grammar),
    ("2026-03", DateError::Grammar),
    ("2026-03-031", DateError::Grammar),
    ("2026-Mar-31", DateError::Grammar),
    ("March 31 2026", DateError::Grammar),
    ("Mar 31, 2026", DateError::Grammar),
    ("31 Marz 2026", DateError::Grammar),
    ("31 Ma 2026", DateError::Grammar),
    ("31st March 2026", DateError::Grammar),
    ("31March2026", DateError::Grammar),
    ("March 2026", DateError::Grammar),
    ("45017", DateError::Grammar),
    ("+31/03/2026", DateError::Grammar),
    ("31/+3/2026", DateError::Grammar),
    ("-31/03/2026", DateError::Grammar),
    ("\u{663}\u{661}/03/2026", DateError::Grammar),
    ("tomorrow", DateError::Grammar),
];

/// Each way to write a year, with the year.
pub(crate) const YEARS: [(&str, &str); 10] = [
    ("2025/26", "2025/26"),
    ("25/26", "2025/26"),
    ("2025-26", "2025/26"),
    ("25-26", "2025/26"),
    ("2025\u{2013}26", "2025/26"),
    ("2025/2026", "2025/26"),
    ("2025-2026", "2025/26"),
    ("2025", "2025/26"),
    (" 2025/26 ", "2025/26"),
    ("2009/10", "2009/10"),
];

/// Each kind of text that is not a year, and why.
pub(crate) const NO_YEARS: [(&str, YearError); 22] = [
    ("2025/27", YearError::Span),
    ("25/27", YearError::Span),
    ("2025/25", YearError::Span),
    ("2025/24", YearError::Span),
    ("2025/2025", YearError::Span),
    ("2025-2029", YearError::Span),
    ("1999", YearError::Range),
    ("1999/00", YearError::Range),
    ("2099", YearError::Range),
    ("2099/00", YearError::Range),
    ("", YearError::Grammar),
    ("/", YearError::Grammar),
    ("25", YearError::Grammar),
    ("202", YearError::Grammar),
    ("20256", YearError::Grammar),
    ("2025/6", YearError::Grammar),
    ("25/2026", YearError::Grammar),
    ("2025/026", YearError::Grammar),
    ("2025/ 26", YearError::Grammar),
    ("2025/2x", YearError::Grammar),
    ("FY25", YearError::Grammar),
    ("\u{662}\u{660}25", YearError::Grammar),
];

/// Each way to write a ref, with the ref.
pub(crate) const REFS: [(&str, &str); 7] = [
    ("P01", "P01"),
    ("p01", "P01"),
    (" p01 ", "P01"),
    ("a2-x", "A2-X"),
    ("0", "0"),
    ("A-1", "A-1"),
    ("abcdefghij0123456789", "ABCDEFGHIJ0123456789"),
];

/// Each kind of text that is not a ref.
pub(crate) const NO_REFS: [&str; 7] = ["", "-1", "P 1", "P_1", "ABCDEFGHIJ01234567890", "É1", "ß1"];
