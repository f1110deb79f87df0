use crate::conflicted;
use crate::context::Context;
use crate::failure::Stop;
use crate::hint::CommandLine;
use crate::notes::print_clock;
use crate::options::QueryOptions;
use crate::options::answer::Showing;
use clap::Args;
use crg::model::FinancialYear;

/// Summary, and what needs attention
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  crg status")]
pub(crate) struct Status {
    #[command(flatten)]
    query: QueryOptions,
}

impl Status {
    pub(crate) fn run(&self, context: &Context) -> Result<(), Stop> {
        let query = &self.query;
        let report = query.show(Showing::Answer, context, |book, lens| book.status(lens))?;
        if !query.answer.is_for_people() {
            return Ok(());
        }
        let book = context.open()?;
        print_clock(&book, context);
        conflicted::note(&book, &context.book, context);
        if report.years.is_empty() {
            let year = FinancialYear::containing(context.today);
            let open = CommandLine::opening(year, context.today);
            context.output.next(&open.into());
        }
        for year in &report.years {
            let has_unspent = !(year.to_return + year.not_drawn).is_zero();
            let hints = [
                (year.pending > 0, "project list {}", "see what is pending"),
                (year.unexplained > 0, "reconcile {}", "see the differences"),
                (
                    year.overdue && has_unspent,
                    "year show {}",
                    "see what is still to return",
                ),
                (
                    year.overdue && !has_unspent,
                    "year close {}",
                    "close the year",
                ),
                (!year.due.is_empty(), "due {}", "see what is due"),
                (
                    year.late_accruals > 0,
                    "spend list {} --accrued",
                    "see the accruals that are still open",
                ),
            ];
            for (_, command, reason) in hints.into_iter().filter(|(applies, ..)| *applies) {
                let command = CommandLine::new(command, &[&year.year]);
                context.output.next(&command.because(reason));
            }
        }
        Ok(())
    }
}
