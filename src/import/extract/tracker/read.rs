//! [`Tracker`]: a tracker as read.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::import::extract::label::{Label, label};
use crate::import::extract::limits::MAX_BYTES;
use crate::import::extract::opened::{Header, Opened, find_header};
use crate::import::extract::source::{Contents, Source, read_file};
use crate::import::extract::template::ExampleRow;
use crate::import::extract::text::file_name;
use crate::import::extract::tracker::cells::RowCells;
use crate::import::extract::tracker::columns::Columns;
use crate::import::extract::tracker::map::{Text, TrackerMap};
use crate::import::extract::tracker::row::TrackerRow;
use crate::import::fault::{FaultKind, InputError, ValueFault};
use crate::model::{FinancialYear, ProjectRef};
use crate::report::SheetsRead;

/// A tracker as read: a row for each project.
#[derive(Debug, Clone)]
pub struct Tracker {
    /// The file.
    pub file: PathBuf,
    /// The grant year that the map gives.
    pub year: Option<FinancialYear>,
    /// The projects, in the order of the rows.
    pub rows: Vec<TrackerRow>,
    /// The sheet that was read, and those that were not.
    pub sheets: SheetsRead,
    /// The row that shows how to fill in the template, which was not read.
    pub example: Option<u64>,
}

impl Tracker {
    /// Reads a tracker, CSV or a workbook. Totals are passed over.
    ///
    /// # Errors
    ///
    /// An [`InputError`] if the file cannot be read, its header lacks a column that the map names,
    /// or something is wrong with its cells: all of it is listed.
    pub fn read(file: &Path, map: &TrackerMap) -> Result<Tracker, InputError> {
        let fail = |kind: FaultKind| InputError::one(file, None, kind);
        let map = &map.text;
        let bytes = read_file(file, MAX_BYTES).map_err(|fault| fail(fault.into()))?;
        let separator = map.separator.map(|separator| separator.0.0);
        let fitting = |contents: &Contents<'_>| {
            let mut source = Source::new(contents);
            let columns = header(&mut source, map, file);
            columns.is_ok().then(|| Header::at(&source))
        };
        let mut opened = Opened::choose(&bytes, separator, map.sheet.as_deref(), false, fitting)
            .map_err(fail)?;
        if map.template.is_some() {
            opened.leave_out_lists();
        }
        let mut source = Source::new(&opened.contents);
        let columns = header(&mut source, map, file)?;
        let example_row = ExampleRow::find(map.template, &source.cells);
        let mut example = None;
        let mut faults = InputError::default();
        let (mut rows, mut known) = (Vec::new(), BTreeMap::new());
        while source
            .read()
            .map_err(|fault| InputError::one(file, Some(source.row), fault))?
        {
            if is_no_project(&source.cells, &columns) {
                continue;
            }
            let mut cells = RowCells::new(&source.cells);
            match example_row.is_at(&source.cells) {
                Ok(true) => {
                    example = Some(source.row);
                    continue;
                }
                Ok(false) => {}
                Err(fault) => cells.faults.push(fault),
            }
            let read = TrackerRow::read(source.row, &mut cells, &columns, map);
            let mut found = cells.faults;
            if let Some(read) = read {
                found.extend(repeated(&mut known, &read, &columns));
                rows.push(read);
            }
            for fault in found {
                faults.add(file, Some(source.row), fault);
            }
        }
        faults.into_result()?;
        let sheet = map.template.zip(opened.sheet.as_deref());
        let year_of_sheet = sheet.and_then(|(template, sheet)| template.year_of(sheet));
        Ok(Tracker {
            file: file.to_owned(),
            year: map.year.map(|year| year.0).or(year_of_sheet),
            example,
            rows,
            sheets: opened.choice,
        })
    }

    /// The sentences about what was not read.
    pub fn notes(&self) -> Vec<String> {
        let example = self
            .example
            .map(|row| format!("row {row} shows how to fill in the template, and is not imported"));
        self.sheets.notes().into_iter().chain(example).collect()
    }

    /// The file's name, without its folder.
    pub fn name(&self) -> String {
        file_name(&self.file)
    }
}

fn header(source: &mut Source<'_>, map: &Text, file: &Path) -> Result<Columns, InputError> {
    let fail = |kind: FaultKind| InputError::one(file, None, kind);
    let row = find_header(source, map.header).map_err(fail)?;
    if let Some(template) = map.template {
        template
            .check(&source.cells)
            .map_err(|fault| fail(fault.into()))?;
    }
    Columns::find(&source.cells, &map.columns, file, row)
}

/// Returns `true` if a row has no ref, and is a total or holds nothing in any column of the map.
fn is_no_project(cells: &[String], columns: &Columns) -> bool {
    let is_total = || {
        cells
            .iter()
            .any(|cell| label(cell, false) == Some(Label::Total))
    };
    let is_blank = || {
        columns
            .all()
            .all(|column| column.of(cells).trim().is_empty())
    };
    let reference = columns.project.of(cells).trim();
    let is_no_ref = reference.is_empty() || label(reference, false) == Some(Label::Total);
    is_no_ref && (is_total() || is_blank())
}

/// The fault of a row whose project an earlier row has.
fn repeated(
    known: &mut BTreeMap<ProjectRef, u64>,
    row: &TrackerRow,
    columns: &Columns,
) -> Option<ValueFault> {
    let earlier = known.insert(row.project.clone(), row.row)?;
    let expected = format!("a ref of one row only; row {earlier} has it too");
    Some(ValueFault::new(
        &columns.project.name,
        row.project.as_str(),
        expected,
    ))
}
