//! What trackers call how far a project has come.

use std::collections::BTreeMap;

use crate::import::extract::map::Parsed;
use crate::import::extract::text::folded;
use crate::model::Stage;

/// Usual words beside the program's own.
const WORDS: [(Stage, &str); 7] = [
    (Stage::Proposed, "new, requested, bid received, pending"),
    (Stage::Recommended, "supported"),
    (Stage::Submitted, "with opcc, sent to opcc"),
    (
        Stage::Approved,
        "awarded, live, ongoing, in progress, in delivery, delivering, underway",
    ),
    (Stage::Complete, "completed, delivered, finished, closed"),
    (Stage::Declined, "not supported"),
    (Stage::Withdrawn, "cancelled"),
];

/// The stage that a status means, by the map's own words first.
pub(super) fn stage(text: &str, own: &BTreeMap<String, Parsed<Stage>>) -> Option<Stage> {
    let text = folded(text);
    let own = own.iter().find(|(word, _)| folded(word) == text);
    let usual = || {
        WORDS
            .iter()
            .find(|(_, words)| words.split(", ").any(|word| word == text))
            .map(|(stage, _)| *stage)
    };
    own.map(|(_, stage)| stage.0)
        .or_else(|| text.parse().ok())
        .or_else(usual)
}
