//! What is due: deadlines, the days left or late, and what was met.

use crate::document::{
    Block, Cell, Head, Report, Table, Text, counted, declare, tables_and_notes, text,
};
use crate::fold::{Due, Met, YearView};
use crate::model::{Date, EntryNumber, FinancialYear};
use crate::report::head::YearHead;

/// What the day is called by which proposals for a year are to be made.
pub(crate) const PROPOSALS_DUE: &str = "Deadline for proposals";

/// How many days before its deadline something is due soon.
const SOON_DAYS: u32 = 31;

declare! {
    /// What is to be done in a year, and by when.
    pub struct DueReport {
        /// The year.
        #[serde(flatten)]
        pub head: YearHead,
        /// One row per deadline, the earliest first.
        pub rows: Vec<DueRow>,
    }

    /// Something to be done by a day.
    pub row DueRow {
        /// The number of its `due` entry.
        pub entry: EntryNumber => shown("Entry"),
        /// What it is.
        pub title: String => shown("Title"),
        /// The day by which it is to be done.
        pub deadline: Date => shown("Deadline"),
        /// The days left until the deadline; none once it is met or late.
        pub days_left: Option<u32> => {
            days_left: Option<u32> => detail from |row| row.days_left.into(),
            status: String => shown("Status") from DueRow::status,
        },
        /// The days after the deadline that have passed, or after which it was met.
        pub days_late: u32 => detail,
        /// The day it was met.
        pub met_on: Option<Date> => detail,
        /// The number of its `met` entry.
        pub met_by: Option<EntryNumber> => detail,
    }
}

