//! [`Places`]: where in an extract's rows the map's columns are, and what the rows say there.

use std::path::Path;

use crate::import::amount;
use crate::import::extract::map::{Map, Words};
use crate::import::extract::name;
use crate::import::fault::{
    FaultKind, HeaderFault, InputError, ProjectFault, RowFault, ValueFault,
};
use crate::model::ProjectRef;
use crate::rules::Payment;

/// The most columns that are listed where no rule takes a line, and the most letters of a column's
/// name: of a million bad lines each is told.
const MAX_LISTED_COLUMNS: usize = 5;
const MAX_NAME_CHARS: usize = 60;

/// What the last row is called, where it is called something.
const TOTALS: [&str; 5] = ["total", "totals", "total:", "grand total", "grand total:"];

/// The columns that a map names, found in a header.
pub(crate) struct Places {
    pub(crate) names: Names,
    width: usize,
    date: usize,
    amount: usize,
    supplier: Option<usize>,
    reference: Option<usize>,
    note: Option<usize>,
    project: Option<(usize, String)>,
    rules: Vec<Rule>,
    recurring: Vec<String>,
    file: String,
}

/// The names of columns as the header has them, for errors.
pub(crate) struct Names {
    pub(crate) date: String,
    amount: String,
}

/// A rule with its columns found and its words as they are compared.
struct Rule {
    project: ProjectRef,
    column: usize,
    name: String,
    words: Vec<String>,
    whole: bool,
    amount: Option<(usize, String)>,
}

impl Places {
    /// Finds the map's columns in a header.
    pub(crate) fn find(
        header: &[String],
        map: &Map,
        file: &Path,
        row: u64,
    ) -> Result<Places, InputError> {
        let mut faults = InputError::default();
        let mut find = |words: &Words| match place(header, words) {
            Ok(found) => found,
            Err(what) => {
                faults.add(file, Some(row), what);
                (0, String::new())
            }
        };
        let columns = &map.text.columns;
        let (date, date_name) = find(&columns.date);
        let (amount, amount_name) = find(&columns.amount);
        let mut optional = |words: &Option<Words>| words.as_ref().map(&mut find);
        let (supplier, reference) = (optional(&columns.supplier), optional(&columns.reference));
        let project = optional(&columns.project);
        let mut rules = Vec::new();
        for rule in &map.text.project {
            let (column, name) = find(&rule.column);
            let amount = rule.amount.as_ref().map(&mut find);
            let words = rule
                .is
                .iter()
                .chain(&rule.contains)
                .flat_map(Words::iter)
                .map(folded)
                .filter(|word| !word.is_empty())
                .collect();
            rules.push(Rule {
                project: rule.project.0.clone(),
                column,
                name,
                words,
                whole: rule.is.is_some(),
                amount,
            });
        }
        faults.into_result()?;
        Ok(Places {
            names: Names {
                date: date_name,
                amount: amount_name,
            },
            width: header.len(),
            date,
            amount,
            supplier: supplier.map(|(place, _)| place),
            reference: reference.map(|(place, _)| place),
            // A note is a help: an extract without it is read all the same.
            note: columns
                .note
                .as_ref()
                .and_then(|words| place(header, words).ok())
                .map(|(place, _)| place),
            project,
            rules,
            recurring: map
                .text
                .recurring
                .iter()
                .map(|reference| folded(reference))
                .collect(),
            file: name(file),
        })
    }

