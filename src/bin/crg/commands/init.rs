use crg::model::{Names, is_invisible};

use crate::context::Context;
use crate::failure::{Failure, Stop};
use crate::hint::{CommandLine, command};
use crate::options::write::ConfirmOptions;
use crate::recording::confirm_file;
use clap::Args;
use crg::report::InitReport;
use crg::{Book, FinancialYear};

/// Make an empty book
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  crg init --partnership \"Kent Community Safety Partnership\"")]
pub(crate) struct Init {
    /// Who holds the grant
    #[arg(long, value_name = "NAME")]
    partnership: Option<String>,
    /// Who gives it
    #[arg(long, value_name = "NAME")]
    funder: Option<String>,
    #[command(flatten)]
    confirm: ConfirmOptions,
}

/// Refuses a name that is not what it seems: what is recorded cannot be edited.
fn must_be_visible(name: &str) -> Result<(), Failure> {
    match name.chars().find(|c| is_invisible(*c)) {
        None => Ok(()),
        Some(c) => Err(Failure::command_line(format!(
            "{name:?} has the invisible character U+{:04X}; remove it",
            u32::from(c)
        ))),
    }
}

impl Init {
    pub(crate) fn run(&self, context: &Context) -> Result<(), Stop> {
        for name in [&self.partnership, &self.funder].into_iter().flatten() {
            must_be_visible(name)?;
        }
        let default = Names::default();
        let names = Names {
            partnership: self.partnership.clone().unwrap_or(default.partnership),
            funder: self.funder.clone().unwrap_or(default.funder),
            grant: default.grant,
        };
        Book::init(&context.book, &names)?;
        let words = format!(
            "Made an empty book for {}, {}.\n",
            names.partnership,
            context.book.display()
        );
        let report = InitReport::new(names, context.book.display());
        confirm_file(self.confirm.confirmation(), &report, &words, context);
        let year = FinancialYear::containing(context.today);
        let open = CommandLine::opening(year, context.today);
        context.output.next(&open.into());
        let later = [
            command!("priority add {} CODE NAME --scheme SCHEME", year),
            command!("project propose P01 --pot upfront --amount AMOUNT --title TITLE --lead LEAD"),
        ];
        for command in later {
            context.output.then(&command.into());
        }
        Ok(())
    }
}
