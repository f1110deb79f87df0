//! [`Totals`]: the rows of an extract that sum up others, compared with the rows that they sum up.

use std::collections::{HashMap, HashSet};

use crate::import::extract::label::subject;
use crate::model::Money;
use crate::rules::GrandTotal;

/// The most codes whose sums are kept.
const MAX_CODES: usize = 10_000;
/// The most totals that are kept to be compared with what comes later.
const MAX_TOTALS: usize = 10_000;

/// The sums so far, and the totals that do not agree with them.
#[derive(Default)]
pub(super) struct Totals {
    /// The amounts of all rows that are no totals, and how many cannot be read.
    sum: Money,
    unread: u64,
    /// The rows since the last total, and the sum up to it.
    rows_since: u64,
    sum_before: Money,
    /// The sum at the beginning and at each total.
    sums: HashSet<Money>,
    by_code: HashMap<String, Money>,
    /// How many totals agree with rows before them.
    agreeing: u64,
    open: Vec<OpenTotal>,
    balances: u64,
    /// The total below which no row has come yet, and whether it agrees.
    last: Option<(u64, Money, bool)>,
}

/// A total that agrees with no rows before it.
struct OpenTotal {
    row: u64,
    printed: Money,
    /// The sum at it, and of the rows since the total before it.
    sum: Money,
    group: Money,
    unread: u64,
}

/// What the totals of an extract came to.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct TotalsRead {
    pub(super) agreeing: u64,
    pub(super) differing: Vec<GrandTotal>,
    pub(super) grand_total: Option<GrandTotal>,
    pub(super) balances: u64,
}

impl Totals {
    /// Adds a row that is no total.
    pub(super) fn add(&mut self, amount: Option<Money>, code: Option<&str>) {
        self.rows_since += 1;
        self.last = None;
        let Some(amount) = amount else {
            self.unread += 1;
            return;
        };
        self.sum += amount;
        if let Some(code) = code {
            if let Some(sum) = self.by_code.get_mut(code) {
                *sum += amount;
            } else if self.by_code.len() < MAX_CODES {
                self.by_code.insert(code.to_owned(), amount);
            }
        }
    }

    /// Returns `true` if a row that says nothing of itself is the sum of several rows before it.
    pub(super) fn sums_up_several(&self, printed: Money) -> bool {
        self.rows_since > 1 && self.agrees(printed)
    }

    /// Returns `true` if the amount is the sum of the rows since an earlier total, or of all.
    fn agrees(&self, printed: Money) -> bool {
        let before = self.sum - printed;
        self.rows_since > 0
            && !printed.is_zero()
            && (before.is_zero() || self.sums.contains(&before))
    }

    /// Adds a row that is a total, with its cells.
    pub(super) fn add_total(&mut self, row: u64, printed: Money, cells: &[String]) {
        let of_code = |text: &String| {
            let codes = [text.trim(), subject(text)];
            let mut sums = codes.into_iter().filter_map(|code| self.by_code.get(code));
            sums.any(|sum| *sum == printed)
        };
        let before = self.sum - printed;
        // A total that is printed again sums up the same rows.
        let is_again = self.rows_since == 0 && (before.is_zero() || self.sums.contains(&before));
        let is_first = self.sums.is_empty() && self.rows_since == 0;
        let agrees = self.agrees(printed) || (is_again && !is_first) || cells.iter().any(of_code);
        if agrees {
            self.agreeing += 1;
        } else if self.open.len() < MAX_TOTALS {
            self.open.push(self.open_total(row, printed));
        }
        self.last = Some((row, printed, agrees));
        self.sums.insert(self.sum);
        self.sum_before = self.sum;
        self.rows_since = 0;
    }

    pub(super) fn add_balance(&mut self) {
        self.balances += 1;
    }

    /// Compares the totals that stand above their rows, and returns what all came to. `last` is the
    /// last row if it is a total by its shape alone.
    pub(super) fn end(mut self, last: Option<(u64, Money)>) -> TotalsRead {
        let mut read = TotalsRead {
            grand_total: self.grand_total(last),
            balances: self.balances,
            ..TotalsRead::default()
        };
        self.sums.insert(self.sum);
        for total in &self.open {
            let is_of_rows_below = total.sum != self.sum
                && !total.printed.is_zero()
                && (total.printed == self.sum || self.sums.contains(&(total.sum + total.printed)));
            if is_of_rows_below {
                self.agreeing += 1;
            } else {
                read.differing.push(total.compared());
            }
        }
        read.agreeing = self.agreeing;
        read
    }

    /// The last row, if it is a total of the whole or agrees with nothing. It is not counted again.
    fn grand_total(&mut self, last: Option<(u64, Money)>) -> Option<GrandTotal> {
        if let Some((row, printed)) = last {
            return Some(self.open_total(row, printed).compared());
        }
        match self.last? {
            (_, _, false) => self.open.pop().map(|total| total.compared()),
            (row, printed, true) if printed == self.sum => {
                self.agreeing -= 1;
                Some(GrandTotal {
                    sheet: None,
                    row,
                    printed,
                    computed: self.sum,
                    unread: self.unread,
                })
            }
            _ => None,
        }
    }

    fn open_total(&self, row: u64, printed: Money) -> OpenTotal {
        OpenTotal {
            row,
            printed,
            sum: self.sum,
            group: self.sum - self.sum_before,
            unread: self.unread,
        }
    }
}

impl OpenTotal {
    /// The total beside the sum to which it is nearer.
    fn compared(&self) -> GrandTotal {
        let apart = |sum: Money| (self.printed - sum).abs();
        let is_of_group = apart(self.group) < apart(self.sum);
        GrandTotal {
            sheet: None,
            row: self.row,
            printed: self.printed,
            computed: if is_of_group { self.group } else { self.sum },
            unread: self.unread,
        }
    }
}
