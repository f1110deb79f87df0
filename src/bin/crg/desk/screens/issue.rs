//! Issuing: the record that a quarter's report or a claim goes out.

use crg::book::{Dispatch, IssueClaim, IssueQuarter};
use crg::model::Quarter;
use crg::report::{ClaimPeriod, Issued};
use crg::{Book, Commit, Date, Error, FinancialYear};

use crate::desk::act::{Act, Done};
use crate::desk::answer::Answer;
use crate::desk::fields::{Control, Field};
use crate::desk::papers::{claim_period, quarter};
use crate::desk::record;
use crate::desk::visit::{Visit, unreadable};
use crate::failure::Stop;

/// What goes out.
enum Paper {
    Quarter(Quarter),
    Claim(ClaimPeriod),
}

struct Issue {
    paper: Paper,
    year: FinancialYear,
    as_at: Date,
    fields: Vec<Field>,
}

pub(crate) fn show(visit: &Visit) -> Result<Answer, Stop> {
    record::show(visit, &Issue::new(visit)?)
}

pub(crate) fn send(visit: &Visit) -> Result<Answer, Stop> {
    record::send(visit, &Issue::new(visit)?)
}

impl Issue {
    fn new(visit: &Visit) -> Result<Issue, Stop> {
        let year = visit.year(&visit.open()?)?;
        let given = visit.lens()?.as_at;
        let is_given = visit.values.given("as-at").is_some();
        let (paper, as_at) = match visit.values.get("name") {
            "quarter" => (Paper::Quarter(quarter(visit, year)?), given),
            "claim" => {
                let period = claim_period(visit)?;
                let usual = period.as_at(year, visit.context.today);
                (Paper::Claim(period), if is_given { given } else { usual })
            }
            name => return Err(unreadable(name, "a report that the desk issues")),
        };
        let reference = Field::new("reference", "Reference", Control::Line(Vec::new()));
        let note = Field::new("note", "Note", Control::Area).optional();
        Ok(Issue {
            paper,
            year,
            as_at,
            fields: vec![reference.hint("A letter, a meeting.").optional(), note],
        })
    }
}

impl Act for Issue {
    fn title(&self) -> String {
        let paper = match self.paper {
            Paper::Quarter(quarter) => Issued::title(self.year, quarter),
            Paper::Claim(period) => period.title(self.year),
        };
        format!("Record that {paper} goes out, as at {}", self.as_at.long())
    }

    fn path(&self) -> &'static str {
        "/issue"
    }

    fn fields(&self) -> &[Field] {
        &self.fields
    }

    fn record(&self, book: &mut Book, visit: &Visit, commit: Commit) -> Result<Done, Error> {
        let given = |name| visit.values.given(name).map(str::to_owned);
        let dispatch = Dispatch {
            by: visit.context.by.clone(),
            reference: given("reference"),
            note: given("note"),
            override_reason: given("override"),
        };
        let (year, as_at, now) = (self.year, self.as_at, visit.context.now);
        let (recorded, before) = match self.paper {
            Paper::Quarter(quarter) => {
                let asked = IssueQuarter {
                    year,
                    quarter,
                    as_at,
                    dispatch,
                };
                let issued = book.issue_quarter(&asked, now, commit)?;
                (issued.recorded, issued.before.map(|before| before.entry))
            }
            Paper::Claim(period) => {
                let asked = IssueClaim {
                    year,
                    period,
                    as_at,
                    dispatch,
                };
                let issued = book.issue_claim(&asked, now, commit)?;
                (issued.recorded, issued.before)
            }
        };
        Ok(match before {
            None => Done::Recorded(recorded),
            Some(entry) => Done::Nothing(format!(
                "it was issued by entry {entry}, and nothing in it has changed since."
            )),
        })
    }
}
