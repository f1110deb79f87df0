//! The check: named checks in order, and what each of them found.

use std::cmp::Reverse;

use crate::document::{
    Block, Head, Report, Table, counted, declare, displayed, tables_and_notes, text,
};
use crate::model::{keywords, printable};

keywords! {
    /// How serious a finding is.
    Finding, FindingError, "ok, warning or fault" {
        /// Nothing was found.
        Ok = "ok",
        /// A lapse of process.
        Warning = "warning",
        /// A fault of the money, the record or the file.
        Fault = "fault",
    }
}

displayed! { Finding }

declare! {
    /// What the checks found.
    #[derive(Default)]
    pub struct CheckReport {
        /// The findings in the order of the checks; a check that found nothing has one row saying
        /// so.
        pub rows: Vec<CheckRow>,
    }

    /// One finding.
    pub row CheckRow {
        /// The check's name.
        pub check: &'static str => shown("Check"),
        /// How serious it is.
        pub finding: Finding => shown("Finding"),
        /// What the check examined, and how much of it.
        pub looked_at: String => shown("Scope"),
        /// What was found.
        pub detail: String => shown("Details"),
    }
}

impl CheckReport {
    /// Adds a check: what it examined and what it found, which is nothing or some details that are
    /// equally serious. Texts of a damaged file may be in them, so control characters are shown by
    /// their codes.
    pub fn add(
        &mut self,
        check: &'static str,
        finding: Finding,
        looked_at: String,
        details: Vec<String>,
    ) {
        let row = |finding, detail: String| CheckRow {
            check,
            finding,
            looked_at: looked_at.clone(),
            detail: printable(&detail),
        };
        if details.is_empty() {
            self.rows.push(row(Finding::Ok, String::new()));
        }
        let found = details.into_iter().map(|detail| row(finding, detail));
        self.rows.extend(found);
    }

    /// Returns `true` if this check found a fault and no other check did.
    pub fn is_only(&self, check: &str) -> bool {
        let mut faults = self.found(Finding::Fault).peekable();
        faults.peek().is_some() && faults.all(|row| row.check == check)
    }

    /// The most serious finding.
    pub fn worst(&self) -> Finding {
        let findings = self.rows.iter().map(|row| row.finding);
        findings.max().unwrap_or(Finding::Ok)
    }

    /// What was found, the most serious first; and the rows of the checks that found nothing.
    pub fn parted(self) -> (CheckReport, Vec<CheckRow>) {
        let is_ok = |row: &CheckRow| row.finding == Finding::Ok;
        let (passed, mut rows): (Vec<CheckRow>, _) = self.rows.into_iter().partition(is_ok);
        rows.sort_by_key(|row| Reverse(row.finding));
        (CheckReport { rows }, passed)
    }

    fn found(&self, finding: Finding) -> impl Iterator<Item = &CheckRow> {
        self.rows.iter().filter(move |row| row.finding == finding)
    }
}

impl Report for CheckReport {
    fn head(&self) -> Head {
        "Check of the book".into()
    }

    fn data(&self) -> Table {
        Table::of("", &self.rows)
    }

    fn blocks(&self) -> Vec<Block> {
        let faults = counted(self.found(Finding::Fault).count(), "fault");
        let warnings = counted(self.found(Finding::Warning).count(), "warning");
        tables_and_notes([self.data()], [text![faults, ", ", warnings, "."]])
    }
}
