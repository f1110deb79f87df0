//! [`Map`]: how a ledger's extract is read, as its user wrote it down.

use std::fmt::Display;
use std::ops::RangeInclusive;
use std::path::Path;
use std::str::FromStr;

use serde::{Deserialize, Deserializer};

use crate::import::extract::template::{INVOICES, Template};
use crate::import::fault::{InputError, MapFault};
use crate::import::toml_file;
use crate::model::{Date, FinancialYear, ProjectRef, Vat};

/// The most bytes of a map of any kind.
pub(super) const MAX_BYTES: u64 = 1 << 20;
const MAX_RULES: usize = 500;
/// The most words that all its rules may look for: each is looked for in every line.
const MAX_WORDS: usize = 5000;

/// Which columns of an extract are what, and how a line finds its project. A small TOML file.
///
/// ```
/// use crg::import::Map;
///
/// let text = r#"
/// [columns]
/// date = "Date"
/// amount = ["Net amount", "Amount"]   # either name
/// supplier = "Supplier name"
/// reference = "Transaction number"
///
/// [[project]]
/// ref = "P08"
/// column = "Cost code"
/// is = ["A45015"]
/// "#;
/// assert!(Map::parse("map.toml".as_ref(), text).is_ok());
/// assert!(Map::parse("map.toml".as_ref(), "[columns]\ndate = 'Date'").is_err());
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Map {
    pub(super) text: Text,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Text {
    /// The sheet of a workbook; the one that has the columns by default.
    pub(super) sheet: Option<String>,
    /// What separates the cells of a CSV file; it is found by default.
    pub(super) separator: Option<Parsed<Separator>>,
    /// The row of the header; the first that is not blank by default.
    pub(super) header: Option<u64>,
    /// What the amounts are; net by default.
    #[serde(default = "net")]
    pub(super) vat: Parsed<Vat>,
    /// The grant year of all lines; that of each line's day by default.
    pub(super) year: Option<Parsed<FinancialYear>>,
    /// The first day of the lines that are read; any day by default.
    pub(super) from: Option<Parsed<Date>>,
    /// The last day of the lines that are read; any day by default.
    pub(super) to: Option<Parsed<Date>>,
    /// References that come again, such as a standing order's, and name no invoice.
    #[serde(default)]
    pub(super) recurring: Vec<String>,
    /// What becomes of a line that no rule takes; it is refused by default.
    #[serde(default)]
    pub(super) unmatched: Unmatched,
    /// Columns whose blank cells hold what stands above them.
    #[serde(default)]
    pub(super) fill_down: Vec<Words>,
    pub(super) columns: Columns,
    #[serde(default)]
    pub(super) project: Vec<MapRule>,
    /// The lines that are known to be outside the grant.
    #[serde(default)]
    pub(super) outside: Vec<OutsideRule>,
    /// The template of which this is the map.
    #[serde(skip)]
    pub(super) template: Option<&'static Template>,
    /// Whether the lines outside the grant are kept, for other grants on the same ledger.
    #[serde(skip)]
    pub(super) is_shared: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Columns {
    pub(super) date: Words,
    pub(super) amount: Option<Words>,
    /// The columns of debits and credits, in place of one of amounts.
    pub(super) debit: Option<Words>,
    pub(super) credit: Option<Words>,
    /// A column that says which amounts are credits.
    pub(super) sign: Option<Words>,
    pub(super) supplier: Option<Words>,
    pub(super) reference: Option<Words>,
    /// A column that holds cost categories.
    pub(super) category: Option<Words>,
    pub(super) note: Option<Words>,
    /// A column that says what each amount is; blank cells leave it to the rest of the map.
    pub(super) vat: Option<Words>,
    /// A column that holds the projects' refs.
    pub(super) project: Option<Words>,
}

/// The lines that belong to a project.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MapRule {
    #[serde(rename = "ref")]
    pub(super) project: Parsed<ProjectRef>,
    pub(super) column: Words,
    /// The whole cell is one of these.
    pub(super) is: Option<Words>,
    /// The cell has one of these in it.
    pub(super) contains: Option<Words>,
    /// The column of the cost to the grant, if it is another for this project.
    pub(super) amount: Option<Words>,
    pub(super) vat: Option<Parsed<Vat>>,
}

/// The lines that are known to be outside the grant.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OutsideRule {
    pub(super) column: Words,
    /// The whole cell is one of these.
    pub(super) is: Option<Words>,
    /// The cell has one of these in it.
    pub(super) contains: Option<Words>,
}

/// What becomes of a line that no rule takes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) enum Unmatched {
    /// It is refused.
    #[default]
    Refuse,
    /// It is outside the grant.
    Outside,
    /// It is this project's.
    Of(ProjectRef),
}

/// One word, or several of which any will do.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged, expecting = "a text, or a list of texts")]
pub(super) enum Words {
    One(String),
    Any(Vec<String>),
}

