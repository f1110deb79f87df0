//! Questions: the reports of a year. Each reads only that year, and only the kinds of entry it
//! needs.
//!
//! Every question fails with [`Error::NoSuchYear`] if the book has no entry of the year, and with
//! [`Error::Store`] if the file cannot be read.

use crate::book::handle::Book;
use crate::book::log::LogFilter;
use crate::book::names::names;
use crate::book::view::{entries, every_kind, moves_pots};
use crate::error::Error;
use crate::fold::{Lens, standing};
use crate::model::{Date, FinancialYear, Kind, Moment, Quarter};
use crate::report::{
    ClaimPeriod, ClaimReport, DecisionsReport, DictionaryReport, DocumentsReport, DueReport,
    ForecastReport, MonitoringReport, NextYear, PageReport, Period, PotReport, PrioritiesReport,
    PriorityListReport, ProjectFilter, ProjectListReport, QuarterReport, ReconcileReport,
    StatusReport, StatusYear, TransactionsReport, UpdateReport, YearEndChanges, YearEndReport,
    YearEndWorkbook, YearReport,
};
use crate::store::Store;

impl Book {
    /// The pots of a year. Spend, and all that moves no pot, stays unread.
    pub fn pot(&self, year: FinancialYear, lens: Lens) -> Result<PotReport, Error> {
        Ok(PotReport::new(&self.view(year, moves_pots, lens)?))
    }

    /// What is to be done in a year, and by when.
    pub fn due(&self, year: FinancialYear, lens: Lens) -> Result<DueReport, Error> {
        let is_needed = |kind| matches!(kind, Kind::Due | Kind::Met | Kind::Confirm);
        Ok(DueReport::new(&self.view(year, is_needed, lens)?))
    }

    /// The documents of a year.
    pub fn documents(&self, year: FinancialYear, lens: Lens) -> Result<DocumentsReport, Error> {
        let is_needed = |kind| matches!(kind, Kind::Propose | Kind::Document | Kind::Confirm);
        Ok(DocumentsReport::new(&self.view(year, is_needed, lens)?))
    }

    /// What the tables, views and columns of the file mean.
    pub fn dictionary(&self) -> Result<DictionaryReport, Error> {
        let rows = self.store.dictionary()?;
        Ok(DictionaryReport { rows })
    }

    /// Where a year's allocation is, and its cash.
    pub fn year(&self, year: FinancialYear, lens: Lens) -> Result<YearReport, Error> {
        Ok(YearReport::new(&self.view(year, every_kind, lens)?))
    }

    /// A year's projects.
    pub fn projects(&self, year: FinancialYear, lens: Lens) -> Result<ProjectListReport, Error> {
        Ok(ProjectListReport::new(&self.view(year, every_kind, lens)?))
    }

    /// Those of a year's projects that a filter shows.
    pub fn find_projects(
        &self,
        year: FinancialYear,
        filter: &ProjectFilter,
        lens: Lens,
    ) -> Result<ProjectListReport, Error> {
        let view = self.view(year, every_kind, lens)?;
        Ok(ProjectListReport::filtered(&view, filter))
    }

    /// A year's decisions, and every movement of its money except spend.
    pub fn decisions(&self, year: FinancialYear, lens: Lens) -> Result<DecisionsReport, Error> {
        let view = self.view(year, DecisionsReport::has, lens)?;
        Ok(DecisionsReport::new(&view))
    }

    /// Where a year is heading.
    pub fn forecast(&self, year: FinancialYear, lens: Lens) -> Result<ForecastReport, Error> {
        Ok(ForecastReport::new(&self.view(year, every_kind, lens)?))
    }

    /// A year's lines at its end.
    pub fn year_end(&self, year: FinancialYear, lens: Lens) -> Result<YearEndReport, Error> {
        Ok(YearEndReport::new(&self.view(year, every_kind, lens)?))
    }

    /// A year's end with its spend and decisions.
    pub fn year_end_workbook(
        &self,
        year: FinancialYear,
        lens: Lens,
    ) -> Result<YearEndWorkbook, Error> {
        Ok(YearEndWorkbook::new(&self.full_view(year, lens)?))
    }

    /// A year's monitoring return to the OPCC.
    pub fn monitoring(
        &self,
        year: FinancialYear,
        period: Period,
        lens: Lens,
    ) -> Result<MonitoringReport, Error> {
        Ok(MonitoringReport::new(&self.full_view(year, lens)?, period))
    }

    /// A year's movements of money as double entry.
    pub fn transactions(
        &self,
        year: FinancialYear,
        lens: Lens,
    ) -> Result<TransactionsReport, Error> {
        Ok(TransactionsReport::new(&self.full_view(year, lens)?)?)
    }

    /// The priorities in force in a year.
    pub fn priority_list(
        &self,
        year: FinancialYear,
        lens: Lens,
    ) -> Result<PriorityListReport, Error> {
        self.store.read(|| {
            let view = self.view(year, |kind| kind == Kind::Confirm, lens)?;
            Ok(PriorityListReport::new(
                &view,
                self.priorities_in(year, lens)?,
            ))
        })
    }

    /// A year's awards, spend and outcomes by the priorities they serve.
    pub fn priorities(&self, year: FinancialYear, lens: Lens) -> Result<PrioritiesReport, Error> {
        self.store.read(|| {
            let view = self.view(year, every_kind, lens)?;
            Ok(PrioritiesReport::new(
                &view,
                &self.priorities_in(year, lens)?,
            ))
        })
    }

