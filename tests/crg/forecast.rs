//! The forecast and the monitoring return: for Kent 2025/26 as at days during the year, with
//! figures calculated by hand; and for random histories, in which projections must always add up.

use crg::document::Report;
use crg::fold::Lens;
use crg::format::csv;
use crg::model::{Column, Date, Money};
use crg::report::{Basis, ForecastReport, ForecastRow, MonitoringReport, MonitoringRow, Period};
use proptest::prelude::*;

use crate::histories::{days, scripts};
use crate::year_end::{Kent, money, year};

fn day(on: &str) -> Date {
    on.parse().unwrap()
}

impl Kent {
    fn forecast(&mut self, on: &'static str, project: &'static str, amount: &'static str) {
        self.record(&[
            (Column::On, on),
            (Column::Kind, "forecast"),
            (Column::Project, project),
            (Column::Amount, amount),
        ]);
    }

    fn spend(&mut self, on: &'static str, project: &'static str, amount: &'static str) {
        self.record(&[
            (Column::On, on),
            (Column::Kind, "spend"),
            (Column::Project, project),
            (Column::Amount, amount),
        ]);
    }

    fn year_ahead(&self, as_at: &str) -> ForecastReport {
        self.book.forecast(year(), Lens::at(day(as_at))).unwrap()
    }
}

fn row<'a>(report: &'a ForecastReport, project: &str) -> &'a ForecastRow {
    report
        .rows
        .iter()
        .find(|row| row.project.as_str() == project)
        .unwrap()
}

fn projected(report: &ForecastReport, project: &str) -> (Basis, Money, Money) {
    let row = row(report, project);
    (row.basis, row.projected, row.underspend)
}

/// November 2025: awards of £24,108.20 + £7,500.00 = £31,608.20, nothing spent, and £15,552.80 −
/// £7,500.00 = £8,052.80 in the pot.
#[test]
fn without_a_forecast_the_award_is_projected_during_the_year() {
    let report = Kent::until("2025-11-30").year_ahead("2025-11-30");
    assert_eq!(
        (report.rows.len(), report.days_left),
        (8, 31 + 31 + 28 + 31)
    );
    assert!(
        report
            .rows
            .iter()
            .all(|row| row.basis == Basis::Award && row.projected == row.award)
    );
    let figures = [
        report.awards,
        report.spent,
        report.projected,
        report.uncommitted,
        report.to_return,
        report.to_return_as_projected,
    ];
    assert_eq!(
        figures,
        [
            "31608.20", "0", "31608.20", "8052.80", "39661.00", "8052.80"
        ]
        .map(money)
    );
}

/// P05 will spend £4,304.00 of £5,000.00 and P06 nothing of £2,000.00, so £696.00 + £2,000.00 +
/// £8,052.80 will be returned.
#[test]
fn the_leads_forecasts_are_projected() {
    let mut kent = Kent::until("2025-11-30");
    kent.forecast("2025-11-25", "P05", "5000");
    kent.forecast("2025-11-25", "P05", "4304");
    kent.forecast("2025-11-25", "P06", "0");
    let report = kent.year_ahead("2025-11-30");
    assert_eq!(
        projected(&report, "P05"),
        (Basis::Forecast, money("4304"), money("696"))
    );
    assert_eq!(
        projected(&report, "P06"),
        (Basis::Forecast, money("0"), money("2000"))
    );
    assert_eq!(
        (report.underspend, report.to_return_as_projected),
        (money("2696"), money("10748.80"))
    );
    assert_eq!(
        kent.year_ahead("2025-11-24").to_return_as_projected,
        money("8052.80")
    );
}

/// The list of projects shows the lead's latest forecast as recorded, or nothing if there is none.
#[test]
fn the_list_of_projects_shows_the_latest_forecast() {
    let mut kent = Kent::until("2025-11-30");
    kent.forecast("2025-11-25", "P01", "4500");
    kent.forecast("2025-11-20", "P01", "3000");
    kent.forecast("2025-11-25", "P06", "0");
    let list = csv(
        &kent
            .book
            .projects(year(), Lens::at(day("2025-11-30")))
            .unwrap(),
        false,
    );
    let mut reader = ::csv::Reader::from_reader(list.as_bytes());
    let place = reader
        .headers()
        .unwrap()
        .iter()
        .position(|name| name == "forecast")
        .unwrap();
    let forecasts: Vec<(String, String)> = reader
        .records()
        .map(Result::unwrap)
        .map(|row| (row[0].into(), row[place].into()))
        .collect();
    let given: Vec<_> = forecasts
        .iter()
        .filter(|(_, forecast)| !forecast.is_empty())
        .collect();
    assert_eq!(
        (forecasts.len(), given),
        (
            8,
            vec![
                &("P01".into(), "4500.00".into()),
                &("P06".into(), "0.00".into())
            ]
        )
    );
}

