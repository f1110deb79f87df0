//! The text of a suggested map.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use crate::import::extract::suggest::guess::Guess;
use crate::import::extract::text::{comment, on_one_line};
use crate::model::{FinancialYear, ProjectRef};

/// A project whose spend the lines of an extract may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The grant year.
    pub year: FinancialYear,
    /// Its ref.
    pub project: ProjectRef,
    /// Its title.
    pub title: String,
}

const MAX_SHOWN_CODES: usize = 12;

/// Writes a map: what was guessed, with comments for a person to complete.
pub(super) fn write(guess: &Guess, projects: &[Candidate]) -> String {
    let candidates: Vec<&Candidate> = projects
        .iter()
        .filter(|candidate| guess.years.contains(&candidate.year))
        .collect();
    let refs: BTreeSet<&ProjectRef> = candidates
        .iter()
        .map(|candidate| &candidate.project)
        .collect();
    let only = candidates.first().filter(|_| refs.len() == 1);
    let mut text = String::from(HEAD);
    if let Some(sheet) = &guess.sheet {
        let sheet = quoted(sheet);
        text.push_str(&format!(
            "\n# The sheet of the workbook.\nsheet = {sheet}\n"
        ));
    }
    if guess.has_rows_above {
        let row = guess.header_row;
        text.push_str(&format!("\n# The row of the header.\nheader = {row}\n"));
    }
    text.push_str(UNMATCHED);
    match only {
        Some(only) => text.push_str(&format!(
            "unmatched = {} # {}\n",
            quoted(only.project.as_str()),
            comment(&only.title)
        )),
        None => text.push_str("unmatched = \"refuse\"\n"),
    }
    text.push_str("\n[columns]\n");
    text.push_str(&columns(guess));
    text.push_str(if only.is_some() {
        OPTIONAL_RULES
    } else {
        RULES
    });
    let code_column = guess.codes.as_ref().map(|(column, _)| *column);
    let code_column =
        code_column.map_or_else(|| "Cost code".to_owned(), |column| name(guess, column));
    text.push_str(&rules(&candidates, &code_column));
    text.push_str(&codes(guess, &code_column));
    text
}

fn columns(guess: &Guess) -> String {
    let mut text = String::new();
    for (key, column) in [
        ("date", Some(guess.date)),
        ("amount", Some(guess.amount)),
        ("supplier", guess.supplier()),
        ("reference", guess.reference()),
    ] {
        match column {
            Some(column) => text.push_str(&format!("{key} = {}\n", quoted(&name(guess, column)))),
            None if key == "reference" => text.push_str(NO_REFERENCE),
            None => {}
        }
    }
    text
}

/// A rule for each project, as a comment, since only a person knows which code is whose.
fn rules(projects: &[&Candidate], column: &str) -> String {
    let rule = |project: &str, title: &str| {
        let (project, column) = (quoted(project), quoted(column));
        format!(
            "#\n# [[project]]\n# ref = {project} # {title}\n# column = {column}\n# is = [\"…\"]\n"
        )
    };
    if projects.is_empty() {
        return rule("P01", "the project's title");
    }
    let rules = projects
        .iter()
        .map(|candidate| rule(candidate.project.as_str(), &comment(&candidate.title)));
    rules.collect()
}

/// The codes of the file, the most frequent first.
fn codes(guess: &Guess, column: &str) -> String {
    let Some((_, codes)) = guess.codes.as_ref().filter(|(_, codes)| !codes.is_empty()) else {
        return String::new();
    };
    let mut codes: Vec<(&String, &u64)> = codes.iter().collect();
    codes.sort_by_key(|(code, lines)| (Reverse(**lines), (*code).clone()));
    let more = codes.len().saturating_sub(MAX_SHOWN_CODES);
    let column = comment(column);
    let mut text = format!("\n# In this file the column {column} has, with the number of lines:\n");
    for (code, lines) in codes.into_iter().take(MAX_SHOWN_CODES) {
        text.push_str(&format!("#   {code}: {lines}\n"));
    }
    if more > 0 {
        text.push_str(&format!("#   and {more} more\n"));
    }
    text
}

/// A column's name on one line, as a comment may hold it: spaces and line ends make no difference
/// to a name.
fn name(guess: &Guess, column: usize) -> String {
    let name = guess.names.get(column).map_or("", String::as_str);
    on_one_line(name.trim_start_matches('\u{feff}'))
}

/// A text as TOML quotes it.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

const HEAD: &str = "\
# How the ledger's extract is read. Columns are named as in its header; capitals and spaces make no difference,
# and a list takes whichever of its names the header has: amount = [\"Net amount\", \"Amount\"].

# What the amounts are: \"net\" of VAT if the lead recovers it (councils do), \"gross\" if it does not.
# The amount column is the cost to the grant: choose the net or the gross one to match.
vat = \"net\"
";

const NO_REFERENCE: &str = "# reference = \"…\" # no column was recognised; name it, because without it a changed line cannot be told from a new one\n";

const UNMATCHED: &str = "
# References that come again every month and name no invoice, such as those of standing orders.
# recurring = [\"STANDING ORDER\"]

# A line that no rule takes: \"refuse\" it, leave it \"outside\" the grant, or give it to a project by its ref.
";

const RULES: &str = "
# How a line finds its project: complete one rule for each project, and remove the # before it. A rule looks in a column
# for a whole cell (is = [\"…\", \"…\"]) or for a text in it (contains = [\"…\"]). A project that does not recover VAT may have its
# own vat = \"gross\" and amount = \"…\". If a column holds the refs themselves, name it in [columns]: project = \"…\".
";

const OPTIONAL_RULES: &str = "
# The book has one project in the years of this file, and every line is given to it. If lines belong to several
# projects, set unmatched to \"refuse\" and give each project a rule.
";
