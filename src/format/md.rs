//! Markdown: a report to paste into a paper.

use crate::document::{Align, Answer, Block, Column, Number, Numbers, Origin, Report, Table, Text};
use crate::model::visible;

/// The title, the holder, every block in order, and the origin. Amounts are written £15,552.80.
pub fn md(report: &dyn Report) -> String {
    let mut text = format!("## {}\n", sentence(&report.title()));
    if let Some(holder) = report.holder() {
        text.push_str(&format!("\n{}\n", sentence(&holder)));
    }
    let mut numbers = Numbers::default();
    for part in report.blocks() {
        text.push('\n');
        text.push_str(&block(&part, numbers.next(&part)));
    }
    for line in report.origin().into_iter().flat_map(Origin::lines) {
        text.push_str(&format!("\n{}\n", escape(&line)));
    }
    text
}

fn block(block: &Block, number: Option<Number>) -> String {
    let number = number.map_or(String::new(), |number| format!("{number} "));
    match block {
        Block::Answers(answers) => points(answers.iter().map(Answer::text)),
        Block::Heading(heading) | Block::Section(heading) => {
            format!("### {number}{}\n", sentence(heading))
        }
        Block::Subheading(heading) => format!("#### {}\n", sentence(heading)),
        Block::Paragraph(text) | Block::Numbered(text) => format!("{number}{}\n", sentence(text)),
        Block::Fields(fields) => {
            let fields = fields.iter();
            let lines = fields.map(|(label, text)| format!("{label}: {}\n", sentence(text)));
            lines.collect::<Vec<_>>().join("\n")
        }
        Block::Table(table) if table.caption.is_empty() => rows(table),
        Block::Table(table) => format!("### {}\n\n{}", sentence(&table.caption), rows(table)),
        Block::Points(texts) => points(texts.iter().cloned()),
    }
}

fn points(texts: impl Iterator<Item = Text>) -> String {
    texts
        .map(|text| format!("- {}\n", sentence(&text)))
        .collect()
}

fn rows(table: &Table) -> String {
    let (shown, columns): (Vec<usize>, Vec<&Column>) = table.shown().unzip();
    let mut text = line(columns.iter().map(|column| escape(column.heading())));
    text.push_str(&line(columns.iter().map(|column| rule(column).to_owned())));
    for row in table.rows.iter().chain(&table.total_row()) {
        text.push_str(&line(
            shown.iter().map(|index| escape(&row[*index].to_string())),
        ));
    }
    text
}

/// A line of a table. An empty cell is a single space.
fn line(cells: impl Iterator<Item = String>) -> String {
    let cell = |text: String| match text.as_str() {
        "" => "| ".to_owned(),
        text => format!("| {text} "),
    };
    cells.map(cell).collect::<String>() + "|\n"
}

/// The line below a heading, which says on which side of the column its values stand.
fn rule(column: &Column) -> &'static str {
    match column.align() {
        Align::Left => "---",
        Align::Right => "---:",
    }
}

fn sentence(text: &Text) -> String {
    escape(&text.to_string())
}

/// Text that Markdown shows as it is.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in visible(text).chars() {
        match c {
            '\\' | '|' | '*' | '_' | '`' | '<' | '>' | '[' | ']' | '#' | '~' => {
                escaped.extend(['\\', c]);
            }
            '\n' => escaped.push(' '),
            '&' => escaped.push_str("&amp;"),
            c => escaped.push(c),
        }
    }
    escaped
}
