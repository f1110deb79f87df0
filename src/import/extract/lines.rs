//! The rows below the header, taken one by one.

use std::ops::RangeInclusive;
use std::sync::Arc;

use crate::import::day;
use crate::import::extract::columns::Rule;
use crate::import::extract::fill::{FillDown, Filled};
use crate::import::extract::gross::GrossCheck;
use crate::import::extract::joined::Joined;
use crate::import::extract::layout::{Layout, Owner, Summary};
use crate::import::extract::lookalikes::Lookalikes;
use crate::import::extract::outside::OutsideLines;
use crate::import::extract::totals::{Totals, TotalsRead};
use crate::import::fault::{FaultKind, HeaderFault, ProjectFault, ValueFault};
use crate::model::{Date, FinancialYear, Money, ProjectRef};
use crate::report::OutsideCode;
use crate::rules::{Line, Payment, Place, Tally};

/// A line of the grant that cannot be recorded, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadLine {
    /// Where it stands.
    pub place: Place,
    /// The cost to the grant, if it can be read.
    pub amount: Option<Money>,
    /// What is wrong, column by column.
    pub faults: Vec<FaultKind>,
}

/// A line outside the grant that no rule names as such, with a day and an amount.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutsideLine {
    /// Where it stands.
    pub place: Place,
    /// The day.
    pub on: Date,
    /// The amount.
    pub amount: Money,
    /// Who was paid.
    pub supplier: Option<String>,
    /// The ledger's number.
    pub reference: Option<String>,
}

/// The lines read so far, by what they are.
#[derive(Debug, Default)]
pub(super) struct Lines {
    pub(super) payments: Vec<Line>,
    /// Those that are bad, by their rows among all.
    pub(super) bad: Vec<(u64, BadLine)>,
    /// Those of £0.00.
    pub(super) nothing: Tally,
    pub(super) outside: Tally,
    pub(super) outside_codes: Vec<OutsideCode>,
    /// Those outside the grant, if the ledger is shared.
    pub(super) outside_lines: Vec<OutsideLine>,
    pub(super) totals: TotalsRead,
    /// Rows that repeat the header, or have neither a day nor an amount.
    pub(super) headers: u64,
    pub(super) headings: u64,
    /// Rows that show how to fill in a template.
    pub(super) examples: u64,
    pub(super) filled: Filled,
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
    outside: OutsideLines,
    totals: Totals,
    lookalikes: Lookalikes,
    fill_down: FillDown,
    gross: Option<GrossCheck>,
    excess: Excess,
    /// A row that is the grand total if it is the last.
    possible_total: Option<(u64, Vec<String>)>,
    /// The sheets that are read as one, and the one of the last row.
    joined: Joined,
    sheet: Option<Arc<str>>,
}

/// The cells that rows have behind the last column of the header.
#[derive(Default)]
enum Excess {
    #[default]
    NoRow,
    /// All rows have these, and so many rows there are.
    Same(Vec<String>, u64),
    Different,
}

impl Excess {
    fn take(&mut self, behind: &[String]) {
        match self {
            Excess::NoRow if !behind.is_empty() => *self = Excess::Same(behind.to_vec(), 1),
            Excess::Same(same, rows) if same == behind => *rows += 1,
            _ => *self = Excess::Different,
        }
    }
}

impl LineReader {
    pub(super) fn new(
        layout: Layout,
        year: Option<FinancialYear>,
        period: RangeInclusive<Date>,
        joined: Joined,
    ) -> LineReader {
        LineReader {
            sheet: None,
            joined,
            year,
            period,
            lines: Lines::default(),
            outside: OutsideLines::default(),
            totals: Totals::default(),
            lookalikes: Lookalikes::new(&layout.rules),
            fill_down: FillDown::new(&layout.fill_down),
            gross: layout.gross_check(),
            excess: Excess::default(),
            possible_total: None,
            layout,
        }
    }

    pub(super) fn take(&mut self, row: u64, cells: &mut Vec<String>) {
        let sheet = self.joined.place(row).sheet;
        if sheet != self.sheet {
            self.begin_sheet();
            self.sheet = sheet;
        }
        if let Some((row, mut cells)) = self.possible_total.take() {
            let amount = self.layout.amount.read(&cells);
            self.sort(row, &mut cells, amount);
        }
        if self.layout.repeats_header(cells) {
            self.lines.headers += 1;
            return;
        }
        if self.layout.example.is_at(cells) == Ok(true) {
            self.lines.examples += 1;
            return;
        }
        let amount = self.layout.amount.read(cells);
        let summary = amount.as_ref().ok().zip(self.layout.summary(cells));
        match summary {
            Some((printed, Summary::Total)) => self.totals.add_total(row, *printed, cells),
            Some((_, Summary::Balance)) => self.totals.add_balance(),
            Some((printed, Summary::Unlabelled)) if self.totals.sums_up_several(*printed) => {
                self.totals.add_total(row, *printed, cells);
            }
            Some((_, Summary::Unlabelled)) => self.possible_total = Some((row, cells.clone())),
            None => self.sort(row, cells, amount),
        }
    }

    /// Begins another sheet: a total may stand at the end of the one before, and no code is filled in
    /// from there.
    fn begin_sheet(&mut self) {
        if let Some((row, cells)) = self.possible_total.take()
            && let Ok(printed) = self.layout.amount.read(&cells)
        {
            self.totals.add_total(row, printed, &cells);
        }
        self.fill_down.forget();
    }

