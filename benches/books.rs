//! Generated books of any size, the same each time: whole grant years as a partnership would record
//! them, as the text of `entries.csv`.
//!
//! Every year has decisions, variations, withdrawals, payments, refunds and reversals. Every year
//! but the last is returned and closed. A ninth of the entries that may be late are recorded up to
//! two months late, after entries with later dates.

use std::fmt::Write;

use jiff::ToSpan;
use jiff::civil::Date;

/// The size of a book.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Size {
    /// The calendar year in which the first grant year begins.
    pub(crate) first: i16,
    /// The number of years.
    pub(crate) years: i16,
    /// Projects per year. A third of them are tactical.
    pub(crate) projects: usize,
    /// Entries per year. Those that are not about projects or the year are payments.
    pub(crate) entries: usize,
}

/// The columns written.
const HEADER: &str =
    "on,year,kind,project,pot,amount,title,lead,supplier,reference,measure,value,note,by\n";

/// The text of `entries.csv`, in the order recorded.
pub(crate) fn entries(size: Size) -> String {
    let mut chance = Chance(1);
    let mut lines = Vec::new();
    for first in size.first..size.first + size.years {
        let last = first + 1 == size.first + size.years;
        Year {
            first,
            name: format!("{first}/{:02}", (first + 1) % 100),
            lines: &mut lines,
            chance: &mut chance,
        }
        .record(size, last);
    }
    let mut order: Vec<usize> = (0..lines.len()).collect();
    order.sort_by_key(|index| lines[*index].recorded);
    let mut numbers = vec![0; lines.len()];
    order
        .iter()
        .enumerate()
        .for_each(|(row, index)| numbers[*index] = row + 1);
    let mut text = HEADER.to_owned();
    for index in order {
        let Line {
            on,
            year,
            kind,
            project,
            pot,
            pence,
            cells,
            reverses,
            ..
        } = &lines[index];
        let amount = pence
            .map(|pence| format!("{}.{:02}", pence / 100, pence % 100))
            .unwrap_or_default();
        let cells = reverses.map_or_else(
            || cells.clone(),
            |index| format!(",,,{},,,Entered twice", numbers[index]),
        );
        let _ = writeln!(
            text,
            "{on},{year},{kind},{project},{pot},{amount},{cells},KCST"
        );
    }
    text
}

/// One entry, before it has a number.
struct Line {
    recorded: Date,
    on: Date,
    year: String,
    kind: &'static str,
    project: String,
    pot: &'static str,
    pence: Option<u64>,
    /// `title,lead,supplier,reference,measure,value,note`
    cells: String,
    /// The line that a reversal names.
    reverses: Option<usize>,
}

/// A project and how it ends.
struct Project {
    name: String,
    pot: &'static str,
    proposed: Date,
    award: u64,
    spent: u64,
    fate: Fate,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Rejected,
    Withdrawn,
    Delivered,
}

/// A year being generated.
struct Year<'a> {
    first: i16,
    name: String,
    lines: &'a mut Vec<Line>,
    chance: &'a mut Chance,
}

/// The cells from `title` to `note` of an entry that uses none of them.
const NONE: &str = ",,,,,,";
/// The most days by which an entry is late.
const MAX_DAYS_LATE: u64 = 60;

