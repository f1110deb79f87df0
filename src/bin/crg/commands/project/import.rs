use std::path::PathBuf;

use clap::Args;
use crg::book::{Commit, TrackerChange, TrackerImport, WaitingProject};
use crg::document::counted;
use crg::import::{Tracker, TrackerMap, suggest_tracker};
use crg::model::Date;
use crg::{Error, FinancialYear};

use crate::context::{Context, day};
use crate::failure::{Exit, Failure, Stop};
use crate::hint::{CommandLine, Hint, Unwanted, command};
use crate::options::file::FileOptions;
use crate::options::write::ConfirmOptions;
use crate::recording::{Confirmation, Recording, answer_nothing, confirm, print_all};

/// Record what a tracker has and the book does not: a spreadsheet with a row for each project
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  crg project import --suggest tracker.xlsx --output tracker.toml
  crg project import tracker.xlsx --map tracker.toml --dry-run
  crg project import tracker.xlsx --map tracker.toml

A filled-in template, from crg template tracker.xlsx, needs no map:
  crg project import tracker.xlsx

A map says which columns are what:
  year = \"2025/26\"
  pot = \"upfront\"                # the pot of rows that name none
  [columns]
  project = \"Ref\"
  title = \"Project\"
  lead = \"Lead agency\"
  asked = \"Requested\"
  status = \"Status\"
  decided_on = \"Working group\"   # also proposed_on, endorsed_on, submitted_on, ended_on
  approved = \"Awarded\"
  approved_on = \"Date of award\"
  spent = \"Spent to date\"
  spent_on = \"Spent up to\"
  [status]
  \"In delivery\" = \"approved\"    # what the tracker's own words mean

A step that the tracker skips is overridden, with the file's name as the reason. Spend to date is one
entry, marked tracker. The tracker filled further adds only what moved on; a project whose award was
varied, or whose spend fell, waits for you.")]
pub(crate) struct Import {
    /// The tracker, a workbook or CSV
    file: PathBuf,
    /// How to read it; a template from crg template tracker.xlsx needs none
    #[arg(long, value_name = "MAP", conflicts_with = "suggest")]
    map: Option<PathBuf>,
    /// Write a first map for it, to be checked, and import nothing
    #[arg(long, conflicts_with_all = ["year", "on", "dry_run", "format", "json"])]
    suggest: bool,
    /// The grant year of its projects; defaults to the map's, or else to the year containing the date
    #[arg(long, value_name = "YEAR")]
    year: Option<FinancialYear>,
    /// The day of whatever the tracker gives no day for; defaults to today
    #[arg(long, value_name = "DATE", value_parser = day)]
    on: Option<Date>,
    /// Show what would be recorded, and record nothing
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    confirm: ConfirmOptions,
    #[command(flatten)]
    output: FileOptions,
}

impl Import {
    pub(crate) fn run(&self, context: &Context) -> Result<(), Stop> {
        if self.suggest {
            let map = suggest_tracker(&self.file).map_err(Error::Tracker)?;
            return self.output.write(map.as_bytes(), context);
        }
        if self.output.is_given() {
            let message = "--output is for the map that --suggest writes";
            return Err(Failure::command_line(message).into());
        }
        let map = match &self.map {
            Some(map) => TrackerMap::read(map),
            None => TrackerMap::of_template(),
        };
        self.import(map.map_err(Error::Tracker)?, context)
    }

    fn import(&self, map: TrackerMap, context: &Context) -> Result<(), Stop> {
        let tracker = Tracker::read(&self.file, &map).map_err(Error::Tracker)?;
        let on = self.on.unwrap_or(context.today);
        let year = self.year.or(tracker.year);
        let year = year.unwrap_or_else(|| FinancialYear::containing(on));
        let how = self.confirm.recording(self.dry_run);
        let mut book = context.open_to_write()?;
        let import = TrackerImport {
            tracker: &tracker,
            year,
            on,
            by: &context.by,
        };
        let recorded = book.import_tracker(import, context.now, how.commit)?;
        if recorded.entries.is_empty() {
            let nothing = nothing(&tracker, &recorded.waiting);
            match how.confirmation {
                Confirmation::Table => context.output.confirm(&(nothing + "\n")),
                Confirmation::Json => {
                    answer_nothing(&book, &recorded, nothing, how.commit, context);
                }
            }
        } else {
            confirm(&book, &recorded, how, context);
        }
        print_all(&tracker.notes(), context);
        end(&recorded.waiting, year, how, context)
    }
}

fn nothing(tracker: &Tracker, waiting: &[WaitingProject]) -> String {
    let name = tracker.name();
    if waiting.is_empty() {
        format!("The book has all of {name}. Nothing was recorded.")
    } else {
        format!("{name} has nothing else that is new. Nothing was recorded.")
    }
}

/// Fails while projects wait, and says how each is settled.
fn end(
    waiting: &[WaitingProject],
    year: FinancialYear,
    how: Recording,
    context: &Context,
) -> Result<(), Stop> {
    let record = CommandLine::again().without(Unwanted::Flag("--dry-run"));
    let is_trial = how.commit == Commit::DryRun;
    if waiting.is_empty() {
        if is_trial {
            context.output.next(&record.into());
        }
        return Ok(());
    }
    let wait = if waiting.len() == 1 { "waits" } else { "wait" };
    let projects = counted(waiting.len(), "project");
    let mut lines = vec![format!("{projects} {wait} for a decision")];
    lines.extend(waiting.iter().map(|waiting| {
        let (project, row) = (&waiting.project, waiting.row);
        format!("{project}, row {row}: {}", waiting.change)
    }));
    let failure = Failure::new(Exit::Refused, "projects-waiting", lines.join("\n"));
    let hints = waiting
        .iter()
        .map(|waiting| settling(waiting, year, context));
    Err(hints.fold(failure, Failure::with).into())
}

/// The command that settles why a project waits.
fn settling(waiting: &WaitingProject, year: FinancialYear, context: &Context) -> Hint {
    let project = &waiting.project;
    let decided =
        |command: CommandLine| command.option("--year", year).decided(year, context.today);
    match &waiting.change {
        TrackerChange::Award {
            tracker,
            book,
            difference,
        } => {
            let vary = if tracker > book {
                command!("project increase {} {}", project, difference)
            } else {
                command!("project reduce {} {}", project, difference)
            };
            let vary = decided(vary.option("--reference", "AGREEMENT"));
            vary.because(format!(
                "if the OPCC agreed to the award of {}",
                tracker.pounds()
            ))
        }
        TrackerChange::Asked { tracker, .. } => {
            decided(command!("project amend {} --amount {}", project, tracker))
                .because("if the request was changed")
        }
        TrackerChange::Spent { .. } => command!("spend list {} --project {}", year, project)
            .because("see what the book has; reverse what is wrong, or correct the tracker"),
        _ => command!("project show {} --year {}", project, year)
            .because("see what the book has; record what is missing, or correct the tracker"),
    }
}
