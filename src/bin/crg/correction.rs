//! What a correction moves anew.

use crg::book::Recorded;
use crg::{Entry, Kind};

/// What moves another amount than before, because what was left was worked out anew.
pub(crate) fn worked_out_anew(recorded: &Recorded) -> Vec<String> {
    let is_left = |entry: &&Entry| matches!(entry.event.kind(), Kind::Withdraw | Kind::Release);
    let same = |one: &Entry, other: &Entry| {
        (one.event.kind(), one.event.project()) == (other.event.kind(), other.event.project())
    };
    let note = |new: &Entry| {
        let old = recorded.named.iter().find(|old| same(old, new))?;
        let (was, is) = (old.event.amount()?, new.event.amount()?);
        let noun = new.event.kind().noun();
        (was != is).then(|| {
            let (old, new, was, is) = (old.number, new.number, was.pounds(), is.pounds());
            format!("entry {new}, {noun}, moves {is}, worked out anew; entry {old} moved {was}")
        })
    };
    recorded
        .entries
        .iter()
        .filter(is_left)
        .filter_map(note)
        .collect()
}