impl Words {
    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        let words = match self {
            Words::One(word) => std::slice::from_ref(word),
            Words::Any(words) => words.as_slice(),
        };
        words.iter().map(String::as_str)
    }
}

/// What separates the cells of a CSV file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Separator(pub(super) u8);

#[derive(Debug, thiserror::Error)]
#[error("a separator: comma, semicolon, tab or pipe")]
pub(super) struct SeparatorError;

impl FromStr for Separator {
    type Err = SeparatorError;

    fn from_str(text: &str) -> Result<Separator, SeparatorError> {
        match text {
            "comma" | "," => Ok(Separator(b',')),
            "semicolon" | ";" => Ok(Separator(b';')),
            "tab" | "\t" => Ok(Separator(b'\t')),
            "pipe" | "|" => Ok(Separator(b'|')),
            _ => Err(SeparatorError),
        }
    }
}

/// A value with a grammar of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Parsed<T>(pub(super) T);

impl<'de, T: FromStr<Err: Display>> Deserialize<'de> for Parsed<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Parsed<T>, D::Error> {
        let text = String::deserialize(from)?;
        let expected = |error| serde::de::Error::custom(format!("{text:?} is not {error}"));
        text.parse().map(Parsed).map_err(expected)
    }
}

impl<'de> Deserialize<'de> for Unmatched {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Unmatched, D::Error> {
        let text = String::deserialize(from)?;
        let expected = || {
            serde::de::Error::custom(format!(
                "{text:?} is not \"refuse\", \"outside\" or a project's ref such as \"P01\""
            ))
        };
        // A ref is read in any case, so these words are too: neither is a project.
        match text.to_ascii_lowercase().as_str() {
            "refuse" => Ok(Unmatched::Refuse),
            "outside" => Ok(Unmatched::Outside),
            text => text.parse().map(Unmatched::Of).map_err(|_| expected()),
        }
    }
}

fn net() -> Parsed<Vat> {
    Parsed(Vat::Net)
}

impl Map {
    /// Reads a map.
    pub fn read(file: &Path) -> Result<Map, InputError> {
        Map::parse(file, &toml_file::read_text(file, MAX_BYTES)?)
    }

    /// Reads the text of a map; `file` is its path, for errors.
    pub fn parse(file: &Path, text: &str) -> Result<Map, InputError> {
        let read: Text = toml_file::parse(file, text, std::iter::empty())?;
        read.validate()
            .map_err(|fault| InputError::one(file, None, fault))?;
        Ok(Map { text: read })
    }

    /// The same map of a ledger that other grants share: the lines outside this grant are kept.
    pub fn of_shared_ledger(mut self) -> Map {
        self.text.is_shared = true;
        self
    }

    /// The map of the template of invoices.
    pub fn of_template() -> Result<Map, InputError> {
        let mut map = Map::parse("template".as_ref(), &INVOICES.map())?;
        map.text.template = Some(&INVOICES);
        Ok(map)
    }
}

impl Text {
    /// The days of the lines that are read.
    pub(super) fn period(&self) -> RangeInclusive<Date> {
        let first = self.from.map_or(Date::MIN, |day| day.0);
        first..=self.to.map_or(Date::MAX, |day| day.0)
    }

    fn validate(&self) -> Result<(), MapFault> {
        if self.project.len() > MAX_RULES || self.outside.len() > MAX_RULES {
            return Err(MapFault::TooManyRules { limit: MAX_RULES });
        }
        let outside = self.outside.iter().map(|rule| (&rule.is, &rule.contains));
        let words = self
            .project
            .iter()
            .map(|rule| (&rule.is, &rule.contains))
            .chain(outside)
            .flat_map(|(is, contains)| is.iter().chain(contains))
            .map(|words| words.iter().count());
        if words.sum::<usize>() > MAX_WORDS {
            return Err(MapFault::TooManyWords { limit: MAX_WORDS });
        }
        let period = self.period();
        if period.is_empty() {
            let (from, to) = (*period.start(), *period.end());
            return Err(MapFault::EmptyPeriod { from, to });
        }
        for rule in &self.project {
            if rule.is.is_some() == rule.contains.is_some() {
                let project = rule.project.0.clone();
                return Err(MapFault::IsOrContains { project });
            }
        }
        if self
            .outside
            .iter()
            .any(|rule| rule.is.is_some() == rule.contains.is_some())
        {
            return Err(MapFault::OutsideIsOrContains);
        }
        self.columns.validate()?;
        let finds_projects = !self.project.is_empty()
            || self.columns.project.is_some()
            || matches!(self.unmatched, Unmatched::Of(_));
        finds_projects.then_some(()).ok_or(MapFault::NoProject)
    }
}

impl Columns {
    /// Checks that there is one way to an amount.
    fn validate(&self) -> Result<(), MapFault> {
        let ways = (&self.amount, &self.debit, &self.credit, &self.sign);
        match ways {
            (Some(_), None, None, _) | (None, Some(_), Some(_), None) => Ok(()),
            _ => Err(MapFault::Amount),
        }
    }
}
