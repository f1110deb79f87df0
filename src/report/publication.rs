//! What is published about a year's grants, a file for each duty, and what is missing for it.

pub(crate) mod duty;
pub(crate) mod duty_report;
pub(crate) mod giving;
pub(crate) mod giving_prefix;
pub(crate) mod org_id;
pub(crate) mod published_grant;
pub(crate) mod specified_information;
pub(crate) mod transparency;

pub use duty::Duty;
pub use duty_report::{DutyReport, MissingFact};
pub use giving::{GivingGrant, GivingReport};
pub use giving_prefix::GivingPrefix;
pub use specified_information::{SpecifiedInformationReport, SpecifiedInformationRow};
pub use transparency::{TransparencyReport, TransparencyRow};
