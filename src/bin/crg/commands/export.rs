use crg::format::{self, Reader};

use crate::context::Context;
use crate::failure::Stop;
use crate::options::LensOptions;
use crate::options::file::FileOptions;
use clap::{Args, Subcommand, ValueEnum};
use crg::FinancialYear;

/// Export a year's money for other programs
#[derive(Debug, Subcommand)]
#[command(after_help = "Example:
  crg export journal 2025/26 --for hledger --output 2025-26.journal")]
pub(crate) enum Export {
    Journal(Journal),
}

impl Export {
    pub(crate) fn run(&self, context: &Context) -> Result<(), Stop> {
        match self {
            Export::Journal(journal) => journal.run(context),
        }
    }
}

/// A plain-text journal that hledger, ledger or beancount accepts in its strictest mode
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  crg export journal 2025/26 --for hledger --output 2025-26.journal
  crg export journal 2025/26 --for beancount --as-at 2025-12-31")]
pub(crate) struct Journal {
    /// The grant year
    year: FinancialYear,
    /// The program that will read it
    #[arg(long = "for", value_enum, value_name = "PROGRAM")]
    program: Program,
    #[command(flatten)]
    lens: LensOptions,
    #[command(flatten)]
    file: FileOptions,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Program {
    Hledger,
    Ledger,
    Beancount,
}

impl Journal {
    fn run(&self, context: &Context) -> Result<(), Stop> {
        let reader = match self.program {
            Program::Hledger => Reader::Hledger,
            Program::Ledger => Reader::Ledger,
            Program::Beancount => Reader::Beancount,
        };
        let journal = format::journal(
            &context
                .open()?
                .transactions(self.year, self.lens.lens(context))?,
            reader,
        );
        self.file.write(journal.as_bytes(), &context.book)
    }
}
