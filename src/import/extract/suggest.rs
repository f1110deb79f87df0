//! A first map for an extract, from its header and what stands below it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::import::extract::places::folded;
use crate::import::extract::source::Source;
use crate::import::extract::{source, xlsx};
use crate::import::fault::{FaultKind, FileFault, InputError, RowFault};
use crate::import::{amount, day};
use crate::model::{FinancialYear, ProjectRef};

/// How many rows may stand above the header.
const MAX_ABOVE: usize = 30;
/// How many different codes are counted, and how many shown.
const MAX_CODES: usize = 1000;
const SHOWN_CODES: usize = 12;

/// What columns are called in ledgers, the likeliest first.
const DATES: [&str; 8] = [
    "date",
    "payment date",
    "date paid",
    "paid date",
    "posting date",
    "transaction date",
    "accounting date",
    "invoice date",
];
const AMOUNTS: [&str; 12] = [
    "net amount",
    "amount net",
    "amount excl vat",
    "amount excluding vat",
    "net",
    "net value",
    "amount",
    "amount (£)",
    "amount paid",
    "payment amount",
    "invoice amount",
    "value",
];
const SUPPLIERS: [&str; 9] = [
    "supplier name",
    "supplier",
    "vendor name",
    "vendor",
    "payee name",
    "payee",
    "creditor name",
    "beneficiary name",
    "beneficiary",
];
const REFERENCES: [&str; 23] = [
    "transaction number",
    "transaction no",
    "transaction reference",
    "transaction id",
    "trans no",
    "document number",
    "document no",
    "document no.",
    "doc number",
    "doc no",
    "doc no.",
    "voucher",
    "voucher no",
    "journal number",
    "voucher number",
    "invoice number",
    "invoice no",
    "invoice ref",
    "invoice reference",
    "inv no",
    "payment reference",
    "reference",
    "ref",
];
const CODES: [&str; 10] = [
    "project",
    "project code",
    "cost centre",
    "cost center",
    "cost centre code",
    "cost code",
    "subjective code",
    "expense code",
    "account code",
    "code",
];

/// A project whose spend the lines may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The grant year.
    pub year: FinancialYear,
    /// Its ref.
    pub project: ProjectRef,
    /// Its title.
    pub title: String,
}

/// Writes a first [`Map`](crate::import::extract::map::Map) for an extract, to be read over and
/// completed. Where only one of the projects is of a year of the extract, every line is taken for
/// its own.
///
/// # Errors
///
/// A [`InputError`] where the file cannot be read, or nothing in it looks like a header with a date
/// and an amount.
pub fn suggest(file: &Path, projects: &[Candidate]) -> Result<String, InputError> {
    let fail = |kind: FaultKind| InputError::one(file, None, kind);
    let bytes = source::read(file, source::MAX_BYTES).map_err(|fault| fail(fault.into()))?;
    let sheets = match source::is_workbook(&bytes) {
        true => xlsx::sheet_names(&bytes)
            .map_err(fail)?
            .into_iter()
            .map(Some)
            .collect(),
        false => vec![None],
    };
    for (place, sheet) in sheets.iter().enumerate() {
        let source = Source::new(&bytes, sheet.as_deref()).map_err(fail)?;
        if let Some(mut seen) = Seen::look(source).map_err(|fault| fail(fault.into()))? {
            seen.sheet = sheet.clone().filter(|_| place > 0);
            return Ok(seen.map(projects));
        }
    }
    Err(fail(FileFault::NoHeaderFound.into()))
}

/// What an extract shows of itself.
struct Seen {
    sheet: Option<String>,
    header_row: u64,
    above: u64,
    names: Vec<String>,
    date: usize,
    amount: usize,
    years: BTreeSet<FinancialYear>,
    /// Of the column of codes, how many lines have each.
    codes: Option<(usize, BTreeMap<String, u64>)>,
}

impl Seen {
    fn look(mut source: Source<'_>) -> Result<Option<Seen>, RowFault> {
        let mut above: Vec<Vec<String>> = Vec::new();
        let mut seen = loop {
            if above.len() == MAX_ABOVE || !source.read()? {
                return Ok(None);
            }
            let names = source.cells().to_vec();
            let (date, amount) = (
                called(&names, &DATES, "date"),
                called(&names, &AMOUNTS, "amount"),
            );
            if let (Some(date), Some(amount)) = (date, amount) {
                let codes = called(&names, &CODES, "code").map(|place| (place, BTreeMap::new()));
                let (header_row, first) = (source.row(), above.is_empty());
                break Seen {
                    sheet: None,
                    header_row,
                    above: u64::from(!first),
                    names,
                    date,
                    amount,
                    years: BTreeSet::new(),
                    codes,
                };
            }
            above.push(names);
        };
        while source.read()? {
            seen.take(source.cells());
        }
        Ok(Some(seen))
    }

    fn take(&mut self, cells: &[String]) {
        let at = |place: usize| cells.get(place).map_or("", String::as_str);
        if amount(at(self.amount)).is_err() {
            return;
        }
        self.years
            .extend(day(at(self.date)).ok().map(FinancialYear::containing));
        if let Some((place, codes)) = &mut self.codes {
            let code = comment(at(*place));
            if !code.is_empty() && (codes.len() < MAX_CODES || codes.contains_key(&code)) {
                *codes.entry(code).or_default() += 1;
            }
        }
    }

