//! [`Error`]: why a book did not do what it was asked.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::document::counted;
use crate::fold::{FoldError, Left};
use crate::import::InputError;
use crate::model::{
    CellFault, Date, EntryNumber, FinancialYear, Moment, Money, Pot, ProjectRef, Quarter,
};
use crate::report::{ClaimPeriod, Duty};
use crate::rules::{Place, Refusal};
use crate::store::StoreError;

/// Why a book did not do what it was asked.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "the fields are what the sentences show")]
#[non_exhaustive]
pub enum Error {
    /// A rule refused an entry.
    #[error("{refusal}")]
    Refused { refusal: Refusal },
    /// A rule refused what was asked for one of several projects; nothing was recorded for any.
    #[error("{project}: {refusal}\nnothing was recorded, for this project or the others")]
    RefusedProject {
        project: ProjectRef,
        refusal: Refusal,
    },
    /// A rule refused a row of a file; nothing of the file was recorded.
    #[error("{}, row {row} (entry {entry} of the file): {refusal}\n{}", file.display(), unreached(*.not_reached))]
    RefusedRow {
        file: PathBuf,
        row: u64,
        entry: u64,
        not_reached: u64,
        refusal: Box<Refusal>,
    },
    /// What was to be recorded is not an entry.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Invalid(Vec<CellFault>),
    /// The files to be loaded are invalid.
    #[error(transparent)]
    Input(#[from] InputError),
    /// An extract, or lines of it, are invalid.
    #[error("{0}")]
    Extract(InputError),
    /// A file of decisions on the lines of an extract is invalid.
    #[error("{0}")]
    Decisions(InputError),
    /// The map of an extract is invalid.
    #[error("{0}")]
    Map(InputError),
    /// Rules refused lines of an extract: the first hundred, by row, and how many more; nothing of
    /// it was recorded.
    #[error("{}", refused_lines(.file, .refusals, *.more))]
    RefusedLines {
        file: PathBuf,
        refusals: Vec<(Place, Refusal)>,
        more: usize,
    },
    /// A tracker or its map is invalid.
    #[error("{0}")]
    Tracker(InputError),
    /// The settings of papers are invalid.
    #[error("{0}")]
    Settings(InputError),
    /// A rule refused what a row of a tracker implies; nothing of the tracker was recorded.
    #[error("{}, row {row}: {refusal}\nnothing was recorded", file.display())]
    RefusedProjectRow {
        file: PathBuf,
        row: u64,
        refusal: Box<Refusal>,
    },
    /// The book has no entry of that year.
    #[error("the book has nothing for {year}; it has {}", known_years(.known))]
    NoSuchYear {
        year: FinancialYear,
        known: Vec<FinancialYear>,
    },
    /// The year has no such project, or not yet on that day.
    #[error("{year} has no project {project}{}", whereabouts(*.proposed_on, .elsewhere, .similar))]
    NoSuchProject {
        year: FinancialYear,
        project: ProjectRef,
        proposed_on: Option<Date>,
        elsewhere: Vec<FinancialYear>,
        /// The refs and titles of projects of the year whose refs look like this one.
        similar: Vec<(ProjectRef, String)>,
    },
    /// The book has no such entry.
    #[error("the book has no entry {entry}")]
    NoSuchEntry { entry: EntryNumber },
    /// No priority in force in the year has this code.
    #[error("{year} has no priority {code} in force")]
    NoSuchPriority { year: FinancialYear, code: String },
    /// No scheme of this name is in force in the year.
    #[error("{year} has no priority of a scheme {scheme:?} in force")]
    NoSuchScheme { year: FinancialYear, scheme: String },
    /// A priority that is to begin is in force.
    #[error("{code} is already a priority of {scheme} in {year}")]
    PriorityExists {
        year: FinancialYear,
        code: String,
        scheme: String,
    },
    /// A correction would change nothing.
    #[error("entry {entry} says that already; nothing was recorded")]
    NothingToCorrect { entry: EntryNumber },
    /// The year to be opened has an allocation.
    #[error("{year} is already open, with an allocation of {}", allocation.pounds())]
    YearIsOpen {
        year: FinancialYear,
        allocation: Money,
        /// The pot that the year draws on once it has begun.
        pot: Pot,
    },
    /// Everything is to be returned before the year is over.
    #[error("{year} ends on {}; on {} its projects still need their money", year.last_day().long(), on.long())]
    YearNotOver {
        year: FinancialYear,
        on: Date,
        /// The pot that the year draws on once it has begun.
        pot: Pot,
    },
    /// Everything is to be returned, but the OPCC has not paid all of it.
    #[error(
        "{} of {year} is left, but only {} of it is cash received from the OPCC; {} was not drawn",
        left.total().pounds(), left.to_return.pounds(), left.not_drawn.pounds()
    )]
    NotDrawn { year: FinancialYear, left: Left },
    /// A quarter's report is to go out before the quarter is over.
    #[error("{quarter} of {year} ends on {}; on {} it is not over", year.quarter_end(*.quarter).long(), on.long())]
    QuarterNotOver {
        year: FinancialYear,
        quarter: Quarter,
        on: Date,
    },
    /// A claim is to go out before its period is over.
    #[error("{period} of {year} ends on {}; on {} it is not over", period.last_day(*.year).long(), on.long())]
    ClaimNotOver {
        year: FinancialYear,
        period: ClaimPeriod,
        on: Date,
    },
    /// A claim is to go out for days that another one has.
    #[error(
        "entry {entry} claims {} for {year} {claimed}, with all spend up to {}; nothing before that day is left to claim",
        amount.pounds(), to.long()
    )]
    AlreadyClaimed {
        year: FinancialYear,
        /// The other claim.
        claimed: ClaimPeriod,
        entry: EntryNumber,
        amount: Money,
        /// The last day whose spend it has.
        to: Date,
    },
    /// Changes are asked for since a moment after the last that counts.
    #[error("there are no changes since {since}: the last moment that counts is {known}")]
    SinceTooLate { since: Moment, known: Moment },
    /// Decisions are asked for since a day after the one asked about.
    #[error("there are no decisions since {}: the day asked about is {}", since.long(), as_at.long())]
    SinceAfterAsAt { since: Date, as_at: Date },
    /// No return of the year carries that reference.
    #[error("{year} has no return with the reference {reference:?}{}", other_payments(.known))]
    NoSuchPayment {
        year: FinancialYear,
        reference: String,
        known: Vec<String>,
    },
    /// No project of the year has an award.
    #[error("{year} has no grant to publish: no project has an award")]
    NoGrants { year: FinancialYear },
    /// Facts that a duty of publication asks for are missing.
    #[error("{year} cannot be published for {} yet: {} missing", duty.title(), counted(*.count, "fact"))]
    FactsMissing {
        year: FinancialYear,
        duty: Duty,
        count: usize,
    },
    /// A safety copy has a fault, and so has the book.
    #[error("the copy was not kept, because the book has a fault: {check}: {detail}")]
    BadCopy { check: &'static str, detail: String },
    /// A copy that is to be compared was changed: its fingerprints are not those of its entries.
    #[error("{} cannot be compared: its chain breaks: {fault}", path.display())]
    BrokenChain { path: PathBuf, fault: String },
    /// An entry on record cannot be folded: no book that the rules guarded holds one.
    #[error("the journal does not add up: {0}")]
    Fold(#[from] FoldError),
    /// A report that is to be issued has no JSON: no report of this crate is such.
    #[error("the report cannot be written as JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// A file that is evidence, or a folder of such files, cannot be read.
    #[error("{} cannot be read: {error}", path.display())]
    Document {
        path: PathBuf,
        error: std::io::Error,
    },
    /// An output file or folder.
    #[error("{} {}", path.display(), output(.error))]
    Output {
        path: PathBuf,
        error: std::io::Error,
    },
    /// The file of the book.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Error {
        Error::Refused { refusal }
    }
}

