//! HTML: a report as one page that needs nothing else: to read, to print, to paste into a paper.
//!
//! It has no script and loads nothing: its content security policy forbids both, and allows one
//! style, by its hash. `maud` escapes every text, so that no title is ever markup.

mod scale;
mod picture;
mod labels;
mod bars;
mod steps;
mod text;
mod answers;
mod table;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html as markup};
use sha2::{Digest, Sha256};

use crate::document::{Block, Number, Numbers, Origin, Report};
use crate::format::html::text::text;
use crate::model::visible;

pub use table::EntryLink;

/// The style sheet of every page.
pub const STYLE: &str = include_str!("html/style.css");

/// What the page is made from, at its foot.
const SOURCE: &str = "Every figure is worked out from the entries on record in the partnership's \
                      book of the grant, kept with crg.";

/// The title, the holder, every block in order, and the origin, as a page of HTML. A table that has
/// a drawing has bars in its rows, or stands behind its chart. Amounts are written £15,552.80. The
/// same report gives the same bytes.
pub fn html(report: &dyn Report) -> String {
    let title = report.title();
    let tab = match report.origin() {
        Some(origin) => format!("{title} – {}", origin.partnership),
        None => title.to_string(),
    };
    let page = markup! {
        (DOCTYPE)
        html lang="en-GB" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy());
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (visible(&tab)) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                main {
                    h1 id="title" { (text(&title)) }
                    @if let Some(holder) = report.holder() { p class="holder" { (text(&holder)) } }
                    (blocks(&report.blocks(), None))
                }
                footer {
                    p { (text(&title)) "." }
                    p { (SOURCE) }
                    @for line in report.origin().into_iter().flat_map(Origin::lines) { p { (line) } }
                }
            }
        }
    };
    page.into_string() + "\n"
}

/// Every block in order, below a heading whose id is `title`, for a page with a frame of its own.
/// The numbers of entries in its tables are links, if there are pages of them.
pub fn html_blocks(report: &dyn Report, entry_link: Option<EntryLink>) -> String {
    blocks(&report.blocks(), entry_link).into_string()
}

/// Nothing may be loaded or run; the page's one style is allowed by its hash.
fn policy() -> String {
    format!(
        "default-src 'none'; style-src {}; img-src data:; base-uri 'none'; form-action 'none'",
        style_source(STYLE)
    )
}

/// The source expression that allows a style sheet by its hash.
pub fn style_source(style: &str) -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(style)))
}

/// The blocks in their order. A heading's id is made of its position on the page; the tables below
/// it are labelled by it.
fn blocks(blocks: &[Block], entry_link: Option<EntryLink>) -> Markup {
    let mut heading = "title".to_owned();
    let (mut page, mut numbers) = (Vec::new(), Numbers::default());
    for (position, part) in blocks.iter().enumerate() {
        if is_headed(part) {
            heading = format!("part-{position}");
        }
        page.push(block(part, numbers.next(part), &heading, entry_link));
    }
    markup! { @for part in page { (part) } }
}

/// Returns `true` if the block has a heading of its own.
fn is_headed(block: &Block) -> bool {
    match block {
        Block::Heading(_) | Block::Subheading(_) | Block::Section(_) => true,
        Block::Table(table) => !table.caption.is_empty(),
        Block::Paragraph(_) | Block::Numbered(_) | Block::Fields(_) => false,
        Block::Answers(_) | Block::Points(_) => false,
    }
}

/// One block with its number, and with the id of its own heading or else of the last one above it.
fn block(
    block: &Block,
    number: Option<Number>,
    heading: &str,
    entry_link: Option<EntryLink>,
) -> Markup {
    let number = number.map(|number| markup! { span class="whole" { (number) } " " });
    match block {
        Block::Answers(given) => answers::answers(given),
        Block::Heading(words) | Block::Section(words) => {
            markup! { h2 id=(heading) { (number.unwrap_or_default()) (text(words)) } }
        }
        Block::Subheading(words) => markup! { h3 id=(heading) { (text(words)) } },
        Block::Paragraph(words) | Block::Numbered(words) => {
            markup! { p { (number.unwrap_or_default()) (text(words)) } }
        }
        Block::Fields(fields) => markup! {
            dl {
                @for (label, words) in fields { div { dt { (label) ":" } " " dd { (text(words)) } } }
            }
        },
        Block::Table(rows) => table::table(rows, heading, entry_link),
        Block::Points(points) => {
            markup! { ul { @for point in points { li { (text(point)) } } } }
        }
    }
}
