//! What the screens that show a report have in common: its heading, its figures, and of which day.

use crg::document::Report;
use crg::format::{html_blocks, visible};
use crg::model::EntryNumber;
use crg::{Book, FinancialYear};
use maud::{Markup, PreEscaped, html};

use crate::desk::fields::{Control, Field};
use crate::desk::values::address;
use crate::desk::visit::Visit;
use crate::failure::Stop;

/// A report below its title.
pub(crate) fn report(report: &dyn Report) -> Markup {
    html! { (heading(report)) (figures(report)) }
}

/// The title of a report, and whose grant it is about.
pub(crate) fn heading(report: &dyn Report) -> Markup {
    html! {
        h1 id="title" { (visible(&report.title().to_string())) }
        @if let Some(holder) = report.holder() { p class="holder" { (visible(&holder.to_string())) } }
    }
}

/// All of a report below its title, with links to the entries.
pub(crate) fn figures(report: &dyn Report) -> Markup {
    PreEscaped(html_blocks(report, Some(entry_page)))
}

/// The page of an entry, on which it is corrected and reversed.
fn entry_page(number: EntryNumber) -> String {
    address("/entry", &[("entry", &number.to_string())])
}

/// The form that asks about another year.
pub(crate) fn another_year(book: &Book, year: FinancialYear, path: &str) -> Result<Markup, Stop> {
    another(book, year, path, &[], &Default::default())
}

/// The form that asks about another year or day.
pub(crate) fn another_day(
    book: &Book,
    year: FinancialYear,
    path: &str,
    visit: &Visit,
) -> Result<Markup, Stop> {
    let day = Field::new("as-at", "Day", Control::Short);
    another(book, year, path, &[day], &visit.values)
}

fn another(
    book: &Book,
    year: FinancialYear,
    path: &str,
    others: &[Field],
    values: &crate::desk::values::Values,
) -> Result<Markup, Stop> {
    let years = book.years()?.into_iter().rev();
    let years = years.map(|year| (year.to_string(), year.to_string()));
    let field = Field::new("year", "Grant year", Control::Select(years.collect()));
    let mut values = values.clone();
    values.set("year", year.to_string());
    Ok(html! {
        form class="asked" method="get" action=(path) {
            (field.show(&values, None))
            @for other in others { (other.show(&values, None)) }
            button { "Show" }
        }
    })
}
