//! A priority that begins: its scheme, its code and its name.

use crg::book::{Book, Recorded};
use crg::model::{Column, FinancialYear, Kind};
use crg::{Commit, Draft, Error, Lens};

use crate::desk::act::{Act, Done};
use crate::desk::answer::Answer;
use crate::desk::decision::parsed;
use crate::desk::fields::{Control, Field};
use crate::desk::labels::{hint, label};
use crate::desk::record;
use crate::desk::screens::enter::cells;
use crate::desk::values::address;
use crate::desk::visit::Visit;
use crate::failure::Stop;

/// Where it is asked for.
pub(crate) const PATH: &str = "/priority";

struct Priority {
    fields: Vec<Field>,
}

pub(crate) fn show(visit: &Visit) -> Result<Answer, Stop> {
    let mut visit = Visit::again(visit);
    let act = Priority::new(&visit)?;
    let year = visit.year(&visit.open()?)?;
    visit.values.default_to("year", year.to_string());
    visit
        .values
        .default_to("on", visit.context.today.long().to_string());
    record::show(&visit, &act)
}

pub(crate) fn send(visit: &Visit) -> Result<Answer, Stop> {
    record::send(visit, &Priority::new(visit)?)
}

impl Priority {
    fn new(visit: &Visit) -> Result<Priority, Stop> {
        let book = visit.open()?;
        let (year, years) = (visit.year(&book)?, book.years()?);
        let known = match years.contains(&year) {
            true => book.priorities_in(year, Lens::at(crg::Date::MAX))?,
            false => Vec::new(),
        };
        let mut schemes: Vec<String> = known.into_iter().map(|known| known.scheme).collect();
        schemes.sort();
        schemes.dedup();
        let text = |column: Column, control| {
            Field::new(column.as_str(), label(Kind::Scheme, column), control)
        };
        let scheme = text(Column::Measure, Control::Line(schemes));
        let code = text(Column::Priorities, Control::Short);
        let name = text(Column::Title, Control::Line(Vec::new()));
        let year = text(Column::Year, Control::Short);
        let on = text(Column::On, Control::Short);
        let reference = text(Column::Reference, Control::Line(Vec::new()));
        Ok(Priority {
            fields: vec![
                scheme.hint("The plan that it belongs to, such as the Police and Crime Plan."),
                code.hint(
                    "By which projects name it: capital letters, digits and hyphens, such as ASB.",
                ),
                name.hint("Such as Tackling antisocial behaviour."),
                year.hint("The first year in which it is in force."),
                on.hint(hint(Kind::Scheme, Column::On)),
                reference.hint("Where it is set out.").optional(),
                text(Column::Note, Control::Area).optional(),
            ],
        })
    }
}

impl Act for Priority {
    fn title(&self) -> String {
        "Record a priority".to_owned()
    }

    fn path(&self) -> &'static str {
        PATH
    }

    fn fields(&self) -> &[Field] {
        &self.fields
    }

    fn record(&self, book: &mut Book, visit: &Visit, commit: Commit) -> Result<Done, Error> {
        let mut cells = cells(Kind::Scheme, visit);
        cells.set(Column::Value, "begins");
        let draft = Draft::from_new_cells(&cells).map_err(Error::Invalid)?;
        let year: FinancialYear = parsed(&cells, Column::Year)?;
        book.has_no_priority(year, visit.values.get(Column::Priorities.as_str()))?;
        let now = visit.context.now;
        book.record([draft], now, commit).map(Done::Recorded)
    }

    fn next(&self, recorded: &Recorded) -> Vec<(String, String)> {
        let Some(entry) = recorded.entries.first() else {
            return Vec::new();
        };
        let (year, cells) = (entry.year.to_string(), entry.cells());
        let scheme = cells.get(Column::Measure).unwrap_or_default();
        let again = [("year", year.as_str()), (Column::Measure.as_str(), scheme)];
        vec![
            (
                address(PATH, &again),
                "Record another priority of this scheme".to_owned(),
            ),
            (address("/year", &again[..1]), format!("See {}", entry.year)),
        ]
    }
}
