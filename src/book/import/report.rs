//! The report of an import.

use std::collections::HashMap;

use crate::book::import::work::Outcome;
use crate::import::Extract;
use crate::model::EntryNumber;
use crate::report::{Changes, ImportReport, ImportRow, LineOutcome, PreviousEntry};
use crate::rules::{Booked, Tally, Verdict};

/// What was found and recorded, if it is kept.
pub(super) fn report(
    extract: &Extract,
    changes: Changes,
    known: &[Booked],
    verdicts: &[Verdict],
    outcome: &Outcome,
) -> ImportReport {
    let mut report = ImportReport {
        file: extract.name(),
        recorded: true,
        lines: Tally::default(),
        new: Tally::default(),
        same: Tally::default(),
        changed: Tally::default(),
        changes,
        reversed: Tally::default(),
        refused: Tally::default(),
        nothing: extract.nothing,
        outside: extract.outside,
        blank: extract.blank,
        grand_total: extract.grand_total,
        outside_codes: extract.outside_codes.clone(),
        wrong_totals: extract.wrong_totals.clone(),
        passed_over: extract.passed_over.clone(),
        sheets: extract.sheets.clone(),
        rows: Vec::new(),
    };
    let entries: HashMap<EntryNumber, &Booked> =
        known.iter().map(|booked| (booked.entry, booked)).collect();
    for (index, (line, verdict)) in extract.lines.iter().zip(verdicts).enumerate() {
        let refusal = outcome.refused.get(&index);
        let (tally, shown_as) = match verdict {
            _ if refusal.is_some() => (&mut report.refused, Some(LineOutcome::Refused)),
            Verdict::New => (&mut report.new, Some(LineOutcome::New)),
            Verdict::Same(_) => (&mut report.same, None),
            Verdict::Changed(_) => (&mut report.changed, Some(LineOutcome::Changed)),
            Verdict::Reversed(_) => (&mut report.reversed, Some(LineOutcome::Reversed)),
        };
        tally.add(line.payment.amount);
        let was = match verdict {
            Verdict::Changed(entry) | Verdict::Reversed(entry) => entries.get(entry),
            _ => None,
        };
        report.rows.extend(shown_as.map(|shown_as| ImportRow {
            entry: outcome.recorded.get(&index).copied(),
            why: refusal.map(ToString::to_string),
            was: was.map(|booked| PreviousEntry::from(*booked)),
            ..ImportRow::new(line, shown_as)
        }));
    }
    for line in &extract.bad {
        report.refused.add(line.amount.unwrap_or_default());
        let faults: Vec<String> = line.faults.iter().map(ToString::to_string).collect();
        let row = ImportRow::unreadable(line.row, line.amount, faults.join("; "));
        report.rows.push(row);
    }
    report.rows.sort_by_key(|row| row.row);
    report.lines = [
        report.new,
        report.same,
        report.changed,
        report.reversed,
        report.refused,
        report.nothing,
        report.outside,
    ]
    .into_iter()
    .sum();
    report
}
