//! [`Projection`]: what a project will have spent by 31 March, as far as anyone can say.

use crate::document::displayed;
use crate::fold::{Project, YearView};
use crate::model::keywords;
use crate::model::{Money, Stage};
use crate::report::cycle::project_time::ProjectTime;

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
    /// Whether it has spent nothing although half of its time has passed.
    pub no_spend: bool,
    /// What would be spent by the end of its time at the rate so far, to the nearest penny, half a
    /// penny up; `None` before its time begins, and if no more spend is expected.
    pub run_rate: Option<Money>,
    /// What it is likely to spend by 31 March: what its lead forecasts, or else the run rate. A
    /// project with nothing spent in the first half of its time may still spend its award.
    pub likely: Money,
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
        let possible = |spend: Money| spend.max(project.spent).min(ceiling);
        let time = ProjectTime::new(project, view);
        let run_rate = time
            .run_rate(project.spent)
            .filter(|_| basis != Basis::Spent);
        let no_spend = project.spent.is_zero() && time.is_past_half();
        let tells = !project.spent.is_zero() || no_spend;
        let likely = run_rate.filter(|_| basis == Basis::Award && tells);
        let fell_short = project
            .forecast
            .is_some_and(|forecast| project.spent < forecast);
        Projection {
            spend: possible(expected),
            basis,
            below_spent: expected < project.spent,
            above_award: expected > ceiling,
            not_yet_spent: year_is_over && !is_over && fell_short,
            no_spend,
            run_rate,
            likely: possible(likely.unwrap_or(expected)),
        }
    }
}
