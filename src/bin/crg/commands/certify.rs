//! `crg certify`: the chief finance officer certifies a report.

use std::fmt::Display;
use std::str::FromStr;

use crate::context::Context;
use crate::failure::{Failure, Stop};
use crate::hint::{CommandLine, command};
use crate::options::write::WriteOptions;
use crate::recording::{Confirmation, record_once};
use clap::{Args, ValueEnum};
use crg::book::{Certify as Asked, Commit, Once};
use crg::model::Column;
use crg::report::{CertifiedReport, Officer};
use crg::{Date, FinancialYear, Kind};

/// Record that the chief finance officer certifies a report
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  crg certify year-end 2025/26 --name \"A. Person\" --post \"Chief Finance Officer\"
  crg certify monitoring 2025/26 --period mid-year --name \"A. Person\" --post \"Section 151 Officer\"
  crg certify claim 2025/26 --period H1 --name \"A. Person\" --post \"Section 151 Officer\"

The entry has the SHA-256 of the report as --format json writes it. It is dated the day the report
speaks of: --on, or else the day that crg report would use. Printed again for that day, the report has
name, post and date in its declaration while it says the same; with the printed --known-at, always.")]
pub(crate) struct Certify {
    /// Which report
    #[arg(value_name = "REPORT")]
    report: Name,
    /// The grant year
    year: FinancialYear,
    /// Which monitoring return, mid-year or year-end; or the period of the claim, such as H1
    #[arg(long, value_name = "PERIOD")]
    period: Option<String>,
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
    Claim,
}

impl Certify {
    pub(crate) fn run(&self, context: &Context) -> Result<(), Stop> {
        let report = self.report()?;
        let as_at = self.write.on.unwrap_or(match report {
            CertifiedReport::Monitoring(period) => period.as_at(self.year, context.today),
            CertifiedReport::Claim(period) => period.as_at(self.year, context.today),
            _ => context.today,
        });
        let asked = Asked {
            report,
            year: self.year,
            as_at,
            by: context.by.clone(),
        };
        let officer = Officer::new(&self.name, &self.post)
            .map_err(|error| Failure::command_line(error.to_string()))?;
        let note = match &self.write.note {
            Some(note) => format!("{officer}; {note}"),
            None => officer.to_string(),
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
        let period = self.period.as_deref();
        match (self.report, period) {
            (Name::Monitoring, Some(period)) => Ok(CertifiedReport::Monitoring(read(period)?)),
            (Name::Claim, Some(period)) => Ok(CertifiedReport::Claim(read(period)?)),
            (Name::YearEnd, None) => Ok(CertifiedReport::YearEnd),
            (Name::Remittance, None) => Ok(CertifiedReport::Remittance),
            (Name::Monitoring, None) => Err(Failure::command_line(
                "say which monitoring return: --period mid-year or year-end",
            )),
            (Name::Claim, None) => Err(Failure::command_line(
                "say for which period: --period H1, Q1, or two days",
            )),
            (Name::YearEnd | Name::Remittance, Some(_)) => Err(Failure::command_line(
                "--period is for the monitoring return and for claims",
            )),
        }
    }
}

/// Reads the period of a report.
fn read<P: FromStr<Err: Display>>(period: &str) -> Result<P, Failure> {
    let fail = |error| Failure::command_line(format!("--period {period}: expected {error}"));
    period.parse().map_err(fail)
}

/// The command that prints a report of a year, as at a day.
fn printing(report: CertifiedReport, year: FinancialYear, as_at: Date) -> CommandLine {
    let command = match report {
        CertifiedReport::YearEnd => command!("report year-end {}", year),
        CertifiedReport::Remittance => command!("report remittance {}", year),
        CertifiedReport::Monitoring(period) => {
            command!("report monitoring {} --period {}", year, period)
        }
        CertifiedReport::Claim(period) => command!("report claim {} --period {}", year, period),
    };
    command.option("--as-at", as_at)
}
