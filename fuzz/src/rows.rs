//! CSV as a table and as bytes. A table written by hand is read back cell by cell, its rows
//! numbered as a spreadsheet numbers them; whatever else is read is written so that it is read the
//! same.

use std::io::Cursor;

use crg::import::fault::RowFault;
use crg::import::{Rows, writer};

pub(crate) fn run(bytes: &[u8]) {
    if let Some((style, text)) = bytes.split_first() {
        a_table(*style, text);
    }
    any_bytes(bytes);
}

type Table = Vec<Vec<Vec<u8>>>;

/// All rows with their numbers, how many were blank, and why the reading ended early.
fn read(bytes: &[u8]) -> (Vec<(u64, Vec<Vec<u8>>)>, u64, Option<RowFault>) {
    let mut rows = Rows::new(Box::new(Cursor::new(bytes.to_vec())));
    let mut found = Vec::new();
    loop {
        match rows.read() {
            Ok(true) => found.push((
                rows.row(),
                rows.cells().iter().map(<[u8]>::to_vec).collect(),
            )),
            Ok(false) => return (found, rows.blank(), None),
            Err(fault) => {
                assert!(fault.ends_reading(), "{fault}");
                assert_eq!(rows.read(), Ok(false), "nothing is read after {fault}");
                return (found, rows.blank(), Some(fault));
            }
        }
    }
}

/// Rows separated by 0x1E with cells separated by 0x1F, written with the line ends and quotes that
/// `style` says.
fn a_table(style: u8, text: &[u8]) {
    let table: Table = text
        .split(|byte| *byte == 0x1e)
        .map(|row| {
            row.split(|byte| *byte == 0x1f)
                .map(<[u8]>::to_vec)
                .collect()
        })
        .collect();
    let end: &[u8] = [b"\r\n".as_slice(), b"\n", b"\r"][usize::from(style % 3)];
    let (always_quoted, with_mark) = (style & 4 != 0, style & 8 != 0);
    let mut file = if with_mark {
        "\u{feff}".as_bytes().to_vec()
    } else {
        Vec::new()
    };
    for row in &table {
        for (index, cell) in row.iter().enumerate() {
            if index > 0 {
                file.push(b',');
            }
            let quoted = always_quoted
                || cell
                    .iter()
                    .any(|byte| matches!(byte, b'"' | b',' | b'\r' | b'\n'));
            // A byte order mark of a cell's own would be that of the file.
            if quoted || (file.is_empty() && cell.starts_with("\u{feff}".as_bytes())) {
                file.push(b'"');
                cell.iter().for_each(|byte| {
                    file.extend(std::iter::repeat_n(
                        *byte,
                        if *byte == b'"' { 2 } else { 1 },
                    ))
                });
                file.push(b'"');
            } else {
                file.extend(cell);
            }
        }
        file.extend(end);
    }
    let is_blank = |row: &[Vec<u8>]| row.iter().all(|cell| cell.trim_ascii().is_empty());
    let blank = table.iter().filter(|row| is_blank(row)).count();
    let expected: Vec<_> = (1..).zip(table).filter(|(_, row)| !is_blank(row)).collect();
    let (found, skipped, fault) = read(&file);
    assert_eq!(
        (fault, found),
        (None, expected),
        "{}",
        String::from_utf8_lossy(&file)
    );
    assert_eq!(
        usize::try_from(skipped),
        Ok(blank),
        "{}",
        String::from_utf8_lossy(&file)
    );
}

fn any_bytes(bytes: &[u8]) {
    let (found, blank, fault) = read(bytes);
    let numbers: Vec<u64> = found.iter().map(|(number, _)| *number).collect();
    assert!(numbers.is_sorted_by(|a, b| a < b));
    if fault.is_some() {
        return;
    }
    let all = blank + u64::try_from(found.len()).expect("rows");
    assert!(
        numbers.last().is_none_or(|last| *last <= all),
        "{}",
        String::from_utf8_lossy(bytes)
    );
    // A mark that a cell begins with is then no mark of the file.
    let mut again = "\u{feff}".as_bytes().to_vec();
    for (_, row) in &found {
        // Each row by itself: the writer expects rows of one width.
        writer(&mut again)
            .write_record(row)
            .expect("memory takes what is written");
    }
    let cells =
        |rows: Vec<(u64, Vec<Vec<u8>>)>| rows.into_iter().map(|(_, row)| row).collect::<Table>();
    assert_eq!(
        cells(read(&again).0),
        cells(found),
        "{}",
        String::from_utf8_lossy(bytes)
    );
}
