//! DOCX: a report as a document for Word and LibreOffice, to put into a paper.
//!
//! The document is written here, part by part. The parts that never change are in the files beside
//! this one: styles, the bullet and the numbers, settings, and the relations between the parts.

mod body;
mod columns;

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::document::Report;
use crate::format::xml::escape;
use crate::model::Date;

/// The document's zip file cannot be written: it would be larger than one can be.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct PackError(#[from] zip::result::ZipError);

/// A document of A4 pages in British English: the title, the holder, every block in order, and at
/// the foot of each page the title, its number and the origin. Headings are headings and tables are
/// tables, whose first row is repeated on every page. The same report gives the same bytes.
pub fn docx(report: &dyn Report) -> Result<Vec<u8>, PackError> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    // A fixed time for each part: the default is the moment of writing.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    for (name, text) in [
        (
            "[Content_Types].xml",
            include_str!("docx/content-types.xml"),
        ),
        ("_rels/.rels", include_str!("docx/package.rels")),
        ("docProps/core.xml", &properties(report)),
        ("word/document.xml", &body::document(report)),
        ("word/styles.xml", include_str!("docx/styles.xml")),
        ("word/numbering.xml", include_str!("docx/numbering.xml")),
        ("word/settings.xml", include_str!("docx/settings.xml")),
        ("word/footer.xml", &body::footer(report)),
        (
            "word/_rels/document.xml.rels",
            include_str!("docx/document.rels"),
        ),
    ] {
        archive.start_file(name, options)?;
        archive
            .write_all(text.as_bytes())
            .map_err(zip::result::ZipError::from)?;
    }
    Ok(archive.finish()?.into_inner())
}

/// The document's own properties. It is dated on the day it speaks of, so that its bytes do not
/// depend on when it is made.
fn properties(report: &dyn Report) -> String {
    let title = escape(&body::one_line(&report.title().to_string()));
    let day = report.as_at().unwrap_or(Date::MIN);
    format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<cp:coreProperties
  xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
  xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:dcterms="http://purl.org/dc/terms/"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <dc:title>{title}</dc:title>
  <dc:language>en-GB</dc:language>
  <dcterms:created xsi:type="dcterms:W3CDTF">{day}T00:00:00Z</dcterms:created>
  <dcterms:modified xsi:type="dcterms:W3CDTF">{day}T00:00:00Z</dcterms:modified>
</cp:coreProperties>
"#
    )
}
