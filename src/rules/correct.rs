//! Correcting an entry: it and whatever depends on it are reversed, newest first, and all of it is
//! recorded again with the change.

use std::collections::{BTreeMap, BTreeSet};

use crate::fold::Flow;
use crate::model::{Draft, EntryNumber, Kind};
use crate::rules::checks::emptied_by;
use crate::rules::correction::{Correction, NewNumbers};
use crate::rules::dependants::Shortage;
use crate::rules::refusal::Refusal;
use crate::rules::trial::{OnRecord, Trial, Untenable, flows};

/// What comes first when the corrected entry is replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum First {
    Reversal,
    /// Its money was used: its replacement is recorded first, so that there is money throughout.
    Replacement,
    /// Its money was used, and both cannot be on record together: its users are reversed too.
    Users,
}

/// The entries that are reversed and recorded again.
struct Plan {
    entries: BTreeSet<EntryNumber>,
    first: First,
}

/// What refused an attempt.
struct Stopped {
    at: EntryNumber,
    is_reversal: bool,
    why: Untenable,
}

impl OnRecord {
    /// What to record, in order, to correct an entry: reversals, and what is recorded again. The
    /// year then has the figures that it would have without the mistake.
    ///
    /// # Errors
    ///
    /// The refusal of what cannot be reversed or recorded again.
    pub fn correct(&self, correction: &Correction) -> Result<Vec<Draft>, Untenable> {
        let mut plan = Plan {
            entries: BTreeSet::from([correction.entry]),
            first: First::Reversal,
        };
        loop {
            let now = self.replaced(&plan.entries, correction)?;
            let mut more = self.followers(&plan.entries, &now);
            if more.is_empty() {
                match self.attempt(&plan, correction) {
                    Err(stopped) => more = self.overcome(&mut plan, correction, stopped)?,
                    Ok((trial, numbers)) => {
                        let flows = self.flows_after(&plan, &trial, &numbers);
                        more = self.worked_out_anew(&plan.entries, &now, &flows);
                        if more.is_empty() {
                            return Ok(trial.drafts);
                        }
                    }
                }
            }
            plan.entries.extend(more);
        }
    }

    fn attempt(
        &self,
        plan: &Plan,
        correction: &Correction,
    ) -> Result<(Trial<'_>, NewNumbers), Stopped> {
        let mut trial = self.trial();
        let mut numbers = NewNumbers::new();
        let replacement_first = plan.first == First::Replacement;
        let (first, last): (Vec<EntryNumber>, Vec<EntryNumber>) = plan
            .entries
            .iter()
            .partition(|number| replacement_first && **number == correction.entry);
        for number in first {
            self.record_again(number, &mut trial, &mut numbers, correction)?;
        }
        for number in plan.entries.iter().rev() {
            let reversal = self.reversal(*number, correction.replacement.by(), &correction.note);
            let recorded = reversal.and_then(|draft| Ok(trial.record(draft)?));
            recorded.map_err(|why| Stopped {
                at: *number,
                is_reversal: true,
                why,
            })?;
        }
        for number in last {
            self.record_again(number, &mut trial, &mut numbers, correction)?;
        }
        Ok((trial, numbers))
    }

    fn record_again(
        &self,
        number: EntryNumber,
        trial: &mut Trial<'_>,
        numbers: &mut NewNumbers,
        correction: &Correction,
    ) -> Result<(), Stopped> {
        let stop = |why| Stopped {
            at: number,
            is_reversal: false,
            why,
        };
        let Some(entry) = self.entries.get(&number) else {
            return Ok(());
        };
        let draft = self.again(entry, correction, numbers).map_err(stop)?;
        let recorded = match (trial.record(draft.clone()), &correction.override_reason) {
            // No reason sets an absolute rule aside: it refuses the entry again.
            (Err(_), Some(reason)) => {
                let draft = draft.edit().override_reason(reason.as_str()).build();
                let draft = draft.map_err(|faults| stop(Untenable::Invalid(faults)))?;
                trial.record(draft)
            }
            (recorded, _) => recorded,
        };
        numbers.insert(number, recorded.map_err(|refusal| stop(refusal.into()))?);
        Ok(())
    }

    /// The further entries that must be reversed and recorded again before an attempt succeeds;
    /// none if the entry itself is exchanged in another way.
    fn overcome(
        &self,
        plan: &mut Plan,
        correction: &Correction,
        stopped: Stopped,
    ) -> Result<Vec<EntryNumber>, Untenable> {
        let Untenable::Refused(refusal) = stopped.why else {
            return Err(stopped.why);
        };
        let is_itself = stopped.at == correction.entry;
        let is_short = Shortage::of(&refusal).is_some();
        match plan.first {
            First::Reversal if is_itself && stopped.is_reversal && is_short => {
                plan.first = match emptied_by(correction.replacement.event()) {
                    None => First::Replacement,
                    Some(_) => First::Users,
                };
                return Ok(Vec::new());
            }
            First::Replacement if is_itself => {
                plan.first = First::Users;
                return Ok(Vec::new());
            }
            _ => {}
        }
        let more = if stopped.is_reversal {
            self.in_the_way(&plan.entries, &refusal)
        } else {
            self.left_nothing(&plan.entries, stopped.at, &refusal)
        };
        if !more.is_empty() {
            return Ok(more);
        }
        let is_of_another = !is_itself && !matches!(refusal, Refusal::BreaksLater { .. });
        Err(Untenable::Refused(if is_of_another {
            Refusal::BreaksLater {
                year: refusal.year(),
                entry: stopped.at,
                why: Box::new(refusal),
            }
        } else {
            refusal
        }))
    }

    /// What everything that counts then moves, by the old numbers.
    fn flows_after(
        &self,
        plan: &Plan,
        trial: &Trial<'_>,
        numbers: &NewNumbers,
    ) -> BTreeMap<EntryNumber, Vec<Flow>> {
        let again = trial.entries.values();
        let again = again.filter(|entry| entry.event.kind() != Kind::Reverse);
        let mut flows = flows(self.others(&plan.entries).chain(again));
        for (old, new) in numbers {
            let moved = flows.remove(new).unwrap_or_default();
            flows.insert(*old, moved);
        }
        flows
    }
}
