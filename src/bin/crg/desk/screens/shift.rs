//! Moving money from one award to another, with the OPCC's agreement.

use crg::model::{Cells, Column, Kind};
use crg::{Book, Commit, Draft, Error};

use crate::context::day;
use crate::desk::act::{Act, Done};
use crate::desk::answer::Answer;
use crate::desk::fields::{Control, Field};
use crate::desk::labels::hint;
use crate::desk::record;
use crate::desk::suggestions::Suggestions;
use crate::desk::visit::Visit;
use crate::failure::Stop;

struct Shift {
    fields: Vec<Field>,
}

pub(crate) fn show(visit: &Visit) -> Result<Answer, Stop> {
    let mut visit = Visit::again(visit);
    let (year, today) = (visit.year(&visit.open()?)?, visit.context.today);
    visit.values.default_to("year", year.to_string());
    visit.values.default_to("on", today.long().to_string());
    record::show(&visit, &Shift::new(&visit)?)
}

pub(crate) fn send(visit: &Visit) -> Result<Answer, Stop> {
    record::send(visit, &Shift::new(visit)?)
}

impl Shift {
    fn new(visit: &Visit) -> Result<Shift, Stop> {
        let book = visit.open()?;
        let known = Suggestions::new(&book, visit.year(&book)?)?;
        let mut projects = known.projects.clone();
        projects.insert(0, (String::new(), "Please choose".to_owned()));
        let choice = || Control::Select(projects.clone());
        let help = |column| hint(Kind::Reduce, column);
        Ok(Shift {
            fields: vec![
                Field::new("project", "From", choice()),
                Field::new("to", "To", choice()),
                Field::new("amount", "Amount", Control::Short).hint(help(Column::Amount)),
                Field::new("on", "Date", Control::Short).hint(help(Column::On)),
                Field::new("reference", "Reference", Control::Line(Vec::new()))
                    .hint(help(Column::Reference)),
                Field::new("note", "Note", Control::Area)
                    .hint(help(Column::Note))
                    .optional(),
            ],
        })
    }
}

impl Act for Shift {
    fn title(&self) -> String {
        "Move money from one award to another".to_owned()
    }

    fn path(&self) -> &'static str {
        "/move"
    }

    fn fields(&self) -> &[Field] {
        &self.fields
    }

    /// Both projects are read into the same column.
    fn field(&self, column: Column, error: &Error, visit: &Visit) -> String {
        let is_second = match error {
            Error::Invalid(_) => visit.values.given("project").is_some(),
            Error::NoSuchProject { project, .. } => visit.values.get("to") == project.as_str(),
            _ => false,
        };
        if column == Column::Project && is_second {
            "to".to_owned()
        } else {
            column.as_str().to_owned()
        }
    }

    fn record(&self, book: &mut Book, visit: &Visit, commit: Commit) -> Result<Done, Error> {
        let values = &visit.values;
        let draft = |kind: Kind, project: &str| {
            let (mut cells, on) = (Cells::default(), values.get("on"));
            cells.set(Column::Kind, kind.as_str());
            cells.set(Column::Project, values.get(project));
            cells.set(Column::By, visit.context.by.as_str());
            cells.set(
                Column::On,
                day(on).map_or(on.to_owned(), |day| day.to_string()),
            );
            for column in [
                Column::Year,
                Column::Amount,
                Column::Reference,
                Column::Note,
                Column::Override,
            ] {
                cells.set(column, values.get(column.as_str()));
            }
            Draft::from_new_cells(&cells).map_err(Error::Invalid)
        };
        if values.get("project") == values.get("to") && values.given("to").is_some() {
            return Ok(Done::Nothing(
                "money cannot be moved to the project that gives it.".to_owned(),
            ));
        }
        let drafts = [
            draft(Kind::Reduce, "project")?,
            draft(Kind::Increase, "to")?,
        ];
        let recorded = book.record(drafts, visit.context.now, commit)?;
        Ok(Done::Recorded(recorded))
    }
}
