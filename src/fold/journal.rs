//! [`Lens`] and [`standing`]: which entries count, and in which order.

use std::collections::HashSet;
use std::fmt;

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::{Date, Entry, Event, Moment};

/// The view of the journal on a day, as it was known at a moment.
///
/// ```
/// use crg::fold::Lens;
///
/// let lens = Lens::at("2025-07-23".parse()?);
/// assert_eq!(lens.to_string(), "as at 2025-07-23");
/// # Ok::<(), crg::model::DateError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Lens {
    /// Only what takes effect on or before this day.
    pub as_at: Date,
    /// Only what was recorded by this moment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub known_at: Option<Moment>,
}

impl Lens {
    /// The view on a day, with everything that is known now.
    pub fn at(as_at: Date) -> Lens {
        Lens {
            as_at,
            known_at: None,
        }
    }

    /// Returns `true` if the entry was on record by the moment of knowledge.
    pub fn knows(&self, entry: &Entry) -> bool {
        self.known_at.is_none_or(|moment| entry.recorded <= moment)
    }

    /// Returns `true` if the entry was known and had taken effect. Reversals are not considered
    /// here; see [`standing`].
    pub fn shows(&self, entry: &Entry) -> bool {
        self.knows(entry) && entry.on <= self.as_at
    }
}

impl fmt::Display for Lens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "as at {}", self.as_at)?;
        match self.known_at {
            Some(moment) => write!(f, ", as known at {moment}"),
            None => Ok(()),
        }
    }
}

/// The entries that count through the lens, in fold order: by the day they take effect, then in the
/// order recorded. A reversed entry and its reversal are both left out; before the reversal was
/// recorded, the entry still counts.
pub fn standing(mut entries: Vec<Entry>, lens: Lens) -> Vec<Entry> {
    entries.retain(|entry| lens.knows(entry));
    let reversed: HashSet<_> = entries
        .iter()
        .filter_map(|entry| match entry.event {
            Event::Reverse { entry } => Some(entry),
            _ => None,
        })
        .collect();
    entries.retain(|entry| {
        let is_reversal = matches!(entry.event, Event::Reverse { .. });
        !is_reversal && !reversed.contains(&entry.number) && lens.shows(entry)
    });
    entries.sort_by_key(Entry::position);
    entries
}
