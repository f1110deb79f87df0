//! [`Decided`]: the decisions of a file, by the lines of the extract that they are about.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::error::Error;
use crate::import::fault::DecisionFault;
use crate::import::{Decision, DecisionFile, Extract};
use crate::model::{EntryNumber, Money};
use crate::rules::{Action, Booked, Tally, Verdict, occurrences};

/// What was decided of waiting lines, by their index in the extract.
#[derive(Debug, Default)]
pub(super) struct Decided(BTreeMap<usize, Decision>);

impl Decided {
    /// Finds the line of each decision. A line that is on record or was decided before needs none,
    /// and its decision does nothing. One that resembles nothing any more, because an entry was
    /// reversed since, is still not recorded against what was decided.
    ///
    /// # Errors
    ///
    /// [`Error::Decisions`] if the extract has no such line, if two decisions are about one line, or
    /// if a decision names an entry that is no payment on record, or that other lines are already.
    pub(super) fn new(
        file: &DecisionFile,
        extract: &Extract,
        verdicts: &[Verdict],
        known: &[Booked],
    ) -> Result<Decided, Error> {
        let lines = occurrences(&extract.lines).into_iter().enumerate();
        let lines: HashMap<_, _> = lines.map(|(index, line)| (line, index)).collect();
        let counting = known.iter().filter(|booked| !booked.reversed);
        let counting: HashSet<EntryNumber> = counting.map(|booked| booked.entry).collect();
        let mut decided: BTreeMap<usize, Decision> = BTreeMap::new();
        let mut faults = Vec::new();
        for decision in &file.decisions {
            let Some(index) = lines.get(&decision.line).copied() else {
                let extract = extract.name();
                faults.push((decision.row, DecisionFault::NoSuchLine { extract }));
                continue;
            };
            if matches!(verdicts[index], Verdict::Same(_) | Verdict::Decided(_)) {
                continue;
            }
            let mut named = named(&decision.action).iter();
            if let Some(entry) = named.find(|entry| !counting.contains(entry)) {
                faults.push((decision.row, DecisionFault::NoPayment { entry: *entry }));
            }
            if let Some(before) = decided.insert(index, decision.clone()) {
                faults.push((decision.row, DecisionFault::Twice { row: before.row }));
            }
        }
        let decided = Decided(decided);
        faults.extend(decided.too_much(extract, verdicts, known));
        if faults.is_empty() {
            Ok(decided)
        } else {
            Err(Error::Decisions(file.error(faults)))
        }
    }

    /// The decisions by which several lines are one entry that is less than they are together.
    fn too_much<'a>(
        &'a self,
        extract: &'a Extract,
        verdicts: &'a [Verdict],
        known: &[Booked],
    ) -> impl Iterator<Item = (u64, DecisionFault)> {
        let mut claims: HashMap<EntryNumber, Tally> = HashMap::new();
        let amount = |line: usize| extract.lines[line].payment.amount.abs();
        for (line, verdict) in verdicts.iter().enumerate() {
            let entries = match (self.get(line).map(|decision| &decision.action), verdict) {
                (Some(Action::SameAs(entries)), _) => &entries[..],
                (None, Verdict::Same(_) | Verdict::Decided(_)) => verdict.entries(),
                _ => &[],
            };
            // A line that is several entries takes all of each of them.
            if let [entry] = entries {
                claims.entry(*entry).or_default().add(amount(line));
            }
        }
        let there: HashMap<EntryNumber, Money> = known
            .iter()
            .map(|booked| (booked.entry, booked.payment.amount.abs()))
            .collect();
        self.iter().filter_map(move |(_, decision)| {
            let Action::SameAs(entries) = &decision.action else {
                return None;
            };
            let [entry] = entries[..] else { return None };
            let (claim, there) = (claims.get(&entry)?, *there.get(&entry)?);
            let is_too_much = claim.lines > 1 && claim.amount > there;
            is_too_much.then_some((
                decision.row,
                DecisionFault::TooMuch {
                    entry,
                    lines: claim.lines,
                    sum: claim.amount,
                    there,
                },
            ))
        })
    }

    pub(super) fn get(&self, line: usize) -> Option<&Decision> {
        self.0.get(&line)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (usize, &Decision)> {
        self.0.iter().map(|(line, decision)| (*line, decision))
    }
}

/// The entries that an action names.
pub(super) fn named(action: &Action) -> &[EntryNumber] {
    match action {
        Action::Replace(entries) | Action::SameAs(entries) => entries,
        Action::Add | Action::Ignore => &[],
    }
}
