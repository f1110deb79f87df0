//! Every row of `entries.csv` through the rules, and into the book.

use std::collections::BTreeMap;

use crate::book::load::columns::{ENTRIES, RECORD};
use crate::book::load::files::{Files, Rows, cells, open_entries};
use crate::book::load::threads::{Outbox, admit_and_write};
use crate::book::record::Clerk;
use crate::error::Error;
use crate::import::fault::{FileFault, FolderFault};
use crate::import::{InputError, Sheet};
use crate::model::{Contact, Draft, Entry, EntryNumber, FinancialYear, Fingerprint, Moment};
use crate::rules::{History, Refusal};

/// A row of `entries.csv`.
struct Row {
    /// Its number in the file.
    number: u64,
    draft: Draft,
    /// True if it looks as if it holds a person's contact details.
    has_contact: bool,
}

/// An entry that the rules allow.
struct Allowed {
    entry: Entry,
    /// The fingerprint that `record.csv` has for it, and in which row.
    vouched: Option<(Fingerprint, u64)>,
}

/// Takes every row through the rules, and writes it. Returns the rows that look as if they hold a
/// person's contact details.
pub(super) fn admit_rows(
    files: &Files<'_>,
    clerk: &mut Clerk<'_, '_>,
    by: &str,
    now: Moment,
    rows: &Rows,
) -> Result<Vec<u64>, Error> {
    let before = clerk.writing.head().last.map_or(0, |(number, _)| number.0);
    let numbers = clerk.writing.next_numbers(rows.count)?;
    for year in &rows.years {
        clerk.history(*year)?;
    }
    let mut admission = Admission {
        files,
        by,
        now,
        before,
        rows,
        histories: &mut clerk.histories,
        named: BTreeMap::new(),
    };
    let admit = |outbox: &mut Outbox<Allowed>| admission.admit(numbers, outbox);
    let path = clerk.writing.store().path().to_owned();
    admit_and_write(&path, admit, |Allowed { entry, vouched }| {
        clerk.writing.append(&entry)?;
        let found = clerk.writing.head().fingerprint;
        match vouched {
            Some((expected, row)) if expected != found => {
                let fault = FolderFault::Fingerprint {
                    entry: entry.number.0.into(),
                    found,
                    expected,
                };
                Err(InputError::one(&files.folder.path(RECORD), Some(row), fault).into())
            }
            _ => Ok(()),
        }
    })
}

/// The rows on their way through the rules.
struct Admission<'a> {
    files: &'a Files<'a>,
    by: &'a str,
    now: Moment,
    /// How many entries the book had before.
    before: u32,
    rows: &'a Rows,
    /// The history of every year that a row is about.
    histories: &'a mut BTreeMap<FinancialYear, History>,
    /// The entries that later rows name.
    named: BTreeMap<EntryNumber, Entry>,
}

impl Admission<'_> {
    fn admit(
        &mut self,
        numbers: impl Iterator<Item = EntryNumber>,
        outbox: &mut Outbox<Allowed>,
    ) -> Result<Vec<u64>, Error> {
        let mut contacts = Vec::new();
        let mut sheet = open_entries(self.files.folder)?;
        let mut record = self.files.open_record()?;
        for (in_file, number) in (1..).zip(numbers) {
            let row = self.read_again(&mut sheet)?;
            let vouched = record
                .as_mut()
                .map(|record| Ok::<_, InputError>((record.next(in_file)?, record.sheet.row())))
                .transpose()?;
            let moment = vouched.map(|((moment, _), _)| moment);
            let tried = self.try_row(row.draft, number, moment);
            let entry = tried.map_err(|error| match error {
                Error::Refused { refusal } => Error::RefusedRow {
                    file: self.files.folder.path(ENTRIES),
                    row: row.number,
                    entry: in_file,
                    not_reached: self.rows.count - in_file,
                    refusal: Box::new(in_file_numbers(refusal, self.before)),
                },
                error => error,
            })?;
            if row.has_contact {
                contacts.push(row.number);
            }
            let vouched = vouched.map(|((_, expected), row)| (expected, row));
            if !outbox.write(Allowed { entry, vouched }) {
                break;
            }
        }
        Ok(contacts)
    }

    /// Takes a draft through the rules. What was recorded before, at a moment, is restored.
    fn try_row(
        &mut self,
        draft: Draft,
        number: EntryNumber,
        recorded: Option<Moment>,
    ) -> Result<Entry, Error> {
        let draft = draft.renumbered_after(self.before);
        let named = draft.event().refers_to();
        let named = named.and_then(|named| self.named.get(&named));
        let Some(history) = self.histories.get_mut(&draft.year()) else {
            return Err(self.changed().into());
        };
        let entry = match recorded {
            Some(moment) => history.restore(draft, number, moment, named)?,
            None => history.record(draft, number, self.now, named)?,
        };
        let in_file = EntryNumber(number.0 - self.before);
        if self.rows.named.contains(&in_file) {
            self.named.insert(number, entry.clone());
        }
        Ok(entry)
    }

    /// Reads a row that was checked before.
    fn read_again(&self, sheet: &mut Sheet) -> Result<Row, InputError> {
        sheet.read().map_err(|_| self.changed())?;
        let cells = cells(sheet, self.by).map_err(|_| self.changed())?;
        Ok(Row {
            number: sheet.row(),
            has_contact: Contact::of_cells(&cells).next().is_some(),
            draft: self.files.draft(&cells).map_err(|_| self.changed())?,
        })
    }

    fn changed(&self) -> InputError {
        InputError::one(&self.files.folder.path(ENTRIES), None, FileFault::Changed)
    }
}

/// A refusal that names entries of the file by their numbers in it, and earlier ones by their own.
fn in_file_numbers(mut refusal: Refusal, before: u32) -> Refusal {
    let renumber = |number: &mut EntryNumber| {
        if number.0 > before {
            number.0 -= before;
        }
    };
    match &mut refusal {
        Refusal::NoSuchEntry { entry, .. }
        | Refusal::NotPublished { entry, .. }
        | Refusal::NotDue { entry, .. }
        | Refusal::NotReversible { entry, .. }
        | Refusal::OnAnotherDay { entry, .. }
        | Refusal::DatedAfterClose { entry, .. } => renumber(entry),
        Refusal::AlreadyReversed { entry, by, .. } | Refusal::AlreadyMet { entry, by, .. } => {
            renumber(entry);
            renumber(by);
        }
        Refusal::BreaksLater { entry, why, .. } => {
            renumber(entry);
            **why = in_file_numbers((**why).clone(), before);
        }
        _ => {}
    }
    refusal
}
