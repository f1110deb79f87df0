//! The text of a suggested map.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use crate::import::extract::heading::AmountName;
use crate::import::extract::suggest::guess::{Amounts, Guess};
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

/// The sheets of a workbook.
#[derive(Debug, Default)]
pub(super) struct Sheets {
    /// The one that was looked at, if there are several.
    pub(super) chosen: Option<String>,
    pub(super) is_hidden: bool,
    /// The others with the same columns, and with other columns of a ledger.
    pub(super) alike: Vec<String>,
    pub(super) others: Vec<String>,
}

/// Writes a map: what was guessed, with comments for a person to complete.
pub(super) fn write(guess: &Guess, sheets: &Sheets, projects: &[Candidate]) -> String {
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
    text.push_str(&vat(guess));
    text.push_str(&sheet(sheets));
    if guess.has_rows_above {
        let row = guess.header_row;
        text.push_str(&format!("\n# The row of the header.\nheader = {row}\n"));
    }
    text.push_str(&fill_down(guess));
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

/// What the amounts are, with the doubt if their column does not say that they are net.
fn vat(guess: &Guess) -> String {
    let Amounts::One(column, kind) = guess.amounts else {
        return "vat = \"net\"\n".into();
    };
    let column = quoted(&comment(&name(guess, column)));
    match kind {
        AmountName::Net | AmountName::Plain => "vat = \"net\"\n".into(),
        AmountName::Gross => format!(
            "# Please check: {column} seems to include VAT, and there is no other column of amounts.\nvat = \"gross\"\n"
        ),
        AmountName::Total => format!(
            "# Please check: {column} may include VAT, and there is no net column. If it does, this is \"gross\".\nvat = \"net\"\n"
        ),
        AmountName::Tax => format!(
            "# Please check: {column} seems to be VAT alone, and there is no other column of amounts.\nvat = \"net\"\n"
        ),
    }
}

fn sheet(sheets: &Sheets) -> String {
    let Some(chosen) = &sheets.chosen else {
        return String::new();
    };
    let list = |names: &[String]| {
        let names = names.iter().map(|name| comment(name));
        names.collect::<Vec<String>>().join(", ")
    };
    let sheet = quoted(chosen);
    if !sheets.alike.is_empty() {
        let alike = list(&sheets.alike);
        let chosen = comment(chosen);
        return format!(
            "\n# Several sheets have these columns: {chosen}, {alike}. Name one, import the file, then name the next.\n# sheet = {sheet}\n"
        );
    }
    let mut text = String::from(if sheets.is_hidden {
        "\n# The sheet of the workbook. It is hidden: please check that it is the ledger.\n"
    } else {
        "\n# The sheet of the workbook.\n"
    });
    if !sheets.others.is_empty() {
        let others = list(&sheets.others);
        text.push_str(&format!(
            "# Other sheets look like a ledger too: {others}.\n"
        ));
    }
    text.push_str(&format!("sheet = {sheet}\n"));
    text
}

/// Whether codes hold for the rows below them.
fn fill_down(guess: &Guess) -> String {
    let Some((column, _)) = guess.codes.as_ref().filter(|_| guess.uncoded > 0) else {
        return String::new();
    };
    let column = name(guess, *column);
    let (shown, column, lines) = (comment(&column), quoted(&column), guess.uncoded);
    if guess.is_grouped() {
        format!(
            "\n# Each code in {shown} stands only once, above {lines} lines without one: it is taken to hold for the\n# rows below it. Please check.\nfill_down = [{column}]\n"
        )
    } else {
        format!(
            "\n# {lines} lines have no {shown}. If a code holds for the rows below it, remove the # before this.\n# fill_down = [{column}]\n"
        )
    }
}

fn columns(guess: &Guess) -> String {
    let amounts = match guess.amounts {
        Amounts::One(amount, _) => vec![("amount", Some(amount)), ("sign", guess.sign)],
        Amounts::DebitAndCredit(debit, credit) => {
            vec![("debit", Some(debit)), ("credit", Some(credit))]
        }
    };
    let mut keys = vec![("date", Some(guess.date))];
    keys.extend(amounts);
    keys.extend([
        ("supplier", guess.supplier),
        ("reference", guess.reference),
        ("category", guess.category),
    ]);
    let mut text = String::new();
    for (key, column) in keys {
        match column {
            Some(column) => {
                let column = quoted(&name(guess, column));
                text.push_str(&format!("{key} = {column}{}\n", rivals(guess, key)));
            }
            None if key == "reference" => text.push_str(NO_REFERENCE),
            None => {}
        }
    }
    text
}

/// The other columns that a key may be, as a comment.
fn rivals(guess: &Guess, key: &str) -> String {
    let key = if key == "debit" { "amount" } else { key };
    let rivals = guess.rivals.get(key).into_iter().flatten();
    let rivals: Vec<String> = rivals
        .map(|column| quoted(&comment(&name(guess, *column))))
        .collect();
    match rivals[..] {
        [] if key == "date" && !guess.is_date_named => {
            " # recognised by its contents: please check that it is the day of the payment".into()
        }
        [] => String::new(),
        _ => format!(" # or is it {}?", rivals.join(" or ")),
    }
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
pub(super) fn name(guess: &Guess, column: usize) -> String {
    let name = guess.names.get(column).map_or("", String::as_str);
    on_one_line(name.trim_start_matches('\u{feff}'))
}

/// A text as TOML quotes it.
pub(super) fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

const HEAD: &str = "\
# How the ledger's extract is read. Columns are named as in its header; capitals and spaces make no difference,
# and a list takes whichever of its names the header has: amount = [\"Net amount\", \"Amount\"].

# What the amounts are: \"net\" of VAT if the lead recovers it (councils do), \"gross\" if it does not.
# The amount column is the cost to the grant: choose the net or the gross one to match.
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
