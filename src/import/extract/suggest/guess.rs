//! [`Guess`]: what an extract shows of itself, by the usual names of columns and what they hold.

use std::collections::{BTreeMap, BTreeSet};

use crate::import::extract::heading::{AmountName, amount_name, words};
use crate::import::extract::label::label;
use crate::import::extract::source::{Contents, Source};
use crate::import::extract::suggest::names::{
    AMOUNTS, CATEGORIES, CODES, DATES, REFERENCES, SUPPLIERS, TRACKER,
};
use crate::import::extract::suggest::sample::{ColumnContent, Sample};
use crate::import::extract::text::{cell, comment};
use crate::import::fault::{FileFault, RowFault};
use crate::import::{amount, day};
use crate::model::FinancialYear;

/// How many rows may stand above the header.
const MAX_ROWS_ABOVE: usize = 30;
/// How many rows below it are looked at to see what the columns hold.
const MAX_SAMPLE: usize = 2000;
/// How many different codes are counted.
const MAX_CODES: usize = 1000;
/// How many names are listed of a file that is refused.
const MAX_SEEN: usize = 20;
/// How many words of a tracker make a file one.
const MIN_TRACKER_WORDS: usize = 3;

/// Where the amounts are. Columns are indices of the header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Amounts {
    One(usize, AmountName),
    DebitAndCredit(usize, usize),
}

/// What an extract shows of itself. Columns are indices of its header.
pub(super) struct Guess {
    pub(super) header_row: u64,
    pub(super) has_rows_above: bool,
    pub(super) names: Vec<String>,
    pub(super) date: usize,
    /// True if its name says that it is a date, and not only what it holds.
    pub(super) is_date_named: bool,
    pub(super) amounts: Amounts,
    pub(super) sign: Option<usize>,
    pub(super) supplier: Option<usize>,
    pub(super) reference: Option<usize>,
    pub(super) category: Option<usize>,
    /// Other columns that may be what one of these was taken for.
    pub(super) rivals: BTreeMap<&'static str, Vec<usize>>,
    /// The grant years of its days.
    pub(super) years: BTreeSet<FinancialYear>,
    /// The column of codes, and how many lines have each.
    pub(super) codes: Option<(usize, BTreeMap<String, u64>)>,
    /// The lines that have an amount and no code, below one that has.
    pub(super) uncoded: u64,
}

/// A header and the rows below it.
struct Table<'a> {
    names: &'a [String],
    words: Vec<Vec<String>>,
    sample: Sample,
}

impl Guess {
    /// Reads an extract; a fault says why none of its rows looks like a header.
    pub(super) fn read(contents: &Contents<'_>) -> Result<Result<Guess, FileFault>, RowFault> {
        let mut source = Source::new(contents);
        let mut rows: Vec<(u64, Vec<String>)> = Vec::new();
        while rows.len() < MAX_ROWS_ABOVE + MAX_SAMPLE && source.read()? {
            rows.push((source.row, source.cells.clone()));
        }
        for (above, (row, names)) in rows.iter().take(MAX_ROWS_ABOVE).enumerate() {
            let table = Table::new(names, &rows[above + 1..]);
            let Some(mut guess) = table.guess() else {
                continue;
            };
            let is_like_ledger = guess.supplier.is_some() && guess.is_date_named;
            if !is_like_ledger && is_tracker(&table.words) {
                let seen = seen(names);
                return Ok(Err(FileFault::NoLedger { seen }));
            }
            guess.header_row = *row;
            guess.has_rows_above = above > 0;
            guess.count(contents)?;
            return Ok(Ok(guess));
        }
        // The row with the most texts is the likeliest header.
        let texts = |cells: &[String]| cells.iter().filter(|text| is_name(text)).count();
        let widest = rows.iter().take(MAX_ROWS_ABOVE).map(|(_, cells)| cells);
        let names = widest.rev().max_by_key(|cells| texts(cells));
        let names = names.map_or(&[][..], Vec::as_slice);
        let words: Vec<_> = names.iter().map(|name| words(name)).collect();
        let seen = seen(names);
        Ok(Err(if is_tracker(&words) {
            FileFault::NoLedger { seen }
        } else {
            FileFault::NoHeaderFound { seen }
        }))
    }

