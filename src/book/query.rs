//! Questions: each loads only the year it asks about, and only the kinds it reads.
//!
//! A question about a year fails with [`Error::NoSuchYear`] if the book has no entry of it.

use std::collections::VecDeque;

use crate::book::handle::Book;
use crate::error::Error;
use crate::fold::{Lens, Portfolio, standing};
use crate::model::{
    Date, Entry, EntryNumber, Event, FinancialYear, Kind, Moment, ProjectRef, Quarter,
};
use crate::report::{
    DecisionsReport, ForecastReport, LogReport, LogRow, MonitoringReport, PageReport, Parties,
    Period, PotReport, PrioritiesReport, ProjectListReport, ProjectReport, QuarterReport,
    ReconcileReport, SpendReport, StatusReport, StatusYear, TransactionsReport, UpdateInput,
    UpdateReport, YearEndChanges, YearEndReport, YearEndWorkbook, YearReport,
};
use crate::store::{Names, Store};

/// What projects spend and get back.
pub(super) const SPENDING: [Kind; 2] = [Kind::Spend, Kind::Refund];

/// Which entries the log shows; all of them by default.
#[derive(Debug, Clone, Default)]
pub struct LogFilter {
    /// Of one year.
    pub year: Option<FinancialYear>,
    /// Of one project.
    pub project: Option<ProjectRef>,
    /// Recorded by this moment.
    pub known_at: Option<Moment>,
    /// Only the last so many.
    pub last: Option<usize>,
}

impl Book {
    /// The entries of some kinds that count through the lens.
    fn standing(
        &self,
        year: FinancialYear,
        kinds: &[Kind],
        lens: Lens,
    ) -> Result<Vec<Entry>, Error> {
        let entries = self.store.entries(year, kinds)?;
        if entries.is_empty() {
            must_know(&self.store, year)?;
        }
        Ok(standing(entries, lens))
    }

    /// The fold of a year.
    pub(super) fn portfolio(&self, year: FinancialYear, lens: Lens) -> Result<Portfolio, Error> {
        Ok(self.folded(year, lens)?.0)
    }

    /// The fold of a year, and its standing entries but spend: that is most of them and changes no
    /// stage, and is read one entry at a time.
    fn folded(&self, year: FinancialYear, lens: Lens) -> Result<(Portfolio, Vec<Entry>), Error> {
        let kinds: Vec<Kind> = Kind::ALL
            .iter()
            .copied()
            .filter(|kind| !kind.is_spending())
            .collect();
        self.store.read(|| {
            let standing = self.standing(year, &kinds, lens)?;
            let mut portfolio = Portfolio::fold(year, &standing)?;
            each_payment(&self.store, year, None, lens, |entry| {
                portfolio.apply(&entry).map(drop).map_err(Error::from)
            })?;
            Ok((portfolio, standing))
        })
    }

    /// The pots of a year. Spend, and all that moves no pot, stays unread.
    pub fn pot(&self, year: FinancialYear, lens: Lens) -> Result<PotReport, Error> {
        let portfolio = Portfolio::fold(year, &self.standing(year, &Book::moving_pots(), lens)?)?;
        Ok(PotReport::new(&portfolio, lens))
    }

