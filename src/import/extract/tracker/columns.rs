//! [`Columns`]: the columns of a tracker's map, found in its header.

use std::path::Path;

use crate::import::extract::columns::{Finder, NamedColumn};
use crate::import::extract::tracker::map::Named;
use crate::import::fault::InputError;

/// The columns that a map names, where the header has them.
pub(super) struct Columns {
    pub(super) project: NamedColumn,
    pub(super) title: NamedColumn,
    pub(super) lead: NamedColumn,
    pub(super) pot: Option<NamedColumn>,
    pub(super) priorities: Option<NamedColumn>,
    pub(super) status: Option<NamedColumn>,
    pub(super) asked: NamedColumn,
    pub(super) approved: Option<NamedColumn>,
    pub(super) spent: Option<NamedColumn>,
    pub(super) proposed_on: Option<NamedColumn>,
    pub(super) decided_on: Option<NamedColumn>,
    pub(super) endorsed_on: Option<NamedColumn>,
    pub(super) submitted_on: Option<NamedColumn>,
    pub(super) approved_on: Option<NamedColumn>,
    pub(super) spent_on: Option<NamedColumn>,
    pub(super) ended_on: Option<NamedColumn>,
}

impl Columns {
    pub(super) fn find(
        header: &[String],
        named: &Named,
        file: &Path,
        row: u64,
    ) -> Result<Columns, InputError> {
        let mut finder = Finder::new(header, file, row);
        let columns = Columns {
            project: finder.find(&named.project),
            title: finder.find(&named.title),
            lead: finder.find(&named.lead),
            pot: finder.find_named(named.pot.as_ref()),
            priorities: finder.find_named(named.priorities.as_ref()),
            status: finder.find_named(named.status.as_ref()),
            asked: finder.find(&named.asked),
            approved: finder.find_named(named.approved.as_ref()),
            spent: finder.find_named(named.spent.as_ref()),
            proposed_on: finder.find_named(named.proposed_on.as_ref()),
            decided_on: finder.find_named(named.decided_on.as_ref()),
            endorsed_on: finder.find_named(named.endorsed_on.as_ref()),
            submitted_on: finder.find_named(named.submitted_on.as_ref()),
            approved_on: finder.find_named(named.approved_on.as_ref()),
            spent_on: finder.find_named(named.spent_on.as_ref()),
            ended_on: finder.find_named(named.ended_on.as_ref()),
        };
        finder.end()?;
        Ok(columns)
    }

    /// All columns that the map names.
    pub(super) fn all(&self) -> impl Iterator<Item = &NamedColumn> {
        let needed = [&self.project, &self.title, &self.lead, &self.asked];
        let others = [
            &self.pot,
            &self.priorities,
            &self.status,
            &self.approved,
            &self.spent,
            &self.proposed_on,
            &self.decided_on,
            &self.endorsed_on,
            &self.submitted_on,
            &self.approved_on,
            &self.spent_on,
            &self.ended_on,
        ];
        needed.into_iter().chain(others.into_iter().flatten())
    }
}
