//! [`Projection`]: what a project will have spent by 31 March, as far as anyone can say.

use crate::document::displayed;
use crate::fold::{Project, YearView};
use crate::model::keywords;
use crate::model::{Money, Stage};

keywords! {
    /// What a projection rests on.
    Basis, BasisError, "forecast, award or spent" {
        /// The lead's latest forecast, while the year runs.
        Forecast = "forecast",
        /// The award, because there is no forecast and the year is running.
        Award = "award",
        /// What was spent, because no more spend is expected.
        Spent = "spent",
    }
}

displayed! { Basis }

/// What a project is projected to spend by 31 March. It is never below what is spent nor above what
/// the project may spend, whatever its lead forecast, so that a sum of projections can come true.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Projection {
    /// Spend by 31 March.
    pub spend: Money,
    /// What that rests on.
    pub basis: Basis,
    /// Whether the forecast is below what is already spent: then what is spent counts.
    pub below_spent: bool,
    /// Whether the forecast is above the award, less what was returned of it: then that counts.
    pub above_award: bool,
    /// Whether the year has come to its end with less spent than its lead forecast: then what is
    /// spent counts.
    pub not_yet_spent: bool,
}

impl Projection {
    /// The projection of one project of a year.
    ///
    /// Nothing more is spent by a project that is complete or withdrawn, in a closed year, or from
    /// its 31 March on. Until then the lead's latest forecast counts, and without one the award.
    pub fn new(project: &Project, view: &YearView) -> Projection {
        let ceiling = project.spent + project.unspent();
        let is_over = matches!(project.stage, Stage::Complete | Stage::Withdrawn);
        let year_is_over = view.portfolio.closed || view.year().last_day() <= view.lens.as_at;
        let (basis, expected) = match project.forecast {
            _ if is_over || year_is_over => (Basis::Spent, project.spent),
            Some(forecast) => (Basis::Forecast, forecast),
            None => (Basis::Award, ceiling),
        };
        let fell_short = project
            .forecast
            .is_some_and(|forecast| project.spent < forecast);
        Projection {
            spend: expected.max(project.spent).min(ceiling),
            basis,
            below_spent: expected < project.spent,
            above_award: expected > ceiling,
            not_yet_spent: year_is_over && !is_over && fell_short,
        }
    }
}
