//! [`GivingReport`]: a year's grants in the 360Giving Data Standard, version 1.4.

use crate::document::{Head, Report, Table, declare};
use crate::fold::YearView;
use crate::model::{Date, DetailField, Money};
use crate::report::head::YearHead;
use crate::report::publication::duty::Duty;
use crate::report::publication::duty_report::DutyReport;
use crate::report::publication::giving_prefix::GivingPrefix;
use crate::report::publication::published_grant::PublishedGrant;

/// The longest title that the standard's quality checks accept.
const MAX_TITLE_CHARS: usize = 140;

declare! {
    /// A year's grants, each with all that the standard asks for.
    pub struct GivingReport {
        /// The year.
        #[serde(flatten)]
        pub head: YearHead,
        /// One row per project that has an award.
        pub rows: Vec<GivingGrant>,
    }

    /// One grant. The columns have the titles of the standard's spreadsheet form.
    pub row GivingGrant {
        /// The publisher's prefix, the year and the ref.
        pub id: String => shown("Identifier") named "Identifier",
        /// The project's title, cut after 140 characters.
        pub title: String => shown("Title") named "Title",
        /// What the money is for.
        pub description: String => shown("Description") named "Description",
        /// Pounds sterling.
        pub currency: &'static str => shown("Currency") named "Currency",
        /// The award, as varied and less what was withdrawn.
        pub amount_awarded: Money => shown("Amount Awarded") named "Amount Awarded",
        /// The day it was approved.
        pub award_date: Date => shown("Award Date") named "Award Date",
        /// The planned first day.
        pub starts: Date => shown("Planned Dates:Start Date") named "Planned Dates:Start Date",
        /// The planned last day.
        pub ends: Date => shown("Planned Dates:End Date") named "Planned Dates:End Date",
        /// The recipient's organisation number.
        pub recipient_id: String
            => shown("Recipient Org:Identifier") named "Recipient Org:Identifier",
        /// Who receives the grant.
        pub recipient: String => shown("Recipient Org:Name") named "Recipient Org:Name",
        /// The funder's organisation number.
        pub funder_id: String => shown("Funding Org:Identifier") named "Funding Org:Identifier",
        /// The funder.
        pub funder: String => shown("Funding Org:Name") named "Funding Org:Name",
        /// Where it helps.
        pub place: String
            => shown("Beneficiary Location:Name") named "Beneficiary Location:Name",
        /// What the grant is called that the money comes from.
        pub programme: String => shown("Grant Programme:Title") named "Grant Programme:Title",
    }
}

impl GivingReport {
    /// The grants of a year. The view holds at least what moves pots, and the details.
    ///
    /// # Errors
    ///
    /// What is missing, if anything is.
    pub fn new(view: &YearView, prefix: &GivingPrefix) -> Result<GivingReport, DutyReport> {
        let missing = DutyReport::new(Duty::Giving, view);
        let grants = PublishedGrant::all(view).into_iter();
        let rows = grants.map(|grant| GivingGrant::new(&grant, view, prefix));
        match rows.collect::<Option<Vec<_>>>() {
            Some(rows) if missing.rows.is_empty() => Ok(GivingReport {
                head: YearHead::new(view),
                rows,
            }),
            _ => Err(missing),
        }
    }
}

impl GivingGrant {
    fn new(grant: &PublishedGrant, view: &YearView, prefix: &GivingPrefix) -> Option<GivingGrant> {
        let year = view.year().to_string().replace('/', "-");
        Some(GivingGrant {
            id: format!("{prefix}-{year}-{}", grant.reference),
            title: shortened(&grant.project.title),
            description: grant.text(DetailField::Purpose)?,
            currency: "GBP",
            amount_awarded: grant.project.award,
            award_date: grant.awarded_on,
            starts: grant.day(DetailField::Starts)?,
            ends: grant.day(DetailField::Ends)?,
            recipient_id: grant.text(DetailField::RecipientId)?,
            recipient: grant.text(DetailField::Recipient)?,
            funder_id: grant.text(DetailField::FunderId)?,
            funder: view.names.funder.clone(),
            place: grant.text(DetailField::Place)?,
            programme: view.names.grant.clone(),
        })
    }
}

/// A title that is not too long; one that was ends in an ellipsis.
fn shortened(title: &str) -> String {
    if title.chars().nth(MAX_TITLE_CHARS).is_none() {
        return title.to_owned();
    }
    let start: String = title.chars().take(MAX_TITLE_CHARS - 1).collect();
    format!("{}…", start.trim_end())
}

impl Report for GivingReport {
    fn head(&self) -> Head {
        self.head.titled("Grants of ")
    }

    fn data(&self) -> Table {
        Table::of("", &self.rows)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_title_that_is_too_long_is_cut() {
        let just = "é".repeat(140);
        assert_eq!(shortened(&just), just);
        assert_eq!(shortened(&"é".repeat(141)), "é".repeat(139) + "…");
    }
}
