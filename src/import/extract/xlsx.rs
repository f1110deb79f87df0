//! The rows of an Excel workbook's sheet.

use std::io::{Cursor, Read};

use calamine::{Data, DataRef, Reader, Xlsx};

use crate::import::extract::limits::{MAX_COLUMNS, MAX_LINES};
use crate::import::fault::{FaultKind, FileFault, RowFault, WorkbookFault};
use crate::import::sheet::writer;

/// The most bytes that a workbook may unpack to.
pub const MAX_UNPACKED: u64 = 128 << 20;
/// The most bytes of text that the cells of a sheet may hold.
const MAX_TEXT: usize = 256 << 20;
/// The most bytes of the parts that say what the others are: some of what these hold is kept once
/// for each thing that names it, so that the memory grows with their square. Parts are known by how
/// their names end.
const MAX_PART_BYTES: [(&str, u64); 3] = [
    ("styles.xml", 128 << 10),
    ("workbook.xml", 128 << 10),
    (".rels", 64 << 10),
];
/// The name of the thread in which a workbook is read: a panic there is damage to the file.
pub const WORKBOOK_READER: &str = "workbook";
/// The last day that a spreadsheet counts to: 31 December 9999.
const LAST_DAY: u32 = 2_958_465;

/// One row: its number, and the column and text of each cell that holds something.
pub(super) struct XlsxRow {
    pub(super) row: u64,
    pub(super) cells: Vec<(u32, Box<str>)>,
}

pub(super) fn sheet_names(bytes: &[u8]) -> Result<Vec<String>, FaultKind> {
    fenced(|| Ok(open(bytes)?.sheet_names()))
}

/// The rows of one sheet, by default the first.
pub(super) fn rows(bytes: &[u8], sheet: Option<&str>) -> Result<Vec<XlsxRow>, FaultKind> {
    fenced(|| read(bytes, sheet))
}

/// The first sheet of a workbook as CSV, in which each row has its number, and as many cells as the
/// header unless it has more.
pub(in crate::import) fn as_csv(bytes: &[u8]) -> Result<Vec<u8>, FaultKind> {
    let mut csv = writer(Vec::new());
    let (mut width, mut next) = (0, 1);
    for XlsxRow { row, cells } in rows(bytes, None)? {
        let index = |column: u32| usize::try_from(column).unwrap_or(usize::MAX);
        let last = cells.last().map_or(0, |(column, _)| index(*column) + 1);
        width = if width == 0 { last } else { width };
        // A blank row is counted all the same.
        let blank = vec![""; width];
        for _ in next..row {
            csv.write_record(&blank).map_err(FileFault::unreadable)?;
        }
        let mut texts = vec![""; width.max(last)];
        for (column, text) in &cells {
            texts[index(*column)] = text;
        }
        csv.write_record(&texts).map_err(FileFault::unreadable)?;
        next = row + 1;
    }
    let bytes = csv.into_inner();
    Ok(bytes.map_err(|error| FileFault::unreadable(error.error()))?)
}

/// Reads in a thread of its own, so that a panic of the reader only means a damaged file.
fn fenced<T: Send>(read: impl FnOnce() -> Result<T, FaultKind> + Send) -> Result<T, FaultKind> {
    std::thread::scope(|scope| {
        let reader = std::thread::Builder::new()
            .name(WORKBOOK_READER.into())
            .spawn_scoped(scope, read);
        let reader = reader.map_err(FileFault::unreadable)?;
        reader
            .join()
            .unwrap_or_else(|_| Err(WorkbookFault::Damaged { detail: None }.into()))
    })
}

