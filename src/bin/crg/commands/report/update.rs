use crate::context::{Context, day};
use crate::failure::Stop;
use crate::options::NamedYearQuery;
use clap::Args;
use crg::Date;

/// The Working Group Update: what is awarded, decided, left, proposed and to be returned, and
/// next year
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  crg report update 2025/26
  crg report update 2025/26 --as-at 2026-03-31 --format docx --output update.docx
  crg report update 2025/26 --since 2025-11-20 --format md

It shows every decision since the last paper, and the last step of each pending proposal. The last
paper is the latest that has a printed figure or was issued, before the day asked about; quarter
reports go to the OPCC and do not count. Decisions recorded after that paper are shown whatever
their date. With --since, decisions dated after that day are shown instead. CSV has the projects.")]
pub(crate) struct Update {
    #[command(flatten)]
    asked: NamedYearQuery,
    /// Show decisions after this day; defaults to the day of the last paper
    #[arg(long, value_name = "DATE", value_parser = day)]
    since: Option<Date>,
}

impl Update {
    pub(crate) fn run(&self, context: &Context) -> Result<(), Stop> {
        self.asked.paper(context, |book, year, lens| {
            book.update(year, self.since, lens)
        })
    }
}
