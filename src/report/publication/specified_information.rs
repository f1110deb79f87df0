//! [`SpecifiedInformationReport`]: a year's grants as the Specified Information Order 2011 asks.

use crate::document::{Head, Report, Table, declare};
use crate::fold::YearView;
use crate::model::{DetailField, Money};
use crate::report::head::YearHead;
use crate::report::publication::published_grant::PublishedGrant;

declare! {
    /// A year's grants, as a police and crime commissioner publishes its crime and disorder
    /// reduction grants.
    pub struct SpecifiedInformationReport {
        /// The year.
        #[serde(flatten)]
        pub head: YearHead,
        /// One row per project that has an award.
        pub rows: Vec<SpecifiedInformationRow>,
    }

    /// One grant.
    pub row SpecifiedInformationRow {
        /// Who receives it.
        pub recipient: Option<String> => shown("Recipient"),
        /// The award, as varied and less what was withdrawn.
        pub amount: Money => total("Amount"),
        /// What it is for.
        pub purpose: Option<String> => shown("Purpose"),
        /// The conditions attached to it.
        pub conditions: Option<String> => shown("Conditions"),
        /// Why it reduces crime and disorder.
        pub reasons: Option<String> => shown("Reasons"),
    }
}

impl SpecifiedInformationReport {
    /// The grants of a year. The view holds at least what moves pots, and the details.
    pub fn new(view: &YearView) -> SpecifiedInformationReport {
        let grants = PublishedGrant::all(view);
        SpecifiedInformationReport {
            head: YearHead::new(view),
            rows: grants.iter().map(SpecifiedInformationRow::new).collect(),
        }
    }
}

impl SpecifiedInformationRow {
    fn new(grant: &PublishedGrant) -> SpecifiedInformationRow {
        SpecifiedInformationRow {
            recipient: grant.text(DetailField::Recipient),
            amount: grant.project.award,
            purpose: grant.text(DetailField::Purpose),
            conditions: grant.text(DetailField::Conditions),
            reasons: grant.text(DetailField::Reasons),
        }
    }
}

impl Report for SpecifiedInformationReport {
    fn head(&self) -> Head {
        self.head.titled("Crime and disorder reduction grants of ")
    }

    fn data(&self) -> Table {
        Table::of("", &self.rows)
    }
}
