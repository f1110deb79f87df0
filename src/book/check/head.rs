//! Whether the book still has the entry that was its last when a fingerprint was written down.

use crate::book::chain::{Chain, Position};
use crate::book::handle::Book;
use crate::error::Error;
use crate::model::{Checkpoint, Fingerprint};
use crate::report::{CheckReport, Finding};

impl Book {
    /// The check `head`: a fingerprint alone, or a note that also counts the entries.
    pub(super) fn check_head(
        &self,
        head: Fingerprint,
        note: Option<&Checkpoint>,
        chain: &Chain,
        report: &mut CheckReport,
    ) -> Result<(), Error> {
        let (looked_at, faults) = match note {
            Some(note) if chain.broken.is_none() => self.compare_with(note, chain)?,
            _ => self.head_position(head, chain)?,
        };
        report.add("head", Finding::Fault, looked_at, faults);
        Ok(())
    }

    /// How a sound book stands to a note: it extends it, is shorter, or forks before its end.
    fn compare_with(
        &self,
        note: &Checkpoint,
        chain: &Chain,
    ) -> Result<(String, Vec<String>), Error> {
        let there = chain.last.map_or(0, |(number, _)| number.0);
        let (noted, now) = (entries(note.entries), entries(there));
        let position = match chain.found {
            Some(Position::Start) => Some(0),
            Some(Position::Entry(number)) => Some(number.0),
            None => None,
        };
        let partnership = self.names()?.partnership;
        if position == Some(note.entries) && partnership == note.partnership {
            let scope = format!("extends the note: {noted} then, {now} now");
            return Ok((scope, Vec::new()));
        }
        let Checkpoint { fingerprint, .. } = note;
        let fault = if partnership != note.partnership {
            format!(
                "the note is of the book of {}, and this is the book of {partnership}",
                note.partnership
            )
        } else if let Some(position) = position {
            format!(
                "the note counts {noted}, but its fingerprint is that of entry {position}: the note \
                 was changed or copied wrongly"
            )
        } else if there < note.entries {
            format!("shorter: the note counts {noted}, and the book has {now}")
        } else {
            format!(
                "forks: the book has {now}, but its entry {} has another fingerprint than the note, \
                 {fingerprint}: an entry up to there was replaced, or the note was copied wrongly",
                note.entries
            )
        };
        Ok(("1 checkpoint note".into(), vec![fault]))
    }

    /// The position of a fingerprint in the sound part of the chain, or why it has none.
    fn head_position(
        &self,
        head: Fingerprint,
        chain: &Chain,
    ) -> Result<(String, Vec<String>), Error> {
        let fault = match chain.found {
            Some(Position::Start) => return Ok(("1 fingerprint, the start".into(), Vec::new())),
            Some(Position::Entry(number)) => {
                return Ok((format!("1 fingerprint, entry {number}"), Vec::new()));
            }
            None => match (self.store.entry_with(head)?, &chain.broken, chain.last) {
                (Some(entry), Some(broken), _) => {
                    format!("entry {entry} has it, but the chain breaks before that: {broken}")
                }
                (None, None, Some((last, _))) => format!(
                    "no entry has fingerprint {head}, although the chain is sound up to the last, \
                     entry {last}: it was copied wrongly, entries were replaced, or it belongs to \
                     another book"
                ),
                _ => format!(
                    "no entry has fingerprint {head}: an entry up to it was changed or is missing, \
                     or it belongs to another book"
                ),
            },
        };
        Ok(("1 fingerprint".into(), vec![fault]))
    }
}

fn entries(count: u32) -> String {
    match count {
        1 => "1 entry".to_owned(),
        count => format!("{count} entries"),
    }
}
