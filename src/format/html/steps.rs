//! Steps: a balance from each day on, over the year.

use maud::{Markup, html as markup};

use crate::document::{ColumnId, Table, text};
use crate::format::html::labels::{Anchor, Area, Labels, TEXT_HEIGHT, width};
use crate::format::html::picture::{WIDTH, amounts, days, picture};
use crate::format::html::scale::Scale;
use crate::model::{Date, FinancialYear, Money, Quarter};

/// Left of the steps stands £0.
const LEFT: i128 = 26;
/// The radius of the point at the end of the line.
const RADIUS: i128 = 4;
const RIGHT: i128 = WIDTH - RADIUS;
const STEPS_HEIGHT: i128 = 100;
/// Above the steps there is room for words.
const TOP: i128 = 20;
const BOTTOM: i128 = TOP + STEPS_HEIGHT;
/// Below them stand the calendar and, below that, what happened.
const CALENDAR: i128 = BOTTOM + 8;
const EVENTS: i128 = CALENDAR + TEXT_HEIGHT + 6;
const HEIGHT: i128 = EVENTS + TEXT_HEIGHT;

/// What is drawn: a balance from each day on, in the order of the days.
#[derive(Debug)]
struct Steps {
    balances: Vec<(Date, Money)>,
    year: FinancialYear,
    opened: Option<Date>,
    until: Date,
}

/// Where all of it stands.
#[derive(Debug)]
struct Layout {
    points: Vec<(i128, i128)>,
    zero: i128,
    /// Lines from the steps down to words about their days.
    events: Vec<Area>,
    labels: Labels,
}

/// The days of a year, and those before and after it that are shown, laid out over the width.
struct Calendar {
    first: Date,
    last: Date,
}

impl Calendar {
    fn new(steps: &Steps) -> Calendar {
        let year = steps.year;
        let days = || steps.balances.iter().map(|(day, _)| *day);
        Calendar {
            first: days().fold(year.first_day(), Date::min),
            last: days().fold(year.last_day(), Date::max),
        }
    }

    fn shows(&self, day: Date) -> bool {
        (self.first..=self.last).contains(&day)
    }

    fn x(&self, day: Date) -> i128 {
        let days = i128::from(self.first.days_until(self.last)).max(1);
        let passed = i128::from(self.first.days_until(day)).min(days);
        LEFT + passed * (RIGHT - LEFT) / days
    }
}

/// One step for each row. The line ends on the last day that is known.
pub(super) fn steps(
    table: &Table,
    day: ColumnId,
    balance: ColumnId,
    year: FinancialYear,
    opened: Option<Date>,
    until: Date,
) -> Markup {
    let steps = Steps {
        balances: days(table, day)
            .into_iter()
            .zip(amounts(table, balance))
            .collect(),
        year,
        opened,
        until,
    };
    picture(HEIGHT, &steps.description(), &steps.layout().drawn())
}

impl Steps {
    fn last(&self) -> Money {
        self.balances.last().map_or(Money::ZERO, |(_, now)| *now)
    }

    /// The first day of the highest balance, and how high it was.
    fn highest(&self) -> Option<(Date, Money)> {
        let mut balances = self.balances.iter().copied();
        let first = balances.next()?;
        Some(balances.fold(
            first,
            |highest, step| {
                if step.1 > highest.1 { step } else { highest }
            },
        ))
    }

    /// In words.
    fn description(&self) -> String {
        let step = |(day, balance): &(Date, Money)| text![*balance, " on ", *day];
        let first = self
            .balances
            .first()
            .map(|first| text!["from ", step(first), " "]);
        let opened = self.opened.map(|day| text!["; opened on ", day]);
        let highest = self
            .highest()
            .map(|highest| text!["; at most ", step(&highest)]);
        let last = (self.until, self.last());
        text!["Steps ", first, "to ", step(&last), opened, highest, "."].to_string()
    }

    /// Words are placed by their importance: what finds no room is left out, and stands in the
    /// table.
    fn layout(&self) -> Layout {
        let calendar = Calendar::new(self);
        let scale = Scale::over(
            self.balances.iter().map(|(_, balance)| *balance),
            STEPS_HEIGHT,
        );
        let y = |amount: Money| BOTTOM - scale.position(amount);
        let mut points = Vec::new();
        let mut now = Money::ZERO;
        for (day, balance) in &self.balances {
            let x = calendar.x(*day);
            points.extend([(x, y(now)), (x, y(*balance))]);
            now = *balance;
        }
        let end = (calendar.x(self.until), y(now));
        points.push(end);
        let zero = y(Money::ZERO);
        let mut layout = Layout {
            points,
            zero,
            events: Vec::new(),
            labels: Labels::default(),
        };
        layout.keep_lines_free(end);
        layout.label_events(self, &calendar, &y);
        layout.label_balances(self, &calendar, end);
        layout.label_calendar(self, &calendar);
        layout
    }

    /// The balance at the end of a day.
    fn at(&self, on: Date) -> Money {
        let by_then = self.balances.iter().rev().find(|(day, _)| *day <= on);
        by_then.map_or(Money::ZERO, |(_, balance)| *balance)
    }
}