/// A forecast below the spend or above the award is shown as recorded, but the nearest possible
/// amount is projected.
#[test]
fn an_impossible_forecast_is_marked_and_not_projected() {
    let mut kent = Kent::until("2025-11-30");
    kent.spend("2025-12-01", "P08", "600");
    kent.forecast("2025-12-02", "P08", "500");
    kent.forecast("2025-12-02", "P01", "4500");
    let report = kent.year_ahead("2025-12-31");
    let (p08, p01) = (row(&report, "P08"), row(&report, "P01"));
    assert_eq!(
        (
            p08.forecast,
            p08.projected,
            p08.below_spent,
            p08.above_award
        ),
        (Some(money("500")), money("600"), true, false)
    );
    assert_eq!(
        (
            p01.forecast,
            p01.projected,
            p01.below_spent,
            p01.above_award
        ),
        (Some(money("4500")), money("4000"), false, true)
    );
    // P08 will not spend £1,400.00 of its £2,000.00; P01 spends everything.
    assert_eq!(
        (report.underspend, report.to_return_as_projected),
        (money("1400"), money("9452.80"))
    );
    // P01 can no longer spend the money it returned.
    let returned = [
        (Column::On, "2025-12-10"),
        (Column::Kind, "return"),
        (Column::Project, "P02"),
        (Column::Amount, "182"),
    ];
    kent.record(&returned);
    kent.forecast("2025-12-11", "P02", "4182");
    let report = kent.year_ahead("2025-12-31");
    assert_eq!(
        (projected(&report, "P02"), row(&report, "P02").above_award),
        ((Basis::Forecast, money("4000"), money("182")), true)
    );
    assert_eq!(
        (
            report.returned,
            report.underspend,
            report.to_return_as_projected
        ),
        (money("182"), money("1582"), money("9452.80"))
    );
}

/// The six upfront projects were approved on 23 July 2025, 252 days before the end of the year. 126
/// of them have passed at the end of 25 November. P07 and P08, approved on 20 November, have more
/// time.
#[test]
fn past_half_of_their_time_projects_without_spend_come_first() {
    let mut kent = Kent::until("2025-11-30");
    kent.spend("2025-09-01", "P01", "100");
    kent.spend("2025-10-01", "P02", "100");
    let order = |report: &ForecastReport, marked: bool| -> Vec<String> {
        report
            .rows
            .iter()
            .filter(|row| row.no_spend == marked)
            .map(|row| row.project.to_string())
            .collect()
    };
    let half = kent.year_ahead("2025-11-25");
    assert_eq!(
        (order(&half, true).len(), order(&half, false)[..2].to_vec()),
        (0, vec!["P01".to_owned(), "P02".to_owned()])
    );
    let past = kent.year_ahead("2025-11-26");
    assert_eq!(order(&past, true), ["P03", "P04", "P05", "P06"]);
    assert!(past.rows.iter().map(|row| !row.no_spend).is_sorted());
    assert_eq!(order(&past, false), ["P01", "P02", "P07", "P08"]);
}

/// P03 is planned for 1 September to 31 December 2025, 122 days, of which 61 have passed at the end
/// of 31 October.
#[test]
fn a_projects_time_is_the_one_that_is_planned() {
    let mut kent = Kent::until("2025-11-30");
    for (field, on) in [("starts", "2025-09-01"), ("ends", "2025-12-31")] {
        kent.record(&[
            (Column::On, "2025-08-01"),
            (Column::Kind, "detail"),
            (Column::Project, "P03"),
            (Column::Measure, field),
            (Column::Note, on),
        ]);
    }
    kent.spend("2025-10-01", "P04", "1");
    assert!(!row(&kent.year_ahead("2025-10-31"), "P03").no_spend);
    assert!(row(&kent.year_ahead("2025-11-01"), "P03").no_spend);
    assert_eq!(row(&kent.year_ahead("2025-08-31"), "P03").run_rate, None);
    // £1,000.00 by the end of October is £2,000.00 by the end of December.
    kent.spend("2025-10-31", "P03", "1000");
    let report = kent.year_ahead("2025-10-31");
    assert_eq!(row(&report, "P03").run_rate, Some(money("2000")));
}

