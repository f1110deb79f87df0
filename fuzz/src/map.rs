//! A ledger's map and, after a line `===`, the extract it describes. Every row of the extract must
//! be accounted for.

use std::io::Cursor;

use crg::import::{Map, Rows};

use crate::extract::{read, rows, suggested};
use crate::scratch::Scratch;

const EXTRACT: &[u8] = b"Date,Number,Amount,Supplier,Code\r\n03/04/2025,INV-1,10.00,\"Smith, Sons\",A1\r\n\
    04/04/2025,INV-2,\"(1,496.00)\",Jones,B2\r\n2025-04-05 00:00:00,0A3,7956.420000000001,=Brown,P01\r\n,,6470.42,,\r\n";

pub(crate) fn run(bytes: &[u8]) {
    let (text, extract) = parts(bytes);
    let Ok(text) = std::str::from_utf8(text) else {
        return;
    };
    let map = match Map::parse("map.toml".as_ref(), text) {
        Ok(map) => map,
        Err(error) => return assert!(error.to_string().starts_with("map.toml"), "{error}"),
    };
    let folder = Scratch::new();
    let file = folder.put("extract.csv", extract);
    suggested(&file);
    let Some(extract_read) = read(&file, &map) else {
        return;
    };
    // Neither count includes rows above the header.
    if let Some(all) = all_rows(extract).filter(|_| !text.contains("header")) {
        assert_eq!(
            rows(&extract_read),
            all,
            "{}",
            String::from_utf8_lossy(extract)
        );
    }
}

/// The map, and the extract after a line `===`, which defaults to [`EXTRACT`].
fn parts(bytes: &[u8]) -> (&[u8], &[u8]) {
    const MARK: &[u8] = b"\n===\n";
    match bytes.windows(MARK.len()).position(|window| window == MARK) {
        Some(at) => (&bytes[..at], &bytes[at + MARK.len()..]),
        None => (bytes, EXTRACT),
    }
}

/// The number of rows of a CSV file from its header on, or `None` if it cannot be read as CSV, or
/// may be read as something else: a workbook, a page, text in UTF-16, or CSV in which something
/// other than a comma separates cells, some of them quoted.
fn all_rows(bytes: &[u8]) -> Option<u64> {
    let has = |byte: u8| bytes.contains(&byte);
    let is_separated_otherwise = has(b'"') && [b';', b'\t', b'|'].into_iter().any(has);
    let is_other = [&b"PK"[..], b"\xD0\xCF", b"\xFF\xFE", b"\xFE\xFF"];
    if has(0)
        || has(b'<')
        || is_separated_otherwise
        || is_other.iter().any(|start| bytes.starts_with(start))
    {
        return None;
    }
    let mut rows = Rows::new(Box::new(Cursor::new(bytes.to_vec())));
    let mut above = None;
    let mut found = 0;
    while rows.read().ok()? {
        found += 1;
        above.get_or_insert(rows.blank());
    }
    Some(found + rows.blank() - above.unwrap_or_default())
}
