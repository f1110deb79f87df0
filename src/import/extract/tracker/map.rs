//! [`TrackerMap`]: how a tracker is read, as its user wrote it down.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

use crate::import::extract::map::{MAX_BYTES, Parsed, Separator, Words};
use crate::import::extract::template::{TRACKER, Template};
use crate::import::fault::InputError;
use crate::import::toml_file;
use crate::model::{FinancialYear, Pot, Stage};

/// Which columns of a tracker are what. A small TOML file.
///
/// ```
/// use crg::import::TrackerMap;
///
/// let text = r#"
/// year = "2025/26"
/// pot = "upfront"
///
/// [columns]
/// project = "Ref"
/// title = "Project"
/// lead = "Lead agency"
/// asked = "Requested"
/// approved = "Awarded"
/// approved_on = "Date of award"
///
/// [status]
/// "In progress" = "approved"
/// "#;
/// assert!(TrackerMap::parse("map.toml".as_ref(), text).is_ok());
/// assert!(TrackerMap::parse("map.toml".as_ref(), "[columns]\ntitle = 'Project'").is_err());
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrackerMap {
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
    /// The grant year of all rows.
    pub(super) year: Option<Parsed<FinancialYear>>,
    /// The pot of rows that name none.
    pub(super) pot: Option<Parsed<Pot>>,
    pub(super) columns: Named,
    /// What the tracker's own words for a status mean.
    #[serde(default)]
    pub(super) status: BTreeMap<String, Parsed<Stage>>,
    /// The template of which this is the map.
    #[serde(skip)]
    pub(super) template: Option<&'static Template>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Named {
    pub(super) project: Words,
    pub(super) title: Words,
    pub(super) lead: Words,
    pub(super) pot: Option<Words>,
    pub(super) priorities: Option<Words>,
    pub(super) status: Option<Words>,
    pub(super) asked: Words,
    pub(super) approved: Option<Words>,
    pub(super) spent: Option<Words>,
    pub(super) proposed_on: Option<Words>,
    /// The day on which the working group decided.
    pub(super) decided_on: Option<Words>,
    pub(super) endorsed_on: Option<Words>,
    pub(super) submitted_on: Option<Words>,
    /// The day of the OPCC's decision.
    pub(super) approved_on: Option<Words>,
    /// The day up to which the spend counts.
    pub(super) spent_on: Option<Words>,
    /// The day on which it was completed, withdrawn, declined or rejected.
    pub(super) ended_on: Option<Words>,
}

impl TrackerMap {
    /// Reads a map.
    ///
    /// # Errors
    ///
    /// An [`InputError`] if the file cannot be read, or is no map of a tracker.
    pub fn read(file: &Path) -> Result<TrackerMap, InputError> {
        TrackerMap::parse(file, &toml_file::read_text(file, MAX_BYTES)?)
    }

    /// Reads the text of a map; `file` is its path, for errors.
    ///
    /// # Errors
    ///
    /// An [`InputError`] if it is no map of a tracker.
    pub fn parse(file: &Path, text: &str) -> Result<TrackerMap, InputError> {
        let text = toml_file::parse(file, text, std::iter::empty())?;
        Ok(TrackerMap { text })
    }

    /// The map of the template of trackers.
    pub fn of_template() -> Result<TrackerMap, InputError> {
        let mut map = TrackerMap::parse("template".as_ref(), &TRACKER.map())?;
        map.text.template = Some(&TRACKER);
        Ok(map)
    }
}