/// By 30 September, 70 of the 252 days of P01 have passed: £1,000.00 then is £3,600.00 by 31 March.
/// P02's lead forecasts £4,000.00 of £4,182.00. The others have spent nothing, and may still spend
/// their awards.
#[test]
fn the_likely_underspend_is_what_leads_and_the_rate_so_far_leave() {
    let mut kent = Kent::until("2025-11-30");
    kent.spend("2025-09-15", "P01", "1000");
    kent.forecast("2025-09-20", "P02", "4000");
    let report = kent.year_ahead("2025-09-30");
    let likely = |project| {
        let row = row(&report, project);
        (row.run_rate, row.likely_spend, row.likely_underspend)
    };
    assert_eq!(
        likely("P01"),
        (Some(money("3600")), money("3600"), money("400"))
    );
    assert_eq!(
        likely("P02"),
        (Some(money("0")), money("4000"), money("182"))
    );
    assert_eq!(
        likely("P03"),
        (Some(money("0")), money("3703.20"), money("0"))
    );
    // £400.00 + £182.00, and £15,552.80 in the tactical pot.
    assert_eq!(
        (report.likely_underspend, report.likely_to_return),
        (money("582"), money("16134.80"))
    );
    let said = "As the leads forecast, and without a forecast at the rate so far, £582.00 of the awards is likely to be unspent on 31 March 2026. With the uncommitted money, £16,134.80 is likely to go back to the OPCC.";
    let notes: Vec<String> = report.notes().iter().map(ToString::to_string).collect();
    assert!(notes.iter().any(|note| note == said), "{notes:?}");
    // What is spent too fast is likely to reach the award, and no more.
    kent.spend("2025-09-16", "P04", "5000");
    let row = row(&kent.year_ahead("2025-09-30"), "P04").clone();
    assert_eq!(
        (row.run_rate, row.likely_spend),
        (Some(money("18000")), money("5223"))
    );
}

/// Four projects spend the same every month, of which the leads say nothing. In February P01 and P03
/// will leave more than a third of their awards, and November said so already.
#[test]
fn what_is_left_in_february_is_seen_by_november() {
    let mut kent = Kent::until("2025-11-30");
    // Of £4,000.00, £4,182.00, £3,703.20 and £5,223.00.
    let monthly = [
        ("P01", "300"),
        ("P02", "500"),
        ("P03", "200"),
        ("P04", "640"),
    ];
    for on in [
        "2025-08-15",
        "2025-09-15",
        "2025-10-15",
        "2025-11-15",
        "2025-12-15",
        "2026-01-15",
        "2026-02-10",
    ] {
        for (project, amount) in monthly {
            kent.spend(on, project, amount);
        }
    }
    let likely = |as_at: &str| -> Money {
        let report = kent.year_ahead(as_at);
        let of_four = report
            .rows
            .iter()
            .filter(|row| row.project.as_str() <= "P04");
        of_four.map(|row| row.likely_underspend).sum()
    };
    // 131 of 252 days by 30 November: 4 payments of each are 1,200, 2,000, 800 and 2,560, which
    // become 2,308.40, 3,847.33, 1,538.93 and 4,924.58, and leave 1,691.60, 334.67, 2,164.27 and
    // 298.42.
    assert_eq!(likely("2025-11-30"), money("4488.96"));
    // 203 days by 10 February: 7 payments are 2,100, 3,500, 1,400 and 4,480, which become 2,606.90,
    // 4,344.83, 1,737.93 and 5,561.38, so that P02 and P04 will spend all: 1,393.10 + 1,965.27.
    assert_eq!(likely("2026-02-10"), money("3358.37"));
}

