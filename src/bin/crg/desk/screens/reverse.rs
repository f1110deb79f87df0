//! Reversing: entries made by mistake, all or none, with what that would change.

use crg::format::visible;
use crg::model::{Cells, Column, EntryNumber};
use crg::report::LogRow;
use crg::{Book, Commit, Draft, Entry, Error, Kind};
use maud::{Markup, html};

use crate::desk::act::{Act, Done};
use crate::desk::answer::Answer;
use crate::desk::fields::{Control, Field};
use crate::desk::record;
use crate::desk::visit::{Visit, unreadable};
use crate::failure::Stop;
use crate::hint::{Hint, command};
use crate::reversal::{self, Range, ranges};

/// Entries to be reversed, newest first.
struct Reverse {
    entries: Vec<Entry>,
    fields: Vec<Field>,
}

pub(crate) fn show(visit: &Visit) -> Result<Answer, Stop> {
    record::show(visit, &Reverse::new(visit)?)
}

pub(crate) fn send(visit: &Visit) -> Result<Answer, Stop> {
    record::send(visit, &Reverse::new(visit)?)
}

impl Reverse {
    fn new(visit: &Visit) -> Result<Reverse, Stop> {
        let (book, values) = (visit.open()?, &visit.values);
        let entries = if let Some(given) = values.given("command-of") {
            let entry: EntryNumber = given.parse().map_err(|error| unreadable(given, error))?;
            reversal::of_command(&book, entry)?
        } else {
            let given = values.get("entries");
            let ranges = given.split_whitespace().map(str::parse::<Range>);
            let ranges: Result<Vec<Range>, _> = ranges.collect();
            reversal::entries(&book, &ranges.map_err(|error| unreadable(given, error))?)?
        };
        let note = Field::new("note", "Why it was a mistake", Control::Area);
        Ok(Reverse {
            entries,
            fields: vec![note.hint("The entries stay on record, with this reason.")],
        })
    }

    fn draft(&self, entry: &Entry, visit: &Visit) -> Result<Draft, Error> {
        let mut cells = Cells::default();
        cells.set(Column::Kind, Kind::Reverse.as_str());
        cells.set(Column::Year, entry.year.to_string());
        cells.set(Column::On, entry.on.to_string());
        cells.set(Column::Reference, entry.number.to_string());
        cells.set(Column::By, visit.context.by.as_str());
        cells.set(Column::Note, visit.values.get("note"));
        cells.set(Column::Override, visit.values.get("override"));
        Draft::from_new_cells(&cells).map_err(Error::Invalid)
    }
}

impl Act for Reverse {
    fn title(&self) -> String {
        match &self.entries[..] {
            [entry] => format!("Reverse entry {}", entry.number),
            entries => format!("Reverse {} entries", entries.len()),
        }
    }

    fn path(&self) -> &'static str {
        "/reverse"
    }

    fn fields(&self) -> &[Field] {
        &self.fields
    }

    fn above(&self) -> Markup {
        let rows = self.entries.iter().map(LogRow::new);
        html! {
            ul {
                @for row in rows {
                    li {
                        "Entry " (row.entry) ": " (row.kind) ", " (row.on.long())
                        @if let Some(project) = &row.of { ", " (project) }
                        @if let Some(amount) = row.amount { ", " (amount.pounds()) }
                        @if !row.says.is_empty() { ": " bdi { (visible(&row.says)) } }
                    }
                }
            }
        }
    }

    fn record(&self, book: &mut Book, visit: &Visit, commit: Commit) -> Result<Done, Error> {
        let drafts = self.entries.iter().map(|entry| self.draft(entry, visit));
        let drafts = drafts.collect::<Result<Vec<_>, _>>()?;
        let recorded = book.record(drafts, visit.context.now, commit)?;
        Ok(Done::Recorded(recorded))
    }

    fn hint(&self, error: &Error, visit: &Visit) -> Option<Hint> {
        let (Error::Refused { refusal }, Ok(book)) = (error, visit.open()) else {
            return None;
        };
        let now = visit.context.now;
        let all = reversal::with_dependants(&book, &self.entries, refusal, now)?;
        let mut reverse = command!("reverse");
        reverse.words.extend(ranges(&all));
        Some(reverse.because("reverse what depends on it too"))
    }
}