impl Layout {
    fn keep_lines_free(&mut self, (x, y): (i128, i128)) {
        let lines = &mut self.labels.lines;
        lines.extend(
            self.points
                .windows(2)
                .map(|pair| Area::line(pair[0], pair[1])),
        );
        lines.push(Area::line((LEFT, self.zero), (WIDTH, self.zero)));
        lines.push(Area::line(
            (x - RADIUS, y - RADIUS),
            (x + RADIUS, y + RADIUS),
        ));
    }

    /// Zero, what is left, and the most there was.
    fn label_balances(&mut self, steps: &Steps, calendar: &Calendar, end: (i128, i128)) {
        let everywhere = Area::line((0, 0), (WIDTH, HEIGHT));
        let centred = self.zero - TEXT_HEIGHT / 2;
        self.labels
            .place("", "£0", everywhere, [(Anchor::End, LEFT - 7, centred)]);
        let inside = Area::line((LEFT, 0), (WIDTH, BOTTOM));
        let (last, (x, y)) = (steps.last(), end);
        let words = last.pounds().to_string();
        self.labels
            .place("answer", &words, inside, near(x, y, width(&words)));
        let highest = steps.highest().filter(|(_, amount)| *amount > last);
        if let Some((day, amount)) = highest {
            let words = amount.pounds().to_string();
            let above = [
                (Anchor::Start, calendar.x(day)),
                (Anchor::End, WIDTH),
                (Anchor::Start, LEFT),
            ];
            let above = above.map(|(anchor, x)| (anchor, x, TOP - TEXT_HEIGHT - 4));
            self.labels.place("", &words, inside, above);
        }
    }

    /// The day the pot opened, and the last day known.
    fn label_events(&mut self, steps: &Steps, calendar: &Calendar, y: &dyn Fn(Money) -> i128) {
        let opened = steps.opened.filter(|day| *day <= steps.until);
        let opened = opened.map(|day| (format!("opened {}", day.in_its_year()), day));
        let until = (steps.until.in_its_year().to_string(), steps.until);
        let events = opened.into_iter().chain([until]);
        for (words, day) in events.filter(|(_, day)| calendar.shows(*day)) {
            let x = calendar.x(day);
            if self.place_below(&words, x, EVENTS) {
                let line = Area::line((x, y(steps.at(day))), (x, EVENTS - 3));
                self.events.push(line);
                self.labels.lines.push(line);
            }
        }
    }

    /// The first and the last day of the year, and of its quarters the first.
    fn label_calendar(&mut self, steps: &Steps, calendar: &Calendar) {
        let ends = Quarter::ALL
            .iter()
            .map(|quarter| steps.year.quarter_end(*quarter));
        let starts = ends.filter_map(Date::tomorrow);
        let days = [steps.year.first_day(), steps.year.last_day()];
        let days = days.into_iter().chain(starts);
        for day in days.filter(|day| calendar.shows(*day)) {
            self.place_below(&day.in_its_year().to_string(), calendar.x(day), CALENDAR);
        }
    }

    /// Places words below a day: in the middle, or as near to it as the edges allow.
    fn place_below(&mut self, words: &str, x: i128, top: i128) -> bool {
        let below = Area::line((LEFT, BOTTOM), (WIDTH, HEIGHT));
        let spots = [
            (Anchor::Middle, x, top),
            (Anchor::Start, LEFT, top),
            (Anchor::End, WIDTH, top),
        ];
        let reach = width(words) / 2;
        let near = |edge: i128| (x - edge).abs() < reach;
        let spots = spots
            .into_iter()
            .filter(|(anchor, edge, _)| *anchor == Anchor::Middle || near(*edge));
        self.labels.place("", words, below, spots)
    }

    fn drawn(&self) -> Markup {
        let points = self.points.iter().map(|(x, y)| format!("{x},{y}"));
        let points: Vec<String> = points.collect();
        let end = self.points.last().copied().unwrap_or((LEFT, self.zero));
        markup! {
            line class="grid" x1=(LEFT) x2=(WIDTH) y1=(self.zero) y2=(self.zero) {}
            @for event in &self.events {
                line class="event" x1=(event.left) x2=(event.right) y1=(event.top) y2=(event.bottom) {}
            }
            polyline class="step" points=(points.join(" ")) {}
            circle class="now" cx=(end.0) cy=(end.1) r=(RADIUS) {}
            @for label in &self.labels.placed {
                text class=[Some(label.class).filter(|class| !class.is_empty())]
                    x=(label.x()) y=(label.y()) text-anchor=(label.anchor.as_str()) { (label.words) }
            }
        }
    }
}

/// Spots for words around a point, the nearest first; the last are above everything.
fn near(x: i128, y: i128, width: i128) -> impl Iterator<Item = (Anchor, i128, i128)> {
    let gap = RADIUS + 3;
    let middle = y - TEXT_HEIGHT / 2;
    let beside = [
        (Anchor::Start, x + gap),
        (Anchor::End, x - gap),
        (Anchor::End, x + RADIUS),
    ];
    let tops = (0..=STEPS_HEIGHT).flat_map(move |off| [middle - off, middle + off]);
    let nearby = tops.flat_map(move |top| beside.map(|(anchor, x)| (anchor, x, top)));
    let above = TOP - TEXT_HEIGHT - 4;
    nearby.chain([
        (Anchor::Start, LEFT.max(x - width), above),
        (Anchor::End, WIDTH, above),
    ])
}

#[cfg(test)]
#[path = "../../../tests/unit/steps.rs"]
mod tests;
