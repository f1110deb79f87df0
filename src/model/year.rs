//! [`FinancialYear`] and [`Quarter`]: 1 April to 31 March, in four quarters.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::date::{Date, has_shape};
use crate::model::keyword::written;

/// A financial year, 1 April to 31 March, written `2025/26`.
///
/// People also write `25/26`, `2025-26`, `2025–26`, `2025/2026` and `2025`, and all are read; a span
/// such as `2025-2029` is a plan and is refused.
///
/// ```
/// use crg::model::FinancialYear;
///
/// let year: FinancialYear = "2025–26".parse()?;
/// assert_eq!(year.to_string(), "2025/26");
/// assert_eq!(year.last_day().to_string(), "2026-03-31");
/// assert!("2025-2029".parse::<FinancialYear>().is_err());
/// # Ok::<(), crg::model::YearError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FinancialYear(i16);

impl FinancialYear {
    /// Returns `true` if the text has the shape in which this program writes a year.
    pub(super) fn is_canonical(text: &str) -> bool {
        has_shape(text, "9999/99")
    }

    /// The year that contains a day.
    pub fn containing(date: Date) -> FinancialYear {
        let start = date.calendar_year() - i16::from(date.month() < 4);
        FinancialYear(start.clamp(2000, 2098))
    }

    /// 1 April.
    pub fn first_day(self) -> Date {
        Date::of(self.0, 4, 1)
    }

    /// 31 March.
    pub fn last_day(self) -> Date {
        Date::of(self.0 + 1, 3, 31)
    }

    /// 1 January before the year begins: the first day an entry of the year may carry.
    pub fn opens(self) -> Date {
        Date::of(self.0, 1, 1)
    }

    /// The year, and those before and after it: a late invoice may be on record in either.
    pub fn and_neighbours(self) -> [FinancialYear; 3] {
        [FinancialYear((self.0 - 1).max(2000)), self, self.next()]
    }

    /// The year after.
    pub fn next(self) -> FinancialYear {
        FinancialYear((self.0 + 1).min(2098))
    }

    /// The quarter in which a day counts: days before the year count in Q1, days after it in Q4.
    pub fn quarter_of(self, date: Date) -> Quarter {
        match date.clamp(self.first_day(), self.last_day()).month() {
            4..=6 => Quarter::Q1,
            7..=9 => Quarter::Q2,
            10..=12 => Quarter::Q3,
            _ => Quarter::Q4,
        }
    }

    /// The last quarter that was over before a day, and its year.
    pub fn last_quarter_before(date: Date) -> (FinancialYear, Quarter) {
        let [before, year, _] = FinancialYear::containing(date).and_neighbours();
        let is_over = |quarter: &&Quarter| year.quarter_end(**quarter) < date;
        let over = Quarter::ALL.iter().rev().find(is_over);
        over.map_or((before, Quarter::Q4), |quarter| (year, *quarter))
    }

    /// The last day of a quarter.
    pub fn quarter_end(self, quarter: Quarter) -> Date {
        match quarter {
            Quarter::Q1 => Date::of(self.0, 6, 30),
            Quarter::Q2 => Date::of(self.0, 9, 30),
            Quarter::Q3 => Date::of(self.0, 12, 31),
            Quarter::Q4 => self.last_day(),
        }
    }
}

impl fmt::Display for FinancialYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{}/{:02}", self.0, (self.0 + 1) % 100))
    }
}

written!(FinancialYear);

/// The error for a text that is not a [`FinancialYear`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum YearError {
    /// Not written as a year.
    #[error("a financial year; write it as 2025/26")]
    Grammar,
    /// Two years that do not follow each other: a plan's span.
    #[error("one financial year; write it as 2025/26")]
    Span,
    /// Outside the years a book can hold.
    #[error("a financial year from 2000/01 to 2098/99")]
    Range,
}

impl FromStr for FinancialYear {
    type Err = YearError;

    fn from_str(text: &str) -> Result<FinancialYear, YearError> {
        let text = text.trim();
        let (start, end) = match text.split_once(['/', '-', '–']) {
            Some((start, end)) => (start, Some(end)),
            None if text.len() == 4 => (text, None),
            None => return Err(YearError::Grammar),
        };
        let figures = |t: &str| t.bytes().all(|b| b.is_ascii_digit());
        let lengths = (start.len(), end.map_or(2, str::len));
        let is_written_so = matches!(lengths, (4, 2 | 4) | (2, 2));
        if !is_written_so || !figures(start) || !end.is_none_or(figures) {
            return Err(YearError::Grammar);
        }
        let number: i16 = start.parse().map_err(|_| YearError::Grammar)?;
        let start = if start.len() == 2 {
            2000 + number
        } else {
            number
        };
        let next = (start + 1).to_string();
        if end.is_some_and(|end| next != end && next.get(2..) != Some(end)) {
            return Err(YearError::Span);
        }
        if (2000..=2098).contains(&start) {
            Ok(FinancialYear(start))
        } else {
            Err(YearError::Range)
        }
    }
}

/// A quarter of a financial year: Q1 is April to June.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
pub enum Quarter {
    /// April to June, and what was dated before the year.
    Q1,
    /// July to September.
    Q2,
    /// October to December.
    Q3,
    /// January to March, and what was dated after the year.
    Q4,
}

impl Quarter {
    /// All four, in order.
    pub const ALL: &[Quarter] = &[Quarter::Q1, Quarter::Q2, Quarter::Q3, Quarter::Q4];
}

impl fmt::Display for Quarter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

/// The error for a text that is not a [`Quarter`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a quarter; write Q1, Q2, Q3 or Q4")]
pub struct QuarterError;

impl FromStr for Quarter {
    type Err = QuarterError;

    fn from_str(text: &str) -> Result<Quarter, QuarterError> {
        match text {
            "Q1" | "q1" | "1" => Ok(Quarter::Q1),
            "Q2" | "q2" | "2" => Ok(Quarter::Q2),
            "Q3" | "q3" | "3" => Ok(Quarter::Q3),
            "Q4" | "q4" | "4" => Ok(Quarter::Q4),
            _ => Err(QuarterError),
        }
    }
}
