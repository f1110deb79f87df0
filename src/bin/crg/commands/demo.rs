//! `crg demo`: the published years of Kent, and what the book makes of them.

use crg::book::{Commit, load};
use crg::import::Folder;
use crg::model::Measure;

use crate::context::Context;
use crate::failure::{Exit, Failure, Stop};
use crate::hint::command;
use crate::invocation::Invocation;
use crate::text_table;
use clap::Args;
use crg::{Access, Book, Date, Error, FinancialYear, Lens, StoreError};
use std::path::PathBuf;

const BOOK: &str = include_str!("../../../../fixtures/kent/book.csv");
const PRIORITIES: &str = include_str!("../../../../fixtures/kent/priorities.csv");
const ENTRIES: &str = include_str!("../../../../fixtures/kent/entries.csv");

/// Make a book from Kent's published figures, and show what it answers
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  crg demo")]
pub(crate) struct Demo {
    /// The book to make
    #[arg(default_value = "crg-demo.db")]
    file: PathBuf,
}

impl Demo {
    /// Makes the book, then shows the chair's pot, where the year's allocation went and the
    /// reconciliation.
    pub(crate) fn run(&self, context: &Context) -> Result<(), Stop> {
        if self.file.exists() {
            let path = self.file.clone();
            return Err(Error::from(StoreError::Exists { path }).into());
        }
        let files = [
            ("book.csv", BOOK),
            ("priorities.csv", PRIORITIES),
            ("entries.csv", ENTRIES),
        ];
        let kent = Folder::BuiltIn(&files);
        let loaded = load(&self.file, kent, &context.by, context.now, Commit::Keep)?;
        let made = format!(
            "Made {} from {} entries: Kent, 2025/26 and 2026/27, as published.\n",
            self.file.display(),
            loaded.entries
        );
        let book = Book::open(&self.file, Access::Read)?;
        let shown = answers(&book, context.output.width)?;
        context.output.show(made + &shown + &self.next())
    }

    fn next(&self) -> String {
        let commands = [
            command!("project list 2025/26"),
            command!("report year-end 2025/26 --for-excel --output year-end.csv"),
            command!("pot 2026/27"),
        ];
        let invocation = Invocation::default().naming(Some(&self.file));
        let lines = commands.map(|command| format!("  {}\n", invocation.command(&command)));
        format!("\nTry next:\n{}  crg --help\n", lines.concat())
    }
}

/// What the chair, the finance officer and the auditors ask.
fn answers(book: &Book, width: u16) -> Result<String, Stop> {
    let year: FinancialYear = parsed("2025/26")?;
    let (july, march): (Date, Date) = (parsed("2025-07-23")?, parsed("2026-03-31")?);
    let figures = book.reconcile(year, Lens::at(march))?;

    let mut text = "\n1. The chair asks what is left in the tactical pot.\n\n".to_owned();
    text.push_str(&text_table::text(&book.pot(year, Lens::at(july))?, width));
    let mut rows = figures.rows.iter().filter(|row| row.on == july);
    if let Some(printed) = rows.find(|row| row.measure == Measure::TacticalRemaining) {
        let sentence = format!(
            "Tactical pot {} as at {}; the {} printed {}: {} apart.",
            printed.computed.pounds(),
            july.long(),
            printed.paper,
            printed.printed.pounds(),
            printed.difference.abs().pounds()
        );
        text.push_str(&text_table::paragraph(&sentence, width));
    }
    text.push_str("\n2. The finance officer asks where the allocation went.\n\n");
    let end = book.year(year, Lens::at(march))?;
    text.push_str(&text_table::text(&end, width));
    text.push_str(&format!(
        "At {}, {} is uncommitted and {} is to be returned to the OPCC.\n",
        march.long(),
        end.uncommitted.pounds(),
        end.to_return.pounds()
    ));
    text.push_str("\n3. Auditors ask whether the papers agree with the book.\n\n");
    text.push_str(&text_table::text(&figures, width));
    Ok(text)
}

fn parsed<T: std::str::FromStr<Err: std::fmt::Display>>(text: &str) -> Result<T, Failure> {
    text.parse()
        .map_err(|error| Failure::new(Exit::Bug, "bug", format!("bug: {text}: {error}")))
}
