//! [`ProjectTime`]: how long a project has to spend its award, and how much of that has passed.

use crate::fold::{Project, YearView};
use crate::model::{Date, DetailField, Money};

/// The days that a project has to spend its award: from the first day that is planned, or else from
/// its approval, to the last day that is planned, or else to 31 March. Only days of the grant year
/// count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ProjectTime {
    days: u32,
    passed: u32,
}

impl ProjectTime {
    /// The time of one project of a year, and how much of it has passed by the end of the view's
    /// day.
    pub(crate) fn new(project: &Project, view: &YearView) -> ProjectTime {
        let (year, as_at) = (view.year(), view.lens.as_at);
        let planned = |field| -> Option<Date> { project.details.get(&field)?.parse().ok() };
        let (opens, closes) = (year.first_day(), year.last_day());
        let first = planned(DetailField::Starts).or(project.approved_on);
        let first = first.unwrap_or(opens).clamp(opens, closes);
        let last = planned(DetailField::Ends).filter(|last| *last >= first);
        let last = last.unwrap_or(closes).min(closes);
        let counted = |last: Date| first.days_until(last).saturating_add(1);
        ProjectTime {
            days: counted(last),
            passed: if as_at < first {
                0
            } else {
                counted(last.min(as_at))
            },
        }
    }

    /// Returns `true` if more than half of it has passed.
    pub(crate) fn is_past_half(self) -> bool {
        self.passed > self.days / 2
    }

    /// What would be spent in all of it, at the rate of what has been spent in what has passed, to
    /// the nearest penny, half a penny up; `None` before it begins.
    pub(crate) fn run_rate(self, spent: Money) -> Option<Money> {
        spent.extrapolated(self.passed, self.days)
    }
}
