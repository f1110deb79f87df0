//! [`Draft`]: an entry that is asked for, before the rules have seen it.

use crate::model::cells::{CellFault, Cells};
use crate::model::column::{Column, Need};
use crate::model::date::Date;
use crate::model::id::ProjectRef;
use crate::model::kind::{Event, Kind};
use crate::model::money::Money;
use crate::model::pot::{Pot, Vat};
use crate::model::reader::RowReader;
use crate::model::year::FinancialYear;

/// An entry asked for, before the rules have seen it. It has all that its kind needs and nothing
/// else, and every text and amount is within its limits: it is made by [`Draft::builder`] or
/// [`Draft::from_cells`], and by nothing else.
///
/// ```
/// use crg::model::{Draft, Event, Pot};
///
/// let allocate = Event::Allocate { pot: Pot::Tactical, amount: "13,100".parse()? };
/// let draft = Draft::builder("2026/27".parse()?, allocate, "KCST").on("2026-04-01".parse()?);
/// assert_eq!(draft.build().unwrap().kind().as_str(), "allocate");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    pub(super) on: Option<Date>,
    pub(super) year: FinancialYear,
    pub(super) by: String,
    pub(super) event: Event,
    pub(super) reference: Option<String>,
    pub(super) note: Option<String>,
    pub(super) override_reason: Option<String>,
}

/// A [`Draft`] in the making. An empty text is as good as none.
#[derive(Debug, Clone)]
#[must_use]
pub struct DraftBuilder(Draft);

impl Draft {
    /// Begins a draft: the grant year, what happened, and who asks.
    pub fn builder(year: FinancialYear, event: Event, by: impl Into<String>) -> DraftBuilder {
        DraftBuilder(Draft {
            on: None,
            year,
            by: by.into(),
            event,
            reference: None,
            note: None,
            override_reason: None,
        })
    }

    /// Takes the draft back into the making, to change it.
    pub fn edit(self) -> DraftBuilder {
        DraftBuilder(self)
    }

    /// The draft with the entries that it names counted from the start of a book, if they were
    /// counted from the start of a file that adds to a book with so many entries.
    pub(crate) fn renumbered_after(mut self, entries: u32) -> Draft {
        self.event.renumber_after(entries);
        self
    }

    /// Reads a row of cells, or names every cell that is wrong, in the order of the columns.
    pub fn from_cells(cells: &Cells<'_>) -> Result<Draft, Vec<CellFault>> {
        let mut reader = RowReader::new(cells);
        let draft = match reader.required(Column::Kind) {
            Some(kind) => read(kind, &mut reader),
            None => read_without_kind(&mut reader),
        };
        reader.finish(draft)
    }

    /// Reads a row of cells whose text is new, and checks it as such too.
    pub fn from_new_cells(cells: &Cells<'_>) -> Result<Draft, Vec<CellFault>> {
        let (draft, mut faults) = (Draft::from_cells(cells), cells.new_text_faults());
        if faults.is_empty() {
            return draft;
        }
        faults.extend(draft.err().unwrap_or_default());
        faults.sort_by_key(|fault| fault.column);
        faults.dedup_by_key(|fault| fault.column);
        Err(faults)
    }

    /// Its row of cells: [`Draft::from_cells`] reads it back.
    pub fn cells(&self) -> Cells<'_> {
        let texts = [&self.reference, &self.note, &self.override_reason];
        row(&self.event, self.on, self.year, &self.by, texts)
    }

    /// The day it takes effect; `None` only for a `reverse`, which then takes that of the entry it
    /// reverses.
    pub fn on(&self) -> Option<Date> {
        self.on
    }

    /// The grant year.
    pub fn year(&self) -> FinancialYear {
        self.year
    }

    /// Who asks.
    pub fn by(&self) -> &str {
        &self.by
    }

    /// What happened.
    pub fn event(&self) -> &Event {
        &self.event
    }

    /// The kind of what happened.
    pub fn kind(&self) -> Kind {
        self.event.kind()
    }

    /// An invoice, a letter, an agreement.
    pub fn reference(&self) -> Option<&str> {
        self.reference.as_deref()
    }

    /// Anything a reader should know.
    pub fn note(&self) -> Option<&str> {
        self.note.as_deref()
    }

    /// Why a process rule is set aside.
    pub fn override_reason(&self) -> Option<&str> {
        self.override_reason.as_deref()
    }
}

impl DraftBuilder {
    /// The day it takes effect.
    pub fn on(mut self, on: Date) -> DraftBuilder {
        self.0.on = Some(on);
        self
    }

    /// An invoice, a letter, an agreement.
    pub fn reference(mut self, reference: impl Into<String>) -> DraftBuilder {
        self.0.reference = Some(reference.into());
        self
    }

    /// Anything a reader should know.
    pub fn note(mut self, note: impl Into<String>) -> DraftBuilder {
        self.0.note = Some(note.into());
        self
    }

    /// Why a process rule is set aside.
    pub fn override_reason(mut self, reason: impl Into<String>) -> DraftBuilder {
        self.0.override_reason = Some(reason.into());
        self
    }

    /// The draft, checked as the row that it would be in a file; space around a text is dropped.
    pub fn build(self) -> Result<Draft, Vec<CellFault>> {
        Draft::from_cells(&self.0.cells())
    }
}

/// The row of an entry in which this happened; the texts are the reference, the note and the
/// override.
pub(super) fn row<'a>(
    event: &'a Event,
    on: Option<Date>,
    year: FinancialYear,
    by: &'a str,
    texts: [&'a Option<String>; 3],
) -> Cells<'a> {
    let mut cells = Cells::default();
    if let Some(on) = on {
        cells.set(Column::On, on.to_string());
    }
    cells.set(Column::Year, year.to_string());
    cells.set(Column::Kind, event.kind().as_str());
    cells.set(Column::By, by);
    let columns = [Column::Reference, Column::Note, Column::Override];
    for (column, text) in columns.into_iter().zip(texts) {
        cells.set(column, text.as_deref().unwrap_or_default());
    }
    event.write(&mut cells);
    cells
}

fn read(kind: Kind, reader: &mut RowReader<'_>) -> Option<Draft> {
    let facts = kind.facts();
    reader.check_cells(Some(facts));
    // Every cell is tried before any is given up, so that all faults are known at once.
    let on = if kind.need(Column::On) == Need::Required {
        reader.required(Column::On).map(Some)
    } else {
        Some(reader.optional(Column::On))
    };
    let year = reader.required(Column::Year);
    let by = reader.required_text(Column::By, facts);
    let note = if kind.need(Column::Note) == Need::Required {
        reader.required_text(Column::Note, facts).map(Some)
    } else {
        Some(reader.text(Column::Note))
    };
    let event = Event::read(kind, reader)?;
    let reference = reader.text(Column::Reference).filter(|_| !facts.refers);
    Some(Draft {
        on: on?,
        year: year?,
        by: by?,
        event,
        reference,
        note: note?,
        override_reason: reader.text(Column::Override),
    })
}

/// Finds what can be found if the kind is not known.
fn read_without_kind(reader: &mut RowReader<'_>) -> Option<Draft> {
    reader.check_cells(None);
    reader.optional::<Date>(Column::On);
    reader.required::<FinancialYear>(Column::Year);
    reader.optional::<ProjectRef>(Column::Project);
    reader.optional::<Pot>(Column::Pot);
    reader.optional::<Money>(Column::Amount);
    reader.optional::<Vat>(Column::Vat);
    None
}