fn unreached(rows: u64) -> String {
    match rows {
        0 => "nothing was recorded".into(),
        1 => "1 row after it was not tried; nothing was recorded".into(),
        rows => format!("{rows} rows after it were not tried; nothing was recorded"),
    }
}

fn refused_lines(file: &Path, refusals: &[(Place, Refusal)], more: usize) -> String {
    let mut lines: Vec<String> = refusals
        .iter()
        .map(|(place, refusal)| format!("{}, {place}: {refusal}", file.display()))
        .collect();
    if more > 0 {
        lines.push(format!("… and {more} more"));
    }
    lines.push("nothing was recorded".into());
    lines.join("\n")
}

fn output(error: &std::io::Error) -> String {
    match error.kind() {
        ErrorKind::AlreadyExists => "already exists, and is left as it is".into(),
        ErrorKind::NotFound => "cannot be made: its folder does not exist".into(),
        _ => format!("cannot be written: {error}"),
    }
}

fn known_years(years: &[FinancialYear]) -> String {
    if years.is_empty() {
        return "no entries yet".into();
    }
    let years: Vec<String> = years.iter().map(ToString::to_string).collect();
    years.join(", ")
}

fn other_payments(references: &[String]) -> String {
    if references.is_empty() {
        String::new()
    } else {
        format!("; it has {}", references.join(", "))
    }
}

fn whereabouts(
    proposed_on: Option<Date>,
    elsewhere: &[FinancialYear],
    similar: &[(ProjectRef, String)],
) -> String {
    match (proposed_on, elsewhere) {
        (Some(on), _) => format!(" on that day; it is proposed on {}", on.long()),
        (None, []) => did_you_mean(similar),
        (None, years) => format!("; {} has one", known_years(years)),
    }
}

fn did_you_mean(similar: &[(ProjectRef, String)]) -> String {
    if similar.is_empty() {
        return String::new();
    }
    let named = similar.iter();
    let named: Vec<String> = named
        .map(|(project, title)| format!("{project}, {title}"))
        .collect();
    format!("; did you mean {}?", named.join(", or "))
}
