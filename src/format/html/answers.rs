//! Answers: each figure large, with the words that say what it is.

use maud::{Markup, html as markup};

use crate::document::Answer;
use crate::format::html::text::text;

/// A longer figure is written smaller, so that it stays on one line of a phone.
const MAX_LARGE_CHARS: usize = 11;

/// The answers, one below the other.
pub(super) fn answers(answers: &[Answer]) -> Markup {
    markup! {
        ul class="answers" { @for given in answers { (answer(given)) } }
    }
}

fn answer(answer: &Answer) -> Markup {
    let is_long = answer.figure.to_string().chars().count() > MAX_LARGE_CHARS;
    markup! {
        li class=[answer.warns.then_some("warning")] {
            strong class=[is_long.then_some("long-figure")] { (text(&answer.figure)) }
            " " (text(&answer.meaning))
        }
    }
}
