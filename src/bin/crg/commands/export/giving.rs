//! `crg export 360giving`.

use clap::{Args, ValueEnum};
use crg::FinancialYear;
use crg::fold::Lens;
use crg::format;
use crg::report::GivingPrefix;

use crate::context::Context;
use crate::failure::{Exit, Failure, Stop};
use crate::options::file::FileOptions;

/// The year's grants in the 360Giving Data Standard 1.4: one for each project that has an award
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  crg export 360giving 2025/26 --prefix 360G-kcsp --output grants-2025-26.json
  crg export 360giving 2025/26 --prefix 360G-kcsp --output grants-2025-26.csv

What the standard asks for is recorded with crg project detail and crg year detail. To see what is
missing: crg check --for 360giving 2025/26")]
pub(crate) struct Giving {
    /// The grant year
    year: FinancialYear,
    /// The prefix that 360Giving gave you; defaults to one made from the partnership's name
    #[arg(long, value_name = "PREFIX")]
    prefix: Option<GivingPrefix>,
    /// How to write it; defaults to JSON
    #[arg(long, value_enum, value_name = "json|csv", hide_possible_values = true)]
    format: Option<GivingFormat>,
    #[command(flatten)]
    file: FileOptions,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum GivingFormat {
    Json,
    Csv,
}

impl Giving {
    pub(crate) fn run(&self, context: &Context) -> Result<(), Stop> {
        let format = self.format()?;
        let (book, lens) = (context.open()?, Lens::at(context.today));
        let report = book.giving(self.year, self.prefix.as_ref(), lens)?;
        let text = match format {
            GivingFormat::Json => format::giving_json(&report).map_err(|error| {
                Failure::new(Exit::Bug, "json", format!("bug: no JSON: {error}"))
            })?,
            GivingFormat::Csv => format::csv(&report, false),
        };
        self.file.write(text.as_bytes(), context)?;
        if let (None, Some(grant)) = (&self.prefix, report.rows.first()) {
            context.output.note(&format!(
                "the numbers of the grants, such as {}, are made from the partnership's name; give the \
                 prefix you have from 360Giving with --prefix, and keep it",
                grant.id
            ));
        }
        Ok(())
    }

    /// The format asked for, by its name or by the name of the file.
    fn format(&self) -> Result<GivingFormat, Failure> {
        let Some(ending) = self.file.path().and_then(|path| path.extension()) else {
            return Ok(self.format.unwrap_or(GivingFormat::Json));
        };
        let ending = GivingFormat::from_str(&ending.to_string_lossy(), true).ok();
        match (self.format, ending) {
            (None, Some(ending)) => Ok(ending),
            (Some(asked), ending) if ending == Some(asked) => Ok(asked),
            _ => Err(Failure::command_line(
                "360Giving is written as JSON or CSV; end the file in .json or .csv, and omit --format",
            )),
        }
    }
}