impl Year<'_> {
    fn record(&mut self, size: Size, last: bool) {
        let start = self.lines.len();
        let mut projects: Vec<Project> = (0..size.projects)
            .map(|number| self.project(number, size.projects))
            .collect();
        let awards = |pot| {
            projects
                .iter()
                .filter(|p| p.pot == pot)
                .map(|p| p.award)
                .sum::<u64>()
        };
        let pots = [
            ("upfront", awards("upfront") + 100_000),
            ("tactical", awards("tactical") * 11 / 10),
        ];
        self.decide(&mut projects, pots);
        // The end takes two entries per delivered project, one for the pot and one for the close.
        let delivered = projects
            .iter()
            .filter(|p| p.fate == Fate::Delivered)
            .count();
        let end = if last { 0 } else { 2 * delivered + 2 };
        let payments = (start + size.entries).saturating_sub(self.lines.len() + end);
        self.pay(&mut projects, payments);
        if !last {
            self.finish(&projects, pots.iter().map(|(_, pence)| pence).sum());
        }
    }

    fn project(&mut self, number: usize, count: usize) -> Project {
        let tactical = number % 3 == 2;
        let proposed = if tactical {
            self.day(4, 15)
        } else {
            self.day(1, 25)
        };
        let fate = match self.chance.below(25) {
            // In a small year every project is delivered.
            0 if count > 20 => Fate::Rejected,
            1 if count > 20 => Fate::Withdrawn,
            _ => Fate::Delivered,
        };
        Project {
            name: format!("P{:04}", number + 1),
            pot: if tactical { "tactical" } else { "upfront" },
            proposed: later(proposed, self.chance.below(if tactical { 150 } else { 20 })),
            award: 100_000 + self.chance.below(500_000),
            spent: 0,
            fate,
        }
    }

    /// Records the decisions, targets and statements, project by project.
    fn decide(&mut self, projects: &mut [Project], pots: [(&'static str, u64); 2]) {
        for (pot, pence) in pots {
            let index = self.add(self.day(1, 20), "allocate", "", Some(pence), NONE);
            self.lines[index].pot = pot;
        }
        self.add(self.day(3, 31), "confirm", "", None, NONE);
        self.add(self.day(4, 10), "release", "", None, NONE);
        self.add(
            self.day(4, 20),
            "receive",
            "",
            Some(pots[0].1 + pots[1].1),
            NONE,
        );
        for project in projects {
            let name = &project.name;
            let (proposed, award) = (project.proposed, project.award);
            let proposal = format!(
                "Prevention work {name} with schools and residents,Lead agency of {name},,,,,"
            );
            let index = self.add(proposed, "propose", name, Some(award), &proposal);
            self.lines[index].pot = project.pot;
            for (days, kind) in [(5, "recommend"), (10, "endorse"), (12, "submit")] {
                self.add(later(proposed, days), kind, name, None, NONE);
            }
            let approved = later(proposed, 30);
            if project.fate == Fate::Rejected {
                self.add(approved, "reject", name, None, NONE);
                continue;
            }
            self.add(approved, "approve", name, Some(award), NONE);
            if project.fate == Fate::Withdrawn {
                self.add(self.day(11, 1), "withdraw", name, None, NONE);
                continue;
            }
            if self.chance.below(20) == 0 {
                self.add(
                    self.day(11, 15),
                    "reduce",
                    name,
                    Some(award / 20),
                    ",,,OPCC letter,,,",
                );
                project.award -= award / 20;
            }
            self.add(approved, "target", name, None, ",,,,Residents reached,250,");
            self.add_late(
                self.day(10, 15),
                "progress",
                name,
                None,
                ",,,,,,First sessions were held",
            );
            self.add_late(
                self.day(1, 15).saturating_add(1.year()),
                "forecast",
                name,
                Some(award * 9 / 10),
                NONE,
            );
            self.add_late(
                self.day(3, 15).saturating_add(1.year()),
                "outcome",
                name,
                None,
                ",,,,Residents reached,231,",
            );
        }
    }

    /// Records payments, at most nine tenths of each award. Some are refunded or reversed.
    fn pay(&mut self, projects: &mut [Project], payments: usize) {
        let mut paid: Vec<&mut Project> = projects
            .iter_mut()
            .filter(|p| p.fate == Fate::Delivered)
            .collect();
        let most = u64::try_from(payments.div_ceil(paid.len())).unwrap_or(u64::MAX);
        let end = self.lines.len() + payments;
        let mut turn = 0;
        while self.lines.len() < end {
            let count = paid.len();
            let project = &mut *paid[turn % count];
            turn += 1;
            let (from, until) = (
                later(project.proposed, 31).max(self.day(4, 11)),
                self.day(3, 20).saturating_add(1.year()),
            );
            let on = later(from, self.chance.below(days_between(from, until)));
            let full = (project.award * 9 / 10 / most).max(2);
            let pence = full / 2 + self.chance.below(full / 2) + 1;
            let reference = format!("INV-{}-{turn:06}", self.first);
            let cells = format!(",,Supplier {:03},{reference},,,", self.chance.below(400));
            let index = self.add_late(on, "spend", &project.name.clone(), Some(pence), &cells);
            let recorded = self.lines[index].recorded;
            let after = match self.chance.below(200) {
                _ if self.lines.len() == end => None,
                0 => Some(("reverse", on, None, pence)),
                1 | 2 => Some(("refund", later(on, 5), Some(pence), pence)),
                _ => None,
            };
            project.spent += pence;
            if let Some((kind, on, amount, back)) = after {
                project.spent -= back;
                let next = self.add(on, kind, &project.name.clone(), amount, &cells);
                self.lines[next].recorded = later(recorded, 5);
                if kind == "reverse" {
                    self.lines[next].project.clear();
                    self.lines[next].reverses = Some(index);
                }
            }
        }
    }

    /// Returns what was not spent, and closes the year.
    fn finish(&mut self, projects: &[Project], allocation: u64) {
        let next = |month, day| self.day(month, day).saturating_add(1.year());
        let (complete, returned, closed) = (next(6, 1), next(6, 10), next(6, 15));
        let payment = format!(",,,BACS {},,,", self.first);
        let mut held = allocation;
        for project in projects.iter().filter(|p| p.fate == Fate::Delivered) {
            held -= project.award;
            self.add(complete, "complete", &project.name, None, NONE);
            self.add(
                returned,
                "return",
                &project.name,
                Some(project.award - project.spent),
                &payment,
            );
        }
        let index = self.add(returned, "return", "", Some(held), &payment);
        self.lines[index].pot = "tactical";
        self.add(closed, "close", "", None, NONE);
    }

    /// Adds an entry and returns its index in `lines`.
    fn add(
        &mut self,
        on: Date,
        kind: &'static str,
        project: &str,
        pence: Option<u64>,
        cells: &str,
    ) -> usize {
        let (year, project, cells) = (self.name.clone(), project.to_owned(), cells.to_owned());
        self.lines.push(Line {
            recorded: on,
            on,
            year,
            kind,
            project,
            pot: "",
            pence,
            cells,
            reverses: None,
        });
        self.lines.len() - 1
    }

    /// Adds an entry and returns its index. One in nine is recorded late.
    fn add_late(
        &mut self,
        on: Date,
        kind: &'static str,
        project: &str,
        pence: Option<u64>,
        cells: &str,
    ) -> usize {
        let index = self.add(on, kind, project, pence, cells);
        if self.chance.below(9) == 0 {
            self.lines[index].recorded = later(on, 1 + self.chance.below(MAX_DAYS_LATE));
        }
        index
    }

    fn day(&self, month: i8, day: i8) -> Date {
        jiff::civil::date(self.first, month, day)
    }
}

fn later(day: Date, days: u64) -> Date {
    day.saturating_add(i64::try_from(days).unwrap_or(0).days())
}

fn days_between(from: Date, until: Date) -> u64 {
    u64::try_from((until - from).get_days()).unwrap_or(1).max(1)
}

/// A pseudo-random sequence that is the same each time (SplitMix64).
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % bound.max(1)
    }
}
