//! A plain-text journal of a year's money, for the accounting programs that read one.
//!
//! Every account and the currency are declared, and what stood in each account at the end of each
//! quarter is asserted from the fold, so that the program that reads it checks our sums.

use crate::fold::Account;
use crate::model::{FinancialYear, Pot};
use crate::report::{AccountBalance, Transaction, TransactionsReport};

/// The program that is to read a journal.
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
#[must_use]
pub fn journal(report: &TransactionsReport, reader: Reader) -> String {
    let year = report.year;
    let mut text = format!("; Crime Reduction Grant {}, {}\n\n", year, report.lens);
    text.push_str(&declared(report, reader));
    let mut balances = report.balances.chunk_by(|a, b| a.on == b.on).peekable();
    for row in &report.rows {
        while let Some(asserted) =
            balances.next_if(|asserted| asserted.first().is_some_and(|balance| balance.on < row.on))
        {
            text.push_str(&assertion(asserted, report, reader));
        }
        text.push_str(&transaction(row, year, reader));
    }
    balances.for_each(|asserted| text.push_str(&assertion(asserted, report, reader)));
    text
}

fn declared(report: &TransactionsReport, reader: Reader) -> String {
    let year = report.year;
    let mut text = match reader {
        Reader::Hledger => "commodity 1000.00 GBP\n".to_owned(),
        Reader::Ledger => "commodity GBP\n".to_owned(),
        Reader::Beancount => format!(
            "option \"title\" \"Crime Reduction Grant {year}\"\noption \"operating_currency\" \"GBP\"\n"
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
        from,
        to,
        amount,
    } = row;
    let (from, to) = (name(from, year), name(to, year));
    let head = match reader {
        Reader::Beancount => format!("{on} * \"{kind}\" \"entry {entry}\""),
        _ => format!("{on} * {kind}, entry {entry}"),
    };
    format!("{head}\n  {to}  {amount} GBP\n  {from}  -{amount} GBP\n\n")
}

/// What stands in the accounts at the end of a day, of those that are declared.
fn assertion(asserted: &[AccountBalance], report: &TransactionsReport, reader: Reader) -> String {
    let accounts = report.accounts();
    let Some(on) = asserted.first().map(|balance| balance.on) else {
        return String::new();
    };
    let known = |balance: &&AccountBalance| {
        accounts
            .get(&balance.account)
            .is_some_and(|first| *first <= balance.on)
    };
    let lines: Vec<String> = asserted
        .iter()
        .filter(known)
        .map(|balance| asserted_line(balance, report.year, reader))
        .collect();
    match reader {
        _ if lines.is_empty() => String::new(),
        Reader::Beancount => format!("{}\n", lines.concat()),
        _ => format!("{on} * balances\n{}\n", lines.concat()),
    }
}

fn asserted_line(asserted: &AccountBalance, year: FinancialYear, reader: Reader) -> String {
    let AccountBalance {
        on,
        account,
        balance,
    } = asserted;
    let name = name(account, year);
    match reader {
        // It asserts what stands at the beginning of a day.
        Reader::Beancount => {
            let next = on
                .tomorrow()
                .map_or_else(|| "2100-01-01".to_owned(), |day| day.to_string());
            format!("{next} balance {name}  {balance} GBP\n")
        }
        _ => format!("  {name}  0.00 GBP = {balance} GBP\n"),
    }
}

/// An account by our words, with the year: no money crosses years.
fn name(account: &Account, year: FinancialYear) -> String {
    let year = year.to_string().replace('/', "-");
    match account {
        Account::Opcc => format!("Income:CRG:{year}:OPCC"),
        Account::Pot(Pot::Upfront) => format!("Assets:CRG:{year}:Upfront"),
        Account::Pot(Pot::Tactical) => format!("Assets:CRG:{year}:Tactical"),
        Account::Project(project) => format!("Assets:CRG:{year}:Project:{project}"),
        Account::Spent(project) => format!("Expenses:CRG:{year}:Spent:{project}"),
        Account::Returned => format!("Expenses:CRG:{year}:Returned"),
    }
}
