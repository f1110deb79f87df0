//! The record: every entry, searched and filtered.

use crg::book::LogFilter;
use crg::format::visible;
use crg::model::Kind;
use crg::report::{EntryFilter, LogRow};
use maud::{Markup, html};

use crate::context::day;
use crate::desk::answer::{Answer, Page};
use crate::desk::fields::{Control, Field};
use crate::desk::values::address;
use crate::desk::visit::{Visit, unreadable};
use crate::failure::Stop;

/// Entries that one page shows, the latest.
const MAX_SHOWN: usize = 200;

pub(crate) fn show(visit: &Visit) -> Result<Answer, Stop> {
    let book = visit.open()?;
    let mut log = book.log(&filter(visit)?)?;
    if let Some(first) = visit.values.given("from-entry") {
        let first = first.parse().map_err(|error| unreadable(first, error))?;
        log.rows.retain(|row| row.entry >= first);
    }
    let years = book.years()?.into_iter().rev().map(|year| year.to_string());
    let body = html! {
        h1 id="title" { "The record" }
        p { "Every entry in the order recorded, the latest first. The date is the day on which an entry takes effect. Nothing is ever edited or deleted. To correct an entry or to undo it, follow its number." }
        (search(visit, years.collect()))
        p role="status" { (log.rows.len()) " entries" @if log.rows.len() == MAX_SHOWN { ", the latest" } "." }
        @if !log.rows.is_empty() { (table(&log.rows)) }
    };
    Ok(Page::new("The record", body).into())
}

fn filter(visit: &Visit) -> Result<LogFilter, Stop> {
    let values = &visit.values;
    let text = |name| values.given(name).map(str::to_owned);
    let read_day = |name| {
        let read = |given: &str| day(given).map_err(|error| unreadable(given, error));
        values.given(name).map(read).transpose()
    };
    macro_rules! read {
        ($name:literal) => {{
            let read = |given: &str| given.parse().map_err(|error| unreadable(given, error));
            values.given($name).map(read).transpose()?
        }};
    }
    Ok(LogFilter {
        year: read!("year"),
        entries: EntryFilter {
            project: read!("project"),
            kind: read!("kind"),
            from: read_day("from")?,
            to: read_day("to")?,
            by: text("recorded-by"),
            recorded_from: read_day("recorded-from")?,
            recorded_to: read_day("recorded-to")?,
            text: text("text"),
            ..EntryFilter::default()
        },
        known_at: None,
        last: Some(MAX_SHOWN),
    })
}

fn search(visit: &Visit, years: Vec<String>) -> Markup {
    let any = (String::new(), "Any".to_owned());
    let choices = |words: Vec<String>| {
        let words = words.into_iter().map(|word| (word.clone(), word));
        Control::Select(std::iter::once(any.clone()).chain(words).collect())
    };
    let kinds = Kind::KEYWORDS.iter().map(|word| (*word).to_owned());
    let fields = [
        Field::new("text", "Words or amount", Control::Short),
        Field::new("year", "Grant year", choices(years)),
        Field::new("project", "Project", Control::Short),
        Field::new("kind", "Type", choices(kinds.collect())),
        Field::new("from", "Takes effect from", Control::Short),
        Field::new("to", "Takes effect to", Control::Short),
        Field::new("recorded-by", "Recorded by", Control::Short),
        Field::new("recorded-from", "Recorded from", Control::Short),
        Field::new("recorded-to", "Recorded to", Control::Short),
    ];
    html! {
        form class="asked" method="get" action="/log" role="search" {
            @for field in &fields { (field.show(&visit.values, None)) }
            button { "Search" }
        }
    }
}

fn table(rows: &[LogRow]) -> Markup {
    html! {
        div class="scroller" role="group" tabindex="0" aria-labelledby="title" {
            table aria-labelledby="title" {
                thead role="rowgroup" {
                    tr role="row" {
                        @for heading in ["Entry", "Date", "Year", "Type", "Project"] {
                            th role="columnheader" scope="col" { (heading) }
                        }
                        th role="columnheader" scope="col" class="right" { "Amount" }
                        th role="columnheader" scope="col" { "Details" }
                        th role="columnheader" scope="col" { "Recorded" }
                    }
                }
                tbody role="rowgroup" { @for row in rows.iter().rev() { (self::row(row)) } }
            }
        }
    }
}

fn row(row: &LogRow) -> Markup {
    let number = row.entry.to_string();
    let link = address("/entry", &[("entry", &number)]);
    html! {
        tr role="row" {
            th role="rowheader" scope="row" { a href=(link) { (number) } }
            td role="cell" class="whole" data-heading="Date" { (row.on.short()) }
            td role="cell" data-heading="Year" { (row.year) }
            td role="cell" data-heading="Type" {
                (row.kind) @if let Some(by) = row.reversed_by { " (reversed by " (by) ")" }
            }
            td role="cell" data-heading="Project" { @if let Some(of) = &row.of { bdi { (visible(of)) } } }
            td role="cell" class="right" data-heading="Amount" {
                @if let Some(amount) = row.amount { (amount.pounds()) }
            }
            td role="cell" data-heading="Details" { bdi { (visible(&row.says)) } }
            td role="cell" data-heading="Recorded" {
                span {
                    span class="whole" { (row.recorded.date().short()) } " by " bdi { (visible(&row.by)) }
                }
            }
        }
    }
}
