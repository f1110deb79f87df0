//! Random books as plain-text journals, with their balances on random days. `.ci/peers` gives the
//! journals to programs by other authors, which must find the same balances. This module writes the
//! files, and tests what can be tested without those programs.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crg::fold::{Account, Portfolio};
use crg::format::{Reader, journal};
use crg::model::{Date, FinancialYear, Money};
use crg::report::TransactionsReport;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use crate::histories::{Journal, days, scripts, years};

const READERS: [(&str, Reader); 3] = [
    ("hledger", Reader::Hledger),
    ("ledger", Reader::Ledger),
    ("beancount", Reader::Beancount),
];

/// The number of days for which each book is asked.
const DAYS_ASKED: usize = 5;

/// Books made from random histories. They are the same each time.
fn books(count: usize) -> Vec<Journal> {
    let mut runner = TestRunner::new_with_rng(
        Config::default(),
        TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]),
    );
    let strategy = scripts(40);
    (0..count)
        .map(|_| {
            strategy
                .new_tree(&mut runner)
                .expect("a script")
                .current()
                .play()
                .journal
        })
        .collect()
}

fn transactions(book: &Journal, year: FinancialYear) -> TransactionsReport {
    TransactionsReport::new(&book.view(year, Date::MAX)).expect("a book that the rules guarded")
}

/// The balance of every account on a day, each taken directly from the portfolio.
fn expected(book: &Journal, year: FinancialYear, on: Date) -> BTreeMap<Account, Money> {
    let portfolio =
        Portfolio::fold(year, &book.standing(year, on)).expect("a book that the rules guarded");
    let mut balances = BTreeMap::from([
        (Account::Opcc, -portfolio.allocation()),
        (Account::Returned(None), portfolio.returned()),
        (Account::Lapsed, portfolio.lapsed()),
        (
            Account::Pot(crg::model::Pot::Upfront),
            portfolio.upfront.remaining(),
        ),
        (
            Account::Pot(crg::model::Pot::Tactical),
            portfolio.tactical.remaining(),
        ),
    ]);
    for (reference, project) in &portfolio.projects {
        balances.insert(Account::Project(reference.clone()), project.unspent());
        balances.insert(Account::Spent(reference.clone()), project.spent);
    }
    balances
}

/// The sum of the transactions up to a day, by account.
fn added_up(report: &TransactionsReport, on: Date) -> BTreeMap<Account, Money> {
    let mut balances: BTreeMap<Account, Money> = BTreeMap::new();
    for row in report.rows.iter().filter(|row| row.on <= on) {
        *balances.entry(row.from.clone()).or_default() -= row.amount;
        *balances.entry(row.to.clone()).or_default() += row.amount;
    }
    balances
}

#[test]
fn transactions_add_up_to_the_balances_on_every_day() {
    for book in books(60) {
        for year in years() {
            let report = transactions(&book, year);
            for on in days(year) {
                let (mut found, mut fold) = (added_up(&report, on), expected(&book, year, on));
                found.retain(|_, balance| !balance.is_zero());
                fold.retain(|_, balance| !balance.is_zero());
                assert_eq!(found, fold, "{year} on {on}");
            }
        }
    }
}

#[test]
fn a_journal_declares_every_account_and_asserts_every_quarter() {
    let year = years()[0];
    let book = books(20)
        .into_iter()
        .find(|book| transactions(book, year).rows.len() > 5)
        .expect("a book in which money moved");
    let report = transactions(&book, year);
    let ends = ["2025-06-30", "2025-09-30", "2025-12-31", "2026-03-31"]
        .map(|end| end.parse::<Date>().unwrap());
    assert!(
        ends.iter()
            .all(|end| report.balances.iter().any(|balance| balance.on == *end)),
        "every quarter's end"
    );
    let accounts = report.accounts();
    let known = |balance: &&crg::report::AccountBalance| {
        accounts
            .get(&balance.account)
            .is_some_and(|first| *first <= balance.on)
    };
    let due = report.balances.iter().filter(known).count();
    for (name, reader) in READERS {
        let text = journal(&report, reader);
        let asserted = text.lines().filter(|line| {
            line.contains(" = ")
                || line.contains(" balance Assets:")
                || line.contains(" balance Income:")
                || line.contains(" balance Expenses:")
        });
        assert_eq!((asserted.count(), due > 10), (due, true), "{name}");
        let declared = |account: &str| {
            text.contains(&format!("account {account}\n"))
                || text.contains(&format!(" open {account} GBP\n"))
        };
        let accounts = text
            .split_whitespace()
            .filter(|word| word.contains(":CRG:"));
        accounts.for_each(|account| assert!(declared(account), "{name}: {account}"));
    }
}

/// Writes the journals of many books and their balances into the folder `CRG_PEERS`, for
/// `.ci/peers`.
#[test]
#[ignore = "an entry point of .ci/peers"]
fn write() {
    let folder = std::env::var("CRG_PEERS").expect("CRG_PEERS: the folder to write to");
    let count = std::env::var("CRG_BOOKS")
        .map_or(1000, |count| count.parse().expect("CRG_BOOKS: a number"));
    let folder = Path::new(&folder);
    let books = books(count);
    for (name, reader) in READERS {
        let mut text = String::new();
        for (number, book) in books.iter().enumerate() {
            for year in years()
                .into_iter()
                .filter(|year| book.of(*year).next().is_some())
            {
                let own = format!(":B{number}:");
                text.push_str(&journal(&transactions(book, year), reader).replace(":CRG:", &own));
            }
        }
        fs::write(folder.join(format!("books.{name}")), text).unwrap();
    }
    let mut csv = String::new();
    for on in asked() {
        for (number, book) in books.iter().enumerate() {
            for year in years() {
                for (account, balance) in expected(book, year, on) {
                    let name = named(&account, year);
                    writeln!(
                        csv,
                        "{on},{},{balance}",
                        name.replace(":CRG:", &format!(":B{number}:"))
                    )
                    .unwrap();
                }
            }
        }
    }
    fs::write(folder.join("expected.csv"), csv).unwrap();
    let entries: usize = books.iter().map(|book| book.entries.len()).sum();
    fs::write(
        folder.join("books.txt"),
        format!("{count} books of {entries} entries\n"),
    )
    .unwrap();
}

/// The days to ask about, spread over all the years.
fn asked() -> Vec<Date> {
    let mut runner = TestRunner::new_with_rng(
        Config::default(),
        TestRng::from_seed(RngAlgorithm::ChaCha, &[11; 32]),
    );
    let all: Vec<Date> = years().into_iter().flat_map(days).collect();
    let some = prop::sample::subsequence(all, DAYS_ASKED);
    some.new_tree(&mut runner).expect("some days").current()
}

/// The name of an account in the journals, written out independently because it is a contract.
fn named(account: &Account, year: FinancialYear) -> String {
    let year = year.to_string().replace('/', "-");
    match account {
        Account::Opcc => format!("Income:CRG:{year}:OPCC"),
        Account::Pot(pot) if pot.as_str() == "upfront" => format!("Assets:CRG:{year}:Upfront"),
        Account::Pot(_) => format!("Assets:CRG:{year}:Tactical"),
        Account::Project(project) => format!("Assets:CRG:{year}:Project:{project}"),
        Account::Spent(project) => format!("Expenses:CRG:{year}:Spent:{project}"),
        Account::Returned(_) => format!("Expenses:CRG:{year}:Returned"),
        Account::Lapsed => format!("Expenses:CRG:{year}:Lapsed"),
    }
}
