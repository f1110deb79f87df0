//! CSV as a table and as bytes. A table written by hand is read back cell by cell, with rows
//! numbered as in a spreadsheet. Any other bytes that can be read are read the same when written
//! again.

use std::io::Cursor;

use crg::import::{Rows, writer};

pub(crate) fn run(bytes: &[u8]) {
    if let Some((style, text)) = bytes.split_first() {
        check_table(*style, text);
    }
    check_bytes(bytes);
}

type Table = Vec<Vec<Vec<u8>>>;

/// All rows with their numbers, the number of blank rows, and why reading stopped early, if it did.
fn read(bytes: &[u8]) -> (Vec<(u64, Vec<Vec<u8>>)>, u64, Option<String>) {
    let mut rows = Rows::new(Box::new(Cursor::new(bytes.to_vec())));
    let mut found = Vec::new();
    loop {
        match rows.read() {
            Ok(true) => found.push((
                rows.row(),
                rows.cells().iter().map(<[u8]>::to_vec).collect(),
            )),
            Ok(false) => return (found, rows.blank(), None),
            Err(why) => {
                assert_eq!(rows.read(), Ok(false), "no row is read after {why}");
                return (found, rows.blank(), Some(why.to_string()));
            }
        }
    }
}

/// Rows separated by 0x1E, with cells separated by 0x1F, are written with the line ends and quotes
/// chosen by `style`.
fn check_table(style: u8, text: &[u8]) {
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
        for (column, cell) in row.iter().enumerate() {
            if column > 0 {
                file.push(b',');
            }
            let quoted = always_quoted
                || cell
                    .iter()
                    .any(|byte| matches!(byte, b'"' | b',' | b'\r' | b'\n'));
            // Unquoted, a byte order mark in the first cell would be read as the file's.
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
    let (found, blank_rows, why) = read(&file);
    assert_eq!(
        (why, found),
        (None, expected),
        "{}",
        String::from_utf8_lossy(&file)
    );
    assert_eq!(
        usize::try_from(blank_rows),
        Ok(blank),
        "{}",
        String::from_utf8_lossy(&file)
    );
}

fn check_bytes(bytes: &[u8]) {
    let (found, blank, why) = read(bytes);
    let numbers: Vec<u64> = found.iter().map(|(number, _)| *number).collect();
    assert!(numbers.is_sorted_by(|a, b| a < b));
    if why.is_some() {
        return;
    }
    let all = blank + u64::try_from(found.len()).expect("rows");
    assert!(
        numbers.last().is_none_or(|last| *last <= all),
        "{}",
        String::from_utf8_lossy(bytes)
    );
    // With its own byte order mark, the file keeps one that a cell begins with.
    let mut again = "\u{feff}".as_bytes().to_vec();
    for (_, row) in &found {
        // Each row by itself, because the writer requires rows of equal length.
        writer(&mut again)
            .write_record(row)
            .expect("writing to memory succeeds");
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