    /// Counts the years and codes of all rows.
    fn count(&mut self, contents: &Contents<'_>) -> Result<(), RowFault> {
        let mut source = Source::new(contents);
        while source.read()? {
            if source.row > self.header_row {
                self.take(&source.cells);
            }
        }
        Ok(())
    }

    fn take(&mut self, cells: &[String]) {
        let has_amount = |column: usize| amount(cell(cells, column)).is_ok();
        let has_amount = match self.amounts {
            Amounts::One(column, _) => has_amount(column),
            Amounts::DebitAndCredit(debit, credit) => has_amount(debit) || has_amount(credit),
        };
        let day = day(cell(cells, self.date)).ok();
        if !has_amount
            || cells
                .iter()
                .any(|text| label(text, day.is_some()).is_some())
        {
            return;
        }
        self.years.extend(day.map(FinancialYear::containing));
        if let Some((column, codes)) = &mut self.codes {
            let code = comment(cell(cells, *column));
            if code.is_empty() {
                self.uncoded += u64::from(day.is_some() && !codes.is_empty());
            } else if codes.len() < MAX_CODES || codes.contains_key(&code) {
                *codes.entry(code).or_default() += 1;
            }
        }
    }

    /// Returns `true` if each code stands only once, above lines that have none.
    pub(super) fn is_grouped(&self) -> bool {
        let codes = self.codes.as_ref();
        self.uncoded > 0 && codes.is_some_and(|(_, codes)| codes.values().all(|lines| *lines == 1))
    }
}

