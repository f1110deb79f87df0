//! [`YearHead`]: the year that a report is about, and how it is seen.

use crate::document::english::unless_confirmed;
use crate::document::{Head, Part, Text, declare, text};
use crate::fold::{Lens, PotNames, YearView};
use crate::model::FinancialYear;

declare! {
    /// The year that a report is about, and how it is seen.
    #[derive(Copy)]
    pub struct YearHead {
        /// The year.
        pub year: FinancialYear,
        /// The day, and the moment of knowledge.
        #[serde(flatten)]
        pub lens: Lens,
        /// Whether the OPCC has confirmed the year.
        pub confirmed: bool,
        /// What its pots are called.
        #[serde(skip)]
        pub(crate) pots: PotNames,
    }
}

impl YearHead {
    pub(crate) fn new(view: &YearView) -> YearHead {
        YearHead {
            year: view.year(),
            lens: view.lens,
            confirmed: view.portfolio.confirmed,
            pots: view.pots,
        }
    }

    /// The head of a report whose title begins with some words and the year.
    pub(crate) fn titled(&self, words: &str) -> Head {
        self.with_title(text![words, self.year], "")
    }

    /// The head of a report on a subject. The state of the year or the time left, if the title
    /// says it, stands after the day.
    pub(crate) fn with_title(&self, subject: impl Part, state: impl Part) -> Head {
        let confirmed = unless_confirmed(self.confirmed);
        let title = text![subject, ", ", self.lens, state, confirmed];
        seen(self.lens, title).of(self.year)
    }

    /// The head of a report that is dated by its subject, whatever day was asked about.
    pub(crate) fn dated(&self, subject: impl Part) -> Head {
        let known_at = self.lens.known_at;
        let known_at = known_at.map(|moment| text![", as known at ", moment]);
        let confirmed = unless_confirmed(self.confirmed);
        seen(self.lens, text![subject, known_at, confirmed]).of(self.year)
    }
}

/// The head of a report that is seen through a lens.
pub(crate) fn seen(lens: Lens, title: Text) -> Head {
    Head {
        title,
        as_at: Some(lens.as_at),
        year: None,
    }
}

impl Head {
    /// The same of one grant year.
    pub(crate) fn of(self, year: FinancialYear) -> Head {
        let year = Some(year);
        Head { year, ..self }
    }
}
