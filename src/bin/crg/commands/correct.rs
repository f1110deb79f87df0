use clap::Args;
use crg::book::{Correct as Asked, Recorded};
use crg::model::Column;
use crg::{Date, EntryNumber, Error, FinancialYear};

use crate::context::{Context, day};
use crate::correction::worked_out_anew;
use crate::failure::{Failure, Stop};
use crate::hint::command;
use crate::options::write::ConfirmOptions;
use crate::recording::record;

/// Record an entry again as it should have been, with whatever depends on it
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  crg correct 63 --project P06
  crg correct 63 --amount 75.00 --note \"Misread the invoice\"
  crg correct 15 --pot upfront --dry-run
  crg correct 71 --paid --amount 480.00 --reference INV-0031 --on 2027-04-20

The entry and whatever depends on it are reversed, newest first, and recorded again with the change,
all or nothing. What withdraw and release move is worked out anew. Everything stays on record.")]
pub(crate) struct Correct {
    /// The entry's number
    entry: EntryNumber,
    #[command(flatten)]
    changes: Changes,
    /// Why, in every reversal; if omitted, the reversals say what was changed
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    /// Record it although a rule of process does not allow it, with the reason
    #[arg(long = "override", value_name = "REASON")]
    override_reason: Option<String>,
    /// Show what would change, and record nothing
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    confirm: ConfirmOptions,
}

/// What is to be otherwise. An empty text clears what may be omitted.
#[derive(Debug, Args)]
struct Changes {
    /// The day it takes effect
    #[arg(long, value_name = "DATE", value_parser = day)]
    on: Option<Date>,
    /// The grant year
    #[arg(long, value_name = "YEAR")]
    year: Option<FinancialYear>,
    /// The project's ref; of a proposal, with all that was recorded about the project
    #[arg(long, value_name = "PROJECT")]
    project: Option<String>,
    /// upfront or tactical; of a proposal, with all that was recorded about the project
    #[arg(long, value_name = "POT")]
    pot: Option<String>,
    /// Pounds and pence, such as 1,250.00
    #[arg(long, value_name = "AMOUNT")]
    amount: Option<String>,
    /// The title of a project or a paper
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// The agency that delivers it
    #[arg(long, value_name = "AGENCY")]
    lead: Option<String>,
    /// Who was paid
    #[arg(long, value_name = "NAME")]
    supplier: Option<String>,
    /// An invoice, a letter, an agreement
    #[arg(long, value_name = "TEXT")]
    reference: Option<String>,
    /// What is counted, or the figure that a paper printed
    #[arg(long, value_name = "TEXT")]
    measure: Option<String>,
    /// How many; of a payment, ledger, tracker or accrued
    #[arg(long, value_name = "VALUE")]
    value: Option<String>,
    /// The invoice has come: the cost is no longer accrued
    #[arg(long, conflicts_with = "value")]
    paid: bool,
    /// The cost category
    #[arg(long, value_name = "CATEGORY", conflicts_with = "measure")]
    category: Option<String>,
    /// Codes of the priorities it serves, separated by ;
    #[arg(long, value_name = "CODES")]
    priorities: Option<String>,
    /// Whether the amount is net (of VAT that the lead recovers) or gross
    #[arg(long, value_name = "net|gross")]
    vat: Option<String>,
    /// The entry's own note
    #[arg(long, value_name = "TEXT")]
    new_note: Option<String>,
}

impl Changes {
    fn cells(&self) -> Vec<(Column, String)> {
        let paid = self.paid.then(String::new);
        let value = self.value.clone().or(paid);
        let typed = [
            (Column::On, self.on.map(|on| on.to_string())),
            (Column::Year, self.year.map(|year| year.to_string())),
            (Column::Project, self.project.clone()),
            (Column::Pot, self.pot.clone()),
            (Column::Amount, self.amount.clone()),
            (Column::Title, self.title.clone()),
            (Column::Lead, self.lead.clone()),
            (Column::Supplier, self.supplier.clone()),
            (Column::Reference, self.reference.clone()),
            (
                Column::Measure,
                self.measure.clone().or_else(|| self.category.clone()),
            ),
            (Column::Value, value),
            (Column::Priorities, self.priorities.clone()),
            (Column::Vat, self.vat.clone()),
            (Column::Note, self.new_note.clone()),
        ];
        let given = typed.into_iter();
        given
            .filter_map(|(column, text)| Some((column, text?)))
            .collect()
    }
}

impl Correct {
    pub(crate) fn run(&self, context: &Context) -> Result<(), Stop> {
        let changes = self.changes.cells();
        if changes.is_empty() {
            return Err(self.without_change().into());
        }
        let asked = Asked {
            entry: self.entry,
            changes,
            by: context.by.clone(),
            note: self.note.clone(),
            override_reason: self.override_reason.clone(),
        };
        let how = self.confirm.recording(self.dry_run);
        let mut notes = Vec::new();
        record(context, how, |book| {
            let recorded = book.correct(&asked, context.now, how.commit)?;
            notes = worked_out_anew(&recorded);
            Ok::<Recorded, Error>(recorded)
        })?;
        for note in notes {
            context.output.note(&note);
        }
        Ok(())
    }

    fn without_change(&self) -> Failure {
        let message = "say what the entry should have said, such as --amount 75.00";
        let hint = match &self.note {
            Some(note) => command!("correct {} --new-note {}", self.entry, note)
                .because("to change the entry's own note"),
            None => command!("log --last 20").because("see what it says now"),
        };
        Failure::command_line(message).with(hint)
    }
}