/// What most years have to be done, with its deadline if that is the same every year.
pub fn usual_deadlines(year: FinancialYear) -> [(&'static str, Option<Date>); 4] {
    let october = Date::of(year.first_day().calendar_year(), 10, 30);
    let april = Date::of(year.last_day().calendar_year(), 4, 30);
    [
        (PROPOSALS_DUE, None),
        ("Working group meeting", None),
        ("Half-year monitoring return", Some(october)),
        ("Year-end return", Some(april)),
    ]
}

impl DueReport {
    /// The deadlines of a year, whose view holds at least what is due and what was met.
    pub fn new(view: &YearView) -> DueReport {
        DueReport {
            head: YearHead::new(view),
            rows: DueRow::all(view),
        }
    }
}

impl DueRow {
    /// The deadlines of a year, the earliest first.
    pub(crate) fn all(view: &YearView) -> Vec<DueRow> {
        let portfolio = &view.portfolio;
        let row = |(entry, due): (&EntryNumber, &Due)| {
            let met = portfolio.met.get(entry).copied();
            DueRow::new(*entry, due, met, view.lens.as_at)
        };
        let mut rows: Vec<DueRow> = portfolio.dues.iter().map(row).collect();
        rows.sort_by_key(|row| (row.deadline, row.entry));
        rows
    }

    /// The deadlines of a year that are not met, the earliest first.
    pub(crate) fn unmet(view: &YearView) -> Vec<DueRow> {
        let mut rows = DueRow::all(view);
        rows.retain(|row| row.met_on.is_none());
        rows
    }

    fn new(entry: EntryNumber, due: &Due, met: Option<Met>, as_at: Date) -> DueRow {
        let until = met.map_or(as_at, |met| met.on);
        let is_open = met.is_none() && as_at <= due.by;
        DueRow {
            entry,
            title: due.title.clone(),
            deadline: due.by,
            days_left: is_open.then(|| as_at.days_until(due.by)),
            days_late: due.by.days_until(until),
            met_on: met.map(|met| met.on),
            met_by: met.map(|met| met.entry),
        }
    }

    /// Returns `true` if its deadline has passed, and it is not met.
    pub(crate) fn is_late(&self) -> bool {
        self.met_on.is_none() && self.days_late > 0
    }

    /// Returns `true` if its deadline is near, and it is not met.
    pub(crate) fn is_soon(&self) -> bool {
        self.days_left.is_some_and(|days| days <= SOON_DAYS)
    }

    fn status(&self) -> Cell {
        let late = counted(self.days_late, "day");
        let status = match (self.met_on, self.days_left) {
            (Some(on), _) if self.days_late > 0 => format!("met {}, {late} late", on.short()),
            (Some(on), _) => format!("met {}", on.short()),
            (None, Some(0)) => "due today".to_owned(),
            (None, Some(days)) => format!("{} left", counted(days, "day")),
            (None, None) => format!("{late} late"),
        };
        status.into()
    }

    /// What it is and when it is or was due, as the end of a sentence.
    pub(crate) fn sentence(&self) -> Text {
        let when = match self.days_left {
            None => text![", ", counted(self.days_late, "day"), " ago"],
            Some(0) => text![", today"],
            Some(days) => text![", in ", counted(days, "day")],
        };
        let is = if self.is_late() { "was" } else { "is" };
        text![&self.title, " ", is, " due on ", self.deadline, when]
    }
}

impl Report for DueReport {
    fn head(&self) -> Head {
        self.head.titled("What is due in ")
    }

    fn data(&self) -> Table {
        Table::of("", &self.rows)
    }

    fn blocks(&self) -> Vec<Block> {
        if self.rows.is_empty() {
            return tables_and_notes([self.data()], [text!["Nothing is on record as due."]]);
        }
        let count = |is: fn(&DueRow) -> bool| self.rows.iter().filter(|row| is(row)).count();
        let (late, left) = (count(DueRow::is_late), count(|row| row.days_left.is_some()));
        let met = count(|row| row.met_on.is_some());
        let note = text![late, " late, ", left, " to come, ", met, " met."];
        tables_and_notes([self.data()], [note])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(met: Option<&str>, as_at: &str) -> DueRow {
        let day = |text: &str| -> Date { text.parse().unwrap() };
        let due = Due {
            title: "Year-end return".into(),
            by: day("2026-04-30"),
        };
        let met = met.map(|on| Met {
            entry: EntryNumber(9),
            on: day(on),
        });
        DueRow::new(EntryNumber(1), &due, met, day(as_at))
    }

    #[test]
    fn the_days_are_counted_to_the_deadline_and_from_it() {
        for (met, as_at, days_left, days_late, status) in [
            (None, "2026-04-28", Some(2), 0, "2 days left"),
            (None, "2026-04-29", Some(1), 0, "1 day left"),
            (None, "2026-04-30", Some(0), 0, "due today"),
            (None, "2026-05-01", None, 1, "1 day late"),
            (None, "2026-05-10", None, 10, "10 days late"),
            (Some("2026-04-30"), "2026-05-10", None, 0, "met 30 Apr 2026"),
            (
                Some("2026-05-02"),
                "2026-05-10",
                None,
                2,
                "met 2 May 2026, 2 days late",
            ),
        ] {
            let row = row(met, as_at);
            assert_eq!(
                (row.days_left, row.days_late),
                (days_left, days_late),
                "{as_at}"
            );
            assert_eq!(row.status().to_string(), status, "{as_at}");
        }
    }

    #[test]
    fn only_what_is_not_met_is_late_or_soon() {
        for (met, as_at, is_soon, is_late) in [
            (None, "2026-03-29", false, false),
            (None, "2026-03-30", true, false),
            (None, "2026-04-30", true, false),
            (None, "2026-05-01", false, true),
            (Some("2026-05-02"), "2026-05-10", false, false),
        ] {
            let row = row(met, as_at);
            assert_eq!(
                (row.is_soon(), row.is_late()),
                (is_soon, is_late),
                "{as_at}"
            );
        }
    }

    #[test]
    fn a_sentence_says_how_far_away_it_is() {
        for (as_at, sentence) in [
            (
                "2026-04-28",
                "Year-end return is due on 30 April 2026, in 2 days",
            ),
            (
                "2026-04-30",
                "Year-end return is due on 30 April 2026, today",
            ),
            (
                "2026-05-01",
                "Year-end return was due on 30 April 2026, 1 day ago",
            ),
        ] {
            assert_eq!(row(None, as_at).sentence().to_string(), sentence);
        }
    }
}
