//! [`FindOptions`]: which entries a list shows.

use clap::Args;
use crg::model::{CellFault, Column, Kind};
use crg::report::EntryFilter;
use crg::{Date, Error, ProjectRef};

use crate::context::day;

#[derive(Debug, Args)]
pub(crate) struct FindOptions {
    /// Only those of this project
    #[arg(long, value_name = "PROJECT")]
    project: Option<ProjectRef>,
    /// Only those paid to this supplier; part of the name will do
    #[arg(long, value_name = "NAME")]
    supplier: Option<String>,
    /// Only those with this in their reference
    #[arg(long, value_name = "TEXT")]
    reference: Option<String>,
    /// Only those of just this amount
    #[arg(long, value_name = "AMOUNT")]
    amount: Option<String>,
    /// Only those that take effect on this day or later
    #[arg(long, value_name = "DATE", value_parser = day)]
    from: Option<Date>,
    /// Only those that take effect on this day or before
    #[arg(long, value_name = "DATE", value_parser = day)]
    to: Option<Date>,
    /// Only payments of this cost category; part of it will do
    #[arg(long, value_name = "CATEGORY")]
    category: Option<String>,
    /// Only payments whose invoice is still to come
    #[arg(long)]
    accrued: bool,
    /// Only those with this in any text, or of this amount
    #[arg(long, value_name = "TEXT", alias = "find")]
    text: Option<String>,
    /// Only those of this type, such as spend or approve
    #[arg(long, value_name = "TYPE")]
    kind: Option<Kind>,
    /// Only those that this person recorded; part of the name will do
    #[arg(long, value_name = "NAME")]
    recorded_by: Option<String>,
    /// Only those recorded on this day or later, in UTC
    #[arg(long, value_name = "DATE", value_parser = day)]
    recorded_from: Option<Date>,
    /// Only those recorded on this day or before, in UTC
    #[arg(long, value_name = "DATE", value_parser = day)]
    recorded_to: Option<Date>,
}

impl FindOptions {
    pub(crate) fn filter(&self) -> Result<EntryFilter, Error> {
        let amount = self.amount.as_deref().map(|text| {
            text.parse().map_err(|error| {
                Error::Invalid(vec![CellFault::expected(Column::Amount, text, error)])
            })
        });
        Ok(EntryFilter {
            project: self.project.clone(),
            kind: self.kind,
            amount: amount.transpose()?,
            from: self.from,
            to: self.to,
            supplier: self.supplier.clone(),
            reference: self.reference.clone(),
            by: self.recorded_by.clone(),
            recorded_from: self.recorded_from,
            recorded_to: self.recorded_to,
            category: self.category.clone(),
            accrued: self.accrued,
            text: self.text.clone(),
        })
    }
}
