//! HTML: a report as one page that needs nothing else: to read, to print, to paste into a paper.
//!
//! It has no script and asks for nothing over the network: its policy forbids both, and allows one
//! style, by its hash. `maud` escapes every text, so that no title is ever markup.

mod chart;
mod scale;
mod table;
mod no_wrap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html as markup};
use sha2::{Digest, Sha256};

use self::no_wrap::whole;
use crate::document::{Block, Origin, Report};
use crate::format::bidi::visible;

const STYLE: &str = include_str!("html/style.css");

/// What the page is made from, below it.
const SOURCE: &str = "Every figure is worked out from the entries on record in the partnership's book of the grant, kept with crg.";

/// The title, then every block in its order, as a page of HTML. Amounts are written £15,552.80; a
/// table that says how is drawn as well. The same bytes for the same report.
#[must_use]
pub fn html(report: &dyn Report) -> String {
    let title = visible(&report.title());
    let page = markup! {
        (DOCTYPE)
        html lang="en-GB" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy());
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                main {
                    h1 id="title" { (whole(&title)) }
                    (blocks(&report.blocks()))
                }
                footer {
                    p { (title) "." }
                    p { (SOURCE) }
                    @for line in report.origin().iter().flat_map(Origin::lines) { p { (line) } }
                }
            }
        }
    };
    page.into_string() + "\n"
}

/// Nothing is loaded or run; the page's one style is known by its hash.
fn policy() -> String {
    let hash = STANDARD.encode(Sha256::digest(STYLE));
    format!(
        "default-src 'none'; style-src 'sha256-{hash}'; img-src data:; base-uri 'none'; form-action 'none'"
    )
}

/// The blocks in their order. The place of a heading on the page is its id, by which what stands
/// under it is named.
fn blocks(blocks: &[Block]) -> Markup {
    let mut above = "title".to_owned();
    let mut named = |place: usize, block: &Block| {
        if matches!(block, Block::Heading(_))
            || matches!(block, Block::Table(table) if !table.caption.is_empty())
        {
            above = format!("part-{place}");
        }
        above.clone()
    };
    markup! { @for (place, part) in blocks.iter().enumerate() { (block(part, &named(place, part))) } }
}

/// One block, and the id of the last heading: its own, where it has one.
fn block(block: &Block, heading: &str) -> Markup {
    match block {
        Block::Heading(text) => markup! { h2 id=(heading) { (whole(&visible(text))) } },
        Block::Paragraph(sentences) => markup! { p { (whole(&visible(sentences))) } },
        Block::Table(rows) => table::table(rows, heading),
        Block::Points(points) => {
            markup! { ul { @for point in points { li { (whole(&visible(point))) } } } }
        }
    }
}
