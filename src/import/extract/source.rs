//! [`Source`]: the rows of an extract as text, whatever kind of file it is.

use std::borrow::Cow;
use std::io::Read;
use std::path::Path;

use crate::import::extract::joined::Joined;
use crate::import::extract::kind::{FileType, ZIP};
use crate::import::extract::limits::{MAX_COLUMNS, MAX_LINES};
use crate::import::extract::text_file;
use crate::import::extract::workbook;
use crate::import::extract::workbook::rows::SheetRow;
use crate::import::fault::{FaultKind, FileFault, RowFault};
use crate::import::plain_file::open_plain;
use crate::import::sheet::{Rows, plain};

/// The rows of an extract, the header among them; blank ones are counted and passed over.
pub(super) struct Source<'a> {
    from: Kept<'a>,
    /// The number of the row last read, as a spreadsheet numbers it.
    pub(super) row: u64,
    /// How many blank rows were passed over so far.
    pub(super) blank: u64,
    /// The texts of the row last read, without the quotation marks that this program puts before a
    /// text that a spreadsheet would run.
    pub(super) cells: Vec<String>,
}

enum Kept<'a> {
    Csv(Box<Rows<'a>>),
    Sheet(std::slice::Iter<'a, SheetRow>),
}

/// The bytes of a file that has no more than `limit`.
pub(in crate::import) fn read_file(path: &Path, limit: u64) -> Result<Vec<u8>, FileFault> {
    let mut bytes = Vec::new();
    open_plain(path)
        .map_err(FileFault::unreadable)?
        .take(limit + 1)
        .read_to_end(&mut bytes)
        .map_err(FileFault::unreadable)?;
    match u64::try_from(bytes.len()) {
        Ok(length) if length <= limit => Ok(bytes),
        _ => Err(FileFault::TooLarge { limit }),
    }
}

/// Returns `true` if a file begins like a workbook.
pub(in crate::import) fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(ZIP)
}

/// Everything that a file holds: its text, or the rows of one sheet.
pub(super) enum Contents<'a> {
    Text(Cow<'a, [u8]>, u8),
    Sheet(Vec<SheetRow>),
}

impl<'a> Contents<'a> {
    /// Reads a file, or the sheet of this name, by default the first.
    pub(super) fn read(bytes: &'a [u8], sheet: Option<&str>) -> Result<Contents<'a>, FaultKind> {
        let file_type = FileType::of(bytes);
        if !file_type.is_workbook() {
            return Contents::text(bytes, None);
        }
        let mut sheets = workbook::sheets(bytes, file_type)?;
        let position = sheet.map_or(Ok(0), |sheet| workbook::position(&sheets, sheet))?;
        Ok(Contents::Sheet(sheets.swap_remove(position).rows?))
    }

    /// Reads a file again, as it was read before.
    pub(super) fn again(
        bytes: &'a [u8],
        sheet: Option<&str>,
        separator: Option<u8>,
        joined: &Joined,
    ) -> Result<Contents<'a>, FaultKind> {
        if separator.is_some() {
            return Contents::text(bytes, separator);
        }
        if joined.parts().is_empty() {
            return Contents::read(bytes, sheet);
        }
        let mut sheets = workbook::sheets(bytes, FileType::of(bytes))?;
        let (mut again, mut rows) = (Joined::default(), Vec::new());
        for part in joined.parts() {
            let position = workbook::position(&sheets, &part.name)?;
            let sheet = sheets.swap_remove(position);
            again.add(&part.name, part.left_out, sheet.rows?, &mut rows);
        }
        Ok(Contents::Sheet(rows))
    }

    /// What separates the cells of a CSV file.
    pub(super) fn separator(&self) -> Option<u8> {
        match self {
            Contents::Text(_, separator) => Some(*separator),
            Contents::Sheet(_) => None,
        }
    }

    /// The text of a CSV file, separated by this mark or else by the one found.
    pub(super) fn text(bytes: &'a [u8], separator: Option<u8>) -> Result<Contents<'a>, FaultKind> {
        let text = text_file::decoded(bytes)?;
        let separator = separator.unwrap_or_else(|| text_file::separator(&text));
        Ok(Contents::Text(text, separator))
    }
}

impl<'a> Source<'a> {
    pub(super) fn new(contents: &'a Contents<'_>) -> Source<'a> {
        let from = match contents {
            Contents::Sheet(rows) => Kept::Sheet(rows.iter()),
            Contents::Text(text, separator) => {
                let text: &[u8] = text;
                Kept::Csv(Box::new(Rows::separated_by(*separator, Box::new(text))))
            }
        };
        Source {
            from,
            row: 0,
            blank: 0,
            cells: Vec::new(),
        }
    }

    /// Reads the next row that is not blank; `false` at the end.
    pub(super) fn read(&mut self) -> Result<bool, RowFault> {
        let more = match &mut self.from {
            Kept::Csv(rows) => {
                let more = rows.read();
                (self.row, self.blank) = (rows.row(), rows.blank());
                if more == Ok(true) {
                    let texts = rows.cells().iter().map(decoded).enumerate();
                    fill(&mut self.cells, texts)?;
                }
                more?
            }
            Kept::Sheet(rows) => match rows.next() {
                Some(SheetRow { row, cells }) => {
                    self.blank += row - self.row - 1;
                    self.row = *row;
                    let index = |column: u32| usize::try_from(column).unwrap_or(usize::MAX);
                    let texts = cells
                        .iter()
                        .map(|(column, text)| (index(*column), Cow::Borrowed(&**text)));
                    fill(&mut self.cells, texts)?;
                    true
                }
                None => false,
            },
        };
        if self.row > MAX_LINES {
            return Err(RowFault::TooManyRows { limit: MAX_LINES });
        }
        Ok(more)
    }
}

/// Puts the texts in their columns, using again the memory of the row before.
fn fill<'b>(
    cells: &mut Vec<String>,
    texts: impl Iterator<Item = (usize, Cow<'b, str>)>,
) -> Result<(), RowFault> {
    cells.iter_mut().for_each(String::clear);
    let mut width = 0;
    for (column, text) in texts {
        if column >= MAX_COLUMNS {
            return Err(RowFault::TooManyColumns { limit: MAX_COLUMNS });
        }
        if cells.len() <= column {
            cells.resize(column + 1, String::new());
        }
        cells[column].push_str(plain(&text));
        width = width.max(column + 1);
    }
    cells.truncate(width);
    Ok(())
}

/// A cell as text: UTF-8, or else Windows-1252.
fn decoded(cell: &[u8]) -> Cow<'_, str> {
    let windows = encoding_rs::WINDOWS_1252;
    std::str::from_utf8(cell).map_or_else(
        |_| windows.decode_without_bom_handling(cell).0,
        Cow::Borrowed,
    )
}
