//! Documents: the files that are evidence, and for which entries.

use crate::document::{Head, Report, Table, declare};
use crate::fold::YearView;
use crate::model::{Date, Entry, EntryNumber, Event, Fingerprint, ProjectRef};
use crate::report::head::YearHead;

declare! {
    /// The documents of a year.
    pub struct DocumentsReport {
        /// The year.
        #[serde(flatten)]
        pub head: YearHead,
        /// One row per document, in fold order.
        pub rows: Vec<DocumentRow>,
    }

    /// A file that is evidence. It stays outside the book.
    pub row DocumentRow {
        /// The number of its `document` entry.
        pub entry: EntryNumber => shown("Entry"),
        /// The day.
        pub on: Date => shown("Date"),
        /// What it is, or the name of its file.
        pub title: String => shown("Title"),
        /// The project that it is about.
        pub project: Option<ProjectRef> => shown("Project"),
        /// The entry that it is evidence for.
        pub evidence_for: Option<EntryNumber> => shown("For entry"),
        /// The SHA-256 of the file.
        pub sha256: Fingerprint => detail("SHA-256"),
        /// Anything a reader should know.
        pub note: Option<String> => detail,
    }
}

impl DocumentsReport {
    /// The documents among the entries of a view.
    pub fn new(view: &YearView) -> DocumentsReport {
        let rows = view.standing.iter().filter_map(DocumentRow::new);
        DocumentsReport {
            head: YearHead::new(view),
            rows: rows.collect(),
        }
    }
}

impl DocumentRow {
    /// The row of a `document` entry.
    pub(crate) fn new(entry: &Entry) -> Option<DocumentRow> {
        let Event::Document {
            title,
            value,
            project,
            entry: evidence_for,
        } = &entry.event
        else {
            return None;
        };
        Some(DocumentRow {
            entry: entry.number,
            on: entry.on,
            title: title.clone(),
            project: project.clone(),
            evidence_for: *evidence_for,
            sha256: *value,
            note: entry.note.clone(),
        })
    }
}

impl Report for DocumentsReport {
    fn head(&self) -> Head {
        self.head.titled("Documents of ")
    }

    fn data(&self) -> Table {
        Table::of("", &self.rows)
    }
}
