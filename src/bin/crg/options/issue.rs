//! [`IssueOptions`]: how a report goes out, and how that is confirmed.

use clap::Args;
use crg::Book;
use crg::book::{Commit, Dispatch, Recorded};
use crg::model::Entry;

use crate::context::Context;
use crate::failure::Stop;
use crate::hint::CommandLine;
use crate::notes::print_clock;
use crate::options::answer::AnswerOptions;
use crate::options::write::commit;
use crate::recording::{Confirmation, Recording, answer_nothing, confirm};

// How a report goes out.
#[derive(Debug, Args)]
pub(crate) struct IssueOptions {
    /// Record that this report goes out, with its fingerprint
    #[arg(long, conflicts_with = "known_at")]
    pub(crate) issue: bool,
    /// A letter, a meeting (with --issue)
    #[arg(long, value_name = "TEXT", requires = "issue")]
    reference: Option<String>,
    /// Anything a reader should know (with --issue)
    #[arg(long, value_name = "TEXT", requires = "issue")]
    note: Option<String>,
    /// Issue it although its period is not over, with the reason
    #[arg(long = "override", value_name = "REASON", requires = "issue")]
    override_reason: Option<String>,
    /// Show what would go out, and record nothing (with --issue)
    #[arg(long, requires = "issue")]
    dry_run: bool,
}

impl IssueOptions {
    pub(crate) fn dispatch(&self, context: &Context) -> Dispatch {
        Dispatch {
            by: context.by.clone(),
            reference: self.reference.clone(),
            note: self.note.clone(),
            override_reason: self.override_reason.clone(),
        }
    }

    pub(crate) fn commit(&self) -> Commit {
        commit(self.dry_run)
    }

    /// Says that a report went out before, and that nothing was recorded.
    pub(crate) fn known(
        &self,
        known: String,
        book: &Book,
        answer: &AnswerOptions,
        context: &Context,
    ) {
        if answer.is_json_elsewhere() {
            answer_nothing(book, &Recorded::default(), known, self.commit(), context);
        } else {
            context.output.note(&known);
        }
    }

    /// Says what was recorded, and with which command the file is printed later whose fingerprint is
    /// on record. The report has been shown, or could not be.
    pub(crate) fn confirm(
        &self,
        title: &str,
        (book, recorded): (&Book, &Recorded),
        again: impl FnOnce(&Entry) -> CommandLine,
        (answer, shown): (&AnswerOptions, Result<(), Stop>),
        context: &Context,
    ) -> Result<(), Stop> {
        let Some(entry) = recorded.entries.first() else {
            return shown;
        };
        let is_answered = answer.is_json_elsewhere();
        if is_answered {
            let how = Recording {
                commit: self.commit(),
                confirmation: Confirmation::Json,
            };
            confirm(book, recorded, how, context);
        } else {
            let verb = if self.dry_run {
                "would record"
            } else {
                "recorded"
            };
            let number = entry.number;
            let note = format!("{verb} entry {number}: issue of {title}");
            context.output.note(&note);
        }
        if self.dry_run {
            return shown;
        }
        let again = again(entry);
        let later = again.clone().because("to print the same report later");
        context.output.next(&later);
        if !is_answered {
            print_clock(book, context);
        }
        shown.map_err(|stop| stop.after_recording(again))
    }
}
