//! Opening a year: what the OPCC allocated to its pots.

use crg::book::Recorded;
use crg::model::{Cells, Column};
use crg::report::usual_deadlines;
use crg::{Book, Commit, Draft, Error, FinancialYear, Kind};

use crate::context::day;
use crate::desk::act::{Act, Done};
use crate::desk::answer::Answer;
use crate::desk::fields::{Control, Field};
use crate::desk::labels::hint;
use crate::desk::record;
use crate::desk::screens::priority::PATH;
use crate::desk::values::address;
use crate::desk::visit::Visit;
use crate::failure::Stop;

struct Open {
    fields: Vec<Field>,
}

pub(crate) fn show(visit: &Visit) -> Result<Answer, Stop> {
    let mut visit = Visit::again(visit);
    let today = visit.context.today;
    let year = FinancialYear::containing(today);
    visit.values.default_to("year", year.to_string());
    visit.values.default_to("on", today.long().to_string());
    record::show(&visit, &Open::new())
}

pub(crate) fn send(visit: &Visit) -> Result<Answer, Stop> {
    record::send(visit, &Open::new())
}

impl Open {
    fn new() -> Open {
        let field = |name: &str, label: &str, help: &str| {
            Field::new(name, label, Control::Short).hint(help)
        };
        let amount = hint(Kind::Allocate, Column::Amount);
        let one_pot = "Leave it empty if the year has one pot.";
        let reference = Field::new("reference", "Reference", Control::Line(Vec::new()));
        let note = Field::new("note", "Note", Control::Area)
            .hint(hint(Kind::Allocate, Column::Note))
            .optional();
        Open {
            fields: vec![
                field("year", "Grant year", "Such as 2026/27."),
                field("upfront", "Upfront pot", amount).optional(),
                field("tactical", "Tactical pot", one_pot).optional(),
                field("on", "Date", hint(Kind::Allocate, Column::On)),
                reference.hint("Such as the OPCC's letter.").optional(),
                note,
            ],
        }
    }
}

impl Act for Open {
    fn title(&self) -> String {
        "Open a grant year".to_owned()
    }

    fn path(&self) -> &'static str {
        "/open"
    }

    fn fields(&self) -> &[Field] {
        &self.fields
    }

    fn field(&self, column: Column, _error: &Error, _visit: &Visit) -> String {
        match column {
            Column::Amount => "upfront".to_owned(),
            column => column.as_str().to_owned(),
        }
    }

    fn record(&self, book: &mut Book, visit: &Visit, commit: Commit) -> Result<Done, Error> {
        let values = &visit.values;
        let allocation = |pot: &&str| {
            let mut cells = Cells::default();
            let on = values.get("on");
            cells.set(Column::Kind, Kind::Allocate.as_str());
            cells.set(Column::Year, values.get("year"));
            cells.set(
                Column::On,
                day(on).map_or(on.to_owned(), |day| day.to_string()),
            );
            cells.set(Column::Pot, *pot);
            cells.set(Column::Amount, values.get(pot));
            cells.set(Column::Reference, values.get("reference"));
            cells.set(Column::Note, values.get("note"));
            cells.set(Column::Override, values.get("override"));
            cells.set(Column::By, visit.context.by.as_str());
            Draft::from_new_cells(&cells).map_err(Error::Invalid)
        };
        let pots = ["upfront", "tactical"];
        let mut given: Vec<&str> = pots
            .into_iter()
            .filter(|pot| values.given(pot).is_some())
            .collect();
        if given.is_empty() {
            // The first pot says that its amount is missing.
            given.push("upfront");
        }
        let drafts = given
            .iter()
            .map(allocation)
            .collect::<Result<Vec<_>, _>>()?;
        let Some(year) = drafts.first().map(Draft::year) else {
            return Ok(Done::Nothing("no amount was given.".to_owned()));
        };
        let recorded = book.open_year(year, drafts, visit.context.now, commit)?;
        Ok(Done::Recorded(recorded))
    }

    fn next(&self, recorded: &Recorded) -> Vec<(String, String)> {
        let Some(year) = recorded.entries.first().map(|entry| entry.year) else {
            return Vec::new();
        };
        let year_text = year.to_string();
        let deadlines = usual_deadlines(year).into_iter().map(|(title, deadline)| {
            let deadline = deadline
                .map(|day| day.long().to_string())
                .unwrap_or_default();
            let values = [
                ("kind", "due"),
                ("year", year_text.as_str()),
                ("title", title),
                ("value", deadline.as_str()),
            ];
            let words = format!("To be told in time of what is due: {title}");
            (address("/enter", &values), words)
        });
        let page = address("/year", &[("year", year_text.as_str())]);
        let page = (page, format!("See {year}"));
        let priorities = address(PATH, &[("year", year_text.as_str())]);
        let priorities = (priorities, format!("Record the priorities of {year}"));
        [page, priorities].into_iter().chain(deadlines).collect()
    }
}
