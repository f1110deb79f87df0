//! Finding the columns that a map names in a header, and the rules that look at them.

use std::cell::OnceCell;
use std::path::Path;
use std::sync::Arc;

use crate::import::extract::map::{MapRule, OutsideRule, Words};
use crate::import::extract::text::{cell, folded};
use crate::import::fault::{FaultKind, HeaderFault, InputError};
use crate::model::{ProjectRef, Vat};

/// The most characters of a column's name that are shown: it is shown for each of a million bad
/// lines.
const MAX_NAME_CHARS: usize = 60;

#[derive(Debug, Clone, Default)]
pub(super) struct NamedColumn {
    pub(super) index: usize,
    /// Its name as the header has it, for the errors of up to a million lines.
    pub(super) name: Arc<str>,
}

impl NamedColumn {
    pub(super) fn of<'a>(&self, cells: &'a [String]) -> &'a str {
        cell(cells, self.index)
    }
}

/// The cells of a row as rules compare them, each folded once, however many rules look at it.
pub(super) struct FoldedCells<'a> {
    cells: &'a [String],
    folded: Vec<OnceCell<String>>,
}

impl<'a> FoldedCells<'a> {
    pub(super) fn new(cells: &'a [String]) -> FoldedCells<'a> {
        FoldedCells {
            cells,
            folded: vec![OnceCell::new(); cells.len()],
        }
    }

    fn of(&self, column: &NamedColumn) -> &str {
        let cell = self.folded.get(column.index);
        cell.map_or("", |cell| {
            cell.get_or_init(|| folded(column.of(self.cells)))
        })
    }
}

/// Finds columns in one header, and collects the faults of all that it does not find.
pub(super) struct Finder<'a> {
    header: &'a [String],
    folded: Vec<String>,
    file: &'a Path,
    row: u64,
    faults: InputError,
}

impl<'a> Finder<'a> {
    pub(super) fn new(header: &'a [String], file: &'a Path, row: u64) -> Finder<'a> {
        Finder {
            header,
            folded: header.iter().map(|name| folded(name)).collect(),
            file,
            row,
            faults: InputError::default(),
        }
    }

    /// The column with one of these names; any column after a fault.
    pub(super) fn find(&mut self, names: &Words) -> NamedColumn {
        self.try_find(names).unwrap_or_else(|fault| {
            let fault = FaultKind::from(fault);
            // Many rules may look in one column.
            if !self.faults.faults.iter().any(|known| known.kind == fault) {
                self.faults.add(self.file, Some(self.row), fault);
            }
            NamedColumn::default()
        })
    }

    pub(super) fn end(self) -> Result<(), InputError> {
        self.faults.into_result()
    }

    /// The column with one of these names, if the map gives any.
    pub(super) fn find_named(&mut self, names: Option<&Words>) -> Option<NamedColumn> {
        names.map(|names| self.find(names))
    }

    /// The one column with the first of these names that any column has.
    pub(super) fn try_find(&self, names: &Words) -> Result<NamedColumn, HeaderFault> {
        for wanted in names.iter().map(folded) {
            let named = self.header.iter().zip(&self.folded).enumerate();
            let mut found = named
                .filter(|(_, (_, folded))| **folded == wanted)
                .map(|(index, (name, _))| (index, name));
            match (found.next(), found.next()) {
                (Some((index, name)), None) => {
                    let name: String = name.trim().chars().take(MAX_NAME_CHARS).collect();
                    let name = name.into();
                    return Ok(NamedColumn { index, name });
                }
                (Some((_, name)), Some(_)) => {
                    let name = name.trim().to_owned();
                    return Err(HeaderFault::RepeatedColumn { name });
                }
                _ => {}
            }
        }
        let present = self
            .header
            .iter()
            .map(|name| name.trim().to_owned())
            .filter(|name| !name.is_empty());
        Err(HeaderFault::MissingColumn {
            named: names.iter().map(str::to_owned).collect(),
            present: present.collect(),
        })
    }
}

/// A column found, and what a rule looks for in it.
pub(super) struct Matcher {
    pub(super) column: NamedColumn,
    words: Vec<String>,
    /// Whether a word must be the whole cell.
    pub(super) whole: bool,
}

impl Matcher {
    fn find(column: &Words, words: [&Option<Words>; 2], finder: &mut Finder<'_>) -> Matcher {
        let whole = words[0].is_some();
        let words = words.into_iter().flatten().flat_map(Words::iter);
        Matcher {
            column: finder.find(column),
            words: words.map(folded).collect(),
            whole,
        }
    }

    /// The matcher of lines outside the grant. A whole cell may be blank.
    pub(super) fn outside(rule: &OutsideRule, finder: &mut Finder<'_>) -> Matcher {
        let mut matcher = Matcher::find(&rule.column, [&rule.is, &rule.contains], finder);
        let whole = matcher.whole;
        matcher.words.retain(|word| whole || !word.is_empty());
        matcher
    }

    pub(super) fn takes(&self, cells: &FoldedCells<'_>) -> bool {
        let text = cells.of(&self.column);
        if self.whole {
            self.words.iter().any(|word| word == text)
        } else {
            self.words.iter().any(|word| text.contains(word.as_str()))
        }
    }
}

/// A rule with its columns found and its words as they are compared.
pub(super) struct Rule {
    pub(super) project: ProjectRef,
    pub(super) matcher: Matcher,
    /// The whole cells that it looks for, as the map has them.
    pub(super) codes: Vec<String>,
    /// The column of the cost to the grant, if it is another for this project.
    pub(super) amount: Option<NamedColumn>,
    /// What the amounts are, if it is something else for this project.
    pub(super) vat: Option<Vat>,
}

impl Rule {
    pub(super) fn find(rule: &MapRule, finder: &mut Finder<'_>) -> Rule {
        let mut matcher = Matcher::find(&rule.column, [&rule.is, &rule.contains], finder);
        matcher.words.retain(|word| !word.is_empty());
        let codes = rule.is.iter().flat_map(Words::iter);
        Rule {
            project: rule.project.0.clone(),
            matcher,
            codes: codes.map(|code| code.trim().to_owned()).collect(),
            amount: finder.find_named(rule.amount.as_ref()),
            vat: rule.vat.map(|vat| vat.0),
        }
    }
}
