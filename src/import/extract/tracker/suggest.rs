//! A first map for a tracker, from its header.

use std::path::Path;

use crate::import::extract::heading::words;
use crate::import::extract::kind::FileType;
use crate::import::extract::limits::MAX_BYTES;
use crate::import::extract::source::{Contents, Source, read_file};
use crate::import::extract::text::{comment, on_one_line};
use crate::import::extract::workbook;
use crate::import::fault::{FaultKind, FileFault, InputError};

/// The usual names of each column, the likeliest first; the first four are needed.
const NAMES: [(&str, &str); 16] = [
    (
        "project",
        "ref, project ref, reference, project reference, project code, project no, project id, id, no",
    ),
    (
        "title",
        "title, project title, project, project name, name, scheme, initiative",
    ),
    (
        "lead",
        "lead, lead agency, lead organisation, lead partner, applicant, agency, organisation, delivered by, partner, owner",
    ),
    (
        "asked",
        "asked, amount asked, requested, amount requested, requested amount, request, bid, bid amount, amount bid, cost",
    ),
    ("pot", "pot, fund, funding pot, round"),
    ("priorities", "priorities, priority, priority codes"),
    ("status", "status, project status, stage, progress"),
    (
        "approved",
        "approved, approved amount, amount approved, awarded, award, amount awarded, award amount, allocated",
    ),
    (
        "spent",
        "spent to date, spend to date, spent, spend, actual, actual spend, expenditure, expenditure to date",
    ),
    (
        "proposed_on",
        "proposed on, date proposed, date received, received, date of request, date requested, application date",
    ),
    (
        "decided_on",
        "decision day, decision date, date of decision, decided on, working group, working group date, date recommended, recommended on, meeting date",
    ),
    ("endorsed_on", "endorsed on, date endorsed, chair agreed"),
    (
        "submitted_on",
        "submitted on, date submitted, submitted, sent to opcc, submission date",
    ),
    (
        "approved_on",
        "approval day, approval date, date of approval, date approved, approved on, award date, date of award, date awarded",
    ),
    (
        "spent_on",
        "spent on, spend as at, spent as at, spend date, date of spend, as at, spent to",
    ),
    (
        "ended_on",
        "ended on, completed on, date completed, completion date, end date, closed on, date withdrawn",
    ),
];

const NEEDED: usize = 4;
const MAX_ROWS_ABOVE: usize = 20;

/// The columns found in a header, and its row.
struct Guess {
    row: u64,
    has_rows_above: bool,
    found: Vec<(&'static str, String)>,
    /// The columns that no key names.
    others: Vec<String>,
}

/// Writes a first [`TrackerMap`](crate::import::TrackerMap) for a tracker, to be checked.
///
/// # Errors
///
/// An [`InputError`] if the file cannot be read, or no row of it names a project's ref, title, lead
/// and amount.
pub fn suggest_tracker(file: &Path) -> Result<String, InputError> {
    let fail = |kind: FaultKind| InputError::one(file, None, kind);
    let bytes = read_file(file, MAX_BYTES).map_err(|fault| fail(fault.into()))?;
    let file_type = FileType::of(&bytes);
    if !file_type.is_workbook() {
        let contents = Contents::text(&bytes, None).map_err(fail)?;
        return Ok(write(&guess(&contents).map_err(fail)?, None));
    }
    let sheets = workbook::sheets(&bytes, file_type).map_err(fail)?;
    let has_several = sheets.len() > 1;
    let mut first_fault = None;
    for sheet in sheets {
        let guessed = sheet.rows.and_then(|rows| guess(&Contents::Sheet(rows)));
        match guessed {
            Ok(guess) => return Ok(write(&guess, Some(&sheet.name).filter(|_| has_several))),
            Err(fault) => first_fault = first_fault.or(Some(fault)),
        }
    }
    let seen = Vec::new();
    Err(fail(
        first_fault.unwrap_or(FileFault::NoTracker { seen }.into()),
    ))
}

/// The first row that names what every tracker has.
fn guess(contents: &Contents<'_>) -> Result<Guess, FaultKind> {
    let mut source = Source::new(contents);
    let mut widest: Vec<String> = Vec::new();
    let mut rows = 0;
    while rows < MAX_ROWS_ABOVE && source.read()? {
        let (found, others) = columns(&source.cells);
        let is_found = |needed: &str| found.iter().any(|(key, _)| *key == needed);
        if NAMES[..NEEDED].iter().all(|(key, _)| is_found(key)) {
            return Ok(Guess {
                row: source.row,
                has_rows_above: rows > 0,
                found,
                others,
            });
        }
        let seen = source.cells.iter().map(|cell| on_one_line(cell));
        let seen: Vec<String> = seen.filter(|cell| !cell.is_empty()).collect();
        if seen.len() > widest.len() {
            widest = seen;
        }
        rows += 1;
    }
    Err(FileFault::NoTracker { seen: widest }.into())
}

/// The columns that a header names, each cell for one key only, and the others.
fn columns(header: &[String]) -> (Vec<(&'static str, String)>, Vec<String>) {
    let names: Vec<String> = header.iter().map(|name| words(name).join(" ")).collect();
    let mut taken = vec![false; names.len()];
    let mut found = Vec::new();
    for (key, usual) in NAMES {
        let column = usual.split(", ").find_map(|wanted| {
            let mut named = names.iter().zip(&taken);
            named.position(|(name, taken)| name == wanted && !taken)
        });
        if let Some(column) = column {
            taken[column] = true;
            found.push((key, on_one_line(&header[column])));
        }
    }
    let others = header.iter().zip(&taken).filter(|(_, taken)| !**taken);
    let others = others.map(|(name, _)| on_one_line(name));
    (found, others.filter(|name| !name.is_empty()).collect())
}

fn write(guess: &Guess, sheet: Option<&String>) -> String {
    let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
    let mut text = String::from(HEAD);
    if let Some(sheet) = sheet {
        text.push_str(&format!("sheet = {}\n", quoted(sheet)));
    }
    if guess.has_rows_above {
        text.push_str(&format!("header = {}\n", guess.row));
    }
    text.push_str("\n[columns]\n");
    for (key, _) in NAMES {
        let found = guess.found.iter().find(|(known, _)| *known == key);
        text.push_str(&match found {
            Some((_, name)) => format!("{key} = {}\n", quoted(name)),
            None => format!("# {key} = \"…\"\n"),
        });
    }
    if !guess.others.is_empty() {
        let others = guess.others.iter().map(|name| comment(name));
        let others: Vec<String> = others.collect();
        text.push_str(&format!("# Not used: {}\n", others.join(", ")));
    }
    text + STATUS
}

const HEAD: &str = "\
# How a tracker is read: a row for each project. Columns are named as in its header; capitals and spaces make no
# difference, and a list takes whichever of its names the header has.

# year = \"2025/26\"   # the grant year; otherwise the option --year gives it
# pot = \"upfront\"    # the pot of rows that name none
";

const STATUS: &str = "
# decided_on is the working group's decision, approved_on the OPCC's, spent_on the last day that the spend counts,
# ended_on the day of completion, withdrawal or refusal.

# What the tracker's own words for a status mean.
# [status]
# \"In delivery\" = \"approved\"
";