impl<'a> Table<'a> {
    fn new(names: &'a [String], below: &[(u64, Vec<String>)]) -> Table<'a> {
        let mut sample = Sample::default();
        // A header may be repeated on each page.
        let rows = below.iter().map(|(_, cells)| cells);
        for cells in rows.take(MAX_SAMPLE).filter(|cells| *cells != names) {
            sample.take(cells);
        }
        Table {
            words: names.iter().map(|name| words(name)).collect(),
            names,
            sample,
        }
    }

    /// What the columns are, if there is a date and an amount.
    fn guess(&self) -> Option<Guess> {
        let has_values = self.names.iter().any(|name| {
            let is_number = amount(name).is_ok() && name.bytes().any(|it| it.is_ascii_digit());
            is_number || day(name).is_ok()
        });
        if has_values {
            return None;
        }
        let dates = self.dates();
        let (amounts, other_amounts) = self.amounts(&dates)?;
        let date = *dates.first()?;
        let taken = |column: usize| column == date || amounts.has(column);
        let free = |columns: Vec<usize>| -> Vec<usize> {
            columns.into_iter().filter(|it| !taken(*it)).collect()
        };
        let suppliers = free(self.suppliers());
        let references = free(self.references());
        let supplier = suppliers.first().copied();
        let reference = references.iter().copied().find(|it| Some(*it) != supplier);
        let chosen = [supplier, reference];
        let categories = free(self.categories()).into_iter();
        let categories: Vec<usize> = categories
            .filter(|it| !chosen.contains(&Some(*it)))
            .collect();
        let category = categories.first().copied();
        let codes = free(self.codes()).first().map(|it| (*it, BTreeMap::new()));
        let others = |columns: Vec<usize>, chosen: Option<usize>| -> Vec<usize> {
            let others = columns.into_iter().filter(|it| Some(*it) != chosen);
            others.filter(|it| Some(*it) != supplier).collect()
        };
        let rivals = BTreeMap::from([
            ("date", others(dates.clone(), Some(date))),
            ("amount", other_amounts),
            ("supplier", others(suppliers, supplier)),
            ("reference", others(references, reference)),
            ("category", others(categories, category)),
        ]);
        Some(Guess {
            header_row: 0,
            has_rows_above: false,
            names: self.names.to_vec(),
            date,
            is_date_named: self.words[date].iter().any(|word| word.starts_with("date")),
            sign: self.sign().filter(|_| matches!(amounts, Amounts::One(..))),
            amounts,
            supplier,
            reference,
            category,
            rivals,
            years: BTreeSet::new(),
            codes,
            uncoded: 0,
        })
    }

    fn content(&self, column: usize) -> ColumnContent {
        self.sample.column(column)
    }

    /// Returns `true` if nothing below the header says otherwise.
    fn holds(&self, column: usize, has: impl Fn(&ColumnContent) -> bool) -> bool {
        self.sample.rows == 0 || has(&self.content(column))
    }

    /// The columns with one of the usual names, the likeliest first, then those that another rule
    /// takes.
    fn named(&self, usual: &str, also: impl Fn(&[String]) -> bool) -> Vec<usize> {
        let joined: Vec<String> = self.words.iter().map(|words| words.join(" ")).collect();
        let usual = usual.split(", ").map(str::trim);
        let mut found: Vec<usize> = usual
            .flat_map(|usual| {
                let columns = joined.iter().enumerate();
                columns.filter(move |(_, name)| *name == usual)
            })
            .map(|(index, _)| index)
            .collect();
        for (index, words) in self.words.iter().enumerate() {
            if !found.contains(&index) && also(words) {
                found.push(index);
            }
        }
        found
    }

    fn dates(&self) -> Vec<usize> {
        let has =
            |words: &[String], list: &[&str]| words.iter().any(|it| list.contains(&it.as_str()));
        let mut dates = self.named(DATES, |words| {
            has(words, &["date", "dated"]) && !has(words, &["birth", "due", "start", "end"])
        });
        dates.retain(|column| self.holds(*column, ColumnContent::has_days));
        if dates.is_empty() && self.sample.rows > 0 {
            dates.extend((0..self.names.len()).filter(|column| {
                is_name(&self.names[*column]) && self.content(*column).has_written_days()
            }));
        }
        dates
    }

    /// Where the amounts are, and which other columns may have them.
    fn amounts(&self, dates: &[usize]) -> Option<(Amounts, Vec<usize>)> {
        let usual: Vec<&str> = AMOUNTS.split(", ").map(str::trim).collect();
        let mut found: Vec<(AmountName, u32, usize, usize)> = Vec::new();
        for (index, words) in self.words.iter().enumerate() {
            let Some(name) = amount_name(words).filter(|_| !dates.contains(&index)) else {
                continue;
            };
            if is_one_side(words) || !self.holds(index, ColumnContent::has_amounts) {
                continue;
            }
            let joined = words.join(" ");
            let place = usual.iter().position(|it| *it == joined);
            // One that is filled in more rows is likelier.
            let empty = self.sample.rows.saturating_sub(self.content(index).filled);
            found.push((name, empty, place.unwrap_or(usual.len()), index));
        }
        found.sort_unstable();
        let side = |wanted: &[&str]| {
            let is_side =
                |words: &Vec<String>| words.iter().any(|it| wanted.contains(&it.as_str()));
            (0..self.words.len()).find(|column| {
                is_side(&self.words[*column])
                    && is_one_side(&self.words[*column])
                    && self.may_have_amounts(*column)
            })
        };
        let sides = (
            side(&["debit", "debits", "dr"]),
            side(&["credit", "credits", "cr"]),
        );
        let best = found.first().copied();
        let best = best.filter(|(name, ..)| *name < AmountName::Total || sides.0.is_none());
        match (best, sides) {
            (Some((name, _, _, index)), _) => {
                let others = found
                    .iter()
                    .skip(1)
                    .filter(|(name, ..)| *name != AmountName::Tax);
                let others = others.map(|(.., index)| *index).collect();
                Some((Amounts::One(index, name), others))
            }
            (None, (Some(debit), Some(credit))) if debit != credit => {
                let others = found.iter().filter(|(name, ..)| *name != AmountName::Tax);
                let others = others.map(|(.., index)| *index).collect();
                Some((Amounts::DebitAndCredit(debit, credit), others))
            }
            _ => None,
        }
    }

    /// Returns `true` if whatever a column holds are amounts.
    fn may_have_amounts(&self, column: usize) -> bool {
        let content = self.content(column);
        content.filled == 0 || content.has_amounts()
    }

    fn suppliers(&self) -> Vec<usize> {
        let mut suppliers = self.named(SUPPLIERS, |words| {
            let is_supplier = ["supplier", "vendor", "payee", "creditor", "beneficiary"];
            let is_other = [
                "number",
                "no",
                "id",
                "code",
                "type",
                "category",
                "ref",
                "reference",
                "registered",
                "vat",
                "postcode",
                "address",
                "group",
                "invoice",
                "company",
                "charity",
            ];
            let has = |list: &[&str]| words.iter().any(|it| list.contains(&it.as_str()));
            has(&is_supplier) && !has(&is_other)
        });
        suppliers.retain(|column| self.holds(*column, |content| content.filled > 0));
        suppliers
    }

    fn references(&self) -> Vec<usize> {
        let mut references = self.named(REFERENCES, |words| {
            let has = |list: &[&str]| words.iter().any(|it| list.contains(&it.as_str()));
            has(&[
                "transaction",
                "document",
                "voucher",
                "journal",
                "invoice",
                "internal",
            ]) && has(&["number", "no", "num", "ref", "reference", "id"])
                && !has(&[
                    "date",
                    "amount",
                    "vat",
                    "registered",
                    "company",
                    "line",
                    "supplier",
                ])
        });
        references.retain(|column| self.holds(*column, |content| content.filled > 0));
        references
    }

    /// The columns that say in words what the money was spent on.
    fn categories(&self) -> Vec<usize> {
        let mut categories = self.named(CATEGORIES, |_| false);
        categories.retain(|column| {
            self.holds(*column, |content| {
                content.filled > 0 && !content.has_amounts()
            })
        });
        categories
    }

    fn codes(&self) -> Vec<usize> {
        let mut codes = self.named(CODES, |words| {
            let has = |list: &[&str]| words.iter().any(|it| list.contains(&it.as_str()));
            has(&["code"]) && !has(&["vat", "tax", "post", "currency", "supplier", "company"])
        });
        codes.retain(|column| self.holds(*column, |content| content.filled > 0));
        codes
    }

    /// The column that says which amounts are credits.
    fn sign(&self) -> Option<usize> {
        (0..self.names.len()).find(|column| self.content(*column).has_signs())
    }
}

impl Amounts {
    fn has(self, column: usize) -> bool {
        match self {
            Amounts::One(amount, _) => amount == column,
            Amounts::DebitAndCredit(debit, credit) => debit == column || credit == column,
        }
    }
}

/// Returns `true` if the name is that of a column of debits, or of credits, alone.
fn is_one_side(words: &[String]) -> bool {
    let has = |list: &[&str]| words.iter().any(|it| list.contains(&it.as_str()));
    let (debit, credit) = (
        has(&["debit", "debits", "dr"]),
        has(&["credit", "credits", "cr"]),
    );
    let is_other = has(&["note", "date", "number", "no", "code", "card", "balance"]);
    debit != credit && !is_other
}

fn is_tracker(words: &[Vec<String>]) -> bool {
    let listed: Vec<&str> = TRACKER.split_whitespace().collect();
    let names = words.iter();
    let like = names.filter(|words| words.iter().any(|word| listed.contains(&word.as_str())));
    like.count() >= MIN_TRACKER_WORDS
}

/// Returns `true` if a cell may be the name of a column.
fn is_name(text: &str) -> bool {
    text.chars().any(char::is_alphabetic) && day(text).is_err()
}

/// The names of a header, as a message may show them.
fn seen(names: &[String]) -> Vec<String> {
    let names = names.iter().map(|name| comment(name));
    names
        .filter(|name| !name.is_empty())
        .take(MAX_SEEN)
        .collect()
}
