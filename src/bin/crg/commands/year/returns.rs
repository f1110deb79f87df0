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
  crg year return 2025/26 --reference \"BACS 5512\" --lapse

Without AMOUNT, each project's unspent award and each pot's remaining money is returned in one
payment, and the remittance statement that goes with it is shown. To print it again: crg report
remittance.

If receipts are on record and less cash is held than is left, the OPCC has not paid out the rest.
With --lapse, the rest is recorded as lapsed: from the pots first, then from the projects by ref.")]
pub(crate) struct Return {
    /// The grant year
    year: FinancialYear,
    /// Pounds and pence from one pot or project, such as 1,250.00; defaults to all that is left
    #[arg(requires = "Holder")]
    amount: Option<String>,
    #[command(flatten)]
    holder: Holder,
    /// Record what the OPCC has not paid out as lapsed, and return the rest
    #[arg(long, conflicts_with = "amount")]
    lapse: bool,
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
            lapse: self.lapse,
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
        let recorded = &remitted.recorded;
        let kinds = recorded.entries.iter().map(|entry| entry.event.kind());
        let has = |wanted| kinds.clone().any(|kind| kind == wanted);
        let (is_paid, is_json) = (has(Kind::Return), how.confirmation == Confirmation::Json);
        // The statement says only how much lapsed.
        let is_confirmed = is_json || has(Kind::Lapse);
        if is_confirmed {
            confirm(&book, recorded, how, context);
        }
        if is_json {
            return Ok(());
        }
        let statement = &remitted.statement;
        if is_paid {
            output.confirm(&text_table::text(statement, output.width));
        }
        if !is_confirmed {
            print_notes(&book, recorded, context);
        }
        if write.dry_run {
            return Ok(());
        }
        let last = statement.payments.last().filter(|_| is_paid);
        let left = last.map(|payment| payment.left());
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
