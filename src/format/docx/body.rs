//! What is read: paragraphs, points and tables, and the page they stand on.

use crate::document::{Align, Answer, Block, Cell, Column, Origin, Report, Table, Text};
use crate::format::docx::columns;
use crate::format::docx::columns::Page;
use crate::format::xml::escape;
use crate::model::visible;

/// A table with no more rows than this stays on one page.
const SHORT_TABLE_ROWS: usize = 8;

/// `word/document.xml`.
pub(super) fn document(report: &dyn Report) -> String {
    let blocks = report.blocks();
    let page = columns::page(&blocks);
    let title = sentence("Heading1", &report.title());
    let holder = report.holder();
    let holder = holder.map(|holder| sentence("Normal", &holder));
    let holder = holder.unwrap_or_default();
    let before = std::iter::once(None).chain(blocks.iter().map(Some));
    let after = blocks.iter().skip(1).map(Some).chain([None]);
    let body: String = blocks
        .iter()
        .zip(before.zip(after))
        .map(|(part, beside)| block(part, beside, page))
        .collect();
    let section = section(page);
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:document \
         xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
         xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">\
         <w:body>{title}{holder}{body}{section}</w:body></w:document>\n"
    )
}

/// `word/footer.xml`: the title, the page's number and the origin, at the foot of every page, so
/// that a loose page shows what it belongs to.
pub(super) fn footer(report: &dyn Report) -> String {
    let title = escape(&one_line(&report.title().to_string()));
    let end = columns::page(&report.blocks()).text_width();
    let lines = report.origin().into_iter().flat_map(Origin::lines);
    let lines: String = lines
        .map(|line| paragraph("Footer", Align::Left, &line))
        .collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:ftr \
         xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">\
         <w:p><w:pPr><w:pStyle w:val=\"Footer\"/><w:tabs><w:tab w:val=\"right\" \
         w:pos=\"{end}\"/></w:tabs></w:pPr><w:r><w:t xml:space=\"preserve\">{title}</w:t></w:r>\
         <w:r><w:tab/><w:t xml:space=\"preserve\">Page </w:t></w:r>{}\
         <w:r><w:t xml:space=\"preserve\"> of </w:t></w:r>{}</w:p>{lines}</w:ftr>\n",
        counted("PAGE"),
        counted("NUMPAGES")
    )
}

/// A number that the word processor works out.
fn counted(what: &str) -> String {
    format!("<w:fldSimple w:instr=\"{what}\"><w:r><w:t>1</w:t></w:r></w:fldSimple>")
}

fn section(page: Page) -> String {
    let (width, height, margin) = (page.width(), page.height(), columns::MARGIN);
    let orientation = match page {
        Page::Upright => "",
        Page::Turned => " w:orient=\"landscape\"",
    };
    format!(
        "<w:sectPr><w:footerReference w:type=\"default\" r:id=\"rId4\"/>\
         <w:pgSz w:w=\"{width}\" w:h=\"{height}\"{orientation}/>\
         <w:pgMar w:top=\"{margin}\" w:right=\"{margin}\" w:bottom=\"{margin}\" \
         w:left=\"{margin}\" w:header=\"567\" w:footer=\"425\" w:gutter=\"0\"/></w:sectPr>"
    )
}

/// One block; what stands before and after it decides how it looks.
fn block(block: &Block, beside: (Option<&Block>, Option<&Block>), page: Page) -> String {
    let (before, after) = beside;
    match block {
        Block::Answers(answers) => points("ListBullet", answers.iter().map(Answer::text)),
        Block::Heading(heading) => sentence("Heading2", heading),
        Block::Subheading(heading) => sentence("Heading3", heading),
        Block::Section(heading) => sentence("NumberedHeading", heading),
        Block::Paragraph(text) if leads_to(after) => sentence("Lead", text),
        Block::Paragraph(text) => sentence("Normal", text),
        Block::Numbered(text) if leads_to(after) => sentence("NumberedLead", text),
        Block::Numbered(text) => sentence("NumberedParagraph", text),
        Block::Fields(fields) => fields
            .iter()
            .map(|(label, text)| field(label, text))
            .collect(),
        Block::Table(table) if table.caption.is_empty() => rows(table, page),
        Block::Table(table) => sentence("Heading2", &table.caption) + &rows(table, page),
        Block::Points(texts) => {
            let is_below_number = matches!(before, Some(Block::Numbered(_)));
            let style = if is_below_number {
                "ListBullet2"
            } else {
                "ListBullet"
            };
            points(style, texts.iter().cloned())
        }
    }
}

fn points(style: &str, texts: impl Iterator<Item = Text>) -> String {
    texts.map(|text| sentence(style, &text)).collect()
}

