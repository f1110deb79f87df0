//! The frame of every page: its head, who records in which book, and the way to the other screens.

use crg::format::{STYLE, visible};
use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::desk::answer::Page;
use crate::desk::screens::who;
use crate::desk::values::address;
use crate::desk::visit::Visit;

/// What the desk's pages have beside the style sheet of all pages.
pub(crate) const DESK_STYLE: &str = include_str!("desk.css");

/// The screens, in the order of the navigation.
const SCREENS: [(&str, &str); 8] = [
    ("/", "Today"),
    ("/projects", "Projects"),
    ("/meeting", "Meeting"),
    ("/spend", "Spend"),
    ("/year", "Year"),
    ("/reports", "Reports"),
    ("/log", "Record"),
    ("/health", "Health"),
];

/// A page in its frame.
pub(crate) fn framed(visit: &Visit, path: &str, page: &Page) -> String {
    let (desk, by) = (&visit.desk, visible(&visit.context.by));
    // A year that is only being opened has no screens yet.
    let year = visit
        .values
        .given("year")
        .filter(|year| visit.has_year(year));
    let link = |path: &str| match year {
        Some(year) => address(path, &[("year", year)]),
        None => path.to_owned(),
    };
    let top = html! {
        a class="skip" href="#main" { "Skip to the main content" }
        header class="top" {
            div class="who" {
                p { strong { "The desk" } " · " (visible(&desk.book.display().to_string())) }
                p {
                    @if desk.is_read_only {
                        "To read only: nothing can be recorded"
                    } @else {
                        "Recorded by " strong { bdi { (by) } } " · "
                        a href=(who::asked(visit)) {
                            @if visit.context.is_by_given { "Change who records" }
                            @else { "Say who you are" }
                        }
                    }
                }
            }
            nav aria-label="Screens" {
                ul {
                    @for (screen, name) in SCREENS {
                        li { a href=(link(screen)) aria-current=[(screen == path).then_some("page")] { (name) } }
                    }
                }
            }
        }
    };
    document(&page.title, &top, &page.body)
}

/// A page without the way to the screens, for those who are not admitted.
pub(crate) fn bare(title: &str, paragraphs: &[&str]) -> String {
    let body = html! {
        h1 id="title" { (title) }
        @for words in paragraphs { p { (words) } }
    };
    document(title, &html! {}, &body)
}

fn document(title: &str, top: &Markup, body: &Markup) -> String {
    let page = html! {
        (DOCTYPE)
        html lang="en-GB" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (visible(title)) " – the desk" }
                style { (PreEscaped(STYLE)) }
                style { (PreEscaped(DESK_STYLE)) }
            }
            body { (top) main id="main" { (body) } }
        }
    };
    page.into_string()
}
