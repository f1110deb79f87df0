//! What deserves a second look after an import, wherever it was started.

use std::collections::BTreeMap;

use crg::document::counted;
use crg::model::{Contact, Date, EntryNumber};
use crg::report::{ImportReport, ImportRow};
use crg::{Book, FinancialYear, ProjectRef, Quarter};

use crate::notes::personal_rows;

/// The notes on lines that were recorded.
pub(crate) fn import_notes(report: &ImportReport, today: Date) -> Vec<String> {
    [contacts(report), future(report, today)]
        .into_iter()
        .flatten()
        .collect()
}

/// Suppliers that look as if they hold a person's contact details.
fn contacts(report: &ImportReport) -> Option<String> {
    let has_contact = |row: &&ImportRow| {
        let supplier = row.supplier.as_deref().unwrap_or_default();
        row.entry.is_some() && Contact::find(supplier).is_some()
    };
    let rows = report.rows.iter().filter(has_contact);
    personal_rows(&rows.map(|row| row.row).collect::<Vec<u64>>())
}

/// Lines with a date in the future.
fn future(report: &ImportReport, today: Date) -> Option<String> {
    let is_future = |row: &&ImportRow| row.entry.is_some() && row.on.is_some_and(|on| on > today);
    let rows: Vec<&ImportRow> = report.rows.iter().filter(is_future).collect();
    let first = rows.first()?;
    Some(format!(
        "{} dated in the future, the first on {} in row {}: please check",
        counted(rows.len(), "line"),
        first.on?.long(),
        first.row
    ))
}

/// Lines of the first quarter that are counted in the new year although the year before has a
/// project of the same ref: a late invoice belongs to that one.
pub(crate) struct EarlierYear {
    pub(crate) before: FinancialYear,
    pub(crate) project: ProjectRef,
    lines: usize,
    /// The row and the entry of the first.
    row: u64,
    pub(crate) entry: Option<EntryNumber>,
}

impl EarlierYear {
    /// What is to be looked at, with what puts a line into the earlier year.
    pub(crate) fn note(&self, fix: &str) -> String {
        let (before, project, row) = (self.before, &self.project, self.row);
        let (lines, year) = (counted(self.lines, "line"), before.next());
        format!(
            "{lines} of {project} up to 30 June, the first in row {row}, counted in {year}; {before} has \
             a project {project} too: if a line belongs there, {fix}"
        )
    }
}

/// The lines that may belong to an earlier year, one for each project.
pub(crate) fn earlier_years(report: &ImportReport, book: &Book) -> Vec<EarlierYear> {
    let mut known: BTreeMap<&ProjectRef, Vec<FinancialYear>> = BTreeMap::new();
    let mut found: BTreeMap<(FinancialYear, &ProjectRef), EarlierYear> = BTreeMap::new();
    for row in report.rows.iter().filter(|row| row.is_recorded_as_new()) {
        let (Some(project), Some(year), Some(on)) = (&row.project, row.year, row.on) else {
            continue;
        };
        if year.quarter_of(on) != Quarter::Q1 {
            continue;
        }
        // It is recorded: if the book cannot be read again, there is nothing to note.
        let years = known.entry(project).or_insert_with(|| {
            let proposals = book.proposals(project).unwrap_or_default();
            proposals.into_iter().map(|(year, _)| year).collect()
        });
        if let Some(before) = years.iter().find(|before| before.next() == year) {
            let lines = found.entry((*before, project)).or_insert(EarlierYear {
                before: *before,
                project: project.clone(),
                lines: 0,
                row: row.row,
                entry: row.entry,
            });
            lines.lines += 1;
        }
    }
    found.into_values().collect()
}
