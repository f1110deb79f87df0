//! The tables of a web page, as sheets.

use std::borrow::Cow;

use encoding_rs::Encoding;

use crate::import::extract::limits::{MAX_COLUMNS, MAX_SHEETS};
use crate::import::extract::workbook::markup::{Markup, Piece, attribute, decoded};
use crate::import::extract::workbook::rows::RowCollector;
use crate::import::extract::workbook::sheet::WorkbookSheet;
use crate::import::fault::{FaultKind, FileFault, WorkbookFault};

pub(super) fn sheets(bytes: &[u8]) -> Result<Vec<WorkbookSheet>, FaultKind> {
    let text = text(bytes);
    let mut page = Page::default();
    for piece in Markup::new(&text) {
        page.take(&piece)?;
    }
    page.end_row()?;
    page.end_table();
    if page.sheets.is_empty() {
        return Err(WorkbookFault::NoSheets.into());
    }
    Ok(page.sheets)
}

/// The page as text: in the encoding that it names, else UTF-8, else Windows-1252.
fn text(bytes: &[u8]) -> Cow<'_, str> {
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(2000)]).to_lowercase();
    let named = start.split_once("charset=").and_then(|(_, behind)| {
        let name: String = behind
            .trim_start_matches(['"', '\''])
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
            .collect();
        Encoding::for_label(name.as_bytes())
    });
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text.trim_start_matches('\u{feff}')),
        Err(_) => {
            named
                .filter(|encoding| *encoding != encoding_rs::UTF_8)
                .unwrap_or(encoding_rs::WINDOWS_1252)
                .decode_without_bom_handling(bytes)
                .0
        }
    }
}

/// What is read of a page. A table within a cell is part of that cell's text.
#[derive(Default)]
struct Page {
    sheets: Vec<WorkbookSheet>,
    rows: RowCollector,
    /// How deep in tables the reader is.
    depth: usize,
    row: u32,
    cells: Vec<String>,
    /// True between the beginning of a cell and its end.
    in_cell: bool,
    has_row: bool,
    /// How many columns the last cell takes.
    span: usize,
    is_row_hidden: bool,
    hidden_rows: u64,
    /// The name of the element whose content is no text, such as a style sheet.
    ignored: Option<&'static str>,
}

const IGNORED: [&str; 4] = ["style", "script", "title", "comment"];

impl Page {
    fn take(&mut self, piece: &Piece<'_>) -> Result<(), FaultKind> {
        if let Some(name) = self.ignored {
            if matches!(piece, Piece::Close(closed) if closed.eq_ignore_ascii_case(name)) {
                self.ignored = None;
            }
            return Ok(());
        }
        match piece {
            Piece::Open(name, attributes, is_closed) => {
                self.open(&name.to_ascii_lowercase(), attributes)?;
                let ignored = IGNORED.into_iter().find(|it| it.eq_ignore_ascii_case(name));
                self.ignored = ignored.filter(|_| !is_closed);
            }
            Piece::Close(name) => self.close(&name.to_ascii_lowercase())?,
            Piece::Text(text) => self.text(&decoded(text)),
            Piece::Verbatim(text) => self.text(text),
        }
        Ok(())
    }

    fn open(&mut self, name: &str, attributes: &str) -> Result<(), FaultKind> {
        match (name, self.depth) {
            ("table", depth) => self.depth = depth + 1,
            ("tr", 1) => {
                self.end_row()?;
                self.has_row = true;
                self.is_row_hidden = is_hidden(attributes);
            }
            ("td" | "th", 1) => {
                self.end_cell();
                if attribute(attributes, "rowspan").is_some_and(|rows| rows.trim() != "1") {
                    let detail = "a cell spans several rows; save it as .xlsx or CSV UTF-8";
                    return Err(WorkbookFault::unreadable(detail).into());
                }
                let span = attribute(attributes, "colspan").and_then(|it| it.trim().parse().ok());
                self.span = span.unwrap_or(1).clamp(1, MAX_COLUMNS);
                self.cells.push(String::new());
                self.in_cell = true;
                self.has_row = true;
            }
            ("br" | "p" | "div" | "li", _) => self.text(" "),
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, name: &str) -> Result<(), FaultKind> {
        match (name, self.depth) {
            ("td" | "th", 1) => self.end_cell(),
            ("tr", 1) => self.end_row()?,
            ("table", 1) => {
                self.end_row()?;
                self.end_table();
                self.depth = 0;
                if self.sheets.len() > MAX_SHEETS {
                    let detail = "it has too many tables";
                    return Err(WorkbookFault::unreadable(detail).into());
                }
            }
            ("table", depth) => self.depth = depth.saturating_sub(1),
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        if let Some(cell) = self.cells.last_mut().filter(|_| self.in_cell) {
            cell.push_str(text);
        }
    }

    fn end_cell(&mut self) {
        if std::mem::take(&mut self.in_cell) {
            let blank = self.span.saturating_sub(1).min(MAX_COLUMNS);
            self.cells.extend(std::iter::repeat_n(String::new(), blank));
        }
    }

    fn end_row(&mut self) -> Result<(), FaultKind> {
        self.end_cell();
        if !std::mem::take(&mut self.has_row) {
            return Ok(());
        }
        let mut is_blank = true;
        for (column, text) in self.cells.drain(..).enumerate() {
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            is_blank &= text.is_empty();
            let column = u32::try_from(column).map_err(FileFault::unreadable)?;
            self.rows.add(self.row, column, &text)?;
        }
        self.hidden_rows += u64::from(self.is_row_hidden && !is_blank);
        self.row += 1;
        Ok(())
    }

    fn end_table(&mut self) {
        let rows = self.rows.end_sheet();
        if !rows.is_empty() {
            self.sheets.push(WorkbookSheet {
                name: format!("table {}", self.sheets.len() + 1),
                is_hidden: false,
                rows: Ok(rows),
                hidden_rows: std::mem::take(&mut self.hidden_rows),
            });
        }
        self.row = 0;
    }
}

fn is_hidden(attributes: &str) -> bool {
    let style = attribute(attributes, "style").unwrap_or_default();
    let style: String = style.chars().filter(|c| !c.is_whitespace()).collect();
    style.to_ascii_lowercase().contains("display:none") || attribute(attributes, "hidden").is_some()
}