    /// A year's identity and cash.
    pub fn year(&self, year: FinancialYear, lens: Lens) -> Result<YearReport, Error> {
        Ok(YearReport::new(&self.portfolio(year, lens)?, lens))
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

    /// A year's lines at its end.
    pub fn year_end(&self, year: FinancialYear, lens: Lens) -> Result<YearEndReport, Error> {
        Ok(YearEndReport::new(&self.portfolio(year, lens)?, lens))
    }

    /// A year's end with its spend and decisions, all as the file was at one moment.
    pub fn year_end_workbook(
        &self,
        year: FinancialYear,
        lens: Lens,
    ) -> Result<YearEndWorkbook, Error> {
        self.store.read(|| {
            let names = self.names()?;
            let portfolio = self.portfolio(year, lens)?;
            Ok(YearEndWorkbook {
                partnership: names.partnership,
                funder: names.funder,
                summary: YearReport::new(&portfolio, lens),
                projects: YearEndReport::new(&portfolio, lens),
                spend: self.spend_now(year, None, lens)?,
                decisions: self.decisions(year, lens)?,
            })
        })
    }

    /// A year's decisions, and every movement of its money but spend.
    pub fn decisions(&self, year: FinancialYear, lens: Lens) -> Result<DecisionsReport, Error> {
        let kinds: Vec<Kind> = Kind::ALL
            .iter()
            .copied()
            .filter(|kind| DecisionsReport::has(*kind))
            .collect();
        Ok(DecisionsReport::new(
            year,
            &self.standing(year, &kinds, lens)?,
            lens,
        ))
    }

    /// The funding section of the Working Group Update, with what was decided after a day; where no
    /// day is given, what was decided or recorded after the last paper before the day asked about.
    ///
    /// # Errors
    ///
    /// [`Error::SinceAfterAsAt`].
    pub fn update(
        &self,
        year: FinancialYear,
        since: Option<Date>,
        lens: Lens,
    ) -> Result<UpdateReport, Error> {
        if let Some(since) = since.filter(|since| *since > lens.as_at) {
            return Err(Error::SinceAfterAsAt {
                since,
                as_at: lens.as_at,
            });
        }
        self.store.read(|| {
            let names = self.names()?;
            let (portfolio, standing) = self.folded(year, lens)?;
            let next = self
                .years()?
                .into_iter()
                .find(|known| *known > year && *known == year.next());
            let next = next.map(|next| self.pot(next, lens)).transpose()?;
            let of = UpdateInput {
                names: (names.partnership, names.funder),
                standing: &standing,
                since,
                next,
            };
            Ok(UpdateReport::new(&portfolio, of, lens))
        })
    }

    /// The chair's page of a year, all as the file was at one moment.
    pub fn page(&self, year: FinancialYear, lens: Lens) -> Result<PageReport, Error> {
        self.store.read(|| {
            let Names {
                partnership,
                funder,
            } = self.names()?;
            let standing = self.standing(year, &Book::moving_pots(), lens)?;
            let printed = self.reconcile(year, lens)?;
            Ok(PageReport::new(
                Parties {
                    partnership,
                    funder,
                },
                &self.portfolio(year, lens)?,
                &standing,
                printed,
                lens,
            )?)
        })
    }

    /// The kinds without which no pot can be folded.
    fn moving_pots() -> Vec<Kind> {
        Kind::ALL
            .iter()
            .copied()
            .filter(|kind| !kind.is_follower())
            .collect()
    }

    /// Where a year is heading.
    pub fn forecast(&self, year: FinancialYear, lens: Lens) -> Result<ForecastReport, Error> {
        Ok(ForecastReport::new(&self.portfolio(year, lens)?, lens))
    }

    /// A year's monitoring return to the OPCC.
    pub fn monitoring(
        &self,
        year: FinancialYear,
        period: Period,
        lens: Lens,
    ) -> Result<MonitoringReport, Error> {
        self.store.read(|| {
            let standing = self.standing(year, Kind::ALL, lens)?;
            Ok(MonitoringReport::new(
                &Portfolio::fold(year, &standing)?,
                &standing,
                period,
                lens,
            ))
        })
    }

    /// A year's awards, spend and outcomes by the priorities they serve.
    pub fn priorities(&self, year: FinancialYear, lens: Lens) -> Result<PrioritiesReport, Error> {
        self.store.read(|| {
            let given = self.standing(year, &[Kind::Propose, Kind::Amend], lens)?;
            Ok(PrioritiesReport::new(
                &self.portfolio(year, lens)?,
                &given,
                &self.store.priorities()?,
                lens,
            ))
        })
    }

    /// What changed in a year end since it was known at a moment. `now` is the last moment that
    /// counts where the lens names none.
    ///
    /// # Errors
    ///
    /// [`Error::SinceTooLate`].
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
        self.store.read(|| {
            let before = self.year_end(
                year,
                Lens {
                    known_at: Some(since),
                    ..lens
                },
            )?;
            let after = self.year_end(year, lens)?;
            let mut log = self.log(&LogFilter {
                year: Some(year),
                known_at: lens.known_at,
                ..LogFilter::default()
            })?;
            log.rows.retain(|row| row.recorded > since);
            Ok(YearEndChanges::new(&before, &after, since, log.rows))
        })
    }

