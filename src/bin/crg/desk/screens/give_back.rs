//! Paying back all that is left of a year, in one payment.

use crg::book::ReturnAll;
use crg::model::{CellFault, Column};
use crg::{Book, Commit, Error, FinancialYear, Kind};

use crate::context::day;
use crate::desk::act::{Act, Done};
use crate::desk::answer::Answer;
use crate::desk::fields::{Control, Field};
use crate::desk::labels::hint;
use crate::desk::record;
use crate::desk::visit::{Visit, unreadable};
use crate::failure::Stop;

struct GiveBack {
    year: FinancialYear,
    fields: Vec<Field>,
}

pub(crate) fn show(visit: &Visit) -> Result<Answer, Stop> {
    let mut visit = Visit::again(visit);
    let today = visit.context.today;
    visit.values.default_to("on", today.long().to_string());
    record::show(&visit, &GiveBack::new(&visit)?)
}

pub(crate) fn send(visit: &Visit) -> Result<Answer, Stop> {
    record::send(visit, &GiveBack::new(visit)?)
}

impl GiveBack {
    fn new(visit: &Visit) -> Result<GiveBack, Stop> {
        let given = visit.values.get("year");
        let year = given.parse().map_err(|error| unreadable(given, error))?;
        let on = Field::new("on", "Date", Control::Short).hint(hint(Kind::Return, Column::On));
        let reference = Field::new("reference", "Reference of the payment", Control::Short);
        let lapse = "Record what the OPCC has not paid out as lapsed, and return the rest";
        Ok(GiveBack {
            year,
            fields: vec![
                on,
                reference.hint("What the bank calls it, such as BACS 5512."),
                Field::new("lapse", lapse, Control::Tick),
                Field::new("note", "Note", Control::Area)
                    .hint(hint(Kind::Return, Column::Note))
                    .optional(),
            ],
        })
    }
}

impl Act for GiveBack {
    fn title(&self) -> String {
        format!("Return all that is left of {}", self.year)
    }

    fn path(&self) -> &'static str {
        "/return"
    }

    fn fields(&self) -> &[Field] {
        &self.fields
    }

    fn record(&self, book: &mut Book, visit: &Visit, commit: Commit) -> Result<Done, Error> {
        let values = &visit.values;
        let (given, on) = (
            |name| values.given(name).map(str::to_owned),
            values.get("on"),
        );
        let asked = ReturnAll {
            year: self.year,
            on: day(on).map_err(|error| {
                Error::Invalid(vec![CellFault::expected(Column::On, on, error)])
            })?,
            by: visit.context.by.clone(),
            reference: values.get("reference").to_owned(),
            lapse: given("lapse").is_some(),
            note: given("note"),
            override_reason: given("override"),
        };
        let remitted = book.return_all(&asked, visit.context.now, commit)?;
        Ok(match remitted {
            Some(remitted) => Done::Recorded(remitted.recorded),
            None => Done::Nothing(format!("nothing of {} is left to return.", self.year)),
        })
    }
}
