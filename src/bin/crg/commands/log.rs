use crg::book::LogFilter;

use crate::context::{Context, moment_or_day};
use crate::failure::Stop;
use crate::options::answer::{AnswerOptions, Showing};
use crate::options::find::FindOptions;
use crate::output;
use clap::Args;
use crg::{FinancialYear, Moment};

/// The journal, entry by entry in the order recorded
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  crg log --last 10
  crg log --year 2025/26 --project P05
  crg log --head --note >> minutes.txt
  crg log --text acme --from 2025-06-01
  crg log --recorded-by \"Finance team\" --recorded-from today")]
pub(crate) struct Log {
    /// Only this year
    #[arg(long, value_name = "YEAR")]
    year: Option<FinancialYear>,
    #[command(flatten)]
    find: FindOptions,
    /// Only this many entries, the latest
    #[arg(long, value_name = "COUNT")]
    last: Option<usize>,
    /// Only what was recorded by this moment, in UTC; a day means its end
    #[arg(long, value_name = "MOMENT", value_parser = moment_or_day)]
    known_at: Option<Moment>,
    /// Print only the fingerprint of the last entry, to write into minutes
    #[arg(long, conflicts_with_all = ["year", "FindOptions", "last", "known_at", "format", "json", "for_excel", "output", "open"])]
    head: bool,
    /// With --head, print a note of three lines: the partnership, the number of entries and the
    /// fingerprint
    #[arg(long, requires = "head")]
    note: bool,
    #[command(flatten)]
    answer: AnswerOptions,
}

impl Log {
    pub(crate) fn run(&self, context: &Context) -> Result<(), Stop> {
        if self.note {
            return output::print(context.open()?.checkpoint()?.to_string());
        }
        if self.head {
            return output::print(format!("{}\n", context.open()?.head()?));
        }
        let filter = LogFilter {
            year: self.year,
            entries: self.find.filter()?,
            known_at: self.known_at,
            last: self.last,
        };
        let (log, origin) = context
            .open()?
            .with_origin(self.known_at, |book| book.log(&filter))?;
        self.answer
            .show(Showing::Answer, &log, Some(origin), context)
    }
}
