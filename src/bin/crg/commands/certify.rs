//! `crg certify`: the chief finance officer certifies a report.

use crate::context::Context;
use crate::failure::{Failure, Stop};
use crate::hint::{CommandLine, command};
use crate::options::write::WriteOptions;
use crate::recording::{Confirmation, record_once};
use clap::{Args, ValueEnum};
use crg::book::{Certify as Asked, Commit, Once};
use crg::model::Column;
use crg::report::{CertifiedReport, Period};
use crg::{Date, FinancialYear, Kind};

/// Record that the chief finance officer certifies a report
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  crg certify year-end 2025/26 --name \"A. Person\" --post \"Chief Finance Officer\"
  crg certify monitoring 2025/26 --period mid-year --name \"A. Person\" --post \"Section 151 Officer\"

The entry has the SHA-256 of the report as --format json writes it. It is dated the day the report
speaks of: --on, or else the day that crg report would use.")]
pub(crate) struct Certify {
    /// Which report
    #[arg(value_name = "REPORT")]
    report: Name,
    /// The grant year
    year: FinancialYear,
    /// Which monitoring return
    #[arg(long, value_name = "mid-year|year-end")]
    period: Option<Period>,
    /// Who certifies it
    #[arg(long, value_name = "NAME")]
    name: String,
    /// The post of that person
    #[arg(long, value_name = "TEXT")]
    post: String,
    #[command(flatten)]
    write: WriteOptions,
}

/// The reports, by the names of their commands.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Name {
    YearEnd,
    Monitoring,
    Remittance,
}

impl Certify {
    pub(crate) fn run(&self, context: &Context) -> Result<(), Stop> {
        let report = self.report()?;
        let as_at = self.write.on.unwrap_or(match report {
            CertifiedReport::Monitoring(period) => period.as_at(self.year, context.today),
            _ => context.today,
        });
        let asked = Asked {
            report,
            year: self.year,
            as_at,
            by: context.by.clone(),
        };
        let officer = format!("{}, {}", self.name.trim(), self.post.trim());
        let note = match &self.write.note {
            Some(note) => format!("{officer}; {note}"),
            None => officer,
        };
        let (title, on) = (report.title(self.year), as_at.to_string());
        let how = self.write.recording();
        let done = record_once(context, how, |book| {
            let make = |sha256: crg::Fingerprint| {
                self.write
                    .form(Kind::Certify, self.year, context)
                    .set(Column::On, &on)
                    .set(Column::Title, &title)
                    .set(Column::Value, &sha256.to_string())
                    .set(Column::Note, &note)
                    .draft()
            };
            book.certify(&asked, make, context.now, how.commit)
        })?;
        if let Once::Recorded(recorded) = &done
            && let Some(entry) = recorded.entries.first()
            && how.commit == Commit::Keep
            && how.confirmation == Confirmation::Table
        {
            let again = printing(report, self.year, as_at)
                .option("--known-at", entry.recorded)
                .option("--format", "json");
            context
                .output
                .next(&again.because("to print the same report later"));
        }
        Ok(())
    }

    fn report(&self) -> Result<CertifiedReport, Failure> {
        match (self.report, self.period) {
            (Name::Monitoring, Some(period)) => Ok(CertifiedReport::Monitoring(period)),
            (Name::YearEnd, None) => Ok(CertifiedReport::YearEnd),
            (Name::Remittance, None) => Ok(CertifiedReport::Remittance),
            (Name::Monitoring, None) => {
                let message = "say which monitoring return: --period mid-year or year-end";
                Err(Failure::command_line(message))
            }
            _ => Err(Failure::command_line(
                "--period is for the monitoring return",
            )),
        }
    }
}

/// The command that prints a report of a year, as at a day.
fn printing(report: CertifiedReport, year: FinancialYear, as_at: Date) -> CommandLine {
    let command = match report {
        CertifiedReport::YearEnd => command!("report year-end {}", year),
        CertifiedReport::Remittance => command!("report remittance {}", year),
        CertifiedReport::Monitoring(period) => {
            command!("report monitoring {} --period {}", year, period)
        }
    };
    command.option("--as-at", as_at)
}
