//! Several extracts as one ledger.

use crate::model::{Date, EntryNumber};
use crate::rules::payment::compare::{Verdict, compare};
use crate::rules::payment::line::{Booked, Line};

/// The lines of several extracts as one ledger, each by the index of its extract and its own index
/// in it, whatever the order in which the extracts are given.
///
/// A line that several have counts as often as in the one that has it most often. If a later
/// extract has a line differently, and reaches back to the day of the earlier, the later is right;
/// if it does not reach back, both count.
pub fn merge(extracts: &[&[Line]]) -> Vec<(usize, usize)> {
    let mut in_order: Vec<usize> = (0..extracts.len()).collect();
    in_order.sort_by_key(|extract| {
        let (first, last) = days(extracts[*extract]);
        (last, first)
    });
    let mut merged: Vec<(usize, usize)> = Vec::new();
    for extract in in_order {
        let lines = extracts[extract];
        let (first, last) = days(lines);
        // Compared with the lines so far as with a book, whose entries are numbered from 0.
        let booked: Vec<Booked> = (0..)
            .zip(&merged)
            .map(|(number, (extract, line))| Booked {
                entry: EntryNumber(number),
                payment: extracts[*extract][*line].payment.clone(),
                reversed: false,
            })
            .collect();
        for (line, verdict) in compare(lines, &booked).verdicts.into_iter().enumerate() {
            match verdict {
                Verdict::Same(_) => {}
                Verdict::Changed(EntryNumber(number)) => {
                    let index = usize::try_from(number).unwrap_or(usize::MAX);
                    let earlier = extracts[merged[index].0][merged[index].1].payment.on;
                    if first <= Some(earlier) && Some(earlier) <= last {
                        merged[index] = (extract, line);
                    } else {
                        merged.push((extract, line));
                    }
                }
                Verdict::New | Verdict::Reversed(_) => merged.push((extract, line)),
            }
        }
    }
    merged
}

/// The first and the last day of an extract.
fn days(lines: &[Line]) -> (Option<Date>, Option<Date>) {
    let days = || lines.iter().map(|line| line.payment.on);
    (days().min(), days().max())
}
