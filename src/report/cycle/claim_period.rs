//! [`ClaimPeriod`]: the days for which a claim is made.

use std::fmt;
use std::str::FromStr;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer};

use crate::document::displayed;
use crate::model::{Date, DateError, FinancialYear, Quarter};

/// The days for which a claim is made: a quarter, a half of the year, or from a day to a day.
///
/// ```
/// use crg::report::ClaimPeriod;
///
/// let period: ClaimPeriod = "1/4/2025..31/7/2025".parse()?;
/// assert_eq!(period.to_string(), "2025-04-01..2025-07-31");
/// assert_eq!(period.title("2025/26".parse().unwrap()), "Claim 2025/26 2025-04-01..2025-07-31");
/// # Ok::<(), crg::report::ClaimPeriodError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClaimPeriod {
    /// A quarter.
    Quarter(Quarter),
    /// April to September.
    H1,
    /// October to March.
    H2,
    /// From a day to a day, both included.
    Days {
        /// The first day.
        from: Date,
        /// The last day.
        to: Date,
    },
}

/// The error for a text that is not a [`ClaimPeriod`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ClaimPeriodError {
    /// It is nothing of that kind.
    #[error("a period; write Q1 to Q4, H1, H2, or two days such as 1/4/2025..31/7/2025")]
    Unknown,
    /// One of its days is none.
    #[error(transparent)]
    Date(#[from] DateError),
    /// It ends before it begins.
    #[error("a period that ends on or after the day it begins")]
    EndsFirst,
}

displayed! { ClaimPeriod }

impl ClaimPeriod {
    /// Its first day in a year.
    pub fn first_day(self, year: FinancialYear) -> Date {
        let after = |quarter| {
            let end = year.quarter_end(quarter);
            end.tomorrow().unwrap_or(end)
        };
        match self {
            ClaimPeriod::Quarter(Quarter::Q1) | ClaimPeriod::H1 => year.first_day(),
            ClaimPeriod::Quarter(Quarter::Q2) => after(Quarter::Q1),
            ClaimPeriod::Quarter(Quarter::Q3) | ClaimPeriod::H2 => after(Quarter::Q2),
            ClaimPeriod::Quarter(Quarter::Q4) => after(Quarter::Q3),
            ClaimPeriod::Days { from, .. } => from,
        }
    }

    /// Its last day in a year.
    pub fn last_day(self, year: FinancialYear) -> Date {
        match self {
            ClaimPeriod::Quarter(quarter) => year.quarter_end(quarter),
            ClaimPeriod::H1 => year.quarter_end(Quarter::Q2),
            ClaimPeriod::H2 => year.last_day(),
            ClaimPeriod::Days { to, .. } => to,
        }
    }

    /// The last day whose spend counts, as at a day: one that reaches 31 March has the spend dated
    /// later too.
    pub fn counts_to(self, year: FinancialYear, as_at: Date) -> Date {
        match self.last_day(year) {
            last if last < year.last_day() => last.min(as_at),
            _ => as_at,
        }
    }

    /// The day of a claim: the last one of the period, or today if that is later and the period
    /// reaches 31 March.
    pub fn as_at(self, year: FinancialYear, today: Date) -> Date {
        self.last_day(year).max(self.counts_to(year, today))
    }

    /// The title of its claim in an `issue` or `certify` entry: `Claim 2025/26 H1`.
    pub fn title(self, year: FinancialYear) -> String {
        format!("Claim {year} {self}")
    }

    /// The period of the claim that has a title.
    pub(crate) fn of_title(year: FinancialYear, title: &str) -> Option<ClaimPeriod> {
        let period = title.strip_prefix("Claim ")?.rsplit(' ').next()?;
        let period: ClaimPeriod = period.parse().ok()?;
        (period.title(year) == title).then_some(period)
    }
}

impl fmt::Display for ClaimPeriod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ClaimPeriod::Quarter(quarter) => write!(f, "{quarter}"),
            ClaimPeriod::H1 => f.write_str("H1"),
            ClaimPeriod::H2 => f.write_str("H2"),
            ClaimPeriod::Days { from, to } => write!(f, "{from}..{to}"),
        }
    }
}

impl FromStr for ClaimPeriod {
    type Err = ClaimPeriodError;

    fn from_str(text: &str) -> Result<ClaimPeriod, ClaimPeriodError> {
        let text = text.trim();
        if let Some((from, to)) = text.split_once("..") {
            let (from, to): (Date, Date) = (from.trim().parse()?, to.trim().parse()?);
            if to < from {
                return Err(ClaimPeriodError::EndsFirst);
            }
            return Ok(ClaimPeriod::Days { from, to });
        }
        match text {
            "H1" | "h1" => Ok(ClaimPeriod::H1),
            "H2" | "h2" => Ok(ClaimPeriod::H2),
            text => {
                let quarter = text.parse().map_err(|_| ClaimPeriodError::Unknown)?;
                Ok(ClaimPeriod::Quarter(quarter))
            }
        }
    }
}

impl Serialize for ClaimPeriod {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl JsonSchema for ClaimPeriod {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "claim-period".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A quarter, a half of the year, or the first and last day.",
            "type": "string",
            "pattern": "^(Q[1-4]|H[12]|20[0-9]{2}-[0-9]{2}-[0-9]{2}\\.\\.20[0-9]{2}-[0-9]{2}-[0-9]{2})$",
        })
    }
}
