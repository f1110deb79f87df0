//! A workbook packed from mutated parts: the rows of its sheet, its shared strings and its styles,
//! separated by lines `===`. Damaged archives are tested in `tests/crg/hostile.rs`.

use std::io::{Cursor, Write};

use crg::import::Map;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::extract::{read, suggested};
use crate::scratch::Scratch;

const MAP: &str = "unmatched = \"outside\"\n[columns]\ndate = \"Date\"\namount = \"Amount\"\nsupplier = \"Supplier\"\n\
    reference = \"Number\"\n[[project]]\nref = \"P01\"\ncolumn = \"Code\"\nis = \"A1\"\n";
const RELATED: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const STYLES: &str = "<numFmts><numFmt numFmtId=\"164\" formatCode=\"dd/mm/yyyy\"/></numFmts><cellXfs>\
    <xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"22\"/><xf numFmtId=\"164\"/></cellXfs>";

pub(crate) fn run(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let mut parts = text.split("\n===\n");
    let mut next = || parts.next();
    let (rows, strings, styles) = (
        next().unwrap_or_default(),
        next().unwrap_or_default(),
        next().unwrap_or(STYLES),
    );
    let folder = Scratch::new();
    let file = folder.put("extract.xlsx", &packed(rows, strings, styles));
    suggested(&file);
    read(&file, &Map::parse("map.toml".as_ref(), MAP).expect("a map"));
}

fn packed(rows: &str, strings: &str, styles: &str) -> Vec<u8> {
    let relationship = |kind: &str, target: &str| {
        format!(
            "<Relationships><Relationship Id=\"rId1\" Type=\"{RELATED}/{kind}\" Target=\"{target}\"/></Relationships>"
        )
    };
    let sheets = format!(
        "<workbook xmlns:r=\"{RELATED}\"><sheets><sheet name=\"Sheet1\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
    );
    let parts = [
        (
            "_rels/.rels",
            relationship("officeDocument", "xl/workbook.xml"),
        ),
        ("xl/workbook.xml", sheets),
        (
            "xl/_rels/workbook.xml.rels",
            relationship("worksheet", "worksheets/sheet1.xml"),
        ),
        (
            "xl/styles.xml",
            format!("<styleSheet>{styles}</styleSheet>"),
        ),
        ("xl/sharedStrings.xml", format!("<sst>{strings}</sst>")),
        (
            "xl/worksheets/sheet1.xml",
            format!("<worksheet><sheetData>{rows}</sheetData></worksheet>"),
        ),
    ];
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(
            name,
            SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored),
        )
        .expect("a part");
        zip.write_all(text.as_bytes())
            .expect("writing to memory succeeds");
    }
    zip.finish().expect("an archive").into_inner()
}