    /// A year's printed figures beside computed ones. An explanation counts whatever day it was
    /// given.
    pub fn reconcile(&self, year: FinancialYear, lens: Lens) -> Result<ReconcileReport, Error> {
        let always = Lens {
            as_at: Date::MAX,
            ..lens
        };
        let known = standing(entries(&self.store, year, every_kind)?, always);
        Ok(ReconcileReport::new(year, &known, lens)?)
    }

    /// A quarter's opening, movement and closing, what was done in it, and where that leaves the
    /// year.
    pub fn quarter(
        &self,
        year: FinancialYear,
        quarter: Quarter,
        lens: Lens,
    ) -> Result<QuarterReport, Error> {
        self.store
            .read(|| quarter_report(&self.store, year, quarter, lens))
    }

    /// What is claimed of the OPCC for a period of a year.
    pub fn claim(
        &self,
        year: FinancialYear,
        period: ClaimPeriod,
        lens: Lens,
    ) -> Result<ClaimReport, Error> {
        self.store
            .read(|| claim_report(&self.store, year, period, lens))
    }

    /// The chair's page of a year.
    pub fn page(&self, year: FinancialYear, lens: Lens) -> Result<PageReport, Error> {
        self.store.read(|| {
            let view = self.view(year, every_kind, lens)?;
            Ok(PageReport::new(&view, self.reconcile(year, lens)?)?)
        })
    }

    /// The Working Group Update, with what was decided after a day. If no
    /// day is given, it has what was decided or recorded after the last paper before the day asked
    /// about.
    ///
    /// # Errors
    ///
    /// [`Error::SinceAfterAsAt`] if the day is after the day asked about.
    pub fn update(
        &self,
        year: FinancialYear,
        since: Option<Date>,
        lens: Lens,
    ) -> Result<UpdateReport, Error> {
        let as_at = lens.as_at;
        if let Some(since) = since.filter(|since| *since > as_at) {
            return Err(Error::SinceAfterAsAt { since, as_at });
        }
        self.store.read(|| {
            let view = self.view(year, every_kind, lens)?;
            // The last year that there can be is followed by itself.
            let is_next = |known: &FinancialYear| *known > year && *known == year.next();
            let next = self.years()?.into_iter().find(is_next);
            let next = next.map(|next| self.next_year(next, lens)).transpose()?;
            Ok(UpdateReport::new(&view, since, next))
        })
    }

    /// The pots and deadlines of a year, for the update of the one before it.
    fn next_year(&self, year: FinancialYear, lens: Lens) -> Result<NextYear, Error> {
        let is_needed = |kind| moves_pots(kind) || matches!(kind, Kind::Due | Kind::Met);
        Ok(NextYear::new(&self.view(year, is_needed, lens)?))
    }

    /// What changed in a year end since it was known at a moment. `now` is the last moment that
    /// counts if the lens names none.
    ///
    /// # Errors
    ///
    /// [`Error::SinceTooLate`] if the moment is after the last that counts.
    pub fn year_end_since(
        &self,
        year: FinancialYear,
        since: Moment,
        lens: Lens,
        now: Moment,
    ) -> Result<YearEndChanges, Error> {
        let known = lens.known_at.unwrap_or(now);
        if since > known {
            return Err(Error::SinceTooLate { since, known });
        }
        let before = Lens {
            known_at: Some(since),
            ..lens
        };
        self.store.read(|| {
            let (before, after) = (self.year_end(year, before)?, self.year_end(year, lens)?);
            let mut log = self.log(&LogFilter {
                year: Some(year),
                known_at: lens.known_at,
                ..LogFilter::default()
            })?;
            log.rows.retain(|row| row.recorded > since);
            Ok(YearEndChanges::new(&before, &after, since, log.rows))
        })
    }

    /// The book at a glance.
    pub fn status(&self, lens: Lens) -> Result<StatusReport, Error> {
        self.store.read(|| {
            let (names, head) = (self.latest_names(lens)?, self.store.head()?);
            let year = |year| {
                let unexplained = self.reconcile(year, lens)?.unexplained;
                Ok(StatusYear::new(
                    &self.view(year, every_kind, lens)?,
                    unexplained,
                ))
            };
            let years = self.years()?.into_iter().map(year);
            Ok(StatusReport {
                partnership: names.partnership,
                funder: names.funder,
                grant: names.grant,
                lens,
                entries: head.last.map_or(0, |(number, _)| number.0),
                head: head.fingerprint,
                years: years.collect::<Result<_, Error>>()?,
                ahead: self.ahead_in_all_years(lens)?,
            })
        })
    }
}

pub(super) fn quarter_report(
    store: &Store,
    year: FinancialYear,
    quarter: Quarter,
    lens: Lens,
) -> Result<QuarterReport, Error> {
    let entries = entries(store, year, every_kind)?;
    let report = QuarterReport::new(year, quarter, &entries, lens, names(store, year, lens)?);
    Ok(report?)
}

pub(super) fn claim_report(
    store: &Store,
    year: FinancialYear,
    period: ClaimPeriod,
    lens: Lens,
) -> Result<ClaimReport, Error> {
    let entries = entries(store, year, every_kind)?;
    let names = names(store, year, lens)?;
    Ok(ClaimReport::new(year, period, &entries, lens, names)?)
}
