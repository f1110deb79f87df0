//! Where the allocation has gone, and what of it will go back.

use crate::document::english::{counted, overrides};
use crate::document::{Drawing, Line, Report, Table, Text, line, text};
use crate::model::Money;
use crate::report::cycle::forecast::ForecastReport;
use crate::report::cycle::page::section::Section;
use crate::report::money::year::YearReport;
use crate::report::projects::project::{ProjectListReport, ProjectRow};

/// Where the allocation is.
pub(super) fn allocation(money: &YearReport) -> Section {
    let lines = [
        line("Allocation", money.allocation, "from the OPCC, both pots"),
        line("Spent", money.spent, "less refunds"),
        line(
            "Committed, unspent",
            money.unspent_awards,
            "still with projects",
        ),
        line("Uncommitted", money.uncommitted, "still in the pots"),
        line("Returned", money.returned, "underspend paid back"),
    ];
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
    let columns = ProjectRow::COLUMN;
    let table = Table::of("Spent against award", awarded.iter().copied()).only(&[
        columns.project,
        columns.title,
        columns.status,
        columns.award,
        columns.spent,
        columns.unspent,
    ]);
    Section {
        answer: if awarded.is_empty() {
            "No project has an award".into()
        } else {
            spent_of(spent, award, " awarded")
        },
        table: table.drawn(Drawing::Within {
            label: columns.project,
            part: columns.spent,
            whole: columns.award,
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
    let amount = forecast.to_return_as_projected;
    let (whole, underspend) = if is_over {
        (
            line("Goes back", amount, "unspent awards and uncommitted money"),
            "awards neither spent nor returned",
        )
    } else {
        (
            line("Goes back as projected", amount, "if all goes as projected"),
            "awards less projected spend and returns",
        )
    };
    let mut lines = vec![
        whole,
        line("Uncommitted", forecast.uncommitted, "still in the pots"),
        line("Underspend", forecast.underspend_to_return, underspend),
    ];
    lines.extend((!is_over).then(|| {
        line(
            "Goes back at most",
            forecast.to_return,
            "if nothing more is spent",
        )
    }));
    Section {
        answer: match (is_over, amount.is_zero()) {
            (true, true) => "Nothing is left to return to the OPCC".into(),
            (true, false) => text![amount, " is still to be returned to the OPCC"],
            (false, true) => "Nothing is projected to go back to the OPCC".into(),
            (false, false) => text![amount, " is projected to go back to the OPCC"],
        },
        table: Table::of("To return", &lines),
        notes: [days_left(forecast)]
            .into_iter()
            .chain(forecast.notes())
            .collect(),
    }
}

/// How long there is left to spend.
fn days_left(forecast: &ForecastReport) -> Text {
    let (year, last_day) = (forecast.year, forecast.year.last_day());
    match forecast.days_left {
        _ if forecast.closed => text![year, " is closed."],
        _ if forecast.overdue => text![year, " has ended and is not closed."],
        0 => text![last_day, " is the last day to spend."],
        days => text![
            counted(days, "day"),
            " left to spend, until ",
            last_day,
            "."
        ],
    }
}
