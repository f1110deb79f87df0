//! Whether the documents on record are in a folder, unchanged.

use crate::book::handle::Book;
use crate::document::counted;
use crate::error::Error;
use crate::fold::Lens;
use crate::import::EvidenceFolder;
use crate::model::Date;
use crate::report::{CheckReport, DocumentRow, Finding};

impl Book {
    /// Adds the check `documents` to a report: each document on record is looked for in a folder by
    /// its SHA-256, whatever the name of its file and wherever in the folder it is.
    pub fn check_documents(
        &self,
        folder: &EvidenceFolder,
        report: &mut CheckReport,
    ) -> Result<(), Error> {
        let documents = self.every_document()?;
        let digests = folder.digests();
        let lost = documents.iter();
        let lost = lost.filter(|row| !digests.contains_key(row.sha256.as_bytes()));
        let details = lost.map(|row| describe(row, folder)).collect();
        let (documents, files) = (
            counted(documents.len(), "document"),
            counted(folder.len(), "file"),
        );
        let looked_at = format!("{documents}, {files}");
        report.add("documents", Finding::Warning, looked_at, details);
        Ok(())
    }

    fn every_document(&self) -> Result<Vec<DocumentRow>, Error> {
        let mut documents = Vec::new();
        for year in self.years()? {
            let view = self.documents(year, Lens::at(Date::MAX))?;
            documents.extend(view.rows);
        }
        Ok(documents)
    }
}

/// What became of a document that is not in the folder as it was: a file of its name is another
/// version of it. The note may hold the name if the title does not.
fn describe(row: &DocumentRow, folder: &EvidenceFolder) -> String {
    let (entry, title) = (row.entry, &row.title);
    let names = [title.as_str(), row.note.as_deref().unwrap_or_default()];
    match folder.named(&names) {
        Some(file) => format!(
            "entry {entry}, {title}: {} was changed after it was recorded",
            file.display()
        ),
        None => format!("entry {entry}, {title}: no file of the folder is this document"),
    }
}
