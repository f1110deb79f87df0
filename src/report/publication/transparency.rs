//! [`TransparencyReport`]: a year's grants as the Local Government Transparency Code 2015 asks.

use crate::document::{Block, Head, Report, Table, declare, tables_and_notes, text};
use crate::fold::YearView;
use crate::model::{Date, DetailField, Money};
use crate::report::head::YearHead;
use crate::report::publication::org_id::registration_number;
use crate::report::publication::published_grant::PublishedGrant;

declare! {
    /// A year's grants, as a council publishes its grants to voluntary organisations.
    pub struct TransparencyReport {
        /// The year.
        #[serde(flatten)]
        pub head: YearHead,
        /// One row per project that has an award.
        pub rows: Vec<TransparencyRow>,
    }

    /// One grant.
    pub row TransparencyRow {
        /// The day it was approved.
        pub date: Date => shown("Date"),
        /// The first day that it is for.
        pub period_starts: Option<Date> => shown("Period from"),
        /// The last day that it is for.
        pub period_ends: Option<Date> => shown("Period to"),
        /// The department that awarded it.
        pub department: Option<String> => shown("Department"),
        /// Who receives it.
        pub beneficiary: Option<String> => shown("Beneficiary"),
        /// The beneficiary's number as a charity, company or mutual society.
        pub registration_number: Option<String> => shown("Registration number"),
        /// What it is for.
        pub purpose: Option<String> => shown("Purpose"),
        /// The award, as varied and less what was withdrawn.
        pub amount: Money => total("Amount"),
    }
}

impl TransparencyReport {
    /// The grants of a year. The view holds at least what moves pots, and the details.
    pub fn new(view: &YearView) -> TransparencyReport {
        let grants = PublishedGrant::all(view);
        TransparencyReport {
            head: YearHead::new(view),
            rows: grants.iter().map(TransparencyRow::new).collect(),
        }
    }
}

impl TransparencyRow {
    fn new(grant: &PublishedGrant) -> TransparencyRow {
        let org_id = grant.fact(DetailField::RecipientId);
        TransparencyRow {
            date: grant.awarded_on,
            period_starts: grant.day(DetailField::Starts),
            period_ends: grant.day(DetailField::Ends),
            department: grant.text(DetailField::Department),
            beneficiary: grant.text(DetailField::Recipient),
            registration_number: org_id.and_then(registration_number).map(str::to_owned),
            purpose: grant.text(DetailField::Purpose),
            amount: grant.project.award,
        }
    }
}

impl Report for TransparencyReport {
    fn head(&self) -> Head {
        self.head.titled("Grants for the Transparency Code, ")
    }

    fn data(&self) -> Table {
        Table::of("", &self.rows)
    }

    fn blocks(&self) -> Vec<Block> {
        let note = "The Code asks for grants to voluntary, community and social enterprise \
            organisations. This is every grant of the year.";
        tables_and_notes([self.data()], [text![note]])
    }
}
