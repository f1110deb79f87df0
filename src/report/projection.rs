//! [`Projection`]: what a project will have spent by 31 March, as far as anyone can say.

use crate::date::Date;
use crate::kind::words;
use crate::money::Money;
use crate::portfolio::{Portfolio, Project};
use crate::stage::Stage;

words! {
    /// What a projection rests on.
    Basis, BasisError, "forecast, award or spent" {
        /// The lead's latest forecast.
        Forecast = "forecast",
        /// The award, as there is no forecast and the year runs.
        Award = "award",
        /// What was spent: no more is expected.
        Spent = "spent",
    }
}

/// What a project is projected to spend by 31 March. It is never below what is spent nor above what the project may
/// spend, whatever its lead forecast, so that sums of projections are sums that can come true.
///
/// It is made from the fold, and alters nothing in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Projection {
    /// Spend by 31 March.
    pub spend: Money,
    /// What that rests on.
    pub basis: Basis,
    /// The forecast is below what is already spent: the spend counts.
    pub below_spent: bool,
    /// The forecast is above the award (less what of it was returned), which is a ceiling: the ceiling counts.
    pub above_award: bool,
}

impl Projection {
    /// The projection of one project as things stand on a day.
    ///
    /// Nothing more is spent by a project that is complete or withdrawn, or in a closed year. Otherwise the lead's latest
    /// forecast counts; without one, the award while the year runs, and from its 31 March on what was spent.
    #[must_use]
    pub fn new(project: &Project, portfolio: &Portfolio, as_at: Date) -> Projection {
        let ceiling = project.spent + project.unspent();
        let ended = portfolio.closed || matches!(project.stage, Stage::Complete | Stage::Withdrawn);
        let (basis, said) = match project.forecast {
            _ if ended => (Basis::Spent, project.spent),
            Some(forecast) => (Basis::Forecast, forecast),
            None if as_at < portfolio.year.last_day() => (Basis::Award, ceiling),
            None => (Basis::Spent, project.spent),
        };
        let spend = said.max(project.spent).min(ceiling);
        Projection { spend, basis, below_spent: said < project.spent, above_award: said > ceiling }
    }
}
