//! The section on proposals still to be decided.

use crate::document::english::spelled;
use crate::document::{Table, Text, text};
use crate::report::cycle::update::report::UpdateReport;
use crate::report::cycle::update::sections::section::Section;

impl UpdateReport {
    pub(super) fn pending(&self) -> Section {
        let asked = self.pipeline;
        let mut sentences = vec![match self.proposed.len() {
            0 => "No proposal is pending.".into(),
            1 => text!["One proposal is pending, and asks for ", asked, "."],
            count => {
                let proposals = spelled(count, "proposal");
                text![proposals, " are pending, and ask for ", asked, " in total"].sentence()
            }
        }];
        sentences.extend(self.if_approved());
        Section::new("Proposals")
            .says(sentences)
            .table(Table::of("Proposed", &self.proposed))
    }

    /// What approval of all that is pending would leave. Before the release this is said for both
    /// pots together: no tactical proposal is approved before it, and what is then left upfront
    /// passes over. After it, the tactical pot pays for all.
    fn if_approved(&self) -> Vec<Text> {
        if self.pipeline.is_zero() || self.pots.allocation.is_zero() || self.has_ended() {
            return Vec::new();
        }
        let all = if self.proposed.len() == 1 {
            "If it were approved, "
        } else {
            "If all were approved, "
        };
        let (upfront, tactical) = (&self.pots.upfront, &self.pots.tactical);
        let both = self.uncommitted_if_all_approved;
        let (left, pots) = if self.pots.names.is_one() {
            (both, "the pot")
        } else if tactical.open {
            (tactical.remaining_if_all_approved, "the tactical pot")
        } else {
            (both, "both pots together")
        };
        let left = match left {
            short if short.is_negative() => text![all, pots, " would be ", short.abs(), " short."],
            none if none.is_zero() => text![all, "nothing would be left in ", pots, "."],
            left => text![all, left, " would be left in ", pots, "."],
        };
        let upfront = upfront.remaining_if_all_approved;
        let alone = !tactical.open && !self.pots.names.is_one();
        let upfront = (alone && upfront.is_negative())
            .then(|| text!["The upfront pot alone would be ", upfront.abs(), " short."]);
        [left].into_iter().chain(upfront).collect()
    }
}
