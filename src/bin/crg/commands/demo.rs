//! `crg demo`: the published years of Kent, and what the book answers, one question on a screen.

use std::io::{IsTerminal, stdin, stdout};
use std::path::PathBuf;

use clap::Args;
use crg::book::{Commit, load};
use crg::document::{Block, Report};
use crg::import::Folder;
use crg::model::{Cells, Column};
use crg::{Access, Book, Date, Draft, Error, FinancialYear, Lens, StoreError};

use crate::context::Context;
use crate::failure::{Exit, Failure, Stop};
use crate::hint::{CommandLine, REASON, command};
use crate::invocation::Invocation;
use crate::output;
use crate::recording::{line, pots_left};
use crate::text_table;

const BOOK: &str = include_str!("../../../../fixtures/kent/book.csv");
const PRIORITIES: &str = include_str!("../../../../fixtures/kent/priorities.csv");
const ENTRIES: &str = include_str!("../../../../fixtures/kent/entries.csv");

/// The proposal of which the second question asks: options of `crg project propose`.
const PROPOSAL: [(Column, &str, &str); 6] = [
    (Column::Year, "--year", "2026/27"),
    (Column::On, "--on", "2026-05-11"),
    (Column::Pot, "--pot", "upfront"),
    (Column::Amount, "--amount", "4000"),
    (Column::Title, "--title", "Bike marking"),
    (Column::Lead, "--lead", "Kent Police"),
];

/// Make a book from Kent's published figures, and show what it answers
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  crg demo")]
pub(crate) struct Demo {
    /// The book to make
    #[arg(default_value = "crg-demo.db")]
    file: PathBuf,
}

/// A question, the command that answers it, its answer, and a command to try next.
struct Screen {
    question: &'static str,
    command: CommandLine,
    answer: String,
    next: CommandLine,
}

impl Demo {
    /// Makes the book, then shows its answers. At a terminal each waits for the person.
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
        output::print(format!(
            "Made {} from {} entries: Kent, 2025/26 and 2026/27, as published.\n",
            self.file.display(),
            loaded.entries
        ))?;
        let mut book = Book::open(&self.file, Access::Write)?;
        let invocation = Invocation::default().naming(Some(&self.file));
        let waits = context.output.pager.is_some();
        for (index, screen) in screens(&mut book, context)?.iter().enumerate() {
            if waits && index > 0 && stdin().is_terminal() && stdout().is_terminal() {
                output::print("Enter for the next question: ")?;
                let _ = stdin().read_line(&mut String::new());
            }
            output::print(format!(
                "\n{}. {}\n$ {}\n{}Try next: {}\n",
                index + 1,
                screen.question,
                invocation.command(&screen.command),
                screen.answer,
                invocation.command(&screen.next)
            ))?;
        }
        Ok(())
    }
}

/// What the chair, the working group, the funder and the auditors ask.
fn screens(book: &mut Book, context: &Context) -> Result<[Screen; 4], Stop> {
    let width = context.output.width;
    let year: FinancialYear = parsed("2025/26")?;
    let (july, february): (Date, Date) = (parsed("2025-07-23")?, parsed("2026-02-02")?);
    Ok([
        Screen {
            question: "What is left?",
            command: command!("pot {} --as-at {}", year, july),
            answer: text_table::answer(&book.pot(year, Lens::at(july))?, width),
            next: command!("page {} --output chair.html --open", year),
        },
        proposal(book, context)?,
        Screen {
            question: "Who will not spend in time? The report ends with the answer.",
            command: command!("report forecast {} --as-at {}", year, february),
            answer: sentences(&book.forecast(year, Lens::at(february))?, width),
            next: command!("year show {}", year),
        },
        Screen {
            question: "What did the papers say?",
            command: command!("reconcile {} --as-at {}", year, july),
            answer: text_table::answer(&book.reconcile(year, Lens::at(july))?, width),
            next: command!("reconcile {} --explain 45 --note {}", year, REASON),
        },
    ])
}

/// What would be left if a proposal were approved. The book stays as published.
fn proposal(book: &mut Book, context: &Context) -> Result<Screen, Stop> {
    let (mut cells, mut typed) = (Cells::default(), command!("project propose P01"));
    cells.set(Column::Kind, "propose");
    cells.set(Column::Project, "P01");
    cells.set(Column::By, context.by.as_str());
    for (column, option, value) in PROPOSAL {
        cells.set(column, value);
        typed = typed.option(option, value);
    }
    let draft = Draft::from_new_cells(&cells).map_err(Error::Invalid)?;
    let recorded = book.record([draft], context.now, Commit::DryRun)?;
    let entries = recorded.entries.iter();
    let lines: String = entries
        .map(|entry| line(entry, &recorded, Commit::DryRun))
        .collect();
    Ok(Screen {
        question: "What if all is approved? A trial records nothing.",
        command: typed.clone().flag("--dry-run"),
        answer: lines + &pots_left(&recorded),
        next: typed,
    })
}

/// What a report says in sentences.
fn sentences(report: &dyn Report, width: u16) -> String {
    let points = report.blocks().into_iter().flat_map(|block| match block {
        Block::Points(points) => points,
        _ => Vec::new(),
    });
    points
        .map(|point| text_table::paragraph(&point.to_string(), width))
        .collect()
}

fn parsed<T: std::str::FromStr<Err: std::fmt::Display>>(text: &str) -> Result<T, Failure> {
    text.parse()
        .map_err(|error| Failure::new(Exit::Bug, "bug", format!("bug: {text}: {error}")))
}
