//! [`Cover`] and [`Return`]: whose return it is, and for which days.

use crate::document::{Report, Text, declare};
use crate::fold::YearView;
use crate::model::{Date, DetailField, Names};

declare! {
    /// Whose return it is, and for which days.
    pub struct Cover {
        /// Who returns it to whom, for which grant.
        #[serde(skip)]
        pub(crate) names: Names,
        /// The funder's reference for the grant; none if it is not on record.
        pub grant_reference: Option<String>,
        /// The first day it is about.
        pub from: Date,
        /// The last day it is about.
        pub to: Date,
    }
}

impl Cover {
    /// The cover of a return about some days of a year.
    pub(crate) fn new(view: &YearView, from: Date, to: Date) -> Cover {
        let details = &view.portfolio.details;
        Cover {
            names: view.names.clone(),
            grant_reference: details.get(&DetailField::GrantReference).cloned(),
            from,
            to,
        }
    }
}

/// A report that goes to the funder, and that may be signed.
pub trait Return: Report {
    /// Whose return it is, and for which days.
    fn cover(&self) -> &Cover;

    /// What else identifies it, each with its name.
    fn facts(&self) -> Vec<(&'static str, Text)> {
        Vec::new()
    }
}
