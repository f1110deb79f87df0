//! Steps: a balance from each day on, over the year.

use maud::{Markup, html as markup};

use crate::document::{ColumnId, Table, text};
use crate::format::html::picture::{WIDTH, amounts, days, picture};
use crate::format::html::scale::Scale;
use crate::model::{Date, FinancialYear, Money, Quarter};

/// The height of the steps, below the words over them.
const STEPS_HEIGHT: i128 = 140;
const TOP: i128 = 18;
const BOTTOM: i128 = TOP + STEPS_HEIGHT;
/// With the quarters below.
const HEIGHT: i128 = BOTTOM + 20;
/// The radius of the point at the end of the line.
const RADIUS: i128 = 4;

/// The days of a year, and those before and after it that are shown, laid out over the width.
struct Calendar {
    first: Date,
    days: i128,
}

impl Calendar {
    fn new(year: FinancialYear, shown: &[Date]) -> Calendar {
        let (mut first, mut last) = (year.first_day(), year.last_day());
        for day in shown {
            first = first.min(*day);
            last = last.max(*day);
        }
        Calendar {
            first,
            days: i128::from(first.days_until(last)).max(1),
        }
    }

    fn position(&self, day: Date) -> i128 {
        (i128::from(self.first.days_until(day)) * WIDTH / self.days).min(WIDTH)
    }
}

/// One step for each row. The line ends on the last day that is known.
pub(super) fn steps(
    table: &Table,
    day: ColumnId,
    balance: ColumnId,
    year: FinancialYear,
    until: Date,
) -> Markup {
    let (days, balances) = (days(table, day), amounts(table, balance));
    let calendar = Calendar::new(year, &days);
    let scale = Scale::over(balances.iter().copied(), STEPS_HEIGHT);
    let height = |amount: Money| BOTTOM - scale.position(amount);
    let mut line = Vec::new();
    let mut now = Money::ZERO;
    for (day, balance) in days.iter().zip(&balances) {
        let x = calendar.position(*day);
        line.push(format!("{x},{}", height(now)));
        line.push(format!("{x},{}", height(*balance)));
        now = *balance;
    }
    let (x, y) = (calendar.position(until), height(now));
    line.push(format!("{x},{y}"));
    let highest = balances.iter().copied().fold(Money::ZERO, Money::max);
    let (top, zero) = (height(highest), height(Money::ZERO));
    // The words stand on the side of the point that has space for them.
    let anchor = if x > WIDTH / 2 { "end" } else { "start" };
    let is_high = y < BOTTOM - STEPS_HEIGHT / 2;
    let answer = if is_high { y + 18 } else { y - 9 };
    let drawn = markup! {
        (quarters(year, &calendar))
        line class="grid" x1="0" x2=(WIDTH) y1=(top) y2=(top) {}
        line class="grid" x1="0" x2=(WIDTH) y1=(zero) y2=(zero) {}
        text x="0" y=(top - 5) { (highest.pounds()) }
        polyline class="step" points=(line.join(" ")) {}
        circle class="now" cx=(x.clamp(RADIUS, WIDTH - RADIUS)) cy=(y) r=(RADIUS) {}
        @if now != highest {
            text class="answer" x=(x) y=(answer) text-anchor=(anchor) { (now.pounds()) }
        }
    };
    let first = days.first().zip(balances.first());
    let description = text![
        "Steps ",
        first.map(|(day, balance)| text!["from ", *balance, " on ", *day, " "]),
        "to ",
        now,
        " on ",
        until,
        "; at most ",
        highest,
        "."
    ];
    picture(HEIGHT, &description.to_string(), &drawn)
}

/// The four quarters below, with a line at the end of each.
fn quarters(year: FinancialYear, calendar: &Calendar) -> Markup {
    let mut start = calendar.position(year.first_day());
    let mut quarters = Vec::new();
    for quarter in Quarter::ALL {
        let end = calendar.position(year.quarter_end(*quarter));
        quarters.push((quarter, (start + end) / 2, end));
        start = end;
    }
    markup! {
        @for (quarter, middle, end) in quarters {
            line class="grid" x1=(end) x2=(end) y1=(TOP) y2=(BOTTOM) {}
            text x=(middle) y=(BOTTOM + 15) text-anchor="middle" { (quarter) }
        }
    }
}
