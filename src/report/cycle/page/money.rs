//! Where the allocation has gone, and what of it will go back.

use crate::document::english::{counted, overrides};
use crate::document::{Drawing, Line, Table, Text, lines, text};
use crate::report::cycle::forecast::ForecastReport;
use crate::report::cycle::page::section::Section;
use crate::report::money::year::YearReport;

/// Where the allocation is, if there is one.
pub(super) fn allocation(money: &YearReport) -> Option<Section> {
    let mut lines = Vec::from(lines! {
        "Allocation", money.allocation, money.head.pots.allocated_by_the_opcc();
        "Spent", money.spent, "less refunds";
        "Unspent awards", money.unspent_awards, "still with projects";
        "Uncommitted", money.uncommitted, money.head.pots.still_there();
        "Returned", money.returned, "underspend paid back";
        "Lapsed", money.lapsed, "underspend never paid out";
    });
    lines.retain(|line| !line.amount.is_zero());
    let heading = "Where the allocation has gone";
    let table = Table::of(heading, &lines);
    let table = table.drawn(Drawing::Parts {
        label: Line::COLUMN.line,
        amount: Line::COLUMN.amount,
    });
    Some(Section {
        answer: heading.into(),
        table: table.filled()?,
        notes: overrides(&money.overrides).into_iter().collect(),
    })
}

/// What is lost to the partnership if it is not spent in time; once the time is over, what has
/// still to go back.
pub(super) fn to_return(forecast: &ForecastReport) -> Section {
    let is_over = forecast.closed || forecast.overdue;
    let (amount, pots) = (forecast.to_return_as_projected, forecast.head.pots);
    let (uncommitted, underspend) = (forecast.uncommitted, forecast.underspend_to_return);
    let not_drawn = forecast.not_drawn_as_projected;
    let likely = forecast.likely_to_return;
    let is_likely_more = !is_over && likely != amount;
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
    if is_likely_more {
        let [line] = lines! {
            "Likely to return", likely, "as the leads forecast or at the rate so far"
        };
        lines.insert(1, line);
    }
    if !is_over {
        lines.extend(forecast.not_drawn_lines());
    } else if !not_drawn.is_zero() {
        let [line] = lines! { "Not drawn", not_drawn, "underspend the OPCC has not paid" };
        lines.insert(1, line);
    }
    lines.retain(|line| !line.amount.is_zero());
    let pending = (!is_over && !forecast.pipeline.is_zero())
        .then(|| "The projection does not include proposals waiting for a decision.".into());
    let notes = [Some(days_left(forecast)), pending];
    let answer = match (is_over, amount.is_zero()) {
        (true, true) if !not_drawn.is_zero() => {
            text![
                not_drawn,
                " was not drawn, and nothing is left to return to the OPCC"
            ]
        }
        (true, true) => "Nothing is left to return to the OPCC".into(),
        (true, false) => text![amount, " is still to be returned to the OPCC"],
        (false, true) => "Nothing is projected to go back to the OPCC".into(),
        (false, false) if amount == uncommitted && !is_likely_more => {
            text![amount, " goes back to the OPCC unless it is awarded"]
        }
        (false, false) => text![amount, " is projected to go back to the OPCC"],
    };
    let at_this_rate = is_likely_more.then(|| text![", but ", likely, " at the rate so far"]);
    Section {
        answer: text![answer, at_this_rate],
        table: Table::of("To return", &lines),
        notes: notes.into_iter().flatten().collect(),
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
