//! Markdown: a report for a paper.

use crate::document::{Align, Block, Field, Origin, Report, Table};
use crate::format::bidi::visible;

/// The title, then every block in its order, then what it rests on. Amounts are written £15,552.80.
#[must_use]
pub fn md(report: &dyn Report) -> String {
    let mut text = format!("## {}\n", escape(&report.title()));
    for block in report.blocks() {
        text.push('\n');
        text.push_str(&written(&block));
    }
    for line in report.origin().iter().flat_map(Origin::lines) {
        text.push_str(&format!("\n{}\n", escape(&line)));
    }
    text
}

fn written(block: &Block) -> String {
    match block {
        Block::Heading(heading) => format!("### {}\n", escape(heading)),
        Block::Paragraph(sentences) => format!("{}\n", escape(sentences)),
        Block::Table(table) if table.caption.is_empty() => rows(table),
        Block::Table(table) => format!("### {}\n\n{}", escape(&table.caption), rows(table)),
        Block::Points(points) => points
            .iter()
            .map(|point| format!("- {}\n", escape(point)))
            .collect(),
    }
}

fn rows(table: &Table) -> String {
    let shown: Vec<usize> = (0..table.fields.len())
        .filter(|place| !table.fields[*place].is_detail())
        .collect();
    let cell = |text: &String| {
        if text.is_empty() {
            "| ".to_owned()
        } else {
            format!("| {text} ")
        }
    };
    let line = |cells: Vec<String>| format!("{}|\n", cells.iter().map(cell).collect::<String>());
    let rule = |field: &Field| {
        if field.align == Align::Right {
            "---:"
        } else {
            "---"
        }
        .to_owned()
    };
    let mut text = line(
        shown
            .iter()
            .map(|place| escape(table.fields[*place].heading))
            .collect(),
    );
    text.push_str(&line(
        shown
            .iter()
            .map(|place| rule(&table.fields[*place]))
            .collect(),
    ));
    for row in &table.rows {
        text.push_str(&line(
            shown
                .iter()
                .map(|place| escape(&row[*place].to_string()))
                .collect(),
        ));
    }
    text
}

/// Text that Markdown shows as it is.
fn escape(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in visible(text).chars() {
        match c {
            '\\' | '|' | '*' | '_' | '`' | '<' | '>' | '[' | ']' | '#' | '~' => {
                shown.extend(['\\', c])
            }
            '\n' => shown.push(' '),
            '&' => shown.push_str("&amp;"),
            c => shown.push(c),
        }
    }
    shown
}
