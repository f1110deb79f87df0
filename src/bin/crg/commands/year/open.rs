use crate::context::Context;
use crate::failure::Stop;
use crate::hint::{CommandLine, Hint, command};
use crate::options::write::WriteOptions;
use crate::recording::{Confirmation, record};
use clap::Args;
use crg::model::Column;
use crg::report::usual_deadlines;
use crg::{Commit, Draft, Error, FinancialYear, Kind};

/// Record the OPCC's allocation: split into two pots, or in one
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  crg year open 2026/27 --upfront 26500 --tactical 13100 --reference \"OPCC letter\"
  crg year open 2026/27 --upfront 175,000 --reference \"OPCC letter\"")]
pub(crate) struct Open {
    /// The grant year
    year: FinancialYear,
    /// The upfront pot's share
    #[arg(long, value_name = "AMOUNT", required_unless_present = "tactical")]
    upfront: Option<String>,
    /// The tactical pot's share; a year with one share has one pot
    #[arg(long, value_name = "AMOUNT")]
    tactical: Option<String>,
    #[command(flatten)]
    write: WriteOptions,
}

impl Open {
    pub(crate) fn run(&self, context: &Context) -> Result<(), Stop> {
        // Each amount is read by the rules of an allocation to its pot.
        let allocation = |amount: &String, pot| {
            self.write
                .form(Kind::Allocate, self.year, context)
                .set(Column::Amount, amount)
                .set(Column::Pot, pot)
                .draft()
        };
        let shares = [(&self.upfront, "upfront"), (&self.tactical, "tactical")];
        let given = shares
            .into_iter()
            .filter_map(|(amount, pot)| Some(allocation(amount.as_ref()?, pot)));
        let pots = given.collect::<Result<Vec<Draft>, Error>>()?;
        let how = self.write.recording();
        record(context, how, |book| {
            book.open_year(self.year, pots, context.now, how.commit)
        })?;
        if how.commit == Commit::Keep && how.confirmation == Confirmation::Table {
            self.suggest_deadlines(context);
        }
        Ok(())
    }

    /// Prints the commands that record the year's usual deadlines, as far as they lie ahead.
    fn suggest_deadlines(&self, context: &Context) {
        let mut reason = Some("to be told in time of what is due".to_owned());
        for (title, deadline) in usual_deadlines(self.year) {
            if context.today > deadline.unwrap_or(self.year.last_day()) {
                continue;
            }
            let deadline = deadline.map_or("DATE".to_owned(), |day| day.to_string());
            let command = command!("due add {} {} {}", self.year, deadline, title);
            let command = Some(self.dated(command, context));
            let reason = reason.take();
            context.output.next(&Hint { reason, command });
        }
    }

    /// The command, recorded as the year was if the year takes nothing that is dated today.
    fn dated(&self, command: CommandLine, context: &Context) -> CommandLine {
        if context.today >= self.year.opens() {
            return command;
        }
        let command = command.option("--on", self.write.on(context));
        match &self.write.override_reason {
            Some(reason) => command.option("--override", reason),
            None => command,
        }
    }
}