#[test]
fn a_project_that_has_ended_will_spend_no_more() {
    let mut kent = Kent::until("2025-11-30");
    kent.spend("2025-12-01", "P05", "4304");
    kent.spend("2025-12-01", "P06", "150");
    kent.forecast("2025-12-02", "P05", "5000");
    kent.record(&[
        (Column::On, "2025-12-03"),
        (Column::Kind, "complete"),
        (Column::Project, "P05"),
    ]);
    kent.record(&[
        (Column::On, "2025-12-03"),
        (Column::Kind, "withdraw"),
        (Column::Project, "P06"),
    ]);
    let report = kent.year_ahead("2025-12-31");
    assert_eq!(
        projected(&report, "P05"),
        (Basis::Spent, money("4304"), money("696"))
    );
    assert_eq!(
        projected(&report, "P06"),
        (Basis::Spent, money("150"), money("0"))
    );
    assert_eq!(
        projected(&kent.year_ahead("2025-12-02"), "P05"),
        (Basis::Forecast, money("5000"), money("0"))
    );

    // The year was closed while P05 still held money.
    let mut kent = Kent::new();
    kent.forecast("2026-04-08", "P05", "5000");
    kent.record(&[
        (Column::On, "2026-04-30"),
        (Column::Kind, "close"),
        (Column::Override, "The OPCC lets it rest"),
    ]);
    assert_eq!(
        projected(&kent.year_ahead("2026-04-29"), "P05"),
        (Basis::Spent, money("4304"), money("696"))
    );
    assert_eq!(
        projected(&kent.year_ahead("2026-04-30"), "P05"),
        (Basis::Spent, money("4304"), money("696"))
    );
}

/// From 31 March on, the actual spend is projected, so that no award or forecast hides an
/// underspend. A higher forecast is shown and marked. The page, the quarter report and the
/// monitoring return agree.
#[test]
fn at_the_year_end_the_actual_spend_is_projected() {
    let mut kent = Kent::new();
    for day in ["2026-03-31", "2026-05-11"] {
        let report = kent.year_ahead(day);
        assert_eq!(
            (report.days_left, projected(&report, "P05")),
            (0, (Basis::Spent, money("4304"), money("696")))
        );
        assert_eq!(
            (report.to_return, report.to_return_as_projected),
            (money("726.40"), money("726.40"))
        );
    }
    kent.forecast("2026-03-30", "P05", "4500");
    kent.forecast("2026-03-31", "P05", "4500");
    let (before, report) = (kent.year_ahead("2026-03-30"), kent.year_ahead("2026-03-31"));
    assert_eq!(
        (
            projected(&before, "P05").1,
            row(&before, "P05").not_yet_spent
        ),
        (money("4500"), false)
    );
    assert_eq!(
        (projected(&report, "P05"), row(&report, "P05").not_yet_spent),
        ((Basis::Spent, money("4304"), money("696")), true)
    );
    assert_eq!(
        (row(&report, "P05").forecast, report.to_return_as_projected),
        (Some(money("4500")), money("726.40"))
    );
    let said = "P05: the lead's forecast of £4,500.00 is above what is spent at the year end, so £4,304.00 is projected.";
    assert!(
        report.notes().iter().any(|note| note.to_string() == said),
        "{:?}",
        report.notes()
    );
    let lens = Lens::at(day("2026-05-11"));
    let (page, update) = (
        kent.book.page(year(), lens).unwrap(),
        kent.book.year(year(), lens).unwrap(),
    );
    assert_eq!(
        (page.forecast.to_return_as_projected, update.to_return),
        (money("726.40"), money("726.40"))
    );
    assert_eq!(
        line(&monitored(&kent, Period::YearEnd, "2026-05-11"), "P05").variance,
        money("696")
    );
    // A complete project will spend no more.
    kent.record(&[
        (Column::On, "2026-04-09"),
        (Column::Kind, "complete"),
        (Column::Project, "P05"),
    ]);
    assert!(!row(&kent.year_ahead("2026-05-11"), "P05").not_yet_spent);
}

fn monitored(kent: &Kent, period: Period, as_at: &str) -> MonitoringReport {
    kent.book
        .monitoring(year(), period, Lens::at(day(as_at)))
        .unwrap()
}

fn line<'a>(report: &'a MonitoringReport, project: &str) -> &'a MonitoringRow {
    report
        .rows
        .iter()
        .find(|row| {
            row.project
                .as_ref()
                .is_some_and(|of| of.as_str() == project)
        })
        .unwrap()
}

#[test]
fn a_period_ends_on_its_day() {
    let of = |period: Period, today: &str| period.as_at(year(), day(today)).to_string();
    assert_eq!(of(Period::MidYear, "2025-08-01"), "2025-09-30");
    assert_eq!(of(Period::MidYear, "2025-11-01"), "2025-09-30");
    assert_eq!(of(Period::YearEnd, "2026-02-01"), "2026-03-31");
    assert_eq!(of(Period::YearEnd, "2026-04-30"), "2026-04-30");
}

