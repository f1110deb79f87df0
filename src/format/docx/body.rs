//! What is read: paragraphs, points and tables, and the page they stand on.

use crate::document::{Align, Block, Field, Origin, Report, Table};
use crate::format::bidi::is_reordering;
use crate::format::docx::columns;
use crate::format::docx::columns::Page;
use crate::format::xml::escape;

/// `word/document.xml`.
pub(super) fn document(report: &dyn Report) -> String {
    let blocks = report.blocks();
    let page = columns::page(&blocks);
    let following = blocks.iter().skip(1).map(Some).chain([None]);
    let body: String = blocks
        .iter()
        .zip(following)
        .map(|(block, next)| written(block, next, page))
        .collect();
    let foot: String = report
        .origin()
        .iter()
        .flat_map(Origin::lines)
        .map(|line| paragraph("Origin", Align::Left, &line))
        .collect();
    let (title, section) = (
        paragraph("Heading1", Align::Left, &report.title()),
        section(page),
    );
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:document \
         xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
         xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><w:body>{title}{body}{foot}{section}</w:body></w:document>\n"
    )
}

fn section(page: Page) -> String {
    let (width, height, margin) = (page.width(), page.height(), columns::MARGIN);
    let turned = if page == Page::Turned {
        " w:orient=\"landscape\""
    } else {
        ""
    };
    format!(
        "<w:sectPr><w:footerReference w:type=\"default\" r:id=\"rId4\"/><w:pgSz w:w=\"{width}\" w:h=\"{height}\"{turned}/>\
         <w:pgMar w:top=\"{margin}\" w:right=\"{margin}\" w:bottom=\"{margin}\" w:left=\"{margin}\" w:header=\"567\" w:footer=\"567\" \
         w:gutter=\"0\"/></w:sectPr>"
    )
}

fn written(block: &Block, next: Option<&Block>, page: Page) -> String {
    match block {
        Block::Heading(heading) => paragraph("Heading2", Align::Left, heading),
        // What leads to a table stays on its page.
        Block::Paragraph(sentences) if matches!(next, Some(Block::Table(_))) => {
            paragraph("Lead", Align::Left, sentences)
        }
        Block::Paragraph(sentences) => paragraph("Normal", Align::Left, sentences),
        Block::Table(table) if table.caption.is_empty() => rows(table, page),
        Block::Table(table) => {
            paragraph("Heading2", Align::Left, &table.caption) + &rows(table, page)
        }
        Block::Points(points) => points
            .iter()
            .map(|point| paragraph("ListBullet", Align::Left, point))
            .collect(),
    }
}

/// A table under its headings. A paragraph stands after it: two tables that touch would be one.
fn rows(table: &Table, page: Page) -> String {
    let shown = columns::shown(table);
    let fields: Vec<&Field> = shown.iter().map(|place| &table.fields[*place]).collect();
    let widths = columns::widths(table, &shown, page);
    let grid: String = widths
        .iter()
        .map(|width| format!("<w:gridCol w:w=\"{width}\"/>"))
        .collect();
    let line = |style: &str, texts: Vec<String>| -> String {
        let cells = texts.iter().zip(&fields).zip(&widths);
        cells
            .map(|((text, field), width)| cell(style, field.align, *width, text))
            .collect()
    };
    let heading = line(
        "ColumnHeading",
        fields
            .iter()
            .map(|field| field.heading.to_owned())
            .collect(),
    );
    let mut body = String::new();
    for row in &table.rows {
        let cells = line(
            "Cell",
            shown.iter().map(|place| row[*place].to_string()).collect(),
        );
        body.push_str(&format!(
            "<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"
        ));
    }
    let whole: u32 = widths.iter().sum();
    format!(
        "<w:tbl><w:tblPr><w:tblStyle w:val=\"Rows\"/><w:tblW w:w=\"{whole}\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/>\
         <w:tblLook w:val=\"0020\" w:firstRow=\"1\" w:lastRow=\"0\" w:firstColumn=\"0\" w:lastColumn=\"0\" w:noHBand=\"1\" w:noVBand=\"1\"/>\
         </w:tblPr><w:tblGrid>{grid}</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{heading}</w:tr>{body}</w:tbl>{}",
        paragraph("Cell", Align::Left, "")
    )
}

fn cell(style: &str, align: Align, width: u32, text: &str) -> String {
    format!(
        "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/></w:tcPr>{}</w:tc>",
        paragraph(style, align, text)
    )
}

fn paragraph(style: &str, align: Align, text: &str) -> String {
    let side = if align == Align::Right {
        "<w:jc w:val=\"right\"/>"
    } else {
        ""
    };
    let run = if text.is_empty() {
        String::new()
    } else {
        format!(
            "<w:r><w:t xml:space=\"preserve\">{}</w:t></w:r>",
            escape(&visible(text))
        )
    };
    format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{side}</w:pPr>{run}</w:p>")
}

/// Text on one line, without marks that would change the order of what follows.
pub(super) fn visible(text: &str) -> String {
    let shown = |c: char| match c {
        '\t' | '\n' | '\r' => ' ',
        c if is_reordering(c) => '\u{fffd}',
        c => c,
    };
    text.chars().map(shown).collect()
}