/// Returns `true` for what a sentence leads to, and stays with on its page.
fn leads_to(after: Option<&Block>) -> bool {
    matches!(after, Some(Block::Table(_) | Block::Points(_)))
}

/// A label, and at the tab stop what it stands for.
fn field(label: &str, text: &Text) -> String {
    let (label, text) = (escape(label), escape(&one_line(&text.to_string())));
    format!(
        "<w:p><w:pPr><w:pStyle w:val=\"Field\"/></w:pPr>\
         <w:r><w:rPr><w:rStyle w:val=\"Strong\"/></w:rPr><w:t>{label}:</w:t></w:r>\
         <w:r><w:tab/><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>"
    )
}

/// A table under its headings. A paragraph stands after it: two tables that touch would be one.
fn rows(table: &Table, page: Page) -> String {
    let (shown, columns): (Vec<usize>, Vec<&Column>) = table.shown().unzip();
    let widths = columns::widths(table, page);
    let grid: String = widths
        .iter()
        .map(|width| format!("<w:gridCol w:w=\"{width}\"/>"))
        .collect();
    let row = |style: &str, texts: Vec<String>, page_break: PageBreak| -> String {
        let cells = texts.iter().zip(&columns).zip(&widths);
        cells
            .map(|((text, column), width)| cell(style, column.align(), *width, text, page_break))
            .collect()
    };
    let headings = columns.iter().map(|column| column.heading().to_owned());
    let heading = row("ColumnHeading", headings.collect(), PageBreak::Allowed);
    let total = table.total_row();
    let styles = std::iter::repeat_n("Cell", table.rows.len()).chain(["Total"]);
    let count = table.rows.len() + usize::from(total.is_some());
    let mut body = String::new();
    for (position, (cells, style)) in table.rows.iter().chain(&total).zip(styles).enumerate() {
        let texts = shown.iter().map(|index| cells[*index].to_string());
        let style = if cells.contains(&Cell::Blank) {
            "CellToFill"
        } else {
            style
        };
        let row = row(style, texts.collect(), page_break_after(position, count));
        body.push_str(&format!(
            "<w:tr><w:trPr><w:cantSplit/></w:trPr>{row}</w:tr>"
        ));
    }
    let width: u32 = widths.iter().sum();
    let after = paragraph("AfterTable", Align::Left, "");
    format!(
        "<w:tbl><w:tblPr><w:tblStyle w:val=\"Rows\"/><w:tblW w:w=\"{width}\" w:type=\"dxa\"/>\
         <w:tblLayout w:type=\"fixed\"/><w:tblLook w:val=\"0020\" w:firstRow=\"1\" \
         w:lastRow=\"0\" w:firstColumn=\"0\" w:lastColumn=\"0\" w:noHBand=\"1\" w:noVBand=\"1\"/>\
         </w:tblPr><w:tblGrid>{grid}</w:tblGrid>\
         <w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{heading}</w:tr>{body}</w:tbl>{after}"
    )
}

/// Whether a page may end below a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum PageBreak {
    Allowed,
    Avoided,
}

/// A short table stays on one page. Of a longer one neither the first row nor the last two, of
/// which one may be the total, stand alone on theirs.
fn page_break_after(position: usize, rows: usize) -> PageBreak {
    let below = rows - position - 1;
    let is_kept = rows <= SHORT_TABLE_ROWS || position == 0 || below <= 2;
    if below > 0 && is_kept {
        PageBreak::Avoided
    } else {
        PageBreak::Allowed
    }
}

fn cell(style: &str, align: Align, width: u32, text: &str, page_break: PageBreak) -> String {
    let paragraph = kept_paragraph(style, align, text, page_break);
    format!("<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/></w:tcPr>{paragraph}</w:tc>")
}

fn sentence(style: &str, text: &Text) -> String {
    paragraph(style, Align::Left, &text.to_string())
}

fn paragraph(style: &str, align: Align, text: &str) -> String {
    kept_paragraph(style, align, text, PageBreak::Allowed)
}

/// A paragraph that may have to stay on the page of the next one.
fn kept_paragraph(style: &str, align: Align, text: &str, page_break: PageBreak) -> String {
    let keep = match page_break {
        PageBreak::Allowed => "",
        PageBreak::Avoided => "<w:keepNext/>",
    };
    let side = match align {
        Align::Left => "",
        Align::Right => "<w:jc w:val=\"right\"/>",
    };
    let run = if text.is_empty() {
        String::new()
    } else {
        let text = escape(&one_line(text));
        format!("<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
    };
    format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{keep}{side}</w:pPr>{run}</w:p>")
}

/// Text on one line, with the code of each invisible character in its place.
pub(super) fn one_line(text: &str) -> String {
    visible(text).replace(['\t', '\n', '\r'], " ")
}