/// At 30 September, six awards of £24,108.20 in total and £15,552.80 in the tactical pot. At the
/// year end, ten awards of £39,630.60 in total and £30.40 in the pot, with P06 withdrawn at £0.00.
#[test]
fn budgets_add_up_to_the_allocation() {
    let mut kent = Kent::new();
    let sum = |report: &MonitoringReport, amount: fn(&MonitoringRow) -> Money| {
        report.rows.iter().map(amount).sum::<Money>()
    };
    let half = monitored(&kent, Period::MidYear, "2025-09-30");
    let of = |report: &MonitoringReport| -> Vec<String> {
        report
            .rows
            .iter()
            .map(|row| {
                row.project
                    .as_ref()
                    .map_or(row.pot.to_string(), ToString::to_string)
            })
            .collect()
    };
    assert_eq!(
        of(&half),
        [
            "P01", "P02", "P03", "P04", "P05", "P06", "upfront", "tactical"
        ]
    );
    assert_eq!(
        (half.rows[7].budget, half.rows[7].variance),
        (money("15552.80"), money("15552.80"))
    );
    assert_eq!(
        (sum(&half, |row| row.budget), sum(&half, |row| row.forecast)),
        (money("39661"), money("24108.20"))
    );

    let end = monitored(&kent, Period::YearEnd, "2026-05-11");
    assert_eq!((end.rows.len(), line(&end, "P06").budget), (13, money("0")));
    let sums = [
        sum(&end, |row| row.budget),
        sum(&end, |row| row.actual),
        sum(&end, |row| row.forecast),
        sum(&end, |row| row.variance),
    ];
    assert_eq!(
        sums,
        ["39661.00", "38934.60", "38934.60", "726.40"].map(money)
    );
    // The March paper says why P05 underspent. After a later forecast without a note there is no
    // reason.
    assert_eq!(
        line(&end, "P05").reason.as_deref(),
        Some("Trainer and venue hire cost less than expected.")
    );
    assert_eq!(end.unexplained().count(), 0);
    kent.forecast("2026-04-01", "P05", "4304");
    let end = monitored(&kent, Period::YearEnd, "2026-05-11");
    assert_eq!(
        end.unexplained()
            .map(ToString::to_string)
            .collect::<Vec<_>>(),
        ["P05"]
    );
}

/// An award increased by an override before its approval is part of the budget too.
#[test]
fn an_award_increased_before_approval_is_in_the_budget() {
    let mut kent = Kent::until("2025-11-30");
    let p12 = [
        (Column::On, "2025-11-21"),
        (Column::Project, "P12"),
        (Column::Amount, "500"),
    ];
    let propose = [
        (Column::Kind, "propose"),
        (Column::Pot, "tactical"),
        (Column::Title, "Bikes"),
        (Column::Lead, "Police"),
    ];
    kent.record(&[&p12[..], &propose].concat());
    kent.record(
        &[
            &p12[..],
            &[
                (Column::Kind, "increase"),
                (Column::Override, "The letter came first"),
            ],
        ]
        .concat(),
    );
    let report = monitored(&kent, Period::YearEnd, "2025-11-30");
    assert_eq!(line(&report, "P12").budget, money("500"));
    assert_eq!(
        report.rows.iter().map(|row| row.budget).sum::<Money>(),
        money("39661")
    );
}

#[test]
fn the_latest_outputs_and_outcomes_are_shown() {
    let mut kent = Kent::new();
    let schools = [
        (Column::Kind, "outcome"),
        (Column::Project, "P09"),
        (Column::Measure, "schools registering"),
        (Column::Value, "31"),
    ];
    kent.record(&[&[(Column::On, "2026-04-02")], &schools[..]].concat());
    kent.record(&[
        (Column::On, "2026-04-02"),
        (Column::Kind, "progress"),
        (Column::Project, "P09"),
        (Column::Note, "Eight more"),
    ]);
    let report = monitored(&kent, Period::YearEnd, "2026-05-11");
    let p09 = line(&report, "P09");
    assert_eq!(p09.outputs.as_deref(), Some("Eight more"));
    assert_eq!(
        p09.outcomes
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>(),
        ["schools registering: 31 of 39"]
    );
    assert_eq!(
        line(&monitored(&kent, Period::YearEnd, "2026-03-31"), "P09").outcomes[0].to_string(),
        "schools registering: 23 of 39"
    );
    assert_eq!(line(&report, "P08").outcomes, []);
}

