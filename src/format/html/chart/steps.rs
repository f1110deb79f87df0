//! Steps: what there is from each day on, in the course of a year.

use maud::{Markup, html as markup};

use crate::document::Table;
use crate::format::html::chart::{WIDTH, amounts, days, picture};
use crate::format::html::scale::Scale;
use crate::model::{Date, FinancialYear, Money, Quarter};

/// The height of the steps, below the words over them.
const HIGH: i128 = 140;
const TOP: i128 = 18;
const BOTTOM: i128 = TOP + HIGH;
/// With the quarters below.
const HEIGHT: i128 = BOTTOM + 20;

/// The days of a year, and of what came before or after it, laid out over the width.
struct Calendar {
    first: Date,
    days: i128,
}

impl Calendar {
    fn new(year: FinancialYear, shown: &[Date]) -> Calendar {
        let first = shown
            .iter()
            .copied()
            .min()
            .map_or(year.first_day(), |day| day.min(year.first_day()));
        let last = shown
            .iter()
            .copied()
            .max()
            .map_or(year.last_day(), |day| day.max(year.last_day()));
        Calendar {
            first,
            days: i128::from(first.days_until(last)).max(1),
        }
    }

    fn place(&self, day: Date) -> i128 {
        (i128::from(self.first.days_until(day)) * WIDTH / self.days).min(WIDTH)
    }
}

/// A step a row. The line ends on the last day that is known.
pub(super) fn steps(
    table: &Table,
    day: &str,
    balance: &str,
    year: FinancialYear,
    until: Date,
) -> Markup {
    let (days, balances) = (days(table, day), amounts(table, balance));
    let calendar = Calendar::new(year, &days);
    let scale = Scale::over(balances.iter().copied(), HIGH);
    let height = |amount: Money| BOTTOM - scale.place(amount);
    let mut line = Vec::new();
    let mut now = Money::ZERO;
    for (day, balance) in days.iter().zip(&balances) {
        let at = calendar.place(*day);
        line.extend([
            format!("{at},{}", height(now)),
            format!("{at},{}", height(*balance)),
        ]);
        now = *balance;
    }
    let end = calendar.place(until);
    line.push(format!("{end},{}", height(now)));
    let highest = balances.iter().copied().fold(Money::ZERO, Money::max);
    // The words stand on the side of the point where there is room.
    let (anchor, under) = (
        if end > WIDTH / 2 { "end" } else { "start" },
        height(now) < BOTTOM - HIGH / 2,
    );
    let drawn = markup! {
        (quarters(year, &calendar))
        line class="grid" x1="0" x2=(WIDTH) y1=(height(highest)) y2=(height(highest)) {}
        line class="grid" x1="0" x2=(WIDTH) y1=(height(Money::ZERO)) y2=(height(Money::ZERO)) {}
        text x="0" y=(height(highest) - 5) { (highest.pounds()) }
        polyline class="step" points=(line.join(" ")) {}
        circle class="now" cx=(end.clamp(4, WIDTH - 4)) cy=(height(now)) r="4" {}
        @if now != highest {
            text class="answer" x=(end) y=(height(now) + if under { 18 } else { -9 }) text-anchor=(anchor) { (now.pounds()) }
        }
    };
    picture(HEIGHT, &said(&days, &balances, highest, now, until), &drawn)
}

/// The four quarters below, parted by lines.
fn quarters(year: FinancialYear, calendar: &Calendar) -> Markup {
    let ends = [Quarter::Q1, Quarter::Q2, Quarter::Q3, Quarter::Q4]
        .map(|quarter| (quarter, calendar.place(year.quarter_end(quarter))));
    let starts = [
        calendar.place(year.first_day()),
        ends[0].1,
        ends[1].1,
        ends[2].1,
    ];
    markup! {
        @for (start, (quarter, end)) in starts.into_iter().zip(ends) {
            line class="grid" x1=(end) x2=(end) y1=(TOP) y2=(BOTTOM) {}
            text x=((start + end) / 2) y=(BOTTOM + 15) text-anchor="middle" { (quarter) }
        }
    }
}

fn said(days: &[Date], balances: &[Money], highest: Money, now: Money, until: Date) -> String {
    let begun = days
        .first()
        .zip(balances.first())
        .map(|(day, balance)| format!("from {} on {day} ", balance.pounds()))
        .unwrap_or_default();
    format!(
        "Steps {begun}to {} on {until}; at most {}.",
        now.pounds(),
        highest.pounds()
    )
}
