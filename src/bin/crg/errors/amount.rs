//! What to do about an amount below zero: money that goes the other way has a command of its own.

use crg::model::{CellFault, Column, is_amount};

use crate::hint::{CommandLine, Hint};
use crate::invocation::Invocation;

/// Commands that record money one way and the other, and when to use the second.
const OPPOSITES: [(&str, &str, &str, &str); 8] = [
    ("spend", "add", "refund", "if money came back"),
    ("spend", "refund", "add", "if money was paid"),
    ("project", "increase", "reduce", "to reduce the award"),
    ("project", "reduce", "increase", "to increase the award"),
    ("year", "allocate", "cut", "if the OPCC takes money back"),
    ("year", "cut", "allocate", "if the OPCC allocates more"),
    (
        "year",
        "return",
        "repay",
        "if the OPCC pays back part of a return",
    ),
    ("year", "repay", "return", "if money goes back to the OPCC"),
];

/// The amount without the sign that puts it below zero, as people and spreadsheets write it: `-50`,
/// `£-50`, `50-` or `(50)`.
fn unsigned(word: &str) -> Option<&str> {
    let minus = ['-', '−'];
    let unsigned = match word.strip_prefix('(') {
        Some(rest) => rest.strip_suffix(')'),
        None => word
            .strip_suffix(minus)
            .or_else(|| word.strip_prefix(minus))
            .or_else(|| word.strip_prefix('£')?.strip_prefix(minus)),
    }?;
    let is_zero = !unsigned.contains(|c| matches!(c, '1'..='9'));
    let is_above_zero = is_amount(unsigned) && !unsigned.starts_with(minus) && !is_zero;
    is_above_zero.then_some(unsigned)
}

fn is_below_zero(word: &str) -> bool {
    unsigned(word).is_some()
}

/// The fault of a word that begins like this, if it is an amount below zero.
pub(super) fn below_zero(start: &str, words: &[String]) -> Option<CellFault> {
    let takes_amounts = |word: &String| OPPOSITES.iter().any(|(group, ..)| word == group);
    words.iter().find(|word| takes_amounts(word))?;
    let mut words = words.iter();
    let word = words.find(|word| word.starts_with(start) && is_below_zero(word))?;
    let expected = "an amount above zero";
    Some(CellFault::expected(Column::Amount, word, expected))
}

/// The same command in the other direction, if there is one.
pub(super) fn hints(faults: &[CellFault], invocation: &Invocation) -> Vec<Hint> {
    let amount = |fault: &CellFault| fault.column == Column::Amount && is_below_zero(&fault.found);
    if !faults.iter().any(amount) {
        return Vec::new();
    }
    let mut opposites = OPPOSITES.iter();
    let hint = opposites.find_map(|(group, verb, opposite, reason)| {
        let words = opposed(invocation.words(), group, verb, opposite)?;
        let varies_an_award = matches!(*opposite, "increase" | "reduce");
        let is_referenced = words.iter().any(|word| word.starts_with("--reference"));
        let command = CommandLine::of_words(words);
        Some(if varies_an_award && !is_referenced {
            command.option("--reference", "TEXT").because(*reason)
        } else {
            command.because(*reason)
        })
    });
    hint.into_iter().collect()
}

/// The words with the opposite verb, and the amount without its minus.
fn opposed(words: &[String], group: &str, verb: &str, opposite: &str) -> Option<Vec<String>> {
    let at = words.windows(2).position(|pair| pair == [group, verb])?;
    let opposed = words.iter().enumerate().filter(|(_, word)| *word != "--");
    let opposed = opposed.map(|(index, word)| match word {
        _ if index == at + 1 => opposite.to_owned(),
        word => match (unsigned(word), word.split_once('=')) {
            (Some(amount), _) => amount.to_owned(),
            (None, Some((name, amount))) => {
                format!("{name}={}", unsigned(amount).unwrap_or(amount))
            }
            (None, None) => word.to_owned(),
        },
    });
    Some(opposed.collect())
}
