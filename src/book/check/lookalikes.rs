//! Payments that may be on record twice.

use std::collections::HashSet;

use crate::book::handle::Book;
use crate::book::payments::OnRecord;
use crate::error::Error;
use crate::fold::Lens;
use crate::format::visible;
use crate::model::{Date, EntryNumber, FinancialYear};
use crate::rules::{Suspect, lookalikes};

/// The most entries of a group that are named.
const MAX_NAMED: usize = 6;

/// The most groups of a year that are listed.
const MAX_LISTED: usize = 100;

/// The most characters of a payment that is described.
const MAX_CHARS: usize = 100;

impl Book {
    /// Payments of a year that share supplier and reference, or are likely the same, unless a
    /// decision or one of the overrides says that they are not, or one command recorded them.
    pub(super) fn lookalikes(
        &self,
        year: FinancialYear,
        overrides: &HashSet<EntryNumber>,
    ) -> Result<Vec<String>, Error> {
        let lens = Lens::at(Date::MAX);
        let on_record = OnRecord::read(&self.store, [year], lens)?;
        let suspects = on_record.booked.iter().filter_map(|booked| {
            let is_excused = booked.matched || overrides.contains(&booked.entry);
            let recorded = *on_record.recorded.get(&booked.entry)?;
            (!booked.reversed && !is_excused).then_some(Suspect { booked, recorded })
        });
        let suspects: Vec<Suspect<'_>> = suspects.collect();
        let describe = |group: Vec<EntryNumber>| {
            let numbers: Vec<String> = group
                .iter()
                .take(MAX_NAMED)
                .map(EntryNumber::to_string)
                .collect();
            let more = group.len().saturating_sub(MAX_NAMED);
            let more = (more > 0).then(|| format!(" and {more} more"));
            let mut known = suspects.iter().map(|suspect| suspect.booked);
            let last = known.find(|booked| group.last() == Some(&booked.entry));
            let last = last.map(|booked| booked.payment.in_words(MAX_CHARS));
            format!(
                "entries {}{} may be the same payment: {}",
                numbers.join(", "),
                more.unwrap_or_default(),
                visible(&last.unwrap_or_default())
            )
        };
        let groups = lookalikes(&suspects);
        let more = groups.len().saturating_sub(MAX_LISTED);
        let listed = groups.into_iter().take(MAX_LISTED).map(describe);
        let more = (more > 0).then(|| format!("and {more} more in {year}"));
        Ok(listed.chain(more).collect())
    }
}