    fn map(&self, projects: &[Candidate]) -> String {
        let of_the_file: Vec<&Candidate> = projects
            .iter()
            .filter(|candidate| self.years.contains(&candidate.year))
            .collect();
        let refs: BTreeSet<&ProjectRef> = of_the_file
            .iter()
            .map(|candidate| &candidate.project)
            .collect();
        let only = of_the_file.first().filter(|_| refs.len() == 1);
        let mut text = String::from(HEAD);
        if let Some(sheet) = &self.sheet {
            text.push_str(&format!(
                "\n# The sheet of the workbook.\nsheet = {}\n",
                quoted(sheet)
            ));
        }
        if self.above > 0 {
            text.push_str(&format!(
                "\n# The row of the header.\nheader = {}\n",
                self.header_row
            ));
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
        for (key, place) in [
            ("date", Some(self.date)),
            ("amount", Some(self.amount)),
            ("supplier", called(&self.names, &SUPPLIERS, "supplier")),
            ("reference", self.reference()),
        ] {
            if key == "reference" && place.is_none() {
                text.push_str(NO_REFERENCE);
            }
            if let Some(name) = place.and_then(|place| self.names.get(place)) {
                text.push_str(&format!("{key} = {}\n", quoted(&on_one_line(name))));
            }
        }
        text.push_str(&self.rules(&of_the_file, only.is_some()));
        text
    }

    /// The column of references, which is none of days or amounts.
    fn reference(&self) -> Option<usize> {
        let is_another = |place: &usize| {
            let name = self
                .names
                .get(*place)
                .map(|name| folded(name))
                .unwrap_or_default();
            *place != self.date
                && *place != self.amount
                && !name.contains("date")
                && !name.contains("amount")
        };
        called(&self.names, &REFERENCES, "invoice").filter(is_another)
    }

    /// The rules that find a line's project: as notes, since only a person knows which code is
    /// whose.
    fn rules(&self, projects: &[&Candidate], done: bool) -> String {
        let column = self
            .codes
            .as_ref()
            .and_then(|(place, _)| self.names.get(*place))
            .map_or_else(|| "Cost code".into(), |name| on_one_line(name));
        let mut text = String::from(if done { RULES_IF_WANTED } else { RULES });
        let example = ("P01".to_owned(), "the project's title".to_owned());
        let named: Vec<(String, String)> = projects
            .iter()
            .map(|of| (of.project.to_string(), comment(&of.title)))
            .collect();
        for (project, title) in if named.is_empty() {
            vec![example]
        } else {
            named
        } {
            let (project, column) = (quoted(&project), quoted(&column));
            text.push_str(&format!("#\n# [[project]]\n# ref = {project} # {title}\n# column = {column}\n# is = [\"…\"]\n"));
        }
        if let Some((_, codes)) = self.codes.as_ref().filter(|(_, codes)| !codes.is_empty()) {
            let mut codes: Vec<(&String, &u64)> = codes.iter().collect();
            codes.sort_by_key(|(code, lines)| (std::cmp::Reverse(**lines), (*code).clone()));
            let more = codes.len().saturating_sub(SHOWN_CODES);
            text.push_str(&format!(
                "\n# In this file the column {} has, with the number of lines:\n",
                comment(&column)
            ));
            for (code, lines) in codes.into_iter().take(SHOWN_CODES) {
                text.push_str(&format!("#   {code}: {lines}\n"));
            }
            if more > 0 {
                text.push_str(&format!("#   and {more} more\n"));
            }
        }
        text
    }
}

const HEAD: &str = "\
# How the ledger's extract is read. Columns are named as in its header; capitals and spaces make no difference,
# and a list takes whichever name is there: amount = [\"Net amount\", \"Amount\"].

# What the amounts are: \"net\" of VAT where the lead recovers it (councils do), \"gross\" where it does not.
# The amount column is the cost to the grant: choose the net or the gross one to match.
vat = \"net\"
";

const NO_REFERENCE: &str = "# reference = \"…\" # none was recognised: name the column, for without it a changed line cannot be told from a new one\n";

const UNMATCHED: &str = "
# References that come again every month and are no invoices', such as those of standing orders.
# recurring = [\"STANDING ORDER\"]

# A line that no rule takes: \"refuse\" it, leave it \"outside\" the grant, or give it to a project by its ref.
";

const RULES: &str = "
# How a line finds its project: complete one rule a project, and take away the # before it. A rule looks at a column for a
# whole cell (is = [\"…\", \"…\"]) or for a text in it (contains = [\"…\"]). A project that does not recover VAT may have its
# own vat = \"gross\" and amount = \"…\". Where a column holds the refs themselves, name it in [columns]: project = \"…\".
";

const RULES_IF_WANTED: &str = "
# The book has one project in the years of this file, and every line is taken for its own. Where lines are of several
# projects, set unmatched to \"refuse\" and give each project a rule.
";

/// The place of a column by its usual names, or else by a word in its name.
fn called(names: &[String], usual: &[&str], word: &str) -> Option<usize> {
    let names: Vec<String> = names.iter().map(|name| folded(name)).collect();
    let usual = usual
        .iter()
        .find_map(|usual| names.iter().position(|name| name == usual));
    usual.or_else(|| {
        names
            .iter()
            .position(|name| name.split(' ').any(|part| part == word))
    })
}

/// A column's name on one line, as a comment may hold it: spaces and line ends make no difference
/// to a name.
fn on_one_line(name: &str) -> String {
    name.trim_start_matches('\u{feff}')
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// A text as TOML quotes it.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// A text on one line, as a comment may hold it.
fn comment(text: &str) -> String {
    let shown: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .take(60)
        .collect();
    shown.split_whitespace().collect::<Vec<_>>().join(" ")
}