    /// How many cells too many all rows have, if they hold the same in all of them: then none is
    /// moved to another column.
    pub(super) fn common_excess(&self) -> Option<usize> {
        match &self.excess {
            Excess::Same(same, 2..) => Some(same.len()),
            _ => None,
        }
    }

    /// The fault of the column of amounts, if they are not what the map says.
    pub(super) fn gross_fault(&mut self) -> Option<HeaderFault> {
        self.gross.take().and_then(GrossCheck::end)
    }

    /// The lines, and what the totals among them came to.
    pub(super) fn end(mut self) -> Lines {
        let total = self.possible_total.take().and_then(|(row, cells)| {
            let printed = self.layout.amount.read(&cells).ok()?;
            Some((row, printed))
        });
        for (row, amount) in self.outside.take_ungrouped() {
            let fault = ProjectFault::Ungrouped {
                column: self.layout.code_name(),
            };
            let place = self.joined.place(row);
            self.lines.bad.push((
                row,
                BadLine {
                    place,
                    amount,
                    faults: vec![fault.into()],
                },
            ));
        }
        self.lines.bad.sort_by_key(|(row, _)| *row);
        self.lines.outside = self.outside.tally;
        self.lines.outside_codes = self.outside.into_codes();
        self.lines.totals = self.totals.end(total);
        let totals = &mut self.lines.totals;
        for total in totals.differing.iter_mut().chain(&mut totals.grand_total) {
            let place = self.joined.place(total.row);
            (total.sheet, total.row) = (place.sheet.map(|sheet| sheet.to_string()), place.row);
        }
        self.lines.filled = self.fill_down.filled;
        self.lines
    }

    /// Adds a row to the lines of its sort.
    fn sort(&mut self, row: u64, cells: &mut Vec<String>, printed: Result<Money, ValueFault>) {
        self.fill_down.fill(row, cells);
        if self.layout.is_heading(cells) {
            self.lines.headings += 1;
            let code = self.layout.code(cells);
            self.outside.note_code(code.unwrap_or_default());
            return;
        }
        let cells: &[String] = cells;
        if let Some(gross) = &mut self.gross {
            gross.take(cells);
        }
        self.excess.take(self.layout.behind(cells));
        let code = self.layout.code(cells);
        self.totals.add(printed.as_ref().ok().copied(), code);
        self.outside.note_code(code.unwrap_or_default());
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
        if let Err(fault) = self.layout.example.is_at(cells) {
            faults.push(fault.into());
        }
        let owner = self.layout.owner(cells, &mut self.lookalikes);
        let (project, rule) = match owner {
            Ok(Owner::Project(project, rule)) => (Some(project), rule),
            Ok(Owner::Outside) if faults.is_empty() => {
                self.keep_outside(row, cells, on, printed.as_ref().ok().copied());
                let code = code.unwrap_or_default();
                let near = || Some(self.lookalikes.find(cells)?.1.to_string());
                return self.outside.add(row, code, printed.ok(), near);
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
        let cost = match rule.and_then(|rule| rule.amount.as_ref()) {
            Some(column) => self.layout.amount.signed(column, cells),
            None => printed,
        };
        if let Ok(cost) = cost
            && cost.is_zero()
            && faults.is_empty()
        {
            return self.lines.nothing.add(cost);
        }
        let amount = cost.as_ref().ok().copied();
        let payment = self.payment(row, cells, project, rule, cost, &mut faults);
        match payment {
            Some(line) if faults.is_empty() => self.lines.payments.push(line),
            _ => {
                let place = self.joined.place(row);
                self.lines.bad.push((
                    row,
                    BadLine {
                        place,
                        amount,
                        faults,
                    },
                ));
            }
        }
    }

    /// Keeps a line that may be another grant's.
    fn keep_outside(
        &mut self,
        row: u64,
        cells: &[String],
        on: Option<Date>,
        amount: Option<Money>,
    ) {
        if let Some((on, amount)) = on.zip(amount)
            && self.layout.is_shared
            && !amount.is_zero()
            && !self.layout.is_named_outside(cells)
        {
            self.lines.outside_lines.push(OutsideLine {
                place: self.joined.place(row),
                on,
                amount,
                supplier: self.layout.supplier(cells),
                reference: self.layout.reference(cells),
            });
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
        cost: Result<Money, ValueFault>,
        faults: &mut Vec<FaultKind>,
    ) -> Option<Line> {
        let date = &self.layout.date;
        let on = day(date.of(cells));
        if let Err(expected) = &on {
            faults.push(ValueFault::new(&date.name, date.of(cells), expected).into());
        }
        let amount = cost.map_err(|fault| faults.push(fault.into())).ok();
        let vat = self.layout.vat(rule, cells);
        let vat = vat.map_err(|fault| faults.push(fault.into())).ok();
        let (on, amount, project, vat) = (on.ok()?, amount?, project?, vat?);
        let reference = self.layout.reference(cells);
        let place = self.joined.place(row);
        let line = Line {
            recurring: self.layout.is_recurring(reference.as_deref()),
            payment: Payment {
                year: self.year.unwrap_or_else(|| FinancialYear::containing(on)),
                project,
                on,
                amount,
                supplier: self.layout.supplier(cells),
                reference,
            },
            vat,
            category: self.layout.category(cells),
            note: Some(self.layout.note(cells, &place)),
            place,
        };
        // Whoever records it: the limits of the other cells are those of any entry.
        if let Err(found) = line.draft("-") {
            faults.extend(found.into_iter().map(FaultKind::from));
        }
        Some(line)
    }
}
