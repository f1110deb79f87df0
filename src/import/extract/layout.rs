//! [`Layout`]: the columns of an extract that its map names, and what a row says in them.

use std::path::Path;

use crate::import::extract::amounts::AmountColumns;
use crate::import::extract::columns::{Finder, FoldedCells, Matcher, NamedColumn, Rule};
use crate::import::extract::gross::GrossCheck;
use crate::import::extract::label::{Label, label};
use crate::import::extract::lookalikes::Lookalikes;
use crate::import::extract::map::{Map, Unmatched};
use crate::import::extract::template::ExampleRow;
use crate::import::extract::text::{file_name, folded, on_one_line};
use crate::import::fault::{FaultKind, InputError, ProjectFault, RowFault, RuleMatch, ValueFault};
use crate::model::{ProjectRef, Vat};
use crate::rules::Place;

/// The most columns that are listed for a line that no rule takes: a million lines may be bad.
const MAX_LISTED_COLUMNS: usize = 5;

pub(super) struct Layout {
    width: usize,
    header: Vec<String>,
    pub(super) date: NamedColumn,
    /// Where the amounts of all rows are, whoever's they are.
    pub(super) amount: AmountColumns,
    supplier: Option<NamedColumn>,
    reference: Option<NamedColumn>,
    category: Option<NamedColumn>,
    note: Option<NamedColumn>,
    project: Option<NamedColumn>,
    pub(super) rules: Vec<Rule>,
    /// The rules of lines that are outside the grant.
    outside: Vec<Matcher>,
    /// The columns that are filled from the rows above.
    pub(super) fill_down: Vec<NamedColumn>,
    unmatched: Unmatched,
    /// Whether lines outside the grant are kept.
    pub(super) is_shared: bool,
    vat: Vat,
    vat_column: Option<NamedColumn>,
    pub(super) example: ExampleRow,
    recurring: Vec<String>,
    file: String,
}

