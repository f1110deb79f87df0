use crate::context::{Context, day};
use crate::failure::Stop;
use crate::options::NamedYearQuery;
use crate::options::settings::{SettingsOptions, suggest_settings};
use clap::Args;
use crg::Date;

/// The Working Group Update, a paper: projects, decisions, what is left, proposed and returned,
/// next year, recommendations
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  crg report update 2025/26
  crg report update 2025/26 --as-at 2026-03-31 --format docx --output update.docx
  crg report update 2025/26 --since 2025-11-20 --format md

It shows every decision since the last paper, and the last step of each pending proposal. The last
paper is the latest that has a printed figure or was issued, before the day asked about; quarter
reports go to the OPCC and do not count. Decisions recorded after that paper are shown whatever
their date. With --since, decisions dated after that day are shown instead. CSV has the projects.

What only the team knows, such as whom to ask, comes from a settings file: crg template paper")]
pub(crate) struct Update {
    #[command(flatten)]
    asked: NamedYearQuery,
    /// Show decisions after this day; defaults to the day of the last paper
    #[arg(long, value_name = "DATE", value_parser = day)]
    since: Option<Date>,
    #[command(flatten)]
    settings: SettingsOptions,
}

impl Update {
    pub(crate) fn run(&self, context: &Context) -> Result<(), Stop> {
        let settings = self.settings.read(context)?;
        let known = settings.clone().unwrap_or_default();
        self.asked.paper(context, |book, year, lens| {
            Ok(book.update(year, self.since, lens)?.with(&known))
        })?;
        if settings.is_none() && self.asked.query.answer.is_read() {
            suggest_settings(context);
        }
        Ok(())
    }
}
