//! [`Contact`]: an e-mail address or a telephone number in a text, which may be a person's.

use crate::model::cells::Cells;
use crate::model::column::Column;
use crate::model::entry::Entry;

/// What a text appears to hold of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Contact {
    /// An e-mail address.
    Email,
    /// A telephone number of the United Kingdom.
    Telephone,
}

/// Words after which a long number is not a telephone number.
const NUMBERED: [&str; 18] = [
    "account",
    "bacs",
    "batch",
    "charity",
    "code",
    "cn",
    "credit",
    "inv",
    "invoice",
    "invoices",
    "no",
    "number",
    "order",
    "po",
    "ref",
    "reference",
    "transaction",
    "voucher",
];

/// Words before a number that say that it is a telephone number.
const CALLED: [&str; 7] = [
    "call",
    "mobile",
    "phone",
    "ring",
    "tel",
    "telephone",
    "text",
];

/// How telephone numbers that begin with 0 are written, as the lengths of their groups.
const GROUPS: [&[usize]; 12] = [
    &[11],
    &[5, 6],
    &[5, 3, 3],
    &[5, 2, 4],
    &[5, 2, 2, 2],
    &[4, 7],
    &[4, 3, 4],
    &[3, 8],
    &[3, 4, 4],
    &[5, 5],
    &[4, 6],
    &[4, 3, 3],
];

impl Contact {
    /// It with its article: `a telephone number`.
    pub fn noun(self) -> &'static str {
        match self {
            Contact::Email => "an e-mail address",
            Contact::Telephone => "a telephone number",
        }
    }

    /// The first thing in a text that looks like one.
    ///
    /// ```
    /// use crg::model::Contact;
    ///
    /// assert_eq!(Contact::find("Jo, 07700 900000"), Some(Contact::Telephone));
    /// assert_eq!(Contact::find("Invoice 00451230012, 14/04/2026, £1,250.00"), None);
    /// ```
    pub fn find(text: &str) -> Option<Contact> {
        if text
            .split(|c: char| c.is_whitespace() || "<>()[],;\"".contains(c))
            .any(is_email)
        {
            return Some(Contact::Email);
        }
        numbers(text)
            .any(|number| number.is_telephone())
            .then_some(Contact::Telephone)
    }

    /// The texts of an entry that look as if they hold one.
    pub fn of_entry(entry: &Entry) -> Vec<(Column, Contact)> {
        Contact::of_cells(&entry.cells()).collect()
    }

    /// The texts among cells that look as if they hold one.
    pub(crate) fn of_cells<'a>(
        cells: &'a Cells<'_>,
    ) -> impl Iterator<Item = (Column, Contact)> + 'a {
        let texts = cells.filled().filter(|(column, _)| is_free_text(*column));
        texts.filter_map(|(column, text)| Some((column, Contact::find(text)?)))
    }
}

fn is_free_text(column: Column) -> bool {
    matches!(
        column,
        Column::Title | Column::Lead | Column::Supplier | Column::Note | Column::Override
    )
}

fn is_email(word: &str) -> bool {
    let word = word.trim_matches(|c: char| ".:!?'".contains(c));
    let word = word.strip_prefix("mailto:").unwrap_or(word);
    let Some((local, domain)) = word.rsplit_once('@') else {
        return false;
    };
    let is_local = |c: char| c.is_alphanumeric() || ".-_+'%&:".contains(c);
    let is_label =
        |label: &str| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-');
    let Some((_, ending)) = domain.rsplit_once('.') else {
        return false;
    };
    let is_ending = ending.chars().count() > 1 && ending.chars().all(char::is_alphabetic);
    !local.is_empty() && local.chars().all(is_local) && domain.split('.').all(is_label) && is_ending
}

/// Digits in groups, with what stands before them.
struct Number {
    groups: Vec<String>,
    is_international: bool,
    before: String,
}

/// The runs of digits in a text, whose groups are parted by spaces, hyphens, dots or brackets.
fn numbers(text: &str) -> impl Iterator<Item = Number> {
    let letters: Vec<char> = text.chars().collect();
    let mut found = Vec::new();
    let mut index = 0;
    while index < letters.len() {
        if !letters[index].is_ascii_digit() {
            index += 1;
            continue;
        }
        let start = index;
        let mut groups = vec![String::new()];
        let mut gap = 0;
        while let Some(letter) = letters.get(index) {
            if letter.is_ascii_digit() {
                if gap > 0 {
                    groups.push(String::new());
                }
                gap = 0;
                groups
                    .last_mut()
                    .into_iter()
                    .for_each(|group| group.push(*letter));
            } else if gap < 3 && (letter.is_whitespace() || "-‐‑–.()".contains(*letter)) {
                gap += 1;
            } else {
                break;
            }
            index += 1;
        }
        let is_joined = |letter: Option<&char>| {
            letter.is_some_and(|c| c.is_alphanumeric() || "/£€$#_=%,".contains(*c))
        };
        let before = start.checked_sub(1).and_then(|before| letters.get(before));
        let after = letters.get(index).filter(|_| gap == 0);
        if is_joined(before) || after.is_some_and(|c| c.is_alphanumeric() || "/%_".contains(*c)) {
            continue;
        }
        found.push(Number {
            groups,
            is_international: before == Some(&'+'),
            before: letters[..start].iter().collect(),
        });
    }
    found.into_iter()
}

impl Number {
    fn is_telephone(&self) -> bool {
        let digits = self.groups.concat();
        let abroad = if self.is_international {
            digits.strip_prefix("44")
        } else {
            digits.strip_prefix("0044")
        };
        if let Some(rest) = abroad {
            let rest = rest.strip_prefix('0').unwrap_or(rest);
            return (9..=10).contains(&rest.len());
        }
        let word = self.before.trim_end_matches(|c: char| !c.is_alphanumeric());
        let word = word
            .rsplit(|c: char| !c.is_alphabetic())
            .next()
            .unwrap_or_default();
        let word = word.to_lowercase();
        if NUMBERED.contains(&word.as_str()) {
            return false;
        }
        let is_called = CALLED.contains(&word.as_str());
        let sizes: Vec<usize> = self.groups.iter().map(String::len).collect();
        (0..sizes.len()).any(|start| {
            GROUPS.iter().any(|shape| {
                let end = start + shape.len();
                let is_shape = sizes.get(start..end) == Some(shape);
                is_shape && is_british(&self.groups[start..end].concat(), shape.len(), is_called)
            })
        })
    }
}

/// Returns `true` for the digits of a number that begins with an area code, a mobile's or a free
/// number's. A landline's number in one piece could as well be an invoice's, unless a word before it
/// says what it is.
fn is_british(digits: &str, groups: usize, is_called: bool) -> bool {
    let area = digits.get(..2).unwrap_or_default();
    match digits.len() {
        10 => ["01", "08"].contains(&area),
        11 if groups == 1 && !is_called => area == "07",
        11 => ["01", "02", "03", "07", "08"].contains(&area),
        _ => false,
    }
}