    /// A year's movements of money as double entry.
    pub fn transactions(
        &self,
        year: FinancialYear,
        lens: Lens,
    ) -> Result<TransactionsReport, Error> {
        Ok(TransactionsReport::new(
            year,
            &self.standing(year, Kind::ALL, lens)?,
            lens,
        )?)
    }

    /// A year's projects.
    pub fn projects(&self, year: FinancialYear, lens: Lens) -> Result<ProjectListReport, Error> {
        Ok(ProjectListReport::new(&self.portfolio(year, lens)?, lens))
    }

    /// One project, with all that was recorded of it.
    ///
    /// # Errors
    ///
    /// [`Error::NoSuchProject`].
    pub fn project(
        &self,
        year: FinancialYear,
        project: &ProjectRef,
        lens: Lens,
    ) -> Result<ProjectReport, Error> {
        let entries = self.standing(year, Kind::ALL, lens)?;
        let portfolio = Portfolio::fold(year, &entries)?;
        match ProjectReport::new(&portfolio, project, &entries, lens) {
            Some(report) => Ok(report),
            None => Err(self.no_such_project(year, project)?),
        }
    }

    /// Where a project is that is not where it was looked for: in other years, or proposed on a
    /// later day.
    pub fn no_such_project(
        &self,
        year: FinancialYear,
        project: &ProjectRef,
    ) -> Result<Error, Error> {
        let proposals = self.proposals(project)?;
        let proposed_on = proposals
            .iter()
            .find(|(of, _)| *of == year)
            .map(|(_, on)| *on);
        let elsewhere = proposals
            .iter()
            .map(|(of, _)| *of)
            .filter(|of| *of != year)
            .collect();
        Ok(Error::NoSuchProject {
            year,
            project: project.clone(),
            proposed_on,
            elsewhere,
        })
    }

    /// The years that have such a project, and the day it is proposed.
    pub fn proposals(&self, project: &ProjectRef) -> Result<Vec<(FinancialYear, Date)>, Error> {
        let mut found = Vec::new();
        for year in self.years()? {
            let proposals = standing(
                self.store.entries(year, &[Kind::Propose])?,
                Lens::at(Date::MAX),
            );
            found.extend(
                proposals
                    .iter()
                    .find(|entry| entry.event.project() == Some(project))
                    .map(|entry| (year, entry.on)),
            );
        }
        Ok(found)
    }

    /// A year's spend, of one project or of all.
    pub fn spend(
        &self,
        year: FinancialYear,
        project: Option<&ProjectRef>,
        lens: Lens,
    ) -> Result<SpendReport, Error> {
        self.store.read(|| self.spend_now(year, project, lens))
    }

    fn spend_now(
        &self,
        year: FinancialYear,
        project: Option<&ProjectRef>,
        lens: Lens,
    ) -> Result<SpendReport, Error> {
        let mut entries = self.store.entries(year, &[Kind::Propose, Kind::Confirm])?;
        if entries.is_empty() {
            must_know(&self.store, year)?;
        }
        if let Some(unknown) = project.filter(|project| {
            !entries
                .iter()
                .any(|entry| entry.event.project() == Some(*project))
        }) {
            return Err(self.no_such_project(year, unknown)?);
        }
        each_payment(&self.store, year, project, lens, |entry| {
            entries.push(entry);
            Ok(())
        })?;
        Ok(SpendReport::new(year, &standing(entries, lens), lens))
    }

    /// A year's printed figures beside computed ones.
    pub fn reconcile(&self, year: FinancialYear, lens: Lens) -> Result<ReconcileReport, Error> {
        Ok(ReconcileReport::new(
            year,
            &self.standing(
                year,
                Kind::ALL,
                Lens {
                    as_at: Date::MAX,
                    ..lens
                },
            )?,
            lens,
        )?)
    }

    /// One entry, or `None` where there is none of that number.
    pub fn entry(&self, number: EntryNumber) -> Result<Option<Entry>, Error> {
        Ok(self.store.entry_at(number)?)
    }

    /// The journal itself.
    pub fn log(&self, filter: &LogFilter) -> Result<LogReport, Error> {
        self.store.read(|| self.log_now(filter))
    }

