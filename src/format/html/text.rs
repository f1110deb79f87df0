//! Sentences, whose amounts and days are never broken across two lines.

use maud::{Markup, html as markup};

use crate::document::{Span, Text};
use crate::model::visible;

/// A sentence with each amount and day in it kept on one line.
pub(super) fn text(text: &Text) -> Markup {
    markup! {
        @for part in text.spans() {
            @match part {
                Span::Words(words) => { (visible(words)) },
                Span::Money(_) | Span::Day(_) => { span class="whole" { (part) } },
            }
        }
    }
}
