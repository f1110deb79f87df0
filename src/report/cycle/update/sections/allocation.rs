//! The sections on the allocation of the year, and of the year after it.

use crate::document::english::overrides;
use crate::document::{Text, text};
use crate::report::cycle::update::report::UpdateReport;
use crate::report::cycle::update::sections::dates::due;
use crate::report::cycle::update::sections::section::Section;
use crate::report::money::pot::PotReport;

impl UpdateReport {
    pub(super) fn allocation(&self) -> Section {
        let (funder, partnership) = (self.opcc(), &self.partnership);
        let parties = text! {
            "The ", &self.grant, " comes from ", funder, " to ", partnership, "."
        };
        let sentences = [parties].into_iter().chain(allocation(&self.pots));
        Section::new("Allocation").says(sentences.chain(overrides(&self.overrides)))
    }

    pub(super) fn next_year(&self) -> Section {
        let next = self.pots.year.next();
        let section = Section::new(text!["Next year, ", next]);
        match &self.next {
            Some(next) => section.says(allocation(&next.pots)).with(due(&next.due)),
            None => section.says([text!["No allocation for ", next, " is on record yet."]]),
        }
    }

    /// The funder, and that it is the OPCC.
    fn opcc(&self) -> String {
        let funder = self.funder.trim();
        let article = if funder == "OPCC" || funder.starts_with("Office ") {
            "the "
        } else {
            ""
        };
        let mut words = funder.split(|letter: char| !letter.is_alphanumeric());
        let opcc = if words.any(|word| word == "OPCC") {
            ""
        } else {
            " (OPCC)"
        };
        format!("{article}{funder}{opcc}")
    }
}

/// What the OPCC allocated for a year, and whether that is confirmed.
fn allocation(pots: &PotReport) -> Vec<Text> {
    if pots.allocation.is_zero() {
        return vec![text!["No allocation for ", pots.year, " is on record yet."]];
    }
    let split = (!pots.names.is_one()).then(|| {
        text! {
            ": ", pots.upfront.allocated, " for the upfront pot and ", pots.tactical.allocated,
            " for the tactical pot"
        }
    });
    let allocation = text![
        "The allocation for ",
        pots.year,
        " is ",
        pots.allocation,
        split,
        "."
    ];
    let confirmed = if pots.confirmed {
        "The OPCC has confirmed it."
    } else {
        "The OPCC has not yet confirmed it."
    };
    vec![allocation, confirmed.into()]
}
