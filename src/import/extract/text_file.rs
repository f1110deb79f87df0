//! The text of a CSV file, and what separates its cells.

use std::borrow::Cow;
use std::collections::BTreeMap;

use encoding_rs::{UTF_16BE, UTF_16LE};

use crate::import::fault::FileFault;

/// What may separate cells, the likeliest first.
pub(super) const SEPARATORS: [u8; 4] = *b",;\t|";

/// How many lines are looked at to find the separator.
const MAX_LINES: usize = 200;
/// How many bytes are looked at.
const MAX_START: usize = 1 << 16;

/// A file's bytes without a byte order mark, UTF-16 as UTF-8. Cells in another encoding stay as
/// they are.
pub(super) fn decoded(bytes: &[u8]) -> Result<Cow<'_, [u8]>, FileFault> {
    let wide = match bytes {
        [0xFF, 0xFE, rest @ ..] => Some((UTF_16LE, rest)),
        [0xFE, 0xFF, rest @ ..] => Some((UTF_16BE, rest)),
        // Nearly all text of a ledger has a zero in every second byte, mark or none.
        [0, other, ..] if *other != 0 => Some((UTF_16BE, bytes)),
        [other, 0, ..] if *other != 0 => Some((UTF_16LE, bytes)),
        _ => None,
    };
    let Some((encoding, rest)) = wide else {
        let rest = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        if rest.iter().take(1000).any(|byte| *byte == 0) {
            return Err(FileFault::NotText);
        }
        return Ok(Cow::Borrowed(rest));
    };
    let (text, has_errors) = encoding.decode_without_bom_handling(rest);
    if has_errors || text.contains('\0') {
        return Err(FileFault::NotText);
    }
    Ok(Cow::Owned(text.into_owned().into_bytes()))
}

/// What separates the cells: what makes the most lines equally wide, outside quotation marks.
pub(super) fn separator(text: &[u8]) -> u8 {
    let start = &text[..text.len().min(MAX_START)];
    let mut best = (0, 0, SEPARATORS[0]);
    for separator in SEPARATORS {
        let mut widths: BTreeMap<usize, usize> = BTreeMap::new();
        for marks in marks_by_line(start, separator)
            .into_iter()
            .filter(|marks| *marks > 0)
        {
            *widths.entry(marks).or_default() += 1;
        }
        let usual = widths
            .into_iter()
            .map(|(marks, lines)| (lines, marks))
            .max();
        if let Some((lines, marks)) = usual
            && (lines, marks) > (best.0, best.1)
        {
            best = (lines, marks, separator);
        }
    }
    best.2
}

/// How often a separator stands in each line.
fn marks_by_line(text: &[u8], separator: u8) -> Vec<usize> {
    let (mut lines, mut marks, mut is_quoted) = (Vec::new(), 0, false);
    for byte in text {
        match byte {
            b'"' => is_quoted = !is_quoted,
            b'\n' | b'\r' if !is_quoted => {
                lines.push(std::mem::take(&mut marks));
                if lines.len() == MAX_LINES {
                    return lines;
                }
            }
            byte if *byte == separator && !is_quoted => marks += 1,
            _ => {}
        }
    }
    lines.push(marks);
    lines
}
