//! [`FileType`]: what kind of file an extract is, by how it begins, not by its name.

use std::io::Cursor;

/// The kinds of file that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FileType {
    /// CSV, whatever separates its cells.
    Text,
    /// A workbook of Excel 2007 or later, perhaps with macros.
    Xlsx,
    /// A workbook from before Excel 2007.
    Xls,
    /// An OpenDocument spreadsheet.
    Ods,
    /// A web page with tables, which many ledgers save as `.xls`.
    Html,
    /// A workbook as one file of XML, as Excel 2003 wrote it, which is not read.
    Xml,
}

/// How a ZIP archive begins, as workbooks of Excel 2007 or later and of OpenDocument do.
pub(super) const ZIP: &[u8] = b"PK\x03\x04";
const COMPOUND: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0];
/// How far the beginning of a file is looked at.
const START: usize = 2000;

impl FileType {
    pub(super) fn of(bytes: &[u8]) -> FileType {
        let start = &bytes[..bytes.len().min(START)];
        if bytes.starts_with(ZIP) {
            return if is_ods(bytes) {
                FileType::Ods
            } else {
                FileType::Xlsx
            };
        }
        if bytes.starts_with(COMPOUND) {
            return FileType::Xls;
        }
        let text = start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(start);
        let is_markup = text.trim_ascii_start().starts_with(b"<");
        let lower = text.to_ascii_lowercase();
        let has = |wanted: &[u8]| lower.windows(wanted.len()).any(|part| part == wanted);
        if is_markup && has(b"urn:schemas-microsoft-com:office:spreadsheet") && !has(b"<html") {
            return FileType::Xml;
        }
        if is_markup && (has(b"<html") || has(b"<!doctype html") || has(b"<table")) {
            FileType::Html
        } else {
            FileType::Text
        }
    }

    /// Returns `true` if the file has sheets.
    pub(super) fn is_workbook(self) -> bool {
        self != FileType::Text
    }
}

/// Returns `true` if an archive has the part that holds the cells of an OpenDocument spreadsheet.
fn is_ods(bytes: &[u8]) -> bool {
    let archive = zip::ZipArchive::new(Cursor::new(bytes)).ok();
    archive.is_some_and(|archive| archive.index_for_name("content.xml").is_some())
}
