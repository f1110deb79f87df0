//! [`Duty`]: a duty to publish grants, and the facts it asks for.

use crate::document::displayed;
use crate::model::{DetailField, keywords};

keywords! {
    /// A duty to publish a year's grants.
    Duty, DutyError, "360giving, transparency or specified-information" {
        /// The 360Giving Data Standard, which GOV.UK's tabular-data standard asks for.
        Giving = "360giving",
        /// The Local Government Transparency Code 2015.
        Transparency = "transparency",
        /// The Elected Local Policing Bodies (Specified Information) Order 2011.
        SpecifiedInformation = "specified-information",
    }
}

displayed! { Duty, DetailField }

impl Duty {
    /// Its name in a sentence.
    pub fn title(self) -> &'static str {
        match self {
            Duty::Giving => "360Giving",
            Duty::Transparency => "the Transparency Code",
            Duty::SpecifiedInformation => "the Specified Information Order",
        }
    }

    /// The facts that it asks for about each grant.
    pub(crate) fn facts(self) -> &'static [DetailField] {
        use DetailField as Field;
        match self {
            Duty::Giving => &[
                Field::Purpose,
                Field::Recipient,
                Field::RecipientId,
                Field::FunderId,
                Field::Starts,
                Field::Ends,
                Field::Place,
            ],
            Duty::Transparency => &[
                Field::Purpose,
                Field::Recipient,
                Field::RecipientId,
                Field::Department,
                Field::Starts,
                Field::Ends,
            ],
            Duty::SpecifiedInformation => &[
                Field::Purpose,
                Field::Recipient,
                Field::Conditions,
                Field::Reasons,
            ],
        }
    }
}
