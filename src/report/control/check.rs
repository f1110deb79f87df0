//! The check: named checks in order, and what each found.

use serde::Serialize;

use crate::document::{Field, Report, Table, counted};

/// How serious a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Finding {
    /// Nothing was found.
    Ok,
    /// A lapse of process.
    Warning,
    /// A fault of money, record or file.
    Fault,
}

impl Finding {
    fn as_str(self) -> &'static str {
        match self {
            Finding::Ok => "ok",
            Finding::Warning => "warning",
            Finding::Fault => "fault",
        }
    }
}

/// What the checks found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct CheckReport {
    /// In the order of the checks; a check that found nothing has one row that says so.
    pub rows: Vec<CheckRow>,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CheckRow {
    /// The check's name.
    pub check: &'static str,
    /// How serious.
    pub finding: Finding,
    /// What the check looked at, counted.
    pub looked_at: String,
    /// What was found.
    pub detail: String,
}

impl CheckReport {
    /// Takes in what a check looked at and what it found: nothing, or a list of details of one
    /// seriousness.
    pub fn add(
        &mut self,
        check: &'static str,
        finding: Finding,
        looked_at: String,
        details: Vec<String>,
    ) {
        if details.is_empty() {
            self.rows.push(CheckRow {
                check,
                finding: Finding::Ok,
                looked_at,
                detail: String::new(),
            });
            return;
        }
        for detail in details {
            self.rows.push(CheckRow {
                check,
                finding,
                looked_at: looked_at.clone(),
                detail,
            });
        }
    }

    /// Is this check the only one that found a fault?
    #[must_use]
    pub fn is_only(&self, check: &str) -> bool {
        let mut faults = self
            .rows
            .iter()
            .filter(|row| row.finding == Finding::Fault)
            .peekable();
        faults.peek().is_some() && faults.all(|row| row.check == check)
    }

    /// The most serious finding.
    #[must_use]
    pub fn worst(&self) -> Finding {
        self.rows
            .iter()
            .map(|row| row.finding)
            .max()
            .unwrap_or(Finding::Ok)
    }
}

impl Report for CheckReport {
    fn title(&self) -> String {
        "Check of the book".into()
    }

    fn tables(&self) -> Vec<Table> {
        let fields = [
            ("check", "Check"),
            ("finding", "Finding"),
            ("looked_at", "Looked at"),
            ("detail", "Detail"),
        ];
        let mut table = Table::new(
            "",
            &fields.map(|(name, heading)| Field::left(name, heading)),
        );
        let row = |row: &CheckRow| {
            vec![
                row.check.into(),
                row.finding.as_str().into(),
                row.looked_at.as_str().into(),
                row.detail.as_str().into(),
            ]
        };
        table.rows = self.rows.iter().map(row).collect();
        vec![table]
    }

    fn notes(&self) -> Vec<String> {
        let count = |finding| {
            self.rows
                .iter()
                .filter(|row| row.finding == finding)
                .count()
        };
        vec![format!(
            "{}, {}.",
            counted(count(Finding::Fault), "fault"),
            counted(count(Finding::Warning), "warning")
        )]
    }
}
