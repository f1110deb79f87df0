//! `crg check --for`: what is missing to publish a year's grants, and how to record it.

use crg::FinancialYear;
use crg::fold::Lens;
use crg::model::DetailField;
use crg::report::{Duty, DutyReport, MissingFact};

use crate::context::Context;
use crate::failure::{Exit, Failure, Stop};
use crate::hint::{CommandLine, command};
use crate::options::answer::{AnswerOptions, Showing};

/// Lists what is missing; the command fails while something is.
pub(crate) fn run(
    duty: Duty,
    year: FinancialYear,
    answer: &AnswerOptions,
    context: &Context,
) -> Result<(), Stop> {
    let lens = Lens::at(context.today);
    let question = |book: &crg::Book| book.duty(duty, year, lens);
    let (report, origin) = context.open()?.with_origin(None, question)?;
    answer.show(Showing::Answer, &report, Some(origin), context)?;
    if report.rows.is_empty() {
        if report.grants > 0 && answer.is_for_people() {
            let export = command!("export {} {}", duty, year);
            context.output.next(&export.because("to publish them"));
        }
        return Ok(());
    }
    Err(failure(&report, year).into())
}

fn failure(report: &DutyReport, year: FinancialYear) -> Failure {
    let message = format!("check: facts are missing for {}", report.duty.title());
    let failure = Failure::new(Exit::Refused, "facts-missing", message);
    let rows = report.rows.iter();
    rows.fold(failure, |failure, row| failure.with(recording(row, year)))
}

/// The command that records a fact.
fn recording(fact: &MissingFact, year: FinancialYear) -> CommandLine {
    let (detail, value) = (fact.detail, placeholder(fact.detail));
    match &fact.project {
        Some(project) => {
            command!(
                "project detail {} {} {} --year {}",
                project,
                detail,
                value,
                year
            )
        }
        None => command!("year detail {} {} {}", year, detail, value),
    }
}

/// What stands for the fact, which only the person knows.
fn placeholder(detail: DetailField) -> &'static str {
    match detail {
        DetailField::Starts | DetailField::Ends => "DATE",
        DetailField::RecipientId | DetailField::FunderId => "ORG-ID",
        _ => "TEXT",
    }
}
