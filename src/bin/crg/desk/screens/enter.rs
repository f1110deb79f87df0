//! Entering: the form for any kind of entry.

use crg::book::{Once, Recorded};
use crg::model::{Cells, Column, Input, Kind};
use crg::{Book, Commit, Draft, Entry, Error, FinancialYear, ProjectRef};
use maud::{Markup, html};

use crate::context::day;
use crate::desk::act::{Act, Done};
use crate::desk::answer::Answer;
use crate::desk::decision::{maker, parsed};
use crate::desk::fields::Field;
use crate::desk::kind_form::{columns, fields, names_new_project};
use crate::desk::labels::title;
use crate::desk::record;
use crate::desk::suggestions::Suggestions;
use crate::desk::values::address;
use crate::desk::visit::{Visit, unreadable};
use crate::failure::Stop;

/// An entry of one kind.
struct Enter {
    kind: Kind,
    /// The ref that a new project would have.
    next_project: Option<ProjectRef>,
    fields: Vec<Field>,
}

pub(crate) fn show(visit: &Visit) -> Result<Answer, Stop> {
    let mut visit = Visit::again(visit);
    let act = Enter::new(&visit)?;
    let year = visit.year(&visit.open()?)?;
    visit.values.default_to("year", year.to_string());
    if let Some(project) = &act.next_project {
        visit.values.default_to("project", project.as_str());
    }
    if act.kind.need(Column::On) == crg::model::Need::Required {
        visit
            .values
            .default_to("on", visit.context.today.long().to_string());
    }
    record::show(&visit, &act)
}

pub(crate) fn send(visit: &Visit) -> Result<Answer, Stop> {
    record::send(visit, &Enter::new(visit)?)
}

impl Enter {
    fn new(visit: &Visit) -> Result<Enter, Stop> {
        let given = visit.values.get("kind");
        let kind: Kind = given.parse().map_err(|error| unreadable(given, error))?;
        let book = visit.open()?;
        let known = Suggestions::new(&book, visit.year(&book)?)?;
        let fields = fields(kind, &known);
        let is_new = names_new_project(kind);
        Ok(Enter {
            kind,
            next_project: known.next_project.filter(|_| is_new),
            fields,
        })
    }
}

impl Act for Enter {
    fn title(&self) -> String {
        title(self.kind)
    }

    fn path(&self) -> &'static str {
        "/enter"
    }

    fn fields(&self) -> &[Field] {
        &self.fields
    }

    fn above(&self) -> Markup {
        html! { p { (self.kind.meaning()) } }
    }

    fn record(&self, book: &mut Book, visit: &Visit, commit: Commit) -> Result<Done, Error> {
        let (cells, now) = (cells(self.kind, visit), visit.context.now);
        if self.kind == Kind::Approve && visit.values.given("amount").is_none() {
            let year: FinancialYear = parsed(&cells, Column::Year)?;
            let (by, makers) = (&visit.context.by, vec![maker(self.kind, cells)]);
            let recorded = book.record_each(year, by, makers, now, commit)?;
            return Ok(Done::Recorded(recorded));
        }
        let draft = Draft::from_new_cells(&cells).map_err(Error::Invalid)?;
        if self.kind != Kind::Document {
            return book.record([draft], now, commit).map(Done::Recorded);
        }
        Ok(match book.record_once(draft, now, commit)? {
            Once::Recorded(recorded) => Done::Recorded(recorded),
            Once::Known(entry) => Done::Nothing(format!("entry {} says the same.", entry.number)),
        })
    }

    fn next(&self, recorded: &Recorded) -> Vec<(String, String)> {
        let Some(entry) = recorded.entries.first() else {
            return Vec::new();
        };
        let year = entry.year.to_string();
        let again = address("/enter", &[("kind", self.kind.as_str()), ("year", &year)]);
        let project = project_page(recorded, entry);
        let again = (again, format!("{} like this one", title(self.kind)));
        project.into_iter().chain([again]).collect()
    }
}

/// The page of the project that an entry concerns.
pub(crate) fn project_page(recorded: &Recorded, entry: &Entry) -> Option<(String, String)> {
    let (project, year) = (&recorded.project(entry)?.project, entry.year.to_string());
    let values = [("project", project.as_str()), ("year", year.as_str())];
    Some((address("/project", &values), format!("See {project}")))
}

/// What was typed, as the row of a file. A day may be typed as `today`.
pub(crate) fn cells(kind: Kind, visit: &Visit) -> Cells<'static> {
    let mut cells = Cells::default();
    let columns = columns(kind).into_iter().chain([Column::Override]);
    for column in columns {
        let text = visit.values.get(column.as_str());
        let text = match kind.input(column) {
            Input::Day => day(text).map_or(text.to_owned(), |day| day.to_string()),
            _ => text.to_owned(),
        };
        cells.set(column, text);
    }
    cells.set(Column::Kind, kind.as_str());
    cells.set(Column::By, visit.context.by.clone());
    cells
}
