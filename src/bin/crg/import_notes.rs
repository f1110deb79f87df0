//! What deserves a second look after an import, wherever it was started.

use crg::document::counted;
use crg::model::{Contact, Date};
use crg::report::{ImportReport, ImportRow};

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
