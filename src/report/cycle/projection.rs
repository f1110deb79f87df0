//! [`Projection`]: what a project will have spent by 31 March, as far as anyone can say.

use crate::fold::{Portfolio, Project};
use crate::model::keywords;
use crate::model::{Date, Money, Stage};

keywords! {
    /// What a projection rests on.
    Basis, BasisError, "forecast, award or spent" {
        /// The lead's latest forecast, while the year runs.
        Forecast = "forecast",
        /// The award, as there is no forecast and the year runs.
        Award = "award",
        /// What was spent: no more is expected.
        Spent = "spent",
    }
}

/// What a project is projected to spend by 31 March. It is never below what is spent nor above what
/// the project may spend, whatever its lead forecast, so that sums of projections are sums that can
/// come true.
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
    /// The forecast is above the award (less what of it was returned), which is a ceiling: the
    /// ceiling counts.
    pub above_award: bool,
    /// The year has come to its end with less spent than its lead forecast: the spend counts.
    pub not_yet_spent: bool,
}

impl Projection {
    /// The projection of one project as things stand on a day.
    ///
    /// Nothing more is spent by a project that is complete or withdrawn, in a closed year, or from
    /// its 31 March on. Until then the lead's latest forecast counts, and without one the award.
    #[must_use]
    pub fn new(project: &Project, portfolio: &Portfolio, as_at: Date) -> Projection {
        let ceiling = project.spent + project.unspent();
        let is_over = matches!(project.stage, Stage::Complete | Stage::Withdrawn);
        let year_is_over = portfolio.closed || portfolio.year.last_day() <= as_at;
        let (basis, said) = match project.forecast {
            _ if is_over || year_is_over => (Basis::Spent, project.spent),
            Some(forecast) => (Basis::Forecast, forecast),
            None => (Basis::Award, ceiling),
        };
        let spend = said.max(project.spent).min(ceiling);
        let not_yet_spent = year_is_over
            && !is_over
            && project
                .forecast
                .is_some_and(|forecast| project.spent < forecast);
        Projection {
            spend,
            basis,
            below_spent: said < project.spent,
            above_award: said > ceiling,
            not_yet_spent,
        }
    }
}
