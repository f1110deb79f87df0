//! [`Ahead`]: an entry that lies ahead of the day asked about, and the figure with it.

use crate::document::{Text, counted, declare, text};
use crate::fold::{FoldError, Portfolio, PotName, PotNames};
use crate::model::{Date, Entry, EntryNumber, FinancialYear, Kind, Money, ProjectRef};

/// The most entries that are named one by one.
const MAX_NAMED: usize = 5;

declare! {
    /// An entry that takes effect after the day asked about. No figure of that day counts it; the
    /// views of the file do.
    pub struct Ahead {
        /// Its number.
        pub entry: EntryNumber,
        /// The grant year.
        pub year: FinancialYear,
        /// The day it takes effect.
        pub on: Date,
        /// Its kind.
        pub kind: Kind,
        /// The project it concerns.
        pub project: Option<ProjectRef>,
        /// The pot it concerns.
        pub pot: Option<PotName>,
        /// Its amount.
        pub amount: Option<Money>,
        /// The underspend still to return, with it and those before it.
        pub to_return: Money,
        /// Whether it changes that figure.
        #[serde(skip)]
        pub(crate) changes_figure: bool,
        /// Whether one before it does, which the figure includes.
        #[serde(skip)]
        pub(crate) follows: bool,
    }
}

impl Ahead {
    /// The entries that lie ahead, in fold order, on top of the figures of the day asked about.
    pub(crate) fn all(
        today: &Portfolio,
        pots: PotNames,
        entries: &[Entry],
    ) -> Result<Vec<Ahead>, FoldError> {
        let mut portfolio = today.clone();
        let mut found: Vec<Ahead> = Vec::new();
        for entry in entries {
            let before = portfolio.to_return();
            portfolio.apply(entry)?;
            let (event, to_return) = (&entry.event, portfolio.to_return());
            found.push(Ahead {
                entry: entry.number,
                year: entry.year,
                on: entry.on,
                kind: event.kind(),
                project: event.project().cloned(),
                pot: event.pot().map(|pot| pots.name(pot)),
                amount: event.amount(),
                to_return,
                changes_figure: before != to_return,
                follows: found.iter().any(|ahead| ahead.changes_figure),
            });
        }
        Ok(found)
    }

    /// What a reader must know of all that lies ahead: the first entries one by one, then how many
    /// more there are.
    pub fn sentences(all: &[Ahead]) -> Vec<Text> {
        let (named, more) = all.split_at(all.len().min(MAX_NAMED));
        let mut sentences: Vec<Text> = named.iter().map(Ahead::sentence).collect();
        if let Some(last) = more.last() {
            let there = match more {
                [_] => "There is ",
                _ => "There are ",
            };
            let (more, to_return) = (counted(more.len(), "more entry"), last.to_return);
            let dated = text![more, " dated after that: with all of them, "];
            sentences.push(text![there, dated, to_return, " is to return."]);
        }
        sentences
    }

    /// `Entry 20 (spend of £20.00 for P9) is dated 5 June 2036: with it, £480.00 is to return.`
    pub fn sentence(&self) -> Text {
        self.clause().sentence()
    }

    /// The same within a sentence.
    pub fn clause(&self) -> Text {
        let mut text = text![
            "entry ",
            self.entry,
            " (",
            self.what(),
            ") is dated ",
            self.on
        ];
        if self.changes_figure {
            let with_it = if self.follows {
                ": with it too, "
            } else {
                ": with it, "
            };
            text.push(text![with_it, self.to_return, " is to return"]);
        } else {
            text.push(" and does not count before that");
        }
        text
    }

    /// `spend of £20.00 for P9`.
    fn what(&self) -> Text {
        let mut text = text![self.kind.noun()];
        if let Some(amount) = self.amount {
            text.push(text![" of ", amount]);
        }
        match (&self.project, self.pot) {
            (Some(project), _) => text.push(text![" for ", project]),
            (None, Some(pot)) => text.push(text![" for the ", pot]),
            (None, None) => {}
        }
        text
    }
}

#[cfg(test)]
#[path = "../../tests/unit/ahead.rs"]
mod tests;
