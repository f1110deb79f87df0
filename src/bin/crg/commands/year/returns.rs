use crg::book::ReturnAll;

use crate::commands::year::holding::Holder;
use crate::context::Context;
use crate::failure::Stop;
use crate::hint::command;
use crate::options::write::{WriteOptions, commit};
use crate::recording::{Confirmation, confirm, print_notes};
use crate::text_table;
use clap::Args;
use crg::model::Column;
use crg::{FinancialYear, Kind};

/// Record underspend paid back to the OPCC: all that is left, or one amount
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  crg year return 2025/26 --reference \"BACS 5512\" --dry-run
  crg year return 2025/26 --reference \"BACS 5512\" --on 2026-04-20
  crg year return 2025/26 696 --project P05 --on 2026-04-20 --reference \"BACS 5512\"
  crg year return 2025/26 30.40 --pot tactical --on 2026-04-20 --reference \"BACS 5512\"

Without AMOUNT, each project's unspent award and each pot's remaining money is returned in one
payment, and the remittance statement that goes with it is shown. To print it again: crg report
remittance.")]
pub(crate) struct Return {
    /// The grant year
    year: FinancialYear,
    /// Pounds and pence from one pot or project, such as 1,250.00; defaults to all that is left
    #[arg(requires = "Holder")]
    amount: Option<String>,
    #[command(flatten)]
    holder: Holder,
    #[command(flatten)]
    write: WriteOptions,
}

impl Return {
    pub(crate) fn run(&self, context: &Context) -> Result<(), Stop> {
        let Some(amount) = &self.amount else {
            return self.all(context);
        };
        self.write
            .form(Kind::Return, self.year, context)
            .set(Column::Amount, amount)
            .set_if(Column::Pot, &self.holder.pot)
            .set_if(Column::Project, &self.holder.project)
            .record()
    }

    /// Returns all of the year's underspend, and shows the statement that goes with the payment.
    fn all(&self, context: &Context) -> Result<(), Stop> {
        let (output, write) = (&context.output, &self.write);
        let asked = ReturnAll {
            year: self.year,
            on: write.on(context),
            by: context.by.clone(),
            reference: write.reference.clone().unwrap_or_default(),
            note: write.note.clone(),
            override_reason: write.override_reason.clone(),
        };
        let mut book = context.open_to_write()?;
        let Some(remitted) = book.return_all(&asked, context.now, commit(write.dry_run))? else {
            let year = self.year;
            let text = format!("Nothing of {year} is left to return; nothing was recorded.\n");
            output.confirm(&text);
            return Ok(());
        };
        let how = write.recording();
        if how.confirmation == Confirmation::Json {
            confirm(&book, &remitted.recorded, how, context);
            return Ok(());
        }
        let statement = &remitted.statement;
        output.confirm(&text_table::text(statement, output.width));
        print_notes(&book, &remitted.recorded, context);
        if write.dry_run {
            return Ok(());
        }
        let last = statement.payments.last();
        let left = last.map(|payment| payment.to_return);
        output.next(&match left.filter(|left| !left.is_zero()) {
            None => command!("year close {}", self.year).into(),
            // What is spent after the day of the payment is not in its statement.
            Some(left) => {
                let (left, on) = (left.pounds(), asked.on.long());
                let log = command!("log --year {}", self.year);
                log.because(format!("{left} is not accounted for on {on}"))
            }
        });
        Ok(())
    }
}