    fn log_now(&self, filter: &LogFilter) -> Result<LogReport, Error> {
        if let Some(year) = filter.year {
            must_know(&self.store, year)?;
        }
        let reversals = self.store.reversals(filter.known_at)?;
        let mut rows = VecDeque::new();
        self.store
            .for_each_entry_after(self.before_the_last(filter)?, |entry, _| {
                let reversed = match entry.event {
                    Event::Reverse { entry } => self.store.entry_at(entry)?,
                    _ => None,
                };
                // A reversal concerns what it reverses.
                let subject = reversed.as_ref().unwrap_or(&entry);
                let shown = filter.year.is_none_or(|year| entry.year == year)
                    && filter
                        .project
                        .as_ref()
                        .is_none_or(|project| subject.event.project() == Some(project))
                    && filter
                        .known_at
                        .is_none_or(|moment| entry.recorded <= moment);
                if shown {
                    let reversed_by = reversals.get(&entry.number).copied();
                    rows.push_back(LogRow {
                        of: LogRow::new(subject).of,
                        reversed_by,
                        ..LogRow::new(&entry)
                    });
                }
                if filter.last.is_some_and(|last| rows.len() > last) {
                    rows.pop_front();
                }
                Ok::<(), Error>(())
            })?;
        let mut of = vec!["entries in the order recorded".to_owned()];
        of.extend(filter.year.map(|year| format!("of {year}")));
        of.extend(
            filter
                .project
                .as_ref()
                .map(|project| format!("of project {project}")),
        );
        of.extend(filter.last.map(|last| format!("the last {last}")));
        of.extend(
            filter
                .known_at
                .map(|moment| format!("as known at {moment}")),
        );
        Ok(LogReport {
            of: of.join(", "),
            rows: rows.into(),
        })
    }

    /// The number after which the last entries stand, where nothing else is asked for: numbers have
    /// no gaps.
    fn before_the_last(&self, filter: &LogFilter) -> Result<u32, Error> {
        let LogFilter {
            year: None,
            project: None,
            known_at: None,
            last: Some(last),
        } = filter
        else {
            return Ok(0);
        };
        let head = self.store.head()?.last.map_or(0, |(number, _)| number.0);
        Ok(head.saturating_sub(u32::try_from(*last).unwrap_or(u32::MAX)))
    }

    /// The book at a glance.
    pub fn status(&self, lens: Lens) -> Result<StatusReport, Error> {
        self.store.read(|| self.status_now(lens))
    }

    fn status_now(&self, lens: Lens) -> Result<StatusReport, Error> {
        let names = self.names()?;
        let head = self.store.head()?;
        let mut years = Vec::new();
        for year in self.years()? {
            years.push(StatusYear::new(
                &self.portfolio(year, lens)?,
                lens.as_at,
                self.reconcile(year, lens)?.unexplained,
            ));
        }
        let entries = head.last.map_or(0, |(number, _)| number.0);
        Ok(StatusReport {
            partnership: names.partnership,
            funder: names.funder,
            lens,
            entries,
            head: head.fingerprint.to_string(),
            years,
        })
    }
}

/// A quarter's report, as the file is.
pub(super) fn quarter_report(
    store: &Store,
    year: FinancialYear,
    quarter: Quarter,
    lens: Lens,
) -> Result<QuarterReport, Error> {
    let entries = store.entries(year, Kind::ALL)?;
    if entries.is_empty() {
        must_know(store, year)?;
    }
    Ok(QuarterReport::new(year, quarter, &entries, lens)?)
}

/// Reads a year's spend and refunds that count through the lens one at a time, in the order
/// recorded.
pub(super) fn each_payment(
    store: &Store,
    year: FinancialYear,
    project: Option<&ProjectRef>,
    lens: Lens,
    mut take: impl FnMut(Entry) -> Result<(), Error>,
) -> Result<(), Error> {
    let reversed = store.reversals(lens.known_at)?;
    store.for_each_of_kind(year, &SPENDING, project, |entry| {
        let counts = lens.shows(&entry) && !reversed.contains_key(&entry.number);
        if counts { take(entry) } else { Ok(()) }
    })
}

/// Refuses a year that the book has nothing of.
pub(super) fn must_know(store: &Store, year: FinancialYear) -> Result<(), Error> {
    let known = store.years()?;
    if known.contains(&year) {
        Ok(())
    } else {
        Err(Error::NoSuchYear { year, known })
    }
}
