//! [`Guess`]: what an extract shows of itself, by the usual names of columns.

use std::collections::{BTreeMap, BTreeSet};

use crate::import::extract::source::Source;
use crate::import::extract::text::{cell, comment, folded};
use crate::import::fault::RowFault;
use crate::import::{amount, day};
use crate::model::FinancialYear;

/// How many rows may stand above the header.
const MAX_ROWS_ABOVE: usize = 30;
/// How many different codes are counted.
const MAX_CODES: usize = 1000;

/// What an extract shows of itself. Columns are indices of its header.
pub(super) struct Guess {
    pub(super) sheet: Option<String>,
    pub(super) header_row: u64,
    pub(super) has_rows_above: bool,
    pub(super) names: Vec<String>,
    pub(super) date: usize,
    pub(super) amount: usize,
    /// The grant years of its days.
    pub(super) years: BTreeSet<FinancialYear>,
    /// The column of codes, and how many lines have each.
    pub(super) codes: Option<(usize, BTreeMap<String, u64>)>,
}

impl Guess {
    /// Reads an extract; `None` if no row of it looks like a header.
    pub(super) fn read(mut source: Source<'_>) -> Result<Option<Guess>, RowFault> {
        for above in 0..MAX_ROWS_ABOVE {
            if !source.read()? {
                break;
            }
            let names = source.cells.to_vec();
            let date = find(&names, DATES, "date");
            let amount = find(&names, AMOUNTS, "amount");
            if let (Some(date), Some(amount)) = (date, amount) {
                let codes = find(&names, CODES, "code").map(|column| (column, BTreeMap::new()));
                let mut guess = Guess {
                    sheet: None,
                    header_row: source.row,
                    has_rows_above: above > 0,
                    names,
                    date,
                    amount,
                    years: BTreeSet::new(),
                    codes,
                };
                while source.read()? {
                    guess.take(&source.cells);
                }
                return Ok(Some(guess));
            }
        }
        Ok(None)
    }

    fn take(&mut self, cells: &[String]) {
        if amount(cell(cells, self.amount)).is_err() {
            return;
        }
        let day = day(cell(cells, self.date)).ok();
        self.years.extend(day.map(FinancialYear::containing));
        if let Some((column, codes)) = &mut self.codes {
            let code = comment(cell(cells, *column));
            if !code.is_empty() && (codes.len() < MAX_CODES || codes.contains_key(&code)) {
                *codes.entry(code).or_default() += 1;
            }
        }
    }

    pub(super) fn supplier(&self) -> Option<usize> {
        find(&self.names, SUPPLIERS, "supplier")
    }

    /// The column of references, which is not one of dates or amounts.
    pub(super) fn reference(&self) -> Option<usize> {
        let column = find(&self.names, REFERENCES, "invoice")?;
        let name = folded(self.names.get(column)?);
        let is_another = column != self.date
            && column != self.amount
            && !name.contains("date")
            && !name.contains("amount");
        is_another.then_some(column)
    }
}

// The usual names in ledgers, the likeliest first.
const DATES: &str = "\
    date, payment date, date paid, paid date, posting date, transaction date, accounting date, \
    invoice date";
const AMOUNTS: &str = "\
    net amount, amount net, amount excl vat, amount excluding vat, net, net value, amount, \
    amount (£), amount paid, payment amount, invoice amount, value";
const SUPPLIERS: &str = "\
    supplier name, supplier, vendor name, vendor, payee name, payee, creditor name, \
    beneficiary name, beneficiary";
const REFERENCES: &str = "\
    transaction number, transaction no, transaction reference, transaction id, trans no, \
    document number, document no, document no., doc number, doc no, doc no., voucher, \
    voucher no, journal number, voucher number, invoice number, invoice no, invoice ref, \
    invoice reference, inv no, payment reference, reference, ref";
const CODES: &str = "\
    project, project code, cost centre, cost center, cost centre code, cost code, \
    subjective code, expense code, account code, code";

/// The index of the column with one of the usual names, or else with a word in its name.
fn find(names: &[String], usual: &str, word: &str) -> Option<usize> {
    let names: Vec<String> = names.iter().map(|name| folded(name)).collect();
    let by_name = usual
        .split(", ")
        .find_map(|usual| names.iter().position(|name| name == usual));
    by_name.or_else(|| {
        names
            .iter()
            .position(|name| name.split(' ').any(|part| part == word))
    })
}
