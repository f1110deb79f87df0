use crate::context::Context;
use crate::failure::{Failure, Stop};
use crate::options::write::WriteOptions;
use crate::recording::record;
use clap::Args;
use crg::model::Column;
use crg::{Draft, Error, FinancialYear, Kind};

/// Move money from one award to another, with the OPCC's agreement
#[derive(Debug, Args)]
#[command(after_help = "Example:
  crg project move P04 P05 1,000 --reference \"OPCC email of 3 Nov\"

The first award is reduced and the second increased, or neither.")]
pub(crate) struct MoveAward {
    /// The project that gives it
    from: String,
    /// The project that gets it
    to: String,
    /// Pounds and pence, such as 1,250.00
    amount: String,
    /// The grant year; defaults to the year containing the date
    #[arg(long, value_name = "YEAR")]
    year: Option<FinancialYear>,
    #[command(flatten)]
    write: WriteOptions,
}

impl MoveAward {
    pub(crate) fn run(&self, context: &Context) -> Result<(), Stop> {
        let (reduce, increase) = (
            self.draft(Kind::Reduce, &self.from, context)?,
            self.draft(Kind::Increase, &self.to, context)?,
        );
        if reduce.event().project() == increase.event().project() {
            let message = format!("{} cannot move money to itself", self.from);
            return Err(Failure::command_line(message).into());
        }
        let how = self.write.recording();
        record(context, how, |book| {
            book.record([reduce, increase], context.now, how.commit)
        })
    }

    fn draft(&self, kind: Kind, project: &str, context: &Context) -> Result<Draft, Error> {
        let on = self.write.on(context);
        let year = self.year.unwrap_or_else(|| FinancialYear::containing(on));
        self.write
            .form(kind, year, context)
            .set(Column::Project, project)
            .set(Column::Amount, &self.amount)
            .draft()
    }
}
