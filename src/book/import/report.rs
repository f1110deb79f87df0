//! The report of an import.

use std::collections::HashMap;

use crate::book::import::decided::Decided;
use crate::book::import::work::Outcome;
use crate::import::{Decision, Extract};
use crate::model::{EntryNumber, Fingerprint};
use crate::report::{ImportReport, ImportRow, LineOutcome, PreviousEntry};
use crate::rules::{Action, Booked, Line, Tally, Verdict, occurrences, suggestion};

/// A line as it is recorded, if it was decided that it replaces entries.
fn as_recorded(
    line: &Line,
    decision: Option<&Decision>,
    entries: &HashMap<EntryNumber, &Booked>,
) -> Line {
    let replaced = match decision.map(|decision| &decision.action) {
        Some(Action::Replace(replaced)) => &replaced[..],
        _ => &[],
    };
    line.in_place_of(
        replaced
            .iter()
            .filter_map(|entry| entries.get(entry).copied()),
    )
}

/// What was found and recorded, if it is kept.
pub(super) fn report(
    extract: &Extract,
    known: &[Booked],
    verdicts: &[Verdict],
    decided: &Decided,
    outcome: &Outcome,
) -> ImportReport {
    let mut report = ImportReport {
        file: extract.name(),
        recorded: true,
        lines: Tally::default(),
        new: Tally::default(),
        same: Tally::default(),
        decided: Tally::default(),
        waiting: Tally::default(),
        elsewhere: Tally::default(),
        reversed: Tally::default(),
        early: Tally::default(),
        sum: Tally::default(),
        changed: Tally::default(),
        further: Tally::default(),
        likely: Tally::default(),
        refused: Tally::default(),
        nothing: extract.nothing,
        outside: extract.outside,
        outside_period: extract.outside_period,
        blank: extract.blank,
        grand_total: extract.grand_total.clone(),
        outside_codes: extract.outside_codes.clone(),
        also_in: None,
        wrong_totals: extract.wrong_totals.clone(),
        passed_over: extract.passed_over.clone(),
        sheets: extract.sheets.clone(),
        rows: Vec::new(),
    };
    let entries: HashMap<EntryNumber, &Booked> =
        known.iter().map(|booked| (booked.entry, booked)).collect();
    let waits = !outcome.early.is_empty() || verdicts.iter().any(Verdict::waits);
    let fingerprints = waits.then(|| occurrences(&extract.lines));
    let fingerprints: Vec<Fingerprint> = fingerprints.unwrap_or_default();
    for (index, (line, verdict)) in extract.lines.iter().zip(verdicts).enumerate() {
        let amount = line.payment.amount;
        let decision = decided.get(index);
        let refusal = outcome.refused.get(&index);
        let early = outcome.early.get(&index);
        let waits = early.is_some() || (verdict.waits() && decision.is_none());
        if early.is_some() {
            report.count_early(amount);
        } else if refusal.is_some() {
            report.refused.add(amount);
        } else if decision.is_some() {
            report.decided.add(amount);
        } else {
            report.count(verdict, amount);
        }
        let shown_as = match verdict {
            _ if refusal.is_some() => LineOutcome::Refused,
            _ if early.is_some() => LineOutcome::Early,
            Verdict::Same(_) | Verdict::Decided(_) => continue,
            Verdict::New => LineOutcome::New,
            Verdict::Elsewhere(_) => LineOutcome::Elsewhere,
            Verdict::Reversed(_) => LineOutcome::Reversed,
            Verdict::Sum(_) => LineOutcome::Sum,
            Verdict::Changed(_) => LineOutcome::Changed,
            Verdict::Further(_) => LineOutcome::Further,
            Verdict::Likely(_) | Verdict::InLump(_) => LineOutcome::Likely,
        };
        let like: Vec<&Booked> = verdict
            .entries()
            .iter()
            .filter_map(|entry| entries.get(entry).copied())
            .collect();
        let action = match decision {
            Some(decision) => Some(decision.action.clone()),
            None => suggestion(verdict, &line.payment, &like).filter(|_| waits),
        };
        let booked = like.iter().map(|booked| booked.payment.amount);
        let difference = (!like.is_empty()).then(|| amount - booked.sum());
        let resembles: Vec<PreviousEntry> = like.into_iter().map(PreviousEntry::from).collect();
        report.rows.push(ImportRow {
            entry: outcome.recorded.get(&index).copied(),
            waits,
            action: action.map(|action| action.to_string()),
            why: refusal.or(early).map(ToString::to_string),
            was: resembles.first().cloned(),
            difference,
            resembles,
            line: fingerprints
                .get(index)
                .copied()
                .filter(|_| waits || verdict.waits()),
            ..ImportRow::new(&as_recorded(line, decision, &entries), shown_as)
        });
    }
    for line in &extract.bad {
        report.refused.add(line.amount.unwrap_or_default());
        let faults: Vec<String> = line.faults.iter().map(ToString::to_string).collect();
        let row = ImportRow::unreadable(&line.place, line.amount, faults.join("; "));
        report.rows.push(row);
    }
    let sheets = &extract.sheets.together;
    report.rows.sort_by_cached_key(|row| {
        let sheet = row.sheet.as_ref();
        let sheet = sheet.and_then(|name| sheets.iter().position(|other| other == name));
        (sheet, row.row)
    });
    report.lines = [
        report.new,
        report.same,
        report.decided,
        report.waiting,
        report.refused,
        report.nothing,
        report.outside,
        report.outside_period,
    ]
    .into_iter()
    .sum();
    report
}
