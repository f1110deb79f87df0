//! Correcting: an entry is recorded again as it should have been, with whatever depends on it.

use crg::book::{Correct as Asked, Recorded};
use crg::model::{Column, EntryNumber, Input};
use crg::{Book, Commit, Entry, Error};

use crate::context::day;
use crate::correction::worked_out_anew;
use crate::desk::act::{Act, Done};
use crate::desk::answer::Answer;
use crate::desk::fields::{Control, Field};
use crate::desk::kind_form::{columns, fields};
use crate::desk::record;
use crate::desk::screens::enter::project_page;
use crate::desk::suggestions::Suggestions;
use crate::desk::visit::{Visit, unreadable};
use crate::failure::Stop;

/// The name of the field for the reason; `note` is the entry's own.
const WHY: &str = "why";

/// An entry to be corrected.
struct Correct {
    entry: Entry,
    fields: Vec<Field>,
}

pub(crate) fn show(visit: &Visit) -> Result<Answer, Stop> {
    let act = Correct::new(visit)?;
    let mut visit = Visit::again(visit);
    for column in columns(act.entry.event.kind()) {
        let text = act.entry.cells().get(column).unwrap_or_default().to_owned();
        visit.values.default_to(column.as_str(), text);
    }
    record::show(&visit, &act)
}

pub(crate) fn send(visit: &Visit) -> Result<Answer, Stop> {
    record::send(visit, &Correct::new(visit)?)
}

impl Correct {
    fn new(visit: &Visit) -> Result<Correct, Stop> {
        let (book, given) = (visit.open()?, visit.values.get("entry"));
        let entry: EntryNumber = given.parse().map_err(|error| unreadable(given, error))?;
        let entry = book.entry(entry)?.ok_or(Error::NoSuchEntry { entry })?;
        let mut fields = fields(entry.event.kind(), &Suggestions::new(&book, entry.year)?);
        let why = Field::new(WHY, "Why it is corrected", Control::Line(Vec::new()));
        let hint = "If you leave it empty, the reversals say what was changed.";
        fields.push(why.hint(hint).optional());
        Ok(Correct { entry, fields })
    }

    /// The columns that were typed anew.
    fn changes(&self, visit: &Visit) -> Vec<(Column, String)> {
        let (kind, cells) = (self.entry.event.kind(), self.entry.cells());
        let typed = |column: Column| {
            let text = visit.values.get(column.as_str());
            match kind.input(column) {
                Input::Day => day(text).map_or(text.to_owned(), |day| day.to_string()),
                _ => text.replace("\r\n", "\n"),
            }
        };
        let given = columns(kind)
            .into_iter()
            .filter(|column| visit.values.has(column.as_str()));
        let changes = given.map(|column| (column, typed(column)));
        changes
            .filter(|(column, text)| cells.get(*column).unwrap_or_default() != text)
            .collect()
    }
}

impl Act for Correct {
    fn title(&self) -> String {
        format!("Correct entry {}", self.entry.number)
    }

    fn path(&self) -> &'static str {
        "/correct"
    }

    fn fields(&self) -> &[Field] {
        &self.fields
    }

    fn record(&self, book: &mut Book, visit: &Visit, commit: Commit) -> Result<Done, Error> {
        let given = |name| visit.values.given(name).map(str::to_owned);
        let asked = Asked {
            entry: self.entry.number,
            changes: self.changes(visit),
            by: visit.context.by.clone(),
            note: given(WHY),
            override_reason: given("override"),
        };
        let recorded = book.correct(&asked, visit.context.now, commit)?;
        Ok(Done::Recorded(recorded))
    }

    fn next(&self, recorded: &Recorded) -> Vec<(String, String)> {
        let last = recorded.entries.last();
        let project = last.and_then(|entry| project_page(recorded, entry));
        project.into_iter().collect()
    }

    fn notes(&self, recorded: &Recorded) -> Vec<String> {
        worked_out_anew(recorded)
    }
}