fn read(bytes: &[u8], sheet: Option<&str>) -> Result<Vec<XlsxRow>, FaultKind> {
    let mut workbook = open(bytes)?;
    let names = workbook.sheet_names();
    let name = match sheet {
        None => names.first().ok_or(WorkbookFault::NoSheets)?,
        Some(asked) => {
            let found = names
                .iter()
                .find(|name| name.trim().eq_ignore_ascii_case(asked.trim()));
            found.ok_or_else(|| WorkbookFault::NoSuchSheet {
                name: asked.to_owned(),
                present: names.clone(),
            })?
        }
    };
    let mut reader = workbook
        .worksheet_cells_reader(name)
        .map_err(WorkbookFault::damaged)?;
    let mut rows: Vec<XlsxRow> = Vec::new();
    let mut text_bytes = 0;
    while let Some(cell) = reader.next_cell().map_err(WorkbookFault::damaged)? {
        let (row, column) = cell.get_position();
        let text = text(cell.get_value());
        if text.trim().is_empty() {
            continue;
        }
        text_bytes += text.len();
        if text_bytes > MAX_TEXT {
            return Err(WorkbookFault::TooMuchText { limit: MAX_TEXT }.into());
        }
        let row = u64::from(row) + 1;
        if row > MAX_LINES {
            return Err(RowFault::TooManyRows { limit: MAX_LINES }.into());
        }
        if usize::try_from(column).is_ok_and(|column| column >= MAX_COLUMNS) {
            return Err(RowFault::TooManyColumns { limit: MAX_COLUMNS }.into());
        }
        match rows.last_mut() {
            Some(last) if last.row > row => {
                let detail = format!("row {row} comes after row {}", last.row);
                return Err(WorkbookFault::damaged(detail).into());
            }
            Some(last) if last.row == row => match last.cells.last() {
                Some((before, _)) if *before >= column => {
                    let detail = format!("the cells of row {row} are not in order");
                    return Err(WorkbookFault::damaged(detail).into());
                }
                _ => last.cells.push((column, text.into())),
            },
            _ => rows.push(XlsxRow {
                row,
                cells: vec![(column, text.into())],
            }),
        }
    }
    Ok(rows)
}

/// Opens a workbook whose parts together unpack to no more than the limit, whatever they state.
fn open(bytes: &[u8]) -> Result<Xlsx<Cursor<&[u8]>>, WorkbookFault> {
    let mut archive =
        zip::ZipArchive::new(Cursor::new(bytes)).map_err(WorkbookFault::unreadable)?;
    let mut left = MAX_UNPACKED;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(WorkbookFault::unreadable)?;
        let name = part
            .name()
            .map_err(WorkbookFault::unreadable)?
            .to_ascii_lowercase();
        let mut part = part.take(left + 1);
        let unpacked = if name.ends_with("sharedstrings.xml") {
            strings(&mut part)?
        } else {
            std::io::copy(&mut part, &mut std::io::sink()).map_err(WorkbookFault::unreadable)?
        };
        let limit = MAX_UNPACKED;
        left = left
            .checked_sub(unpacked)
            .ok_or(WorkbookFault::TooLarge { limit })?;
        for (part, limit) in MAX_PART_BYTES {
            if name.ends_with(part) && unpacked > limit {
                return Err(WorkbookFault::PartTooLarge { part, limit });
            }
        }
    }
    Xlsx::new(Cursor::new(bytes)).map_err(WorkbookFault::unreadable)
}

/// Reads the shared strings, and returns their length. The number of them that the part states is
/// believed by the reader, so it must not be more than fit in there.
fn strings(part: &mut impl Read) -> Result<u64, WorkbookFault> {
    let mut bytes = Vec::new();
    part.read_to_end(&mut bytes)
        .map_err(WorkbookFault::unreadable)?;
    let text = std::str::from_utf8(&bytes)
        .map_err(|_| WorkbookFault::damaged("its shared strings are not UTF-8"))?;
    for stated in text.split("uniqueCount").skip(1) {
        let number =
            stated.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '=' | '"' | '\''));
        let digits = number.bytes().take_while(u8::is_ascii_digit).count();
        // The shortest is five bytes.
        if number[..digits]
            .parse::<usize>()
            .map_or(digits > 0, |count| count > bytes.len() / 5)
        {
            let detail = "it states more shared strings than it has";
            return Err(WorkbookFault::damaged(detail));
        }
    }
    u64::try_from(bytes.len()).map_err(WorkbookFault::unreadable)
}

/// A cell as a CSV file would have it: a number in full, a day as year-month-day.
fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::DateTime(day) => {
            let number = day.as_f64().to_string();
            let days = number
                .split('.')
                .next()
                .and_then(|days| days.parse::<u32>().ok());
            if day.is_duration() || days.is_none_or(|days| days > LAST_DAY) {
                return number;
            }
            let (year, month, day, hour, minute, second, _) = day.to_ymd_hms_milli();
            match (hour, minute, second) {
                (0, 0, 0) => format!("{year:04}-{month:02}-{day:02}"),
                _ => format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}"),
            }
        }
        value => Data::from(value.clone()).to_string(),
    }
}