/// The reason is the note of the latest forecast. If that has none, it is the latest note of a
/// reduction or of the project's end.
#[test]
fn a_reason_is_a_recorded_note() {
    let mut kent = Kent::until("2025-11-30");
    let reason = |kent: &Kent| {
        line(&monitored(kent, Period::YearEnd, "2026-03-31"), "P05")
            .reason
            .clone()
    };
    let say = |kent: &mut Kent, on, kind, note: &'static str, amount: &'static str| {
        let cells = [
            (Column::On, on),
            (Column::Kind, kind),
            (Column::Project, "P05"),
            (Column::Note, note),
            (Column::Amount, amount),
        ];
        kent.record(&cells);
    };
    kent.spend("2025-12-01", "P05", "4000");
    assert_eq!(reason(&kent), None);
    say(&mut kent, "2025-12-02", "reduce", "One venue fewer", "100");
    assert_eq!(reason(&kent).as_deref(), Some("One venue fewer"));
    say(
        &mut kent,
        "2025-12-03",
        "forecast",
        "Two days, not three",
        "4304",
    );
    assert_eq!(reason(&kent).as_deref(), Some("Two days, not three"));
    assert_eq!(
        line(&monitored(&kent, Period::YearEnd, "2026-03-30"), "P05").variance,
        money("596")
    );
    assert_eq!(
        line(&monitored(&kent, Period::YearEnd, "2026-03-31"), "P05").variance,
        money("900")
    );
    kent.forecast("2025-12-04", "P05", "4200");
    assert_eq!(reason(&kent).as_deref(), Some("One venue fewer"));
    say(
        &mut kent,
        "2025-12-05",
        "complete",
        "Delivered for less",
        "",
    );
    assert_eq!(reason(&kent).as_deref(), Some("Delivered for less"));
    assert_eq!(
        line(&monitored(&kent, Period::YearEnd, "2026-03-31"), "P05").variance,
        money("900")
    );
    say(&mut kent, "2025-12-05", "reduce", "", "100");
    assert_eq!(reason(&kent).as_deref(), Some("Delivered for less"));
    // Without a variance there is nothing to explain.
    say(&mut kent, "2025-12-06", "forecast", "As awarded", "4800");
    say(
        &mut kent,
        "2025-12-07",
        "reduce",
        "All it will not spend",
        "800",
    );
    assert_eq!(
        (
            reason(&kent),
            line(&monitored(&kent, Period::YearEnd, "2026-03-31"), "P05").variance
        ),
        (None, money("0"))
    );
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 400, ..ProptestConfig::default() })]

    /// On every day of every history: projected spend, money already returned or lapsed and money
    /// still to be returned add up to the allocation. The last is never below zero, nor more than if nothing
    /// else were spent.
    #[test]
    fn projections_add_up_and_are_possible(script in scripts(45)) {
        let journal = script.play().journal;
        for year in journal.years() {
            for day in days(year) {
                let view = journal.view(year, day);
                let (portfolio, report) = (&view.portfolio, ForecastReport::new(&view));
                prop_assert_eq!(portfolio.allocation(), report.projected + report.returned + portfolio.lapsed() + report.to_return_as_projected + report.not_drawn_as_projected);
                prop_assert_eq!(report.to_return_as_projected + report.not_drawn_as_projected, report.uncommitted + report.underspend_to_return);
                prop_assert!(Money::ZERO <= report.not_drawn_as_projected && report.not_drawn_as_projected <= report.not_drawn);
                prop_assert!(Money::ZERO <= report.to_return_as_projected && report.to_return_as_projected <= report.to_return);
                let monitored = MonitoringReport::new(&view, Period::YearEnd);
                let sum = |amount: fn(&MonitoringRow) -> Money| monitored.rows.iter().map(amount).sum::<Money>();
                prop_assert_eq!((sum(|row| row.budget), sum(|row| row.forecast)), (portfolio.allocation(), report.projected));
                prop_assert!(report.rows.iter().all(|row| row.spent <= row.projected && row.projected <= row.award));
                prop_assert!(report.rows.iter().all(|row| row.spent <= row.likely_spend && row.likely_spend + row.likely_underspend == row.award));
                prop_assert!(report.rows.iter().all(|row| row.basis == Basis::Award || row.likely_spend == row.projected));
                prop_assert_eq!(portfolio.allocation(), report.likely_spend + report.returned + portfolio.lapsed() + report.likely_to_return + report.likely_not_drawn);
            }
        }
    }
}
