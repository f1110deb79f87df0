//! The demonstration: the published years of Kent, and what the book makes of them.

use std::path::Path;

use crg::book::{Book, Commit, load};
use crg::fold::Lens;
use crg::import::Folder;
use crg::model::{Date, FinancialYear, Measure};
use crg::store::{Access, StoreError};

use crate::context::Context;
use crate::failure::{Failure, OUR_BUG};
use crate::render;

const KENT: [(&str, &str); 3] = [
    ("book.csv", include_str!("../../../fixtures/kent/book.csv")),
    (
        "priorities.csv",
        include_str!("../../../fixtures/kent/priorities.csv"),
    ),
    (
        "entries.csv",
        include_str!("../../../fixtures/kent/entries.csv"),
    ),
];

/// Makes a book of the published years, and shows the chair's pot, the year's identity and the
/// reconciliation.
pub(crate) fn demo(file: &Path, context: &Context) -> Result<(), Failure> {
    if file.exists() {
        return Err(StoreError::Exists {
            path: file.to_owned(),
        }
        .into());
    }
    let loaded = load(
        file,
        Folder::BuiltIn(&KENT),
        &context.by,
        context.now,
        Commit::Keep,
    )?;
    let book = Book::open(file, Access::Read)?;
    let year: FinancialYear = parsed("2025/26")?;
    let (july, march): (Date, Date) = (parsed("2025-07-23")?, parsed("2026-03-31")?);

    let mut text = format!(
        "Made {} from {} entries: Kent, 2025/26 and 2026/27, as published.\n",
        file.display(),
        loaded.entries
    );
    text.push_str("\n1. The chair asks what is left in the tactical pot.\n\n");
    let pot = book.pot(year, Lens::at(july))?;
    text.push_str(&render::text(&pot, context.width));
    let figures = book.reconcile(year, Lens::at(march))?;
    if let Some(printed) = figures
        .rows
        .iter()
        .find(|row| row.measure == Measure::TacticalRemaining && row.on == july)
    {
        let sentence = format!(
            "Tactical pot {} as at {july}; the {} printed {}: {} apart.",
            printed.computed.pounds(),
            printed.paper,
            printed.printed.pounds(),
            printed.difference.abs().pounds()
        );
        text.push_str(&render::paragraph(&sentence, context.width));
    }
    text.push_str("\n2. The finance officer asks where the allocation went.\n\n");
    let end = book.year(year, Lens::at(march))?;
    text.push_str(&render::text(&end, context.width));
    text.push_str(&format!(
        "{} is uncommitted and {} is to return to the OPCC at {march}.\n",
        end.uncommitted.pounds(),
        end.to_return.pounds()
    ));
    text.push_str("\n3. Auditors ask whether the papers agree with the book.\n\n");
    text.push_str(&render::text(&figures, context.width));
    let name = file.display();
    text.push_str(&format!(
        "\nTry next:\n  crg --db {name} project list 2025/26\n  crg --db {name} report year-end 2025/26 --for-excel --output year-end.csv\n  crg --db {name} pot 2026/27\n  crg --help\n"
    ));
    render::out(&text)
}

fn parsed<T: std::str::FromStr<Err: std::fmt::Display>>(text: &str) -> Result<T, Failure> {
    text.parse()
        .map_err(|error| Failure::new(OUR_BUG, format!("bug: {text}: {error}")))
}
