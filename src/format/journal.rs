//! A plain-text journal of a year's money, for accounting programs.
//!
//! Every account and the currency are declared, and the balance of each account at the end of each
//! quarter is asserted from the fold, so that the program that reads the journal checks our sums.

use crate::document::text;
use crate::fold::Account;
use crate::model::{FinancialYear, Pot};
use crate::report::{AccountBalance, Transaction, TransactionsReport};

/// The program that a journal is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    /// `hledger check --strict` accepts it.
    Hledger,
    /// `ledger --strict --pedantic` accepts it.
    Ledger,
    /// `bean-check` accepts it.
    Beancount,
}

/// The journal of a year's transactions.
pub fn journal(report: &TransactionsReport, reader: Reader) -> String {
    let year = report.year;
    let title = text![&report.grant, " ", year, ", ", report.lens];
    let mut journal = format!("; {title}\n\n");
    journal.push_str(&declarations(report, reader));
    let mut balances = report.balances.chunk_by(|a, b| a.on == b.on).peekable();
    for row in &report.rows {
        while let Some(day) = balances.next_if(|day| day[0].on < row.on) {
            journal.push_str(&assertions(day, report, reader));
        }
        journal.push_str(&transaction(row, year, reader));
    }
    for day in balances {
        journal.push_str(&assertions(day, report, reader));
    }
    journal
}

fn declarations(report: &TransactionsReport, reader: Reader) -> String {
    let (year, grant) = (report.year, report.grant.replace('"', "'"));
    let mut text = match reader {
        Reader::Hledger => "commodity 1000.00 GBP\n".to_owned(),
        Reader::Ledger => "commodity GBP\n".to_owned(),
        Reader::Beancount => format!(
            "option \"title\" \"{grant} {year}\"\n\
             option \"operating_currency\" \"GBP\"\n"
        ),
    };
    for (account, first) in report.accounts() {
        let name = name(account, year);
        text.push_str(&match reader {
            Reader::Beancount => format!("{first} open {name} GBP\n"),
            _ => format!("account {name}\n"),
        });
    }
    text + "\n"
}

fn transaction(row: &Transaction, year: FinancialYear, reader: Reader) -> String {
    let Transaction {
        entry,
        on,
        kind,
        amount,
        ..
    } = row;
    let (from, to) = (name(&row.from, year), name(&row.to, year));
    let head = match reader {
        Reader::Beancount => format!("{on} * \"{kind}\" \"entry {entry}\""),
        _ => format!("{on} * {kind}, entry {entry}"),
    };
    format!("{head}\n  {to}  {amount} GBP\n  {from}  -{amount} GBP\n\n")
}

/// The balances at the end of a day, of the accounts that have had a transaction by then.
fn assertions(day: &[AccountBalance], report: &TransactionsReport, reader: Reader) -> String {
    let accounts = report.accounts();
    let is_open = |balance: &&AccountBalance| {
        let first = accounts.get(&balance.account);
        first.is_some_and(|first| *first <= balance.on)
    };
    let lines: String = day
        .iter()
        .filter(is_open)
        .map(|balance| assertion(balance, report.year, reader))
        .collect();
    match reader {
        _ if lines.is_empty() => lines,
        Reader::Beancount => lines + "\n",
        Reader::Hledger | Reader::Ledger => format!("{} * balances\n{lines}\n", day[0].on),
    }
}

fn assertion(asserted: &AccountBalance, year: FinancialYear, reader: Reader) -> String {
    let AccountBalance { on, balance, .. } = asserted;
    let name = name(&asserted.account, year);
    match reader {
        // Beancount asserts the balance at the beginning of a day.
        Reader::Beancount => {
            let next = on
                .tomorrow()
                .map_or_else(|| "2100-01-01".to_owned(), |day| day.to_string());
            format!("{next} balance {name}  {balance} GBP\n")
        }
        _ => format!("  {name}  0.00 GBP = {balance} GBP\n"),
    }
}

/// The name of an account, with the year in it: no money crosses years.
fn name(account: &Account, year: FinancialYear) -> String {
    let year = year.to_string().replace('/', "-");
    match account {
        Account::Opcc => format!("Income:CRG:{year}:OPCC"),
        Account::Pot(Pot::Upfront) => format!("Assets:CRG:{year}:Upfront"),
        Account::Pot(Pot::Tactical) => format!("Assets:CRG:{year}:Tactical"),
        Account::Project(project) => format!("Assets:CRG:{year}:Project:{project}"),
        Account::Spent(project) => format!("Expenses:CRG:{year}:Spent:{project}"),
        Account::Returned(_) => format!("Expenses:CRG:{year}:Returned"),
        Account::Lapsed => format!("Expenses:CRG:{year}:Lapsed"),
    }
}
