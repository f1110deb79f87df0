//! What is checked of every year's figures: of all its entries, and of those up to a day.

use crate::book::ahead::entries_ahead;
use crate::book::check::years;
use crate::book::handle::Book;
use crate::book::view::every_kind;
use crate::book::views::ComparedViews;
use crate::error::Error;
use crate::fold::{Lens, YearView};
use crate::model::Date;
use crate::report::{Ahead, Gap};
use crate::rules::History;

/// What was found. Each year is read once, or twice if a part of it lies ahead of the day.
pub(super) struct Figures {
    pub(super) views: ComparedViews,
    /// How many projects there are.
    pub(super) projects: usize,
    /// The projects that name an unknown priority, or none of a scheme in force. Priorities that
    /// cannot be read hide no other finding.
    pub(super) gaps: Result<Vec<String>, Error>,
    pub(super) unconfirmed: Vec<String>,
    pub(super) unclosed: Vec<String>,
    pub(super) accruals: Vec<String>,
    pub(super) ahead: Vec<String>,
}

impl Figures {
    pub(super) fn of(book: &Book, histories: &[History], today: Date) -> Result<Figures, Error> {
        let mut found = Figures {
            views: ComparedViews::read(&book.store)?,
            projects: 0,
            gaps: Ok(Vec::new()),
            unconfirmed: Vec::new(),
            unclosed: Vec::new(),
            accruals: Vec::new(),
            ahead: Vec::new(),
        };
        for history in histories {
            let whole = book.view(history.year(), every_kind, Lens::at(Date::MAX))?;
            found.views.compare(&whole);
            found.projects += whole.portfolio.projects.len();
            found.gaps = found.gaps.and_then(|mut all| {
                all.extend(gaps(book, &whole)?);
                Ok(all)
            });
            found.add_day(book, whole, today)?;
        }
        Ok(found)
    }

    /// Whether the year is confirmed and closed by a day, with the figures of that day, and what
    /// lies ahead of it.
    fn add_day(&mut self, book: &Book, whole: YearView, today: Date) -> Result<(), Error> {
        let (year, lens) = (whole.year(), Lens::at(today));
        let (view, ahead) = if book.store.entries_after(year, today)?.is_empty() {
            (YearView { lens, ..whole }, Vec::new())
        } else {
            let view = book.view(year, every_kind, lens)?;
            let ahead = entries_ahead(&book.store, year, lens)?;
            let ahead = Ahead::all(&view.portfolio, view.pots, &ahead)?;
            (view, ahead)
        };
        self.unconfirmed.extend(years::unconfirmed(&view.portfolio));
        self.unclosed
            .extend(years::unclosed(&view.portfolio, today));
        self.accruals.extend(years::late_accruals(&view));
        self.ahead.extend(years::ahead(&view.portfolio, &ahead));
        Ok(())
    }
}

fn gaps(book: &Book, view: &YearView) -> Result<Vec<String>, Error> {
    let year = view.year();
    let known = book.priorities_in(year, view.lens)?;
    let describe = |gap: Gap| {
        let (project, scheme) = (gap.project, gap.scheme.unwrap_or_default());
        match gap.code {
            Some(code) => format!(
                "project {project} of {year} names {code}, which is not a priority in force that year"
            ),
            None => format!("project {project} of {year} names no priority of {scheme}"),
        }
    };
    let gaps = Gap::all(&view.portfolio, &known).into_iter();
    Ok(gaps.map(describe).collect())
}
