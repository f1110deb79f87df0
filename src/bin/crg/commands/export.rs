mod giving;

use crg::format::{self, Reader};

use crate::context::Context;
use crate::failure::Stop;
use crate::hint::command;
use crate::options::answer::{Showing, Shown};
use crate::options::file::FileOptions;
use crate::options::{LensOptions, NamedYearQuery};
use clap::{Args, Subcommand, ValueEnum};
use crg::fold::Lens;
use crg::report::Duty;
use crg::{Book, Error, FinancialYear};

/// Export a year's money for other programs, or its grants for publication
#[derive(Debug, Subcommand)]
#[command(defer = true)]
#[command(after_help = "Examples:
  crg export journal 2025/26 --for hledger --output 2025-26.journal
  crg export 360giving 2025/26 --output grants-2025-26.json")]
pub(crate) enum Export {
    Journal(Journal),
    #[command(name = "360giving")]
    Giving(giving::Giving),
    /// The year's grants as the Local Government Transparency Code 2015 asks
    #[command(after_help = "Example:
  crg export transparency 2025/26 --output transparency-2025-26.csv

To see what is missing, and how to record it: crg check --for transparency 2025/26")]
    Transparency(NamedYearQuery),
    /// The year's grants as the Specified Information Order 2011 asks
    #[command(after_help = "Example:
  crg export specified-information 2025/26 --output grants-2025-26.csv

To see what is missing, and how to record it: crg check --for specified-information 2025/26")]
    SpecifiedInformation(NamedYearQuery),
}

impl Export {
    pub(crate) fn run(&self, context: &Context) -> Result<(), Stop> {
        match self {
            Export::Journal(journal) => journal.run(context),
            Export::Giving(giving) => giving.run(context),
            Export::Transparency(asked) => {
                publish(Duty::Transparency, asked, context, Book::transparency)
            }
            Export::SpecifiedInformation(asked) => {
                let question = Book::specified_information;
                publish(Duty::SpecifiedInformation, asked, context, question)
            }
        }
    }
}

/// Writes what is published, and says if facts are missing from it.
fn publish<R: Shown>(
    duty: Duty,
    asked: &NamedYearQuery,
    context: &Context,
    question: fn(&Book, FinancialYear, Lens) -> Result<R, Error>,
) -> Result<(), Stop> {
    let (year, query) = (asked.year, &asked.query);
    query.show(Showing::Export, context, |book, lens| {
        question(book, year, lens)
    })?;
    let found = context.open()?.duty(duty, year, query.lens(context))?;
    if !found.rows.is_empty() {
        let check = command!("check --for {} {}", duty, year);
        context.output.note("facts are missing from it");
        context
            .output
            .next(&check.because("see which, and how to record them"));
    }
    Ok(())
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
        self.file.write(journal.as_bytes(), context)
    }
}