/// What a row is that is no payment but has an amount.
pub(super) enum Summary {
    /// It says that it is a total.
    Total,
    /// It says that it is a balance.
    Balance,
    /// It has neither a day nor a supplier nor a reference.
    Unlabelled,
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
        if let Some(template) = map.text.template {
            template
                .check(header)
                .map_err(|fault| InputError::one(file, None, fault))?;
        }
        let columns = &map.text.columns;
        let mut finder = Finder::new(header, file, row);
        let layout = Layout {
            width: header.len(),
            header: header.to_vec(),
            date: finder.find(&columns.date),
            amount: AmountColumns::find(columns, &mut finder),
            supplier: finder.find_named(columns.supplier.as_ref()),
            reference: finder.find_named(columns.reference.as_ref()),
            category: finder.find_named(columns.category.as_ref()),
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
            outside: map
                .text
                .outside
                .iter()
                .map(|rule| Matcher::outside(rule, &mut finder))
                .collect(),
            fill_down: map
                .text
                .fill_down
                .iter()
                .map(|names| finder.find(names))
                .collect(),
            unmatched: map.text.unmatched.clone(),
            is_shared: map.text.is_shared,
            vat: map.text.vat.0,
            vat_column: finder.find_named(columns.vat.as_ref()),
            example: ExampleRow::find(map.text.template, header),
            recurring: map.text.recurring.iter().map(|text| folded(text)).collect(),
            file: file_name(file),
        };
        finder.end()?;
        Ok(layout)
    }

    /// What the amount of a row is: as the row says, or else as its rule or the map does.
    pub(super) fn vat(&self, rule: Option<&Rule>, cells: &[String]) -> Result<Vat, ValueFault> {
        let text = self.vat_column.as_ref().map(|column| column.of(cells));
        match (&self.vat_column, text.map(folded).unwrap_or_default()) {
            (Some(column), text) if !text.is_empty() => text
                .parse()
                .map_err(|expected| ValueFault::new(&column.name, &text, expected)),
            _ => Ok(rule.and_then(|rule| rule.vat).unwrap_or(self.vat)),
        }
    }

    pub(super) fn supplier(&self, cells: &[String]) -> Option<String> {
        filled(self.supplier.as_ref(), cells)
    }

    pub(super) fn reference(&self, cells: &[String]) -> Option<String> {
        filled(self.reference.as_ref(), cells)
    }

    pub(super) fn category(&self, cells: &[String]) -> Option<String> {
        filled(self.category.as_ref(), cells)
    }

    /// What the line says in its note, and the row it stands in, so that the book can be compared
    /// with the file.
    pub(super) fn note(&self, cells: &[String], place: &Place) -> String {
        let source = format!("{}, {place}", self.file);
        match filled(self.note.as_ref(), cells) {
            Some(note) => format!("{note} ({source})"),
            None => source,
        }
    }

    /// What a row is that has an amount, if it is no payment: it has no supplier and no reference,
    /// and either says that it is a total, or has no day.
    pub(super) fn summary(&self, cells: &[String]) -> Option<Summary> {
        let date = self.date.of(cells);
        let has_day = !date.trim().is_empty() && label(date, false).is_none();
        let is_blank = |column: Option<&NamedColumn>| {
            column.is_none_or(|column| {
                let text = column.of(cells);
                text.trim().is_empty() || label(text, has_day).is_some()
            })
        };
        if !is_blank(self.supplier.as_ref()) || !is_blank(self.reference.as_ref()) {
            return None;
        }
        match cells.iter().find_map(|cell| label(cell, has_day)) {
            Some(Label::Total) => Some(Summary::Total),
            Some(Label::Balance) => Some(Summary::Balance),
            None => (!has_day).then_some(Summary::Unlabelled),
        }
    }

    /// Returns `true` if a row is the header once more.
    pub(super) fn repeats_header(&self, cells: &[String]) -> bool {
        let date = self.date.of(cells);
        let may_be = date.starts_with(|c: char| !c.is_ascii_digit());
        may_be
            && cells
                .iter()
                .zip(&self.header)
                .all(|(cell, name)| cell.trim().is_empty() || folded(cell) == folded(name))
    }

    /// Returns `true` if a row has neither a day nor an amount, a supplier or a reference.
    pub(super) fn is_heading(&self, cells: &[String]) -> bool {
        let is_blank = |column: Option<&NamedColumn>| {
            column.is_none_or(|column| column.of(cells).trim().is_empty())
        };
        self.amount.is_blank(cells)
            && is_blank(Some(&self.date))
            && is_blank(self.supplier.as_ref())
            && is_blank(self.reference.as_ref())
    }

    /// The column whose codes say whose a line is.
    fn code_column(&self) -> Option<&NamedColumn> {
        let rules = self.rules.iter().map(|rule| &rule.matcher);
        let mut matchers = rules.chain(&self.outside).peekable();
        let first = matchers.peek().copied();
        matchers
            .find(|matcher| matcher.whole)
            .or(first)
            .map(|matcher| &matcher.column)
            .or(self.project.as_ref())
    }

    /// The code of a row.
    pub(super) fn code<'a>(&self, cells: &'a [String]) -> Option<&'a str> {
        self.code_column().map(|column| column.of(cells).trim())
    }

    /// The name of the column of codes.
    pub(super) fn code_name(&self) -> String {
        let column = self.code_column();
        column.map_or_else(String::new, |column| column.name.to_string())
    }

    /// A check of amounts that the map calls net, if another column can tell.
    pub(super) fn gross_check(&self) -> Option<GrossCheck> {
        let is_net = self.vat == Vat::Net && self.vat_column.is_none();
        let column = self.amount.only().filter(|_| is_net)?;
        GrossCheck::new(column, &self.header)
    }

    /// Takes rows to be so much wider than the header.
    pub(super) fn widen(&mut self, cells: usize) {
        self.width += cells;
    }

    /// The cells behind the last column of the header.
    pub(super) fn behind<'a>(&self, cells: &'a [String]) -> &'a [String] {
        cells.get(self.width..).unwrap_or_default()
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
    pub(super) fn owner(
        &self,
        cells: &[String],
        lookalikes: &mut Lookalikes,
    ) -> Result<Owner<'_>, FaultKind> {
        if let Some(column) = &self.project {
            let text = column.of(cells).trim();
            if !text.is_empty() {
                let project = text
                    .parse()
                    .map_err(|error| ValueFault::new(&column.name, text, error))?;
                return Ok(Owner::Project(project, None));
            }
        }
        if let Some(rule) = self.rule(cells)? {
            return Ok(Owner::Project(rule.project.clone(), Some(rule)));
        }
        if self.is_named_outside(cells) {
            return Ok(Owner::Outside);
        }
        if let Some(fault) = lookalikes.fault(cells) {
            return Err(fault.into());
        }
        match &self.unmatched {
            Unmatched::Of(project) => Ok(Owner::Project(project.clone(), None)),
            Unmatched::Outside => Ok(Owner::Outside),
            Unmatched::Refuse => Err(self.no_project(cells).into()),
        }
    }

    /// Returns `true` if a rule says that a line is outside the grant.
    pub(super) fn is_named_outside(&self, cells: &[String]) -> bool {
        let cells = FoldedCells::new(cells);
        self.outside.iter().any(|rule| rule.takes(&cells))
    }

    /// The first rule that takes a line; a fault if others give it to another project.
    fn rule(&self, cells: &[String]) -> Result<Option<&Rule>, ProjectFault> {
        let folded = FoldedCells::new(cells);
        let takes = |rule: &&Rule| rule.matcher.takes(&folded);
        let mut taking = self.rules.iter().filter(takes);
        let Some(first) = taking.next() else {
            return Ok(None);
        };
        match taking.find(|rule| rule.project != first.project) {
            None => Ok(Some(first)),
            Some(other) => {
                let found = |rule: &Rule| RuleMatch {
                    column: rule.matcher.column.name.to_string(),
                    found: rule.matcher.column.of(cells).trim().to_owned(),
                    project: rule.project.clone(),
                };
                Err(ProjectFault::Two(Box::new([found(first), found(other)])))
            }
        }
    }

    /// The fault of a line that no rule takes, with what the rules looked at.
    pub(super) fn no_project(&self, cells: &[String]) -> ProjectFault {
        let rules = self.rules.iter().map(|rule| &rule.matcher.column);
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
