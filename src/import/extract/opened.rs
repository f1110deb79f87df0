//! [`Opened`]: a file with the one sheet chosen that its map can read, and what is said of the
//! others.

use std::path::Path;

use crate::import::extract::joined::Joined;
use crate::import::extract::kind::FileType;
use crate::import::extract::layout::Layout;
use crate::import::extract::map::Map;
use crate::import::extract::source::{Contents, Source};
use crate::import::extract::template::Template;
use crate::import::extract::text::folded;
use crate::import::extract::workbook;
use crate::import::extract::workbook::sheet::WorkbookSheet;
use crate::import::fault::{FaultKind, FileFault, HeaderFault, WorkbookFault};
use crate::report::SheetsRead;

/// A file that is ready to be read.
pub(super) struct Opened<'a> {
    pub(super) contents: Contents<'a>,
    /// The name of the sheet, if the file has any.
    pub(super) sheet: Option<String>,
    /// The sheets that are read as one, if there are several.
    pub(super) joined: Joined,
    pub(super) choice: SheetsRead,
}

/// The header of a sheet that fits.
#[derive(Default)]
pub(super) struct Header {
    row: u64,
    /// Its names, as they are compared.
    names: Vec<String>,
}

impl Header {
    /// The row that was read last.
    pub(super) fn at(source: &Source<'_>) -> Header {
        Header {
            row: source.row,
            names: source.cells.iter().map(|name| folded(name)).collect(),
        }
    }
}

impl<'a> Opened<'a> {
    /// Opens an extract. Sheets that fit and have the same header are read as one.
    pub(super) fn open(file: &Path, bytes: &'a [u8], map: &Map) -> Result<Opened<'a>, FaultKind> {
        let separator = map.text.separator.map(|separator| separator.0.0);
        let sheet = map.text.sheet.as_deref();
        let header = |contents: &Contents<'_>| header(file, contents, map);
        let mut opened = Opened::choose(bytes, separator, sheet, true, header)?;
        if map.text.template.is_some() {
            opened.leave_out_lists();
        }
        Ok(opened)
    }

    /// Opens a file at the sheet of this name, or else at the one that fits; or at all that do and
    /// have the same header, if they may be joined.
    pub(super) fn choose(
        bytes: &'a [u8],
        separator: Option<u8>,
        sheet: Option<&str>,
        may_join: bool,
        header: impl Fn(&Contents<'_>) -> Option<Header>,
    ) -> Result<Opened<'a>, FaultKind> {
        let file_type = FileType::of(bytes);
        if !file_type.is_workbook() {
            return Ok(Opened {
                contents: Contents::text(bytes, separator)?,
                sheet: None,
                joined: Joined::default(),
                choice: SheetsRead::default(),
            });
        }
        let mut sheets = workbook::sheets(bytes, file_type)?;
        let chosen = match sheet {
            Some(name) => vec![(workbook::position(&sheets, name)?, Header::default())],
            None => choose(&mut sheets, may_join, header)?,
        };
        let choice = choice(&sheets, &chosen);
        let mut joined = Joined::default();
        let (mut rows, mut name) = (Vec::new(), None);
        let is_several = chosen.len() > 1;
        for (index, sheet) in sheets.into_iter().enumerate() {
            let Some((_, header)) = chosen.iter().find(|(position, _)| *position == index) else {
                continue;
            };
            if is_several {
                // The first keeps its header.
                let left_out = if name.is_none() { 0 } else { header.row };
                joined.add(&sheet.name, left_out, sheet.rows?, &mut rows);
            } else {
                rows = sheet.rows?;
            }
            name = name.or(Some(sheet.name));
        }
        Ok(Opened {
            contents: Contents::Sheet(rows),
            sheet: name,
            joined,
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
fn choice(sheets: &[WorkbookSheet], chosen: &[(usize, Header)]) -> SheetsRead {
    let mut choice = SheetsRead::default();
    for (index, sheet) in sheets.iter().enumerate() {
        let names = if chosen.iter().any(|(position, _)| *position == index) {
            choice.hidden_rows += sheet.hidden_rows;
            &mut choice.together
        } else if sheet.rows.as_ref().is_ok_and(Vec::is_empty) {
            continue;
        } else if sheet.is_hidden {
            &mut choice.hidden
        } else {
            &mut choice.unused
        };
        names.push(sheet.name.clone());
    }
    if chosen.len() == 1 {
        let only = choice.together.pop();
        choice.read = only.filter(|_| sheets.len() > 1);
    }
    choice
}

/// The one sheet that has the columns of the map and a row below them, or several that may be joined;
/// else the first, which will be refused with the reason.
fn choose(
    sheets: &mut [WorkbookSheet],
    may_join: bool,
    header: impl Fn(&Contents<'_>) -> Option<Header>,
) -> Result<Vec<(usize, Header)>, FaultKind> {
    let (mut visible, mut hidden) = (Vec::new(), Vec::new());
    for (index, sheet) in sheets.iter_mut().enumerate() {
        let Ok(rows) = &mut sheet.rows else { continue };
        let contents = Contents::Sheet(std::mem::take(rows));
        let fitting = header(&contents).map(|header| (index, header));
        let of_kind = if sheet.is_hidden {
            &mut hidden
        } else {
            &mut visible
        };
        of_kind.extend(fitting);
        if let Contents::Sheet(taken) = contents {
            *rows = taken;
        }
    }
    let names = |fitting: &[(usize, Header)]| {
        let names = fitting.iter().map(|(index, _)| sheets[*index].name.clone());
        names.collect::<Vec<String>>()
    };
    let is_alike = visible
        .windows(2)
        .all(|pair| pair[0].1.names == pair[1].1.names);
    match (visible.len(), hidden.len()) {
        (0, 0) => {
            let first = sheets.iter().position(|sheet| !sheet.is_hidden);
            Ok(vec![(first.unwrap_or(0), Header::default())])
        }
        (0, _) => Err(WorkbookFault::OnlyHidden {
            names: names(&hidden),
        }
        .into()),
        (1, _) => Ok(visible),
        _ if may_join && is_alike => Ok(visible),
        _ => Err(WorkbookFault::SeveralSheets {
            names: names(&visible),
        }
        .into()),
    }
}

/// The header of a sheet that the map can read, if a row stands below it.
fn header(file: &Path, contents: &Contents<'_>, map: &Map) -> Option<Header> {
    let mut source = Source::new(contents);
    let row = find_header(&mut source, map.text.header).ok()?;
    Layout::find(&source.cells, map, file, row).ok()?;
    let header = Header::at(&source);
    (source.read() == Ok(true)).then_some(header)
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
