//! 360Giving JSON, version 1.4: one object with a list of grants.

use serde::Serialize;
use serde_json::value::RawValue;

use crate::model::Date;
use crate::report::{GivingGrant, GivingReport};

/// The version of the standard, as the file says it.
const VERSION: &str = "1.4";

#[derive(Serialize)]
struct Package<'a> {
    version: &'static str,
    grants: Vec<Grant<'a>>,
}

/// A grant under the standard's keys. What may occur several times is a list.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Grant<'a> {
    id: &'a str,
    title: &'a str,
    description: &'a str,
    currency: &'a str,
    amount_awarded: Box<RawValue>,
    award_date: Date,
    planned_dates: [PlannedDates; 1],
    #[serde(rename = "recipientOrganization")]
    recipient: [Organisation<'a>; 1],
    #[serde(rename = "fundingOrganization")]
    funder: [Organisation<'a>; 1],
    beneficiary_location: [Location<'a>; 1],
    grant_programme: [Programme<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PlannedDates {
    start_date: Date,
    end_date: Date,
}

#[derive(Serialize)]
struct Organisation<'a> {
    id: &'a str,
    name: &'a str,
}

#[derive(Serialize)]
struct Location<'a> {
    name: &'a str,
}

#[derive(Serialize)]
struct Programme<'a> {
    title: &'a str,
}

/// A year's grants as 360Giving JSON, with a line end at its end. Amounts are numbers with the digits
/// of the book, as the standard asks. Reports of this crate give no error.
pub fn giving_json(report: &GivingReport) -> Result<String, serde_json::Error> {
    let grants = report.rows.iter().map(Grant::new);
    let package = Package {
        version: VERSION,
        grants: grants.collect::<Result<_, _>>()?,
    };
    serde_json::to_string_pretty(&package).map(|text| text + "\n")
}

impl<'a> Grant<'a> {
    fn new(row: &'a GivingGrant) -> Result<Grant<'a>, serde_json::Error> {
        Ok(Grant {
            id: &row.id,
            title: &row.title,
            description: &row.description,
            currency: row.currency,
            amount_awarded: RawValue::from_string(row.amount_awarded.to_string())?,
            award_date: row.award_date,
            planned_dates: [PlannedDates {
                start_date: row.starts,
                end_date: row.ends,
            }],
            recipient: [Organisation {
                id: &row.recipient_id,
                name: &row.recipient,
            }],
            funder: [Organisation {
                id: &row.funder_id,
                name: &row.funder,
            }],
            beneficiary_location: [Location { name: &row.place }],
            grant_programme: [Programme {
                title: &row.programme,
            }],
        })
    }
}
