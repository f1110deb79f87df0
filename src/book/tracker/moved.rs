//! [`Known`]: how far the book has come, and what a tracker's row adds to it.

use std::collections::BTreeMap;

use crate::book::tracker::given::TrackerImport;
use crate::book::tracker::waiting::TrackerChange;
use crate::error::Error;
use crate::fold::{Lens, Portfolio, Project, standing};
use crate::import::TrackerRow;
use crate::model::{
    Date, Draft, Entry, Event, FinancialYear, Kind, Money, ProjectRef, Source, Stage, Vat,
};
use crate::store::Store;

/// An entry that a row implies.
pub(super) struct Planned {
    pub(super) row: u64,
    on: Date,
    pub(super) draft: Draft,
}

impl Planned {
    pub(super) fn on(&self) -> Date {
        self.on
    }
}

/// What the book has of a year.
pub(super) struct Known {
    year: FinancialYear,
    entries: Vec<Entry>,
    latest: Portfolio,
    /// Spend by project, up to each day that was asked about.
    by_day: BTreeMap<Date, Portfolio>,
}

impl Known {
    pub(super) fn read(store: &Store, year: FinancialYear) -> Result<Known, Error> {
        let entries = standing(store.entries(year, Kind::ALL)?, Lens::at(Date::MAX));
        Ok(Known {
            year,
            latest: Portfolio::fold(year, &entries)?,
            entries,
            by_day: BTreeMap::new(),
        })
    }

    /// The entries by which a row moves its project on, or why it waits.
    pub(super) fn moved_on(
        &mut self,
        import: &TrackerImport<'_>,
        row: &TrackerRow,
    ) -> Result<Result<Vec<Planned>, TrackerChange>, Error> {
        let project = self.latest.projects.get(&row.project);
        if let Some(change) = project.and_then(|project| changed(project, row)) {
            return Ok(Err(change));
        }
        let reached = project.map(|project| project.stage);
        let mut planned = Vec::new();
        let mut last = row
            .steps
            .iter()
            .find_map(|(_, on)| *on)
            .unwrap_or(import.on);
        for (kind, on) in &row.steps {
            let day = match kind {
                // It was proposed by the day of its first step.
                Kind::Propose => on.unwrap_or(last),
                // Only the last step may have no day: it is not before the others.
                _ => on.unwrap_or(import.on.max(last)),
            };
            last = day;
            let is_end = Stage::brought_by(*kind).is_some_and(|stage| stage > Stage::Approved);
            if is_end {
                match self.spend(import, row, Some(day))? {
                    Ok(spend) => planned.extend(spend),
                    Err(change) => return Ok(Err(change)),
                }
            }
            if Stage::brought_by(*kind) > reached {
                planned.push(step(import, row, *kind, day, on.is_some())?);
            }
        }
        if row.stage <= Stage::Approved {
            match self.spend(import, row, None)? {
                Ok(spend) => planned.extend(spend),
                Err(change) => return Ok(Err(change)),
            }
        }
        Ok(Ok(planned))
    }

    /// What the row has of spend and the book does not; nothing is spent after a project ended.
    fn spend(
        &mut self,
        import: &TrackerImport<'_>,
        row: &TrackerRow,
        ended: Option<Date>,
    ) -> Result<Result<Option<Planned>, TrackerChange>, Error> {
        let Some(tracker) = row.spent else {
            return Ok(Ok(None));
        };
        let on = row.spent_on.unwrap_or(import.on);
        let on = ended.map_or(on, |ended| on.min(ended));
        let book = self.spent(&row.project, on)?;
        if tracker < book {
            return Ok(Err(TrackerChange::Spent { tracker, book, on }));
        }
        if tracker == book {
            return Ok(Ok(None));
        }
        let event = Event::Spend {
            project: row.project.clone(),
            amount: tracker - book,
            supplier: None,
            vat: Vat::Net,
            measure: None,
            value: Some(Source::Tracker),
        };
        let note = format!(
            "Spend to date in {}, row {}",
            import.tracker.name(),
            row.row
        );
        planned(import, row, on, event, Some(note)).map(|spend| Ok(Some(spend)))
    }

    /// A project's spend up to a day.
    fn spent(&mut self, project: &ProjectRef, on: Date) -> Result<Money, Error> {
        if !self.by_day.contains_key(&on) {
            let entries = self.entries.iter().filter(|entry| entry.on <= on);
            let entries: Vec<Entry> = entries.cloned().collect();
            let portfolio = Portfolio::fold(self.year, &entries)?;
            self.by_day.insert(on, portfolio);
        }
        let portfolio = self.by_day.get(&on);
        let project = portfolio.and_then(|portfolio| portfolio.projects.get(project));
        Ok(project.map(|project| project.spent).unwrap_or_default())
    }
}

/// What of a project is otherwise in the book, so that only a person can settle it.
fn changed(project: &Project, row: &TrackerRow) -> Option<TrackerChange> {
    let is_refused = matches!(row.stage, Stage::Declined | Stage::Rejected);
    let is_ahead = project.stage <= Stage::Approved
        && row.stage > project.stage
        && !(project.approved_on.is_some() && is_refused);
    if row.stage != project.stage && !is_ahead {
        return Some(TrackerChange::Stage {
            tracker: row.stage,
            book: project.stage,
        });
    }
    if project.approved_on.is_none() {
        return (row.asked != project.requested).then_some(TrackerChange::Asked {
            tracker: row.asked,
            book: project.requested,
        });
    }
    let tracker = row.approved.filter(|_| project.stage != Stage::Withdrawn)?;
    let book = project.award;
    (tracker != book).then(|| TrackerChange::Award {
        tracker,
        book,
        difference: tracker.max(book) - tracker.min(book),
    })
}

/// The entry of a step. If the tracker does not give its day, its note says so.
fn step(
    import: &TrackerImport<'_>,
    row: &TrackerRow,
    kind: Kind,
    on: Date,
    has_day: bool,
) -> Result<Planned, Error> {
    let project = row.project.clone();
    let event = match kind {
        Kind::Recommend => Event::Recommend {
            project,
            amount: None,
        },
        Kind::Endorse => Event::Endorse { project },
        Kind::Submit => Event::Submit {
            project,
            amount: None,
        },
        Kind::Approve => Event::Approve {
            project,
            amount: row.approved.unwrap_or_default(),
        },
        Kind::Complete => Event::Complete { project },
        Kind::Decline => Event::Decline { project },
        Kind::Reject => Event::Reject { project },
        Kind::Withdraw => Event::Withdraw {
            project,
            amount: None,
        },
        _ => Event::Propose {
            project,
            pot: row.pot,
            amount: row.asked,
            title: row.title.clone(),
            lead: row.lead.clone(),
            priorities: row.priorities.clone(),
        },
    };
    let note = (!has_day).then(|| {
        format!(
            "Its day is not in {}, row {}",
            import.tracker.name(),
            row.row
        )
    });
    planned(import, row, on, event, note)
}

fn planned(
    import: &TrackerImport<'_>,
    row: &TrackerRow,
    on: Date,
    event: Event,
    note: Option<String>,
) -> Result<Planned, Error> {
    let draft = Draft::builder(import.year, event, import.by)
        .on(on)
        .note(note.unwrap_or_default())
        .build()
        .map_err(Error::Invalid)?;
    let row = row.row;
    Ok(Planned { row, on, draft })
}
