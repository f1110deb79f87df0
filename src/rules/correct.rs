//! Correcting an entry: it and whatever depends on it are reversed, newest first, and all of it is
//! recorded again with the change.

use std::collections::{BTreeMap, BTreeSet};

use crate::fold::Flow;
use crate::model::{Column, Draft, Entry, EntryNumber, Event, Kind};
use crate::rules::checks::emptied_by;
use crate::rules::dependants::order_matters;
use crate::rules::refusal::Refusal;
use crate::rules::trial::{OnRecord, Trial, Untenable, flows};

/// What an entry is to be instead.
#[derive(Debug, Clone)]
pub struct Correction {
    /// The entry.
    pub entry: EntryNumber,
    /// What replaces it. Whoever asks for it records the rest too.
    pub replacement: Draft,
    /// Why; the note of every reversal.
    pub note: String,
    /// Why process rules that stand in the way are set aside.
    pub override_reason: Option<String>,
}

/// Who reverses an entry, and why, while it is only tried.
const TRIED: &str = "tried";

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

/// The numbers that entries get when they are recorded again, by their old ones.
type NewNumbers = BTreeMap<EntryNumber, EntryNumber>;

impl OnRecord {
    /// These entries and whatever depends on them, newest first: in this order, every reversal is
    /// allowed.
    ///
    /// # Errors
    ///
    /// The refusal that no other reversal removes.
    pub fn with_dependants(&self, entries: &[EntryNumber]) -> Result<Vec<EntryNumber>, Untenable> {
        let mut all: BTreeSet<EntryNumber> = entries.iter().copied().collect();
        loop {
            let mut trial = self.trial();
            let mut newest_first = all.iter().rev();
            let tried = newest_first.try_for_each(|number| {
                let draft = self.reversal(*number, TRIED, TRIED)?;
                trial.record(draft).map(drop).map_err(Untenable::from)
            });
            let more = match &tried {
                Ok(()) => return Ok(all.into_iter().rev().collect()),
                Err(Untenable::Refused(refusal)) => self.in_the_way(&all, refusal),
                Err(Untenable::Invalid(_)) => Vec::new(),
            };
            if more.is_empty() {
                tried?;
            }
            all.extend(more);
        }
    }

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
            let now = self.replaced(&plan, correction)?;
            let mut more = self.followers(&plan.entries, &now);
            if more.is_empty() {
                if plan.first == First::Replacement && is_out_of_turn(correction.entry, &now) {
                    plan.first = First::Users;
                }
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

    /// What the entries of a plan are to be, by their old numbers.
    fn replaced(
        &self,
        plan: &Plan,
        correction: &Correction,
    ) -> Result<BTreeMap<EntryNumber, Entry>, Untenable> {
        let known = plan
            .entries
            .iter()
            .filter_map(|number| self.entries.get(number));
        known
            .map(|entry| {
                let draft = self.again(entry, correction, &NewNumbers::new())?;
                let on = draft.on().unwrap_or(entry.on);
                let replaced = Entry::from_draft(draft, entry.number, on, self.moment);
                Ok((entry.number, replaced))
            })
            .collect()
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
            (Err(refusal), Some(reason)) if sets_aside(&refusal) => {
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
        let is_short = matches!(refusal, Refusal::Overdrawn { .. });
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
            self.made_impossible(&plan.entries, stopped.at, &refusal)
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

    fn reversal(&self, number: EntryNumber, by: &str, note: &str) -> Result<Draft, Untenable> {
        let year = self.entries.get(&number).map(|entry| entry.year);
        let year = year.or_else(|| self.histories.keys().next().copied());
        let Some(year) = year else {
            return Err(Untenable::Invalid(Vec::new()));
        };
        let draft = Draft::builder(year, Event::Reverse { entry: number }, by).note(note);
        draft.build().map_err(Untenable::Invalid)
    }

    /// An entry to be recorded again: what was left is worked out anew, what it names has its new
    /// number, and the ref and year of its project are those of the corrected proposal.
    fn again(
        &self,
        entry: &Entry,
        correction: &Correction,
        numbers: &NewNumbers,
    ) -> Result<Draft, Untenable> {
        if entry.number == correction.entry {
            return Ok(correction.replacement.clone());
        }
        let mut cells = entry.cells();
        cells.set(Column::By, correction.replacement.by().to_owned());
        if emptied_by(&entry.event).is_some() {
            cells.set(Column::Amount, "");
        }
        if let Some(new) = entry
            .event
            .refers_to()
            .and_then(|named| numbers.get(&named))
        {
            cells.set(Column::Reference, new.to_string());
        }
        let proposal = self.entries.get(&correction.entry);
        let proposal =
            proposal.filter(|it| it.event.kind() == Kind::Propose && it.year == entry.year);
        if proposal.is_some_and(|proposal| proposal.event.project() == entry.event.project()) {
            let replaced = correction.replacement.cells();
            for column in [Column::Project, Column::Year] {
                cells.set(column, replaced.get(column).unwrap_or_default().to_owned());
            }
        }
        Draft::from_cells(&cells).map_err(Untenable::Invalid)
    }
}

/// Returns `true` if a reason sets a refusal aside, and nothing else needs to be recorded again.
fn sets_aside(refusal: &Refusal) -> bool {
    refusal.can_be_overridden() && !matches!(refusal, Refusal::BreaksLater { .. })
}

/// Returns `true` if an entry that is recorded before the others would say something else than in
/// its turn.
fn is_out_of_turn(number: EntryNumber, now: &BTreeMap<EntryNumber, Entry>) -> bool {
    let Some(own) = now.get(&number) else {
        return false;
    };
    now.range(..number).any(|(_, earlier)| {
        (earlier.year, earlier.on) == (own.year, own.on) && order_matters(earlier, own)
    })
}