    pub(crate) fn date<'a>(&self, cells: &'a [String]) -> &'a str {
        at(cells, self.date)
    }

    pub(crate) fn amount<'a>(&self, cells: &'a [String]) -> &'a str {
        at(cells, self.amount)
    }

    /// The amount column of a rule, where it has one of its own.
    pub(crate) fn amount_of<'a>(&self, rule: usize, cells: &'a [String]) -> Option<&'a str> {
        self.rules[rule]
            .amount
            .as_ref()
            .map(|(place, _)| at(cells, *place))
    }

    /// The name and text of the amount that counts under a rule, or under none.
    pub(crate) fn named_amount<'a>(
        &'a self,
        rule: Option<usize>,
        cells: &'a [String],
    ) -> (&'a str, &'a str) {
        match rule.and_then(|rule| self.rules[rule].amount.as_ref()) {
            Some((place, name)) => (name, at(cells, *place)),
            None => (&self.names.amount, at(cells, self.amount)),
        }
    }

    pub(crate) fn supplier(&self, cells: &[String]) -> Option<String> {
        self.supplier.and_then(|place| one_line(at(cells, place)))
    }

    pub(crate) fn reference(&self, cells: &[String]) -> Option<String> {
        self.reference.and_then(|place| one_line(at(cells, place)))
    }

    /// What the line says in its note, and where it stands: so the book can be held against the
    /// file.
    pub(crate) fn note(&self, cells: &[String], row: u64) -> Option<String> {
        let place = format!("{}, row {row}", self.file);
        match self.note.and_then(|note| one_line(at(cells, note))) {
            Some(note) => Some(format!("{note} ({place})")),
            None => Some(place),
        }
    }

    /// Could it be a grand total: an amount, and nothing that says when, who or what for, but
    /// perhaps that it is one?
    pub(crate) fn is_total(&self, cells: &[String]) -> bool {
        let is_total = |text: &str| TOTALS.contains(&folded(text).as_str());
        let blank = |place: Option<usize>| {
            place.is_none_or(|place| {
                at(cells, place).trim().is_empty() || is_total(at(cells, place))
            })
        };
        let is_called_so = || cells.iter().any(|cell| is_total(cell));
        let day = blank(Some(self.date)) || is_called_so();
        day && blank(self.supplier) && blank(self.reference) && amount(self.amount(cells)).is_ok()
    }

    /// Is its reference one that the map says comes again?
    pub(crate) fn is_recurring(&self, payment: &Payment) -> bool {
        payment
            .reference
            .as_deref()
            .is_some_and(|reference| self.recurring.contains(&folded(reference)))
    }

    /// A comma too many moves what is behind it to another column; blank cells at the end may be
    /// left out.
    pub(crate) fn is_within_the_header(&self, cells: &[String]) -> Result<(), RowFault> {
        match cells.len() > self.width {
            true => Err(RowFault::Width {
                found: cells.len(),
                expected: self.width,
                spans_lines: false,
            }),
            false => Ok(()),
        }
    }

    /// The project of a line and the rule that found it, or none.
    pub(crate) fn project(
        &self,
        cells: &[String],
    ) -> Result<Option<(Option<usize>, ProjectRef)>, FaultKind> {
        if let Some((place, name)) = &self.project {
            let text = at(cells, *place).trim();
            if !text.is_empty() {
                return text
                    .parse()
                    .map(|project| Some((None, project)))
                    .map_err(|expected| ValueFault::new(name, text, expected).into());
            }
        }
        let mut found: Option<(usize, &Rule)> = None;
        for (number, rule) in self
            .rules
            .iter()
            .enumerate()
            .filter(|(_, rule)| rule.takes(cells))
        {
            match found {
                Some((_, first)) if first.project != rule.project => {
                    let text = |rule: &Rule| at(cells, rule.column).to_owned();
                    return Err(ProjectFault::Two {
                        columns: [first.name.clone(), rule.name.clone()],
                        found: [text(first), text(rule)],
                    }
                    .into());
                }
                Some(_) => {}
                None => found = Some((number, rule)),
            }
        }
        Ok(found.map(|(number, rule)| (Some(number), rule.project.clone())))
    }

    /// The fault of a line that no rule takes, with what the rules looked at.
    pub(crate) fn unmatched(&self, cells: &[String]) -> ProjectFault {
        let mut seen: Vec<(usize, &str)> = self
            .project
            .iter()
            .map(|(place, name)| (*place, name.as_str()))
            .collect();
        seen.extend(
            self.rules
                .iter()
                .map(|rule| (rule.column, rule.name.as_str())),
        );
        seen.sort_unstable();
        seen.dedup();
        let cell = |(place, name): &(usize, &str)| {
            ((*name).to_owned(), at(cells, *place).trim().to_owned())
        };
        ProjectFault::None {
            cells: seen.iter().take(MAX_LISTED_COLUMNS).map(cell).collect(),
            more: seen.len().saturating_sub(MAX_LISTED_COLUMNS),
        }
    }
}

impl Rule {
    fn takes(&self, cells: &[String]) -> bool {
        let text = folded(at(cells, self.column));
        match self.whole {
            true => self.words.contains(&text),
            false => self.words.iter().any(|word| text.contains(word.as_str())),
        }
    }
}

fn at(cells: &[String], place: usize) -> &str {
    cells.get(place).map_or("", String::as_str)
}

/// A name or word as it is compared: without capitals, spaces around it or more than one between
/// words.
pub(crate) fn folded(text: &str) -> String {
    text.trim_start_matches('\u{feff}')
        .split_whitespace()
        .map(str::to_lowercase)
        .collect::<Vec<_>>()
        .join(" ")
}

/// A text on one line, where there is any.
fn one_line(text: &str) -> Option<String> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(text)
}

/// The place and name of the one column that is called by the first of these words that any is
/// called by.
fn place(header: &[String], words: &Words) -> Result<(usize, String), HeaderFault> {
    for word in words.iter().map(folded) {
        let mut found = header
            .iter()
            .enumerate()
            .filter(|(_, name)| folded(name) == word);
        match (found.next(), found.next()) {
            (Some((place, name)), None) => {
                return Ok((place, name.trim().chars().take(MAX_NAME_CHARS).collect()));
            }
            (Some((_, name)), Some(_)) => {
                let name = name.trim().to_owned();
                return Err(HeaderFault::RepeatedColumn { name });
            }
            _ => {}
        }
    }
    let present = header
        .iter()
        .map(|name| name.trim().to_owned())
        .filter(|name| !name.is_empty());
    Err(HeaderFault::MissingColumn {
        named: words.iter().map(str::to_owned).collect(),
        present: present.collect(),
    })
}
