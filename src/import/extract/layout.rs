//! [`Layout`]: the columns of an extract that its map names, and what a row says in them.

use std::path::Path;

use crate::import::amount;
use crate::import::extract::columns::Rule;
use crate::import::extract::columns::{Finder, NamedColumn};
use crate::import::extract::map::{Map, Unmatched};
use crate::import::extract::text::{file_name, folded, on_one_line};
use crate::import::fault::{FaultKind, InputError, ProjectFault, RowFault, RuleMatch, ValueFault};
use crate::model::{ProjectRef, Vat};

/// The most columns that are listed for a line that no rule takes: a million lines may be bad.
const MAX_LISTED_COLUMNS: usize = 5;

/// The names of a last row that is a grand total.
const TOTALS: [&str; 5] = ["total", "totals", "total:", "grand total", "grand total:"];

pub(super) struct Layout {
    width: usize,
    pub(super) date: NamedColumn,
    /// The column of the amounts of all rows, whoever's they are.
    pub(super) amount: NamedColumn,
    supplier: Option<NamedColumn>,
    reference: Option<NamedColumn>,
    note: Option<NamedColumn>,
    project: Option<NamedColumn>,
    rules: Vec<Rule>,
    unmatched: Unmatched,
    vat: Vat,
    recurring: Vec<String>,
    file: String,
}

/// Whose a line is.
pub(super) enum Owner<'a> {
    /// A project's, by a rule of the map or by another way.
    Project(ProjectRef, Option<&'a Rule>),
    /// Nobody's in the grant.
    Outside,
}

impl Layout {
    pub(super) fn find(
        header: &[String],
        map: &Map,
        file: &Path,
        row: u64,
    ) -> Result<Layout, InputError> {
        let columns = &map.text.columns;
        let mut finder = Finder::new(header, file, row);
        let layout = Layout {
            width: header.len(),
            date: finder.find(&columns.date),
            amount: finder.find(&columns.amount),
            supplier: finder.find_named(columns.supplier.as_ref()),
            reference: finder.find_named(columns.reference.as_ref()),
            project: finder.find_named(columns.project.as_ref()),
            // A note is a help: an extract without it is read all the same.
            note: columns
                .note
                .as_ref()
                .and_then(|names| finder.try_find(names).ok()),
            rules: map
                .text
                .project
                .iter()
                .map(|rule| Rule::find(rule, &mut finder))
                .collect(),
            unmatched: map.text.unmatched.clone(),
            vat: map.text.vat.0,
            recurring: map.text.recurring.iter().map(|text| folded(text)).collect(),
            file: file_name(file),
        };
        finder.end()?;
        Ok(layout)
    }

    /// The column of the cost to the grant under a rule, or under none.
    pub(super) fn cost<'a>(&'a self, rule: Option<&'a Rule>) -> &'a NamedColumn {
        rule.and_then(|rule| rule.amount.as_ref())
            .unwrap_or(&self.amount)
    }

    /// What the amounts are under a rule, or under none.
    pub(super) fn vat(&self, rule: Option<&Rule>) -> Vat {
        rule.and_then(|rule| rule.vat).unwrap_or(self.vat)
    }

    pub(super) fn supplier(&self, cells: &[String]) -> Option<String> {
        filled(self.supplier.as_ref(), cells)
    }

    pub(super) fn reference(&self, cells: &[String]) -> Option<String> {
        filled(self.reference.as_ref(), cells)
    }

    /// What the line says in its note, and the row it stands in, so that the book can be compared
    /// with the file.
    pub(super) fn note(&self, cells: &[String], row: u64) -> String {
        let source = format!("{}, row {row}", self.file);
        match filled(self.note.as_ref(), cells) {
            Some(note) => format!("{note} ({source})"),
            None => source,
        }
    }

