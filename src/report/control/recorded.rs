//! What a command recorded, and where that leaves its projects and pots.

use crate::document::{Cell, CellValue, Head, Report, Table, counted, declare, text};
use crate::fold::{PotName, Project};
use crate::model::{Date, Entry, EntryNumber, FinancialYear, Fingerprint, Kind, Money, ProjectRef};
use crate::report::money::{PotReport, PotRow};

declare! {
    /// What a command recorded, and where that leaves its projects and pots.
    pub struct RecordedReport {
        /// `true` if it was tried only, and nothing was recorded.
        pub dry_run: bool,
        /// Whose book it is.
        pub partnership: String,
        /// The file of the book, as it was named.
        pub file: String,
        /// The entries, in the order recorded.
        pub entries: Vec<RecordedEntry>,
        /// The projects they concern, after all entries.
        pub projects: Vec<ProjectLeft>,
        /// The pots of each year they touched, after all entries.
        pub pots: Vec<PotsLeft>,
        /// What a tracker has otherwise than the book, so that it waits for a decision.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        pub waiting: Vec<ProjectWaiting>,
        /// What deserves a second look, in words.
        pub notes: Vec<String>,
    }

    /// A project of a tracker of which nothing is recorded until someone decides.
    pub struct ProjectWaiting {
        /// The tracker's row.
        pub row: u64,
        /// The project.
        pub project: ProjectRef,
        /// Why it waits.
        pub why: String,
    }

    /// An entry as it was recorded.
    pub row RecordedEntry {
        /// Its number.
        pub entry: EntryNumber => shown("Entry"),
        /// The day it takes effect.
        pub on: Date => shown("Date"),
        /// The grant year.
        pub year: FinancialYear => detail,
        /// Its kind.
        pub kind: Kind => shown("Type"),
        /// Its project.
        pub project: Option<ProjectRef> => { of: String => shown("Project") from |row| row.concerns() },
        /// Its pot.
        pub pot: Option<PotName>,
        /// The title of its project.
        pub title: Option<String> => shown("Title"),
        /// Its amount; for a reversal, that of the entry it reverses.
        pub amount: Option<Money> => shown("Amount"),
        /// What its project has left of its award, after all entries; for money that moves.
        pub left: Option<Money> => shown("Left of award"),
        /// Its fingerprint.
        pub fingerprint: Fingerprint => detail,
    }

    /// What a project has left of its award.
    pub struct ProjectLeft {
        /// The grant year.
        pub year: FinancialYear,
        /// Its ref.
        pub project: ProjectRef,
        /// Its title.
        pub title: String,
        /// Its net award.
        pub award: Money,
        /// What it spent.
        pub spent: Money,
        /// What it returned.
        pub returned: Money,
        /// What is left of the award.
        pub left: Money,
    }

    /// The pots of a year.
    pub struct PotsLeft {
        /// The grant year.
        pub year: FinancialYear,
        /// Both pots' allocation.
        pub allocation: Money,
        /// Whether the OPCC has confirmed the year.
        pub confirmed: bool,
        /// The upfront pot.
        pub upfront: PotRow,
        /// The tactical pot.
        pub tactical: PotRow,
    }
}

impl ProjectLeft {
    /// A project's figures, under its title.
    pub(crate) fn new(
        year: FinancialYear,
        reference: &ProjectRef,
        title: String,
        project: &Project,
    ) -> ProjectLeft {
        ProjectLeft {
            year,
            project: reference.clone(),
            title,
            award: project.award,
            spent: project.spent,
            returned: project.returned,
            left: project.unspent(),
        }
    }
}

impl PotsLeft {
    /// The pots of a year, after all that was recorded.
    pub(crate) fn new(pots: &PotReport) -> PotsLeft {
        PotsLeft {
            year: pots.year,
            allocation: pots.allocation,
            confirmed: pots.confirmed,
            upfront: pots.upfront,
            tactical: pots.tactical,
        }
    }
}

impl RecordedEntry {
    /// An entry, with the project that it or the entry it names concerns.
    pub(crate) fn new(
        entry: &Entry,
        named: Option<&Entry>,
        project: Option<&ProjectLeft>,
        pot: Option<PotName>,
        fingerprint: Fingerprint,
    ) -> RecordedEntry {
        let subject = named.unwrap_or(entry);
        // A document is evidence of what another entry moved, and moves nothing itself.
        let moved = match entry.event.kind() {
            Kind::Document => entry,
            _ => subject,
        };
        let moves = moved.event.kind().arrow().is_some();
        RecordedEntry {
            entry: entry.number,
            on: entry.on,
            year: entry.year,
            kind: entry.event.kind(),
            project: subject.event.project().cloned(),
            pot,
            title: project.map(|project| project.title.clone()),
            amount: moved.event.amount(),
            left: project.filter(|_| moves).map(|project| project.left),
            fingerprint,
        }
    }
}

impl RecordedEntry {
    /// The project or the pot it concerns.
    fn concerns(&self) -> Cell {
        match &self.project {
            Some(project) => project.cell(),
            None => self.pot.cell(),
        }
    }
}

impl Report for RecordedReport {
    fn head(&self) -> Head {
        let entries = counted(self.entries.len(), "entry");
        let done = if self.dry_run {
            "Would record "
        } else {
            "Recorded "
        };
        match &self.entries[..] {
            [first, others @ ..] if others.iter().all(|row| row.year == first.year) => {
                text![done, entries, " of ", first.year].into()
            }
            _ => text![done, entries].into(),
        }
    }

    /// One row per entry, without the columns that say nothing of any.
    fn data(&self) -> Table {
        let columns = RecordedEntry::COLUMN;
        let mut empty = Vec::new();
        if self.entries.iter().all(|row| row.concerns() == Cell::Empty) {
            empty.push(columns.of);
        }
        if self.entries.iter().all(|row| row.title.is_none()) {
            empty.push(columns.title);
        }
        if self.entries.iter().all(|row| row.amount.is_none()) {
            empty.push(columns.amount);
        }
        if self.entries.iter().all(|row| row.left.is_none()) {
            empty.push(columns.left);
        }
        Table::of("", &self.entries).hidden(&empty)
    }
}
