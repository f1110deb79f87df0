//! Workbooks made by hand, part by part, both valid and hostile.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// The parts of a workbook, by name.
pub(crate) type Parts = Vec<(&'static str, Vec<u8>)>;

const RELATED: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

/// The parts of a workbook around the rows of its sheets. Style 1 is a date, 2 a date and time, 3 a
/// date in a custom format.
pub(crate) fn parts(sheets: &[(&str, String)], strings: &str, counts_from_1904: bool) -> Parts {
    const SHEETS: [&str; 2] = ["xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"];
    let (mut listed, mut related) = (String::new(), String::new());
    for (number, (name, _)) in (1..).zip(sheets) {
        listed.push_str(&format!(
            "<sheet name=\"{name}\" sheetId=\"{number}\" r:id=\"rId{number}\"/>"
        ));
        related
            .push_str(&format!("<Relationship Id=\"rId{number}\" Type=\"{RELATED}/worksheet\" Target=\"worksheets/sheet{number}.xml\"/>"));
    }
    let from = if counts_from_1904 {
        "<workbookPr date1904=\"1\"/>"
    } else {
        ""
    };
    let xml = |text: String| {
        format!("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n{text}")
            .into_bytes()
    };
    let mut parts = vec![
        (
            "_rels/.rels",
            xml(format!(
                "<Relationships><Relationship Id=\"a\" Type=\"{RELATED}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            )),
        ),
        (
            "xl/workbook.xml",
            xml(format!(
                "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{RELATED}\">{from}<sheets>{listed}</sheets></workbook>"
            )),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            xml(format!("<Relationships>{related}</Relationships>")),
        ),
        (
            "xl/styles.xml",
            xml(format!(
                "<styleSheet xmlns=\"{MAIN}\"><numFmts><numFmt numFmtId=\"164\" formatCode=\"dd/mm/yyyy\"/></numFmts><cellXfs>\
                 <xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"22\"/><xf numFmtId=\"164\"/></cellXfs></styleSheet>"
            )),
        ),
        (
            "xl/sharedStrings.xml",
            xml(format!("<sst xmlns=\"{MAIN}\">{strings}</sst>")),
        ),
    ];
    let sheet = |rows: &String| {
        xml(format!(
            "<worksheet xmlns=\"{MAIN}\"><sheetData>{rows}</sheetData></worksheet>"
        ))
    };
    parts.extend(
        SHEETS
            .into_iter()
            .zip(sheets)
            .map(|(name, (_, rows))| (name, sheet(rows))),
    );
    parts
}

/// Replaces a part.
pub(crate) fn with(mut parts: Parts, name: &str, text: impl Into<Vec<u8>>) -> Parts {
    parts.iter_mut().find(|(part, _)| *part == name).unwrap().1 = text.into();
    parts
}

/// Packs the parts into a file.
pub(crate) fn zipped(parts: &Parts) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// The file of a workbook with one sheet.
pub(crate) fn workbook(rows: &str, strings: &str) -> Vec<u8> {
    zipped(&parts(&[("Sheet1", rows.to_owned())], strings, false))
}
