//! [`Decisions`]: what was decided of lines that waited, by the fingerprints of the lines.

use std::collections::HashMap;

use crate::model::{EntryNumber, Fingerprint};
use crate::rules::normalised::normalised;
use crate::rules::payment::line::{Line, Payment};
use crate::rules::payment::texts::loose;

/// What was decided of lines, on record: which entries each is the same as, or none.
#[derive(Debug, Clone, Default)]
pub struct Decisions(HashMap<Fingerprint, Vec<EntryNumber>>);

impl Decisions {
    /// Adds what a `match` says of a line; a later one stands for an earlier one.
    pub fn add(&mut self, line: Fingerprint, entries: Vec<EntryNumber>) {
        self.0.insert(line, entries);
    }

    /// Returns `true` if nothing was decided.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn get(&self, line: &Fingerprint) -> Option<&[EntryNumber]> {
        self.0.get(line).map(Vec::as_slice)
    }
}

/// The fingerprint of each line: SHA-256 of its project, supplier, reference, day and amount as
/// they are compared loosely, and of how many lines before it say the same. It stays when the file
/// grows, is sorted anew, or comes from a program that spells otherwise or drops leading zeros.
pub fn occurrences(lines: &[Line]) -> Vec<Fingerprint> {
    let mut seen: HashMap<String, u32> = HashMap::new();
    let numbered = lines.iter().map(|line| {
        let text = compared(&line.payment);
        let before = seen.entry(text.clone()).or_default();
        *before += 1;
        Fingerprint::of_file(format!("{text}\n{before}").as_bytes())
    });
    numbered.collect()
}

/// A payment as a text that is the same however it is written.
fn compared(payment: &Payment) -> String {
    let text = |text: &Option<String>| loose(&normalised(text.as_deref().unwrap_or_default()));
    format!(
        "{}\n{}\n{}\n{}\n{}",
        payment.project,
        text(&payment.supplier),
        text(&payment.reference),
        payment.on,
        payment.amount
    )
}
