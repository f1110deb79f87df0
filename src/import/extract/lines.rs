//! The rows below the header, taken one by one.

use std::ops::RangeInclusive;

use crate::import::amount::AmountError;
use crate::import::extract::columns::Rule;
use crate::import::extract::layout::{Layout, Owner};
use crate::import::fault::{FaultKind, ValueFault};
use crate::import::{amount, day};
use crate::model::{Date, FinancialYear, Money, ProjectRef};
use crate::rules::{GrandTotal, Line, Payment, Tally};

/// A line of the grant that cannot be recorded, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadLine {
    /// The row.
    pub row: u64,
    /// The cost to the grant, if it can be read.
    pub amount: Option<Money>,
    /// What is wrong, column by column.
    pub faults: Vec<FaultKind>,
}

/// The lines read so far, by what they are.
#[derive(Debug, Default)]
pub(super) struct Lines {
    pub(super) payments: Vec<Line>,
    pub(super) bad: Vec<BadLine>,
    /// Those of £0.00.
    pub(super) nothing: Tally,
    pub(super) outside: Tally,
    /// Those dated outside the period that the map gives.
    pub(super) outside_period: Tally,
    /// The first and the last day of all, whoever's they are.
    pub(super) days: Option<(Date, Date)>,
}

impl Lines {
    fn extend_days(&mut self, on: Option<Date>) {
        let Some(on) = on else { return };
        let (first, last) = self.days.unwrap_or((on, on));
        self.days = Some((first.min(on), last.max(on)));
    }
}

/// Sorts an extract's rows one by one.
pub(super) struct LineReader {
    layout: Layout,
    /// The year that all lines belong to; by default each belongs to that of its day.
    year: Option<FinancialYear>,
    period: RangeInclusive<Date>,
    lines: Lines,
    /// The amounts of all rows, whoever's they are, and how many cannot be read.
    sum: Tally,
    unread: u64,
    /// A row that is the grand total if it is the last.
    possible_total: Option<(u64, Vec<String>)>,
}

impl LineReader {
    pub(super) fn new(
        layout: Layout,
        year: Option<FinancialYear>,
        period: RangeInclusive<Date>,
    ) -> LineReader {
        LineReader {
            layout,
            year,
            period,
            lines: Lines::default(),
            sum: Tally::default(),
            unread: 0,
            possible_total: None,
        }
    }

    pub(super) fn take(&mut self, row: u64, cells: &[String]) {
        if let Some((row, cells)) = self.possible_total.take() {
            self.sort(row, &cells);
        }
        if self.layout.is_total(cells) {
            self.possible_total = Some((row, cells.to_vec()));
        } else {
            self.sort(row, cells);
        }
    }

    /// The lines, and the grand total if the last row is one.
    pub(super) fn end(self) -> (Lines, Option<GrandTotal>) {
        let total = self.possible_total.and_then(|(row, cells)| {
            let printed = amount(self.layout.amount.of(&cells)).ok()?;
            Some(GrandTotal {
                row,
                printed,
                computed: self.sum.amount,
                unread: self.unread,
            })
        });
        (self.lines, total)
    }

    /// Adds a row to the lines of its sort.
    fn sort(&mut self, row: u64, cells: &[String]) {
        let printed = amount(self.layout.amount.of(cells));
        match &printed {
            Ok(amount) => self.sum.add(*amount),
            Err(_) => self.unread += 1,
        }
        let on = day(self.layout.date.of(cells)).ok();
        if on.is_some_and(|on| !self.period.contains(&on)) {
            let amount = printed.unwrap_or_default();
            return self.lines.outside_period.add(amount);
        }
        self.lines.extend_days(on);
        let mut faults: Vec<FaultKind> = Vec::new();
        if let Err(fault) = self.layout.check_width(cells) {
            faults.push(fault.into());
        }
        let (project, rule) = match self.layout.owner(cells) {
            Ok(Owner::Project(project, rule)) => (Some(project), rule),
            Ok(Owner::Outside) if faults.is_empty() => {
                return self.lines.outside.add(printed.unwrap_or_default());
            }
            Ok(Owner::Outside) => {
                faults.push(self.layout.no_project(cells).into());
                (None, None)
            }
            Err(fault) => {
                faults.push(fault);
                (None, None)
            }
        };
        let cost = amount(self.layout.cost(rule).of(cells));
        if let Ok(cost) = cost
            && cost.is_zero()
            && faults.is_empty()
        {
            return self.lines.nothing.add(cost);
        }
        let payment = self.payment(row, cells, project, rule, cost, &mut faults);
        match payment {
            Some(line) if faults.is_empty() => self.lines.payments.push(line),
            _ => self.lines.bad.push(BadLine {
                row,
                amount: cost.ok(),
                faults,
            }),
        }
    }

    /// The payment of a row, if its cells can be read; what is wrong with them is added to the
    /// faults.
    fn payment(
        &self,
        row: u64,
        cells: &[String],
        project: Option<ProjectRef>,
        rule: Option<&Rule>,
        cost: Result<Money, AmountError>,
        faults: &mut Vec<FaultKind>,
    ) -> Option<Line> {
        let mut add = |column: &str, found: &str, expected: &dyn std::fmt::Display| {
            faults.push(ValueFault::new(column, found, expected).into());
        };
        let date = &self.layout.date;
        let on = day(date.of(cells));
        if let Err(expected) = &on {
            add(&date.name, date.of(cells), expected);
        }
        if let Err(expected) = &cost {
            let column = self.layout.cost(rule);
            add(&column.name, column.of(cells), expected);
        }
        let (on, amount, project) = (on.ok()?, cost.ok()?, project?);
        let reference = self.layout.reference(cells);
        let line = Line {
            row,
            recurring: self.layout.is_recurring(reference.as_deref()),
            payment: Payment {
                year: self.year.unwrap_or_else(|| FinancialYear::containing(on)),
                project,
                on,
                amount,
                supplier: self.layout.supplier(cells),
                reference,
            },
            vat: self.layout.vat(rule),
            note: Some(self.layout.note(cells, row)),
        };
        // Whoever records it: the limits of the other cells are those of any entry.
        if let Err(found) = line.draft("-") {
            faults.extend(found.into_iter().map(FaultKind::from));
        }
        Some(line)
    }
}
