//! [`OutsideLines`]: the lines that do not belong to the grant, by their codes.

use std::collections::{BTreeMap, HashSet};

use crate::import::extract::text::comment;
use crate::model::Money;
use crate::report::OutsideCode;
use crate::rules::Tally;

/// The most codes that are listed; the rest are listed as one.
const MAX_CODES: usize = 1000;
/// What the rest is called.
const OTHERS: &str = "(other codes)";
/// What a line without a code is listed as.
const BLANK: &str = "(blank)";

/// The lines outside the grant.
#[derive(Default)]
pub(super) struct OutsideLines {
    pub(super) tally: Tally,
    codes: BTreeMap<String, OutsideCode>,
    /// The lines without a code, by row, while all codes may be of groups.
    blank: Vec<(u64, Option<Money>)>,
    groups: Groups,
}

/// Whether each code of the file stands only once, as where it begins a group.
#[derive(Default)]
struct Groups {
    seen: HashSet<String>,
    is_repeated: bool,
}

impl Groups {
    fn note(&mut self, code: &str) {
        if self.is_repeated || code.is_empty() {
            return;
        }
        let is_new = self.seen.len() < MAX_CODES && self.seen.insert(code.to_owned());
        if !is_new {
            self.is_repeated = true;
            self.seen = HashSet::new();
        }
    }
}

impl OutsideLines {
    /// Notes the code of any line, whoever's it is.
    pub(super) fn note_code(&mut self, code: &str) {
        self.groups.note(code.trim());
    }

    pub(super) fn add(
        &mut self,
        row: u64,
        code: &str,
        amount: Option<Money>,
        resembles: impl FnOnce() -> Option<String>,
    ) {
        self.tally.add(amount.unwrap_or_default());
        if code.trim().is_empty() && !self.groups.is_repeated {
            self.blank.push((row, amount));
        }
        let code = comment(code);
        let code = if code.is_empty() { BLANK.into() } else { code };
        let is_known = self.codes.contains_key(&code) || self.codes.len() < MAX_CODES;
        let code = if is_known { code } else { OTHERS.into() };
        let listed = self
            .codes
            .entry(code.clone())
            .or_insert_with(|| OutsideCode {
                code,
                lines: 0,
                amount: Money::ZERO,
                unread: 0,
                resembles: resembles(),
            });
        listed.lines += 1;
        match amount {
            Some(amount) => listed.amount += amount,
            None => listed.unread += 1,
        }
    }

    /// Takes out the lines without a code if every code stands only once: they may belong to the
    /// code above them.
    pub(super) fn take_ungrouped(&mut self) -> Vec<(u64, Option<Money>)> {
        if self.groups.is_repeated || self.groups.seen.is_empty() {
            return Vec::new();
        }
        for (_, amount) in &self.blank {
            self.tally.lines -= 1;
            self.tally.amount -= amount.unwrap_or_default();
        }
        if !self.blank.is_empty() {
            self.codes.remove(BLANK);
        }
        std::mem::take(&mut self.blank)
    }

    pub(super) fn into_codes(self) -> Vec<OutsideCode> {
        self.codes.into_values().collect()
    }
}
