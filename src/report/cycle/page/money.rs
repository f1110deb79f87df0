//! Where the allocation has gone, and what of it will go back.

use crate::document::english::{counted, overrides};
use crate::document::{Drawing, Line, Report, Table, Text, columns, lines, text};
use crate::model::Money;
use crate::report::cycle::forecast::ForecastReport;
use crate::report::cycle::page::section::Section;
use crate::report::money::year::YearReport;
use crate::report::projects::project::{ProjectListReport, ProjectRow};

/// Where the allocation is.
pub(super) fn allocation(money: &YearReport) -> Section {
    let mut lines = Vec::from(lines! {
        "Allocation", money.allocation, money.head.pots.allocated_by_the_opcc();
        "Spent", money.spent, "less refunds";
        "Unspent awards", money.unspent_awards, "still with projects";
        "Uncommitted", money.uncommitted, money.head.pots.still_there();
        "Returned", money.returned, "underspend paid back";
        "Lapsed", money.lapsed, "underspend never paid out";
    });
    lines.retain(|line| line.line != "Lapsed" || !line.amount.is_zero());
    let table = Table::of("Where the allocation has gone", &lines);
    Section {
        answer: if money.allocation.is_zero() {
            "There is no allocation yet".into()
        } else {
            spent_of(money.spent, money.allocation, " allocated")
        },
        table: table.drawn(Drawing::Parts {
            label: Line::COLUMN.line,
            amount: Line::COLUMN.amount,
        }),
        notes: overrides(&money.overrides).into_iter().collect(),
    }
}

/// Spend against award, for projects with an award.
pub(super) fn spend(projects: &ProjectListReport) -> Section {
    let rows = projects.rows.iter();
    let awarded: Vec<&ProjectRow> = rows.filter(|row| !row.award.is_zero()).collect();
    let award: Money = awarded.iter().map(|row| row.award).sum();
    let spent: Money = awarded.iter().map(|row| row.spent).sum();
    let table = Table::of("Spent against award", awarded.iter().copied())
        .only(&columns![ProjectRow: project, title, status, award, spent, unspent]);
    Section {
        answer: if awarded.is_empty() {
            "No project has an award".into()
        } else {
            spent_of(spent, award, " awarded")
        },
        table: table.drawn(Drawing::Within {
            label: ProjectRow::COLUMN.project,
            part: ProjectRow::COLUMN.spent,
            whole: ProjectRow::COLUMN.award,
        }),
        notes: Vec::new(),
    }
}

fn spent_of(spent: Money, whole: Money, what: &str) -> Text {
    let spent = match spent {
        none if none.is_zero() => "nothing".into(),
        all if all == whole => "all".into(),
        part => text![part],
    };
    text!["Of ", whole, what, ", ", spent, " has been spent"]
}

/// What is lost to the partnership if it is not spent in time; once the time is over, what has
/// still to go back.
pub(super) fn to_return(forecast: &ForecastReport) -> Section {
    let is_over = forecast.closed || forecast.overdue;
    let (amount, pots) = (forecast.to_return_as_projected, forecast.head.pots);
    let (uncommitted, underspend) = (forecast.uncommitted, forecast.underspend_to_return);
    let not_drawn = forecast.not_drawn_as_projected;
    let mut lines = if is_over {
        Vec::from(lines! {
            "To return", amount, "unspent awards and uncommitted money";
            "Uncommitted", uncommitted, pots.still_there();
            "Underspend", underspend, "awards neither spent nor returned";
        })
    } else {
        Vec::from(lines! {
            "To return as projected", amount, "if all goes as projected";
            "Uncommitted", uncommitted, pots.still_there();
            "Underspend", underspend, "awards less projected spend and returns";
            "To return at most", forecast.to_return, "if nothing more is spent";
        })
    };
    if !is_over {
        lines.extend(forecast.not_drawn_lines());
    } else if !not_drawn.is_zero() {
        let [line] = lines! { "Not drawn", not_drawn, "underspend the OPCC has not paid" };
        lines.insert(1, line);
    }
    let notes = [days_left(forecast)].into_iter().chain(forecast.notes());
    Section {
        answer: match (is_over, amount.is_zero()) {
            (true, true) if !not_drawn.is_zero() => {
                text![
                    not_drawn,
                    " was not drawn, and nothing is left to return to the OPCC"
                ]
            }
            (true, true) => "Nothing is left to return to the OPCC".into(),
            (true, false) => text![amount, " is still to be returned to the OPCC"],
            (false, true) => "Nothing is projected to go back to the OPCC".into(),
            (false, false) => text![amount, " is projected to go back to the OPCC"],
        },
        table: Table::of("To return", &lines),
        notes: notes.collect(),
    }
}

/// How long there is left to spend.
fn days_left(forecast: &ForecastReport) -> Text {
    let (year, last_day) = (forecast.head.year, forecast.head.year.last_day());
    match counted(forecast.days_left, "day") {
        _ if forecast.closed => text![year, " is closed."],
        _ if forecast.overdue => text![year, " has ended and is not closed."],
        _ if forecast.days_left == 0 => text![last_day, " is the last day to spend."],
        days => text![days, " left to spend, until ", last_day, "."],
    }
}
