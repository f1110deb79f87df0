//! The reports that the desk shows and saves: the same as those of the command line.

use crg::document::Settings;
use crg::model::Quarter;
use crg::report::{CertifiedReport, ClaimPeriod, Period, ReturnPaper};
use crg::{Book, Error, FinancialYear, Lens};
use maud::Markup;

use crate::desk::answer::File;
use crate::desk::screens::question::report;
use crate::desk::visit::{Visit, unreadable};
use crate::failure::Stop;
use crate::options::answer::{Format, Shown, in_format};
use crate::options::settings::SettingsOptions;
use crate::options::{Answered, answered};

/// The reports by their names, each with what it tells.
pub(crate) const PAPERS: [(&str, &str); 16] = [
    (
        "page",
        "The chair's page: what is left, what is late, what waits",
    ),
    ("pot", "The pots"),
    ("projects", "The projects"),
    ("update", "The Working Group Update, a paper for a meeting"),
    ("quarter", "A quarter"),
    (
        "decisions",
        "Every decision, and every movement of money except spend",
    ),
    ("spend", "Spend and refunds"),
    ("forecast", "Where the year is heading"),
    (
        "priorities",
        "Awards, spend and outcomes by the priorities they serve",
    ),
    ("monitoring", "The monitoring return to the OPCC"),
    ("claim", "A claim, for an OPCC that pays in arrears"),
    ("year-end", "The year-end return, with the declaration"),
    ("remittance", "The statement of what was returned"),
    ("reconcile", "Printed figures beside computed ones"),
    ("due", "What is due"),
    ("documents", "The documents on record"),
];

/// The choices of a report that is about a part of the year.
pub(crate) fn periods(name: &str) -> &'static [&'static str] {
    match name {
        "quarter" => &["Q1", "Q2", "Q3", "Q4"],
        "claim" => &["Q1", "Q2", "Q3", "Q4", "H1", "H2"],
        "monitoring" => &["mid-year", "year-end"],
        _ => &[],
    }
}

/// A report, to be shown or to be saved.
pub(crate) enum Made {
    Shown(Markup),
    Saved(File),
}

/// Makes the report that a visit names: as a part of a page, or as a file of a format.
pub(crate) fn made(visit: &Visit, format: Option<Format>) -> Result<Made, Stop> {
    let book = visit.open()?;
    let (name, year, lens) = (visit.values.get("name"), visit.year(&book)?, visit.lens()?);
    let maker = Maker {
        book: &book,
        year,
        lens,
        format,
        name,
        width: visit.context.output.width,
    };
    let settings = SettingsOptions::beside(&visit.context)?.unwrap_or_default();
    match name {
        "page" => maker.make(Book::page),
        "pot" => maker.make(Book::pot),
        "projects" => maker.make(Book::projects),
        "decisions" => maker.make(Book::decisions),
        "forecast" => maker.make(Book::forecast),
        "priorities" => maker.make(Book::priorities),
        "reconcile" => maker.make(Book::reconcile),
        "due" => maker.make(Book::due),
        "documents" => maker.make(Book::documents),
        "spend" => maker.make(|book, year, lens| book.spend(year, None, lens)),
        "update" => {
            maker.make(|book, year, lens| Ok(book.update(year, None, lens)?.with(&settings)))
        }
        "quarter" => {
            let quarter = quarter(visit, year)?;
            maker.make(|book, year, lens| book.quarter(year, quarter, lens))
        }
        "year-end" if format == Some(Format::Xlsx) => maker.make(|book, year, lens| {
            let report = book.year_end_workbook(year, lens)?;
            signed(
                book,
                report,
                CertifiedReport::YearEnd,
                (year, lens),
                settings,
            )
        }),
        "year-end" => maker.make(|book, year, lens| {
            let report = book.year_end(year, lens)?;
            signed(
                book,
                report,
                CertifiedReport::YearEnd,
                (year, lens),
                settings,
            )
        }),
        "remittance" => maker.make(|book, year, lens| {
            let report = book.remittance(year, None, lens)?;
            signed(
                book,
                report,
                CertifiedReport::Remittance,
                (year, lens),
                settings,
            )
        }),
        "monitoring" => {
            let given = visit.values.given("period").unwrap_or("year-end");
            let period: Period = given.parse().map_err(|error| unreadable(given, error))?;
            let usual = period.as_at(year, visit.context.today);
            maker.at(usual, visit).make(|book, year, lens| {
                let report = book.monitoring(year, period, lens)?;
                let certified = CertifiedReport::Monitoring(period);
                signed(book, report, certified, (year, lens), settings)
            })
        }
        "claim" => {
            let period = claim_period(visit)?;
            let usual = period.as_at(year, visit.context.today);
            maker.at(usual, visit).make(|book, year, lens| {
                let report = book.claim(year, period, lens)?;
                let certified = CertifiedReport::Claim(period);
                signed(book, report, certified, (year, lens), settings)
            })
        }
        name => Err(unreadable(name, "a report of the desk")),
    }
}