    /// Returns `true` if the row could be a grand total: an amount, with no day, supplier or
    /// reference, or named as a total.
    pub(super) fn is_total(&self, cells: &[String]) -> bool {
        let is_total = |text: &str| TOTALS.contains(&folded(text).as_str());
        let is_blank = |column: Option<&NamedColumn>| {
            column.is_none_or(|column| {
                let text = column.of(cells);
                text.trim().is_empty() || is_total(text)
            })
        };
        let has_no_day = is_blank(Some(&self.date)) || cells.iter().any(|cell| is_total(cell));
        has_no_day
            && is_blank(self.supplier.as_ref())
            && is_blank(self.reference.as_ref())
            && amount(self.amount.of(cells)).is_ok()
    }

    /// Returns `true` if the map says that this reference comes again.
    pub(super) fn is_recurring(&self, reference: Option<&str>) -> bool {
        reference.is_some_and(|reference| self.recurring.contains(&folded(reference)))
    }

    /// Checks that a row is no wider than the header: a comma too many moves what is behind it to
    /// another column. Blank cells at the end may be left out.
    pub(super) fn check_width(&self, cells: &[String]) -> Result<(), RowFault> {
        if cells.len() > self.width {
            Err(RowFault::Width {
                found: cells.len(),
                expected: self.width,
                spans_lines: false,
            })
        } else {
            Ok(())
        }
    }

    /// Whose a line is: by its own ref, by a rule, or else by what the map says of the rest.
    pub(super) fn owner(&self, cells: &[String]) -> Result<Owner<'_>, FaultKind> {
        if let Some(column) = &self.project {
            let text = column.of(cells).trim();
            if !text.is_empty() {
                let project = text
                    .parse()
                    .map_err(|error| ValueFault::new(&column.name, text, error))?;
                return Ok(Owner::Project(project, None));
            }
        }
        match (self.rule(cells)?, &self.unmatched) {
            (Some(rule), _) => Ok(Owner::Project(rule.project.clone(), Some(rule))),
            (None, Unmatched::Of(project)) => Ok(Owner::Project(project.clone(), None)),
            (None, Unmatched::Outside) => Ok(Owner::Outside),
            (None, Unmatched::Refuse) => Err(self.no_project(cells).into()),
        }
    }

    /// The first rule that takes a line; a fault if others give it to another project.
    fn rule(&self, cells: &[String]) -> Result<Option<&Rule>, ProjectFault> {
        let mut taking = self.rules.iter().filter(|rule| rule.takes(cells));
        let Some(first) = taking.next() else {
            return Ok(None);
        };
        match taking.find(|rule| rule.project != first.project) {
            None => Ok(Some(first)),
            Some(other) => {
                let found = |rule: &Rule| RuleMatch {
                    column: rule.column.name.to_string(),
                    found: rule.column.of(cells).trim().to_owned(),
                    project: rule.project.clone(),
                };
                Err(ProjectFault::Two(Box::new([found(first), found(other)])))
            }
        }
    }

    /// The fault of a line that no rule takes, with what the rules looked at.
    pub(super) fn no_project(&self, cells: &[String]) -> ProjectFault {
        let rules = self.rules.iter().map(|rule| &rule.column);
        let mut columns: Vec<&NamedColumn> = self.project.iter().chain(rules).collect();
        columns.sort_unstable_by_key(|column| column.index);
        columns.dedup_by_key(|column| column.index);
        let more = columns.len().saturating_sub(MAX_LISTED_COLUMNS);
        columns.truncate(MAX_LISTED_COLUMNS);
        let cell = |column: &NamedColumn| {
            let found = column.of(cells).trim().to_owned();
            (column.name.clone(), found)
        };
        ProjectFault::None {
            cells: columns.into_iter().map(cell).collect(),
            more,
        }
    }
}

/// The text of a column on one line, if there is any.
fn filled(column: Option<&NamedColumn>, cells: &[String]) -> Option<String> {
    let text = on_one_line(column?.of(cells));
    (!text.is_empty()).then_some(text)
}
