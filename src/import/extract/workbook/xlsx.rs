//! The sheets of a workbook of Excel 2007 or later.

use std::io::{Cursor, Read};

use calamine::{Data, DataRef, Reader, SheetType, SheetVisible, Xlsx};

use crate::import::day::LAST_SERIAL;
use crate::import::extract::limits::MAX_UNPACKED;
use crate::import::extract::workbook::fenced::fenced;
use crate::import::extract::workbook::hidden_rows::HiddenRows;
use crate::import::extract::workbook::rows::{RowCollector, SheetRow, count_filled};
use crate::import::extract::workbook::sheet::WorkbookSheet;
use crate::import::fault::{FaultKind, FileFault, WorkbookFault};
use crate::import::sheet::writer;

/// The most bytes of the parts that say what the others are: some of what these hold is kept once
/// for each thing that names it, so that the memory grows with their square. Parts are known by how
/// their names end.
const MAX_PART_BYTES: [(&str, u64); 3] = [
    ("styles.xml", 128 << 10),
    ("workbook.xml", 128 << 10),
    (".rels", 64 << 10),
];

/// Reads all sheets.
pub(super) fn sheets(bytes: &[u8]) -> Result<Vec<WorkbookSheet>, FaultKind> {
    let mut workbook = open(bytes)?;
    let listed = workbook.sheets_metadata().to_vec();
    let listed = listed
        .into_iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet);
    let mut collector = RowCollector::default();
    let mut hidden = HiddenRows::open(bytes);
    let mut sheets = Vec::new();
    for sheet in listed {
        let rows = read(&mut workbook, &sheet.name, &mut collector);
        let hidden_rows = rows
            .as_ref()
            .map_or(0, |rows| count_filled(rows, &hidden.of_sheet(&sheet.name)));
        sheets.push(WorkbookSheet {
            is_hidden: sheet.visible != SheetVisible::Visible,
            name: sheet.name,
            rows,
            hidden_rows,
        });
    }
    if sheets.is_empty() {
        return Err(WorkbookFault::NoSheets.into());
    }
    Ok(sheets)
}

/// The rows of the first sheet.
fn first_rows(bytes: &[u8]) -> Result<Vec<SheetRow>, FaultKind> {
    fenced(|| {
        let mut workbook = open(bytes)?;
        let names = workbook.sheet_names();
        let first = names.first().ok_or(WorkbookFault::NoSheets)?;
        read(&mut workbook, first, &mut RowCollector::default())
    })
}

/// The first sheet of a workbook as CSV, in which each row has its number, and as many cells as the
/// header unless it has more.
pub(in crate::import) fn as_csv(bytes: &[u8]) -> Result<Vec<u8>, FaultKind> {
    let mut csv = writer(Vec::new());
    let (mut width, mut next) = (0, 1);
    for SheetRow { row, cells } in first_rows(bytes)? {
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

fn read(
    workbook: &mut Xlsx<Cursor<&[u8]>>,
    name: &str,
    collector: &mut RowCollector,
) -> Result<Vec<SheetRow>, FaultKind> {
    let mut reader = workbook
        .worksheet_cells_reader(name)
        .map_err(WorkbookFault::damaged)?;
    while let Some(cell) = reader.next_cell().map_err(WorkbookFault::damaged)? {
        let (row, column) = cell.get_position();
        if let Err(fault) = collector.add(row, column, &text(cell.get_value())) {
            collector.end_sheet();
            return Err(fault);
        }
    }
    Ok(collector.end_sheet())
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
        if name.ends_with("xl/workbook.bin") {
            let format = "a binary workbook (.xlsb)";
            return Err(WorkbookFault::OtherFormat { format });
        }
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
            if day.is_duration() || days.is_none_or(|days| days > LAST_SERIAL) {
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
