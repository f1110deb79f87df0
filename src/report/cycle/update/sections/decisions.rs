//! The section on what was decided.

use crate::document::english::{listed, number, spelled, stopped};
use crate::document::{Block, Table, Text, capital, text};
use crate::model::{Date, Kind};
use crate::report::cycle::update::decided::UpdateDecision;
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
        let heading = match self.since {
            Some(since) => text!["Decisions since ", since],
            None => "Decisions".into(),
        };
        let meetings = self.decisions.chunk_by(UpdateDecision::is_of_one_meeting);
        Section::new(heading)
            .says([last, Some(made), late].into_iter().flatten())
            .with(meetings.flat_map(meeting))
            .sheet(Table::of("Decisions", &self.decisions))
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

/// What one meeting or letter decided.
fn meeting(decisions: &[UpdateDecision]) -> Vec<Block> {
    let Some(first) = decisions.first() else {
        return Vec::new();
    };
    let reference = first.reference.as_ref();
    let reference = reference.map(|reference| text![" (", reference, ")"]);
    vec![
        Block::Numbered(text!["On ", first.on, reference, ":"]),
        Block::Points(points(decisions)),
    ]
}

/// A sentence for each move, and one for all that was decided in the same way for the same reasons.
fn points(decisions: &[UpdateDecision]) -> Vec<Text> {
    let (mut points, mut rest) = (Vec::new(), decisions);
    while let Some((first, after)) = rest.split_first() {
        if let Some((to, others)) = after.split_first().filter(|(to, _)| first.is_moved_to(to)) {
            points.push(first.moved_to(to));
            rest = others;
        } else {
            let alike = rest
                .iter()
                .take_while(|other| first.is_alike(other))
                .count();
            let (group, others) = rest.split_at(alike);
            points.push(first.describe(group));
            rest = others;
        }
    }
    points
}

impl UpdateDecision {
    /// Returns `true` if both were decided on one day and are written down in one place.
    fn is_of_one_meeting(&self, other: &UpdateDecision) -> bool {
        self.on == other.on && self.reference == other.reference
    }

    fn is_alike(&self, other: &UpdateDecision) -> bool {
        self.kind == other.kind && self.note == other.note
    }

    /// Returns `true` if what this decision took from a project the next one gave to another.
    fn is_moved_to(&self, next: &UpdateDecision) -> bool {
        let follows = self.entry.0.checked_add(1) == Some(next.entry.0);
        let kinds = (self.kind, next.kind) == (Kind::Reduce, Kind::Increase);
        follows && kinds && self.amount == next.amount && self.note == next.note
    }

    /// `Moved: £700.00 from one project to another.`
    fn moved_to(&self, to: &UpdateDecision) -> Text {
        text! {
            "Moved: ", self.amount, " from ", self.name(), " to ", to.name(), ".", self.reasons()
        }
    }

    /// `Approved: a project (P09, £5,595.00) and another (P10, £1,950.00).`
    fn describe(&self, alike: &[UpdateDecision]) -> Text {
        let what = listed(alike.iter().map(UpdateDecision::with_amount));
        text![capital(self.decision), ": ", what, ".", self.reasons()]
    }

    /// The reasons, as a sentence after another one.
    fn reasons(&self) -> Option<Text> {
        let note = self.note.as_ref()?;
        Some(text![" ", stopped(note)])
    }

    fn name(&self) -> Text {
        let project = self.project.as_ref();
        let project = project.map(|project| text![" (", project, ")"]);
        text![&self.of, project]
    }

    fn with_amount(&self) -> Text {
        let facts = self.project.as_ref().map(|project| text![project]);
        let facts = facts.into_iter().chain(self.amount.map(Text::from));
        let facts = Text::join(facts, ", ");
        let facts = (!facts.is_empty()).then(|| text![" (", facts, ")"]);
        text![&self.of, facts]
    }
}
