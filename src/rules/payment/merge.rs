//! Several extracts as one ledger.

use crate::model::{Date, EntryNumber, Source};
use crate::rules::payment::decision::Decisions;
use crate::rules::payment::line::{Booked, Line};
use crate::rules::payment::recognise::{Incoming, recognise};
use crate::rules::payment::verdict::Verdict;

/// The lines of several extracts as one ledger, each by the index of its extract and its own index
/// in it, whatever the order in which the extracts are given.
///
/// A line that several have counts as often as in the one that has it most often. If a later
/// extract has a line differently, and reaches back to the day of the earlier, the later is right;
/// if it does not reach back, both count.
pub fn merge(extracts: &[&[Line]]) -> Vec<(usize, usize)> {
    let mut in_order: Vec<usize> = (0..extracts.len()).collect();
    in_order.sort_by_key(|extract| {
        let (first, last) = days(extracts[*extract]).unzip();
        (last, first)
    });
    let mut merged: Vec<(usize, usize)> = Vec::new();
    for extract in in_order {
        let lines = extracts[extract];
        let days = days(lines);
        // Recognised among the lines so far as in a book, whose entries are numbered from 0.
        let booked: Vec<Booked> = (0..)
            .zip(&merged)
            .map(|(number, (extract, line))| Booked {
                entry: EntryNumber(number),
                payment: extracts[*extract][*line].payment.clone(),
                category: None,
                source: Some(Source::Ledger),
                reversed: false,
                matched: false,
                replaces: Vec::new(),
            })
            .collect();
        let incoming = Incoming {
            lines,
            days,
            decisions: &Decisions::default(),
        };
        let verdicts = recognise(incoming, &booked).verdicts;
        for (line, verdict) in verdicts.into_iter().enumerate() {
            match verdict {
                Verdict::Same(_) => {}
                Verdict::Changed(EntryNumber(number)) | Verdict::Likely(EntryNumber(number)) => {
                    let index = usize::try_from(number).unwrap_or(usize::MAX);
                    let earlier = extracts[merged[index].0][merged[index].1].payment.on;
                    if days.is_some_and(|(first, last)| (first..=last).contains(&earlier)) {
                        merged[index] = (extract, line);
                    } else {
                        merged.push((extract, line));
                    }
                }
                _ => merged.push((extract, line)),
            }
        }
    }
    merged
}

/// The first and the last day of an extract.
fn days(lines: &[Line]) -> Option<(Date, Date)> {
    let days = || lines.iter().map(|line| line.payment.on);
    days().min().zip(days().max())
}