/// The quarter asked about, or the last one of the year that is over.
pub(crate) fn quarter(visit: &Visit, year: FinancialYear) -> Result<Quarter, Stop> {
    if let Some(given) = visit.values.given("period") {
        return given.parse().map_err(|error| unreadable(given, error));
    }
    let (last_year, last) = FinancialYear::last_quarter_before(visit.context.today);
    Ok(match year.cmp(&last_year) {
        std::cmp::Ordering::Equal => last,
        std::cmp::Ordering::Less => Quarter::Q4,
        std::cmp::Ordering::Greater => Quarter::Q1,
    })
}

/// The period of a claim.
pub(crate) fn claim_period(visit: &Visit) -> Result<ClaimPeriod, Stop> {
    let given = visit.values.given("period").unwrap_or("H1");
    given.parse().map_err(|error| unreadable(given, error))
}

fn signed<R: crg::report::Return>(
    book: &Book,
    report: R,
    certified: CertifiedReport,
    (year, lens): (FinancialYear, Lens),
    settings: Settings,
) -> Result<ReturnPaper<R>, Error> {
    let declaration = book.declaration(certified, year, lens)?;
    Ok(ReturnPaper::new(report, declaration, settings))
}

/// What every report is made of.
struct Maker<'a> {
    book: &'a Book,
    year: FinancialYear,
    lens: Lens,
    format: Option<Format>,
    name: &'a str,
    width: u16,
}

impl Maker<'_> {
    /// As at the usual day of the report, unless another was asked about.
    fn at(self, usual: crg::Date, visit: &Visit) -> Self {
        match visit.values.given("as-at") {
            Some(_) => self,
            None => Maker {
                lens: Lens::at(usual),
                ..self
            },
        }
    }

    fn make<R: Shown>(
        &self,
        question: impl FnOnce(&Book, FinancialYear, Lens) -> Result<R, Error>,
    ) -> Result<Made, Stop> {
        let question = |book: &Book, lens| question(book, self.year, lens);
        let answered = answered(self.book, self.lens, question)?;
        match self.format {
            None => Ok(Made::Shown(report(&answered.paper()))),
            Some(format) => self.file(&answered, format).map(Made::Saved),
        }
    }

    fn file<R: Shown>(&self, answered: &Answered<R>, format: Format) -> Result<File, Stop> {
        // CSV of the desk is opened with Excel.
        let for_excel = true;
        let paper = answered.paper();
        let bytes = in_format(format, &paper, &answered.report, for_excel, self.width);
        let bytes = bytes.map_err(|failed| failed.failure(self.name))?;
        let year = self.year.to_string().replace('/', "-");
        Ok(File {
            name: format!("{}-{year}.{}", self.name, format.ending()),
            kind: kind(format),
            bytes,
        })
    }
}

/// What a browser is told that a file is.
fn kind(format: Format) -> &'static str {
    match format {
        Format::Table | Format::Md => "text/plain; charset=utf-8",
        Format::Json => "application/json",
        Format::Csv => "text/csv; charset=utf-8",
        Format::Html => "text/html; charset=utf-8",
        Format::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        Format::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    }
}
