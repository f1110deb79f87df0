//! [`Opened`]: a file with the one sheet chosen that its map can read, and what is said of the
//! others.

use std::path::Path;

use crate::import::extract::kind::FileType;
use crate::import::extract::layout::Layout;
use crate::import::extract::map::Map;
use crate::import::extract::source::{Contents, Source};
use crate::import::extract::template::Template;
use crate::import::extract::workbook;
use crate::import::extract::workbook::sheet::WorkbookSheet;
use crate::import::fault::{FaultKind, FileFault, HeaderFault, WorkbookFault};
use crate::report::SheetsRead;

/// A file that is ready to be read.
pub(super) struct Opened<'a> {
    pub(super) contents: Contents<'a>,
    /// The name of the sheet, if the file has any.
    pub(super) sheet: Option<String>,
    pub(super) choice: SheetsRead,
}

impl<'a> Opened<'a> {
    pub(super) fn open(file: &Path, bytes: &'a [u8], map: &Map) -> Result<Opened<'a>, FaultKind> {
        let separator = map.text.separator.map(|separator| separator.0.0);
        let sheet = map.text.sheet.as_deref();
        let mut opened = Opened::choose(bytes, separator, sheet, |contents| {
            fits(file, contents, map)
        })?;
        if map.text.template.is_some() {
            opened.leave_out_lists();
        }
        Ok(opened)
    }

    /// Opens a file at the sheet of this name, or else at the one that fits.
    pub(super) fn choose(
        bytes: &'a [u8],
        separator: Option<u8>,
        sheet: Option<&str>,
        fits: impl Fn(&Contents<'_>) -> bool,
    ) -> Result<Opened<'a>, FaultKind> {
        let file_type = FileType::of(bytes);
        if !file_type.is_workbook() {
            return Ok(Opened {
                contents: Contents::text(bytes, separator)?,
                sheet: None,
                choice: SheetsRead::default(),
            });
        }
        let mut sheets = workbook::sheets(bytes, file_type)?;
        let position = match sheet {
            Some(name) => workbook::position(&sheets, name)?,
            None => choose(&mut sheets, fits)?,
        };
        let choice = choice(&sheets, position);
        let sheet = sheets.swap_remove(position);
        Ok(Opened {
            contents: Contents::Sheet(sheet.rows?),
            sheet: Some(sheet.name),
            choice,
        })
    }
}

impl Opened<'_> {
    /// Says nothing of the sheet that a template has for choosing from.
    pub(super) fn leave_out_lists(&mut self) {
        let is_other = |name: &String| name != Template::LISTS;
        self.choice.unused.retain(is_other);
        self.choice.hidden.retain(is_other);
        if self.choice.unused.is_empty() && self.choice.hidden.is_empty() {
            self.choice.read = None;
        }
    }
}

/// What is said of the sheets.
fn choice(sheets: &[WorkbookSheet], position: usize) -> SheetsRead {
    let mut choice = SheetsRead {
        read: (sheets.len() > 1).then(|| sheets[position].name.clone()),
        hidden_rows: sheets[position].hidden_rows,
        ..SheetsRead::default()
    };
    let others = sheets.iter().enumerate().filter(|(it, _)| *it != position);
    for (_, sheet) in others {
        if sheet.rows.as_ref().is_ok_and(Vec::is_empty) {
            continue;
        }
        let names = if sheet.is_hidden {
            &mut choice.hidden
        } else {
            &mut choice.unused
        };
        names.push(sheet.name.clone());
    }
    choice
}

/// The one sheet that has the columns of the map and a row below them; else the first, which will
/// be refused with the reason.
fn choose(
    sheets: &mut [WorkbookSheet],
    fits: impl Fn(&Contents<'_>) -> bool,
) -> Result<usize, FaultKind> {
    let mut fitting: [Vec<usize>; 2] = Default::default();
    for (index, sheet) in sheets.iter_mut().enumerate() {
        let Ok(rows) = &mut sheet.rows else { continue };
        let contents = Contents::Sheet(std::mem::take(rows));
        if fits(&contents) {
            fitting[usize::from(sheet.is_hidden)].push(index);
        }
        if let Contents::Sheet(taken) = contents {
            *rows = taken;
        }
    }
    let names = |indices: &[usize]| {
        let names = indices.iter().map(|index| sheets[*index].name.clone());
        names.collect::<Vec<String>>()
    };
    match [&fitting[0][..], &fitting[1][..]] {
        [[only], _] => Ok(*only),
        [[], []] => Ok(sheets
            .iter()
            .position(|sheet| !sheet.is_hidden)
            .unwrap_or(0)),
        [[], hidden] => Err(WorkbookFault::OnlyHidden {
            names: names(hidden),
        }
        .into()),
        [several, _] => Err(WorkbookFault::SeveralSheets {
            names: names(several),
        }
        .into()),
    }
}

fn fits(file: &Path, contents: &Contents<'_>, map: &Map) -> bool {
    let mut source = Source::new(contents);
    let Ok(row) = find_header(&mut source, map.text.header) else {
        return false;
    };
    Layout::find(&source.cells, map, file, row).is_ok() && source.read() == Ok(true)
}

/// Reads up to the header, which is this row or else the first that is not blank. Returns its row.
pub(super) fn find_header(source: &mut Source<'_>, wanted: Option<u64>) -> Result<u64, FaultKind> {
    while source.read()? {
        let row = source.row;
        match wanted {
            Some(wanted) if row < wanted => {}
            Some(wanted) if row > wanted => {
                return Err(HeaderFault::BlankRow { row: wanted }.into());
            }
            _ => return Ok(row),
        }
    }
    Err(match wanted {
        Some(row) => HeaderFault::NoSuchRow { row }.into(),
        None => FileFault::Empty.into(),
    })
}
