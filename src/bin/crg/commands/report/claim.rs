use crg::book::IssueClaim;
use crg::report::{Ahead, CertifiedReport, ClaimPeriod, ClaimReport, ReturnPaper};

use crate::context::Context;
use crate::failure::Stop;
use crate::hint::command;
use crate::options::NamedYearQuery;
use crate::options::answer::Showing;
use crate::options::issue::IssueOptions;
use crate::options::settings::SettingsOptions;
use clap::Args;
use crg::document::Settings;
use crg::model::Entry;
use crg::{Book, Error, Lens};

/// What is claimed of an OPCC that pays in arrears: spend of a period and to date, claimed before,
/// received, balance
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  crg report claim 2025/26 --period H1
  crg report claim 2025/26 --period H1 --issue --output claim.docx
  crg report claim 2025/26 --period 1/10/2025..31/12/2025 --format json

This claim is the spend up to the last day of the period, less what earlier claims claimed: spend
that was recorded late is in the next claim, and all claims of a year add up to its spend. A claim
counts as made once --issue has recorded that it went out. To withdraw it, reverse that entry.
The day is the last one of the period; if that is 31 March or later, today, so that spend dated
after the year is claimed too.")]
pub(crate) struct Claim {
    #[command(flatten)]
    asked: NamedYearQuery,
    /// Q1 to Q4, H1, H2, or two days such as 1/4/2025..31/7/2025
    #[arg(long, value_name = "PERIOD")]
    period: ClaimPeriod,
    #[command(flatten)]
    issue: IssueOptions,
    #[command(flatten)]
    settings: SettingsOptions,
}

impl Claim {
    pub(crate) fn run(&self, context: &Context) -> Result<(), Stop> {
        let settings = self.settings.read(context)?.unwrap_or_default();
        let NamedYearQuery { year, query } = &self.asked;
        let usual = self.period.as_at(*year, context.today);
        let as_at = query.lens.as_at.unwrap_or(usual);
        if self.issue.issue {
            return self.issue(as_at, settings, context);
        }
        let claim = |book: &Book, lens| {
            let lens = Lens { as_at, ..lens };
            self.signed(book, book.claim(*year, self.period, lens)?, settings)
        };
        query.show(Showing::Paper, context, claim).map(drop)
    }

    /// The claim as it is signed.
    fn signed(
        &self,
        book: &Book,
        claim: ClaimReport,
        settings: Settings,
    ) -> Result<ReturnPaper<ClaimReport>, Error> {
        let certified = CertifiedReport::Claim(self.period);
        let declaration = book.declaration(certified, self.asked.year, claim.head.lens)?;
        Ok(ReturnPaper::new(claim, declaration, settings))
    }

    /// Records that the claim goes out, then shows it.
    fn issue(&self, as_at: crg::Date, settings: Settings, context: &Context) -> Result<(), Stop> {
        let NamedYearQuery { year, query } = &self.asked;
        let (year, period, answer) = (*year, self.period, &query.answer);
        answer.validate()?;
        let asked = IssueClaim {
            year,
            period,
            as_at,
            dispatch: self.issue.dispatch(context),
        };
        let mut book = context.open_to_write()?;
        let issued = book.issue_claim(&asked, context.now, self.issue.commit())?;
        let lens = issued.report.head.lens;
        let origin = Some(book.origin(&issued.report, lens.known_at)?);
        let ahead = Ahead::sentences(&book.ahead(year, lens)?);
        let paper = self.signed(&book, issued.report, settings)?;
        let shown = answer.show_with(Showing::Paper, &paper, origin, ahead, context);
        let title = period.title(year);
        if let Some(entry) = issued.before {
            let known = format!(
                "{title} was issued by entry {entry}, and nothing in it has changed since; nothing new was recorded"
            );
            self.issue.known(known, &book, answer, context);
            return shown;
        }
        let again = |entry: &Entry| {
            command!(
                "report claim {} --period {} --as-at {} --known-at {} --format json",
                year,
                period,
                entry.on,
                entry.recorded
            )
        };
        let recorded = (&book, &issued.recorded);
        self.issue
            .confirm(&title, recorded, again, (answer, shown), context)
    }
}
