//! The section on what was decided.

use crate::document::english::{number, spelled};
use crate::document::{Table, Text, text};
use crate::model::Date;
use crate::report::cycle::update::report::UpdateReport;
use crate::report::cycle::update::sections::section::Section;

impl UpdateReport {
    pub(super) fn decided(&self) -> Section {
        let paper = self.since.zip(self.since_paper.as_ref());
        let last =
            paper.map(|(day, paper)| text!["The last paper was dated ", day, ": ", paper, "."]);
        let made = match (paper, self.since) {
            (Some(_), _) => " been made or recorded since",
            (None, Some(_)) => " been made since",
            (None, None) => " been made so far",
        };
        let made = match self.decisions.len() {
            0 if self.since.is_none() => "Nothing has been decided yet.".into(),
            count => {
                let have = if count > 1 { " have" } else { " has" };
                text![spelled(count, "decision"), have, made].sentence()
            }
        };
        let late = paper.and_then(|(day, _)| self.recorded_late(day));
        let sentences = [last, Some(made), late];
        Section {
            heading: match self.since {
                Some(since) => text!["Decisions since ", since],
                None => "Decisions".into(),
            },
            sentences: sentences.into_iter().flatten().collect(),
            table: Some(Table::of("Decisions", &self.decisions)),
        }
    }

    /// How many decisions dated up to the last paper's day were recorded after it.
    fn recorded_late(&self, day: Date) -> Option<Text> {
        let late = self.decisions.iter().filter(|row| row.on <= day).count();
        let which = match late {
            0 => return None,
            1 if self.decisions.len() == 1 => "It is".to_owned(),
            all if all == self.decisions.len() => "All of them are".to_owned(),
            1 => "One of them is".to_owned(),
            some => format!("{} of them are", number(some)),
        };
        let were = if late == 1 { "was" } else { "were" };
        let dated = " dated that day or earlier, and ";
        Some(text![which, dated, were, " recorded after the paper"].sentence())
    }
}
