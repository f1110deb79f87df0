mod duty;

use crg::report::{Duty, Finding};

use crate::conflicted;
use crate::context::Context;
use crate::failure::{Exit, Failure, Stop};
use crate::hint::{Hint, command};
use crate::options::answer::{AnswerOptions, Showing};
use crate::options::noted_head::{self, NotedHead};
use clap::Args;
use crg::book::CheckOptions;
use crg::import::EvidenceFolder;
use crg::{Access, Book, Error, FinancialYear};
use std::path::PathBuf;

/// Check the file, the record, the money and the process, in that order
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  crg check
  crg check backups/crg-20260511-093000.db
  crg check --documents letters
  crg check --for 360giving 2025/26
  crg check --head FINGERPRINT     from minutes, the foot of a paper, or crg log --head")]
pub(crate) struct Check {
    /// A copy to check instead of the book; with --for, the grant year, which defaults to this one
    #[arg(value_name = "FILE|YEAR")]
    file: Option<PathBuf>,
    /// Instead, list what is missing to publish a year's grants: for 360giving, transparency or
    /// specified-information
    #[arg(long = "for", value_name = "DUTY", conflicts_with_all = ["head", "documents", "strict"])]
    duty: Option<Duty>,
    /// Also check that nothing was changed before this was written down: a fingerprint, all 64
    /// characters, in quotes if they contain spaces; or a file with the note or the fingerprint, - for
    /// standard input
    #[arg(long, value_name = "FINGERPRINT", value_parser = noted_head::parse)]
    head: Option<NotedHead>,
    /// Also look for the documents on record in this folder, by their SHA-256
    #[arg(long, value_name = "FOLDER")]
    documents: Option<PathBuf>,
    /// Fail on warnings too
    #[arg(long)]
    strict: bool,
    #[command(flatten)]
    answer: AnswerOptions,
}

impl Check {
    pub(crate) fn run(&self, context: &Context) -> Result<(), Stop> {
        if let Some(duty) = self.duty {
            return duty::run(duty, self.year(context)?, &self.answer, context);
        }
        let file = self.file.as_ref().unwrap_or(&context.book);
        let book = Book::open(file, Access::Read)?;
        let (head, note) = match &self.head {
            Some(noted) => noted.read()?,
            None => (None, None),
        };
        let mut report = book.check_with(CheckOptions {
            head,
            note: note.clone(),
            today: Some(context.today),
            now: Some(context.now),
        });
        if let Some(folder) = &self.documents
            && report.worst() != Finding::Fault
        {
            let evidence = EvidenceFolder::read(folder).map_err(|error| Error::Document {
                path: folder.clone(),
                error,
            })?;
            book.check_documents(&evidence, &mut report)?;
        }
        // A book that cannot be read has no name to show.
        let origin = book.origin(&report, None).ok();
        self.answer
            .show(Showing::Answer, &report, origin, context)?;
        conflicted::print_next(&book, file, context);
        let failure = |code, message: &str| Failure::new(Exit::Refused, code, message);
        let failure = match report.worst() {
            Finding::Fault if report.is_only("head") => {
                let lacks = if note.is_some() {
                    "extend that note"
                } else {
                    "have that fingerprint"
                };
                let message = format!("check: the book is consistent, but does not {lacks}");
                let letters =
                    "compare the fingerprint letter by letter with where it was written down";
                let copy = command!("compare COPY {}", file.display());
                failure("fingerprint-not-found", &message)
                    .with(Hint::advice(letters))
                    .with(copy.because("then compare the book with a copy made at that time"))
            }
            Finding::Fault => failure("check-failed", "check: the book has faults").with(
                Hint::advice("use a safety copy, and keep this file to find out what happened"),
            ),
            Finding::Warning if self.strict => {
                let message = "check: there are warnings, and --strict fails on them";
                failure("check-warnings", message)
            }
            _ => return Ok(()),
        };
        Err(failure.into())
    }

    /// The year to be published.
    fn year(&self, context: &Context) -> Result<FinancialYear, Failure> {
        let Some(given) = &self.file else {
            return Ok(FinancialYear::containing(context.today));
        };
        let given = given.to_string_lossy();
        given.parse().map_err(|error| {
            Failure::command_line(format!("with --for, \"{given}\" should be {error}"))
        })
    }
}
